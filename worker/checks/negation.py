"""Negation: « ne … pas » that the translation lost, “not” that the source does not say."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from corpus.spans import Span
from worker.checks.base import Context, Flag, Pair, Severity
from worker.checks.lexicon import Lexicon

# « ne … que » and the « ne » after “avant que”, “craindre que” deny nothing, so the second half must be there too.
_FRENCH = re.compile(
    r"\b(?:ne |n')(?:[^.;:!?]{1,40}?\b)?(pas|plus|jamais|aucun|aucune|nullement|guère|ni)\b"
    r"(?! (?:que|qu'|moins|seulement|le même|la même|mieux|coutume|étrang\w+)\b)"
)


class Negation:
    """Flags only sentences where one side denies and the other holds no word of denial, refusal, lack or limit."""

    codes = ("negation_lost", "negation_invented")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        target = _lexicon().mentions(pair.folded_target, pair.language)
        said = _FRENCH.search(pair.folded_source)
        if said and not target:
            span = Span(*said.span())
            yield Flag("negation_lost", None, Severity.WARNING, {"word": span.of(pair.source)}, span)
        denied = next((mention for mention in target if mention.names), None)
        if denied and not _lexicon().mentions(pair.folded_source, "fr"):
            yield Flag("negation_invented", denied.span, Severity.WARNING, {"word": denied.span.of(pair.target)})


@cache
def _lexicon() -> Lexicon:
    return Lexicon(Path(__file__).parent / "negation.toml")
