"""`GET /healthz`: whether this web server and its database live, and how the queue is."""

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from corpus.errors import RelaisError
from service.current import database
from worker.app import check_broker

BROKER_SECONDS = 2.0
blueprint = Blueprint("health", __name__)
_asking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="broker")


@blueprint.get("/healthz")
def healthz() -> tuple[Response, int]:
    """200 while web and database live; the queue may be down, for uploads are only put off by that."""
    try:
        with database().reading() as session:
            session.execute(text("SELECT 1"))
        state = "ok"
    except RelaisError:
        state = "down"
    answer = {"web": "ok", "database": state, "broker": _broker()}
    return jsonify(answer), 200 if state == "ok" else 503


def _broker() -> str:
    """Asked in a thread of its own: a queue that does not answer must not hold up the answer."""
    asked: Future[None] = _asking.submit(check_broker)
    try:
        asked.result(BROKER_SECONDS)
    except (RelaisError, TookTooLong):
        asked.cancel()
        return "down"
    return "ok"
