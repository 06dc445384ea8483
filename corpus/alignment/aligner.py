"""Align the sentences of a text with those of its translation."""

from collections.abc import Sequence

import numpy as np

from corpus.alignment.band import band
from corpus.alignment.base import Bead, Side
from corpus.alignment.evidence import Channel
from corpus.alignment.lattice import NEVER, Edges, best_path, posteriors
from corpus.alignment.lengths import Lengths
from corpus.alignment.lexicon import learn
from corpus.alignment.model import PRIORS, Model, characters, edges
from corpus.alignment.tokens import Tokens, Vocabulary, ngrams, stems

_RIGHT = 0.45  # a bead this probable is worth having: near half the F1 to be reached

STEM = dict(coverage=0.5, weight=0.3)
GRAM = dict(coverage=0.5, weight=0.12)
C_STEM = dict(coverage=0.2, weight=0.4)
C_GRAM = dict(coverage=0.2, weight=0.17)
PASSES = 3
RAW = False
LEX = True
NULLW = 1.0
NULLR = 0.45
PSEUDO = 100
FIRM = 0.7
TRUST = 200.0

def align(source: Side, target: Side, *, translation: Sequence[str] | None = None) -> list[Bead]:
    vocab = Vocabulary()
    told = translation is not None
    given = translation if told else source.sentences
    def channel(kind, **kw):
        v = Vocabulary()
        s = Tokens([v.numbers(kind(x)) for x in given]); t = Tokens([v.numbers(kind(x)) for x in target.sentences])
        return Channel.build(s, t, (len(v), len(v)), **kw)
    ch = [channel(stems, **(STEM if told else C_STEM)), channel(ngrams, **(GRAM if told else C_GRAM))]
    if told and RAW:
        given = source.sentences
        ch += [channel(stems, **C_STEM), channel(ngrams, **C_GRAM)]
    ls, lt = characters(source), characters(target)
    strip = band(ch[0], (ls, lt))
    lengths = Lengths.of(ls, lt)
    priors = PRIORS
    for p in range(PASSES):
        scored = edges(source, target, strip, Model(lengths, ch, priors))
        chances = posteriors(scored)
        path = best_path(Edges(strip, {s: np.where(scored.scores[s] > NEVER, c * (1 if all(s) else NULLW) - (_RIGHT if all(s) else NULLR), NEVER) for s, c in chances.scores.items()}))
        firm = [(slice(i, i + s[0]), slice(j, j + s[1])) for i, j, s in path if s[0] and s[1] and chances.scores[s][i, j - strip.low[i]] > FIRM]
        if LEX and p < PASSES - 1:
            c = ch[0]
            pairs = [(c.source.of(a.start, a.stop), c.target.of(b.start, b.stop)) for a, b in firm]
            size = len(c.forward.background)
            nt = Channel.build(c.source, c.target, (size, size), (learn(pairs, size), learn([(b, a) for a, b in pairs], size)), coverage=c.forward.coverage, weight=c.forward.weight * 2)
            ch = [nt, *ch[1:]]
        ch = [c.refined(firm, TRUST) for c in ch]
        good = [(i, j, s) for i, j, s in path if s == (1, 1) and chances.scores[s][i, j - strip.low[i]] > 0.8]
        lengths = lengths.refined(np.array([ls[i] for i, j, s in good]), np.array([lt[j] for i, j, s in good]))
        counts = {s: PSEUDO * v for s, v in PRIORS.items()}
        for i, j, s in path: counts[s] += 1
        tot = sum(counts.values())
        priors = {s: c / tot for s, c in counts.items()}
    return [Bead(tuple(range(i, i + s[0])), tuple(range(j, j + s[1])), float(chances.scores[s][i, j - strip.low[i]])) for i, j, s in path]
