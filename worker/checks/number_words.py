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
_HUNDREDS = "сто|двісті|триста|чотириста|двохсот|трьохсот|чотирьохсот|п'ятисот|шестисот|семисот|восьмисот|дев'ятисот"
_TENS = "двадцяти|тридцяти|сорока|п'ятдесяти|шістдесяти|сімдесяти|вісімдесяти|дев'яносто"
_UNITS = (
    "одно|двох|три(?!дцят|надцят|льйон|ст)|трьох|чотири|чотирьох|п'яти|шести|семи|восьми|дев'яти|десяти|\\w+надцяти"
)
_COMPOUND = re.compile(rf"(?=\w)(?P<hundreds>{_HUNDREDS})?(?P<tens>{_TENS})?(?P<units>{_UNITS})?(?P<rest>\w{{3,}})")
_GAP = re.compile(r"[ -]*(?:(?:et|and)[ -]+)?")


@dataclass(frozen=True)
class NumberWord:
    """``part``: unit, hundred and scale build numbers, one and an ordinal may end one; about (dozens) stands alone."""

    value: Decimal
    part: str


@dataclass(frozen=True)
class Spelled:
    """Number words that stand together, and what they are worth. ``cardinal``: neither an ordinal nor a mere scale."""

    span: Span
    value: Decimal
    cardinal: bool


class _Run:
    """Number words read so far that make one number (« deux mille quatre-vingt-dix »)."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.words: list[NumberWord] = []
        self._total = self._group = Decimal(0)

    def accepts(self, word: NumberWord, gap: str) -> bool:
        """Whether `word`, after `gap`, goes on with the number: « vingt-deux », not « deux, vingt »."""
        last, value = self.words[-1], word.value
        if word.part == "about" or not _GAP.fullmatch(gap):
            return False
        if ("et" in gap and value not in (1, 11)) or ("and" in gap and last.part == "unit"):
            return False
        if word.part == "scale":
            return True
        if word.part == "hundred":
            return last.part == "scale" or (last.part == "unit" and self._group < 20)
        if last.part == "scale":
            return value < last.value
        return value < 100 if last.value >= 100 else self._below_a_hundred(last.value, value)

    def _below_a_hundred(self, last: Decimal, value: Decimal) -> bool:
        if last >= 20 and last % 10 == 0:  # vingt-deux; soixante-douze, quatre-vingt-douze
            return value < (20 if self._language == "fr" and last in (20, 60) else 10)
        return self._language == "fr" and ((last == 10 and 7 <= value <= 9) or (last == 4 and value == 20))

    def add(self, word: NumberWord) -> None:
        """Take one more word in."""
        last = self.words[-1].value if self.words else Decimal(0)
        if word.part == "scale" and not self._group and self._total:
            self._total *= word.value  # mille milliards
        elif word.part == "scale":
            self._total, self._group = self._total + (self._group or 1) * word.value, Decimal(0)
        elif word.part == "hundred":
            self._group = (self._group or 1) * word.value
        else:
            self._group += 76 if last == 4 and word.value == 20 else word.value
        self.words.append(word)

    def number(self, span: Span) -> Spelled:
        """What the words are worth."""
        cardinal = any(word.part == "unit" for word in self.words) and self.words[-1].part != "ordinal"
        return Spelled(span, self._total + self._group, cardinal)


def spelled_numbers(folded: str, language: str) -> Iterator[Spelled]:
    """Every number in words of a folded text, in its order."""
    run = _Run(language)
    start = end = 0
    for match in _WORD.finditer(folded):
        if run.words and match.group() in _AND:
            continue
        word = number_word(match.group(), language)
        if run.words and not (word and run.accepts(word, folded[end : match.start()])):
            yield run.number(Span(start, end))
            run = _Run(language)
        if word is None:
            continue
        if not run.words and word.part in ("one", "about"):
            yield Spelled(Span(*match.span()), word.value, cardinal=False)
            continue
        start = start if run.words else match.start()
        run.add(word)
        end = match.end()
        if word.part == "ordinal":
            yield run.number(Span(start, end))
            run = _Run(language)
    if run.words:
        yield run.number(Span(start, end))


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
    return next((stems[word[:n]] for n in range(len(word), 1, -1) if word[:n] in stems), None)


def _compound(word: str) -> NumberWord | None:
    """«чотирирічний», «вісімдесятитрирічний», «двохсотметрівка»: in Ukrainian a number begins many adjectives."""
    parts = _COMPOUND.fullmatch(word)
    numbers = [part for part in parts.group("hundreds", "tens", "units") if part] if parts else []
    worth = [number_word(number, "uk") for number in numbers]
    return NumberWord(sum((n.value for n in worth if n), Decimal(0)), "about") if worth else None


@cache
def _tables() -> dict[str, tuple[dict[str, NumberWord], dict[str, NumberWord]]]:
    """Of each language: whole words, and stems."""
    tables: dict[str, tuple[dict[str, NumberWord], dict[str, NumberWord]]] = {}
    with _DATA.open(encoding="utf-8") as file:
        for language, word, value, part in csv.reader((row for row in file if row[0] != "#"), delimiter="\t"):
            whole, stems = tables.setdefault(language, ({}, {}))
            entry = NumberWord(Decimal(value), part)
            if word.endswith("*"):
                stems[word[:-1]] = entry
            else:
                whole[word] = entry
    return tables
