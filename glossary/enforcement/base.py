"""What enforcement works on, and the little it asks of a translation engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from corpus.spans import Span
from glossary.terms import Term


class Outcome(StrEnum):
    """How an occurrence of a term ended."""

    NATIVE = "native"
    ENFORCED = "enforced"
    VIOLATED = "violated"
    WAIVED = "waived"


@dataclass(frozen=True)
class Link:
    """The engine's attention, as a word alignment: this target stretch was made looking at this source stretch."""

    source: Span
    target: Span
    weight: float


@dataclass(frozen=True)
class Hypothesis:
    """One translation of one sentence. ``score`` is the mean log probability of a token (natural logarithm)."""

    text: str
    score: float
    links: tuple[Link, ...] = ()


class Engine(Protocol):
    """One leg of a route (fr→en, en→uk), batched. Lists are parallel to the sources."""

    def translate(self, sources: Sequence[str], n_best: int = 1) -> list[list[Hypothesis]]:
        """Up to `n_best` hypotheses each, best first, the first with links."""
        ...

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        """Mean log probability of a token of each given translation, without decoding."""
        ...

    def complete(self, sources: Sequence[str], prefixes: Sequence[str]) -> list[Hypothesis]:
        """Translations that begin with the given text, cut at a word's end, and go on as the engine would."""
        ...


@dataclass(frozen=True)
class Wanted:
    """An occurrence of a term in the text a leg translates. ``plural``: the source's number, None if it shows none."""

    term: Term
    span: Span
    plural: bool | None = None


@dataclass(frozen=True)
class Sentence:
    """What is to be enforced: a source, the engine's translation of it, and the terms found in the source."""

    source: str
    hypothesis: Hypothesis
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True)
class Hit:
    """One occurrence of a term, accounted for. Spans count in the leg's source and in the final target."""

    term: Term
    source: Span
    target: Span | None
    outcome: Outcome
    method: str = ""  # accept, alternative, replacement, constrained, or why it was violated
    form: str = ""
    score_before: float | None = None
    score_after: float | None = None
    proposal: str | None = None  # a whole target sentence for the editor, where a repair cost too much


@dataclass(frozen=True)
class Enforced:
    """A sentence after enforcement: one hit for each `Wanted`, in the same order."""

    text: str
    hits: tuple[Hit, ...]
    links: tuple[Link, ...]
    score: float
