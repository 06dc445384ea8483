"""The contract of every ingest format: bytes in, a `Document` out."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from corpus.marks import Mark
from corpus.spans import Span

# Kinds of `Block.inner`: an element that is no mark, and one without text (a line break, an image, a note's number),
# which lies on the word before it; or (Word) a stretch in another format than the block's most common one.
ELEMENT, ANCHOR, FORMAT = "element", "anchor", "format"
INNER = frozenset({ELEMENT, ANCHOR, FORMAT})


class Kind(StrEnum):
    """What a block is on the page."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    CREDIT = "credit"


@dataclass(frozen=True)
class Block:
    """A unit of layout: ``span`` is its stretch of `Document.text`, without surrounding white space."""

    kind: Kind
    span: Span
    marks: tuple[Mark, ...] = ()
    level: int = 0  # of a heading (1-6) or of a nested list item
    marker: str = ""  # the label of a list item that its format keeps apart from the text: "1.", "•"
    part: str = "body"  # or header, footer, footnote: where else in the file it stood
    inner: tuple[Mark, ...] = ()  # what else the file has inside the block, see `INNER`; for writing it back
    node: int | None = None  # number of the file's element that the block is, where its format counts them


@dataclass(frozen=True)
class SetAside:
    """A stretch of text that is not part of the story, kept and shown with the reason why (a stable word)."""

    span: Span
    text: str
    reason: str


@dataclass(frozen=True)
class Document:
    """An upload, read. Every character of ``text`` outside blocks and `set_aside` is white space.

    ``warnings`` are (code, parameters) pairs for the uploader, e.g. that the text was Windows-1252. ``metadata`` holds
    what the format said of itself (byline, date, keywords, identifiers), all strings or lists of strings. ``places``
    tells where stretches of ``text`` stood in the file, as each format counts (for writing a translation back).
    """

    text: str
    blocks: tuple[Block, ...]
    set_aside: tuple[SetAside, ...] = ()
    warnings: tuple[tuple[str, dict[str, Any]], ...] = ()
    metadata: dict[str, Any] = field(default_factory=dict)
    format: str = "text"
    places: tuple[tuple[Span, int], ...] = field(default=(), compare=False, repr=False)

    @property
    def title(self) -> str:
        """The headline's text, or an empty string."""
        return next((b.span.of(self.text) for b in self.blocks if b.kind is Kind.HEADLINE), "")


class Format(Protocol):
    """One ingest format, one module."""

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]

    def recognises(self, data: bytes) -> bool:
        """Whether the content (never the name alone) is of this format."""
        ...

    def read(self, data: bytes) -> Document:
        """Blocks of the upload. Raises `corpus.errors.RelaisError` with one clear sentence."""
        ...
