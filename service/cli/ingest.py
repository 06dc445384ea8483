"""`relais ingest`: what Relais reads in a file, block by block."""

from typing import Any

import click

from service.cli._files import print_json, read_bytes
from worker.ingest import ingest
from worker.ingest.base import Block, Document
from worker.ingest.reasons import reason_sentence, warning_sentence


@click.command()
@click.argument("file")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--set-aside/--no-set-aside", default=True, help="Also print what was set aside (text format).")
def command(file: str, form: str, set_aside: bool) -> None:
    """Read FILE (`-`: standard input) into headline, paragraphs, captions… and what was set aside.

    Text, Markdown, HTML, DOCX, ODT, ninjs, NewsML-G2 and NITF are told by their content.
    """
    document = ingest(read_bytes(file), filename=None if file == "-" else file)
    for code, params in document.warnings:
        click.echo(f"relais: {warning_sentence(code, params, 'en')}", err=True)
    if form == "json":
        print_json(as_dict(document))
        return
    for block in document.blocks:
        click.echo(f"{block.kind.value}\t{_one_line(block.span.of(document.text))}")
    for aside in document.set_aside if set_aside else ():
        click.echo(f"({reason_sentence(aside.reason, 'en')})\t{_one_line(aside.text)}")


def as_dict(document: Document) -> dict[str, Any]:
    """The document for programs; offsets count Unicode characters of ``text``."""
    return {
        "format": document.format,
        "title": document.title,
        "text": document.text,
        "blocks": [_block(document, b) for b in document.blocks],
        "set_aside": [
            {"start": s.span.start, "end": s.span.end, "text": s.text, "reason": s.reason} for s in document.set_aside
        ],
        "warnings": [{"code": code, **params} for code, params in document.warnings],
        "metadata": document.metadata,
    }


def _block(document: Document, block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "start": block.span.start,
        "end": block.span.end,
        "text": block.span.of(document.text),
        "level": block.level,
        "marker": block.marker,
        "part": block.part,
        "marks": [m.as_dict() for m in block.marks],
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
