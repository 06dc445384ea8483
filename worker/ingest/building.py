"""Lays out the blocks of a format that is not plain text: their texts one under another, an empty line between two."""

import re
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from corpus.marks import Mark
from corpus.spans import Span
from worker.ingest.base import ANCHOR, INNER, Block, Document, Kind, SetAside
from worker.ingest.decoding import Warnings, clean

_SPACES = re.compile(r"[ \t\n\r\f\v]+")  # no-break spaces are typography, and stay


_LONGEST_WORD = 200  # characters looked back for the word before an anchor
LINE_BREAK = "\u2028"  # as a run's text: a line break within the block


class MarkKey(NamedTuple):
    """A mark without its place."""

    kind: str
    href: str | None = None
    title: str | None = None
    node: int | None = None

    def over(self, start: int, end: int) -> Mark:
        """The mark at its place."""
        return Mark(self.kind, Span(start, end), self.href, self.title, self.node)


@dataclass
class Run:
    """A stretch of a block's text under the same marks, outermost first. ``place``: where in the file it stood."""

    text: str
    marks: tuple[MarkKey, ...] = ()
    place: int | None = None


@dataclass
class Layout:
    """Collects blocks in reading order and makes the `Document` of them."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _aside: list[SetAside] = field(default_factory=list)
    _places: list[tuple[Span, int]] = field(default_factory=list)

    def add(
        self,
        kind: Kind,
        runs: list[Run],
        *,
        level: int = 0,
        marker: str = "",
        part: str = "body",
        keep_spaces: bool = False,
        reason: str | None = None,
        node: int | None = None,
    ) -> None:
        """Append a block, or with a `reason` a stretch set aside; one without text is left out."""
        text, marks, places = _joined(runs, keep_spaces=keep_spaces)
        if not text:
            return
        if self._parts:
            self._parts.append("\n\n")
            self._length += 2
        span = Span(self._length, self._length + len(text))
        self._parts.append(text)
        self._length = span.end
        self._places += [(stretch.shifted(span.start), place) for stretch, place in places]
        if reason:
            self._aside.append(SetAside(span, text, reason))
        else:
            moved = [replace(m, span=m.span.shifted(span.start)) for m in marks]
            shown = tuple(m for m in moved if m.kind not in INNER)
            inner = tuple(m for m in moved if m.kind in INNER)
            self._blocks.append(Block(kind, span, shown, level, marker, part, inner, node))

    def document(self, name: str, *, warnings: Warnings = (), metadata: dict[str, Any] | None = None) -> Document:
        """All that was added, as a document of the format `name`."""
        return Document(
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            set_aside=tuple(self._aside),
            warnings=warnings,
            metadata=metadata or {},
            format=name,
            places=tuple(self._places),
        )


@dataclass
class Piece:
    """A block in the making. ``reason``: why it is not the story; ``outside``: not in a page's story element."""

    kind: Kind
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    marker: str = ""
    reason: str | None = None
    outside: bool = False
    keep_spaces: bool = False
    part: str = "body"
    node: int | None = None

    @property
    def text(self) -> str:
        """Its text with white space collapsed."""
        return " ".join(clean("".join(r.text for r in self.runs)).split())

    def lay(self, layout: Layout) -> None:
        """Add it to the document."""
        layout.add(
            self.kind,
            self.runs,
            level=self.level,
            marker=self.marker,
            part=self.part,
            keep_spaces=self.keep_spaces,
            reason=self.reason,
            node=self.node,
        )


Places = list[tuple[Span, int]]


def _joined(runs: list[Run], *, keep_spaces: bool) -> tuple[str, list[Mark], Places]:
    """The text of the runs with white space collapsed as HTML does, the marks over it, and the runs' places."""
    pieces: list[str] = []
    length = 0
    space = True  # white space at the block's head is dropped
    open_marks: list[tuple[MarkKey, int]] = []
    marks: list[Mark] = []
    anchors: list[tuple[MarkKey, int]] = []
    places: Places = []
    for run in runs:
        anchors += [(m, length) for m in run.marks if m.kind == ANCHOR]
        over = [m for m in run.marks if m.kind != ANCHOR]
        text = clean(run.text)
        if not keep_spaces:
            text = _SPACES.sub(" ", text).replace(LINE_BREAK, "\n")
            if space:
                text = text.removeprefix(" ")
        if not text:
            continue
        shared = 0
        while shared < min(len(open_marks), len(over)) and open_marks[shared][0] == over[shared]:
            shared += 1
        marks += [m.over(start, length) for m, start in open_marks[shared:]]
        open_marks = open_marks[:shared] + [(m, length) for m in over[shared:]]
        pieces.append(text)
        if run.place is not None:
            places.append((Span(length, length + len(text)), run.place))
        length += len(text)
        space = text.endswith((" ", "\n"))
    marks += [m.over(start, length) for m, start in open_marks]
    whole = "".join(pieces)
    marks += [m.over(*_word_before(whole, at)) for m, at in anchors]
    return _trimmed(whole, marks, places)


def _word_before(text: str, at: int) -> Span:
    """The word that ends at or before a place; empty where there is none."""
    first = max(0, at - _LONGEST_WORD)
    before = text[first:at].rstrip()
    words = before.rsplit(maxsplit=1)
    end = first + len(before) if words else at
    return Span(end - len(words[-1]) if words else at, end)


def _trimmed(text: str, marks: list[Mark], places: Places) -> tuple[str, list[Mark], Places]:
    """Without white space around the text and at the edges of marks."""
    start = len(text) - len(text.lstrip())
    stripped = text.strip()
    whole = Span(start, start + len(stripped))
    kept: list[Mark] = []
    for mark in marks:
        inner = mark.span.of(text)
        left = mark.span.start + len(inner) - len(inner.lstrip()) - start
        right = mark.span.end - (len(inner) - len(inner.rstrip())) - start
        if inner.strip():
            kept.append(replace(mark, span=Span(max(left, 0), min(right, len(stripped)))))
    kept.sort(key=lambda m: (m.span.start, -m.span.end))
    # only white space is cut off, which no place counts
    cut = [(Span(max(s.start, whole.start), min(s.end, whole.end)), place) for s, place in places]
    return stripped, kept, [(s.shifted(-start), place) for s, place in cut if s.start < s.end]
