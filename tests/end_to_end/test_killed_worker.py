"""A worker killed in the middle of a long article, on both transports: nothing lost, nothing stored twice."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from corpus.jobs import get_job
from corpus.models import Bead, BeadSegment, Edition, JobState, Segment, State
from tests.relais import Relais, kill
from tests.servers import wait_for


@pytest.fixture(params=["filesystem", "redis"])
def installation(request: pytest.FixtureRequest, tmp_path: Path, packages: Path) -> Relais:
    data = tmp_path / "data"
    data.mkdir()
    environment = {"RELAIS_CHUNK_SEGMENTS": "8"}
    if request.param == "redis":
        environment["RELAIS_BROKER_URL"] = request.getfixturevalue("redis_url")
    return Relais(data, packages, environment)


def test_a_killed_workers_article_still_completes_once(installation: Relais, triples: list[dict[str, str]]) -> None:
    sentences = [row["fr"] for row in triples[:160]]
    text = "\n\n".join(["Un long article", *sentences])
    database = installation.database

    def progress() -> tuple[JobState, int]:
        with database.reading() as session:
            job = get_job(session, key)
            return job.state, job.segments_done

    with installation.process("worker") as worker:
        key = installation.run("submit", "-", stdin=text).stdout.split()[-1]
        wait_for(lambda: progress()[1] >= 16, "the first chunks", seconds=120)
        kill(worker)
    state, done = progress()
    assert state is JobState.RUNNING, "killed too late to prove anything"
    assert done < 161

    with installation.process("worker"):
        wait_for(lambda: progress()[0] is JobState.DONE, "the article after the kill", seconds=120)

    with database.reading() as session:
        segments = session.scalar(select(func.count(Segment.id)))
        for edition in session.scalars(select(Edition)):
            assert edition.state is State.MACHINE
            in_beads = Counter(
                session.scalars(select(BeadSegment.segment_id).where(BeadSegment.edition_id == edition.id))
            )
            assert len(in_beads) == segments
            assert set(in_beads.values()) == {1}
            beads = session.scalars(select(Bead).where(Bead.edition_id == edition.id)).all()
            assert all(bead.target.strip() for bead in beads)
    database.dispose()
