"""Numbers in words: « quatre-vingt-dix mille », “ninety thousand”, «дев'яносто тисяч»."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from corpus.spans import Span

_DATA = Path(__file__).parent / "number_words.tsv"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_SCALE = re.compile(r"(?:[ -]|(?<=\d))([^\W\d_]+)")
_AND = frozenset({"et", "and"})
_HUNDREDS = "сто|двохсот|трьохсот|чотирьохсот|п'ятисот|шестисот|семисот|восьмисот|дев'ятисот"
_TENS = "двадцяти|тридцяти|сорока|п'ятдесяти|шістдесяти|сімдесяти|вісімдесяти|дев'яносто"
_UNITS = "двох|три(?!дцят|надцят|льйон|ст)|трьох|чотири|чотирьох|п'яти|шести|семи|восьми|дев'яти|десяти|\\w+надцяти"
_COMPOUND = re.compile(rf"(?=\w)(?P<hundreds>{_HUNDREDS})?(?P<tens>{_TENS})?(?P<units>{_UNITS})?(?P<rest>\w{{3,}})")
_GAP = re.compile(r"[ -]*(?:(?:et|and)[ -]+)?")


@dataclass(frozen=True)
class NumberWord:
    """``part``: unit, hundred and scale build numbers, an ordinal may end one; about (dozens, halves) stands alone."""

    value: Decimal
    part: str


@dataclass(frozen=True)
class Spelled:
    """Number words that stand together: what they are worth together, and each alone."""

    span: Span
    value: Decimal
    parts: frozenset[Decimal]
    cardinal: bool


def spelled_numbers(folded: str, language: str) -> Iterator[Spelled]:
    """Every number in words of a folded text, in its order."""
    run: list[NumberWord] = []
    start = end = 0
    for match in _WORD.finditer(folded):
        word = number_word(match.group(), language)
        goes_on = word is not None and word.part != "about" and _GAP.fullmatch(folded, end, match.start())
        if run and match.group() in _AND:
            continue
        if run and not goes_on:
            yield _together(run, Span(start, end))
            run = []
        if word is None:
            continue
        if word.part == "about":
            yield Spelled(Span(*match.span()), word.value, frozenset({word.value}), cardinal=False)
            continue
        start = start if run else match.start()
        run.append(word)
        end = match.end()
        if word.part == "ordinal":
            yield _together(run, Span(start, end))
            run = []
    if run:
        yield _together(run, Span(start, end))


def scale_after(folded: str, at: int, language: str) -> tuple[Decimal, int]:
    """Product of the scale words that follow a figure (« 18 milliards », « 2 mille milliards »), and where they end."""
    scale = Decimal(1)
    while match := _SCALE.match(folded, at):
        word = number_word(match[1], language)
        if word is None or word.part not in ("scale", "hundred"):
            break
        scale *= word.value
        at = match.end()
    return scale, at


@lru_cache(maxsize=65536)
def number_word(word: str, language: str) -> NumberWord | None:
    """What a word counts, if it does."""
    whole, stems = _tables()[language]
    if found := whole.get(word):
        return found
    if language == "uk" and (compound := _compound(word)):
        return compound
    return next((entry for stem, entry in stems if word.startswith(stem)), None)


def _compound(word: str) -> NumberWord | None:
    """«чотирирічний», «вісімдесятитрирічний», «двохсотметрівка»: in Ukrainian a number begins many adjectives."""
    parts = _COMPOUND.fullmatch(word)
    numbers = [part for part in parts.group("hundreds", "tens", "units") if part] if parts else []
    worth = [number_word(number, "uk") for number in numbers]
    return NumberWord(sum((n.value for n in worth if n), Decimal(0)), "about") if worth else None


def _together(run: list[NumberWord], span: Span) -> Spelled:
    total = group = before = Decimal(0)
    for word in run:
        if word.part == "scale" and not group and total:
            total *= word.value  # mille milliards
        elif word.part == "scale":
            total, group = total + (group or 1) * word.value, Decimal(0)
        elif word.part == "hundred":
            group = (group or 1) * word.value
        else:
            group = group - 4 + 80 if before == 4 and word.value == 20 else group + word.value
        before = word.value
    cardinal = any(word.part == "unit" for word in run) and run[-1].part != "ordinal"
    return Spelled(span, total + group, frozenset(word.value for word in run), cardinal)


@cache
def _tables() -> dict[str, tuple[dict[str, NumberWord], list[tuple[str, NumberWord]]]]:
    """Of each language: whole words, and stems, longest first."""
    tables: dict[str, tuple[dict[str, NumberWord], list[tuple[str, NumberWord]]]] = {}
    with _DATA.open(encoding="utf-8") as file:
        for language, word, value, part in csv.reader((row for row in file if row[0] != "#"), delimiter="\t"):
            whole, stems = tables.setdefault(language, ({}, []))
            entry = NumberWord(Decimal(value), part)
            if word.endswith("*"):
                stems.append((word[:-1], entry))
            else:
                whole[word] = entry
    for _, stems in tables.values():
        stems.sort(key=lambda item: -len(item[0]))
    return tables
