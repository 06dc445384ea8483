"""Jobs: how far they are, and trying again."""

from flask import Response, jsonify, url_for

from corpus.jobs import get_job, retry_job
from service.api import blueprint
from service.api.access import caller
from service.current import database
from service.desk.progress import job_view, look
from service.streams import stream
from worker.tasks import announce


@blueprint.get("/jobs/<key>")
def job(key: str) -> Response:
    """The state of a job, counted in segments."""
    caller()
    with database().reading() as session:
        found = get_job(session, key)
        article = found.version.article_id
        view = {**job_view(session, found), "article": article, "version": found.version.number}
    return jsonify({**view, "events_url": url_for("api.job_events", key=key)})


@blueprint.get("/jobs/<key>/events")
def job_events(key: str) -> Response:
    """The same as server-sent events, until the job has ended."""
    caller()
    store = database()
    with store.reading() as session:
        get_job(session, key)

    def state() -> tuple[object, bool]:
        views, ended = look(store, [key])
        return views[0], ended

    return stream(state)


@blueprint.post("/jobs/<key>/retry")
def retry(key: str) -> tuple[Response, int]:
    """Take a failed job up again where it stopped."""
    caller()
    with database().writing() as session:
        retry_job(get_job(session, key))
    announce(key)
    return jsonify({"job": key}), 202
