"""Leases, chunks and the sweep."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from corpus import jobs
from corpus.articles import NewBlock, NewVersion, add_version, create_article
from corpus.database import Database
from corpus.errors import NotFound
from corpus.models import Chunk, ChunkState, JobState, Version, now
from corpus.spans import Span


def new(text: str = "Un texte.") -> NewVersion:
    return NewVersion(title=text, text=text, blocks=[NewBlock("paragraph", Span(0, len(text)))])


@pytest.fixture
def job_key(database: Database) -> Iterator[str]:
    with database.writing() as session:
        key = jobs.create_job(session, create_article(session, new()), ["en", "uk"]).key
    yield key


def cut(database: Database, key: str, ranges: list[tuple[int, int]]) -> list[int]:
    with database.writing() as session:
        job = jobs.claim_job(session, key, "one")
        assert job
        return [chunk.id for chunk in jobs.cut_job(session, job, ranges)]


def test_an_unknown_job_is_not_found(database: Database) -> None:
    with database.reading() as session, pytest.raises(NotFound):
        jobs.get_job(session, "nothing")


def test_a_job_is_claimed_once(database: Database, job_key: str) -> None:
    with database.writing() as session:
        assert jobs.claim_job(session, job_key, "one")
    with database.writing() as session:
        assert jobs.claim_job(session, job_key, "two") is None


def test_many_workers_share_out_the_chunks(database: Database, job_key: str) -> None:
    chunk_ids = cut(database, job_key, [(i, i + 1) for i in range(12)])

    def claim(worker: int) -> list[int]:
        mine = []
        for chunk_id in chunk_ids:
            with database.writing() as session:
                if jobs.claim_chunk(session, chunk_id, f"worker {worker}"):
                    mine.append(chunk_id)
        return mine

    with ThreadPoolExecutor(4) as pool:
        claimed = [chunk_id for mine in pool.map(claim, range(4)) for chunk_id in mine]
    assert sorted(claimed) == chunk_ids


def test_a_dead_workers_chunk_is_stranded_and_taken_over_once(database: Database, job_key: str) -> None:
    (chunk_id,) = cut(database, job_key, [(0, 3)])
    with database.writing() as session:
        assert jobs.claim_chunk(session, chunk_id, "dead")
        assert jobs.stranded(session) == ([], [])
    with database.writing() as session:
        session.get_one(Chunk, chunk_id).lease_until = now() - timedelta(seconds=1)
    with database.writing() as session:
        assert jobs.stranded(session) == ([], [chunk_id])
        assert jobs.claim_chunk(session, chunk_id, "heir")
    with database.writing() as session:
        assert jobs.lock_leased_chunk(session, chunk_id, "dead") is None
        chunk = jobs.lock_leased_chunk(session, chunk_id, "heir")
        assert chunk
        assert jobs.finish_chunk(session, chunk)
        jobs.finish_job(session, chunk.job)
        assert (chunk.job.state, chunk.job.segments_done) == (JobState.DONE, 3)
        assert not jobs.renew(session, chunk_id, "heir")


def test_a_text_that_kills_every_worker_fails_its_job_and_can_be_retried(database: Database, job_key: str) -> None:
    (chunk_id,) = cut(database, job_key, [(0, 3)])
    for _ in range(jobs.ATTEMPTS):
        with database.writing() as session:
            chunk = jobs.claim_chunk(session, chunk_id, "unlucky")
            assert chunk
            chunk.lease_until = now() - timedelta(seconds=1)
    with database.writing() as session:
        assert jobs.claim_chunk(session, chunk_id, "unlucky") is None
    with database.writing() as session:
        job = jobs.get_job(session, job_key)
        assert job.state is JobState.FAILED
        assert job.error
        jobs.retry_job(job)
        assert job.state is JobState.RUNNING
    with database.writing() as session:
        assert jobs.claim_chunk(session, chunk_id, "lucky")


def test_chunks_of_short_jobs_come_before_the_rest_of_long_ones(database: Database, job_key: str) -> None:
    long = cut(database, job_key, [(0, 1), (1, 2), (2, 3)])
    with database.writing() as session:
        key = jobs.create_job(session, create_article(session, new("Bref.")), ["en"]).key
    (short,) = cut(database, key, [(0, 1)])
    with database.reading() as session:
        assert jobs.stranded(session)[1] == [long[0], short, long[1], long[2]]


def test_two_corrections_at_once_get_numbers_one_after_the_other(database: Database) -> None:
    with database.writing() as session:
        article_id = create_article(session, new()).article_id

    def correct(text: str) -> int:
        with database.writing() as session:
            version: Version = add_version(session, article_id, new(text))
            return version.number

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(correct, ["b", "c", "d", "e"])) == [2, 3, 4, 5]


def test_released_chunks_keep_their_error_and_rest(database: Database, job_key: str) -> None:
    (chunk_id,) = cut(database, job_key, [(0, 3)])
    with database.writing() as session:
        jobs.claim_chunk(session, chunk_id, "one")
        jobs.release_chunk(session, chunk_id, "one", "out of memory")
        chunk = session.get_one(Chunk, chunk_id)
        assert jobs.stranded(session) == ([], [])
        chunk.lease_until = now() - timedelta(seconds=1)
        session.flush()
        assert jobs.stranded(session) == ([], [chunk_id])
        assert (chunk.state, chunk.error) == (ChunkState.WAITING, "out of memory")
