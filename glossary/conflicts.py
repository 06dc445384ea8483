"""Where a glossary contradicts itself, so that an editor sees it before a reader does."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from glossary.inflection.base import comparable
from glossary.inflection.fr import source_forms
from glossary.normalise import coarse, fine
from glossary.terms import CaseRule, Term


class Kind(StrEnum):
    """What is wrong."""

    SAME_SOURCE = "same source"  # two entries for one French text, and nothing tells when which holds
    SHARED_FORM = "shared form"  # an inflected or variant spelling of one entry is another's
    FORBIDDEN_ELSEWHERE = "forbidden elsewhere"  # one entry prefers or admits what another forbids
    FORBIDDEN_ITSELF = "forbidden itself"  # one entry accepts and forbids the same text
    NO_PREFERRED = "no preferred"  # a language has admitted or forbidden renderings only


@dataclass(frozen=True)
class Conflict:
    """A contradiction between `terms` (one or more) about `text`; ``language`` is empty for the French side."""

    kind: Kind
    terms: tuple[Term, ...]
    text: str
    language: str = ""


def conflicts(terms: Iterable[Term]) -> list[Conflict]:
    """All contradictions among the active terms, French side first."""
    active = [term for term in terms if term.active]
    return [*_shared_sources(active), *_forbidden(active), *_unpreferred(active)]


def _shared_sources(terms: list[Term]) -> list[Conflict]:
    places: dict[str, dict[str, Term]] = defaultdict(dict)
    for term in terms:
        for form in source_forms(term):
            exact = term.case is not CaseRule.ANY
            places[fine(form.text) if exact else coarse(form.text)][term.key] = term
    found: dict[tuple[str, ...], Conflict] = {}
    for spelling, of_spelling in places.items():
        together = tuple(of_spelling.values())
        if len(together) > 1 and _can_meet(together):
            same = len({fine(t.source).lower() for t in together}) == 1
            kind = Kind.SAME_SOURCE if same else Kind.SHARED_FORM
            found.setdefault(tuple(of_spelling), Conflict(kind, together, spelling))
    return list(found.values())


def _can_meet(terms: tuple[Term, ...]) -> bool:
    """Whether some article can have more than one of the terms: their topics overlap, or one has none."""
    for n, term in enumerate(terms):
        for other in terms[n + 1 :]:
            if not term.topics or not other.topics or set(term.topics) & set(other.topics):
                return True
    return False


def _forbidden(terms: list[Term]) -> list[Conflict]:
    accepted: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in terms:
        for language in {r.language for r in term.renderings}:
            for rendering in term.accepted(language):
                accepted[language, comparable(rendering.text)].append(term)
    found = []
    for term in terms:
        for language in sorted({r.language for r in term.renderings}):
            for rendering in term.forbidden(language):
                for other in accepted[language, comparable(rendering.text)]:
                    kind = Kind.FORBIDDEN_ITSELF if other.key == term.key else Kind.FORBIDDEN_ELSEWHERE
                    found.append(
                        Conflict(kind, tuple({t.key: t for t in (term, other)}.values()), rendering.text, language)
                    )
    return found


def _unpreferred(terms: list[Term]) -> list[Conflict]:
    return [
        Conflict(Kind.NO_PREFERRED, (term,), term.source, language)
        for term in terms
        for language in sorted({r.language for r in term.renderings})
        if term.preferred(language) is None
    ]
