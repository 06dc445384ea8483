"""Telling a translation from a decoder that has fallen into a loop."""

import re

from corpus.spans import Span

_LONGEST_GROUP = 8  # words
_MOST_RUNNING = {
    1: 3,
    2: 3,
}  # times a word or a pair may stand in a row, as in « Non, non, non ! »; longer groups twice
_WORD = re.compile(r"\w+")
_INSIDE = re.compile(r"([^\W\d_]{2,8}?)\1{4,}")  # « Лахідхідхідхідхід »
_ECHO = re.compile(r"\b(\w+(?:\W+\w+){0,7}?)(?:\W+\1\b)+", re.IGNORECASE)


def loops(text: str) -> bool:
    """Whether words follow themselves more often than any writer repeats them, or a part of a word does."""
    words = _WORD.findall(text.casefold())
    groups = range(1, _LONGEST_GROUP + 1)
    if any(_repeats(words, size) > _MOST_RUNNING.get(size, 2) for size in groups):
        return True
    return bool(_INSIDE.search(text.casefold()))


def runaway(source: str, target: str) -> bool:
    """Whether a target repeats itself where its source does not, or is far too long for it."""
    said, given = _WORD.findall(target.casefold()), _WORD.findall(source.casefold())
    if len(target) > 4 * len(source) + 20 or len(said) > 2 * len(given) + 2:
        return True
    if loops(source):
        return False
    for size in range(1, _LONGEST_GROUP + 1):
        least = 3 if size < 3 else 2
        if (times := _repeats(said, size)) >= least and times > _most(given):
            return True
    return bool(_INSIDE.search(target.casefold())) and not _INSIDE.search(source.casefold())


def echoes(text: str) -> list[Span]:
    """The stretches to leave out so that no word or group of words stands twice in a row."""
    return [Span(m.end(1), m.end()) for m in _ECHO.finditer(text)]


def _most(words: list[str]) -> int:
    return max(_repeats(words, size) for size in range(1, _LONGEST_GROUP + 1))


def _repeats(words: list[str], size: int) -> int:
    """How often at most a group of `size` words stands in a row."""
    longest = run = 0
    for at in range(size, len(words)):
        run = run + 1 if words[at] == words[at - size] else 0
        longest = max(longest, run)
    return longest // size + 1
