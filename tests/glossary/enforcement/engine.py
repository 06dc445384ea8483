"""An engine that says what the test tells it to, for the traps that a real one falls into only now and then."""

import re
from collections.abc import Callable, Sequence

from corpus.spans import Span
from glossary.enforcement import Hypothesis, Link

_WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")


def linked(source: str, target: str, pairs: str) -> tuple[Link, ...]:
    """Links from word numbers, as in "0-0 1-2": source word, target word."""
    sources, targets = ([Span(*m.span()) for m in _WORD.finditer(t)] for t in (source, target))
    return tuple(Link(sources[int(s)], targets[int(t)], 1.0) for s, t in (p.split("-") for p in pairs.split()))


class ScriptedEngine:
    """``liked``: phrases and what a text gains or loses in score by holding them; every other text scores -1.

    ``complete`` continues a prefix; without it a prefix is finished by a full stop. ``others``: what `translate` gives.
    """

    def __init__(
        self,
        liked: dict[str, float] | None = None,
        complete: Callable[[str, str], str] | None = None,
        others: Sequence[str] = (),
    ) -> None:
        self.others = others
        self.liked = liked or {}
        self._complete = complete or (lambda source, prefix: f"{prefix}.")
        self.calls: list[tuple[str, int]] = []
        self.scored: list[str] = []

    def translate(self, sources: Sequence[str], n_best: int = 1) -> list[list[Hypothesis]]:
        self.calls.append(("translate", len(sources)))
        return [[Hypothesis(text, -1.0) for text in self.others] for _ in sources]

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        self.calls.append(("score", len(sources)))
        self.scored += targets
        return [-1.0 + sum(gain for phrase, gain in self.liked.items() if phrase in text) for text in targets]

    def complete(self, sources: Sequence[str], prefixes: Sequence[str]) -> list[Hypothesis]:
        self.calls.append(("complete", len(sources)))
        texts = [self._complete(s, p) for s, p in zip(sources, prefixes, strict=True)]
        return [Hypothesis(t, score) for t, score in zip(texts, self.score(sources, texts), strict=True)]
