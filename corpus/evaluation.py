"""Machine text against approved text, with sacreBLEU: BLEU, chrF++, TER, and whether one system beats another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sacrebleu.significance import PairedTest

from corpus.errors import RelaisError

SAMPLES = 1000  # bootstrap resamplings (Koehn 2004)


@dataclass(frozen=True)
class Score:
    """A metric's value, 0 to 100 and more for TER, where less is better; ``signature`` says how it was computed."""

    metric: str
    value: float
    signature: str

    def as_dict(self) -> dict[str, Any]:
        return {"metric": self.metric, "score": self.value, "signature": self.signature}


@dataclass(frozen=True)
class Comparison:
    """A second system against the first, by paired bootstrap. ``p``: how likely chance alone differs as much."""

    metric: str
    first: float
    second: float
    p: float
    signature: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "metric": self.metric,
            "first": self.first,
            "second": self.second,
            "difference": round(self.second - self.first, 2),
            "p": self.p,
            "significant": self.p < 0.05,
            "signature": self.signature,
        }


def _metrics() -> dict[str, Any]:
    return {"BLEU": BLEU(), "chrF++": CHRF(word_order=2), "TER": TER()}


def evaluate(hypotheses: Sequence[str], references: Sequence[str]) -> list[Score]:
    """BLEU, chrF++ and TER of a whole test set. Raises `RelaisError` when the lengths differ or nothing is there."""
    _check(hypotheses, references)
    scores = []
    for name, metric in _metrics().items():
        found = metric.corpus_score(list(hypotheses), [list(references)])
        scores.append(Score(name, round(found.score, 2), str(metric.get_signature())))
    return scores


def compare(
    first: Sequence[str], second: Sequence[str], references: Sequence[str], *, samples: int = SAMPLES
) -> list[Comparison]:
    """Both systems on one test set, with the significance of their difference (paired bootstrap, Koehn 2004)."""
    _check(first, references)
    _check(second, references)
    test = PairedTest(
        [("first", list(first)), ("second", list(second))],
        _metrics(),
        [list(references)],
        test_type="bs",
        n_samples=samples,
    )
    signatures, table = test()
    found: dict[str, Any] = dict(table)
    return [
        _comparison(name, found[key][0].score, found[key][1], str(signatures[key]))
        for name, key in zip(_metrics(), list(signatures), strict=True)
    ]


def _comparison(name: str, first: float, second: Any, signature: str) -> Comparison:
    # sacreBLEU gives two equal scores the smallest p there is, on purpose; no difference is no finding.
    p = 1.0 if first == second.score else float(second.p_value)
    return Comparison(name, round(first, 2), round(second.score, 2), round(p, 4), signature)


def _check(hypotheses: Sequence[str], references: Sequence[str]) -> None:
    if not references:
        raise RelaisError("the reference is empty")
    if len(hypotheses) != len(references):
        raise RelaisError(
            "the hypothesis has %(hypotheses)d lines, the reference %(references)d",
            hypotheses=len(hypotheses),
            references=len(references),
        )
