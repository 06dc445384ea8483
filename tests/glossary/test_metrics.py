"""The metrics of the terminology task, against values computed by hand, and TER's own where no term weighs."""

import pytest
from sacrebleu.metrics.lib_ter import translation_edit_rate

from glossary.metrics import TermPair, WeightedDistance, found_at, same_lemma, score, term_biased_ter, window_overlap


def pair(*targets: str) -> TermPair:
    return TermPair("source", targets)


@pytest.mark.parametrize(
    ("language", "hypothesis", "target", "exact", "lemma"),
    [
        ("en", "The ceasefire holds.", "ceasefire", 1, 1),
        ("en", "CEASEFIRE HOLDS", "ceasefire", 1, 1),
        ("en", "Two ceasefires failed.", "ceasefire", 0, 1),
        ("en", "The ceasefire’s terms", "ceasefire", 0, 1),
        ("en", "The women voted.", "woman", 0, 1),
        ("en", "The parties agreed.", "party", 0, 1),
        ("en", "The truce holds.", "ceasefire", 0, 0),
        ("en", "A multiceasefire holds.", "ceasefire", 0, 0),
        ("uk", "Коаліція охочих зібралася.", "коаліція охочих", 1, 1),
        ("uk", "Разом із коаліцією охочих", "коаліція охочих", 0, 1),
        ("uk", "Коаліція зібралася охоче.", "коаліція охочих", 0, 0),
        ("uk", "Зв'язок є.", "зв’язок", 1, 1),
    ],
)
def test_exact_and_lemma_match(language, hypothesis, target, exact, lemma):
    found = score([hypothesis], [target], [[pair(target)]], language)
    assert found is not None
    assert (found.exact_match, found.lemma_match) == (exact, lemma)


def test_one_place_serves_one_occurrence():
    words = ["the", "ceasefire", "and", "the", "other"]
    assert found_at(words, [pair("ceasefire"), pair("ceasefire")], str.__eq__) == [(1, 2), None]


def test_any_accepted_rendering_will_do():
    assert found_at(["a", "truce"], [pair("ceasefire", "truce")], same_lemma("en")) == [(1, 2)]


REFERENCE = ["yesterday", "the", "parties", "signed", "a", "ceasefire", "in", "the", "capital", "."]


@pytest.mark.parametrize(
    ("hypothesis", "two", "three"),
    [
        # reference: signed a _ in the | parties signed a _ in the capital
        ("yesterday the parties signed a ceasefire in the capital .", 1, 1),
        ("the parties agreed a ceasefire in Geneva .", 2 / 4, 3 / 6),
        ("they signed a truce in the capital .", 0, 0),
        ("ceasefire , in the capital", 2 / 4, 3 / 6),  # punctuation does not count
    ],
)
def test_window_overlap(hypothesis, two, three):
    terms = [pair("ceasefire")]
    assert window_overlap(hypothesis.split(), REFERENCE, terms, "en", 2) == pytest.approx(two)
    assert window_overlap(hypothesis.split(), REFERENCE, terms, "en", 3) == pytest.approx(three)


@pytest.mark.parametrize(
    ("hypothesis", "reference", "target", "edits"),
    [
        ("the ceasefire holds", "the ceasefire holds", "ceasefire", 0),
        ("the truce holds", "the ceasefire holds", "ceasefire", 2),  # a term's word replaced
        ("the ceasefire lasts", "the ceasefire holds", "ceasefire", 1),  # another word replaced
        ("the holds", "the ceasefire holds", "ceasefire", 2),  # a term's word missing
        ("the new ceasefire holds", "the ceasefire holds", "ceasefire", 1),  # a word too many
        # its own “the” does for the term's, so that one missing word costs 1 instead of 2
        ("the force holds", "the coalition of the willing holds", "coalition of the willing", 1 + 2 + 2 + 2),
        ("ceasefire the holds here", "the holds here ceasefire", "ceasefire", 1),  # one shift
        ("the truce holds", "the ceasefire holds", "envoy", 1),  # no term of the reference: plain TER
    ],
)
def test_term_biased_ter(hypothesis, reference, target, edits):
    words = reference.split()
    assert term_biased_ter(hypothesis.split(), words, [pair(target)], "en") == pytest.approx(edits / len(words))


@pytest.mark.parametrize("number", range(0, 200, 10))
def test_without_terms_it_is_ter(triples, number):
    one, other = (triples[n]["en"].lower().split() for n in (number, number + 1))
    mixed = [*one[len(one) // 2 :], *other[:3], *one[: len(one) // 2]]
    edits, length = translation_edit_rate(mixed, one)
    assert term_biased_ter(mixed, one, [], "en") == pytest.approx(edits / length, abs=2.01 / length)


@pytest.mark.parametrize(
    ("first", "second", "cost", "trace"),
    [("a b c", "a c", 2, " i "), ("a c", "a x b c", 1, " d  "), ("", "", 5, "iii"), ("a z c", "a b c", 0, "   ")],
)
def test_rows_kept_from_the_last_call_change_nothing(first, second, cost, trace):
    distance = WeightedDistance(["a", "b", "c"], [1, 2, 2])
    distance(first.split())
    assert distance(second.split()) == (cost, trace)


def test_scores_of_a_set():
    found = score(
        ["the ceasefire holds", "no term here", ""],
        ["the ceasefire holds", "the envoy left", "empty"],
        [[pair("ceasefire")], [pair("envoy")], []],
        "en",
    )
    assert found is not None
    assert (found.sentences, found.terms, found.exact_match, found.lemma_match) == (3, 2, 0.5, 0.5)
    assert found.window_overlap_2 == pytest.approx(0.5)  # the whole window of one sentence, nothing of the other
    assert found.one_minus_term == pytest.approx(1 - (0 + 4 / 3 + 1) / 3)


def test_nothing_has_no_scores_and_a_set_without_terms_only_ter():
    assert score([], [], [], "en") is None
    found = score(["a"], ["a"], [[]], "en")
    assert found is not None
    assert (found.exact_match, found.window_overlap_2, found.one_minus_term) == (None, None, 1)
