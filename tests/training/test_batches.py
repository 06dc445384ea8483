from collections.abc import Sequence
from itertools import islice

import numpy as np
import pytest

from training.alignment import parse_links
from training.batches import END, START, Example, collate, cut, draw, epochs, guide, link_array
from training.tokenizer import Encoded, word_numbers


def encoded(ids: Sequence[int], words: Sequence[int]) -> Encoded:
    return Encoded(np.array(ids, np.int32), np.array(words, np.int16))


def example(source: int, target: int, weight: float = 1.0, links: str = "") -> Example:
    """Pieces numbered from 3, one a word."""
    return Example(
        encoded(range(3, 3 + source), range(source)),
        encoded(range(3, 3 + target), range(target)),
        link_array(parse_links(links)),
        weight,
    )


MANY = [example(1 + index % 13, 1 + index % 17, weight=[1, 0.3, 2.5][index % 3]) for index in range(300)]


@pytest.mark.parametrize(
    ("pieces", "numbers"),
    [(["▁Na", "to", "▁is"], [0, 0, 1]), (["x", "▁is", "."], [0, 1, 1]), (["▁", "«", "▁a"], [0, 0, 1])],
)
def test_word_numbers(pieces: list[str], numbers: list[int]) -> None:
    assert word_numbers(pieces) == numbers


def test_guide_spreads_over_the_pieces_of_a_word() -> None:
    pair = Example(encoded([3, 4, 5], [0, 0, 1]), encoded([3, 4, 5], [0, 1, 1]), link_array(parse_links("0-1")), 1.0)
    assert guide(pair).tolist() == [[0, 0, 0], [0.5, 0.5, 0], [0.5, 0.5, 0]]


def test_collate_pads_and_shifts() -> None:
    batch = collate([example(2, 1), example(1, 3, links="0-2")])
    assert batch.source.tolist() == [[3, 4], [3, END]]
    assert batch.source_mask.tolist() == [[True, True], [True, False]]
    assert batch.target_in.tolist() == [[START, 3, END, END], [START, 3, 4, 5]]
    assert batch.target_out.tolist() == [[3, END, END, END], [3, 4, 5, END]]
    assert batch.target_mask.sum(1).tolist() == [2, 4]
    assert batch.guide[1, 2].tolist() == [1, 0]
    assert batch.guide.sum() == 1


def test_batches_keep_to_their_size_and_lose_nothing() -> None:
    batches = list(cut(MANY, 100, np.random.default_rng(1)))
    assert all(len(batch) * (1 + max(len(e.target.ids) for e in batch)) <= 100 for batch in batches)
    assert sorted(map(id, MANY)) == sorted(id(e) for batch in batches for e in batch)


def test_weights_are_repetitions_and_chances() -> None:
    drawn = draw(MANY, np.random.default_rng(1))
    counts = [sum(e is one for e in drawn) for one in MANY[:3]]
    assert counts[0] == 1
    assert counts[1] in {0, 1}
    assert counts[2] in {2, 3}
    assert len(drawn) == pytest.approx(sum(e.weight for e in MANY), rel=0.1)


def test_a_resumed_run_sees_the_same_batches() -> None:
    whole = list(islice(epochs(MANY, 200, seed=3), 60))
    resumed = list(islice(epochs(MANY, 200, seed=3, skip=45), 15))
    assert all((a.source == b.source).all() for a, b in zip(whole[45:], resumed, strict=True))
    other = list(islice(epochs(MANY, 200, seed=4), 60))
    assert any(
        a.source.shape != b.source.shape or (a.source != b.source).any() for a, b in zip(whole, other, strict=True)
    )
