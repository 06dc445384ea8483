"""Changing a translation in places while its word alignment stays true."""

from collections.abc import Sequence

from corpus.spans import Span
from glossary.enforcement.base import Link

Edit = tuple[Span, str]
"""A stretch of the text and what stands there afterwards; an empty stretch inserts."""


def patched(text: str, links: Sequence[Link], edits: Sequence[Edit]) -> tuple[str, tuple[Link, ...]]:
    """The text and links after `edits` (in order, not overlapping).

    Links of a replaced word then point at the whole replacement.
    """
    if not edits:
        return text, tuple(links)
    parts, at = [], 0
    for span, new in edits:
        parts += [text[at : span.start], new]
        at = span.end
    parts.append(text[at:])
    moved = (Link(link.source, moved_span(link.target, edits), link.weight) for link in links)
    return "".join(parts), tuple(link for link in moved if link.target.start < link.target.end)


def moved_span(span: Span, edits: Sequence[Edit]) -> Span:
    """Where a stretch is after `edits`; one that an edit cuts into grows to the whole replacement."""
    return Span(_moved(span.start, edits, end=False), _moved(span.end, edits, end=True))


def _moved(offset: int, edits: Sequence[Edit], *, end: bool) -> int:
    shift = 0
    for span, new in edits:
        if span.start < offset < span.end:
            return span.start + shift + (len(new) if end else 0)
        if span.end < offset or (span.end == offset and not (end and span.start == span.end)):
            shift += len(new) - (span.end - span.start)
    return offset + shift
