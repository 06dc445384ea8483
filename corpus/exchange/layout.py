"""Units put together again to the blocks of a page, for the formats that readers see."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.exchange.base import Report, Unit
from corpus.marks import Mark
from corpus.spans import Span

_SAFE = re.compile(r"(?:https?://|mailto:|/|#)", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """A block of the target text, with its inline markup."""

    kind: str
    level: int
    text: str
    marks: tuple[Mark, ...]


def blocks(units: Iterator[Unit], report: Report) -> Iterator[Block]:
    """Targets of units of one block, joined by spaces. A unit without a target adds nothing. `report` counts units."""
    for _, together in groupby(_counted(units, report), key=lambda unit: (unit.block, unit.kind)):
        text, marks, first = "", list[Mark](), None
        for unit in together:
            first = first or unit
            if unit.target:
                start = len(text) + 1 if text else 0
                text = f"{text} {unit.target}" if text else unit.target
                marks += [replace(mark, span=mark.span.shifted(start)) for mark in unit.marks]
        if first and text.strip():
            yield Block(first.kind, first.level, text, tuple(marks))


def _counted(units: Iterator[Unit], report: Report) -> Iterator[Unit]:
    for unit in units:
        report.written += 1
        yield unit


def tags(block: Block) -> list[tuple[Span, Mark]]:
    """The block's markup; links lead only where a reader may be led."""
    return [(mark.span, mark) for mark in block.marks if mark.kind != "link" or _SAFE.match(mark.href or "")]
