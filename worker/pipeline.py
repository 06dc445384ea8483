"""The way of a sentence: memory → terms → engine and enforcement → typography → markup → checks → bead.

Nothing here knows of jobs or leases; `worker.work` calls it for stored chunks, `relais translate` for a file alone.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.editions import NewBead
from corpus.models import Origin
from corpus.spans import Span
from glossary.enforcement.base import Hit, Link, Outcome, Wanted
from glossary.review import locate
from glossary.store import new_hit
from worker.enforcing import translate_route
from worker.engine.routes import Route, route
from worker.flagging import flags_of
from worker.glossary_state import GlossaryState
from worker.kept import is_kept, kept_texts, put_back
from worker.markup import place
from worker.sources import Source
from worker.typography import typeset_with_map

Memory = Callable[[str, Sequence[str]], Mapping[str, str]]  # (language, sources) → approved targets of some of them

_LINE_BREAK = re.compile(r"[\n\r\u2028\u2029\x85\x0b\x0c]")


@dataclass(frozen=True)
class Translation:
    """What the pipeline made of some sentences in one language: one bead each, in their order."""

    language: str
    route: list[str]
    packages: list[dict[str, Any]]
    beads: list[NewBead]


@dataclass(frozen=True)
class _Draft:
    """A target on its way: its hits (in French and target characters), its word alignment and the model's score."""

    text: str
    origin: Origin
    hits: tuple[Hit, ...] = ()
    links: tuple[Link, ...] = ()
    score: float | None = None


def no_memory(_language: str, _sources: Sequence[str]) -> Mapping[str, str]:
    """A memory that remembers nothing."""
    return {}


def translate(
    sources: Sequence[Source],
    languages: Sequence[str],
    glossary: GlossaryState,
    *,
    topic: str = "",
    memory: Memory = no_memory,
) -> dict[str, Translation]:
    """Translate French segments into each language. Raises `RelaisError` when a package is missing or damaged."""
    routes = {language: route("fr", language) for language in languages}
    texts = [_LINE_BREAK.sub(" ", source.text) for source in sources]
    untouched = {i for i, source in enumerate(sources) if is_kept(source.text, source.marks)}
    wanted = [() if i in untouched else _wanted(glossary, text, topic) for i, text in enumerate(texts)]
    remembered = {language: _from_memory(texts, wanted, memory(language, texts), language) for language in languages}
    fresh = [
        i
        for i in range(len(texts))
        if i not in untouched and any(i not in remembered[language] for language in languages)
    ]
    translated = translate_route([texts[i] for i in fresh], [wanted[i] for i in fresh], routes)
    translations = {}
    for language in languages:
        drafts = dict(remembered[language])
        for i, done in zip(fresh, translated[language], strict=True):
            drafts.setdefault(i, _Draft(done.text, Origin.MT, done.hits, done.links, done.score))
        drafts |= {i: _Draft(sources[i].text, Origin.MT) for i in untouched}
        beads = _finish(sources, texts, [drafts[i] for i in range(len(sources))], language, glossary)
        translations[language] = Translation(language, routes[language].label(), _packages(routes[language]), beads)
    return translations


def _wanted(glossary: GlossaryState, text: str, topic: str) -> tuple[Wanted, ...]:
    occurrences = glossary.matcher.occurrences(text, topics=(topic,))
    return tuple(Wanted(o.term, o.span, o.plural) for o in occurrences if not o.nested)


def _from_memory(
    texts: Sequence[str], wanted: Sequence[tuple[Wanted, ...]], remembered: Mapping[str, str], language: str
) -> dict[int, _Draft]:
    """Approved targets with the terms found in them; one that violates a term (a file's may) is no use."""
    drafts = {}
    for i, text in enumerate(texts):
        if text in remembered:
            of_language = [w for w in wanted[i] if w.term.accepted(language)]
            hits = tuple(locate(text, remembered[text], of_language, language))
            if all(hit.outcome is not Outcome.VIOLATED for hit in hits):
                drafts[i] = _Draft(remembered[text], Origin.MEMORY, hits)
    return drafts


def _finish(
    sources: Sequence[Source], texts: Sequence[str], drafts: Sequence[_Draft], language: str, glossary: GlossaryState
) -> list[NewBead]:
    scores = tuple(draft.score for draft in drafts if draft.score is not None)
    beads = []
    for source, text, draft in zip(sources, texts, drafts, strict=True):
        target, hits, links = _typeset(draft, text, language)
        target, hits, links = put_back(text, source.marks, target, hits, links)
        flags = flags_of(
            text, target, language, hits, glossary, score=draft.score, scores=scores, kind=source.kind.value,
            untouched=kept_texts(text, source.marks),
        )  # fmt: skip
        marks = [mark.as_dict() for mark in place(source.marks, text, target, links)]
        beads.append(
            NewBead(
                segments=(source.position,),
                source=source.text,
                target=target,
                origin=draft.origin,
                marks=marks,
                flags=flags,
                hits=[new_hit(hit) for hit in hits],
                score=draft.score,
            )
        )
    return beads


def _typeset(draft: _Draft, source: str, language: str) -> tuple[str, tuple[Hit, ...], tuple[Link, ...]]:
    """Target, hits and links; an editor's text from the memory stays as the editor wrote it."""
    if draft.origin is Origin.MEMORY:
        return draft.text, draft.hits, draft.links
    target, moved = typeset_with_map(draft.text, language, source=source)
    hits = tuple(_typeset_hit(hit, target, moved) for hit in draft.hits)
    return target, hits, tuple(replace(link, target=moved(link.target)) for link in draft.links)


def _typeset_hit(hit: Hit, target: str, moved: Callable[[Span], Span]) -> Hit:
    if hit.target is None:
        return hit
    span = moved(hit.target)
    return replace(hit, target=span, form=span.of(target))


def _packages(found: Route) -> list[dict[str, Any]]:
    return [{"name": leg.label, "version": leg.version, "sha256": leg.sha256} for leg in found.legs]
