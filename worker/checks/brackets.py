"""Brackets: as many as in the source, each closed."""

from collections.abc import Iterable

from corpus.spans import Span
from worker.checks.base import Context, Flag, Pair, Severity

_PAIRS = (("(", ")"), ("[", "]"))


class Brackets:
    """A bracket lost, invented or left open where the source's are whole."""

    codes = ("brackets",)

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        for opening, closing in _PAIRS:
            wanted = (pair.source.count(opening), pair.source.count(closing))
            found = (pair.target.count(opening), pair.target.count(closing))
            if wanted != found:
                at = max(pair.target.find(opening), pair.target.find(closing))
                span = Span(at, at + 1) if at >= 0 else None
                at = max(pair.source.find(opening), pair.source.find(closing))
                source = Span(at, at + 1) if at >= 0 else None
                yield Flag("brackets", span, Severity.WARNING, {"brackets": opening + closing}, source)
