"""The sentences to translate, as the pipeline sees them: from the store, or from a file alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from corpus.marks import Mark
from corpus.models import Segment, Version
from corpus.spans import Span
from worker.ingest.base import ANCHOR, Block, Document, Kind
from worker.markup import segment_marks


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
        row = segment.block
        marks = tuple(Mark.from_dict(m) for m in row.marks)
        block = Block(Kind(row.kind), row.span, marks, row.level, row.marker, row.part)
        sources.append(_source(text, segment.position, segment.span, block))
    return sources


def sources_in(document: Document, segments: Sequence[Sequence[Span]], *, to_write_back: bool = False) -> list[Source]:
    """The segments of a document that is not stored; ``segments`` holds their spans, block by block.

    ``to_write_back``: with what `worker.rendering` needs, the elements that are no marks and the elements' numbers.
    """
    blocks = [_whole(b) if to_write_back else _without_nodes(b) for b in document.blocks]
    pairs: list[tuple[Block, Span]] = [
        (block, span) for block, spans in zip(blocks, segments, strict=True) for span in spans
    ]
    return [_source(document.text, i, span, block) for i, (block, span) in enumerate(pairs)]


def _whole(block: Block) -> Block:
    marks = sorted((*block.marks, *block.inner), key=lambda m: (m.span.start, -m.span.end, m.kind == ANCHOR))
    return replace(block, marks=tuple(marks))


def _without_nodes(block: Block) -> Block:
    return replace(block, marks=tuple(replace(m, node=None) for m in block.marks))


def _source(text: str, position: int, span: Span, block: Block) -> Source:
    return Source(position, span.of(text), block.kind, tuple(segment_marks(block, span)))
