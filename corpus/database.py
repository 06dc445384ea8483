"""The database: one engine a process, and the unit of work in which every transaction begins and ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from corpus.errors import Unavailable
from corpus.settings import settings

MIGRATIONS = Path(__file__).with_name("migrations")
ADVISORY_LOCK = 7_265_317  # any number, as long as every Relais process uses the same


class Database:
    """A database and its two units of work: `reading` and `writing`."""

    def __init__(self, url: str) -> None:
        """Prepare an engine for the SQLAlchemy URL; nothing is opened yet. Raises `Unavailable` for a malformed URL."""
        try:
            self.url = make_url(url)
        except ArgumentError:
            raise Unavailable("RELAIS_DATABASE_URL is not a database URL") from None
        if self.url.drivername in ("postgresql", "postgres"):
            self.url = self.url.set(drivername="postgresql+pg8000")
        self.engine = _sqlite(self) if self.url.drivername.startswith("sqlite") else _server(self)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @property
    def sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that commits at the end of the block, or leaves nothing behind.

        SQLite takes its write lock at the start, so that two writers wait for each other instead of failing midway.
        """
        with self._unit(writes=True) as session:
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent look at the database; what is changed in it is not kept."""
        with self._unit(writes=False) as session:
            yield session

    @contextmanager
    def _unit(self, *, writes: bool) -> Iterator[Session]:
        try:
            with self._sessions() as session:
                session.connection(execution_options={"relais_writes": writes})
                yield session
        except OperationalError as error:
            raise Unavailable("the database cannot be reached: %(reason)s", reason=_reason(error)) from error

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to `revision`. Several processes may call this at once. Raises `Unavailable`."""
        config = alembic_config()
        try:
            with self.engine.connect() as connection:
                if (
                    _revision(connection) == ScriptDirectory.from_config(config).get_current_head()
                    and revision == "head"
                ):
                    return
            with self.engine.connect().execution_options(relais_writes=True) as connection, connection.begin():
                if not self.sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
                config.attributes["connection"] = connection
                current = _revision(connection)
                scripts = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
                if (
                    revision != "head"
                    and current in scripts
                    and _position(scripts, current) < _position(scripts, revision)
                ):
                    command.downgrade(config, revision)
                else:
                    command.upgrade(config, revision)
        except DBAPIError as error:
            raise Unavailable("the database cannot be opened: %(reason)s", reason=_reason(error)) from error

    def dispose(self) -> None:
        """Close every connection; a child process must not share them."""
        self.engine.dispose()


def alembic_config() -> Config:
    """Alembic's view of the migrations in this package."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


@cache
def database() -> Database:
    """The database of this process, at its newest revision."""
    settings().data.mkdir(parents=True, exist_ok=True)
    opened = Database(settings().database_url)
    opened.migrate()
    return opened


def _position(scripts: list[str], revision: str | None) -> int:
    return scripts.index(revision) if revision in scripts else len(scripts)  # newest first; "base" is past the end


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _reason(error: DBAPIError) -> str:
    reason = error.orig.args[0] if error.orig and error.orig.args else error
    if isinstance(reason, dict):  # pg8000 gives the server's message as a dictionary of one-letter fields
        reason = reason.get("M", reason)
    return str(reason).splitlines()[0]


def _server(database: Database) -> Engine:
    return create_engine(database.url, pool_pre_ping=True, pool_size=10, max_overflow=20)


def _sqlite(database: Database) -> Engine:
    engine = create_engine(database.url, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # Python's sqlite3 must not begin transactions on its own
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")  # an upload answered with 202 survives a power cut
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("relais_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
