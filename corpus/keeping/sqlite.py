"""Copies of an SQLite database by its backup API."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.script import ScriptDirectory

from corpus.database import Database, alembic_config
from corpus.errors import RelaisError, Unavailable

MAGIC = b"SQLite format 3\0"


def dump(database: Database, path: Path) -> None:
    """A consistent copy, in one file, while others read and write."""
    with closing(sqlite3.connect(str(database.url.database))) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # no -wal and -shm beside it


def load(database: Database, path: Path) -> None:
    """Through the backup API too: processes that have the database open see all of it change at once."""
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(str(database.url.database))) as target:
            source.backup(target)
    except sqlite3.Error as error:
        raise Unavailable("the database cannot be replaced now: %(reason)s", reason=error) from None


def check(path: Path) -> None:
    """Raises `RelaisError` when a copy is damaged, is not of Relais, or is of a revision unknown here."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
            sound = sound and not connection.execute("PRAGMA foreign_key_check").fetchall()
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, TypeError) as error:
        raise RelaisError("%(name)s: is damaged or not of Relais: %(reason)s", name=path, reason=error) from None
    if not sound:
        raise RelaisError("%(name)s: is damaged", name=path)
    if revision not in {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}:
        raise RelaisError("%(name)s: is of a newer Relais (revision %(revision)s)", name=path, revision=revision)
