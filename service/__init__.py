"""HTTP in, HTTP out: pages, JSON API, accounts and the command line. Knows no model and no morphology."""
