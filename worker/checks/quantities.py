"""Quantities of a sentence, in figures and in words, in French, English and Ukrainian."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.spans import Span
from worker.checks.number_words import Spelled, scale_after, spelled_numbers
from worker.typography.numerals import Numeral, numerals

_HALF_DAY = r"[ ]?(?P<half>[ap])\.?[ ]?m\b"
_TIMES = (
    re.compile(rf"(?<![\w.,:])(?P<hour>\d{{1,2}})[:.](?P<minutes>[0-5]\d)(?:{_HALF_DAY})"),
    re.compile(r"(?<![\w.,:])(?P<hour>\d{1,2}):(?P<minutes>[0-5]\d)(?![\d:])"),
    re.compile(r"(?<![\w.,:])(?P<hour>\d{1,2})[ ]?h[ ]?(?P<minutes>[0-5]\d)?(?!\w)"),
    re.compile(r"(?<![\w.,:])(?P<hour>\d{1,2})[ ]heures?(?:[ ](?P<minutes>[0-5]\d))?(?!\w)"),
    re.compile(rf"(?<![\w.,:])(?P<hour>\d{{1,2}}){_HALF_DAY}"),
)
_GLUED = re.compile(r"(?<![\w.])(?=\w*-?\d)[^\W\d_]+-?\d[\w.]*|(?<![\w.,])\d+[^\W\d_]\w*")
_LEAST_REQUIRED = 3  # « deux » and « un » turn into “both”, “a pair”, «обидва»
_TURN = re.compile(  # « six mois » is half a year, « quinze jours » a fortnight, « neuf » also means new
    r"(?:neuf(?! \w+s\b)|(?:six|dix-huit)(?: derniers| prochains)? mois|(?:huit|quinze) jours"
    r"|quatre (?:épingles|fers))\b"
)
_AFTER = re.compile(r"(?:\bpour|\bmètres?|\bpar|\bна) $")  # dix pour cent, un mètre vingt, multiplié par sept
_OCLOCK = re.compile(r" heures?\b")
_DIGITS = re.compile(r"\d+")
_MAGNITUDE = re.compile(r"[ ]?(mds?|m)(?:[ ]?([€$£])|\b)")  # 3,5 M€, £5m; 5m is a length
_DATE = re.compile(r"(?<![\w/.])(\d{1,2})([/.])(\d{1,2})\2((?:19|20)\d\d)(?![\w/])")
_HALF = re.compile(r" et demie?\b| and a half\b| з половиною")  # 1 million et demi
_DEGREES = re.compile(r"[ ]?(?:°|degr|град)")
_MINUS = re.compile(r"(?:(?<![\w.,)])[–−-][ ]?|\b(?:moins|minus|мінус)[ ])$")
_FROST = re.compile(r"zéro|froid|gel|below|freezing|frost|мороз|нижч|нуля")
_ROMAN = re.compile(r"(?<!\w)[XVIХІ]{1,6}(?=(?:(?:e|ème|ᵉ) (siècle))|(?:e|er|ème|ᵉ)?(?!\w))")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10, "І": 1, "Х": 10}  # the last two are Cyrillic: «ІІ століття»


@dataclass(frozen=True)
class Quantity:
    """A number in a text. ``values``: what it may be worth; ``required``: whether the other side must have it too."""

    span: Span
    values: frozenset[Decimal]
    required: bool
    in_figures: bool = True


def quantities(text: str, folded: str, language: str) -> list[Quantity]:
    """Every quantity of a text, in its order.

    Figures that stand alone are required; number words and figures within names (F-16) only answer for one.
    """
    times, taken = _times(folded)
    dates = list(_dates(folded))
    taken += [Span(*match.span()) for match in _DATE.finditer(folded)]
    figures = list(_figures(text, folded, language, taken))
    found = [*times, *dates, *figures]
    found += [
        _in_words(s, text, folded)
        for s in spelled_numbers(folded, language)
        if not any(f.span.overlaps(s.span) for f in figures)
    ]
    taken += [figure.span for figure in figures]
    found += [q for q in _glued(folded) if not any(span.overlaps(q.span) for span in taken)]
    found += _romans(text)
    return sorted(found, key=lambda quantity: quantity.span)


def _times(folded: str) -> tuple[list[Quantity], list[Span]]:
    """Hours and minutes of times in figures. 13 to 24 o'clock also count as 1 to 12, and 5pm as 17."""
    found: list[Quantity] = []
    taken: list[Span] = []
    for pattern in _TIMES:
        for match in pattern.finditer(folded):
            span, groups = Span(*match.span()), match.groupdict()
            if int(groups["hour"]) > 24 or any(span.overlaps(other) for other in taken):
                continue
            taken.append(span)
            minutes = groups.get("minutes")
            pointed = {Decimal(f"{groups['hour']}.{minutes}")} if minutes else set()  # 8.30, without am or pm
            found.append(Quantity(Span(*match.span("hour")), _hours(groups) | pointed, required=True))
            if minutes and minutes != "00":
                values = frozenset({Decimal(minutes), *pointed})
                found.append(Quantity(Span(*match.span("minutes")), values, required=True))
    return found, taken


def _dates(folded: str) -> Iterator[Quantity]:
    """Day and year of dates in figures (12/03/2025); the month may be a word on the other side."""
    for match in _DATE.finditer(folded):
        for group, required in ((1, True), (3, False), (4, True)):
            yield Quantity(Span(*match.span(group)), frozenset({Decimal(match[group])}), required)


def numeric_months(folded: str) -> Iterator[tuple[Span, int]]:
    """Months of dates in figures, from 1."""
    for match in _DATE.finditer(folded):
        yield Span(*match.span(3)), int(match[3])


def _hours(groups: dict[str, str | None]) -> frozenset[Decimal]:
    hour = int(groups["hour"] or 0)
    values = {hour}
    if groups.get("half"):
        values |= {hour + 12} | ({0, 24} if hour == 12 else set())
    elif hour > 12:
        values |= {hour - 12}
    elif hour == 0:
        values |= {12, 24}
    return frozenset(map(Decimal, values))


def _figures(text: str, folded: str, language: str, taken: list[Span]) -> Iterator[Quantity]:
    """Figures with the scale word after them.

    One without (« de 20 à 30 milliards », « 200 millions, dont 50 de prêts ») may be meant with another's scale.
    """
    found: list[tuple[Numeral, Decimal, int]] = []
    for numeral in numerals(text, language):
        if any(span.overlaps(numeral.span) for span in taken):
            continue
        scale, end = scale_after(folded, numeral.span.end, language)
        if letter := _MAGNITUDE.match(folded, numeral.span.end):
            before = folded[numeral.span.start - 1] if numeral.span.start else ""
            if letter[2] or before in "€$£":
                scale, end = Decimal(10 ** (9 if letter[1].startswith("md") else 6)), letter.end(1)
        found.append((numeral, scale, end))
    scales = {scale for _, scale, _ in found}
    for numeral, scale, end in found:
        meant = {scale} if scale != 1 else scales | {Decimal(1)}
        half = scale / 2 if scale != 1 and _HALF.match(folded, end) else 0
        values = frozenset(value * factor + half for value in numeral.readings for factor in meant)
        quantity = Quantity(Span(numeral.span.start, end), values, required=True)
        yield _signed(quantity, folded) if _DEGREES.match(folded, end) else quantity


def _signed(degrees: Quantity, folded: str) -> Quantity:
    """Degrees with the sign before them; where a word speaks of frost, they may be meant below zero."""
    below = frozenset(-value for value in degrees.values)
    if minus := _MINUS.search(folded, 0, degrees.span.start):
        return replace(degrees, span=Span(minus.start(), degrees.span.end), values=below)
    return replace(degrees, values=degrees.values | below) if _FROST.search(folded) else degrees


def _in_words(spelled: Spelled, text: str, folded: str) -> Quantity:
    """A number in words. It may be left out in a translation where it is small, a name or a turn of phrase."""
    start, end = spelled.span
    name = any(letter.isupper() for letter in text[max(start, 1) : end])
    turn = _TURN.match(folded, start) or _AFTER.search(folded, 0, start) or folded[end : end + 1] == "-"
    required = spelled.cardinal and spelled.value >= _LEAST_REQUIRED and not name and not turn
    values = frozenset({spelled.value})
    if _OCLOCK.match(folded, end) and spelled.value > 12:
        values |= {spelled.value - 12}
    return Quantity(spelled.span, values, required, in_figures=False)


def _glued(folded: str) -> Iterator[Quantity]:
    """Figures within words: F-16, G7, 1er; 1990s are also the nineties."""
    for match in _GLUED.finditer(folded):
        for digits in _DIGITS.finditer(match.group()):
            value = Decimal(digits.group())
            values = frozenset({value, value % 100}) if match.group().endswith("0s") else frozenset({value})
            start = match.start() + digits.start()
            yield Quantity(Span(start, start + len(digits.group())), values, required=False)


def _romans(text: str) -> Iterator[Quantity]:
    for match in _ROMAN.finditer(text):
        letters = [_ROMAN_VALUE[letter] for letter in match.group()]
        worth = sum(-v if v < max(letters[i:]) else v for i, v in enumerate(letters))
        yield Quantity(Span(*match.span()), frozenset({Decimal(worth)}), required=match[1] is not None)
