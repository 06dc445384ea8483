"""Exact reuse, and what an approved edition leaves in the memory for it."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from corpus.editions import beads_of
from corpus.memory.lookup import source_hash, with_digits_of
from corpus.models import Bead, Edition, MemoryUnit, now

_BATCH = 500  # hashes a query: SQLite takes at most 32,766 parameters, older ones 999


def exact(
    session: Session, language: str, sources: Sequence[str], glossary_stamp: str, *, source_language: str = "fr"
) -> dict[str, str]:
    """Approved targets of those of `sources` that have one, source → target. Costs one query for 500 sources.

    A unit counts when it was approved under this state of the glossary, or comes from a file and knows of none; the
    first kind goes before the second, the newest before older ones.
    """
    keys = {source: source_hash(source) for source in sources}
    wanted = sorted(set(keys.values()))
    best: dict[str, MemoryUnit] = {}
    for i in range(0, len(wanted), _BATCH):
        query = select(MemoryUnit).where(
            MemoryUnit.source_language == source_language,
            MemoryUnit.language == language,
            MemoryUnit.source_sha256.in_(wanted[i : i + _BATCH]),
            or_(MemoryUnit.glossary_stamp == glossary_stamp, MemoryUnit.glossary_stamp == ""),
        )
        for unit in session.scalars(query):
            known = best.get(unit.source_sha256)
            if known is None or _rank(unit, glossary_stamp) > _rank(known, glossary_stamp):
                best[unit.source_sha256] = unit
    found = {source: best[key] for source, key in keys.items() if key in best}
    return {source: with_digits_of(unit.target, unit.source, source) for source, unit in found.items()}


def _rank(unit: MemoryUnit, glossary_stamp: str) -> tuple[bool, float, int]:
    return unit.glossary_stamp == glossary_stamp, unit.created_at.timestamp(), unit.id


def remember(session: Session, edition: Edition) -> int:
    """Keep the beads of an approved edition; returns how many the memory holds of it.

    A bead has at most one unit, a pair of texts too: what is approved again is brought up to date, not doubled. Left
    out are sentences in which a term is violated or waived: they are exceptions, not models.
    """
    beads = beads_of(session, edition.id)
    source_language = edition.version.article.source_language
    hashes = {bead.id: source_hash(bead.source) for bead in beads}
    of_bead = {unit.bead_id: unit for unit in _units(session, MemoryUnit.bead_id, hashes.keys())}
    of_pair = {
        (unit.source_sha256, unit.target): unit
        for unit in _units(session, MemoryUnit.source_sha256, hashes.values())
        if (unit.source_language, unit.language) == (source_language, edition.language)
    }
    kept = 0
    for bead in beads:
        pair, own = (hashes[bead.id], bead.target), of_bead.get(bead.id)
        if own is not None and own.bead_id != bead.id:
            own = None  # another bead of this edition with the same two texts holds it now
        unit = of_pair.get(pair, own) if _exemplary(bead) else None
        if own is not None:
            of_pair.pop((own.source_sha256, own.target), None)
            if own is not unit:
                session.delete(own)
        if _exemplary(bead):
            if unit is None:
                unit = MemoryUnit(source_language=source_language, language=edition.language)
                session.add(unit)
            unit.source, unit.source_sha256, unit.target = bead.source, pair[0], bead.target
            unit.bead_id, unit.glossary_stamp, unit.created_at = bead.id, edition.glossary_stamp, now()
            of_pair[pair] = unit
            kept += 1
    session.flush()
    return kept


def _exemplary(bead: Bead) -> bool:
    return bool(bead.target.strip()) and not any(hit.outcome in ("violated", "waived") for hit in bead.hits)


def _units(session: Session, column: object, values: Iterable[object]) -> list[MemoryUnit]:
    found: list[MemoryUnit] = []
    wanted = list(dict.fromkeys(values))
    for i in range(0, len(wanted), _BATCH):
        found += session.scalars(select(MemoryUnit).where(column.in_(wanted[i : i + _BATCH])))  # type: ignore[attr-defined]
    return found
