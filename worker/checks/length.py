"""Length: a translation far shorter or longer than its source has lost or made up something."""

from collections.abc import Iterable

from worker.checks.base import Context, Flag, Pair, Severity

# In 24,000 human pairs of each language fewer than one in 2,000 lies outside; `slack` characters serve short texts.
_SHORTEST, _LONGEST, _SLACK = 0.42, 1.75, 14


class Length:
    """Characters of the target for one of the source. The ratio is about 0.95 in either language."""

    codes = ("too_short", "too_long")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        source, target = len(pair.source.strip()), len(pair.target.strip())
        params = {"source": str(source), "target": str(target)}
        if target < _SHORTEST * source - _SLACK / 2:
            yield Flag("too_short", None, Severity.WARNING, params)
        elif target > _LONGEST * source + _SLACK:
            yield Flag("too_long", None, Severity.WARNING, params)
