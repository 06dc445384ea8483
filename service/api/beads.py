"""Beads and hits: what editors do to them."""

from flask import Response, jsonify
from sqlalchemy.orm import Session

from corpus import history
from corpus.beads import get_bead
from corpus.models import User
from corpus.views import bead_view
from service.api import blueprint
from service.api.access import caller
from service.api.bodies import field, json_body
from service.current import database
from worker import reviewing


@blueprint.patch("/beads/<int:number>")
def edit_bead(number: int) -> Response:
    """Replace the target: `{"revision": the one seen, "target": …}`. 409 where the bead has changed since."""
    account, body = caller("editor"), json_body()
    revision, target = field(body, "revision", int), field(body, "target", str)
    with database().writing() as session:
        reviewing.edit_bead(session, number, revision=revision, target=target, actor_id=account.id)
        return _answer(session, number)


@blueprint.post("/beads/<int:number>/approve")
def approve_bead(number: int) -> Response:
    """The editor stands for this sentence: `{"revision": the one seen}`."""
    account, body = caller("editor"), json_body()
    with database().writing() as session:
        reviewing.approve_bead(session, number, revision=field(body, "revision", int), actor_id=account.id)
        return _answer(session, number)


@blueprint.post("/beads/<int:number>/undo")
def undo_bead(number: int) -> Response:
    """Back to the text before the last edit: `{"revision": the one seen}`."""
    account, body = caller("editor"), json_body()
    with database().writing() as session:
        reviewing.undo_bead(session, number, revision=field(body, "revision", int), actor_id=account.id)
        return _answer(session, number)


@blueprint.get("/beads/<int:number>/history")
def bead_history(number: int) -> Response:
    """Every change of a bead, oldest first."""
    caller()
    with database().reading() as session:
        get_bead(session, number)
        changes = history.of(session, "bead", number)
        names = {c.actor_id: session.get_one(User, c.actor_id).login for c in changes if c.actor_id}
        rows = [
            {
                "at": c.at.isoformat(),
                "by": names.get(c.actor_id) if c.actor_id else None,
                "action": c.action,
                "before": c.before,
                "after": c.after,
                "reason": c.reason,
            }
            for c in changes
        ]
    return jsonify({"bead": number, "history": rows})


@blueprint.post("/hits/<int:number>/accept")
def accept(number: int) -> Response:
    """Take the sentence that Relais proposed."""
    account = caller("editor")
    with database().writing() as session:
        bead = reviewing.accept_proposal(session, number, actor_id=account.id)
        return _answer(session, bead.id)


@blueprint.post("/hits/<int:number>/waive")
def waive(number: int) -> Response:
    """Allow the term not to be kept here: `{"reason": …}`."""
    account, body = caller("editor"), json_body()
    with database().writing() as session:
        hits = reviewing.waive(session, [number], reason=field(body, "reason", str, ""), actor_id=account.id)
        return _answer(session, hits[0].bead_id)


@blueprint.post("/hits/<int:number>/teach")
def teach(number: int) -> Response:
    """Add the rendering used here to the glossary as admitted: `{"rendering": …}`."""
    account, body = caller("editor"), json_body()
    with database().writing() as session:
        bead_id = reviewing.get_hit(session, number).bead_id
        reviewing.teach(session, number, rendering=field(body, "rendering", str), actor_id=account.id)
        return _answer(session, bead_id)


def _answer(session: Session, number: int) -> Response:
    session.flush()
    session.expire_all()
    return jsonify(bead_view(get_bead(session, number)))
