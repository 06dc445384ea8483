"""Sums of money: « 3,5 M€ » → €3.5 million, «3,5 млн євро»."""

import re
from collections.abc import Iterator
from functools import cache

from corpus.spans import Span
from glossary.enforcement.patch import Edit
from worker.typography.base import BLANK, Hint
from worker.typography.style import Style

_FIGURE = rf"(?<![\w.,])\d{{1,3}}(?:[,.{BLANK}]\d{{3}})*(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_BEFORE_WORD = re.compile(rf"(?<=\d)[{BLANK}](M|Mds?)(?=[{BLANK}](?:euro|dollar|pound|євро|долар|фунт|грив|hryv))")
_WORDS = "million|billion|trillion|мільйон\\w*|мільярд\\w*|трильйон\\w*|млн|млрд|трлн|тис\\."


def magnitudes(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """Letters for millions and milliards next to a currency sign, written out, the currency in its place."""
    for match in _with_letter(style.money.signs).finditer(text):
        figure, letter, sign = match["figure"], match["letter"], match["sign"]
        yield Span(*match.span()), _sum(figure, style.money.magnitudes[letter], sign, style)
    for match in _BEFORE_WORD.finditer(text):
        yield Span(*match.span(1)), style.money.magnitudes[match[1]]


def signs(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """The currency sign before the figure in English (« 1 250 € » → €1,250), a word after it in Ukrainian."""
    if style.money.form == "before":
        for match in _trailing(style.money.signs).finditer(text):
            yield Span(*match.span()), f"{match['sign']}{match['figure']}{match['word'] or ''}"
        return
    indeclinable = {"€": style.money.words.get("€", "€")}
    for match in _either_side(style.money.signs).finditer(text):
        sign = match["before"] or match["after"]
        name = style.money.words.get(sign) if match["word"] else indeclinable.get(sign)
        if name:
            yield Span(*match.span()), f"{match['figure']}{match['word'] or ''} {name}"


def _sum(figure: str, magnitude: str, sign: str, style: Style) -> str:
    if style.money.form == "before":
        return f"{sign}{figure} {magnitude}"
    return f"{figure}{style.numbers.unit_space}{magnitude} {style.money.words.get(sign, sign)}"


@cache
def _with_letter(signs: str) -> re.Pattern[str]:
    letter = r"(?P<letter>M|Mds?)"
    return re.compile(
        rf"(?<![\w.,{signs}])(?P<figure>{_FIGURE})[{BLANK}]?{letter}[{BLANK}]?(?P<sign>[{signs}])(?![\w{signs}])"
    )


@cache
def _trailing(signs: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w{signs}])(?<!\d[.,])(?P<figure>{_FIGURE})(?P<word>[{BLANK}](?:{_WORDS}))?[{BLANK}]?(?P<sign>[{signs}])(?![\w{signs}])"
    )


@cache
def _either_side(signs: str) -> re.Pattern[str]:
    figure = rf"(?P<figure>{_FIGURE})(?P<word>[{BLANK}](?:{_WORDS}))?"
    return re.compile(
        rf"(?<![\w.,])(?:(?P<before>[{signs}])[{BLANK}]?(?=\d))?{figure}(?:[{BLANK}]?(?P<after>[{signs}])(?!\w))?"
    )
