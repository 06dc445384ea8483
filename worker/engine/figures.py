"""Digits that a decoder dropped or doubled (« 66 » → “6”, « 1166 » → “1666”), put right from the source.

Only a garbled copy of a source number is touched: a number the translation rightly writes in another way (« 14 h » →
“2 p.m.”) shares no such digits. What is missing altogether is left to the checks, which flag it.
"""

import re

from rapidfuzz.distance import Levenshtein

from corpus.spans import Span
from glossary.enforcement.base import Hypothesis
from glossary.enforcement.patch import patched

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d+)*(?!\d|s\b)")  # not “the 1990s”, which no one writes in French
_RUN = re.compile(r"(\d)\1+")
_NO_DIGIT = re.compile(r"\D+")


def with_source_figures(source: str, hypothesis: Hypothesis) -> Hypothesis:
    """The translation with garbled numbers replaced by the source's, as written there: typography follows."""
    lost = [(_digits(text), text) for text in (span.of(source) for span in _spans(source))]
    odd = []
    for span in _spans(hypothesis.text):
        digits = _digits(span.of(hypothesis.text))
        known = next((number for number in lost if number[0] == digits), None)
        if known:
            lost.remove(known)
        else:
            odd.append((span, digits))
    edits = []
    for span, digits in odd:
        meant = next((number for number in lost if _garbled(digits, number[0])), None)
        if meant:
            lost.remove(meant)
            edits.append((span, meant[1]))
    text, links = patched(hypothesis.text, hypothesis.links, edits)
    return Hypothesis(text, hypothesis.score, links)


def _spans(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _NUMBER.finditer(text)]


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", text)


def _garbled(digits: str, meant: str) -> bool:
    """Whether a digit or two (in a number of four or more) went wrong; of two digits only a lost or doubled one."""
    if len(meant) > 1 and _RUN.sub(r"\1", digits) == _RUN.sub(r"\1", meant):
        return True
    if len(meant) < 3:
        return len(meant) == 2 and digits in (meant[0], meant[1])
    return Levenshtein.distance(digits, meant) <= (2 if len(meant) > 3 else 1)
