"""Decimal and thousands separators. A figure is rewritten only when it is certain what it is worth."""

import re
from collections.abc import Iterator
from decimal import Decimal

from glossary.enforcement.patch import Edit
from worker.typography.base import Hint
from worker.typography.numerals import Numeral, digits_of, every_reading, grouped, is_grouped, numerals
from worker.typography.style import Numbers, Style

_BOUND = re.compile(r"[\u00a0\u2007\u2009\u202f](?=\d{3})")


def separators(text: str, style: Style, hint: Hint) -> Iterator[Edit]:
    """« 12,5 » → 12.5 in English, « 3 000 » → 3,000 or «3 000», and figures copied from a pivot likewise.

    The source decides between readings: “3,000” in a Ukrainian sentence is 3 000 if the French has « 3 000 », and stays
    if the French has « 3,000 ». Without a source only figures grouped by no-break spaces are certain.
    """
    of_source = {value for numeral in hint.numerals for value in numeral.readings}
    copied = {numeral.text for numeral in hint.numerals if "." in numeral.text}
    grouped_in_source = {n.value for n in hint.numerals if is_grouped(n.text)}
    for numeral in numerals(text, style.language):
        if numeral.text in copied or (numeral.text.isdigit() and Decimal(numeral.text) not in grouped_in_source):
            continue
        value = _certain(numeral, of_source)
        if value is not None:
            yield numeral.span, _written(numeral.text, value, style.numbers, group=value in grouped_in_source)


def _certain(numeral: Numeral, of_source: set[Decimal]) -> Decimal | None:
    """What the figure is worth, if there is no doubt."""
    possible = every_reading(numeral.text) & of_source
    if len(possible) == 1:
        return next(iter(possible))
    bound = _BOUND.sub("", numeral.text)
    return Decimal(bound) if not possible and bound != numeral.text and bound.isdigit() else None


def _written(token: str, value: Decimal, numbers: Numbers, *, group: bool) -> str:
    whole, fraction = digits_of(token, value)
    if is_grouped(token) or group:
        whole = grouped(whole, numbers.group)
    return f"{whole}{numbers.decimal}{fraction}" if fraction else whole
