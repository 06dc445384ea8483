"""The contract of writing a translation back: the upload's bytes, what ingest made of them, and the targets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from corpus.marks import Mark
from corpus.spans import Span
from worker.ingest.base import ANCHOR, Block, Document


@dataclass(frozen=True)
class Target:
    """The translation of one block (or of one segment): offsets of the marks count in ``text``.

    A mark with a `node` stands for that element of the upload, each element at most once.
    """

    text: str
    marks: tuple[Mark, ...] = ()


class Renderer(Protocol):
    """One format, one module."""

    def render(self, data: bytes, document: Document, translated: Sequence[Target], language: str) -> bytes:
        """The upload with every block's text in `language`; what is not text stays as it was.

        ``translated`` has one target for each of the document's blocks. Nothing is executed and no address followed.
        Raises `RelaisError` where the upload cannot be written back.
        """
        ...


def of_blocks(
    document: Document, segments: Sequence[Sequence[Span]], translated: Sequence[Target]
) -> list[Target | None]:
    """Segments' targets as blocks' targets, with the white space that stood between the segments.

    ``segments`` holds the spans block by block, ``translated`` one target for each. A block without a segment (of
    signs alone) has none.
    """
    targets = iter(translated)
    return [
        _of_block(document, block, spans, [next(targets) for _ in spans]) if spans else None
        for block, spans in zip(document.blocks, segments, strict=True)
    ]


def _of_block(document: Document, block: Block, spans: Sequence[Span], targets: Sequence[Target]) -> Target:
    text = ""
    marks: list[Mark] = []
    ends: dict[int, int] = {}  # of segments: where they end in the source, and in the target
    at = block.span.start
    for span, target in zip(spans, targets, strict=True):
        text += document.text[at : span.start] if text else ""
        marks += [replace(m, span=m.span.shifted(len(text))) for m in target.marks]
        text += target.text
        at = ends_at = span.end
        ends[ends_at] = len(text)
    final = {m.node: ends[m.span.end] for m in block.inner if m.kind == ANCHOR and m.span.end in ends}
    return Target(text, tuple(_each_once(marks, final)))


def _each_once(marks: Sequence[Mark], final: dict[int | None, int]) -> list[Mark]:
    """Marks of one element on several segments as one; anchors as points, at a segment's end if they stood there."""
    found: dict[tuple[str, int], Mark] = {}
    rest: list[Mark] = []
    for mark in marks:
        if mark.node is None:
            rest.append(mark)
            continue
        key = (mark.kind, mark.node)
        earlier = found.get(key)
        if mark.kind == ANCHOR:
            end = final.get(mark.node, mark.span.end)
            mark = replace(mark, span=Span(end, end))
        elif earlier:
            span = Span(min(earlier.span.start, mark.span.start), max(earlier.span.end, mark.span.end))
            mark = replace(mark, span=span)
        found[key] = mark
    return [*rest, *found.values()]


def cut_off(document: Document, block: Block) -> str:
    """What ingest set aside from the end of the same paragraph (a picture's credit)."""
    end = block.span.end
    for aside in document.set_aside:
        if aside.span.start >= end and not document.text[end : aside.span.start].strip():
            return document.text[end : aside.span.end] if "\n\n" not in document.text[end : aside.span.start] else ""
    return ""


def within(document: Document, blocks: Sequence[Block]) -> tuple[tuple[Span, int], ...]:
    """The places of some blocks that follow each other."""
    start, end = blocks[0].span.start, blocks[-1].span.end
    return tuple((span, place) for span, place in document.places if start <= span.start and span.end <= end)
