"""Scores of translations, and whether a difference is more than chance."""

import pytest

from corpus.errors import RelaisError
from corpus.evaluation import compare, evaluate

REFERENCE = ["The bridge closes at noon today.", "The station opens on Monday.", "The mayor speaks this evening."] * 10
BETTER = [line.replace("speaks", "talks") for line in REFERENCE]
WORSE = ["Bridge will shut at midday.", "Station opening Monday.", "Mayor speaks evening."] * 10


def test_scores_of_a_perfect_translation() -> None:
    assert [(s.metric, s.value) for s in evaluate(REFERENCE, REFERENCE)] == [
        ("BLEU", 100.0),
        ("chrF++", 100.0),
        ("TER", 0.0),
    ]


def test_signatures_say_how_a_score_came_about() -> None:
    bleu, chrf, ter = (score.signature for score in evaluate(WORSE, REFERENCE))
    assert "tok:13a" in bleu
    assert "nw:2" in chrf
    assert "tok:tercom" in ter
    assert all("version:" in signature for signature in (bleu, chrf, ter))


def test_the_better_system_is_found_better() -> None:
    for result in compare(WORSE, BETTER, REFERENCE, samples=100):
        gain = result.first - result.second if result.metric == "TER" else result.second - result.first
        assert gain > 10
        assert result.p < 0.05
        assert result.as_dict()["significant"] is True


def test_equal_systems_do_not_differ_significantly() -> None:
    assert all(result.p > 0.5 for result in compare(BETTER, BETTER, REFERENCE, samples=100))


@pytest.mark.parametrize(
    ("hypotheses", "references", "complaint"),
    [(["One."], ["One.", "Two."], "1 lines, the reference 2"), ([], [], "reference is empty")],
)
def test_files_that_do_not_match(hypotheses: list[str], references: list[str], complaint: str) -> None:
    with pytest.raises(RelaisError, match=complaint):
        evaluate(hypotheses, references)
