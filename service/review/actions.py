"""What editors do to beads, hits and editions. A script gets the changed pieces as JSON, a plain form the page."""

from collections.abc import Sequence
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from corpus.beads import get_bead
from corpus.errors import Conflict, NotFound, RelaisError
from corpus.models import Edition, Hit, Role
from service.accounts.sessions import requires
from service.current import database
from service.errors import as_line, sentence_of, wants_json
from service.review import blueprint, view
from service.review.states import MOVES
from worker import reviewing

Answer = Response | tuple[Response | str, int]


@blueprint.post("/beads/<int:number>/edit")
@requires(Role.EDITOR)
def edit(number: int) -> Answer:
    """Save an editor's text. What cannot be saved comes back in the field, beside what stands there now."""
    return _save(number, and_approve=False)


@blueprint.post("/beads/<int:number>/approve")
@requires(Role.EDITOR)
def approve(number: int) -> Answer:
    """The editor stands for this sentence, as it is in the field."""
    return _save(number, and_approve=True)


def _save(number: int, *, and_approve: bool) -> Answer:
    target, revision = request.form.get("target"), _revision()
    try:
        with database().writing() as session:
            bead = get_bead(session, number)
            if target is not None and (not and_approve or target.strip() != bead.target):
                reviewing.edit_bead(session, number, revision=revision, target=target, actor_id=current_user.id)
                revision = bead.revision
            if and_approve:
                reviewing.approve_bead(session, number, revision=revision, actor_id=current_user.id)
            return _done(session, bead.edition, [number], number)
    except StaleDataError:
        error: RelaisError = Conflict("someone else has changed this sentence meanwhile")
    except NotFound:
        raise
    except RelaisError as refused:
        error = refused
    return _kept(number, view.Typed(target or "", as_line(sentence_of(error))), error)


@blueprint.post("/beads/<int:number>/undo")
@requires(Role.EDITOR)
def undo(number: int) -> Answer:
    """Back to the text before the last edit."""
    with database().writing() as session:
        bead = reviewing.undo_bead(session, number, revision=_revision(), actor_id=current_user.id)
        return _done(session, bead.edition, [number], number)


@blueprint.post("/hits/<int:number>/accept")
@requires(Role.EDITOR)
def accept(number: int) -> Answer:
    """Take the sentence that Relais proposed."""
    with database().writing() as session:
        bead = reviewing.accept_proposal(session, number, actor_id=current_user.id)
        return _done(session, bead.edition, [bead.id], bead.id)


@blueprint.post("/hits/<int:number>/waive")
@requires(Role.EDITOR)
def waive(number: int) -> Answer:
    """Allow a term not to be kept, for a reason; with `all`, wherever it is violated in this edition."""
    with database().writing() as session:
        hit = reviewing.get_hit(session, number)
        edition, bead_id = hit.bead.edition, hit.bead_id
        numbers = [number]
        if request.form.get("all"):
            same = (Hit.edition_id == hit.edition_id, Hit.term_key == hit.term_key, Hit.outcome == "violated")
            numbers = [*dict.fromkeys([number, *session.scalars(select(Hit.id).where(*same))])]
        hits = reviewing.waive(session, numbers, reason=request.form.get("reason", ""), actor_id=current_user.id)
        return _done(session, edition, [*dict.fromkeys(h.bead_id for h in hits)], bead_id)


@blueprint.post("/hits/<int:number>/reopen")
@requires(Role.EDITOR)
def reopen(number: int) -> Answer:
    """Take a waiver back."""
    with database().writing() as session:
        hit = reviewing.get_hit(session, number)
        bead_id, edition = hit.bead_id, hit.bead.edition
        reviewing.reopen(session, number, actor_id=current_user.id)
        return _done(session, edition, [bead_id], bead_id)


@blueprint.post("/hits/<int:number>/teach")
@requires(Role.EDITOR)
def teach(number: int) -> Answer:
    """Add the rendering used here to the glossary as admitted."""
    rendering = request.form.get("rendering", "").strip()
    if not rendering:
        raise RelaisError("say which rendering the glossary should admit")
    with database().writing() as session:
        hit = reviewing.get_hit(session, number)
        bead_id, edition = hit.bead_id, hit.bead.edition
        reviewing.teach(session, number, rendering=rendering, actor_id=current_user.id)
        return _done(session, edition, [bead_id], bead_id)


@blueprint.post("/editions/<int:number>/<action>")
@requires(Role.EDITOR)
def change_state(number: int, action: str) -> Answer:
    """Approve, publish, withdraw or reopen an edition."""
    if action not in MOVES:
        raise NotFound("there is nothing at this address")
    try:
        with database().writing() as session:
            edition = session.get(Edition, number)
            if edition is None:
                raise NotFound("there is no edition %(number)s", number=number)
            address = _address(edition)
            reviewing.move_edition(
                session, edition, MOVES[action], actor_id=current_user.id, reason=request.form.get("reason", "")
            )
    except Conflict as error:
        flash(as_line(sentence_of(error)))
        return redirect(address)
    flash({
        "approve": _("The edition is approved. It can be published now."),
        "publish": _("Published. Readers see it from now on."),
        "withdraw": _("Withdrawn. Readers do not see it any more."),
        "reopen": _("The edition is in review again."),
    }[action])  # fmt: skip
    return redirect(address)


def _revision() -> int:
    value = request.form.get("revision", "")
    if not value.isdecimal():
        raise RelaisError("the request cannot be understood")
    return int(value)


def _done(session: Session, edition: Edition, changed: Sequence[int], opened: int) -> Answer:
    if wants_json():
        return jsonify(view.pieces(session, edition, changed, opened))
    return redirect(_address(edition, bead=opened))


def _kept(number: int, typed: view.Typed, error: RelaisError) -> Answer:
    """The card with what was typed, under the bead's present state."""
    with database().reading() as session:
        bead = get_bead(session, number)
        if wants_json():
            answer: dict[str, Any] = {"rows": {number: view.row(session, number, opened=True, typed=typed)}}
            return jsonify({**answer, "error": {"code": error.code, "message": typed.sentence}}), error.status
        values = view.page_values(session, bead.edition, number, typed)
        return render_template("review/page.html", **values), error.status


def _address(edition: Edition, bead: int | None = None) -> str:
    version = edition.version
    anchor = f"bead-{bead}" if bead else None
    return url_for(
        "review.page",
        number=version.article_id,
        language=edition.language,
        version=version.number,
        bead=bead,
        _anchor=anchor,
    )
