"""Constrained decoding: the translation is kept up to the word where it turns to the term, the term is forced there,
and the engine finishes the sentence (target prefix decoding, as in interactive translation; Wuebker et al., 2016).
"""

from corpus.spans import Span
from glossary.enforcement import neighbours
from glossary.enforcement.base import Hypothesis, Link, Wanted
from glossary.enforcement.candidates import Candidate, cased
from glossary.enforcement.patch import patched


def prefix(text: str, place: Span, form: str, language: str) -> str:
    """What the translation must begin with, cut at words: all before `place`, then the form."""
    start = place.start
    begun = text[:start] + cased(form, text, place)
    beside = neighbours.edits(begun, Span(start, len(begun)), language)
    return patched(begun, (), beside)[0]


def finished(given: str, form: str, completion: Hypothesis, wanted: Wanted) -> Candidate | None:
    """The engine's completion as a candidate; None where it went on inside the form's last word or lost the form."""
    length = len(form)
    start = completion.text.find(given[-length:], max(0, len(given) - length - 3))
    if start < 0 or completion.text[start + length : start + length + 1].isalnum():
        return None
    span = Span(start, start + length)
    others = [link for link in completion.links if not link.target.overlaps(span)]
    return Candidate(
        completion.text, (*others, Link(wanted.span, span, 1.0)), span, span.of(completion.text), "constrained"
    )
