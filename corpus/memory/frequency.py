"""How frequent words are in the memory: estimated from a sample, so that nothing has to be counted on writing."""

import random
import threading
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from corpus.models import MemoryUnit
from corpus.wordindex import words

_SAMPLE = 10_000  # units; a word in none of them is in fewer than 3 of 10,000 units, with 95 % certainty
_BATCH = 500
_lock = threading.Lock()
_known: dict[str, "Frequencies"] = {}


@dataclass(frozen=True)
class Frequencies:
    """In what part of the units a word stands. ``units``: number of units in the memory, at most."""

    units: int
    sampled: int
    counts: Counter[str]

    def share(self, word: str) -> float:
        """Estimated part of the units that have the word, above 0 and below 1."""
        return (self.counts[word] + 0.5) / (self.sampled + 1)


def frequencies(session: Session) -> Frequencies:
    """The sample of this database, taken anew when the memory has grown by half. Costs one look-up otherwise."""
    units = session.scalar(select(func.max(MemoryUnit.id))) or 0
    key = str(session.get_bind().engine.url)
    known = _known.get(key)
    if known is None or not known.units / 1.5 <= units <= known.units * 1.5:
        with _lock:
            known = _known[key] = _sample(session, units)
    return known


def _sample(session: Session, units: int) -> Frequencies:
    numbers = sorted(random.Random(0).sample(range(1, units + 1), min(_SAMPLE, units)))
    counts: Counter[str] = Counter()
    sampled = 0
    for i in range(0, len(numbers), _BATCH):
        for source in session.scalars(select(MemoryUnit.source).where(MemoryUnit.id.in_(numbers[i : i + _BATCH]))):
            counts.update(set(words(source)))
            sampled += 1
    return Frequencies(units, sampled, counts)
