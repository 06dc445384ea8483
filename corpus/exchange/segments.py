"""Units of several sentences, for editions that are aligned by sentences, and back.

A TMX unit is never cut (its maker decided what a unit is); an XLIFF unit that holds a paragraph is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.alignment import Side, align
from corpus.exchange.base import Annotation, State, Unit
from corpus.marks import Mark
from corpus.spans import Span


def cut(unit: Unit, source: Sequence[Span], target: Sequence[Span]) -> list[Unit]:
    """The unit as one unit a bead of its sentences, given as stretches of its texts; the unit's id becomes the group.

    Hits and marks go with the sentences that hold them whole.
    """
    if len(source) < 2 and len(target) < 2:
        return [unit]
    theirs = unit.target or ""
    beads = align(Side([s.of(unit.source) for s in source]), Side([t.of(theirs) for t in target]))
    made = []
    for number, bead in enumerate(beads, 1):
        mine = _cover([source[i] for i in bead.source])
        other = _cover([target[j] for j in bead.target])
        made.append(
            replace(
                unit,
                id=f"{unit.id}/{number}",
                source=mine.of(unit.source),
                target=other.of(theirs) if bead.target else None,
                hits=tuple(moved for hit in unit.hits if (moved := _hit(hit, mine, other))),
                marks=tuple(
                    replace(mark, span=mark.span.shifted(-other.start))
                    for mark in unit.marks
                    if other.contains(mark.span)
                ),
                group=unit.id,
            )
        )
    return made


def _cover(spans: Sequence[Span]) -> Span:
    return Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)


def _hit(hit: Annotation, source: Span, target: Span) -> Annotation | None:
    if hit.source is None or not source.contains(hit.source):
        return None
    there = hit.target.shifted(-target.start) if hit.target and target.contains(hit.target) else None
    return replace(hit, source=hit.source.shifted(-source.start), target=there)


def joined(units: Iterable[Unit]) -> Iterator[Unit]:
    """Undoes `cut`: consecutive units of one group are one unit again, their texts joined by spaces.

    Its state is the least finished one; hits and marks move along.
    """
    for key, together in groupby(units, key=lambda unit: (unit.group, "" if unit.group else unit.id)):
        parts = list(together)
        yield parts[0] if len(parts) == 1 else _together(key[0], parts)


def _together(key: str, parts: Sequence[Unit]) -> Unit:
    source, target = "", ""
    hits: list[Annotation] = []
    marks: list[Mark] = []
    for part in parts:
        here, there = len(source) + bool(source), len(target) + bool(target)
        hits += [
            replace(
                hit, source=hit.source and hit.source.shifted(here), target=hit.target and hit.target.shifted(there)
            )
            for hit in part.hits
        ]
        marks += [replace(mark, span=mark.span.shifted(there)) for mark in part.marks]
        source = " ".join(filter(None, (source, part.source)))
        target = " ".join(filter(None, (target, part.target)))
    order: list[State | None] = [None, *State]
    return replace(
        parts[0],
        id=key,
        source=source,
        target=target or None,
        state=min((part.state for part in parts), key=order.index),
        hits=tuple(hits),
        marks=tuple(marks),
        group="",
    )
