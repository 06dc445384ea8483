"""Word translations learned from beads believed right: IBM model 1 (Brown et al. 1993), as Moore (2002) uses it."""

from collections.abc import Iterable

import numpy as np

from corpus.alignment.evidence import Floats, Table
from corpus.alignment.tokens import Ints

_ROUNDS = 4
_SEEN = 2  # beads that two words must share before they are believed: a single one only repeats the first alignment
_LIKELY = 0.05  # translations rarer than this are dropped
_DOUBT = 2.0  # occurrences' worth of belief that a word stands for itself


def learn(beads: Iterable[tuple[Ints, Ints]], size: int) -> Table:
    """Probabilities of target tokens for each of `size` source tokens, mixed with identity by how much was seen."""
    pairs, tokens = _pairs(list(beads), size)
    keys, pair = np.unique(pairs, return_inverse=True)
    together = np.bincount(pair, minlength=len(keys))
    sources, targets = keys // size, keys % size
    chance = np.ones(len(keys))
    expected = together.astype(np.float64)
    for _ in range(_ROUNDS):
        weights = chance[pair]
        share = weights / np.maximum(np.bincount(tokens, weights=weights)[tokens], 1e-300)
        expected[:] = np.bincount(pair, weights=share, minlength=len(keys))
        chance = expected / np.maximum(np.bincount(sources, weights=expected, minlength=size)[sources], 1e-300)
    kept = (together >= _SEEN) & (chance >= _LIKELY)
    return _mixed(sources[kept], targets[kept], expected[kept], size)


def _pairs(beads: list[tuple[Ints, Ints]], size: int) -> tuple[Ints, Ints]:
    """Every (source token, target token) of each bead as one number, and which target occurrence it is for."""
    pairs, tokens, count = [], [], 0
    for source, target in beads:
        pairs.append((source[None, :] * size + target[:, None]).ravel())
        tokens.append(np.repeat(np.arange(count, count + len(target)), len(source)))
        count += len(target)
    none = np.zeros(0, dtype=np.int64)
    return np.concatenate([none, *pairs]), np.concatenate([none, *tokens])


def _mixed(sources: Ints, targets: Ints, expected: Floats, size: int) -> Table:
    """Expected counts and `_DOUBT` counts of identity, as one table."""
    sources = np.concatenate([sources, np.arange(size)])
    targets = np.concatenate([targets, np.arange(size)])
    counts = np.concatenate([expected, np.full(size, _DOUBT)])
    order = np.argsort(sources, kind="stable")
    totals = np.bincount(sources, weights=counts, minlength=size)
    starts = np.concatenate([[0], np.cumsum(np.bincount(sources, minlength=size))])
    return Table(starts, targets[order], (counts / totals[sources])[order])
