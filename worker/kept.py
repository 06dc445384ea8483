"""Text that must not be translated (`translate="no"`): what the engine made of it is put aside for the original."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.marks import Mark
from corpus.spans import Span
from glossary.enforcement.base import Hit, Link
from glossary.enforcement.patch import moved_span, patched
from worker.markup import place

KEEP = "keep"


def kept_texts(text: str, marks: Sequence[Mark]) -> tuple[str, ...]:
    """The stretches of a source that stay as they are."""
    return tuple(mark.span.of(text) for mark in marks if mark.kind == KEEP)


def is_kept(text: str, marks: Sequence[Mark], within: Span | None = None) -> bool:
    """Whether nothing of the text, or of a stretch of it, is to be translated."""
    start, end = within or Span(0, len(text))
    kept = [mark.span for mark in marks if mark.kind == KEEP]
    letters = [i for i in range(start, end) if text[i].isalnum()]
    return bool(letters and kept) and all(any(s.start <= i < s.end for s in kept) for i in letters)


def put_back(
    source: str, marks: Sequence[Mark], target: str, hits: tuple[Hit, ...], links: tuple[Link, ...]
) -> tuple[str, tuple[Hit, ...], tuple[Link, ...]]:
    """Target, hits and links with the kept stretches as they are in the source."""
    kept = [mark for mark in marks if mark.kind == KEEP]
    placed = place(kept, source, target, links)
    edits: list[tuple[Span, str]] = []
    for number, mark in enumerate(sorted(placed, key=lambda m: m.span)):
        original = kept[_index(kept, mark, number)].span.of(source)
        if not edits or mark.span.start >= edits[-1][0].end:
            edits.append((mark.span, original))
    if not edits:
        return target, hits, links
    text, moved_links = patched(target, links, edits)
    moved = []
    for hit in hits:
        span = moved_span(hit.target, edits) if hit.target else None
        moved.append(replace(hit, target=span, form=span.of(text)) if span else hit)
    return text, tuple(moved), moved_links


def _index(kept: Sequence[Mark], placed: Mark, number: int) -> int:
    """Which mark was placed: by its element, else by its turn."""
    return next((i for i, m in enumerate(kept) if m.node is not None and m.node == placed.node), number)
