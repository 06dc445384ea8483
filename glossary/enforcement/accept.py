"""Finding accepted and forbidden forms in a translation, and giving each source occurrence its own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.spans import Span
from glossary.enforcement.base import Link, Wanted
from glossary.enforcement.derived import adjectives_in
from glossary.inflection import forms
from glossary.inflection.base import Forms
from glossary.terms import CaseRule, Rendering, Term

_FLAT = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "‑": "-", "‐": "-", "\u00a0": " ", "\u202f": " ", "\n": " "})


@dataclass(frozen=True)
class Found:
    """A form of a rendering in a text. ``tags`` are those the form can have ("gen.sg"), see `Forms`; none for an
    adjective made from a place's name.
    """

    span: Span
    rendering: Rendering
    tags: tuple[str, ...]


@dataclass(frozen=True)
class _Pattern:
    rendering: Rendering
    forms: Forms
    regex: re.Pattern[str]
    capital: bool  # whether a name's capital first letter counts


def accepted_in(text: str, term: Term, language: str) -> list[Found]:
    """Accepted forms of the term in a translation, whole words only, longest first where they overlap."""
    found = _found(text, term, term.accepted(language))
    derived = [Found(span, rendering, ()) for span, rendering in adjectives_in(text, term, language)]
    return sorted(found + [d for d in derived if not any(d.span.overlaps(f.span) for f in found)], key=lambda f: f.span)


def forbidden_in(text: str, term: Term, language: str) -> list[Found]:
    """Forms of the term's forbidden renderings, outside accepted ones."""
    accepted = accepted_in(text, term, language)
    found = _found(text, term, term.forbidden(language))
    return [f for f in found if not any(f.span.overlaps(a.span) for a in accepted)]


def assign(text: str, links: Sequence[Link], wanted: Sequence[Wanted], language: str) -> list[Found | None]:
    """For each occurrence the form that stands for it, each form for one occurrence only.

    Longer forms first, so that “coalition of the willing” is not taken for “coalition”; of several occurrences of one
    term the one whose source words the engine looked at most, else the first.
    """
    offers: dict[Span, list[tuple[int, Found]]] = {}
    for number, occurrence in enumerate(wanted):
        for found in accepted_in(text, occurrence.term, language):
            offers.setdefault(found.span, []).append((number, found))
    assigned: list[Found | None] = [None] * len(wanted)
    taken: list[Span] = []
    for span in sorted(offers, key=lambda s: (s.start - s.end, s.start)):
        if any(span.overlaps(other) for other in taken):
            continue
        open_offers = [(n, f) for n, f in offers[span] if assigned[n] is None]
        if open_offers:
            number, found = max(open_offers, key=lambda o: (affinity(links, wanted[o[0]].span, span), -o[0]))
            assigned[number] = found
            taken.append(span)
    return _in_order(assigned, links, wanted)


def affinity(links: Iterable[Link], source: Span, target: Span) -> float:
    """How much of a target stretch was made looking at a source stretch."""
    return sum(x.weight for x in links if x.source.overlaps(source) and x.target.overlaps(target))


def right_number(found: Found, plural: bool | None) -> bool:
    """Whether a form can have the source's number, as far as source and rendering show one."""
    tags = {tag.split(".")[-1] for tag in found.tags}
    available = {tag.split(".")[-1] for tag in forms(found.rendering).by_tag}
    if plural is None or found.rendering.number or len(available & {"sg", "pl"}) < 2 or not tags:
        return True
    return ("pl" if plural else "sg") in tags


def _in_order(assigned: list[Found | None], links: Sequence[Link], wanted: Sequence[Wanted]) -> list[Found | None]:
    """Occurrences of one term that the alignment can't tell apart get their forms in the order of the text."""
    groups: dict[str, list[int]] = {}
    for number, found in enumerate(assigned):
        if found:
            groups.setdefault(wanted[number].term.key, []).append(number)
    for numbers in groups.values():
        in_text = sorted((f for n in numbers if (f := assigned[n])), key=lambda f: f.span)
        straight = sum(affinity(links, wanted[n].span, f.span) for n, f in zip(numbers, in_text, strict=True))
        given = sum(affinity(links, wanted[n].span, f.span) for n in numbers if (f := assigned[n]))
        if straight >= given:
            for number, found in zip(numbers, in_text, strict=True):
                assigned[number] = found
    return assigned


def _found(text: str, term: Term, renderings: Iterable[Rendering]) -> list[Found]:
    flat = text.translate(_FLAT)
    found: list[Found] = []
    for rendering in renderings:
        pattern = _pattern(_Key(rendering), term.case is not CaseRule.ANY)
        for match in pattern.regex.finditer(flat):
            if not (pattern.capital and match.group()[0].islower()):
                found.append(Found(Span(*match.span()), rendering, pattern.forms.tags_of(match.group())))
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.span.start - f.span.end, f.span.start)):
        if not any(one.span.overlaps(other.span) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.span)


class _Key:
    """A rendering as a key of a cache: a rendering itself can't be hashed for its dictionary of forms."""

    def __init__(self, rendering: Rendering) -> None:
        self.rendering = rendering
        self._identity = repr(rendering)

    def __hash__(self) -> int:
        return hash(self._identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other._identity == self._identity


@lru_cache(maxsize=20_000)
def _pattern(key: _Key, name: bool) -> _Pattern:
    of_rendering = forms(key.rendering)
    listed = sorted({form.translate(_FLAT) for form in of_rendering.all}, key=len, reverse=True)
    either = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in listed) or r"(?!)"
    # In Ukrainian an apostrophe between letters is inside a word; in English it ends one (“Kyiv's”).
    before, after = (r"(?<![\w'])", r"(?!\w|'[^\W\d_])") if key.rendering.language == "uk" else (r"(?<!\w)", r"(?!\w)")
    regex = re.compile(f"{before}(?:{either}){after}", re.IGNORECASE)
    return _Pattern(key.rendering, of_rendering, regex, name and key.rendering.text[:1].isupper())
