"""Texts of a bead with hits and flags marked in them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from corpus.marks import Mark
from corpus.models import Bead
from corpus.spans import Span
from service.presenting import marks_of
from worker.markup import to_html


class Lit(NamedTuple):
    """A stretch to be marked: a hit's outcome, or `flag`; ``title`` is shown on hovering."""

    span: Span
    kind: str
    title: str


def source_html(bead: Bead) -> Markup:
    """The original with the terms in it."""
    return highlight(bead.source, [Lit(Span(h.source_start, h.source_end), h.outcome, h.term) for h in bead.hits])


def target_html(bead: Bead) -> Markup:
    """The translation with its inline markup, the terms and the flagged places."""
    lit = [
        Lit(Span(h.target_start, h.target_end), h.outcome, h.term)
        for h in bead.hits
        if h.target_start is not None and h.target_end is not None
    ]
    lit += [Lit(Span(*f["target"]), "flag", "") for f in bead.flags if f.get("target")]
    return highlight(bead.target, lit, bead.marks)


def highlight(text: str, lit: Iterable[Lit], marks: Sequence[dict[str, Any]] = ()) -> Markup:
    """The text as HTML; of stretches that overlap, the one that begins first is marked, hits before flags."""
    inline, html, at = marks_of(marks), "", 0
    for span, kind, title in _apart(lit):
        html += _part(text, at, span.start, inline)
        html += f'<mark class="hit {escape(kind)}" title="{escape(title)}">{_part(text, *span, inline)}</mark>'
        at = span.end
    return Markup(html + _part(text, at, len(text), inline))  # noqa: S704 - every part is escaped


def _apart(lit: Iterable[Lit]) -> list[Lit]:
    """Those that do not overlap one chosen before, in the text's order."""
    chosen: list[Lit] = []
    for one in sorted(lit, key=lambda one: (one.kind == "flag", one.span)):
        if one.span.start < one.span.end and not any(one.span.overlaps(other.span) for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.span)


def _part(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """A stretch of the text with the inline markup that lies on it."""
    inside = [
        replace(m, span=Span(max(m.span.start, start), min(m.span.end, end)).shifted(-start))
        for m in marks
        if m.span.start < end and start < m.span.end
    ]
    return to_html(text[start:end], inside)
