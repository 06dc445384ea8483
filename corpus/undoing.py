"""Taking back the last change of an edition's state. Beads: `worker.reviewing`; terms: `glossary.undoing`."""

from sqlalchemy.orm import Session

from corpus import history
from corpus.editions import TRANSITIONS, move
from corpus.errors import Conflict
from corpus.models import Edition, State


def undo_edition(session: Session, edition: Edition, *, actor_id: int) -> State:
    """Bring an edition back to where its last change took it from, as a change of its own; returns the state.

    An approval leads back to review where the edition came straight from the machine. Raises `Conflict` when there is
    nothing to take back: readers have seen a published edition, which can only be withdrawn, and one that made way for
    its successor stays withdrawn.
    """
    changes = [c for c in history.of(session, "edition", edition.id) if "state" in c.after]
    if not changes or changes[-1].after["state"] != edition.state.value:
        raise Conflict("there is nothing to undo")
    last = changes[-1]
    if edition.state is State.PUBLISHED:
        raise Conflict("a published edition can only be withdrawn")
    if last.reason == "superseded":
        raise Conflict("a newer version is already published")
    before = State(last.before["state"]) if "state" in last.before else State.IN_REVIEW
    to = before if before in TRANSITIONS[edition.state] else State.IN_REVIEW
    if to not in TRANSITIONS[edition.state]:
        raise Conflict("there is nothing to undo")
    move(session, edition, to, actor_id=actor_id, reason="undo")
    return to
