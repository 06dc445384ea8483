"""A plain text with its lines in another language; empty lines, indents and the signs of marks stay."""

from bisect import bisect_right
from collections.abc import Sequence

from corpus.spans import Span
from worker.ingest.base import Block, Document
from worker.ingest.decoding import clean, raw
from worker.ingest.inline import read_marks
from worker.rendering.base import Target
from worker.rendering.signs import Signs, elements_of
from worker.rendering.splicing import encoded, line_end, spliced_as_read
from worker.rendering.weaving import weave

name = "text"


def render(data: bytes, document: Document, translated: Sequence[Target | None], language: str) -> bytes:  # noqa: ARG001
    """See `worker.rendering.base`; in UTF-8 where the file's own encoding lacks a letter."""
    text, encoding = raw(data)
    signs = read_marks(clean(text)).signs
    end = line_end(text)
    edits = [
        (_region(document, block, signs), weave(target.text, elements_of(block, target, signs), str).replace("\n", end))
        for block, target in zip(document.blocks, translated, strict=True)
        if target is not None
    ]
    return encoded(spliced_as_read(text, edits), encoding)


def _region(document: Document, block: Block, signs: Signs) -> Span:
    """The block's stretch of the source, with the signs at its edges."""
    start = _place(document, block.span.start)
    end = _place(document, block.span.end - 1) + 1
    for mark in block.marks:
        if mark.node is not None:
            start -= len(signs[mark.node][0]) * (mark.span.start == block.span.start)
            end += len(signs[mark.node][1]) * (mark.span.end == block.span.end)
    return Span(start, end)


def _place(document: Document, at: int) -> int:
    i = bisect_right(document.places, at, key=lambda place: place[0].start) - 1
    span, place = document.places[i]
    return place + at - span.start
