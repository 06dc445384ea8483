"""How far jobs are, counted in segments: once, or as a stream of events."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.database import Database
from corpus.models import Edition, Job, Role
from service.accounts.sessions import requires
from service.current import database
from service.desk import blueprint
from service.desk.lists import UNDER_WAY, progress_of, segment_totals
from service.streams import stream

AT_ONCE = 60


@blueprint.get("/progress")
@requires(Role.STAFF)
def progress() -> Response:
    """The state of the jobs named in the query, for pages that cannot hold a stream."""
    return jsonify(look(database(), _keys())[0])


@blueprint.get("/progress/events")
@requires(Role.STAFF)
def progress_events() -> Response:
    """The same as server-sent events, until all of them have ended."""
    store, keys = database(), _keys()
    return stream(lambda: look(store, keys))


def _keys() -> list[str]:
    return request.args.get("jobs", "").split(",")[:AT_ONCE]


def look(store: Database, keys: Sequence[str]) -> tuple[list[dict[str, Any]], bool]:
    """The jobs' states now, and whether all have ended."""
    with store.reading() as session:
        jobs = session.scalars(select(Job).where(Job.key.in_(keys)).order_by(Job.id)).all()
        return [job_view(session, job) for job in jobs], all(job.state not in UNDER_WAY for job in jobs)


def job_view(session: Session, job: Job) -> dict[str, Any]:
    """A job with the progress of each of its editions, in segments."""
    query = select(Edition.id, Edition.language).where(Edition.version_id == job.version_id)
    editions = {language: number for number, language in session.execute(query).tuples() if language in job.languages}
    done = progress_of(session, list(editions.values()))
    return {
        "job": job.key,
        "state": job.state.value,
        "step": job.step,
        "error": job.error,
        "segments": segment_totals(session, {job.version_id}).get(job.version_id, 0),
        "segments_done": job.segments_done,
        "segments_total": job.segments_total,
        "editions": {language: done.get(number, 0) for language, number in editions.items()},
    }
