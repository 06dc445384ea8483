"""Translators of the tests: the words in capitals, or as they were, with the marks where the source has them."""

from collections.abc import Callable

from worker.ingest import ingest
from worker.rendering import Target, of_blocks, render
from worker.segmentation import segment_document
from worker.sources import sources_in


def unchanged(text: str) -> str:
    return text


def shouted(text: str) -> str:
    """In capitals; every letter keeps its place."""
    return text.upper()


def rendered(
    data: bytes, translate: Callable[[str], str], *, filename: str | None = None, language: str = "en"
) -> bytes:
    """The upload written back with every segment given to `translate`, which keeps lengths where there are marks."""
    document = ingest(data, filename=filename)
    segments = segment_document(document)
    sources = sources_in(document, segments, to_write_back=True)
    targets = [Target(translate(s.text.replace("\n", " ")), s.marks) for s in sources]
    return render(data, document, of_blocks(document, segments, targets), language)
