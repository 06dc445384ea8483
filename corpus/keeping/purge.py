"""Withdrawing an article, and purging it: its texts go for good, what was done to it stays on record."""

from typing import Any

from sqlalchemy import NullPool, create_engine, delete, exists, select, update
from sqlalchemy.orm import Session

from corpus.articles import get_article
from corpus.database import Database
from corpus.editions import move
from corpus.errors import Conflict, RelaisError
from corpus.history import of_article, record
from corpus.models import (
    Article,
    Bead,
    BeadSegment,
    Block,
    Change,
    Chunk,
    Edition,
    Hit,
    Job,
    JobState,
    MemoryUnit,
    Segment,
    State,
    Version,
    now,
)

# What a line of history may keep of before and after: states and decisions, never a text.
_KEPT = frozenset({"state", "origin", "approved", "version", "outcome"})


def withdraw_article(session: Session, article_id: int, *, actor_id: int, reason: str) -> Article:
    """Take an article with all its editions from readers and workers; it can be read at the desk still.

    Raises `NotFound`, `Conflict` when it was withdrawn before, `RelaisError` without a reason.
    """
    if not reason.strip():
        raise RelaisError("say why the article is withdrawn")
    article = session.scalar(select(Article).where(Article.id == article_id).with_for_update())
    article = article or get_article(session, article_id)
    if article.withdrawn_at:
        raise Conflict("article %(number)s was withdrawn", number=article_id)
    article.withdrawn_at = now()
    ended = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
    for job in session.scalars(select(Job).join(Version).where(Version.article_id == article_id)):
        if job.state not in ended:
            job.state, job.finished_at, job.lease_owner, job.lease_until = JobState.CANCELLED, now(), None, None
    for edition in session.scalars(select(Edition).join(Version).where(Version.article_id == article_id)):
        if edition.state is State.TRANSLATING:  # nothing to withdraw yet, and its job is cancelled
            edition.state, edition.withdrawn_at = State.WITHDRAWN, now()
            after = {"state": State.WITHDRAWN.value}
            details: dict[str, Any] = {"actor_id": actor_id, "article_id": article_id, "reason": reason}
            record(session, "edition", edition.id, State.WITHDRAWN.value, after=after, **details)
        elif edition.state is not State.WITHDRAWN:
            move(session, edition, State.WITHDRAWN, actor_id=actor_id, reason=reason)
    record(session, "article", article_id, "withdraw", actor_id=actor_id, article_id=article_id, reason=reason)
    session.flush()
    return article


def purge(session: Session, article_id: int, *, actor_id: int, reason: str) -> None:
    """Remove the texts of a withdrawn article, its beads, hits and memory units; there is no way back.

    Versions and editions stay as empty rows, with the SHA-256 of each text; of its history stays who did what and when,
    and why editions and the article changed state. Raises `NotFound`, `Conflict` when it is not withdrawn or is purged
    already, `RelaisError` without a reason. Backups made before still hold the texts.
    """
    if not reason.strip():
        raise RelaisError("say why the article is purged")
    article = get_article(session, article_id)
    if article.withdrawn_at is None:
        raise Conflict("article %(number)s must be withdrawn before it is purged", number=article.id)
    if purged(session, article.id):
        raise Conflict("article %(number)s was purged", number=article.id)
    versions = select(Version.id).where(Version.article_id == article.id)
    _remove_beads(session, select(Edition.id).where(Edition.version_id.in_(versions)))
    for table in (Segment, Block):
        session.execute(delete(table).where(table.version_id.in_(versions)))
    jobs = select(Job.id).where(Job.version_id.in_(versions))
    session.execute(update(Chunk).where(Chunk.job_id.in_(jobs)).values(error=""))
    session.execute(update(Job).where(Job.id.in_(jobs)).values(error=""))
    empty: dict[str, Any] = {"title": "", "text": "", "filename": None, "set_aside": [], "warnings": [], "details": {}}
    session.execute(update(Version).where(Version.article_id == article.id).values(empty))
    article.title = article.byline = ""
    for line in of_article(session, article.id):
        _strip(line)
    record(session, "article", article.id, "purge", actor_id=actor_id, article_id=article.id, reason=reason)
    session.flush()
    session.expire_all()


def purged(session: Session, article_id: int) -> bool:
    """Whether an article's texts are gone for good."""
    line = exists().where(Change.article_id == article_id, Change.subject == "article", Change.action == "purge")
    return bool(session.scalar(select(line)))


def compact(database: Database) -> None:
    """Give back the space of what was removed, so that no deleted text is left in the database's files.

    Rewrites an SQLite file as a whole, which waits for other writers; on PostgreSQL the rows become overwritable.
    """
    if not database.sqlite:
        server = create_engine(database.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with server.connect() as connection:
            connection.exec_driver_sql("VACUUM")
        return
    with database.engine.connect() as connection:
        cursor = connection.connection.cursor()  # the driver's: VACUUM cannot run in a transaction
        for table in ("memory", "beads", "versions"):
            cursor.execute(f"INSERT INTO {table}_search({table}_search) VALUES ('optimize')")  # noqa: S608
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _remove_beads(session: Session, editions: Any) -> None:
    beads = select(Bead.id).where(Bead.edition_id.in_(editions))
    session.execute(delete(MemoryUnit).where(MemoryUnit.bead_id.in_(beads)))
    session.execute(delete(Hit).where(Hit.edition_id.in_(editions)))
    session.execute(delete(BeadSegment).where(BeadSegment.edition_id.in_(editions)))
    session.execute(update(Bead).where(Bead.edition_id.in_(editions)).values(carried_from_id=None))
    session.execute(delete(Bead).where(Bead.edition_id.in_(editions)))


def _strip(line: Change) -> None:
    line.before = {name: value for name, value in line.before.items() if name in _KEPT}
    line.after = {name: value for name, value in line.after.items() if name in _KEPT}
    if line.subject in ("bead", "hit"):  # an editor's reason may quote the sentence
        line.reason = ""
