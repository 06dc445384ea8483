"""The translated article as Markdown (CommonMark)."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from corpus.exchange.base import Header, Report, Unit
from corpus.exchange.characters import on_one_line
from corpus.exchange.inline import pieces
from corpus.exchange.layout import Block, blocks, tags
from corpus.marks import Mark

name = "markdown"
suffixes = (".md",)
media_type = "text/markdown"

_INLINE = {"bold": "**", "italic": "*"}
_HTML = {"superscript": "sup", "subscript": "sub", "code": "code"}  # what CommonMark leaves to HTML
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\s*)(?:(#{1,6}(?=\s|$)|[-+=~](?=\s|[-=~]|$))|(\d{1,9})([.)])(?=\s|$))")


def write(stream: BinaryIO, _header: Header, units: Iterator[Unit]) -> Report:
    """Blocks between empty lines; characters that mean something to Markdown are escaped."""
    report = Report()
    before = ""
    for block in blocks(units, report):
        gap = "" if not before else "\n" if before == block.kind == "list_item" else "\n\n"
        stream.write(f"{gap}{_block(block)}".encode("utf-8", "replace"))
        before = block.kind
    stream.write(b"\n")
    return report


def _block(block: Block) -> str:
    text = inline(block)
    if block.kind == "headline":
        return f"# {text}"
    if block.kind == "heading":
        return f"{'#' * min(max(block.level, 2), 6)} {text}"
    if block.kind == "quote":
        return f"> {text}"
    if block.kind == "list_item":
        return f"{'  ' * max(block.level - 1, 0)}- {text}"
    return f"*{text}*" if block.kind in ("standfirst", "caption", "credit") and "*" not in text else text


def inline(block: Block) -> str:
    """The block's text on one line, with its markup."""
    parts = []
    for piece in pieces(block.text, tags(block)):
        if piece.label is not None:
            parts.append(_sign(piece.label, begins=piece.begins))
        else:
            parts.append(_ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", on_one_line(piece.text))))
    return _LINE_START.sub(_escaped_start, "".join(parts).strip())


def _escaped_start(match: re.Match[str]) -> str:
    """A sign that would make the line a heading, a list or a rule."""
    if match[2]:
        return f"{match[1]}\\{match[2]}"
    return f"{match[1]}{match[3]}\\{match[4]}"


def _sign(mark: Mark, *, begins: bool) -> str:
    if mark.kind == "link":
        address = (mark.href or "").replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C")
        return "[" if begins else f"]({on_one_line(address)})"
    element = _HTML.get(mark.kind)
    if element:
        return f"<{element}>" if begins else f"</{element}>"
    return _INLINE.get(mark.kind, "")
