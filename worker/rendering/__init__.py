"""A translation written back in the format the upload had: bytes in, the same bytes with other words out."""

from collections.abc import Sequence
from types import ModuleType

from corpus.errors import RelaisError
from worker.ingest.base import Document
from worker.rendering import docx, html, markdown, ninjs, text
from worker.rendering.base import Target, of_blocks

__all__ = ["Target", "check_format", "left_as_they_are", "of_blocks", "render"]

FORMATS: tuple[ModuleType, ...] = (docx, html, markdown, ninjs, text)


def render(data: bytes, document: Document, translated: Sequence[Target | None], language: str) -> bytes:
    """The upload `data`, read as `document`, with every block's text in `language`; see `worker.rendering.base`.

    ``translated`` holds one target a block; none where the block has no words. Raises `RelaisError` where a target is
    missing or the format cannot be written: never a file of which a part is not translated.
    """
    renderer = check_format(document)
    for number, (block, target) in enumerate(zip(document.blocks, translated, strict=True), 1):
        if any(c.isalnum() for c in block.span.of(document.text)) and not (target and target.text.strip()):
            raise RelaisError("block %(number)s has no translation; no file is written", number=number)
    made: bytes = renderer.render(data, document, translated, language)
    return made


def check_format(document: Document) -> ModuleType:
    """The module that writes the document's format. Raises `RelaisError` where there is none."""
    renderer = next((f for f in FORMATS if f.name == document.format), None)
    if renderer is None:
        raise RelaisError("a translation cannot be written back as %(form)s", form=document.format)
    return renderer


def left_as_they_are(document: Document) -> list[str]:
    """Names of fields of the upload that hold words and stay in its language, for telling the user."""
    return list(getattr(check_format(document), "left_as_they_are", lambda _: [])(document))
