"""Telling a translation from a decoder that has fallen into a loop."""

import re

MOST_RUNNING = {1: 3, 2: 3, 3: 2, 4: 2, 5: 2, 6: 2, 7: 2, 8: 2}  # words: times they may stand in a row
_WORD = re.compile(r"\w+")
_INSIDE = re.compile(r"([^\W\d_]{2,8}?)\1{4,}")  # « Лахідхідхідхідхід »


def loops(text: str) -> bool:
    """Whether words follow themselves more often than any writer repeats them, or a part of a word does."""
    words = _WORD.findall(text.casefold())
    if any(_repeats(words, size) > most for size, most in MOST_RUNNING.items()):
        return True
    return bool(_INSIDE.search(text.casefold()))


def _repeats(words: list[str], size: int) -> int:
    """How often at most a group of `size` words stands in a row."""
    longest = run = 0
    for at in range(size, len(words)):
        run = run + 1 if words[at] == words[at - size] else 0
        longest = max(longest, run)
    return longest // size + 1


def runaway(source: str, target: str) -> bool:
    """Whether a target loops where its source does not, or is far too long for it."""
    return (loops(target) and not loops(source)) or len(target) > 4 * len(source) + 20
