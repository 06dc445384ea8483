"""What is counted: articles, editions, terms and how they came out, editors' work, and the speed of jobs."""

from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from corpus.models import Article, Bead, Edition, Hit, Job, JobState, Origin, Segment, TermEntry, now

DAYS = 30


def counts(session: Session) -> dict[str, Any]:
    """All figures of the page; times in seconds, shares from 0 to 1."""
    since = now() - timedelta(days=DAYS)
    return {
        "articles": _count(session, Article.id),
        "segments": _count(session, Segment.id),
        "terms": _count(session, TermEntry.id, TermEntry.active),
        "sentences": _count(session, Bead.id),
        "approved": _count(session, Bead.id, Bead.approved_at.is_not(None)),
        "edited": _count(session, Bead.id, Bead.origin == Origin.HUMAN),
        "editions": _by_two(session, Edition.language, Edition.state),
        "outcomes": _by_two(session, Edition.language, Hit.outcome),
        "violated_terms": _violated(session),
        "jobs": _jobs(session, since),
    }


def _count(session: Session, column: Any, *where: ColumnElement[bool] | Any) -> int:
    return session.scalar(select(func.count(column)).where(*where)) or 0


def _by_two(session: Session, first: Any, second: Any) -> dict[str, dict[str, int]]:
    """Editions or hits, by language and then by state or outcome."""
    query = select(first, second, func.count()).group_by(first, second)
    if second.class_ is Hit:
        query = query.select_from(Hit).join(Edition, Edition.id == Hit.edition_id)
    table: dict[str, dict[str, int]] = {}
    for one, two, number in session.execute(query).tuples():
        table.setdefault(one, {})[str(two)] = number
    return table


def _violated(session: Session, most: int = 12) -> list[tuple[str, str, int]]:
    """Terms that are violated most: text, key, how often."""
    query = (
        select(Hit.term, Hit.term_key, func.count().label("number"))
        .where(Hit.outcome == "violated")
        .group_by(Hit.term, Hit.term_key)
        .order_by(func.count().desc(), Hit.term)
        .limit(most)
    )
    return [(term, key, number) for term, key, number in session.execute(query).tuples()]


def _jobs(session: Session, since: Any) -> dict[str, Any]:
    """Jobs of the last days: how many, how many failed, median wait and time, segments a second."""
    jobs = session.scalars(select(Job).where(Job.created_at >= since)).all()
    done = [(j, j.started_at, j.finished_at) for j in jobs if j.state is JobState.DONE]
    times = [((end - start).total_seconds(), job.segments_total) for job, start, end in done if start and end]
    waits = [(start - job.created_at).total_seconds() for job, start, _ in done if start]
    seconds = sum(time for time, _ in times)
    return {
        "total": len(jobs),
        "failed": sum(job.state is JobState.FAILED for job in jobs),
        "median_seconds": median(time for time, _ in times) if times else None,
        "median_wait": median(waits) if waits else None,
        "segments_a_second": sum(number for _, number in times) / seconds if seconds else None,
    }
