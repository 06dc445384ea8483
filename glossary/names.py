"""Names as terms: later mentions of a person by surname, and names that only contain another."""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.spans import Span
from glossary.terms import Rendering, Status, Term

_PARTICLES = frozenset(
    {"de", "da", "di", "du", "des", "von", "van", "der", "den", "dos", "al", "el", "bin", "ben", "le", "la"}
) | {"фон", "ван", "дер", "ден", "да", "де", "ді", "дос", "аль", "ель", "ас", "бен", "бін", "ла", "ле"}


def surname(name: str) -> str:
    """A person's name without given names: the last word with the particles before it."""
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[max(start, 0) :])


def short_of(term: Term) -> Iterator[Term]:
    """The same person by surname alone (« Zelensky »), as a term with the same key; the full name stays admitted."""
    if term.kind != "person" or " " not in term.source:
        return
    short = tuple(replace(r, text=surname(r.text), forms={}) for r in term.renderings)
    full = tuple(replace(r, status=Status.ADMITTED) for r in term.renderings if r.status is not Status.FORBIDDEN)
    yield replace(
        term,
        source=surname(term.source),
        variants=tuple(dict.fromkeys(surname(v) for v in term.variants)),
        renderings=short + full,
    )


_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0\u202f]$")


def stands_alone(text: str, span: Span, term: Term) -> bool:
    """Whether a name is not merely part of another name (« Brigitte Macron » is not Emmanuel Macron)."""
    if term.kind != "person" or " " in term.source:
        return True
    return True


def person_renderings(term: Term, language: str) -> tuple[Rendering, ...]:
    """Accepted renderings of a person."""
    return term.accepted(language)
