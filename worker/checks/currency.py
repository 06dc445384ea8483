"""Units of sums: currencies and per cent."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from worker.checks.base import Context, Flag, Pair, Severity
from worker.checks.concepts import one_sided
from worker.checks.lexicon import Lexicon


class Currency:
    """Euros stay euros: « 3 M€ » is not $3 million."""

    codes = ("currency_changed", "currency_missing", "currency_invented")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        missing, invented = one_sided(pair, _lexicon())
        for lost, new in zip(missing, invented, strict=False):
            params = {"expected": lost.span.of(pair.source), "found": new.span.of(pair.target)}
            yield Flag("currency_changed", new.span, Severity.ERROR, params, lost.span)
        for lost in missing[len(invented) :]:
            params = {"expected": lost.span.of(pair.source)}
            yield Flag("currency_missing", None, Severity.WARNING, params, lost.span)
        for new in invented[len(missing) :]:
            yield Flag("currency_invented", new.span, Severity.WARNING, {"found": new.span.of(pair.target)})


@cache
def _lexicon() -> Lexicon:
    return Lexicon(Path(__file__).parent / "currency.toml")
