"""Months, days of the week, yesterday and tomorrow."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from worker.checks.base import Context, Flag, Pair, Severity
from worker.checks.concepts import one_sided
from worker.checks.lexicon import Lexicon

# « dans la nuit de mardi à mercredi » is “on Tuesday night” in English, «у ніч на середу» in Ukrainian
_NIGHT = re.compile(r"\bnuit d[eu] \w+ (?:à|au) \w+")


class Calendar:
    """A month or day that became another is an error; one that is gone or new may be a turn of phrase: a warning."""

    codes = ("date_changed", "date_missing", "date_invented")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        missing, invented = one_sided(pair, _lexicon())
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


@cache
def _lexicon() -> Lexicon:
    return Lexicon(Path(__file__).parent / "calendar.toml")
