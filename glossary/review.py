"""What became of a source's terms in a given translation, without any engine.

Used where a person wrote the target: by `glossary check --translation`, after an edit, for a sentence out of memory.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import ahocorasick

from corpus.spans import Span
from glossary.enforcement.accept import Found, assign, forbidden_in
from glossary.enforcement.base import Hit, Outcome, Wanted
from glossary.enforcement.government import Force, asked_for
from glossary.inflection import forms
from glossary.inflection.base import comparable
from glossary.inflection.uk_words import parses
from glossary.terms import Rendering, Term

ACCEPTED, FORBIDDEN, WRONG_CASE, WRONG_FORM, MISSING = "accept", "forbidden", "wrong case", "wrong form", "missing"
"""Why a hit is native, or violated: `Hit.method`."""


def locate(source: str, target: str, wanted: Sequence[Wanted], language: str) -> list[Hit]:  # noqa: ARG001 - contract
    """One hit for each occurrence, in order: native with its own target span, or violated with the reason.

    Two occurrences of a term need two forms in the target; more forms than occurrences are no fault. A violated hit's
    span is the forbidden or ill-formed stretch that stands in the term's place, None where nothing does.
    """
    assigned = assign(target, (), wanted, language)
    taken = [found.span for found in assigned if found]
    hits = []
    for occurrence, found in zip(wanted, assigned, strict=True):
        hit = _native(target, occurrence, found, language) if found else _violated(target, occurrence, taken, language)
        if hit.target:
            taken.append(hit.target)
        hits.append(hit)
    return hits


def candidates(term: Term, language: str) -> list[str]:
    """Renderings to offer for an occurrence: preferred first, then admitted."""
    return list(dict.fromkeys(rendering.text for rendering in term.accepted(language)))


def _native(target: str, occurrence: Wanted, found: Found, language: str) -> Hit:
    """Accepted, unless grammar certainly asks for another case («підтримує коаліція», «у Київ»)."""
    cases = frozenset(tag.split(".")[0] for tag in found.tags)
    wrong = language == "uk" and bool(cases) and _certainly_wrong(target, found.span.start, cases)
    outcome, method = (Outcome.VIOLATED, WRONG_CASE) if wrong else (Outcome.NATIVE, ACCEPTED)
    form = found.span.of(target)
    return Hit(occurrence.term, occurrence.span, found.span, outcome, method, form)


def _certainly_wrong(target: str, start: int, cases: frozenset[str]) -> bool:
    """Whether a form of these cases cannot stand at `start`.

    A person wrote this, so only what leaves no doubt counts: a preposition right before, or a verb that has its subject
    right before it and a bare nominative behind it. Word order in Ukrainian is too free for more.
    """
    words = list(_WORD.finditer(target, 0, start))
    asked = asked_for(target, start)
    if not words or asked is None or target[words[-1].end() : start].strip(" \u00a0\u202f"):
        return False
    before = parses(comparable(words[-1].group()))
    if before[0].tag.POS == "PREP":
        return asked.force is Force.RULE and not cases & asked.cases
    subject = parses(comparable(words[-2].group())) if len(words) > 1 else ()
    has_subject = any(_certain_subject(p.tag) for p in subject) and not any("accs" in p.tag for p in subject)
    is_verb = all(p.tag.POS == "VERB" for p in before)
    return is_verb and has_subject and cases <= {"nom", "voc"} and asked.rules_out(cases)


def _certain_subject(tag: Any) -> bool:
    return tag.POS in ("NOUN", "NPRO") and tag.case == "nomn"


def _violated(target: str, occurrence: Wanted, taken: Sequence[Span], language: str) -> Hit:
    term = occurrence.term
    for span in (found.span for found in forbidden_in(target, term, language)):
        if not any(span.overlaps(other) for other in taken):
            return Hit(term, occurrence.span, span, Outcome.VIOLATED, FORBIDDEN, span.of(target))
    for span in _misspelt(target, term.accepted(language)):
        if not any(span.overlaps(other) for other in taken):
            return Hit(term, occurrence.span, span, Outcome.VIOLATED, WRONG_FORM, span.of(target))
    return Hit(term, occurrence.span, None, Outcome.VIOLATED, MISSING)


_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ‑-][^\W\d_]+)*")


def _misspelt(target: str, renderings: Iterable[Rendering]) -> list[Span]:
    """Runs of words that look like a rendering but are none of its forms: “aircrafts”, «Марії Залеського»."""
    words = list(_WORD.finditer(target))
    spans = []
    for rendering in renderings:
        wanted = [comparable(word) for word in _WORD.findall(rendering.text)]
        for n in range(len(words) - len(wanted) + 1 if wanted else 0):
            run = words[n : n + len(wanted)]
            if all(_like(comparable(w.group()), known) for w, known in zip(run, wanted, strict=True)):
                spans.append(Span(run[0].start(), run[-1].end()))
    return spans


def _like(word: str, known: str) -> bool:
    """Whether two words share their beginning, all but an ending of up to three letters of either."""
    same = next((n for n, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    return same > 0.6 * len(known) and len(known) - same <= 3 and len(word) - same <= 3


class ForbiddenRenderings:
    """All forbidden renderings of a glossary in one language, to be looked for in a target in one pass.

    For forbidden renderings that stand where the source has no such term: a flag, not a hit.
    """

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self.language = language
        self._automaton = ahocorasick.Automaton()
        by_form: dict[str, list[Term]] = {}
        for term in terms:
            for rendering in term.forbidden(language) if term.active else ():
                for form in forms(rendering).all:
                    by_form.setdefault(comparable(form), []).append(term)
        for form, of_form in by_form.items():
            self._automaton.add_word(form, tuple(of_form))
        self._empty = not by_form
        if by_form:
            self._automaton.make_automaton()

    def flags(self, target: str, hits: Sequence[Hit]) -> list[tuple[Term, Span]]:
        """Forbidden renderings in the target that no hit accounts for, of which no part is an accepted form."""
        if self._empty:
            return []
        terms = {t.key: t for _, of_form in self._automaton.iter(comparable(target)) for t in of_form}
        spans = [hit.target for hit in hits if hit.target]
        return [
            (term, found.span)
            for term in terms.values()
            for found in forbidden_in(target, term, self.language)
            if not any(found.span.overlaps(span) for span in spans)
        ]
