"""Online backup to one file, checked before it counts, and restoring from it."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import func, select

from corpus.database import Database
from corpus.errors import Conflict, RelaisError
from corpus.keeping import postgresql, sqlite
from corpus.models import Article


def backup(database: Database, path: Path) -> int:
    """Write the whole database to `path` and return the file's size in bytes; an earlier backup there is replaced.

    The file appears whole and checked, or not at all. Raises `RelaisError` when `path` holds something else or cannot
    be written, or when PostgreSQL's programs are missing or fail.
    """
    if not path.parent.is_dir():
        raise RelaisError("%(name)s: cannot be written: there is no such folder", name=path)
    if path.exists():
        if database.sqlite and path.samefile(str(database.url.database)):
            raise RelaisError("%(name)s: is the database itself", name=path)
        if _start(path) not in (sqlite.MAGIC, postgresql.MAGIC):
            raise RelaisError("%(name)s: is there already and is no backup", name=path)
    kind = sqlite if database.sqlite else postgresql
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        kind.dump(database, partial)
        kind.check(partial)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise RelaisError("%(name)s: cannot be written: %(reason)s", name=path, reason=error) from None
    finally:
        partial.unlink(missing_ok=True)
    return path.stat().st_size


def restore(database: Database, path: Path, *, replace: bool = False) -> None:
    """Put the content of a backup in the place of the database's, and bring it to the newest revision.

    Nothing changes unless all of it can be restored. Raises `Conflict` when articles would be lost and ``replace`` is
    not set, `RelaisError` when `path` is no sound backup of this kind of database.
    """
    kind = {sqlite.MAGIC: sqlite, postgresql.MAGIC: postgresql}.get(_start(path))
    if kind is None:
        raise RelaisError("%(name)s: is no backup of Relais", name=path)
    if (kind is sqlite) != database.sqlite:
        names = {True: "SQLite", False: "PostgreSQL"}
        message = "%(name)s: is a backup of %(kind)s, but the database is %(other)s"
        raise RelaisError(message, name=path, kind=names[kind is sqlite], other=names[database.sqlite])
    kind.check(path)
    database.migrate()
    with database.reading() as session:
        articles = session.scalar(select(func.count(Article.id)))
    if articles and not replace:
        raise Conflict("the database holds %(count)s article(s), which restoring would replace", count=articles)
    database.dispose()
    kind.load(database, path)
    database.migrate()


def _start(path: Path) -> bytes:
    """The mark of a kind of backup, if the file begins with one."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise RelaisError("%(name)s: cannot be read: %(reason)s", name=path, reason=error.strerror) from None
    return next((magic for magic in (sqlite.MAGIC, postgresql.MAGIC) if start.startswith(magic)), b"")
