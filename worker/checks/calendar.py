"""Months, days of the week, yesterday and tomorrow."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from worker.checks.base import Context, Flag, Pair, Severity
from worker.checks.concepts import compared
from worker.checks.lexicon import Lexicon, Mention
from worker.checks.quantities import numeric_months

# « dans la nuit de mardi à mercredi » is “on Tuesday night” in English, «у ніч на середу» in Ukrainian
_NIGHT = re.compile(r"\bnuit d[eu] \w+ (?:à|au) \w+")

_MONTHS = tuple(
    f"month_{name}"
    for name in (
        "january", "february", "march", "april", "may", "june",
        "july", "august", "september", "october", "november", "december",
    )
)  # fmt: skip


class Calendar:
    """A month or day that became another is an error; one that is gone or new may be a turn of phrase: a warning."""

    codes = ("date_changed", "date_missing", "date_invented")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        missing, invented = compared(_mentions(pair.folded_source, "fr"), _mentions(pair.folded_target, pair.language))
        night = _NIGHT.search(pair.folded_source)
        missing = [m for m in missing if not (night and night.start() < m.span.start < night.end())]
        for lost in missing:
            kind, expected = lost.concept.split("_")[0], lost.span.of(pair.source)
            new = next((mention for mention in invented if mention.concept.split("_")[0] == kind), None)
            if new:
                invented.remove(new)
                params = {"expected": expected, "found": new.span.of(pair.target)}
                yield Flag("date_changed", new.span, Severity.ERROR, params, lost.span)
            else:
                yield Flag("date_missing", None, Severity.WARNING, {"expected": expected}, lost.span)
        for new in invented:
            yield Flag("date_invented", new.span, Severity.WARNING, {"found": new.span.of(pair.target)})


def _mentions(folded: str, language: str) -> list[Mention]:
    """Words of the calendar, and the months of dates in figures, which answer for the word."""
    in_figures = [Mention(_MONTHS[n - 1], span, False) for span, n in numeric_months(folded) if 1 <= n <= len(_MONTHS)]
    return _lexicon().mentions(folded, language) + in_figures


@cache
def _lexicon() -> Lexicon:
    return Lexicon(Path(__file__).parent / "calendar.toml")
