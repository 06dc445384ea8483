"""An edition as the review page shows it: head, queue and rows, as a whole or piece by piece."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from corpus.beads import get_bead
from corpus.corrections import Kind, compare_versions, previous_edition
from corpus.editions import beads_of
from corpus.models import Bead, Block, Change, Edition, Hit, State, User
from corpus.worddiff import Piece, word_diff
from glossary import store
from service.review.queue import queue
from service.review.states import possible


@dataclass(frozen=True)
class Typed:
    """What an editor wrote that could not be saved, and why."""

    target: str
    sentence: str


@dataclass(frozen=True)
class Line:
    """A line of a bead's history."""

    change: Change
    name: str
    pieces: list[Piece]


def head_values(edition: Edition, beads: Sequence[Bead]) -> dict[str, Any]:
    """What the head of the page says."""
    article = edition.version.article
    return {
        "edition": edition,
        "article": article,
        "seen": sum(bead.approved_at is not None for bead in beads),
        "total": len(beads),
        "violated": sum(hit.outcome == "violated" for bead in beads for hit in bead.hits),
        "moves": possible(edition.state),
    }


def page_values(
    session: Session, edition: Edition, open_bead: int | None, typed: Typed | None = None
) -> dict[str, Any]:
    """Everything on the page."""
    beads = beads_of(session, edition.id)
    return {
        **head_values(edition, beads),
        "items": queue(beads),
        "beads": beads,
        "kinds": kinds(session, edition),
        "corrected": corrected(session, edition),
        "open_bead": open_bead,
        "typed": typed,
        **_of_card(session, edition, [bead for bead in beads if bead.id == open_bead]),
        "closed": edition.state in (State.TRANSLATING, State.WITHDRAWN),
    }


def kinds(session: Session, edition: Edition) -> dict[int, str]:
    """Kinds of the version's blocks."""
    query = select(Block.id, Block.kind).where(Block.version_id == edition.version_id)
    return dict(session.execute(query).tuples().all())


def corrected(session: Session, edition: Edition) -> dict[int, str]:
    """What a correction changed: positions of changed segments with the old text, and of new ones with an empty one."""
    previous = previous_edition(session, edition)
    if previous is None:
        return {}
    old, new = previous.version, edition.version
    return {
        pair.new: "" if pair.old is None else old.segments[pair.old].span.of(old.text)
        for pair in compare_versions(session, old, new)
        if pair.new is not None and pair.kind in (Kind.CHANGED, Kind.ADDED)
    }


def row(session: Session, number: int, *, opened: bool, typed: Typed | None = None) -> str:
    """One bead's row as HTML."""
    bead = get_bead(session, number)
    values = {
        "edition": bead.edition,
        "bead": bead,
        "kinds": kinds(session, bead.edition),
        "corrected": corrected(session, bead.edition),
        "open_bead": number if opened else None,
        "typed": typed,
        **_of_card(session, bead.edition, [bead] if opened else []),
        "closed": bead.edition.state in (State.TRANSLATING, State.WITHDRAWN),
    }
    return render_template("review/_bead.html", **values)


def pieces(session: Session, edition: Edition, changed: Sequence[int], opened: int | None) -> dict[str, Any]:
    """What has changed on the page after an action: rows by bead, the head and the queue, as HTML."""
    session.flush()
    session.expire_all()
    beads = beads_of(session, edition.id)
    return {
        "rows": {number: row(session, number, opened=number == opened) for number in changed},
        "head": render_template("review/_head.html", **head_values(edition, beads)),
        "queue": render_template("review/_queue.html", items=queue(beads), edition=edition),
    }


def history_of(session: Session, number: int) -> list[Line]:
    """A bead's changes, newest first, with those of its hits left to the article's page; texts as word diffs."""
    query = select(Change).where(Change.subject == "bead", Change.subject_id == number).order_by(Change.id.desc())
    changes = session.scalars(query).all()
    ids = {change.actor_id for change in changes if change.actor_id}
    names = {user.id: user.name for user in session.scalars(select(User).where(User.id.in_(ids)))}
    return [Line(c, names.get(c.actor_id or 0, ""), _diff(c)) for c in changes]


def _diff(change: Change) -> list[Piece]:
    if "target" not in change.before or "target" not in change.after:
        return []
    return word_diff(change.before["target"], change.after["target"])


def _of_card(session: Session, edition: Edition, beads: Sequence[Bead]) -> dict[str, Any]:
    """For the cards of these beads: the glossary entries of their hits, and how often each is violated in the edition.

    An entry deleted meanwhile is missing.
    """
    keys = {hit.term_key for bead in beads for hit in bead.hits}
    if not keys:
        return {"terms": {}, "others": {}}
    violated = select(Hit.term_key, func.count()).where(Hit.edition_id == edition.id, Hit.outcome == "violated")
    return {
        "terms": {term.key: term for term in store.load(session, active_only=False) if term.key in keys},
        "others": dict(session.execute(violated.group_by(Hit.term_key)).tuples().all()),
    }
