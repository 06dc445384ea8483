"""Accounts: passwords, sessions, tokens, roles, and their pages."""
