"""Dashes, minus signs, ranges and ellipses."""

import re
from collections.abc import Iterator

from corpus.spans import Span
from glossary.enforcement.patch import Edit
from worker.typography.base import BLANK, Hint
from worker.typography.style import Style

_ELLIPSIS = re.compile(r"(?<![.?!])\.{3,}(?!\w)|(?<![.?!])\.{3}(?=[^\W\d_])")
_BETWEEN = re.compile(rf"(?<=[^\s{BLANK}])(?:[{BLANK}]+(?:--|[–—-])[{BLANK}]+|(?<=[^\W\d_])(?:--|—)(?=[^\W\d_]))(?=\S)")
_LINE_START = re.compile(rf"^(?:--|[–—-])[{BLANK}]+(?=\S)", re.MULTILINE)
_MINUS = re.compile(
    rf"(?<![\w.,)])[–—-][{BLANK}]?(?=\d+(?:[.,]\d+)?[{BLANK}]*(?:°|degr|град))|(?<![\w.,)\d])-(?=\d+(?:[.,]\d+)?[{BLANK}]?%)"
)
_FIGURE = r"\d{1,3}(?:[.,]\d+)?"
_YEARS = re.compile(r"(?<![\w./-])(1[0-9]\d\d|20\d\d)-(1[0-9]\d\d|20\d\d|\d\d)(?![\w-]|[.,/]\d)")
_MEASURED = re.compile(
    rf"(?<![\w./-])(?<!\d[.,])({_FIGURE})-({_FIGURE})(?=[{BLANK}]?(?:%|°|€|\$|km\b|kg\b|км\b|кг\b|млн\b|млрд\b|million\b|billion\b))"
)


def ellipses(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """Three dots or more as one sign; «?..» and «!..» stay, which are Ukrainian's own."""
    for match in _ELLIPSIS.finditer(text):
        yield Span(*match.span()), style.ellipsis


def minus(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """A dash before degrees or a percentage is a minus sign: « – 8 °C »."""
    for match in _MINUS.finditer(text):
        yield Span(*match.span()), style.numbers.minus


def ranges(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """2014-2022, 20-30 % with the dash of a range. Scores (3-1), telephone numbers and dates stay as they are."""
    found = {}
    for match in (*_YEARS.finditer(text), *_MEASURED.finditer(text)):
        if match.re is _MEASURED or _ascending(match[1], match[2]):
            found[match.end(1)] = Span(match.end(1), match.start(2))
    for span in found.values():
        yield span, style.numbers.range


def between_words(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """The dash of an aside or of a reply. Between figures a hyphen with spaces stays: it may be a score.

    An em dash without spaces is an aside in English; in Ukrainian («п’ять—сім») it stands between limits and stays.
    """
    edits = [(Span(*m.span()), style.dash.lstrip()) for m in _LINE_START.finditer(text)]
    for match in _BETWEEN.finditer(text):
        start, end = match.span()
        spaced = match.group()[0] in BLANK
        if text[start - 1].isdigit() and text[end].isdigit() and "—" not in match.group():
            continue
        if not spaced and match.group() == style.dash.strip():
            continue
        edits.append((Span(start, end), style.dash))
    yield from edits


def _ascending(first: str, second: str) -> bool:
    """Whether two figures are years in order; « 2014-22 » counts in the same century."""
    return int(first[: 4 - len(second)] + second) > int(first)
