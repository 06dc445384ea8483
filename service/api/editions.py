"""Editions: their beads, and the states they go through."""

from flask import Response, jsonify, request
from sqlalchemy.orm import Session

from corpus.articles import get_article, get_version
from corpus.editions import beads_of, get_edition
from corpus.errors import NotFound
from corpus.models import Edition, State
from corpus.views import edition_view, source_view
from service.api import blueprint
from service.api.access import caller
from service.api.bodies import field
from service.current import database
from service.review.states import MOVES
from worker.reviewing import move_edition


@blueprint.get("/articles/<number>/editions/<language>")
def edition(number: str, language: str) -> Response:
    """An edition with its aligned beads; `?version=` another than the newest."""
    caller()
    with database().reading() as session:
        found = _find(session, number, language)
        view = edition_view(found, beads_of(session, found.id))
        version = found.version
        answer = {"article": version.article_id, "version": version.number, "source": source_view(version)}
        return jsonify({**answer, "edition": view})


@blueprint.post("/articles/<number>/editions/<language>/<action>")
def change_state(number: str, language: str, action: str) -> Response:
    """`approve`, `publish`, `withdraw` or `reopen` an edition; `reason` in the body where one is asked for."""
    account = caller("editor")
    if action not in MOVES:
        raise NotFound("there is nothing at this address")
    body = request.get_json(silent=True) if request.is_json else {}
    reason = field(body if isinstance(body, dict) else {}, "reason", str, "")
    with database().writing() as session:
        found = _find(session, number, language)
        move_edition(session, found, MOVES[action], actor_id=account.id, reason=reason)
        state: State = found.state
    return jsonify({"language": language, "state": state.value})


def _find(session: Session, number: str, language: str) -> Edition:
    article = get_article(session, number)
    version = get_version(session, article.id, request.args.get("version", type=int))
    return get_edition(session, version.id, language)
