"""Dynamic programming over the lattice of beads, inside a band of it.

A node (i, j) says that `i` source and `j` target sentences are done; a bead is an edge from there. The forward and
backward sums (as for hidden Markov models) give each bead's probability; the alignment chosen is the path with the
most expected right beads (Kay & Röscheisen's aim, found as Holmes & Durbin 1998 do), not merely the likeliest path.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.alignment.evidence import Floats
from corpus.alignment.tokens import Ints

NEVER = -np.inf
Shape = tuple[int, int]  # how many source and target sentences a bead takes


@dataclass(frozen=True)
class Band:
    """Which nodes are looked at: in row `i`, the columns ``low[i]`` to ``low[i] + width - 1``."""

    low: Ints
    width: int
    rows: int  # number of source sentences + 1
    columns: int

    def shift(self, row: int, shape: Shape) -> int:
        """Where an edge of `shape` from column index 0 of `row` lands among the column indices of its end row."""
        return int(self.low[row] + shape[1] - self.low[row + shape[0]])

    def overlap(self, row: int, shape: Shape) -> tuple[slice, slice]:
        """Column indices from which, and to which, edges of `shape` out of `row` lead inside the band."""
        shift = self.shift(row, shape)
        start, end = max(0, -shift), min(self.width, self.width - shift)
        if start >= end:
            return slice(0, 0), slice(0, 0)
        return slice(start, end), slice(start + shift, end + shift)


@dataclass(frozen=True)
class Edges:
    """Log scores of all beads: ``scores[shape][i, k]`` for the bead of `shape` out of node (i, low[i] + k)."""

    band: Band
    scores: dict[Shape, Floats]

    @property
    def downward(self) -> list[Shape]:
        """Shapes that take at least one source sentence."""
        return [shape for shape in self.scores if shape[0]]


def _run(values: Floats, steps: Floats, best: bool) -> Floats:
    """Each value joined by what comes along the row through 0-1 beads: ``steps[k]`` leads from `k` to `k + 1`."""
    along = np.concatenate([[0.0], np.cumsum(np.where(np.isfinite(steps[:-1]), steps[:-1], -1e9))])
    level = values - along
    joined = np.maximum.accumulate(level) if best else np.logaddexp.accumulate(level)
    out: Floats = joined + along
    return out


def forward(edges: Edges) -> Floats:
    """Log sum of all paths from the start to each node."""
    band = edges.band
    sums = np.full((band.rows, band.width), NEVER)
    sums[0, 0 - band.low[0]] = 0.0
    for row in range(band.rows):
        sums[row] = _run(sums[row], edges.scores[0, 1][row], best=False)
        for shape in edges.downward:
            if row + shape[0] < band.rows:
                out, into = band.overlap(row, shape)
                there = sums[row + shape[0]]
                there[into] = np.logaddexp(there[into], sums[row, out] + edges.scores[shape][row, out])
    return sums


def backward(edges: Edges) -> Floats:
    """Log sum of all paths from each node to the end."""
    band = edges.band
    sums = np.full((band.rows, band.width), NEVER)
    sums[-1, band.columns - 1 - band.low[-1]] = 0.0
    for row in range(band.rows - 1, -1, -1):
        here = sums[row]
        for shape in edges.downward:
            if row + shape[0] < band.rows:
                out, into = band.overlap(row, shape)
                here[out] = np.logaddexp(here[out], sums[row + shape[0], into] + edges.scores[shape][row, out])
        steps = edges.scores[0, 1][row]
        reverse = np.concatenate([steps[:-1][::-1], [NEVER]])
        sums[row] = _run(here[::-1], reverse, best=False)[::-1]
    return sums


def posteriors(edges: Edges) -> Edges:
    """The probability of every bead."""
    band = edges.band
    before, after = forward(edges), backward(edges)
    total = before[-1, band.columns - 1 - band.low[-1]]
    chances = {}
    for shape, scores in edges.scores.items():
        chance = np.zeros_like(scores)
        for row in range(band.rows - shape[0]):
            out, into = band.overlap(row, shape)
            logs = before[row, out] + scores[row, out] + after[row + shape[0], into] - total
            chance[row, out] = np.exp(np.minimum(logs, 0.0))
        chances[shape] = chance
    return Edges(band, chances)


def best_path(edges: Edges) -> list[tuple[int, int, Shape]]:
    """The path of greatest sum of scores, as (i, j, shape) beads in order."""
    band = edges.band
    best = np.full((band.rows, band.width), NEVER)
    came = np.full((band.rows, band.width), -1, dtype=np.int16)
    best[0, 0 - band.low[0]] = 0.0
    shapes = edges.downward
    for row in range(band.rows):
        along = _run(best[row], edges.scores[0, 1][row], best=True)
        came[row][along > best[row] + 1e-9] = len(shapes)
        best[row] = along
        for number, shape in enumerate(shapes):
            if row + shape[0] < band.rows:
                out, into = band.overlap(row, shape)
                offered = best[row, out] + edges.scores[shape][row, out]
                better = offered > best[row + shape[0], into]
                best[row + shape[0], into][better] = offered[better]
                came[row + shape[0], into][better] = number
    return _trace(band, came, [*shapes, (0, 1)])


def _trace(band: Band, came: NDArray[np.int16], shapes: list[tuple[int, int]]) -> list[tuple[int, int, Shape]]:
    path = []
    i, j = band.rows - 1, band.columns - 1
    while i or j:
        shape = shapes[came[i, j - band.low[i]]]
        i, j = i - shape[0], j - shape[1]
        path.append((i, j, shape))
    return path[::-1]
