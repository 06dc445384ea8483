"""`relais segment`: the sentences of a file, with their exact offsets."""

from typing import Any

import click

from corpus.spans import Span
from service.cli._files import print_json, read_bytes
from worker.ingest import ingest
from worker.ingest.base import Document
from worker.ingest.reasons import warning_sentence
from worker.segmentation import segment_document


@click.command()
@click.argument("file")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(file: str, form: str) -> None:
    """Cut FILE (`-`: standard input) into sentences, one a line.

    With --format json offsets count Unicode characters of the text read, which for a plain text without inline marks
    is the file's own.
    """
    document = ingest(read_bytes(file), filename=None if file == "-" else file)
    for code, params in document.warnings:
        click.echo(f"relais: {warning_sentence(code, params, 'en')}", err=True)
    segments = segment_document(document)
    if form == "json":
        print_json(as_dict(document, segments))
        return
    for spans in segments:
        for span in spans:
            click.echo(" ".join(span.of(document.text).split()))


def as_dict(document: Document, segments: list[list[Span]]) -> dict[str, Any]:
    """Blocks with their segments, and what was set aside."""
    return {
        "text": document.text,
        "blocks": [
            {
                "kind": block.kind.value,
                "start": block.span.start,
                "end": block.span.end,
                "segments": [{"start": s.start, "end": s.end, "text": s.of(document.text)} for s in spans],
            }
            for block, spans in zip(document.blocks, segments, strict=True)
        ],
        "set_aside": [
            {"start": s.span.start, "end": s.span.end, "text": s.text, "reason": s.reason} for s in document.set_aside
        ],
    }
