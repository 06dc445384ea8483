"""The forms a term may take in a place, and a translation rewritten with one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.spans import Span
from glossary.enforcement import neighbours
from glossary.enforcement.base import Link, Wanted
from glossary.enforcement.government import LIKELIEST_FIRST, Force, Government, asked_for, tags_of
from glossary.enforcement.patch import moved_span, patched
from glossary.inflection import forms
from glossary.terms import Rendering


@dataclass(frozen=True)
class Candidate:
    """A whole translation with the term's ``form`` at ``span``."""

    text: str
    links: tuple[Link, ...]
    span: Span
    form: str
    method: str


def form_choices(rendering: Rendering, plural: bool | None, text: str, place: Span, language: str) -> list[str]:
    """Forms that may stand at `place`: of the source's number; in Ukrainian of the cases that the word before asks for,
    else of those of the words replaced, else of any.
    """
    tagged = forms(rendering)
    numbers = _numbers(rendering, plural, {tag.split(".")[-1] for tag in tagged.by_tag})
    tags = [tag for tag in tagged.by_tag if tag.split(".")[-1] in numbers]
    if language == "uk":
        tags = _fitting(tags, asked_for(text, place.start), tags_of(text, place))
    else:
        tags = [tag for tag in tags if not tag.startswith("poss")] or tags
    return list(dict.fromkeys(form for tag in tags if (form := tagged.first(tag)))) or [rendering.text]


def _fitting(tags: Sequence[str], asked: Government | None, stood: frozenset[str]) -> list[str]:
    """Ukrainian tags ("gen.sg") that fit, the likeliest first."""
    numbers = {tag.split(".")[-1] for tag in tags}
    same_number = frozenset(tag.split(".")[0] for tag in stood if tag.split(".")[-1] in numbers)
    cases = frozenset(tag.split(".")[0] for tag in stood)
    wanted = same_number or cases
    if asked:
        wanted = (
            asked.cases & same_number
            or asked.cases & cases
            or (asked.cases if asked.force is Force.RULE or not cases else wanted)
        )
    fitting = (
        [t for t in tags if t.split(".")[0] in wanted] or [t for t in tags if not t.startswith("voc")] or list(tags)
    )
    return sorted(fitting, key=by_likelihood)


def by_likelihood(tag: str) -> int:
    """For sorting Ukrainian tags; others stay in their order."""
    case = tag.split(".", maxsplit=1)[0]
    return LIKELIEST_FIRST.index(case) if case in LIKELIEST_FIRST else 0


def replaced(
    text: str, links: Sequence[Link], wanted: Wanted, place: Span, form: str, language: str, method: str = "replacement"
) -> Candidate:
    """The translation with `form` instead of `place`, its neighbours put right, everything else as it was."""
    new = cased(form, text, place)
    kept = [link for link in links if not link.target.overlaps(place)]
    new_text, new_links = patched(text, kept, [(place, new + " " if place.start == place.end else new)])
    span = Span(place.start, place.start + len(new))
    beside = neighbours.edits(new_text, span, language)
    new_text, new_links = patched(new_text, new_links, beside)
    span = moved_span(span, beside)
    own = Link(wanted.span, span, 1.0)
    return Candidate(new_text, (*new_links, own), span, span.of(new_text), method)


def _numbers(rendering: Rendering, plural: bool | None, available: set[str]) -> set[str]:
    if rendering.number:
        return {rendering.number}
    asked = available if plural is None else {"pl" if plural else "sg"}
    return asked & available or available


def cased(form: str, text: str, place: Span) -> str:
    """A capital at the start of the sentence, capitals all over where the rest of it has them."""
    rest = text[: place.start] + text[place.end :]
    if rest.isupper() and sum(map(str.isalpha, rest)) > 2:
        return form.upper()
    if not any(c.isalnum() for c in text[: place.start]):
        return form[:1].upper() + form[1:]
    return form
