"""A newsroom's house style, one readable TOML file a language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from corpus.errors import RelaisError

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Quotes:
    """``pairs``: opening and closing mark of each level, outermost first. ``abbreviations``: keep their dot."""

    pairs: tuple[str, ...]
    comma_outside: bool
    abbreviations: frozenset[str]


@dataclass(frozen=True)
class Numbers:
    """Separators of figures, and what stands between a figure and its sign or unit."""

    decimal: str
    group: str
    percent: str
    degree: str
    minus: str
    range: str
    number_sign: str
    unit_space: str
    units: tuple[str, ...]
    ordinals: Literal["english", "none"]


@dataclass(frozen=True)
class Money:
    """Where the currency stands; ``magnitudes``: M and Md written out; ``words``: names of currencies."""

    form: Literal["before", "after"]
    signs: str
    magnitudes: dict[str, str]
    words: dict[str, str]


@dataclass(frozen=True)
class Time:
    """``clock``: 12 or 24. ``before``: words after which « 17 h » is a time of day; ``durations``: never one."""

    clock: Literal[12, 24]
    separator: str
    before: frozenset[str]
    durations: frozenset[str]


@dataclass(frozen=True)
class Dates:
    """``numeric``: template of a date with day, month (its name), month_number and year."""

    numeric: str
    months: tuple[str, ...]


@dataclass(frozen=True)
class Style:
    """How a language is typeset."""

    language: str
    apostrophe: str
    ellipsis: str
    dash: str
    quotes: Quotes
    numbers: Numbers
    money: Money
    time: Time
    dates: Dates


def load_style(path: Path, language: str) -> Style:
    """Read a house style. Raises `RelaisError` when the file is not one."""
    try:
        return _style(tomllib.loads(path.read_text(encoding="utf-8")), language)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RelaisError("%(name)s is not a house style: %(reason)s", name=path.name, reason=error) from None


@cache
def style_of(language: str) -> Style:
    """The house style of a language. Raises `RelaisError` for a language without one."""
    path = _HERE / f"{language}.toml"
    if not language.isalpha() or not path.exists():
        raise RelaisError("there is no house style for “%(language)s”", language=language)
    return load_style(path, language)


def _style(table: dict[str, Any], language: str) -> Style:
    quotes, numbers, money, time = (table[name] for name in ("quotes", "numbers", "money", "time"))
    return Style(
        language=language,
        apostrophe=table["apostrophe"],
        ellipsis=table["ellipsis"],
        dash=table["dashes"]["between_words"],
        quotes=Quotes(tuple(quotes["pairs"]), quotes["comma_outside"], frozenset(quotes.get("abbreviations", ()))),
        numbers=Numbers(**{**numbers, "units": tuple(sorted(numbers["units"], key=len, reverse=True))}),
        money=Money(money["form"], money["signs"], money["magnitudes"], money.get("words", {})),
        time=Time(time["clock"], time["separator"], frozenset(time["before"]), frozenset(time["durations"])),
        dates=Dates(table["dates"]["numeric"], tuple(table["dates"]["months"])),
    )
