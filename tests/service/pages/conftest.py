"""The application on a database of the test's own, with its accounts."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import kombu.pools
import pytest
from flask import Flask

import corpus.settings
import worker.app
import worker.settings
from corpus.database import Database
from corpus.models import User
from service.accounts.tokens import issue_token
from service.app import create_app
from service.settings import Settings
from tests.service.seeding import Seeded, seed_article, seed_terms, seed_users
from tests.service.visitors import Program, Visitor


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Pages are tested on SQLite; `test_both_databases.py` goes through them on PostgreSQL too."""
    shutil.copy(sqlite_template, tmp_path / "relais.db")
    return f"sqlite:///{tmp_path / 'relais.db'}"


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Flask:
    return create_app(Settings(data=tmp_path, secret_key="a key for tests", stream_seconds=5), database)


@pytest.fixture
def users(database: Database) -> dict[str, int]:
    return seed_users(database)


@pytest.fixture
def article(database: Database, users: dict[str, int]) -> Seeded:
    seed_terms(database)
    return seed_article(database)


@pytest.fixture
def visitor(app: Flask, users: dict[str, int]) -> Callable[[str | None], Visitor]:
    """A browser signed in as somebody, or as nobody."""
    return lambda login=None: Visitor(app, login)


@pytest.fixture
def program(app: Flask, database: Database, users: dict[str, int]) -> Callable[[str | None], Program]:
    """A program with a token of somebody's, or with none."""

    def make(login: str | None = None) -> Program:
        if login is None:
            return Program(app, None)
        with database.writing() as session:
            _, secret = issue_token(session, session.get_one(User, users[login]), name="test")
        return Program(app, secret)

    return make


@pytest.fixture
def queue(tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A queue and packages for uploads: the folder transport in the test's own folder."""
    monkeypatch.setenv("RELAIS_DATA", str(tmp_path))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(packages))
    corpus.settings.settings.cache_clear()
    worker.settings.settings.cache_clear()
    conf = worker.app.app.conf
    before = conf.broker_url, conf.broker_transport_options
    folder = tmp_path / "queue"
    options = worker.app._transport_options("filesystem://", folder)
    conf.update(broker_url="filesystem://", broker_transport_options=options)
    _forget_connections()
    yield folder / "messages"
    conf.update(broker_url=before[0], broker_transport_options=before[1])
    _forget_connections()
    corpus.settings.settings.cache_clear()
    worker.settings.settings.cache_clear()


def _forget_connections() -> None:
    worker.app.app._after_fork()
    kombu.pools.reset()
