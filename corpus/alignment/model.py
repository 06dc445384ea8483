"""The score of every bead in the band: prior + lengths + shared tokens + paragraph starts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.alignment.base import Side
from corpus.alignment.evidence import Channel, Direction, Floats
from corpus.alignment.lattice import NEVER, Band, Edges, Shape
from corpus.alignment.lengths import Lengths
from corpus.alignment.tokens import Ints

# Shares of bead shapes in news translated by hand, near Gale & Church's counts.
PRIORS: dict[Shape, float] = {
    (1, 1): 0.86,
    (1, 0): 0.01,
    (0, 1): 0.01,
    (1, 2): 0.045,
    (2, 1): 0.045,
    (2, 2): 0.01,
    (1, 3): 0.005,
    (3, 1): 0.005,
    (2, 3): 0.002,
    (3, 2): 0.002,
    (1, 4): 0.002,
    (4, 1): 0.002,
}
_MOST = max(max(shape) for shape in PRIORS)
_FREE = -7.0  # log share of beads so freely translated that no words are shared
_TOGETHER = 1.5  # log odds that both texts begin a paragraph at a true boundary of beads
_ALONE = -1.0  # that only one does
_INSIDE = -3.0  # that a bead runs over the start of a paragraph


@dataclass(frozen=True)
class Model:
    """What the scores rest on. Re-estimated from the first alignment."""

    lengths: Lengths
    channels: Sequence[Channel]
    priors: dict[Shape, float]


def characters(side: Side) -> Floats:
    """Letters of each sentence without white space at the ends."""
    return np.array([len(s.strip()) for s in side.sentences], dtype=np.float64)


def edges(source: Side, target: Side, band: Band, model: Model) -> Edges:
    """Log odds of all beads in the band against "all sentences are unrelated"."""
    columns = band.low[:, None] + np.arange(band.width)
    lexical = _lexical(model.channels, band)
    starts = _Starts(source, target, band)
    scores: dict[Shape, Floats] = {}
    for shape, share in model.priors.items():
        a, b = shape
        valid = (np.arange(band.rows)[:, None] + a < band.rows) & (columns + b < band.columns)
        score = np.log(share) + starts.odds(shape, columns)
        if a and b:
            valid &= ~(_blanks(source, a, band.rows)[:, None] | _blanks(target, b, band.columns + band.width)[columns])
            score = score + lexical[shape] + _lengths(source, target, model.lengths, shape, columns)
        scores[shape] = np.where(valid, score, NEVER)
    return Edges(band, scores)


def _spans(values: Floats, size: int, total: int) -> Floats:
    """Sum of `size` values from each of `total` places on; past the end counts as nothing."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(total)
    found: Floats = sums[np.minimum(at + size, len(values))] - sums[np.minimum(at, len(values))]
    return found


def _blanks(side: Side, size: int, total: int) -> NDArray[np.bool_]:
    """Whether one of `size` sentences from each place on is blank: a blank line is a bead of its own."""
    blank = np.array([not sentence.strip() for sentence in side.sentences], dtype=np.float64)
    found: NDArray[np.bool_] = _spans(blank, size, total) > 0
    return found


def _lengths(source: Side, target: Side, lengths: Lengths, shape: Shape, columns: Ints) -> Floats:
    """Length odds of beads of `shape` out of each node."""
    here, there = characters(source), characters(target)
    rows = _spans(here, shape[0], len(columns))[:, None]
    longs = _spans(there, shape[1], len(there) + 1)[columns]
    at_large = _spans(lengths.background(there), shape[1], len(there) + 1)[columns]
    return lengths.odds(np.maximum(rows, 1.0), np.maximum(longs, 1.0), at_large, shape[1])


class _Starts:
    """Odds from paragraph starts, when both texts have some."""

    def __init__(self, source: Side, target: Side, band: Band) -> None:
        self.known = len(source.paragraphs) > 1 and len(target.paragraphs) > 1
        self.rows = np.array([i in source.paragraphs for i in range(band.rows)] + [True])
        self.columns = np.array([j in target.paragraphs for j in range(band.columns)] + [True])
        self.rows[band.rows - 1] = self.columns[band.columns - 1] = True  # the end of the text

    def odds(self, shape: Shape, columns: Ints) -> Floats:
        """For the node that an edge of `shape` leads to, and the starts it runs over."""
        found = np.zeros(columns.shape)
        if not self.known:
            return found
        a, b = shape
        rows = np.minimum(np.arange(len(columns)) + a, len(self.rows) - 1)
        ends = np.minimum(columns + b, len(self.columns) - 1)
        both = self.rows[rows][:, None].astype(int) + self.columns[ends]
        found += np.array([0.0, _ALONE, _TOGETHER])[both]
        for k in range(1, a):
            found += _INSIDE * self.rows[np.minimum(np.arange(len(columns)) + k, len(self.rows) - 1)][:, None]
        for k in range(1, b):
            found += _INSIDE * self.columns[np.minimum(columns + k, len(self.columns) - 1)]
        return found


def _lexical(channels: Sequence[Channel], band: Band) -> dict[Shape, Floats]:
    """Token odds of beads that have two sides."""
    sizes = range(1, _MOST + 1)
    by_source = {a: np.sum([_explained(c.forward, band, a) for c in channels], axis=0) for a in sizes}
    by_target = {b: np.sum([_explaining(c.backward, band, b) for c in channels], axis=0) for b in sizes}
    found = {}
    for a, b in PRIORS:
        if a and b:
            found[a, b] = np.logaddexp(_along(by_source[a], b) + _down(by_target[b], a, band), _FREE)
    return found


def _explained(direction: Direction, band: Band, size: int) -> Floats:
    """Odds of target sentence `low[i] + k` given source sentences `i` to `i + size`: an array [i, k]."""
    count = len(direction.given)
    scratch = np.zeros(len(direction.background))
    odds = np.zeros((band.rows, band.width))
    for i in range(count - size + 1):
        lo = int(band.low[i])
        hi = min(lo + band.width, band.columns - 1)
        if lo < hi:
            odds[i, : hi - lo] = direction.odds(i, i + size, lo, hi, scratch)
    return odds


def _explaining(direction: Direction, band: Band, size: int) -> Floats:
    """Odds of source sentence `i` given target sentences `low[i] + k` to `+ size`: an array [i, k]."""
    count = len(direction.given)
    scratch = np.zeros(len(direction.background))
    odds = np.zeros((band.rows, band.width))
    first = np.searchsorted(band.low + band.width, np.arange(count), side="right")
    last = np.minimum(np.searchsorted(band.low, np.arange(count), side="right"), band.rows - 1)
    for j in range(count - size + 1):
        lo, hi = int(first[j]), int(last[j])
        if lo < hi:
            odds[np.arange(lo, hi), j - band.low[lo:hi]] = direction.odds(j, j + size, lo, hi, scratch)
    return odds


def _along(odds: Floats, size: int) -> Floats:
    """Sum over `size` columns from each on."""
    total = odds.copy()
    for k in range(1, size):
        total[:, :-k] += odds[:, k:]
    return total


def _down(odds: Floats, size: int, band: Band) -> Floats:
    """Sum over `size` rows from each on, at the same target sentence."""
    total = odds.copy()
    places = np.arange(band.width)
    for k in range(1, size):
        shift = (band.low[:-k] - band.low[k:])[:, None] + places
        inside = (shift >= 0) & (shift < band.width)
        rows = np.arange(k, band.rows)[:, None]
        total[:-k] += np.where(inside, odds[rows, np.clip(shift, 0, band.width - 1)], 0.0)
    return total
