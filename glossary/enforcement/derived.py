"""Adjectives made from a place's name: «Київська область», “Ukrainian soil” render « la région de Kiev », « le sol de
l’Ukraine » as well as the name itself would, and often better.
"""

import re
from functools import lru_cache

from corpus.spans import Span
from glossary.terms import Rendering, Term

_SUFFIX = {"uk": r"\w{0,5}(?:ськ|зьк|цьк)\w{1,4}", "en": r"\w{0,2}(?:ian|an|ish|ese|ch|i)"}
_CHANGING_END = {"uk": 2, "en": 2}  # letters of the name that may change before the suffix: Одеса, одеський
_LEAST = 3  # letters that must stay


def adjectives_in(text: str, term: Term, language: str) -> list[tuple[Span, Rendering]]:
    """Words that are an adjective of a place's one-word name, by their shape."""
    if term.kind != "place":
        return []
    found = []
    for rendering in term.accepted(language):
        pattern = _pattern(rendering.text, language)
        if pattern:
            found += [(Span(*m.span()), rendering) for m in pattern.finditer(text)]
    return found


@lru_cache(maxsize=5000)
def _pattern(name: str, language: str) -> re.Pattern[str] | None:
    if not name.isalpha() or language not in _SUFFIX:
        return None
    stem = name[: max(_LEAST, len(name) - _CHANGING_END[language])]
    if len(name) < len(stem):
        return None
    first = f"[{stem[0].upper()}{stem[0].lower()}]" if language == "uk" else re.escape(stem[0])
    return re.compile(rf"(?<!\w){first}{re.escape(stem[1:])}{_SUFFIX[language]}(?!\w)")
