"""Align the sentences of a text with those of its translation.

Three rounds of expectation maximisation over one lattice: each round scores the beads, takes their probabilities, and
learns from those believed right how long, how literal and in which words this translation is. No package, model or
network is needed; a rough translation of the source (Sennrich & Volk 2010), glossary pairs and remembered beads help.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.alignment.band import band, narrowed
from corpus.alignment.base import Bead, Side
from corpus.alignment.evidence import Channel
from corpus.alignment.lattice import NEVER, Band, Edges, Shape, best_path, posteriors
from corpus.alignment.lengths import Lengths
from corpus.alignment.lexicon import learn
from corpus.alignment.model import PRIORS, Model, characters, edges
from corpus.alignment.tokens import Ints, Tokens, Vocabulary, ngrams, stems
from corpus.errors import RelaisError

_ROUNDS = 3
_RIGHT = 0.45  # a bead this probable is worth having: about half the F1 to be reached
_FIRM = 0.7  # beads at least this probable are learned from
_PRIOR_BEADS = 25.0  # how many beads the prior shares of shapes weigh
_PRIOR_TOKENS = 200.0  # how many tokens the first guess of a coverage weighs
_COVERAGE = {True: 0.5, False: 0.2}  # share of words found on the other side: in a rough translation, in cognates alone
_WEIGHTS = {True: (0.3, 0.12), False: (0.4, 0.17)}  # of stems and character n-grams; their odds are not independent

Path = list[tuple[int, int, Shape]]
Pairs = list[tuple[slice, slice]]


def align(
    source: Side,
    target: Side,
    *,
    translation: Sequence[str] | None = None,
    glossary: Sequence[tuple[str, str]] = (),
    memory: Sequence[tuple[str, str]] = (),
) -> list[Bead]:
    """Beads that cover every sentence of both sides once, in order.

    `translation`: a rough translation of each source sentence into the target's language, from any engine.
    `glossary`: pairs of source term and target term. `memory`: pairs of sentences known to be translations.
    Raises `RelaisError` when the translation has not one line for each source sentence.
    """
    if translation is not None and len(translation) != len(source.sentences):
        raise RelaisError(
            "the rough translation has %(lines)d lines, the source has %(sentences)d",
            lines=len(translation),
            sentences=len(source.sentences),
        )
    if not source.sentences or not target.sentences:
        return [Bead((i,), (), 1.0) for i in range(len(source.sentences))] + [
            Bead((), (j,), 1.0) for j in range(len(target.sentences))
        ]
    given = _with_terms(source.sentences if translation is None else translation, source.sentences, glossary)
    return _Alignment(source, target, given, translation is not None, memory).beads()


def _with_terms(given: Sequence[str], sentences: Sequence[str], glossary: Sequence[tuple[str, str]]) -> list[str]:
    """What explains the target: each line with the target terms of the source terms found in its sentence."""
    terms = [(source.casefold(), target) for source, target in glossary]
    lines = []
    for line, sentence in zip(given, sentences, strict=True):
        lower = sentence.casefold()
        lines.append(" ".join([line, *(target for source, target in terms if source in lower)]))
    return lines


@dataclass
class _Round:
    """One alignment: the path, and each bead's probability."""

    path: Path
    chances: list[float]

    @property
    def firm(self) -> Pairs:
        """Sentences of the two-sided beads believed right."""
        return [
            (slice(i, i + a), slice(j, j + b))
            for (i, j, (a, b)), chance in zip(self.path, self.chances, strict=True)
            if a and b and chance >= _FIRM
        ]


class _Alignment:
    """The state of one call of `align`: what is known of this translation so far."""

    def __init__(
        self, source: Side, target: Side, given: list[str], told: bool, memory: Sequence[tuple[str, str]]
    ) -> None:
        self.source, self.target = source, target
        self.sizes = characters(source), characters(target)
        by_stem, by_gram = Vocabulary(), Vocabulary()
        self.known = [] if told else [_numbers(by_stem, pair) for pair in memory]
        self.stems = self._channel(by_stem, stems, given, told, _WEIGHTS[told][0])
        self.grams = self._channel(by_gram, ngrams, given, told, _WEIGHTS[told][1])
        self.lengths = Lengths.of(*self.sizes)
        self.priors = PRIORS
        self.words = self._learned([]) if self.known else self.stems
        self.band = band(self.stems, self.sizes)
        self.coarse = self.band.width < len(target.sentences)  # a long text: stems alone lead to a narrower band

    def _channel(
        self, vocabulary: Vocabulary, kind: Callable[[str], list[str]], given: list[str], told: bool, weight: float
    ) -> Channel:
        mine = Tokens([vocabulary.numbers(kind(line)) for line in given])
        theirs = Tokens([vocabulary.numbers(kind(line)) for line in self.target.sentences])
        return Channel.build(mine, theirs, len(vocabulary), coverage=_COVERAGE[told], weight=weight)

    def beads(self) -> list[Bead]:
        found = self._round()
        for _ in range(_ROUNDS - 1):
            self.band = narrowed(self.band, [(i, j) for i, j, _ in found.path])
            self.coarse = False
            self._refine(found)
            found = self._round()
        return [
            Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), chance)
            for (i, j, (a, b)), chance in zip(found.path, found.chances, strict=True)
        ]

    def _round(self) -> _Round:
        channels = (self.words,) if self.coarse else (self.words, self.grams)
        scored = edges(self.source, self.target, self.band, Model(self.lengths, channels, self.priors))
        chances = posteriors(scored)
        path = best_path(_worth(scored, chances))
        return _Round(path, [_chance(chances, self.band, bead) for bead in path])

    def _refine(self, found: _Round) -> None:
        """Lengths, shares of shapes, word translations and coverages, from the beads believed right."""
        firm = found.firm
        ones = [(i.start, j.start) for i, j in firm if i.stop - i.start == j.stop - j.start == 1]
        mine, theirs = (np.array([pair[side] for pair in ones], dtype=np.int64) for side in (0, 1))
        self.lengths = self.lengths.refined(self.sizes[0][mine], self.sizes[1][theirs])
        counts = {shape: _PRIOR_BEADS * share for shape, share in PRIORS.items()}
        for i, j, shape in found.path:
            if shape not in ((1, 0), (0, 1)) or self.sizes[shape[1]][(i, j)[shape[1]]]:  # a blank line tells nothing
                counts[shape] += 1.0
        total = sum(counts.values())
        self.priors = {shape: count / total for shape, count in counts.items()}
        self.words = self._learned(firm).refined(firm, _PRIOR_TOKENS)
        self.grams = self.grams.refined(firm, _PRIOR_TOKENS)

    def _learned(self, firm: Pairs) -> Channel:
        """Stems with the translations seen in the beads `firm` and in the memory."""
        mine, theirs = self.stems.source, self.stems.target
        seen = self.known + [(mine.of(i.start, i.stop), theirs.of(j.start, j.stop)) for i, j in firm]
        size = len(self.stems.forward.background)
        return self.stems.taught(learn(seen, size), learn([(b, a) for a, b in seen], size))


def _numbers(vocabulary: Vocabulary, pair: tuple[str, str]) -> tuple[Ints, Ints]:
    mine, theirs = (np.array(vocabulary.numbers(stems(text)), dtype=np.int64) for text in pair)
    return mine, theirs


def _worth(scored: Edges, chances: Edges) -> Edges:
    """Probabilities less what a bead must have to be worth choosing; impossible beads stay impossible."""
    return Edges(
        scored.band,
        {
            shape: np.where(scored.scores[shape] > NEVER, chance - _RIGHT, NEVER)
            for shape, chance in chances.scores.items()
        },
    )


def _chance(chances: Edges, band: Band, bead: tuple[int, int, Shape]) -> float:
    i, j, shape = bead
    return round(float(chances.scores[shape][i, j - band.low[i]]), 4)
