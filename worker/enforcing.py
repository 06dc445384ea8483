"""Translating with the glossary: each leg of a route is decoded once and enforced, the next starts from the result.

fr→en runs once and serves both the English edition and the pivot to Ukrainian. On the second leg a term's place in the
pivot is where the first leg's hit stands; the hits and links that come out count in the French source.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from corpus.errors import RelaisError
from corpus.spans import Span
from glossary.enforcement import Enforced, Engine, Hit, Link, Sentence, Wanted, enforce
from worker.engine.packages import InstalledPackage
from worker.engine.routes import Route
from worker.engine.translator import translator_for

_WEAKEST_LINK = 0.2  # of the strongest of a source word: a composed link below this is noise


class LegFailed(RelaisError):
    """A leg of a route that cannot be gone; ``leg`` names it, as in `fr→en`."""

    def __init__(self, leg: str, error: RelaisError) -> None:
        super().__init__(error.template, **error.params)
        self.leg = leg
        self.status, self.code = error.status, error.code


def translate_leg(
    sources: Sequence[str], wanted: Sequence[Sequence[Wanted]], language: str, engine: Engine
) -> list[Enforced]:
    """Decode and enforce one leg. ``wanted`` counts in the leg's sources; terms without a rendering give no hit."""
    first = engine.translate(sources)
    sentences = [Sentence(s, h[0], tuple(w)) for s, h, w in zip(sources, first, wanted, strict=True)]
    return enforce(sentences, language, engine)


def translate_route(
    sources: Sequence[str],
    wanted: Sequence[Sequence[Wanted]],
    routes: Mapping[str, Route],
    *,
    engine_for: Callable[[InstalledPackage], Engine] = translator_for,
) -> dict[str, list[Enforced]]:
    """Translations of all sources by language of `routes`; spans of hits and links count in these sources.

    A leg that several routes begin with is done once. Raises `LegFailed` for a package that is missing or damaged.
    """
    done: dict[tuple[str, ...], list[Enforced]] = {}
    for route in routes.values():
        before: list[Enforced] | None = None
        for number, leg in enumerate(route.legs):
            key = tuple(str(done_leg.path) for done_leg in route.legs[: number + 1])
            if key not in done:
                with _named(leg):
                    engine = engine_for(leg)
                    if before is None:
                        done[key] = translate_leg(sources, wanted, leg.to_code, engine)
                    else:
                        done[key] = continue_leg(before, wanted, leg.to_code, engine)
            before = done[key]
    keys = {language: tuple(str(leg.path) for leg in route.legs) for language, route in routes.items()}
    return {language: done[key] for language, key in keys.items()}


@contextmanager
def _named(leg: InstalledPackage) -> Iterator[None]:
    try:
        yield
    except RelaisError as error:
        raise LegFailed(leg.label, error) from error


def continue_leg(
    pivots: Sequence[Enforced], wanted: Sequence[Sequence[Wanted]], language: str, engine: Engine
) -> list[Enforced]:
    """The leg from a pivot text (also one that an editor has corrected), told in terms of the first source.

    ``pivots``: translations into the pivot with hits and links that count in the source; ``wanted``: of the source.
    """
    of_pivots = [[_in_pivot(w, pivot) for w in ws] for ws, pivot in zip(wanted, pivots, strict=True)]
    enforced = translate_leg([pivot.text for pivot in pivots], of_pivots, language, engine)
    return [
        replace(
            second,
            hits=_of_source(second.hits, ws, language),
            links=_composed(pivot.links, second.links),
            score=min(pivot.score, second.score),  # the weaker leg is what an editor must know of
        )
        for second, ws, pivot in zip(enforced, wanted, pivots, strict=True)
    ]


def _in_pivot(wanted: Wanted, pivot: Enforced) -> Wanted:
    """The occurrence where it stands in the pivot: at its hit, else where the alignment puts it, else nowhere."""
    for hit in pivot.hits:
        if hit.term.key == wanted.term.key and hit.source == wanted.span and hit.target:
            return replace(wanted, span=hit.target)
    from_it = [link for link in pivot.links if link.source.overlaps(wanted.span)]
    strongest = max((link.weight for link in from_it), default=0.0)
    spans = [link.target for link in from_it if link.weight >= strongest / 2]
    if not spans:
        return replace(wanted, span=Span(0, 0))
    return replace(wanted, span=Span(min(s.start for s in spans), max(s.end for s in spans)))


def _of_source(hits: Sequence[Hit], wanted: Sequence[Wanted], language: str) -> tuple[Hit, ...]:
    """Hits of the second leg with the spans of the first source; both are in the order of the occurrences."""
    with_rendering = [w for w in wanted if w.term.accepted(language)]
    return tuple(replace(hit, source=w.span) for hit, w in zip(hits, with_rendering, strict=True))


def _composed(first: Sequence[Link], second: Sequence[Link]) -> tuple[Link, ...]:
    """Links source→target through the pivot: weights multiplied along a path and added over paths."""
    weights: dict[tuple[Span, Span], float] = {}
    for onward in second:
        for link in first:
            if link.target.overlaps(onward.source):
                pair = (link.source, onward.target)
                weights[pair] = weights.get(pair, 0.0) + link.weight * onward.weight
    strongest: dict[Span, float] = {}
    for (_, target), weight in weights.items():
        strongest[target] = max(weight, strongest.get(target, 0.0))
    kept = [Link(s, t, w) for (s, t), w in weights.items() if w >= _WEAKEST_LINK * strongest[t]]
    return tuple(sorted(kept, key=lambda link: (link.target, link.source)))
