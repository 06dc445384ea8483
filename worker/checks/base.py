"""What a check is: it reads a source and its translation and may raise flags; it never changes a text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

from corpus.spans import Span
from worker.checks.sentences import sentence


class Severity(StrEnum):
    """How much a flag asks of the editor: an error is wrong, a warning is to be looked at, info may be ignored."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Flag:
    """Something to look at. ``span`` lies in the target, ``source`` in the source; either may be missing.

    ``params`` fill the places of the sentence for ``code``; they are strings, so that a flag can be stored as JSON.
    """

    code: str
    span: Span | None = None
    severity: Severity = Severity.WARNING
    params: dict[str, str] = field(default_factory=dict)
    source: Span | None = None

    def sentence(self, language: str) -> str:
        """What is wrong, in the language of the interface (fr, en, uk)."""
        return sentence(self.code, self.params, language)

    def as_dict(self) -> dict[str, Any]:
        """JSON-able; `worker.checks.sentence(code, params, language)` gives the stored flag's sentence."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "source": list(self.source) if self.source else None,
            "target": list(self.span) if self.span else None,
            "params": self.params,
        }


@dataclass(frozen=True)
class Context:
    """What is known beyond the two texts.

    ``score``: the model's mean log probability of a token of this target; ``scores``: of all targets translated along
    with it. ``kind``: the block's (headline, paragraph…). ``kept``: stretches that rightly stay as in the source, such
    as names that the glossary keeps.
    """

    score: float | None = None
    scores: tuple[float, ...] = ()
    kind: str = "paragraph"
    kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A French source and its translation; ``language`` is the translation's."""

    source: str
    target: str
    language: str

    @cached_property
    def folded_source(self) -> str:
        """The source without case, apostrophes and spaces unified, character for character."""
        return fold(self.source)

    @cached_property
    def folded_target(self) -> str:
        """The target, likewise."""
        return fold(self.target)


class Check(Protocol):
    """One check, one module."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The flags it may raise."""
        ...

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:
        """What this check has to say of a pair whose texts both hold something."""
        ...


_FOLD = {ord(c): "'" for c in "’ʼ‘`´′\u02bb"} | {ord(c): " " for c in "\u00a0\u2007\u2009\u202f\t\n"}
_FOLD |= {ord(c): "-" for c in "\u2010\u2011"}


def fold(text: str) -> str:
    """Text for comparison, character for character: lower case, one apostrophe, one space, one hyphen."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(_FOLD)
