"""What all tests share: databases of both kinds, each test with one of its own."""

import csv
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pg8000.native
import pytest

from corpus.database import Database
from tests.relais import Relais
from tests.servers import postgresql_server, redis_server

_numbers = count(1)
STARTER = Path(__file__).parent.parent / "worker" / "starter"


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with redis_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A server whose database `template_relais` is at the newest revision."""
    with postgresql_server() as url:
        _administer(url, "CREATE DATABASE template_relais")
        template = Database(f"{url}/template_relais")
        template.migrate()
        template.dispose()
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    template = Database(f"sqlite:///{path}")
    template.migrate()
    template.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database at the newest revision; the test runs once on each kind."""
    if request.param == "sqlite":
        copied(request.getfixturevalue("sqlite_template"), tmp_path / "relais.db").dispose()
        return f"sqlite:///{tmp_path / 'relais.db'}"
    server: str = request.getfixturevalue("postgresql_url")
    name = f"test_{next(_numbers)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE template_relais")
    return f"{server}/{name}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the starter packages installed, shared by all tests, which only read it."""
    folder = tmp_path_factory.mktemp("packages")
    Relais(tmp_path_factory.mktemp("installer"), folder).run(
        "models", "install", *map(str, sorted(STARTER.glob("*.argosmodel")))
    )
    return folder


@pytest.fixture
def relais(tmp_path: Path, packages: Path) -> Relais:
    """An installation on the embedded defaults, with the starter packages."""
    data = tmp_path / "data"
    data.mkdir()
    return Relais(data, packages)


@pytest.fixture(scope="session")
def triples() -> list[dict[str, str]]:
    """300 sentences in French with human English and Ukrainian translations."""
    with (Path(__file__).parent / "data" / "triples.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def copied(template: Path, path: Path) -> Database:
    """An SQLite database at the newest revision, in a file of its own."""
    shutil.copy(template, path)
    return Database(f"sqlite:///{path}")


def _administer(url: str, statement: str) -> None:
    port = int(url.rsplit(":", 1)[1])
    connection = pg8000.native.Connection("relais", port=port, database="postgres")
    try:
        connection.run(statement)
    finally:
        connection.close()
