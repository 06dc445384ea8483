"""Log odds of sentence pairs from the tokens they share.

A token of one side is drawn, with probability `coverage`, from the other side of its bead (through a translation
table), else from the language at large, as in IBM model 1 with an empty word (Brown et al. 1993; Moore 2002 for
alignment). The odds against "unrelated" are then, a token,

    log(1 - coverage + coverage * p(token | other side) / p(token))

which are additive over the sentences of a side, dilute when the other side is padded with strangers, and cost little
where a rough translation is simply wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.alignment.tokens import Ints, Tokens

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """Translation probabilities: source token `s` has the entries ``starts[s]`` to ``starts[s + 1]``."""

    starts: Ints
    ids: Ints
    probs: Floats

    @classmethod
    def identity(cls, size: int) -> "Table":
        """Every token stands for itself."""
        return cls(np.arange(size + 1), np.arange(size), np.ones(size))

    def image(self, tokens: Ints, out: Floats) -> Ints:
        """Adds to `out` the probability of each target token given a token drawn from `tokens`; where it did so."""
        lengths = self.starts[tokens + 1] - self.starts[tokens]
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        places = np.repeat(self.starts[tokens] - ends + lengths, lengths) + np.arange(total)
        touched: Ints = self.ids[places]
        np.add.at(out, touched, self.probs[places] / max(len(tokens), 1))
        return touched


@dataclass(frozen=True)
class Direction:
    """One side explained by the other: ``given`` explains ``tokens`` through ``table``."""

    given: Tokens
    tokens: Tokens
    table: Table
    background: Floats  # probability of each token at large
    coverage: float
    weight: float  # below 1 because tokens of a sentence are not independent

    def odds(self, first: int, last: int, lo: int, hi: int, scratch: Floats) -> Floats:
        """Log odds of each sentence `lo`…`hi` given the sentences `first`…`last` of the other side."""
        touched = self.table.image(self.given.of(first, last), scratch)
        starts = self.tokens.starts[lo : hi + 1]
        ids = self.tokens.ids[starts[0] : starts[-1]]
        drawn = scratch[ids]
        scratch[touched] = 0.0
        hits = np.flatnonzero(drawn)  # most tokens of most sentences are not explained: no logarithm for them
        gains = np.zeros(len(ids) + 1)
        gains[hits + 1] = np.log1p(self.coverage / (1 - self.coverage) * drawn[hits] / self.background[ids[hits]])
        sums, ends = np.cumsum(gains), starts - starts[0]
        unexplained = np.log1p(-self.coverage) * (ends[1:] - ends[:-1])
        found: Floats = self.weight * (unexplained + sums[ends[1:]] - sums[ends[:-1]])
        return found

    def refined(self, beads: Sequence[tuple[slice, slice]], trust: float) -> "Direction":
        """With the coverage seen in `beads` (sentences given, sentences explained), one step of expectation
        maximisation from the old value, which weighs as much as `trust` tokens."""
        scratch = np.zeros(len(self.background))
        covered, total = trust * self.coverage, trust
        for given, explained in beads:
            touched = self.table.image(self.given.of(given.start, given.stop), scratch)
            ids = self.tokens.of(explained.start, explained.stop)
            drawn = self.coverage * scratch[ids] / self.background[ids]
            scratch[touched] = 0.0
            covered += float((drawn / (1 - self.coverage + drawn)).sum())
            total += len(ids)
        return replace(self, coverage=min(covered / total, 0.95))


def background(tokens: Tokens, size: int) -> Floats:
    """Relative frequencies, one occurrence added to each token so that a short text is not believed too much."""
    counts = tokens.frequencies(size) + 1.0
    shares: Floats = counts / counts.sum()
    return shares


@dataclass(frozen=True)
class Channel:
    """One kind of token, compared both ways. The odds of a bead are the mean of the two."""

    source: Tokens
    target: Tokens
    forward: Direction
    backward: Direction

    def refined(self, beads: Sequence[tuple[slice, slice]], trust: float) -> "Channel":
        """With the coverages seen in `beads` (source sentences, target sentences)."""
        return replace(
            self,
            forward=self.forward.refined(beads, trust),
            backward=self.backward.refined([(theirs, mine) for mine, theirs in beads], trust),
        )

    def taught(self, there: Table, back: Table) -> "Channel":
        """With learned translations."""
        return replace(self, forward=replace(self.forward, table=there), backward=replace(self.backward, table=back))

    @classmethod
    def build(cls, source: Tokens, target: Tokens, size: int, *, coverage: float, weight: float) -> "Channel":
        """Tokens of one vocabulary of `size`, each standing for itself."""
        same = Table.identity(size)
        return cls(
            source,
            target,
            Direction(source, target, same, background(target, size), coverage, weight / 2),
            Direction(target, source, same, background(source, size), coverage, weight / 2),
        )
