"""An upload's bytes into a story's blocks: the format told by the content, boilerplate set aside, restorable."""

from dataclasses import replace
from types import ModuleType

from corpus.errors import NotFound, RelaisError
from worker.ingest import boilerplate, docx, html, layout, limits, markdown, newsml, ninjs, odt, text
from worker.ingest.base import Block, Document, Kind
from worker.ingest.unreadable import refuse

__all__ = ["ingest", "restore"]

FORMATS: tuple[ModuleType, ...] = (
    docx,
    odt,
    ninjs,
    newsml,
    html,
    markdown,
    text,
)  # asked in this order; the last one reads any text
_TYPED = (markdown, text)  # told apart by a name where the content leaves it open


def ingest(data: bytes, *, filename: str | None = None, media_type: str | None = None) -> Document:
    """The story of an upload. Raises `RelaisError` with one clear sentence when there is none to read."""
    limits.check_file(len(data))
    refuse(data)
    reader = _format_of(data, filename, media_type)
    if reader in _TYPED:
        limits.check_text(len(data))
    document = reader.read(data)
    limits.check_text(len(document.text.encode("utf-8", "surrogatepass")))
    document = boilerplate.set_aside(document)
    document = layout.arrange(document, guess=reader is text)
    if not any(c.isalnum() for b in document.blocks for c in b.span.of(document.text)):
        raise RelaisError("no text to translate was found in the upload")
    return document


def restore(document: Document, set_aside_index: int) -> Document:
    """The document with a stretch that was set aside back among its blocks, as a paragraph."""
    if not 0 <= set_aside_index < len(document.set_aside):
        raise NotFound("nothing was set aside under the number %(number)s", number=set_aside_index)
    back = document.set_aside[set_aside_index]
    kind = Kind.CREDIT if back.reason == "credit" else Kind.PARAGRAPH
    blocks = sorted((*document.blocks, Block(kind, back.span)), key=lambda b: b.span)
    aside = document.set_aside[:set_aside_index] + document.set_aside[set_aside_index + 1 :]
    return replace(document, blocks=tuple(blocks), set_aside=aside)


def _format_of(data: bytes, filename: str | None, media_type: str | None) -> ModuleType:
    """By content. A plain text whose name or media type says Markdown is Markdown."""
    found = next((f for f in FORMATS if f.recognises(data)), None)
    if found is None:
        raise RelaisError("the upload is neither a text nor a document that Relais reads")
    named = (filename or "").lower().endswith(markdown.suffixes)
    named = named or (media_type or "").split(";")[0].strip().lower() in markdown.media_types
    if (found is text and named) or (found is html and markdown.recognises(data)):
        return markdown  # Markdown may hold elements of HTML; a page or fragment begins with one
    return found
