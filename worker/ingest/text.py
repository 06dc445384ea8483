"""Plain text, as pasted from a web page or typed: paragraphs by lines, inline marks by their signs."""

from corpus.errors import RelaisError
from corpus.marks import Mark
from corpus.spans import Span
from worker.ingest.base import Block, Document, Kind
from worker.ingest.decoding import decode
from worker.ingest.inline import read_marks
from worker.ingest.lines import is_bullet, paragraphs

name = "text"
suffixes = (".txt", ".text")
media_types = ("text/plain",)


def recognises(data: bytes) -> bool:
    """Whether the bytes can be read as text: the last format that is asked."""
    try:
        decode(data)
    except RelaisError:
        return False
    return True


def read(data: bytes) -> Document:
    """The text as it is, without the signs of inline marks; every paragraph, line or item a block."""
    source, warnings = decode(data)
    read_text = read_marks(source)
    return Document(
        text=read_text.text,
        blocks=tuple(_blocks(read_text.text, read_text.marks)),
        warnings=warnings,
        format=name,
        places=tuple(read_text.places),  # in characters of the decoded source
    )


def _blocks(text: str, marks: list[Mark]) -> list[Block]:
    blocks: list[Block] = []
    marks = sorted(marks, key=lambda m: m.span)
    at = 0
    for span in paragraphs(text):
        stretch = span.of(text)
        start = span.start + len(stretch) - len(stretch.lstrip())
        span = Span(start, start + len(stretch.strip()))
        mine: list[Mark] = []
        while at < len(marks) and marks[at].span.start < span.end:
            mine.append(marks[at])
            at += 1
        kind = Kind.LIST_ITEM if is_bullet(span.of(text) + " ") else Kind.PARAGRAPH
        blocks.append(Block(kind, span, tuple(mine)))
    return blocks
