from pathlib import Path

import pytest

from training import scoring
from training.alignment import error_rate, format_links, parse_links, stem, symmetrise

GOLD = Path(scoring.__file__).with_name("gold") / "en-uk.tsv"


@pytest.mark.parametrize(
    ("forward", "backward", "links"),
    [
        ("0-0 1-1", "0-0 1-1", "0-0 1-1"),
        ("0-0 1-1", "0-0", "0-0 1-1"),  # grown to a neighbour whose words have no link yet
        ("0-0 0-1", "0-0", "0-0 0-1"),  # one source word, two target words
        ("0-0 3-5", "0-0", "0-0 3-5"),  # far away, but both words are free
        ("0-0 1-1 0-1", "0-0 1-1", "0-0 1-1"),  # both words have better links
        ("", "", ""),
    ],
)
def test_symmetrise(forward: str, backward: str, links: str) -> None:
    assert symmetrise(parse_links(forward), parse_links(backward)) == parse_links(links)


@pytest.mark.parametrize(
    ("found", "gold", "rate"),
    [
        (["0-0 1-1"], ["0-0 1-1"], 0.0),
        (["0-1 1-0"], ["0-0 1-1"], 1.0),
        (["0-0"], ["0-0 1-1"], 1 - 2 / 3),
        (["0-0 1-1", "0-0 0-1"], ["0-0 1-1", "0-0"], 1 - 6 / 7),
    ],
)
def test_error_rate(found: list[str], gold: list[str], rate: float) -> None:
    assert error_rate([parse_links(f) for f in found], [parse_links(g) for g in gold]) == pytest.approx(rate)


def test_pharaoh_format_comes_back() -> None:
    assert format_links(parse_links("2-1 0-0 10-3")) == "0-0 2-1 10-3"


@pytest.mark.parametrize(("word", "seen"), [("«Переговори»,", "перег"), ("NATO’s", "nato’"), ("—", "—"), ("!", "!")])
def test_stem(word: str, seen: str) -> None:
    assert stem(word) == seen


def test_attention_becomes_word_links() -> None:
    # source words 0 0 1 in pieces, target words 0 1 1
    attention = [[0.4, 0.4, 0.2], [0.1, 0.1, 0.8], [0.3, 0.3, 0.4]]
    assert scoring.attention_links(attention, [0, 0, 1], [0, 1, 1]) == {(0, 0), (1, 1)}


def test_the_gold_pairs_are_whole() -> None:
    pairs = scoring.read_gold(GOLD)
    assert len(pairs) == 100
    for source, target, links in pairs:
        assert links
        assert max(s for s, _ in links) < len(source.split())
        assert max(t for _, t in links) < len(target.split())
