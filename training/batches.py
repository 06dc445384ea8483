"""Training text as arrays, and its batches: of one seed, the same in every run and after every resumption."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.alignment import Links, parse_links
from training.origins import Origin, origin_of
from training.pairs import Pair, read_pairs
from training.tokenizer import MODEL, SOURCE_VOCABULARY, TARGET_VOCABULARY, Encoded, Tokenizer

START, END = 1, 2
MAX_SIDE = 160  # pieces; longer pairs are left out: attention costs their square
POOL = 100  # batches sorted by length together, so that a batch holds sentences of like length


@dataclass(frozen=True)
class Example:
    """One encoded pair with its word links [links, 2]; `weight` is how often an epoch sees it."""

    source: Encoded
    target: Encoded
    links: np.ndarray  # int16
    weight: float


@dataclass(frozen=True)
class Batch:
    """Arrays of one step. B sentences, S source pieces, T target pieces with the end token.

    source [B, S], source_mask [B, S]; target_in [B, T] (from the start token), target_out [B, T] (to the end token),
    target_mask [B, T]; guide [B, T, S]: for each target piece a distribution over source pieces, or zeros.
    """

    source: np.ndarray
    source_mask: np.ndarray
    target_in: np.ndarray
    target_out: np.ndarray
    target_mask: np.ndarray
    guide: np.ndarray


def load(folder: Path, name: str, origins: dict[str, Origin]) -> list[Example]:
    """The run's set `name` (train or dev) encoded; links are read from NAME.links where `align` wrote them."""
    pairs = [Pair(*pair) for pair in read_pairs(folder / f"{name}.tsv", "source", "target")]
    source = Tokenizer(folder / MODEL, folder / SOURCE_VOCABULARY).encode([pair.source for pair in pairs])
    target = Tokenizer(folder / MODEL, folder / TARGET_VOCABULARY).encode([pair.target for pair in pairs])
    written = folder / f"{name}.links"
    lines = written.read_text(encoding="ascii").splitlines() if written.exists() else [""] * len(pairs)
    return [
        Example(one, other, link_array(parse_links(line)), origin_of(pair.origin, origins).weight)
        for pair, one, other, line in zip(pairs, source, target, lines, strict=True)
        if 0 < len(one.ids) <= MAX_SIDE and 0 < len(other.ids) <= MAX_SIDE
    ]


def link_array(links: Links) -> np.ndarray:
    """Links as (source word, target word) rows, [links, 2]."""
    return np.array(sorted(links), np.int16).reshape(-1, 2)


def guide(example: Example) -> np.ndarray:
    """The links as distributions over source pieces, one row a target piece, [T, S]; rows without a link are zero."""
    words = np.zeros((example.target.words[-1] + 1, example.source.words[-1] + 1), np.float32)
    source, target = example.links.T
    words[target, source] = 1
    pieces = words[example.target.words][:, example.source.words]
    shares: np.ndarray = pieces / np.maximum(pieces.sum(1, keepdims=True), 1)
    return shares


def collate(examples: Sequence[Example]) -> Batch:
    """Pad the examples of one step into arrays."""
    sources = max(len(example.source.ids) for example in examples)
    targets = max(len(example.target.ids) for example in examples) + 1
    count = len(examples)
    source = np.full((count, sources), END, np.int64)
    target_in = np.full((count, targets), END, np.int64)
    target_out = np.full((count, targets), END, np.int64)
    source_mask = np.zeros((count, sources), bool)
    target_mask = np.zeros((count, targets), bool)
    guides = np.zeros((count, targets, sources), np.float32)
    for row, example in enumerate(examples):
        s, t = len(example.source.ids), len(example.target.ids)
        source[row, :s], source_mask[row, :s] = example.source.ids, True
        target_in[row, : t + 1] = [START, *example.target.ids]
        target_out[row, : t + 1] = [*example.target.ids, END]
        target_mask[row, : t + 1] = True
        guides[row, :t, :s] = guide(example)
    return Batch(source, source_mask, target_in, target_out, target_mask, guides)


def draw(examples: Sequence[Example], rng: np.random.Generator) -> list[Example]:
    """One epoch in random order: whole weights are repetitions, the fraction left is a chance."""
    weights = np.array([example.weight for example in examples])
    counts = np.floor(weights).astype(int) + (rng.random(len(weights)) < weights % 1)
    indices = np.repeat(np.arange(len(examples)), counts)
    rng.shuffle(indices)
    return [examples[int(index)] for index in indices]


def cut(examples: Sequence[Example], pieces: int, rng: np.random.Generator | None = None) -> Iterator[list[Example]]:
    """Batches of at most `pieces` padded target pieces, of like length, in random order within their pool."""
    average = sum(len(example.target.ids) for example in examples) / max(len(examples), 1)
    pool = max(1, int(POOL * pieces / max(average, 1)))
    for start in range(0, len(examples), pool):
        ordered = sorted(examples[start : start + pool], key=lambda e: (len(e.target.ids), len(e.source.ids)))
        batches: list[list[Example]] = []
        batch: list[Example] = []
        longest = 0
        for example in ordered:
            longest = max(longest, len(example.target.ids) + 1)
            if batch and longest * (len(batch) + 1) > pieces:
                batches.append(batch)
                batch, longest = [], len(example.target.ids) + 1
            batch.append(example)
        if batch:
            batches.append(batch)
        for index in rng.permutation(len(batches)) if rng else range(len(batches)):
            yield batches[index]


def epochs(examples: Sequence[Example], pieces: int, seed: int, skip: int = 0) -> Iterator[Batch]:
    """Batches without end, from number `skip` on: a run that was resumed goes on where it stopped."""
    epoch = 0
    while True:
        rng = np.random.default_rng([seed, epoch])
        for batch in cut(draw(examples, rng), pieces, rng):
            if skip:
                skip -= 1
            else:
                yield collate(batch)
        epoch += 1
