"""One piece of work at a time: cut a job into chunks, or translate a chunk, under a lease."""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy.orm import Session

from corpus import corrections, jobs
from corpus.articles import store_segments
from corpus.database import Database
from corpus.editions import get_edition, store_beads
from corpus.errors import RelaisError
from corpus.memory import exact
from corpus.models import Chunk, Job, JobState, Version
from corpus.spans import Span
from worker.enforcing import LegFailed
from worker.glossary_state import glossary_state
from worker.pipeline import translate
from worker.segmentation import segment
from worker.settings import settings
from worker.sources import Source, sources_of

log = logging.getLogger(__name__)

SEGMENTATION, TRANSLATION = "segmentation", "translation"  # steps of a job; a leg that failed is named instead


def cut_next(database: Database, owner: str, job_key: str | None = None) -> bool:
    """Segment the version of one waiting job and give the job its chunks; false when no job waits.

    A correction first keeps every bead whose source did not change, so that only the rest becomes chunks.
    """
    with database.writing() as session:
        key = job_key or next(iter(jobs.stranded(session)[0]), None)
        job = jobs.claim_job(session, key, owner) if key else None
        if job is None:
            return False
        if job.attempts > jobs.ATTEMPTS:
            jobs.fail_job(job, SEGMENTATION, job.error or "a worker died each time it tried this text")
            return True
        job.step = SEGMENTATION
        job_key = job.key
    try:
        with database.writing() as session:
            _cut(session, jobs.get_job(session, job_key))
    except RelaisError as error:
        with database.writing() as session:
            jobs.fail_job(jobs.get_job(session, job_key), SEGMENTATION, str(error))
    return True


def _cut(session: Session, job: Job) -> None:
    version = job.version
    segments = store_segments(session, version, [_segments(version, block.span) for block in version.blocks])
    missing: set[int] = set()
    for language in job.languages:
        edition = get_edition(session, version.id, language)
        kept = corrections.carry_over(session, edition)
        missing |= {s.position for s in segments} - kept
    jobs.cut_job(session, job, _ranges(sorted(missing), settings().chunk_segments))
    job.step = TRANSLATION
    job.segments_total = len(segments)
    job.segments_done = len(segments) - len(missing)
    if not missing:
        jobs.finish_job(session, job)


def _segments(version: Version, block: Span) -> list[Span]:
    return [span.shifted(block.start) for span in segment(block.of(version.text))]


def _ranges(positions: Sequence[int], size: int) -> list[tuple[int, int]]:
    """Half-open ranges of at most `size` that cover the positions; gaps are left out."""
    ranges: list[tuple[int, int]] = []
    for position in positions:
        if ranges and ranges[-1][1] == position and position - ranges[-1][0] < size:
            ranges[-1] = (ranges[-1][0], position + 1)
        else:
            ranges.append((position, position + 1))
    return ranges


def translate_next(database: Database, owner: str) -> bool:
    """Translate and store one free chunk; false when none is free."""
    with database.writing() as session:
        chunk = None
        for chunk_id in jobs.stranded(session)[1]:
            chunk = jobs.claim_chunk(session, chunk_id, owner)
            if chunk:
                break
        if chunk is None:
            return False
        chunk_id, job_key, languages = chunk.id, chunk.job.key, list(chunk.job.languages)
        sources = sources_of(session, chunk.job.version_id, chunk.first, chunk.last)
        topic = chunk.job.version.article.topic
    try:
        with _lease_kept(database, chunk_id, owner):
            _translate_chunk(database, chunk_id, owner, sources, languages, topic)
    except RelaisError as error:  # no package, unreadable model …: another attempt would end the same way
        step = error.leg if isinstance(error, LegFailed) else TRANSLATION
        with database.writing() as session:
            jobs.release_chunk(session, chunk_id, owner, str(error))
            jobs.fail_job(jobs.get_job(session, job_key), step, str(error))
    except Exception as error:
        log.exception("chunk %s failed and will be tried again", chunk_id)
        with database.writing() as session:
            jobs.release_chunk(session, chunk_id, owner, f"{type(error).__name__}: {error}")
    return True


def _translate_chunk(
    database: Database, chunk_id: int, owner: str, sources: Sequence[Source], languages: Sequence[str], topic: str
) -> None:
    with database.reading() as session:
        glossary = glossary_state(session)

    def memory(language: str, texts: Sequence[str]) -> Mapping[str, str]:
        with database.reading() as session:
            return exact(session, language, texts, glossary.stamp)

    translated = translate(sources, languages, glossary, topic=topic, memory=memory)
    with database.writing() as session:
        chunk = jobs.lock_leased_chunk(session, chunk_id, owner)
        if chunk is None or chunk.job.state is not JobState.RUNNING:
            return  # the lease ran out and someone else has done it, or the job was ended meanwhile
        for language, translation in translated.items():
            edition = get_edition(session, chunk.job.version_id, language)
            edition.route = translation.route
            edition.packages = translation.packages
            edition.glossary_stamp = glossary.stamp
            store_beads(session, edition, translation.beads)
        _finish(session, chunk)


def _finish(session: Session, chunk: Chunk) -> None:
    if jobs.finish_chunk(session, chunk):
        jobs.finish_job(session, chunk.job)


@contextmanager
def _lease_kept(database: Database, chunk_id: int, owner: str) -> Iterator[None]:
    """Renew the lease of a chunk from a thread beside the work."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(jobs.LEASE.total_seconds() / 3):
            with database.writing() as session:
                if not jobs.renew(session, chunk_id, owner):
                    return

    thread = threading.Thread(target=renew, name=f"lease of chunk {chunk_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
