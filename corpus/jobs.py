"""Jobs and chunks: who works on what, for how long, and what is still to do.

A lease is a promise to be done before ``lease_until``; a worker renews it while it lives. Work whose lease has run out
is anybody's. The broker only carries hints: losing one, or getting one twice, changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from corpus.errors import NotFound
from corpus.models import Chunk, ChunkState, Edition, Job, JobState, State, Version, now

LEASE = timedelta(seconds=30)
REST = timedelta(seconds=1)  # doubled with each attempt, before a chunk that failed is tried again
ATTEMPTS = 5  # of a chunk, before the job is failed: some text may kill every worker that touches it


def create_job(
    session: Session,
    version: Version,
    languages: Sequence[str],
    *,
    actor_id: int | None = None,
    idempotency_key: str | None = None,
) -> Job:
    """A job and its editions, all still to be translated, in the transaction that stores the version."""
    job = Job(version=version, languages=list(languages), created_by_id=actor_id, idempotency_key=idempotency_key)
    session.add(job)
    present = set(session.scalars(select(Edition.language).where(Edition.version_id == version.id)))
    session.add_all(Edition(version=version, language=language) for language in languages if language not in present)
    session.flush()
    return job


def get_job(session: Session, key: str) -> Job:
    """By its public name. Raises `NotFound`."""
    job = session.scalar(select(Job).where(Job.key == key))
    if job is None:
        raise NotFound("there is no job %(key)s", key=key)
    return job


def find_by_idempotency_key(session: Session, key: str) -> Job | None:
    """The job that an upload with this key has already made."""
    return session.scalar(select(Job).where(Job.idempotency_key == key))


def claim_job(session: Session, key: str, owner: str) -> Job | None:
    """Lease a job that is still to be cut into chunks; None when it is cut, ended, or in other hands."""
    free = or_(Job.lease_until.is_(None), Job.lease_until < now())
    query = select(Job).where(Job.key == key, Job.state == JobState.QUEUED, free).with_for_update(skip_locked=True)
    job = session.scalar(query)
    if job is None:
        return None
    job.attempts += 1
    job.started_at = job.started_at or now()
    job.lease_owner, job.lease_until = owner, now() + LEASE
    return job


def cut_job(session: Session, job: Job, ranges: Sequence[tuple[int, int]]) -> list[Chunk]:
    """Give the job its chunks, one for each half-open range of segment positions, and set it running."""
    chunks = [Chunk(job=job, position=i, first=first, last=last) for i, (first, last) in enumerate(ranges)]
    session.add_all(chunks)
    job.state = JobState.RUNNING
    job.segments_total = sum(last - first for first, last in ranges)
    job.lease_owner = job.lease_until = None
    session.flush()
    return chunks


def claim_chunk(session: Session, chunk_id: int, owner: str) -> Chunk | None:
    """Lease a chunk; None when it is done, in other hands, or its job has ended."""
    free = or_(Chunk.lease_until.is_(None), Chunk.lease_until < now())
    running = Chunk.job.has(Job.state == JobState.RUNNING)
    query = select(Chunk).where(Chunk.id == chunk_id, Chunk.state != ChunkState.DONE, free, running)
    chunk = session.scalar(query.with_for_update(skip_locked=True))
    if chunk is None:
        return None
    chunk.attempts += 1
    if chunk.attempts > ATTEMPTS:
        fail_job(chunk.job, chunk.job.step, chunk.error or "a worker died each time it tried this text")
        return None
    chunk.state, chunk.lease_owner, chunk.lease_until = ChunkState.LEASED, owner, now() + LEASE
    return chunk


def renew(session: Session, chunk_id: int, owner: str) -> bool:
    """Prolong a lease; false when it is no longer ours, and the work must not be stored."""
    mine = (Chunk.id == chunk_id, Chunk.lease_owner == owner, Chunk.state == ChunkState.LEASED)
    return bool(session.execute(update(Chunk).where(*mine).values(lease_until=now() + LEASE)).rowcount)  # type: ignore[attr-defined]


def lock_leased_chunk(session: Session, chunk_id: int, owner: str) -> Chunk | None:
    """The chunk, locked together with its job, if the lease is still ours: what is stored now is stored once."""
    mine = (Chunk.id == chunk_id, Chunk.lease_owner == owner, Chunk.state == ChunkState.LEASED)
    chunk = session.scalar(select(Chunk).where(*mine).with_for_update())
    if chunk is not None:
        session.scalar(select(Job).where(Job.id == chunk.job_id).with_for_update())
    return chunk


def finish_chunk(session: Session, chunk: Chunk) -> bool:
    """Mark it done and count its segments; true when it was the job's last."""
    chunk.state = ChunkState.DONE
    chunk.error = ""
    chunk.lease_owner = chunk.lease_until = None
    chunk.job.segments_done += chunk.last - chunk.first
    session.flush()
    return not session.scalar(select(exists().where(Chunk.job_id == chunk.job_id, Chunk.state != ChunkState.DONE)))


def finish_job(session: Session, job: Job) -> None:
    """All chunks are in: the job is done and its editions are ready for editors."""
    job.state, job.step, job.error, job.finished_at = JobState.DONE, "", "", now()
    for edition in session.scalars(select(Edition).where(Edition.version_id == job.version_id)):
        if edition.language in job.languages and edition.state is State.TRANSLATING:
            edition.state, edition.translated_at = State.MACHINE, now()


def release_chunk(session: Session, chunk_id: int, owner: str, error: str) -> None:
    """Give a chunk back after an error that may pass; it rests before anyone takes it again."""
    chunk = session.scalar(select(Chunk).where(Chunk.id == chunk_id, Chunk.lease_owner == owner))
    if chunk is not None:
        chunk.state, chunk.lease_owner, chunk.error = ChunkState.WAITING, None, error
        chunk.lease_until = now() + REST * 2**chunk.attempts


def fail_job(job: Job, step: str, error: str) -> None:
    """End a job that cannot go on. What is stored stays; `retry_job` takes it up there."""
    job.state, job.step, job.error, job.finished_at = JobState.FAILED, step, error, now()
    job.lease_owner = job.lease_until = None


def retry_job(job: Job) -> None:
    """Take a failed job up again where it stopped."""
    if job.state is not JobState.FAILED:
        return
    job.state = JobState.RUNNING if job.chunks else JobState.QUEUED
    job.error, job.finished_at, job.attempts = "", None, 0
    for chunk in job.chunks:
        chunk.attempts, chunk.lease_until = 0, None


def stranded(session: Session, *, since: datetime | None = None) -> tuple[list[str], list[int]]:
    """Work that nobody has in hand: keys of jobs still to be cut, and numbers of chunks still to be translated.

    ``since`` leaves out jobs younger than that moment, whose message is probably on its way. Oldest job first, and one
    chunk of each job before the next ones, so that a long article does not hold up the short ones behind it.
    """
    moment = now()
    ready = or_(Job.lease_until.is_(None), Job.lease_until < moment)
    queued = select(Job.key).where(Job.state == JobState.QUEUED, ready).order_by(Job.id)
    if since:
        queued = queued.where(Job.created_at < since)
    free = or_(Chunk.lease_until.is_(None), Chunk.lease_until < moment)
    waiting = (
        select(Chunk.id)
        .join(Job)
        .where(Job.state == JobState.RUNNING, Chunk.state != ChunkState.DONE, free)
        .order_by(Chunk.position, Chunk.job_id)
    )
    return list(session.scalars(queued)), list(session.scalars(waiting))
