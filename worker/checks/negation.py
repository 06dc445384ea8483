"""Negation: « ne … pas » that the translation lost, “not” that the source does not say."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from corpus.spans import Span
from worker.checks.base import Context, Flag, Pair, Severity
from worker.checks.lexicon import Lexicon, Mention

# « ne … que » and the « ne » after “avant que”, “craindre que” deny nothing, so the second half must be there too.
_FRENCH = re.compile(
    r"\b(?:ne |n')(?:[^.;:!?]{1,40}?\b)?(pas|plus(?! d'un| de \d)|jamais|aucun|aucune|nullement|guère|ni)\b"
    r"(?! (?:que|qu'|moins|seulement|le même|la même|mieux|coutume|étrang\w+)\b)"
)
# How far off, in lengths of the sentence, its counterpart may stand. Measured on human pairs with negations taken out
# and put in: a nearer limit finds more and cries wolf more often (decision 402).
_REACH = 0.35


class Negation:
    """Flags a denial where the other side, about there, has no word of denial, refusal, lack or limit."""

    codes = ("negation_lost", "negation_invented")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        source = _lexicon().mentions(pair.folded_source, "fr")
        target = _lexicon().mentions(pair.folded_target, pair.language)
        lengths = len(pair.source), len(pair.target)
        for match in _FRENCH.finditer(pair.folded_source):
            span = Span(*match.span())
            if not _answered(span, target, *lengths):
                yield Flag("negation_lost", None, Severity.WARNING, {"word": span.of(pair.source)}, span)
        for mention in target:
            if mention.names and not _answered(mention.span, source, *reversed(lengths)):
                word = mention.span.of(pair.target)
                yield Flag("negation_invented", mention.span, Severity.WARNING, {"word": word})


def _answered(span: Span, others: list[Mention], length: int, other_length: int) -> bool:
    """Whether a mention in the other text, of `other_length`, stands about where `span` does in its own."""
    first, last = span.start / length - _REACH, span.end / length + _REACH
    return any(first <= other.span.start / other_length <= last for other in others)


@cache
def _lexicon() -> Lexicon:
    return Lexicon(Path(__file__).parent / "negation.toml")
