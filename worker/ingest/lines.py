"""Line breaks: which of them end a sentence, and which only wrap it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.spans import Span

LINE = re.compile(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+")
_CLOSED = re.compile(r"[.!?…][»›”’\"')\]\s]*$")
_BULLET = re.compile(r"\s*(?:[-–—•·*▪◦●■►▶→✓✔]\s|\(?(?:\d{1,3}|[A-Za-z]|[IVXLC]{1,5})[.)]\s|\d{1,2}°\s)")
_OPEN = re.compile(  # a line that cannot be the end of a sentence
    r"(?:,|[’'(«“\[]|\b(?:à|au|aux|avec|ce|ces|cet|cette|chez|dans|de|des|du|en|et|la|le|les|leur|leurs|mais|ne|ni|notre|"
    r"nos|ou|où|par|pour|que|qui|sa|sans|se|ses|son|sous|sur|un|une|vers|votre|vos|M|MM|Mme|Dr))\s*$"
)
WRAP_LEAST, WRAP_MOST = 40, 120  # characters a line, in text that an editor or a mail program wrapped


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The lines of `text` that are not empty, without their line breaks."""
    for found in LINE.finditer(text, start, len(text) if end is None else end):
        if not found[0].isspace():
            yield Span(*found.span())


def is_bullet(line: str) -> bool:
    """Whether the line is an item of a list: « - », « • », « 1. », « a) »."""
    return _BULLET.match(line) is not None


def is_wrapped(widths: list[tuple[int, int]]) -> bool:
    """Whether lines were filled to one width: each would not have held the next one's first word.

    ``widths``: for each line its length and that of its first word, in characters.
    """
    width = max(length for length, _ in widths)
    if len(widths) < 2 or not WRAP_LEAST <= width <= WRAP_MOST:
        return False
    return all(here + 1 + word > width for (here, _), (_, word) in pairwise(widths))


def goes_on(line: str, following: str, *, wrapped: bool) -> bool:
    """Whether the sentence at the end of `line` goes on in the next line."""
    if is_bullet(following):
        return False
    if wrapped or _OPEN.search(line):
        return not _CLOSED.search(line)
    first = following.lstrip(" \t\u00a0\u202f«“\"'(")[:1]
    if first.islower():
        return not _CLOSED.search(line)
    return first in (",", ";", ":", "!", "?", ".", "»", ")")


def first_word(line: str) -> int:
    """Length of the line's first word, in characters."""
    return len(line.split(maxsplit=1)[0])


def breaks(text: str) -> list[int]:
    """Offsets of the lines that begin anew (a sentence, a heading, an item), the first line's left out."""
    found = list(lines(text))
    if len(found) < 2:
        return []
    begun: list[int] = []
    for chunk in _chunks(text, found):
        if begun or chunk[0] != found[0]:
            begun.append(chunk[0].start)
        texts = [line.of(text) for line in chunk]
        wrapped = is_wrapped([(len(t.rstrip()), first_word(t)) for t in texts])
        begun.extend(
            line.start
            for line, before, here in zip(chunk[1:], texts, texts[1:], strict=False)
            if not goes_on(before, here, wrapped=wrapped)
        )
    return begun


def _chunks(text: str, found: list[Span]) -> Iterator[list[Span]]:
    """Runs of lines with no empty line between them."""
    run = [found[0]]
    for before, here in pairwise(found):
        gap = text[before.end : here.start]
        if gap.replace("\r\n", "\n").count("\n") + gap.count("\u2029") > 1 or "\r\r" in gap:
            yield run
            run = []
        run.append(here)
    yield run
