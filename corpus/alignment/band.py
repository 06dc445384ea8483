"""The band of the lattice worth looking at, from anchors: pairs of sentences that share rare tokens."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from corpus.alignment.evidence import Channel, Floats
from corpus.alignment.lattice import Band
from corpus.alignment.tokens import Ints, Tokens

WHOLE = 160  # texts up to this length are looked at whole
_RARE = 3  # a token in more sentences than this anchors nothing
_SUPPORT = 1.0  # an anchor needs this weight of shared rare tokens (one that is unique on both sides weighs 1)
_MARGIN = 10  # sentences beside the line through the anchors, or beside an alignment to be bettered
_DRIFT = 40  # the most that a stretch without anchors adds to the margin
_CELLS = 1_000_000  # nodes held in memory at the most


def band(channel: Channel, lengths: tuple[Floats, Floats]) -> Band:
    """Everything for a short text; else a strip of bounded width along the anchors, so that cost grows linearly.

    `lengths`: characters of each sentence, by which places between two anchors are interpolated.
    """
    rows, columns = len(channel.source) + 1, len(channel.target) + 1
    if columns <= WHOLE:
        return Band(np.zeros(rows, dtype=np.int64), columns, rows, columns)
    knots = [(0, 0), *anchors(channel.source, channel.target), (rows - 1, columns - 1)]
    centre, radius = _line(knots, lengths)
    width = int(min(2 * radius.max() + 1, max(_CELLS // rows, 4 * _MARGIN), columns))
    low = np.clip(np.round(centre).astype(np.int64) - width // 2, 0, columns - width)
    low[0], low[-1] = 0, columns - width
    return Band(_connected(low, width - _MARGIN // 2), width, rows, columns)


def narrowed(wide: Band, nodes: Sequence[tuple[int, int]]) -> Band:
    """The strip along an alignment found before, given as the nodes it leads through."""
    if wide.width <= 4 * _MARGIN:
        return wide
    first = np.full(wide.rows, wide.columns)
    last = np.zeros(wide.rows, dtype=np.int64)
    for i, j in nodes:
        first[i], last[i] = min(first[i], j), max(last[i], j)
    first = np.minimum.accumulate(first[::-1])[::-1]  # rows inside a bead: where the next one starts
    width = int(min(max((last - first).max(), 0) + 2 * _MARGIN + 1, wide.width))
    low = np.clip(first - _MARGIN, 0, wide.columns - width)
    low[0], low[-1] = 0, wide.columns - width
    return Band(_connected(low, width - _MARGIN // 2), width, wide.rows, wide.columns)


def _connected(low: Ints, step: int) -> Ints:
    """The same, never falling and never rising by more than `step` a row, so that a path leads through the band."""
    low = np.maximum.accumulate(low)
    along = np.arange(len(low)) * step
    low = np.minimum.accumulate(low - along) + along  # no faster than `step` from the left …
    joined: Ints = np.maximum(low, low[-1] - along[::-1])  # … and in time for the last row
    return joined


def anchors(source: Tokens, target: Tokens) -> list[tuple[int, int]]:
    """Pairs (i, j) of sentences, growing in both, with the greatest weight of shared rare tokens."""
    votes: dict[tuple[int, int], float] = defaultdict(float)
    theirs = _places(target)
    for token, mine in _places(source).items():
        others = theirs.get(token, ())
        for i in mine:
            for j in others:
                votes[i, j] += 1.0 / (len(mine) * len(others))
    return _chain([(i, j, weight) for (i, j), weight in sorted(votes.items()) if weight >= _SUPPORT])


def _places(tokens: Tokens) -> dict[int, list[int]]:
    """The sentences of each rare token."""
    places: dict[int, list[int]] = defaultdict(list)
    for k in range(len(tokens)):
        for token in set(tokens.of(k, k + 1).tolist()):
            places[token].append(k)
    return {token: where for token, where in places.items() if len(where) <= _RARE}


def _chain(pairs: list[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The heaviest chain that grows in both numbers; `pairs` sorted by (i, j). O(n log n)."""
    ends: list[int] = []  # j of the chain's last pair, growing; weights[k] is the heaviest chain ending at or before it
    weights: list[float] = []
    heads: list[int] = []
    back = [-1] * len(pairs)
    pending: list[tuple[int, float, int]] = []
    row = -1
    for number, (i, j, weight) in enumerate(pairs):
        if i != row:
            _settle(pending, ends, weights, heads)
            row = i
        k = bisect_left(ends, j) - 1
        back[number] = heads[k] if k >= 0 else -1
        pending.append((j, weight + (weights[k] if k >= 0 else 0.0), number))
    _settle(pending, ends, weights, heads)
    chain = []
    number = heads[-1] if heads else -1
    while number >= 0:
        chain.append(pairs[number][:2])
        number = back[number]
    return chain[::-1]


def _settle(pending: list[tuple[int, float, int]], ends: list[int], weights: list[float], heads: list[int]) -> None:
    """Enters a row's chains: only those heavier than every chain that ends earlier are kept."""
    for j, weight, number in pending:
        k = bisect_left(ends, j)
        if k and weights[k - 1] >= weight:
            continue
        while k < len(ends) and weights[k] <= weight:
            del ends[k], weights[k], heads[k]
        if k < len(ends) and ends[k] == j:
            continue
        ends.insert(k, j)
        weights.insert(k, weight)
        heads.insert(k, number)
    pending.clear()


def _line(knots: list[tuple[int, int]], lengths: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Of each row, the column where the line through the knots passes, and how far from it the truth may be."""
    done = [np.concatenate([[0.0], np.cumsum(side)]) for side in lengths]
    centre = np.zeros(len(done[0]))
    radius = np.zeros(len(done[0]))
    for (i, j), (k, m) in pairwise(knots):
        share = (done[0][i : k + 1] - done[0][i]) / max(done[0][k] - done[0][i], 1.0)
        at = done[1][j] + share * (done[1][m] - done[1][j])
        places: Ints = np.searchsorted(done[1][j : m + 1], at, side="left") + j
        centre[i : k + 1] = np.minimum(places, m)
        radius[i : k + 1] = _MARGIN + abs((k - i) - (m - j)) + min(max(k - i, m - j) / 4, _DRIFT)
    return centre, radius
