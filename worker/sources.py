"""The sentences to translate, as the pipeline sees them: from the store, or from a file alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from corpus.models import Segment, Version
from corpus.spans import Span
from worker.ingest.base import Block, Document, Kind, Mark


@dataclass(frozen=True)
class Source:
    """One source segment: its position in the version, its text, its block's kind and its inline marks.

    The marks' spans count in ``text``.
    """

    position: int
    text: str
    kind: Kind = Kind.PARAGRAPH
    marks: tuple[Mark, ...] = ()


def sources_of(session: Session, version_id: int, first: int, last: int) -> list[Source]:
    """The stored segments with positions in [first, last)."""
    query = (
        select(Segment)
        .where(Segment.version_id == version_id, Segment.position >= first, Segment.position < last)
        .order_by(Segment.position)
        .options(joinedload(Segment.block))
    )
    text = session.get_one(Version, version_id).text
    sources = []
    for segment in session.scalars(query):
        marks = [Mark(m["kind"], Span(m["start"], m["end"]), m.get("href")) for m in segment.block.marks]
        sources.append(_source(text, segment.position, segment.span, Kind(segment.block.kind), marks))
    return sources


def sources_in(document: Document, segments: Sequence[Sequence[Span]]) -> list[Source]:
    """The segments of a document that is not stored; ``segments`` holds their spans, block by block."""
    pairs: list[tuple[Block, Span]] = [
        (block, span) for block, spans in zip(document.blocks, segments, strict=True) for span in spans
    ]
    return [_source(document.text, i, span, block.kind, block.marks) for i, (block, span) in enumerate(pairs)]


def _source(text: str, position: int, span: Span, kind: Kind, marks: Sequence[Mark]) -> Source:
    """Cut the marks to the segment and count them from its start."""
    inside = tuple(
        Mark(m.kind, Span(max(m.span.start, span.start), min(m.span.end, span.end)).shifted(-span.start), m.href)
        for m in marks
        if m.span.overlaps(span)
    )
    return Source(position, span.of(text), kind, inside)
