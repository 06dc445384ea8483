"""What an editor does to beads and hits, with the terms found again and the checks run again on the new text."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy.orm import Session

from corpus import beads, history
from corpus.editions import NewHit, move
from corpus.errors import Conflict, NotFound, RelaisError
from corpus.memory import remember
from corpus.models import Bead, Edition, Hit, State, now
from corpus.scoring import score_edition
from glossary import store
from glossary.enforcement.base import Hit as FoundHit
from glossary.enforcement.base import Outcome, Wanted
from glossary.review import locate
from glossary.store import new_hit
from worker.flagging import flags_of
from worker.glossary_state import GlossaryState, glossary_state

DECISION = ("outcome", "reason", "decided_by_id", "decided_at")  # what an editor's waiver adds to a hit


def edit_bead(
    session: Session,
    bead_id: int,
    *,
    revision: int,
    target: str,
    actor_id: int,
    marks: list[dict[str, Any]] | None = None,
    action: str = "edit",
) -> Bead:
    """Replace a bead's target by an editor's. ``marks`` None keeps the inline markup on the words that stayed.

    Raises `Conflict` when the bead has changed since ``revision``, `NotFound`, or `RelaisError` for an empty target.
    """
    bead = beads.get_bead(session, bead_id)
    target = target.strip()
    glossary = glossary_state(session)
    found = _located(bead, target, glossary)
    beads.edit(
        session,
        bead,
        revision=revision,
        target=target,
        marks=_kept_marks(bead, target) if marks is None else marks,
        hits=_new_hits(bead, found),
        flags=flags_of(bead.source, target, bead.edition.language, found, glossary),
        actor_id=actor_id,
        action=action,
    )
    return bead


def approve_bead(session: Session, bead_id: int, *, revision: int, actor_id: int) -> Bead:
    """An editor has read this sentence and stands for it. Raises as `edit_bead` does."""
    bead = beads.get_bead(session, bead_id)
    beads.approve(session, bead, revision=revision, actor_id=actor_id)
    return bead


def undo_bead(session: Session, bead_id: int, *, revision: int, actor_id: int) -> Bead:
    """Give a bead the text it had before its last edit, as a change of its own."""
    target, marks = beads.previous_target(session, beads.get_bead(session, bead_id))
    return edit_bead(session, bead_id, revision=revision, target=target, marks=marks, actor_id=actor_id, action="undo")


def move_edition(session: Session, edition: Edition, to: State, *, actor_id: int, reason: str = "") -> None:
    """Take an edition to another state; an approved one becomes memory, and the machine is measured against it.

    Raises `Conflict` where the way is closed.
    """
    move(session, edition, to, actor_id=actor_id, reason=reason)
    if to is State.APPROVED:
        remember(session, edition)
        score_edition(session, edition)


def accept_proposal(session: Session, hit_id: int, *, actor_id: int) -> Bead:
    """Take the sentence that Relais proposed for a violated term. Raises `Conflict` when it proposed none."""
    hit = get_hit(session, hit_id)
    if hit.proposal is None:
        raise Conflict("there is no proposal for “%(term)s” here", term=hit.term)
    bead = hit.bead
    return edit_bead(
        session, bead.id, revision=bead.revision, target=hit.proposal, actor_id=actor_id, action="accept proposal"
    )


def waive(session: Session, hit_ids: Sequence[int], *, reason: str, actor_id: int) -> list[Hit]:
    """Allow terms not to be kept here, for a reason. Raises `RelaisError` without one."""
    if not reason.strip():
        raise RelaisError("say why the term is waived")
    hits = [get_hit(session, hit_id) for hit_id in hit_ids]
    for hit in hits:
        before = hit.outcome
        if before == Outcome.WAIVED.value:
            continue
        hit.outcome, hit.reason = Outcome.WAIVED.value, reason.strip()
        hit.decided_by_id, hit.decided_at = actor_id, now()
        _record_hit(session, hit, "waive", actor_id, before, reason)
        beads.start_review(session, hit.bead.edition, actor_id)
    session.flush()
    return hits


def reopen(session: Session, hit_id: int, *, actor_id: int) -> Hit:
    """Take a waiver back: the hit is what the text makes it again."""
    hit = get_hit(session, hit_id)
    if hit.outcome != Outcome.WAIVED.value:
        raise Conflict("this term is not waived")
    if hit.bead.edition.state is State.PUBLISHED:
        raise Conflict("a published edition must not violate a term")
    hit.outcome, hit.reason, hit.decided_by_id, hit.decided_at = Outcome.VIOLATED.value, "", None, None
    _record_hit(session, hit, "reopen", actor_id, Outcome.WAIVED.value, "")
    relocate(session, hit.bead)
    return hit


def teach(session: Session, hit_id: int, *, rendering: str, actor_id: int) -> Hit:
    """Add the rendering used here to the glossary as admitted; the hit becomes native where it stands so."""
    hit = get_hit(session, hit_id)
    bead = hit.bead
    store.teach(session, hit.term_key, bead.edition.language, rendering.strip(), actor_id=actor_id)
    relocate(session, bead)
    return hit


def relocate(session: Session, bead: Bead) -> None:
    """Find a bead's terms and flags again, after a change of the glossary; the text stays as it is."""
    glossary = glossary_state(session)
    found = _located(bead, bead.target, glossary)
    bead.hits = [hit.row(bead.edition_id) for hit in _new_hits(bead, found)]
    of_the_model = [flag for flag in bead.flags if flag["code"] == "low_score"]
    bead.flags = flags_of(bead.source, bead.target, bead.edition.language, found, glossary) + of_the_model
    session.flush()


def get_hit(session: Session, hit_id: int) -> Hit:
    """Raises `NotFound`."""
    hit = session.get(Hit, hit_id)
    if hit is None:
        raise NotFound("there is no hit %(number)s", number=hit_id)
    return hit


def _located(bead: Bead, target: str, glossary: GlossaryState) -> list[FoundHit]:
    """Every occurrence of a term in the source, as it stands in `target`."""
    language = bead.edition.language
    wanted = [
        Wanted(o.term, o.span, o.plural)
        for o in glossary.matcher.occurrences(bead.source, topics=(bead.edition.version.article.topic,))
        if not o.nested and o.term.accepted(language)
    ]
    return locate(bead.source, target, wanted, language)


def _new_hits(bead: Bead, found: Sequence[FoundHit]) -> list[NewHit]:
    """As they are stored; a waiver of the same occurrence holds on."""
    waivers = {(h.term_key, h.source_start): h for h in bead.hits if h.outcome == Outcome.WAIVED.value}
    new = []
    for hit in found:
        waiver = waivers.get((hit.term.key, hit.source.start)) if hit.outcome is Outcome.VIOLATED else None
        decision = {} if waiver is None else {name: getattr(waiver, name) for name in DECISION}
        new.append(replace(new_hit(hit), **decision))
    return new


def _record_hit(session: Session, hit: Hit, action: str, actor_id: int, before: str, reason: str) -> None:
    history.record(
        session,
        "hit",
        hit.id,
        action,
        actor_id=actor_id,
        article_id=hit.bead.edition.version.article_id,
        before={"outcome": before, "term": hit.term},
        after={"outcome": hit.outcome},
        reason=reason,
    )


def _kept_marks(bead: Bead, target: str) -> list[dict[str, Any]]:
    """The bead's inline marks, moved along with the characters they covered; a mark with none left is dropped."""
    move = _offset_map(bead.target, target)
    moved = [{**mark, "start": move(mark["start"]), "end": move(mark["end"])} for mark in bead.marks]
    return [mark for mark in moved if mark["start"] < mark["end"]]


def _offset_map(old: str, new: str) -> Callable[[int], int]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()

    def move(offset: int) -> int:
        for tag, i1, i2, j1, _ in blocks:
            if i1 <= offset < i2:
                return j1 + offset - i1 if tag == "equal" else j1
        return len(new)

    return move
