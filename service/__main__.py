"""`python -m service` is the `relais` command, for a Relais that starts itself."""

from service.cli import main

main()
