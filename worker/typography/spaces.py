"""White space before and after punctuation, and what binds a figure to its sign or unit."""

import re
from collections.abc import Iterator
from functools import cache

from corpus.spans import Span
from glossary.enforcement.patch import Edit
from worker.typography.base import BLANK, Hint
from worker.typography.style import Style

_RUN = re.compile(r"(?<=[^\s])[ \t]{2,}(?=[^\s])")
_NO_SPACE = re.compile(
    rf"(?<=[(\[])[{BLANK}]+|(?<=.)[{BLANK}]+(?=[:;!?])|(?<=.)[{BLANK}]+(?=[,.](?![\w.])|[)\]])", re.DOTALL
)


def single_spaces(text: str, _style: Style, _hint: Hint) -> Iterator[Edit]:
    """One space between words."""
    for match in _RUN.finditer(text):
        yield Span(*match.span()), " "


def before_punctuation(text: str, _style: Style, _hint: Hint) -> Iterator[Edit]:
    """No space before ; : ! ? , . ) ] nor after ( [ — French puts one before the high signs."""
    for match in _NO_SPACE.finditer(text):
        yield Span(*match.span()), ""


def percent_and_degree(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """« 12,5 % » → 12.5%, «12,5 %»; « 8 °C » → 8°C, «8 °C»."""
    for match in re.finditer(rf"(?<=\d)[{BLANK}]*(?:([%‰])|°(?=[{BLANK}]?[CFС]\b))[{BLANK}]*", text):
        space_after = match.group()[len(match.group().rstrip(BLANK)) :]
        if match[1]:
            yield Span(*match.span()), style.numbers.percent.replace("%", match[1]) + space_after
        else:
            yield Span(*match.span()), style.numbers.degree


def units(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """A no-break space between a figure and the symbol of its unit."""
    for match in _unit_pattern(style.numbers.units).finditer(text):
        yield Span(*match.span()), style.numbers.unit_space


def number_signs(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """« n° 5 » → No. 5, № 5."""
    for match in re.finditer(rf"(?<!\w)(?:[nN][°º]|№)[{BLANK}]*(?=\d)", text):
        yield Span(*match.span()), style.numbers.number_sign


@cache
def _unit_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<=\d)[{BLANK}]+(?=(?:{'|'.join(map(re.escape, names))})(?![\w’'/]))")
