"""Markdown (CommonMark, with tables and strikethrough) by markdown-it-py."""

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.errors import RelaisError
from worker.ingest import text
from worker.ingest.base import Document, Kind
from worker.ingest.building import LINE_BREAK, Layout, MarkKey, Run
from worker.ingest.decoding import decode
from worker.ingest.lines import first_word, is_wrapped

name = "markdown"
suffixes = (".md", ".markdown", ".mdown", ".mkd")
media_types = ("text/markdown", "text/x-markdown")

_STRUCTURE = re.compile(
    r"^#{1,6}[ \t]+\S|^```|^~~~|^>[ \t]?\S.*\n>|!?\[[^\]\n]+\]\([^)\s]+|^\|(?:[ :-]+\|)+[ \t]*$|^={3,}[ \t]*$",
    re.MULTILINE,
)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-zÀ-ÿ_-]+)[ \t]*:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_MARKS = {"strong": "bold", "em": "italic", "link": "link", "s": "strike"}
_BRACKETS = 20_000  # more are no links of a story, and the parser's time grows with their square
_NESTING = 60  # levels of lists and quotes; deeper ones are taken as text


def recognises(data: bytes) -> bool:
    """Whether the text has Markdown's structure (headings, links, quotes, code, tables), not only asterisks."""
    try:
        text, _ = decode(data)
    except RelaisError:
        return False
    return not text.lstrip().startswith(("<", "{")) and _STRUCTURE.search(text) is not None


def read(data: bytes) -> Document:
    """Blocks of a Markdown file; its front matter becomes metadata."""
    source, warnings = decode(data)
    metadata: dict[str, Any] = {}
    front = _FRONT_MATTER.match(source)
    if front:
        metadata = {key.lower(): value for key, value in _FIELD.findall(front[1]) if value}
        source = source[front.end() :]
    if source.count("[") > _BRACKETS:
        return text.read(data)
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    layout = Layout()
    if metadata.get("title") and not re.search(r"^#[ \t]|^=+[ \t]*$", source, re.MULTILINE):
        layout.add(Kind.HEADLINE, [Run(metadata["title"])])
    _lay(parser.parse(source), layout)
    return layout.document(name, warnings=warnings, metadata=metadata)


def _lay(tokens: list[Token], layout: Layout) -> None:
    """Add the blocks of a token stream."""
    markers: list[str] = []
    quotes = heading = 0
    item_open = False
    for token in tokens:
        match token.type:
            case "heading_open":
                heading = int(token.tag[1])
            case "heading_close":
                heading = 0
            case "blockquote_open" | "blockquote_close":
                quotes += token.nesting
            case "list_item_open":
                markers.append(f"{token.info}{token.markup}" if token.info else "•")
                item_open = True
            case "list_item_close":
                markers.pop()
            case "inline":
                runs = _runs(token)
                if heading:
                    layout.add(Kind.HEADING, runs, level=heading)
                elif markers:
                    layout.add(Kind.LIST_ITEM, runs, level=len(markers), marker=markers[-1] if item_open else "")
                    item_open = False
                else:
                    layout.add(Kind.QUOTE if quotes else Kind.PARAGRAPH, runs)
            case "fence" | "code_block":
                layout.add(Kind.PARAGRAPH, [Run(token.content, (MarkKey("code"),))], keep_spaces=True)
            case "html_block":
                layout.add(Kind.PARAGRAPH, [Run(re.sub(r"<!--.*?-->|<[^<>]*>", " ", token.content, flags=re.DOTALL))])


def _runs(inline: Token) -> list[Run]:
    """Runs of text of one paragraph with the marks open over each.

    Line breaks of a paragraph wrapped to one width are spaces; others stay, for lines typed one under another.
    """
    widths = [(len(line.rstrip()), first_word(line)) for line in inline.content.splitlines() if line.strip()]
    soft = " " if len(widths) < 2 or is_wrapped(widths) else LINE_BREAK
    runs: list[Run] = []
    stack: list[MarkKey] = []
    for token in inline.children or []:
        if token.type in ("text", "code_inline", "text_special"):
            code = (MarkKey("code"),) if token.type == "code_inline" else ()
            runs.append(Run(token.content, (*stack, *code)))
        elif token.type in ("softbreak", "hardbreak"):
            runs.append(Run(soft if token.type == "softbreak" else LINE_BREAK, tuple(stack)))
        elif token.type == "html_inline" and token.content.lower().startswith("<br"):
            runs.append(Run(LINE_BREAK, tuple(stack)))
        elif token.type == "image":
            runs.append(Run(token.content, (*stack, MarkKey("image", str(token.attrs.get("src", ""))))))
        elif token.nesting == 1 and token.type.removesuffix("_open") in _MARKS:
            href = token.attrs.get("href")
            title = token.attrs.get("title")
            kind = _MARKS[token.type.removesuffix("_open")]
            stack.append(MarkKey(kind, None if href is None else str(href), None if title is None else str(title)))
        elif token.nesting == -1 and stack:
            stack.pop()
    return runs
