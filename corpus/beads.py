"""What an editor does to a bead: edit, approve, undo. Optimistic locking, and every change in the history."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from corpus import history
from corpus.editions import NewBead, NewHit, move
from corpus.errors import Conflict, NotFound, RelaisError
from corpus.models import Bead, Edition, Origin, State, now


def get_bead(session: Session, bead_id: int) -> Bead:
    """Raises `NotFound`."""
    bead = session.get(Bead, bead_id)
    if bead is None:
        raise NotFound("there is no bead %(number)s", number=bead_id)
    return bead


def edit(
    session: Session,
    bead: Bead,
    *,
    revision: int,
    target: str,
    marks: list[dict[str, Any]],
    hits: Sequence[NewHit],
    flags: list[dict[str, Any]],
    actor_id: int,
    action: str = "edit",
    reason: str = "",
) -> None:
    """Replace a bead's target with an editor's, with the hits and flags found in it.

    ``revision`` is the one the editor saw. Raises `Conflict` when the bead has changed since, or the edition is closed
    to changes; `RelaisError` for an empty target.
    """
    _check_open(bead, revision)
    if not target.strip():
        raise RelaisError("a translation cannot be empty")
    if bead.edition.state is State.PUBLISHED and any(hit.outcome == "violated" for hit in hits):
        raise Conflict("a published edition must not violate a term")
    before = {"target": bead.target, "marks": bead.marks, "origin": bead.origin.value}
    bead.target, bead.marks, bead.flags = target, marks, flags
    bead.origin = Origin.HUMAN
    bead.carried_from_id = None
    bead.hits = [hit.row(bead.edition_id) for hit in hits]
    after = {"target": target, "marks": marks, "origin": Origin.HUMAN.value}
    _record(session, bead, action, actor_id, before=before, after=after, reason=reason)
    start_review(session, bead.edition, actor_id)
    session.flush()


def approve(session: Session, bead: Bead, *, revision: int, actor_id: int) -> None:
    """An editor has read the bead and stands for it. Raises `Conflict` as `edit` does."""
    _check_open(bead, revision)
    bead.approved_at, bead.approved_by_id = now(), actor_id
    _record(session, bead, "approve", actor_id, before={"approved": False}, after={"approved": True})
    start_review(session, bead.edition, actor_id)
    session.flush()


def retranslate(session: Session, bead: Bead, new: NewBead, *, actor_id: int, reason: str) -> bool:
    """Replace a machine's target by a newer one of the machine; false where a person has edited or approved it."""
    if bead.origin is not Origin.MT or bead.approved_at or bead.edition.state is State.PUBLISHED:
        return False
    before = {"target": bead.target, "marks": bead.marks, "origin": bead.origin.value}
    bead.target, bead.marks, bead.flags, bead.score = new.target, new.marks, new.flags, new.score
    bead.machine = new.target
    bead.carried_from_id = None
    bead.hits = [hit.row(bead.edition_id) for hit in new.hits]
    after = {"target": bead.target, "marks": bead.marks, "origin": bead.origin.value}
    _record(session, bead, "retranslate", actor_id, before=before, after=after, reason=reason)
    session.flush()
    return True


def previous_target(session: Session, bead: Bead) -> tuple[str, list[dict[str, Any]]]:
    """Target and marks before the last edit, for undo. Raises `Conflict` when there was none."""
    changes = history.of(session, "bead", bead.id)
    last = next((c for c in reversed(changes) if "target" in c.before), None)
    if last is None:
        raise Conflict("there is nothing to undo")
    return last.before["target"], last.before["marks"]


def start_review(session: Session, edition: Edition, actor_id: int) -> None:
    """The first thing an editor does to a machine edition, or to an approved one, puts it in review."""
    if edition.state in (State.MACHINE, State.APPROVED):
        move(session, edition, State.IN_REVIEW, actor_id=actor_id)


def _check_open(bead: Bead, revision: int) -> None:
    if bead.revision != revision:
        raise Conflict("someone else has changed this sentence meanwhile")
    if bead.edition.state in (State.TRANSLATING, State.WITHDRAWN):
        raise Conflict("an edition that is %(now)s cannot be changed", now=bead.edition.state.value)


def _record(session: Session, bead: Bead, action: str, actor_id: int, **change: Any) -> None:
    article_id = bead.edition.version.article_id
    history.record(session, "bead", bead.id, action, actor_id=actor_id, article_id=article_id, **change)
