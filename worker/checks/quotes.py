"""Quotation marks: what the source quotes is quoted in the translation."""

from collections.abc import Iterable

from worker.checks.base import Context, Flag, Pair, Severity
from worker.typography.quotes import Mark, quotation_marks


class Quotes:
    """Marks left open (unless the source leaves them open too), quotations lost and invented."""

    codes = ("quotes_open", "quotes_lost", "quotes_invented")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        source, target = list(quotation_marks(pair.source)), list(quotation_marks(pair.target))
        if _balance(target) != _balance(source) and _balance(target) != 0:
            yield Flag("quotes_open", target[-1].span, Severity.WARNING)
        elif source and not target:
            yield Flag("quotes_lost", None, Severity.WARNING, source=source[0].span)
        elif target and not source:
            yield Flag("quotes_invented", target[0].span, Severity.WARNING)


def _balance(marks: list[Mark]) -> int:
    return sum(1 if mark.opens else -1 for mark in marks)
