"""Stretches of a text (glossary hits, markup) as nested pieces, and back."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from corpus.spans import Span

Label = TypeVar("Label")


@dataclass(frozen=True)
class Piece(Generic[Label]):
    """Text (``label`` None), or the begin or end of a stretch."""

    text: str = ""
    label: Label | None = None
    begins: bool = False


def pieces(text: str, stretches: Sequence[tuple[Span, Label]]) -> Iterator[Piece[Label]]:
    """The text cut at the stretches, which open and close like brackets.

    A stretch that only partly overlaps one opened before it, is empty or lies outside the text is left out: elements
    cannot cross.
    """
    inside = [(s, label) for s, label in stretches if 0 <= s.start < s.end <= len(text)]
    opened: list[tuple[Span, Label]] = []
    at = 0
    for span, label in sorted(inside, key=lambda item: (item[0].start, -item[0].end)):
        while opened and opened[-1][0].end <= span.start:
            at = yield from _close(text, at, opened)
        if opened and opened[-1][0].end < span.end:
            continue
        yield from _text(text, at, span.start)
        yield Piece(label=label, begins=True)
        at = span.start
        opened.append((span, label))
    while opened:
        at = yield from _close(text, at, opened)
    yield from _text(text, at, len(text))


def _text(text: str, start: int, end: int) -> Iterator[Piece[Label]]:
    if end > start:
        yield Piece(text[start:end])


def _close(text: str, at: int, opened: list[tuple[Span, Label]]) -> Generator[Piece[Label], None, int]:
    span, label = opened.pop()
    yield from _text(text, at, span.end)
    yield Piece(label=label)
    return span.end
