"""From attention over pieces to links between words.

The first decoder layer's attention of the starter packages was trained to be a word alignment (guided attention: Chen
et al., “Guided Alignment Training for Topic-Aware Neural Machine Translation”, 2016); other packages' is rougher.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.spans import Span
from glossary.enforcement.base import Link
from worker.engine.tokens import Tokens

_UNIT = re.compile(r"\w+|[^\w\s]")
_LEAST = 0.1  # a word looked at with less weight than this is not linked
_BESIDE_BEST = 0.4  # nor one with less than this part of the best one's weight


def links(source: Tokens, target: Tokens, attention: Sequence[Sequence[float]]) -> tuple[Link, ...]:
    """Links from each target word (or mark) to the source words it was made from, in the order of the target."""
    if not target.pieces or not source.pieces:
        return ()
    weights = np.asarray(attention, dtype=np.float64)[: len(target.pieces), : len(source.pieces)]
    source_units, target_units = units(source.text), units(target.text)
    over_source = _membership(source, source_units)
    over_target = _membership(target, target_units)
    over_target /= np.maximum(over_target.sum(axis=0), 1e-9)
    by_word = over_target.T @ weights @ over_source
    found = []
    for number, row in enumerate(by_word):
        least = max(_LEAST, _BESIDE_BEST * float(row.max(initial=0)))
        found += [Link(source_units[s], target_units[number], float(row[s])) for s in np.flatnonzero(row >= least)]
    return tuple(found)


def units(text: str) -> list[Span]:
    """Words and marks of a text."""
    return [Span(*match.span()) for match in _UNIT.finditer(text)]


def _membership(tokens: Tokens, words: Sequence[Span]) -> NDArray[np.float64]:
    """Matrix pieces × words: which share of a piece belongs to which word."""
    shares = np.zeros((len(tokens.pieces), len(words)))
    first = 0
    for number, span in enumerate(tokens.spans):
        while first < len(words) and words[first].end <= span.start:
            first += 1
        last = first
        while last < len(words) and words[last].start < max(span.end, span.start + 1):
            shares[number, last] = 1
            last += 1
    return np.asarray(shares / np.maximum(shares.sum(axis=1, keepdims=True), 1), dtype=np.float64)
