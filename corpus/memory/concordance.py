"""Concordance: how a word or phrase was translated before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.memory.languages import between
from corpus.models import MemoryUnit
from corpus.spans import Span
from corpus.wordindex import ids, places, typed, words

_CANDIDATES = 500


@dataclass(frozen=True)
class Example:
    """A unit that holds the words asked for; ``spans`` are where, in the side that was searched."""

    source: str
    target: str
    spans: list[Span]
    unit_id: int
    bead_id: int | None
    imported_from: str
    created_at: datetime


def concordance(
    session: Session,
    language: str,
    query: str,
    *,
    side: Literal["source", "target"] = "source",
    limit: int = 20,
    source_language: str = "fr",
) -> list[Example]:
    """Units with all words of `query`, in any order and without case and accents; a word may be a beginning.

    Those that have the words side by side, as typed, come first; then the newest.
    """
    wanted = typed(query)
    if not wanted:
        return []
    near = ids(session, "memory", side, [wanted], limit=_CANDIDATES, newest=False)
    rows = session.scalars(
        select(MemoryUnit).join(near, near.c.id == MemoryUnit.id).where(between(source_language, language))
    ).all()
    phrase = " ".join(words(query))

    def rank(unit: MemoryUnit) -> tuple[bool, float]:
        text = f" {' '.join(words(getattr(unit, side)))} "
        return f" {phrase}" not in text, -unit.created_at.timestamp()

    return [
        Example(
            source=unit.source,
            target=unit.target,
            spans=places(getattr(unit, side), wanted),
            unit_id=unit.id,
            bead_id=unit.bead_id,
            imported_from=unit.imported_from,
            created_at=unit.created_at,
        )
        for unit in sorted(rows, key=rank)[:limit]
    ]
