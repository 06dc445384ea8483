"""Fuzzy offers: approved sentences that resemble the one in hand, with a score and what differs.

The word index gives units that share at least two of the sentence's rarest words (those say most, and their lists are
short); RapidFuzz then compares the sentences letter by letter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from corpus.memory.frequency import Frequencies, frequencies
from corpus.memory.languages import between
from corpus.memory.lookup import lookup_key, source_hash, with_digits_of
from corpus.models import MemoryUnit
from corpus.worddiff import Piece, word_diff
from corpus.wordindex import LONGEST, Word, ids, words

THRESHOLD = 65.0  # per cent from which a match is a help rather than a distraction
_RAREST = 8  # words asked for; more cost time and find nothing more (bench/memory.py)
_EXPECTED = 1_000  # units the index may be expected to give
_CANDIDATES = 2_000  # units it may give at most


@dataclass(frozen=True)
class Offer:
    """A unit of the memory for a sentence. ``score``: 0..100, 100 only where both sources have one lookup key.

    ``diff`` leads from the unit's source to the sentence. ``bead_id`` or ``imported_from`` says where it comes from.
    """

    score: float
    source: str
    target: str
    diff: list[Piece]
    unit_id: int
    bead_id: int | None
    imported_from: str
    created_at: datetime


def fuzzy(
    session: Session,
    language: str,
    source: str,
    limit: int = 5,
    threshold: float = THRESHOLD,
    *,
    source_language: str = "fr",
) -> list[Offer]:
    """The best units for a sentence, best and newest first, each target once. ``threshold``: 0..100."""
    wanted = lookup_key(source)
    if not wanted:
        return []
    m = MemoryUnit
    base = select(m.id, m.source, m.target, m.bead_id, m.imported_from, m.created_at)
    same = (m.source_language == source_language, m.language == language, m.source_sha256 == source_hash(source))
    found = {unit.id: unit for unit in session.execute(base.where(*same))}
    alternatives = _alternatives(words(source), frequencies(session))
    if alternatives and len(found) < limit:
        near = ids(session, "memory", "source", alternatives, limit=_CANDIDATES, newest=False)
        share = max(threshold, 1.0) / (200.0 - threshold)  # of the length: what the score allows, see fuzz.ratio
        length = func.length(m.source).between(len(source) * share - 2, len(source) / share + 2)
        query = base.join(near, near.c.id == m.id).where(length, between(source_language, language))
        found |= {unit.id: unit for unit in session.execute(query)}
    return _ranked(source, wanted, found, limit, threshold)


def _alternatives(of_source: Sequence[str], known: Frequencies) -> list[list[Word]]:
    """Pairs of the rarest words, as many as are expected to be in few enough units together; one word alone."""
    rare = sorted(dict.fromkeys(word for word in of_source if len(word) <= LONGEST), key=known.share)[:_RAREST]
    if len(rare) < 2:
        return [[Word(word)] for word in rare]
    return [[Word(a), Word(b)] for a, b in _affordable(rare, known)]


def _affordable(rare: Sequence[str], known: Frequencies) -> Iterator[tuple[str, str]]:
    expected = 0.0
    for b in range(1, len(rare)):
        expected += known.units * known.share(rare[b]) * sum(known.share(word) for word in rare[:b])
        if b > 1 and expected > _EXPECTED:
            return
        yield from ((rare[a], rare[b]) for a in range(b))


def _ranked(source: str, wanted: str, found: dict[int, Any], limit: int, threshold: float) -> list[Offer]:
    keys = {number: lookup_key(unit.source) for number, unit in found.items()}
    scored = process.extract(wanted, keys, scorer=fuzz.ratio, score_cutoff=threshold, limit=None)
    scored.sort(key=lambda s: (-s[1], -found[s[2]].created_at.timestamp(), -s[2]))
    offers: dict[str, Offer] = {}
    for key, score, number in scored:
        unit = found[number]
        same = key == wanted
        target = with_digits_of(unit.target, unit.source, source) if same else unit.target
        if target not in offers:
            offers[target] = Offer(
                score=100.0 if same else min(score, 99.0),
                source=unit.source,
                target=target,
                diff=word_diff(unit.source, source),
                unit_id=unit.id,
                bead_id=unit.bead_id,
                imported_from=unit.imported_from,
                created_at=unit.created_at,
            )
        if len(offers) == limit:
            break
    return list(offers.values())
