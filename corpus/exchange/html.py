"""The translated article as an HTML page."""

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import BinaryIO

from corpus.exchange.base import Header, Report, Unit
from corpus.exchange.characters import printable
from corpus.exchange.inline import pieces
from corpus.exchange.layout import Block, blocks, tags
from corpus.marks import Mark

name = "html"
suffixes = (".html", ".htm")
media_type = "text/html"

_INLINE = {"bold": "strong", "italic": "em", "superscript": "sup", "subscript": "sub", "code": "code", "link": "a"}
_BLOCKS = {
    "headline": ("<h1>", "</h1>"),
    "standfirst": ('<p class="standfirst">', "</p>"),
    "quote": ("<blockquote><p>", "</p></blockquote>"),
    "caption": ('<p class="caption">', "</p>"),
    "credit": ('<p class="credit">', "</p>"),
    "list_item": ("<li>", "</li>"),
}


def write(stream: BinaryIO, header: Header, units: Iterator[Unit]) -> Report:
    """A whole page, without scripts, styles or anything fetched."""
    report = Report()
    title = escape(printable(header.title))
    head = f'<!DOCTYPE html>\n<html lang="{escape(header.target_language)}">\n<head>\n<meta charset="utf-8">\n'
    stream.write(f"{head}<title>{title}</title>\n</head>\n<body>\n<article>\n".encode())
    for line in lines(units, report):
        stream.write(line.encode() + b"\n")
    stream.write(b"</article>\n</body>\n</html>\n")
    return report


def lines(units: Iterator[Unit], report: Report) -> Iterator[str]:
    """The article's elements, one a line; `report` counts the units."""
    for is_list, together in groupby(blocks(units, report), key=lambda block: block.kind == "list_item"):
        if is_list:
            yield "<ul>"
        for block in together:
            opening, closing = _BLOCKS.get(block.kind, ("<p>", "</p>"))
            if block.kind == "heading":
                level = min(max(block.level, 2), 6)
                opening, closing = f"<h{level}>", f"</h{level}>"
            yield f"{opening}{inline(block)}{closing}"
        if is_list:
            yield "</ul>"


def inline(block: Block) -> str:
    """The block's text with its markup."""
    parts = []
    for piece in pieces(block.text, tags(block)):
        if piece.label is None:
            parts.append(escape(printable(piece.text), quote=False))
        else:
            parts.append(_tag(piece.label, begins=piece.begins))
    return "".join(parts)


def _tag(mark: Mark, *, begins: bool) -> str:
    element = _INLINE.get(mark.kind, "span")
    if not begins:
        return f"</{element}>"
    return f'<a href="{escape(printable(mark.href or ""))}">' if element == "a" else f"<{element}>"
