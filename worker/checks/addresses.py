"""Addresses: URLs, e-mail addresses, handles and hash tags stand in the translation as in the source."""

import re
from collections import Counter
from collections.abc import Iterable

from corpus.spans import Span
from worker.checks.base import Context, Flag, Pair, Severity

ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>«»“”„\"]*[^\s<>«»“”„\".,;:!?)\]’'…]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w&])[@#]\w+"
)


class Addresses:
    """An address lost, or one that the source does not have."""

    codes = ("address_lost", "address_invented")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        source, target = list(ADDRESS.finditer(pair.source)), list(ADDRESS.finditer(pair.target))
        for match in _more_often(source, target):
            yield Flag("address_lost", None, Severity.ERROR, {"address": match.group()}, Span(*match.span()))
        for match in _more_often(target, source):
            yield Flag("address_invented", Span(*match.span()), Severity.ERROR, {"address": match.group()})


def _more_often(those: list[re.Match[str]], others: list[re.Match[str]]) -> list[re.Match[str]]:
    left = Counter(match.group() for match in others)
    extra = []
    for match in those:
        left[match.group()] -= 1
        if left[match.group()] < 0:
            extra.append(match)
    return extra
