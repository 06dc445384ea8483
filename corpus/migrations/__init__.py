"""Alembic's migrations, run by `corpus.database.Database.migrate`."""
