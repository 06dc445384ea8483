"""What a file that comes back would change: its units against the beads as they are now.

Nothing is written here. Each unit meets at most one bead and each bead at most one unit: by id where the id is used
once and its source is the same, else by source text, in the order of the text.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.exchange.base import State, Unit


class Effect(StrEnum):
    """What a unit of the file asks for."""

    SAME = "same"  # nothing: the target is what it was, or was left open
    CHANGED = "changed"  # another target
    APPROVED = "approved"  # the same target, now approved
    CONFLICT = "conflict"  # another target than the file was exported with, and the bead has been changed meanwhile
    STALE = "stale"  # the source is not what it was: at most a proposal, never approved
    UNKNOWN = "unknown"  # no bead has this id or this source


@dataclass(frozen=True)
class Finding:
    """A unit, the bead it meets (None: unknown), and what it asks for.

    ``state`` is the state that the bead may get: never approved without the file saying so of this very source.
    """

    unit: Unit
    bead: Unit | None
    effect: Effect
    state: State | None = None


def compare(
    units: Iterable[Unit], beads: Sequence[Unit], *, exported: Sequence[Unit] | None = None
) -> Iterator[Finding]:
    """A finding for each unit of a file, in the file's order.

    `beads`: the edition now. `exported`: the edition as it was when the file was made, if that is known; a bead that
    was changed since then, and is changed otherwise in the file, is a conflict.
    """
    incoming = list(units)
    before = {unit.id: unit.target for unit in exported or ()}
    for unit, bead in zip(incoming, _met(incoming, beads), strict=True):
        yield _finding(unit, bead, before)


def _met(units: Sequence[Unit], beads: Sequence[Unit]) -> list[Unit | None]:
    """The bead of each unit, none twice."""
    by_id = {bead.id: bead for bead in beads}
    uses: dict[str, int] = defaultdict(int)
    for unit in units:
        uses[unit.id] += 1
    found: list[Unit | None] = [None] * len(units)
    taken: set[str] = set()
    for k, unit in enumerate(units):
        bead = by_id.get(unit.id)
        if bead and uses[unit.id] == 1 and _same(bead.source, unit.source):
            found[k] = bead
            taken.add(bead.id)
    waiting: dict[str, deque[Unit]] = defaultdict(deque)
    for bead in beads:
        if bead.id not in taken:
            waiting[_key(bead.source)].append(bead)
    for k, unit in enumerate(units):
        if found[k] is None and waiting[_key(unit.source)]:
            found[k] = waiting[_key(unit.source)].popleft()
            taken.add(found[k].id)  # type: ignore[union-attr]
    for k, unit in enumerate(units):  # what is left can only be a bead whose source has changed
        bead = by_id.get(unit.id)
        if found[k] is None and bead and uses[unit.id] == 1 and bead.id not in taken:
            found[k] = bead
            taken.add(bead.id)
    return found


def _key(source: str) -> str:
    return " ".join(source.split())


def _same(one: str, other: str) -> bool:
    return _key(one) == _key(other)


def _finding(unit: Unit, bead: Unit | None, before: dict[str, str | None]) -> Finding:
    if bead is None:
        return Finding(unit, None, Effect.UNKNOWN)
    if not _same(bead.source, unit.source) and unit.source:
        return Finding(unit, bead, Effect.STALE, State.REJECTED)
    if unit.target is None or unit.unfinished or unit.target == bead.target:
        rises = unit.state is State.APPROVED and bead.state is not State.APPROVED and unit.target == bead.target
        return Finding(unit, bead, Effect.APPROVED if rises else Effect.SAME, State.APPROVED if rises else bead.state)
    state = unit.state if unit.state in (State.APPROVED, State.REJECTED) else State.EDITED
    then = before.get(bead.id, bead.target)
    effect = Effect.CHANGED if then == bead.target else Effect.SAME if then == unit.target else Effect.CONFLICT
    return Finding(unit, bead, effect, bead.state if effect is Effect.SAME else state)
