"""Units of a file (a TMX above all) taken into the memory, and the memory given out as units."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from corpus.exchange.base import State, Unit
from corpus.exchange.languages import language as plain_code
from corpus.memory.lookup import source_hash
from corpus.models import MemoryUnit, now

_BATCH = 500  # units looked up and stored at once
_LONGEST = 20_000  # characters: a longer “sentence” is a broken file, and nothing could be offered from it


@dataclass
class Imported:
    """What became of a file's units: ``new`` are stored, ``known`` were there, ``skipped`` counts the rest by reason.

    Reasons: `unfinished` (no translation), `unapproved` (the file says machine, memory, edited or rejected), `long`.
    """

    read: int = 0
    new: int = 0
    known: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: "Imported") -> "Imported":
        """Count another part of the same file."""
        self.read, self.new, self.known = self.read + other.read, self.new + other.new, self.known + other.known
        self.skipped += other.skipped
        return self


def import_units(session: Session, units: Iterable[Unit], name: str) -> Imported:
    """Store the pairs of a file that the memory does not know; ``name`` is the file's.

    A pair is known when it is there in the same languages, whoever brought it: a file imported twice adds nothing.
    Memory in use does not grow with the file. An error of the reader passes through; the transaction is the caller's.
    """
    report = Imported()
    batch: dict[tuple[str, str, str, str], Unit] = {}
    for unit in units:
        report.read += 1
        reason = _refusal(unit)
        if reason:
            report.skipped[reason] += 1
            continue
        languages = plain_code(unit.source_language), plain_code(unit.target_language)
        key = (*languages, source_hash(unit.source), unit.target or "")
        report.known += key in batch
        batch[key] = unit
        if len(batch) == _BATCH:
            _store(session, batch, name, report)
            batch = {}
    _store(session, batch, name, report)
    return report


def _refusal(unit: Unit) -> str:
    if unit.unfinished or not unit.source.strip():
        return "unfinished"
    if unit.state not in (None, State.APPROVED):
        return "unapproved"
    return "long" if max(len(unit.source), len(unit.target or "")) > _LONGEST else ""


def _store(session: Session, batch: dict[tuple[str, str, str, str], Unit], name: str, report: Imported) -> None:
    if not batch:
        return
    known = _known(session, batch.keys())
    moment = now()
    rows: Sequence[dict[str, Any]] = [
        {
            "source_language": key[0],
            "language": key[1],
            "source": unit.source,
            "source_sha256": key[2],
            "target": key[3],
            "imported_from": name,
            "created_at": moment,
        }
        for key, unit in batch.items()
        if key not in known
    ]
    if rows:
        session.execute(
            insert(MemoryUnit).values(rows)
        )  # one statement: a row at a time, PostgreSQL takes ten times as long
    report.new += len(rows)
    report.known += len(batch) - len(rows)


def _known(session: Session, keys: Iterable[tuple[str, str, str, str]]) -> set[tuple[str, ...]]:
    """Which of the keys (languages, hash of the source, target) the memory has."""
    hashes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source_language, language, key, _ in keys:
        hashes[source_language, language].add(key)
    m = MemoryUnit
    query = select(m.source_language, m.language, m.source_sha256, m.target)
    found: set[tuple[str, ...]] = set()
    for (source_language, language), wanted in hashes.items():
        of_pair = m.source_language == source_language, m.language == language, m.source_sha256.in_(wanted)
        found |= {tuple(row) for row in session.execute(query.where(*of_pair))}
    return found


def forget(session: Session, name: str) -> int:
    """Remove what was imported from a file; returns how many units that were. What editors approved since stays."""
    imported = (MemoryUnit.imported_from == name, MemoryUnit.bead_id.is_(None))
    return session.execute(delete(MemoryUnit).where(*imported)).rowcount  # type: ignore[attr-defined,no-any-return]


def units_of(session: Session, language: str | None = None) -> Iterator[Unit]:
    """The whole memory, or that of one target language, as units; they are drawn from the database as they are used."""
    query = select(MemoryUnit).order_by(MemoryUnit.id)
    if language is not None:
        query = query.where(MemoryUnit.language == language)
    for unit in session.scalars(query.execution_options(yield_per=_BATCH)):
        yield Unit(
            id=str(unit.id),
            source=unit.source,
            target=unit.target,
            source_language=unit.source_language,
            target_language=unit.language,
            state=State.APPROVED,
        )
        session.expunge(unit)
