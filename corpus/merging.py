"""A file that comes back, against the edition it was made from: what it changes, and where both sides have changed.

The id of an exported unit holds the revision of its bead, so that work done since is seen. A file that does not say
which revision it knew may change the machine's text, never a person's.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.exchange.base import Unit
from corpus.exchange.merge import Finding, compare
from corpus.models import Bead, Change, Edition, Origin
from corpus.units import units_of

_UNLIKE_ANY = "\0"  # a text that no target is: stands for “the file knew another text than ours”


def findings(session: Session, edition: Edition, units: Iterable[Unit]) -> list[Finding]:
    """What each unit of the file asks for, in its order; `Finding.bead` is the bead now, its id the bead's number."""
    incoming, revisions = [], []
    for unit in units:
        number, _, revision = unit.id.partition(".")
        incoming.append(replace(unit, id=number))
        revisions.append(int(revision) if revision.isdecimal() else None)
    now = [replace(unit, id=unit.id.partition(".")[0]) for unit in units_of(session, edition)]
    beads = {str(bead.id): bead for bead in session.scalars(select(Bead).where(Bead.edition_id == edition.id))}
    earlier = _earlier_targets(session, edition)
    exported = [
        replace(found.bead, target=_known_target(found, beads[found.bead.id], revision, earlier))
        for found, revision in zip(compare(incoming, now), revisions, strict=True)
        if found.bead is not None
    ]
    return list(compare(incoming, now, exported=exported))


def _known_target(found: Finding, bead: Bead, revision: int | None, earlier: dict[int, set[str]]) -> str:
    """The target that the file was made with, as far as can be told."""
    theirs = found.unit.target or ""
    if theirs in earlier[bead.id]:
        return theirs  # brought back as it was given out
    if revision is None:
        by_hand = bead.origin is Origin.HUMAN or bead.approved_at is not None
        return _UNLIKE_ANY if by_hand else bead.target
    return bead.target if revision == bead.revision else _UNLIKE_ANY


def _earlier_targets(session: Session, edition: Edition) -> dict[int, set[str]]:
    """Every target that a bead had before the one it has."""
    targets: dict[int, set[str]] = defaultdict(set)
    mine = select(Bead.id).where(Bead.edition_id == edition.id)
    query = select(Change).where(Change.subject == "bead", Change.subject_id.in_(mine))
    for line in session.scalars(query):
        if "target" in line.before:
            targets[line.subject_id].add(line.before["target"])
    return targets
