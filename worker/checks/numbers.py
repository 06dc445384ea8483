"""Numbers: every figure of the source must be worth the same in the translation, and none may be invented."""

from collections.abc import Iterable

from worker.checks.base import Context, Flag, Pair, Severity
from worker.checks.quantities import Quantity, quantities


class Numbers:
    """Compares values, not strings: « 3 405 117,5 » is 3,405,117.5; « 17 h 30 » is 5.30pm; « 5 » is “five”."""

    codes = ("number_changed", "number_missing", "number_invented")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        source = quantities(pair.source, pair.folded_source, "fr")
        target = quantities(pair.target, pair.folded_target, pair.language)
        missing, invented = _without_answer(source, target), _without_answer(target, source)
        for lost, new in zip(missing, invented, strict=False):
            params = {"expected": lost.span.of(pair.source), "found": new.span.of(pair.target)}
            yield Flag("number_changed", new.span, _severity(lost, new), params, lost.span)
        for lost in missing[len(invented) :]:
            yield Flag("number_missing", None, _severity(lost), {"expected": lost.span.of(pair.source)}, lost.span)
        for new in invented[len(missing) :]:
            yield Flag("number_invented", new.span, _severity(new), {"found": new.span.of(pair.target)})


def _severity(*those: Quantity) -> Severity:
    """An error where a figure is concerned; words leave more room: « trois fois rien »."""
    return Severity.ERROR if any(quantity.in_figures for quantity in those) else Severity.WARNING


def _without_answer(those: list[Quantity], others: list[Quantity]) -> list[Quantity]:
    """Required quantities that nothing on the other side is worth. A figure that repeats needs one answer only."""
    answers = frozenset(value for other in others for value in other.values)
    return [quantity for quantity in those if quantity.required and not quantity.values & answers]
