"""Redis, PostgreSQL and two workers with a pool of processes: the parts of `docker-compose.yml`, started for the test."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from corpus.models import Bead, Edition, Segment, State
from tests.relais import Relais
from tests.servers import wait_for


@pytest.fixture
def installation(tmp_path: Path, packages: Path, redis_url: str, postgresql_url: str) -> Relais:
    data = tmp_path / "data"
    data.mkdir()
    environment = {
        "RELAIS_BROKER_URL": redis_url.replace("/0", "/3"),
        "RELAIS_DATABASE_URL": f"{postgresql_url}/postgres",
        "RELAIS_WORKER_POOL": "prefork",
        "OMP_NUM_THREADS": "1",
    }
    return Relais(data, packages, environment)


def test_two_workers_of_processes_share_the_jobs(installation: Relais, triples: list[dict[str, str]]) -> None:
    """Both start on an empty database, which one of them migrates; engines are loaded in the children."""
    with installation.process("worker"), installation.process("worker"):
        for n in range(4):
            text = "\n\n".join([f"Titre numéro {n}", *(row["fr"] for row in triples[n * 5 : n * 5 + 5])])
            installation.run("submit", "-", stdin=text)
        database = installation.database

        def states() -> list[State]:
            with database.reading() as session:
                return list(session.scalars(select(Edition.state)))

        wait_for(lambda: states() == [State.MACHINE] * 8, "eight editions", seconds=120)
    with database.reading() as session:
        assert session.scalar(select(func.count(Bead.id))) == 2 * (session.scalar(select(func.count(Segment.id))) or 0)
    database.dispose()
