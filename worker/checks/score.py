"""Score: a sentence of which the model is far less sure than of the rest of the article."""

from collections.abc import Iterable
from statistics import median

from worker.checks.base import Context, Flag, Pair, Severity

_FEWEST = 8  # sentences, for a usual score to mean anything
_DEVIATIONS = 3.5  # modified z-score of an outlier: Iglewicz and Hoaglin (1993)
_LEAST_GAP = 0.5  # natural logarithm a token: below that a reader sees no difference


class Score:
    """Outliers by the median and the median absolute deviation, which one bad sentence does not move."""

    codes = ("low_score",)

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        if context.score is None or len(context.scores) < _FEWEST:
            return
        usual = median(context.scores)
        deviation = median(abs(score - usual) for score in context.scores)
        if usual - context.score > max(_DEVIATIONS * deviation / 0.6745, _LEAST_GAP):
            params = {"score": f"{context.score:.2f}", "usual": f"{usual:.2f}"}
            yield Flag("low_score", None, Severity.WARNING, params)
