"""Alembic's entry: migrations always run on the connection that `Database.migrate` gives."""

from alembic import context

from corpus.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by making it anew
    compare_type=True,
)
context.run_migrations()
