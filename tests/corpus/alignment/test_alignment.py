"""Alignment: what it must get right, and how much of the made sets it does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.alignment import Bead, Side, align
from corpus.alignment.band import band
from corpus.alignment.evidence import Channel
from corpus.alignment.tokens import Tokens, fold, words
from corpus.errors import RelaisError
from tests.corpus.alignment.sets import Links, f1, links, made, rows

ARTICLE = 16  # sentences of a made text, about those of a news story


def aligned(source: list[str], target: list[str], **evidence: object) -> list[Bead]:
    return align(Side(source), Side(target), **evidence)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param(
            ["Le vent tombe.", "Le vent tombe enfin.", "Le bac repart."],
            ["The wind drops.", "The wind drops at last and the ferry sails again."],
            {((0,), (0,)), ((1, 2), (1,))},
            id="a target sentence is used once",
        ),
        pytest.param(
            ["Chapitre 3", "La route en 1 mot", "Règle 3 : le départ", "On y trouve 3 ponts."],
            ["Chapter III", "The road in one word", "Rule 3: The start", "It has three bridges."],
            {((k,), (k,)) for k in range(4)},
            id="equal numbers do not attract wrong pairs",
        ),
        pytest.param(
            ["Non.", "Non.", "Non.", "Le 12 mai, Odile Marchand quitte Mirval."],
            ["No.", "No.", "No.", "On 12 May, Odile Marchand leaves Mirval."],
            {((k,), (k,)) for k in range(4)},
            id="repeated sentences",
        ),
        pytest.param(
            ["Odile Marchand parle à Mirval.", "Rien d’autre.", "Jacques Besnard répond à Tréville."],
            ["Оділь Маршан виступає в Мірвалі.", "Більше нічого.", "Жак Бенар відповідає в Тревілі."],
            {((k,), (k,)) for k in range(3)},
            id="names written in another alphabet",
        ),
        pytest.param([], ["Alone."], {((), (0,))}, id="no source"),
        pytest.param(["Seul."], [], {((0,), ())}, id="no target"),
        pytest.param(
            ["Le pont ferme.", "", "La gare ouvre."],
            ["The bridge closes.", "The station opens."],
            {((0,), (0,)), ((1,), ()), ((2,), (1,))},
            id="a blank line stands alone",
        ),
    ],
)
def test_links(source: list[str], target: list[str], expected: Links) -> None:
    assert links(aligned(source, target)) == expected


sentences = st.lists(st.text(alphabet="abé 1.", max_size=12), max_size=12)


@settings(max_examples=60, deadline=None)
@given(source=sentences, target=sentences)
def test_beads_partition_both_texts_in_order(source: list[str], target: list[str]) -> None:
    beads = aligned(source, target)
    assert [i for bead in beads for i in bead.source] == list(range(len(source)))
    assert [j for bead in beads for j in bead.target] == list(range(len(target)))
    assert all(0.0 <= bead.score <= 1.0 for bead in beads)


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize(
    ("rough", "dropped", "least"),
    [(True, 0.0, 0.98), (True, 0.1, 0.93), (False, 0.0, 0.98)],
    ids=["rough translation", "rough translation, a tenth left out", "nothing but the texts"],
)
def test_made_articles(language: str, rough: bool, dropped: float, least: float) -> None:
    lines = rows()
    found, gold = [], []
    for seed, begin in enumerate(range(0, len(lines), ARTICLE)):
        pair = made(lines[begin : begin + ARTICLE], language, seed, dropped=dropped)
        found.append(links(aligned(pair.source, pair.target, translation=pair.rough if rough else None)))
        gold.append(pair.gold)
    assert f1(found, gold) >= least


@pytest.mark.parametrize("language", ["en", "uk"])
def test_a_long_text_learns_its_own_words(language: str) -> None:
    """A tenth left out, no translation: in twenty articles as one text, words learned at one place help at another."""
    pair = made(rows(), language, 7, dropped=0.1)
    assert f1([links(aligned(pair.source, pair.target))], [pair.gold]) >= 0.93


def test_paragraphs_outweigh_lengths() -> None:
    source = Side.of_paragraphs([["Le pont ferme.", "Il pleut."], ["La gare rouvre lundi.", "Oui."]])
    target = Side.of_paragraphs([["The bridge closes because of the rain."], ["The station opens on Monday.", "Yes."]])
    assert links(align(source, target)) == {((0, 1), (0,)), ((2,), (1,)), ((3,), (2,))}


def test_glossary_pairs_are_evidence() -> None:
    """Of two sentences alike in length the one with the term is the translation; the other was added."""
    source = ["Le bordereau est perdu."]
    target = ["The night was long here.", "The waybill was misplaced."]
    beads = aligned(source, target, glossary=[("bordereau", "waybill")])
    assert ((0,), (1,)) in links(beads)


def test_memory_is_evidence() -> None:
    known = [(f"La péniche {n} accoste au quai.", f"Barge {n} moors at quayside.") for n in "abcd"]
    known += [
        (f"Un héron {n} chasse sous la passerelle.", f"One heron {n} hunts beneath the footbridge.") for n in "abcd"
    ]
    source = ["La péniche accoste au quai.", "Un héron chasse sous la passerelle."]
    target = ["Some words that were added.", "Barge moors at quayside.", "One heron hunts beneath the footbridge."]
    assert links(aligned(source, target, memory=known)) == {((), (0,)), ((0,), (1,)), ((1,), (2,))}


def test_doubtful_beads_score_lower() -> None:
    """The added sentence in the middle makes its neighbourhood less sure than the far end of the text."""
    pair = made(rows()[:ARTICLE], "en", 3)
    target = [*pair.target[:3], "Nobody knows why this was added here at all.", *pair.target[3:]]
    beads = aligned(pair.source, target)
    added = next(bead for bead in beads if 3 in bead.target)
    assert added.score <= max(bead.score for bead in beads[-4:])


def test_translation_must_have_a_line_for_each_sentence() -> None:
    with pytest.raises(RelaisError, match="2 lines, the source has 1"):
        aligned(["Un."], ["One."], translation=["One.", "Two."])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 405 117,5 et 3,405,117.5", ["34051175", "et", "34051175"]),
        ("le 5 mai 2031", ["le", "5", "mai", "2031"]),
        ("salle ９", ["sale", "9"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [("Emmanuel", "Еммануель"), ("Macron", "Макрон"), ("Zelensky", "Зеленський"), ("Otan", "Отан")],
)
def test_names_meet_across_alphabets(latin: str, cyrillic: str) -> None:
    assert fold(latin)[:5] == fold(cyrillic)[:5]


def test_band_stays_narrow_and_holds_the_truth_of_a_long_text() -> None:
    """Ten times one text with a stretch of forty sentences left out: cost must grow with length, not its square."""
    count = 2000
    kept = [k for k in range(count) if not 900 <= k < 940]
    source = Tokens([[k, count + k % 50] for k in range(count)])
    target = Tokens([[k, count + k % 50] for k in kept])
    channel = Channel.build(source, target, count + 50, coverage=0.5, weight=0.3)
    strip = band(channel, (np.full(count, 80.0), np.full(len(kept), 80.0)))
    assert strip.width < 200
    inside = [strip.low[i] <= j < strip.low[i] + strip.width for j, i in enumerate(kept)]
    assert all(inside)
    assert np.all(np.diff(strip.low) >= 0)
