"""The contract of every exchange format: units out, units in, one after the other, whatever the number.

A unit knows no database. A format module has `write` and, where it can be read back, `read`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO, Protocol

from corpus.marks import Mark
from corpus.spans import Span


class State(StrEnum):
    """How far a unit's target is."""

    UNTRANSLATED = "untranslated"  # no target, or the source standing in for it
    MACHINE = "machine"
    MEMORY = "memory"
    EDITED = "edited"  # by a person, not yet approved
    REJECTED = "rejected"  # to be done again
    APPROVED = "approved"


@dataclass(frozen=True)
class Annotation:
    """A glossary hit. ``source`` and ``target`` are stretches of the unit's texts."""

    term: str
    outcome: str
    source: Span | None = None
    target: Span | None = None


@dataclass(frozen=True)
class Unit:
    """A bead on its way in or out.

    ``target`` and ``state`` are None where a file does not give them: leave them as they are. ``kind`` and ``level``
    are those of its block, ``block`` tells units of one block (they share it, and follow each other). ``group`` is the
    id of the larger unit that a file had it in.
    """

    id: str
    source: str
    target: str | None
    source_language: str
    target_language: str
    state: State | None = None
    hits: tuple[Annotation, ...] = ()
    marks: tuple[Mark, ...] = ()
    note: str = ""
    kind: str = "paragraph"
    level: int = 0
    block: int = 0
    group: str = ""

    @property
    def unfinished(self) -> bool:
        """Whether there is no translation to speak of: none, or the source copied without anyone's approval."""
        if not self.target or not self.target.strip() or self.state is State.UNTRANSLATED:
            return True
        return self.target == self.source and self.state not in (State.APPROVED, State.EDITED)


@dataclass(frozen=True)
class Header:
    """What a file says of the edition in it. ``article`` and ``version`` identify the text the units belong to."""

    source_language: str
    target_language: str
    article: str = ""
    version: str = ""
    title: str = ""
    date: datetime | None = None
    original: str = ""  # URI of the original item
    uri: str = ""  # URI of this edition


@dataclass
class Report:
    """What a writer did. ``cleaned``: ids of units that held characters the format cannot hold, which were removed."""

    written: int = 0
    left_out: int = 0
    cleaned: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """A file being read: its header, then its units, once."""

    header: Header
    units: Iterator[Unit]

    def __iter__(self) -> Iterator[Unit]:
        return self.units


class Writer(Protocol):
    """`write` of a format module: bytes onto `stream`, in constant memory."""

    def __call__(self, stream: BinaryIO, header: Header, units: Iterator[Unit]) -> Report: ...


class Reader(Protocol):
    """`read` of a format module. Raises `RelaisError`, at once or while units are drawn."""

    def __call__(self, stream: BinaryIO) -> Reading: ...
