"""Cutting and translating under leases. The engine is a stub here: what is tested is who does what, and how often."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Lock

import pytest
from sqlalchemy import select

from corpus import jobs
from corpus.database import Database
from corpus.editions import NewBead
from corpus.errors import Unavailable
from corpus.jobs import create_job, get_job, retry_job
from corpus.models import Bead, BeadSegment, Chunk, Edition, JobState, State, now
from worker import work
from worker.enforcing import LegFailed
from worker.ingest import ingest
from worker.pipeline import Translation
from worker.sources import Source
from worker.submission import store


class Engine:
    """Stands in for `worker.pipeline.translate`: counts each sentence it is given."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.fault: Exception | None = None
        self._lock = Lock()

    def __call__(
        self, sources: Sequence[Source], languages: Sequence[str], *_: object, **__: object
    ) -> dict[str, Translation]:
        if self.fault:
            raise self.fault
        with self._lock:
            self.seen.update(source.text for source in sources)
        beads = [NewBead((s.position,), s.text, s.text.upper()) for s in sources]
        return {language: Translation(language, ["fr→xx"], [], beads) for language in languages}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    stub = Engine()
    monkeypatch.setattr(jobs, "REST", timedelta(0))
    monkeypatch.setattr(work, "translate", stub)
    return stub


def submit(database: Database, text: str, article_id: int | None = None) -> tuple[str, int]:
    with database.writing() as session:
        version = store(session, ingest(text.encode()), article_id=article_id)
        return create_job(session, version, ["en", "uk"]).key, version.article_id


def text_of(sentences: int, mark: str = "") -> str:
    return "\n\n".join(["Le titre du jour", *(f"La phrase numéro {i}{mark} est écrite ici." for i in range(sentences))])


def run(database: Database, owner: str = "one") -> None:
    while work.cut_next(database, owner) or work.translate_next(database, owner):
        pass


def state(database: Database, key: str) -> tuple[JobState, int, int]:
    with database.reading() as session:
        job = get_job(session, key)
        return job.state, job.segments_done, job.segments_total


def assert_each_segment_is_in_one_bead(database: Database) -> None:
    with database.reading() as session:
        for edition in session.scalars(select(Edition)):
            assert edition.state is State.MACHINE
            links = session.scalars(select(BeadSegment.segment_id).where(BeadSegment.edition_id == edition.id)).all()
            assert sorted(links) == sorted(s.id for s in edition.version.segments)


def test_an_article_is_translated_once(database: Database, engine: Engine) -> None:
    key, _ = submit(database, text_of(60))
    run(database)
    assert state(database, key) == (JobState.DONE, 61, 61)
    assert set(engine.seen.values()) == {1}
    assert_each_segment_is_in_one_bead(database)


def test_four_workers_translate_fifty_uploads_once_each(database: Database, engine: Engine) -> None:
    keys = [submit(database, text_of(3, f" du texte {n}"))[0] for n in range(50)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: run(database, f"worker {n}"), range(4)))
    run(database)
    assert {state(database, key)[0] for key in keys} == {JobState.DONE}
    assert len(engine.seen) == 151
    assert all(n == 1 for text, n in engine.seen.items() if text != "Le titre du jour")
    assert_each_segment_is_in_one_bead(database)


def test_a_missing_package_fails_the_job_at_once_and_it_can_be_retried(database: Database, engine: Engine) -> None:
    key, _ = submit(database, text_of(60))
    engine.fault = LegFailed("fr→en", Unavailable("the package %(label)s is damaged", label="fr→en"))
    run(database)
    with database.reading() as session:
        job = get_job(session, key)
        assert (job.state, job.step, job.error) == (JobState.FAILED, "fr→en", "the package fr→en is damaged")
    engine.fault = None
    with database.writing() as session:
        retry_job(get_job(session, key))
    run(database)
    assert state(database, key)[0] is JobState.DONE
    assert_each_segment_is_in_one_bead(database)


def test_an_engine_that_always_breaks_ends_in_failed_never_in_running_for_ever(
    database: Database, engine: Engine
) -> None:
    key, _ = submit(database, text_of(3))
    engine.fault = MemoryError("no memory left")
    run(database)
    with database.reading() as session:
        job = get_job(session, key)
        assert (job.state, job.step) == (JobState.FAILED, "translation")
        assert "no memory left" in job.error


def test_a_worker_thought_dead_stores_nothing(database: Database, engine: Engine) -> None:
    """Its lease runs out while it translates; another stores the chunk; what the first brings late is dropped."""
    submit(database, text_of(3))
    work.cut_next(database, "slow")
    inner = engine.__call__

    class Slow(Engine):
        def __call__(self, *arguments: object, **keywords: object) -> dict[str, Translation]:
            with database.writing() as session:
                session.scalars(select(Chunk)).one().lease_until = now() - timedelta(seconds=1)
            work.translate = inner  # type: ignore[assignment]
            assert work.translate_next(database, "quick")
            return super().__call__(*arguments, **keywords)  # type: ignore[arg-type]

    work.translate = Slow()  # type: ignore[assignment]
    assert work.translate_next(database, "slow")
    assert_each_segment_is_in_one_bead(database)
    with database.reading() as session:
        assert len(session.scalars(select(Bead)).all()) == 8


def test_a_correction_translates_only_what_changed(database: Database, engine: Engine) -> None:
    _, article_id = submit(database, text_of(60))
    run(database)
    engine.seen.clear()
    key, _ = submit(database, text_of(60).replace("numéro 30", "numéro trente"), article_id)
    run(database)
    assert engine.seen == {"La phrase numéro trente est écrite ici.": 1}
    assert state(database, key) == (JobState.DONE, 61, 61)


def test_the_same_text_again_translates_nothing(database: Database, engine: Engine) -> None:
    _, article_id = submit(database, text_of(5))
    run(database)
    engine.seen.clear()
    key, _ = submit(database, text_of(5), article_id)
    run(database)
    assert not engine.seen
    assert state(database, key) == (JobState.DONE, 6, 6)


@pytest.mark.parametrize(
    ("positions", "ranges"),
    [
        ([], []),
        ([0], [(0, 1)]),
        ([0, 1, 2, 3, 4], [(0, 3), (3, 5)]),
        ([0, 2, 3, 9], [(0, 1), (2, 4), (9, 10)]),
    ],
)
def test_ranges_leave_gaps_out(positions: list[int], ranges: list[tuple[int, int]]) -> None:
    assert work._ranges(positions, 3) == ranges
