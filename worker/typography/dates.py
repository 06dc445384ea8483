"""Dates in figures and French ordinals that the engine copied."""

import re
from collections.abc import Iterator
from datetime import date

from corpus.spans import Span
from glossary.enforcement.patch import Edit
from worker.typography.base import BLANK, Hint
from worker.typography.style import Style

_NUMERIC = re.compile(r"(?<![\w/.-])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\w/-])")
_FIRST = re.compile(rf"(?<!\w)(\d{{1,3}})(?:er|re|ère|ᵉʳ)(?!\w)([{BLANK}]+)?(?=(\w*))")
_OTHER = re.compile(r"(?<!\w)(\d{1,3})(?:ème|eme|nd|nde|e|ᵉ)(?!\w)")
_CENTURY = re.compile(r"(?<!\w)([XVI]{1,6})(?:ème|e|ᵉ|er)(?!\w)")
_ROMAN = {"I": 1, "V": 5, "X": 10}


def numeric_dates(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """« 06/01/2026 » (day first, as the French write) → 6 January 2026, 06.01.2026."""
    for match in _NUMERIC.finditer(text):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        try:
            date(year, month, day)
        except ValueError:
            continue
        name = style.dates.months[month - 1]
        written = style.dates.numeric % {"day": day, "month": name, "month_number": month, "year": year}
        yield Span(*match.span()), written


def ordinals(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """« 1er » before a month → 1; elsewhere « 1er », « 3e », « XXe » → 1st, 3rd, 20th in English, «XX» in Ukrainian."""
    english = style.numbers.ordinals == "english"
    edits: list[Edit] = []
    for match in _FIRST.finditer(text):
        if match[3] in style.dates.months:
            edits.append((Span(match.end(1), match.start(2) if match[2] else match.end()), ""))
        elif english:
            edits.append((Span(match.start(), match.start(2) if match[2] else match.end()), _ordinal(int(match[1]))))
    if english:
        edits += [(Span(*m.span()), _ordinal(int(m[1]))) for m in _OTHER.finditer(text) if m.group()[-2:] != "nd"]
        edits += [(Span(*m.span()), _ordinal(_worth(m[1]))) for m in _CENTURY.finditer(text)]
    else:
        edits += [(Span(m.end(1), m.end()), "") for m in _CENTURY.finditer(text)]
    yield from edits


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _worth(roman: str) -> int:
    values = [_ROMAN[letter] for letter in roman]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
