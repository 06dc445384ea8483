"""Figures in running text and what they may be worth, by the conventions of French, English and Ukrainian."""

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.spans import Span

_SPACES = " \u00a0\u2007\u2009\u202f"
_TOKEN = re.compile(
    rf"(?<!\w)(?<!\d[.,])(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}}(?!\d))+(?:[.,]\d+)?|\d{{1,3}}(?:['’]\d{{3}}(?!\d))+|\d+(?:[.,]\d+)*)"
    r"(?=(?:bn|tn|m|k|M|Mds?)\b|(?!\w))"
)
_BY_SPACE = re.compile(rf"\d{{1,3}}(?:[{_SPACES}'’]\d{{3}})+")
_BY_SIGN = {",": re.compile(r"\d{1,3}(?:,\d{3})+"), ".": re.compile(r"\d{1,3}(?:\.\d{3})+")}
_NOT_DIGIT = re.compile(r"\D")


@dataclass(frozen=True)
class Numeral:
    """A figure. ``readings``: what it may be worth, the usual reading first; none for a malformed one (3,405,17.5)."""

    span: Span
    text: str
    readings: tuple[Decimal, ...]

    @property
    def value(self) -> Decimal | None:
        """The usual reading."""
        return self.readings[0] if self.readings else None


def numerals(text: str, language: str) -> list[Numeral]:
    """The figures of a text that stand as words of their own (not those of F-16 or 17h30); £5bn and 3M€ count."""
    return [
        Numeral(Span(*match.span()), match.group(), readings(match.group(), language))
        for match in _TOKEN.finditer(text)
    ]


def readings(token: str, language: str) -> tuple[Decimal, ...]:
    """What a figure is worth. English groups by comma and has a decimal point; French and Ukrainian group by space.

    A figure that breaks the language's rule but can be read in only one way is read so (« 12,5 » in English).
    """
    whole, sign, fraction = _parts(token)
    if not sign:
        return (Decimal(_NOT_DIGIT.sub("", whole)),)
    decimal = Decimal(f"{_NOT_DIGIT.sub('', whole)}.{fraction}") if whole and _is_whole(whole) else None
    grouped = Decimal(_NOT_DIGIT.sub("", token)) if _BY_SIGN[sign].fullmatch(token) and whole != "0" else None
    point, group = (".", ",") if language == "en" else (",", ".")
    found: tuple[Decimal | None, ...]
    if sign == point:
        found = (decimal,)
    elif sign == group and language == "en":
        found = (grouped,) if grouped is not None else (decimal,)
    else:
        found = (grouped, decimal)
    return tuple(value for value in found if value is not None)


def every_reading(token: str) -> frozenset[Decimal]:
    """What a figure may be worth to someone who writes in any of the three languages."""
    return frozenset(readings(token, "en") + readings(token, "fr"))


def digits_of(token: str, value: Decimal) -> tuple[str, str]:
    """Whole and fractional digits of a figure as written, once it is known to be worth `value`."""
    whole, sign, fraction = _parts(token)
    if sign and Decimal(_NOT_DIGIT.sub("", token)) != value:
        return _NOT_DIGIT.sub("", whole), fraction
    return _NOT_DIGIT.sub("", token), ""


def grouped(whole: str, separator: str) -> str:
    """Digits in groups of three."""
    first = len(whole) % 3 or 3
    return separator.join([whole[:first], *(whole[i : i + 3] for i in range(first, len(whole), 3))])


def is_grouped(token: str) -> bool:
    """Whether digits stand in groups of three, by space or by sign."""
    whole, sign, _ = _parts(token)
    return not whole.isdigit() or bool(sign and _BY_SIGN[sign].fullmatch(token))


def _parts(token: str) -> tuple[str, str, str]:
    """Split at the last comma or point."""
    at = max(token.rfind(","), token.rfind("."))
    return (token, "", "") if at < 0 else (token[:at], token[at], token[at + 1 :])


def _is_whole(text: str) -> bool:
    """Whether a text is a whole number, in groups or not."""
    return text.isdigit() or any(p.fullmatch(text) for p in (_BY_SPACE, *_BY_SIGN.values()))
