"""Where in a translation the words stand that were made from a source term."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from corpus.spans import Span
from glossary.enforcement.accept import affinity, forbidden_in
from glossary.enforcement.base import Link, Wanted
from glossary.enforcement.likeness import alike

_WORD = re.compile(r"\w+(?:['’ʼ]\w+|(?<=[^\W\d_])-(?=[^\W\d_])\w+)*")
MOST_PLACES = 5  # stretches tried for one term
_PARTLY = 0.3  # of a word's attention
_OWN_WORDS_WITHIN = 2  # words from the run
_LONGEST = 4  # words beyond those of the source term that a stretch may have


def places(text: str, links: Sequence[Link], wanted: Wanted, language: str, kept: Sequence[Span]) -> list[Span]:
    """Stretches that may be the term's rendering, likeliest first; none touches a stretch of `kept`.

    A forbidden rendering is known by its form. Else the words that looked at the source term, as one run, and that run
    with one word more or less at either end.
    """
    words = [Span(*m.span()) for m in _WORD.finditer(text)]
    free = [w for w in words if not any(w.overlaps(k) for k in kept)]
    known = [f.span for f in forbidden_in(text, wanted.term, language) if not any(f.span.overlaps(k) for k in kept)]
    if known:
        best = max(known, key=lambda span: affinity(links, wanted.span, span))
        return [best, *_with_neighbours(text, words, kept, best, links, wanted)][:MOST_PLACES]
    run = _run(text, free, links, wanted, language)
    if run is None:
        return []
    return [run, *_with_neighbours(text, words, kept, run, links, wanted)][:MOST_PLACES]


def insertion_place(text: str, links: Sequence[Link], wanted: Wanted, source: str, kept: Sequence[Span]) -> Span:
    """Where the term would stand in a translation that lacks it: behind what was made from the word before."""
    words = [Span(*m.span()) for m in _WORD.finditer(text)]
    before = [link for link in links if link.source.end <= wanted.span.start]
    nearest = max((link.source.end for link in before), default=None)
    if nearest is not None:
        end = max((x for x in before if x.source.end == nearest), key=lambda x: x.weight).target.end
    else:
        end = int(len(text) * wanted.span.start / max(1, len(source)))
    starts = [w.start for w in words if w.start > end and not any(k.start < w.start < k.end for k in kept)]
    start = next(iter(starts), words[0].start if words else 0)
    return Span(start, start)


def _run(text: str, words: Sequence[Span], links: Sequence[Link], wanted: Wanted, language: str) -> Span | None:
    """The best run of words that looked at the term more than elsewhere, gaps of one word allowed."""
    inside, all_ = [affinity(links, wanted.span, w) for w in words], [_weight(links, w) for w in words]
    chosen = [n for n, (i, a) in enumerate(zip(inside, all_, strict=True)) if i > 0 and i >= a / 2]
    if not chosen:
        chosen = [n for n, i in enumerate(inside) if i > 0 and i == max(inside)]
    runs: list[list[int]] = []
    for n in chosen:
        gap = text[words[runs[-1][-1]].end : words[n].start] if runs else ""
        if runs and n - runs[-1][-1] <= 2 and not re.search(r"[.,;:!?()«»“”]", gap):
            runs[-1].append(n)
        else:
            runs.append([n])
    most = len(_WORD.findall(wanted.term.source)) + _LONGEST
    runs = [run for run in runs if run[-1] - run[0] < most]
    if not runs:
        return None
    best = max(runs, key=lambda run: sum(inside[n] for n in run))
    return _with_own_words(text, words, Span(words[best[0]].start, words[best[-1]].end), wanted, language)


def _with_own_words(text: str, words: Sequence[Span], run: Span, wanted: Wanted, language: str) -> Span:
    """The run grown to words near it that look like the rendering's own («Начальник генерального штабу»), or else the
    term would stand beside a piece of itself.
    """
    listed = {word for r in wanted.term.accepted(language) for word in _WORD.findall(r.text)}
    own = [word for word in listed if word.lower() not in _light_words()]
    first = next(n for n, w in enumerate(words) if w.end > run.start)
    last = max(n for n, w in enumerate(words) if w.start < run.end)
    for n in range(max(0, first - _OWN_WORDS_WITHIN), min(len(words), last + _OWN_WORDS_WITHIN + 1)):
        gap = text[min(words[n].end, run.end) : max(words[n].start, run.start)]
        here = words[n].of(text)
        if any(alike(here, word) or here.lower() == word.lower() for word in own) and not re.search(
            r"[.,;:!?()«»“”]", gap
        ):
            run = Span(min(run.start, words[n].start), max(run.end, words[n].end))
    return run


def _weight(links: Sequence[Link], word: Span) -> float:
    return sum(x.weight for x in links if x.target.overlaps(word))


def _with_neighbours(
    text: str, words: Sequence[Span], kept: Sequence[Span], run: Span, links: Sequence[Link], wanted: Wanted
) -> list[Span]:
    """The run with its ends moved by a word; nothing across a mark, a number or a kept stretch.

    Only words that carry no meaning of their own are let go or taken in, or such as looked at the term in part.
    """
    inside = [n for n, w in enumerate(words) if run.contains(w)]
    if not inside:
        return []
    first, last = inside[0], inside[-1]

    def light(n: int) -> bool:
        return 0 <= n < len(words) and words[n].of(text).lower() in _light_words()

    def partly(n: int) -> bool:
        if not 0 <= n < len(words):
            return False
        return light(n) or affinity(links, wanted.span, words[n]) >= _PARTLY * (_weight(links, words[n]) or 1)

    moves = [(first + 1, last)] if light(first) else []
    moves += [(first, last - 1)] if light(last) else []
    moves += [(first - 1, last)] if partly(first - 1) else []
    moves += [(first, last + 1)] if partly(last + 1) else []
    found = []
    for start, end in moves:
        if start > end:
            continue
        span = Span(words[start].start, words[end].end)
        added = text[min(span.start, run.start) : run.start] + text[run.end : max(span.end, run.end)]
        if not re.search(r"[\d.,;:!?()«»“”]", added) and not any(span.overlaps(k) for k in kept):
            found.append(span)
    return found


@cache
def _light_words() -> frozenset[str]:
    """Articles, prepositions and the like, of both target languages."""
    return frozenset((files("glossary") / "data" / "light_words.txt").read_text("utf-8").split())
