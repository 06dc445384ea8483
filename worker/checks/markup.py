"""Markup: tags, placeholders and Markdown signs of the source stand in the translation, and no others."""

import re
from collections import Counter
from collections.abc import Iterable

from corpus.spans import Span
from worker.checks.base import Context, Flag, Pair, Severity

_MARKUP = re.compile(
    r"</?[A-Za-z][^<>]*>|<!\[CDATA\[|\]\]>|\{\{?\w+\}?\}|%\(\w+\)[sd]|(?<!\*)\*\*(?!\*)|(?<![\w_])__(?!_)|(?<!_)__(?![\w_])"
)
_ATTRIBUTES = re.compile(r"(?<=\w)\s[^<>]*")


class Markup:
    """A tag lost or invented; attributes may be translated."""

    codes = ("markup_lost", "markup_invented")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        source, target = list(_MARKUP.finditer(pair.source)), list(_MARKUP.finditer(pair.target))
        for match in _more_often(source, target):
            yield Flag("markup_lost", None, Severity.ERROR, {"markup": match.group()}, Span(*match.span()))
        for match in _more_often(target, source):
            yield Flag("markup_invented", Span(*match.span()), Severity.ERROR, {"markup": match.group()})


def _name(match: re.Match[str]) -> str:
    return _ATTRIBUTES.sub("", match.group()).lower()


def _more_often(those: list[re.Match[str]], others: list[re.Match[str]]) -> list[re.Match[str]]:
    left = Counter(map(_name, others))
    extra = []
    for match in those:
        left[_name(match)] -= 1
        if left[_name(match)] < 0:
            extra.append(match)
    return extra
