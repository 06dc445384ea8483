"""Line breaks: which of them end a sentence, and which only wrap it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.spans import Span

LINE = re.compile(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+")
_CLOSED = re.compile(r"[.!?…][»›”’\"')\]\s]*$")
_BULLET = re.compile(r"\s*(?:[-–—•·*▪◦●■►▶→✓✔]\s|\(?\d{1,3}[.)]\s|\(?[a-zA-Z]\)\s|\d{1,2}°\s)")
_OPEN = re.compile(  # a line that cannot be the end of a sentence
    r"(?:,|[’'(«“\[]|\b(?:à|au|aux|avec|ce|ces|cet|cette|chez|dans|de|des|du|en|et|la|le|les|leur|leurs|mais|ne|ni|notre|"
    r"nos|ou|où|par|pour|que|qui|sa|sans|se|ses|son|sous|sur|un|une|vers|votre|vos)|"
    r"\b(?:M|MM|Mme|Mmes|Mlle|Me|Mgr|Dr|Pr|St|Ste|art|al|cf|chap|n|no|p|pp|vol)\.?)\s*$"
)
_EMPTY_LINE = re.compile(r"(?>\r\n|[\n\r\x85\x0b\x0c])[^\S\n\r]*[\n\r\x85]|\u2029")
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
    """Whether the next line goes on with the paragraph, and with the sentence unless a full stop ends it."""
    first = following.lstrip(" \t\u00a0\u202f«“\"'(")[:1]
    if wrapped and first in ("–", "—"):  # a dash within the sentence: items of a list are not filled to one width
        return True
    if is_bullet(following):
        return False
    if wrapped or left_open(line):
        return True
    if _CLOSED.search(line):
        return False
    return first.islower() or first in (",", ";", ":", "!", "?", ".", "»", ")")


def left_open(text: str) -> bool:
    """Whether the text ends with a word or sign that no sentence ends with: « de », « et », « ( »."""
    return _OPEN.search(text) is not None


def first_word(line: str) -> int:
    """Length of the line's first word, in characters."""
    return len(line.split(maxsplit=1)[0])


def chunks(text: str) -> Iterator[list[Span]]:
    """Runs of lines with no empty line between them."""
    run: list[Span] = []
    for here in lines(text):
        if run and _EMPTY_LINE.search(text, run[-1].end, here.start):
            yield run
            run = []
        run.append(here)
    if run:
        yield run


def paragraphs(text: str) -> Iterator[Span]:
    """Stretches of lines that belong together: a wrapped paragraph, a heading, an item of a list."""
    for run in chunks(text):
        texts = [line.of(text) for line in run]
        wrapped = is_wrapped([(len(t.rstrip()), first_word(t)) for t in texts])
        start = run[0].start
        for i in range(1, len(run)):
            if not goes_on(texts[i - 1], texts[i], wrapped=wrapped):
                yield Span(start, run[i - 1].end)
                start = run[i].start
        yield Span(start, run[-1].end)
