"""Taking back the last change of a term: an edit, a taught rendering, its making or its removal."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.errors import Conflict
from corpus.models import Change, TermEntry
from glossary import store
from glossary.terms import CaseRule, Rendering, Status, Term


def undo_term(session: Session, key: str, *, actor_id: int) -> Term | None:
    """Give a term what it was before its last change, as a change of its own; None when that was its making.

    Raises `Conflict` when nothing is known of it, or the last change took one back already.
    """
    change = _last_change(session, key)
    if change is None or change.action == "undo" or change.reason == "undo":
        raise Conflict("there is nothing to undo")
    if not change.before:
        store.delete(session, key, actor_id=actor_id, reason="undo")
        return None
    term = _term(change.before)
    store.save(session, term, actor_id=actor_id, action="undo", reason="undo")
    return term


def _last_change(session: Session, key: str) -> Change | None:
    """By the row's number; of a term that was removed, by the key that its last line holds."""
    query = select(Change).where(Change.subject == "term").order_by(Change.id.desc())
    row_id = session.scalar(select(TermEntry.id).where(TermEntry.key == key))
    if row_id is not None:
        return session.scalar(query.where(Change.subject_id == row_id).limit(1))
    return next((c for c in session.scalars(query.where(Change.action == "delete")) if c.before["key"] == key), None)


def _term(stored: dict[str, Any]) -> Term:
    """A term as `store` writes it into the history."""
    renderings = tuple(Rendering(**r | {"status": Status(r["status"])}) for r in stored["renderings"])
    lists = {name: tuple(stored[name]) for name in ("variants", "topics")}
    return Term(**stored | lists | {"renderings": renderings, "case": CaseRule(stored["case"])})
