"""Markdown (CommonMark, with tables and strikethrough) by markdown-it-py."""

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.errors import RelaisError
from worker.ingest import html, text
from worker.ingest.base import ANCHOR, Document, Kind
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
_DESTINATION = re.compile(
    r"\]\((?:\\.|<[^>\n]*>|\"[^\"]*\"|'[^']*'|\((?:\\.|[^()\\])*\)|[^()\\])*\)|\]\[[^\]\n]*\]"
)  # what stands behind a link's words
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
    layout = Layout()
    if metadata.get("title") and not re.search(r"^#[ \t]|^=+[ \t]*$", source, re.MULTILINE):
        layout.add(Kind.HEADLINE, [Run(metadata["title"])])
    _lay(parsed(source), layout, [])
    return layout.document(name, warnings=warnings, metadata=metadata)


def front_matter(source: str) -> int:
    """Length of a file's front matter, in characters."""
    front = _FRONT_MATTER.match(source)
    return front.end() if front else 0


def parsed(source: str) -> list[Token]:
    """The token stream of a text without front matter."""
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    return parser.parse(source)


Signs = list[tuple[str, str]]


def signs_of(tokens: list[Token]) -> Signs:
    """What stands in the source before and behind each inline mark or anchor, by its `node`."""
    signs: Signs = []
    _lay(tokens, Layout(), signs)
    return signs


def _lay(tokens: list[Token], layout: Layout, signs: Signs) -> None:
    """Add the blocks of a token stream; a block's `node` is its token's index."""
    markers: list[str] = []
    quotes = heading = 0
    item_open = False
    for number, token in enumerate(tokens):
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
                runs = _runs(token, signs)
                if heading:
                    layout.add(Kind.HEADING, runs, level=heading, node=number)
                elif markers:
                    marker = markers[-1] if item_open else ""
                    layout.add(Kind.LIST_ITEM, runs, level=len(markers), marker=marker, node=number)
                    item_open = False
                else:
                    layout.add(Kind.QUOTE if quotes else Kind.PARAGRAPH, runs, node=number)
            case "fence" | "code_block" | "html_block":
                _lay_source(token, number, layout)


def _lay_source(token: Token, number: int, layout: Layout) -> None:
    """Add what stands in the text as code or as HTML."""
    if token.type == "html_block":
        for piece in html.read_pieces(html.parse(token.content)):
            piece.node = number
            piece.lay(layout)
    else:
        runs = [Run(token.content, (MarkKey("code"),))]
        layout.add(Kind.PARAGRAPH, runs, keep_spaces=True, node=number)


def _runs(inline: Token, signs: Signs) -> list[Run]:
    """Runs of text of one paragraph with the marks open over each.

    Line breaks of a paragraph wrapped to one width are spaces; others stay, for lines typed one under another.
    """
    widths = [(len(line.rstrip()), first_word(line)) for line in inline.content.splitlines() if line.strip()]
    soft = " " if len(widths) < 2 or is_wrapped(widths) else LINE_BREAK
    runs: list[Run] = []
    stack: list[MarkKey] = []
    at = 0  # how far the source is read
    for token in inline.children or []:
        kind = token.type.removesuffix("_open")
        if token.type in ("text", "code_inline", "text_special"):
            code = (_key("code", signs, token.markup, token.markup),) if token.type == "code_inline" else ()
            runs.append(Run(token.content, (*stack, *code)))
        elif token.type == "softbreak":
            runs.append(Run(soft, tuple(stack)))
        elif token.type in ("hardbreak", "html_inline"):
            broken = token.type == "hardbreak" or token.content.lower().startswith("<br")
            anchor = _key(ANCHOR, signs, token.content or "  \n", "")
            runs.append(Run(LINE_BREAK if broken else "", (*stack, anchor)))
        elif token.type == "image":
            source, at = _destination(inline.content, at)
            mark = _key("image", signs, "![", source)._replace(href=str(token.attrs.get("src", "")))
            runs.append(Run(token.content, (*stack, mark)))
        elif token.nesting == 1 and kind in _MARKS:
            before = ("<" if token.markup == "autolink" else "[") if kind == "link" else token.markup
            href, title = token.attrs.get("href"), token.attrs.get("title")
            mark = _key(_MARKS[kind], signs, before, "" if kind == "link" else token.markup)
            stack.append(mark._replace(href=_text(href), title=_text(title)))
        elif token.nesting == -1 and stack:
            mark = stack.pop()
            if mark.kind == "link" and mark.node is not None:
                before = signs[mark.node][0]
                source, at = (">", at) if before == "<" else _destination(inline.content, at)
                signs[mark.node] = (before, source)
    return runs


def _key(kind: str, signs: Signs, before: str, behind: str) -> MarkKey:
    signs.append((before, behind))
    return MarkKey(kind, node=len(signs) - 1)


def _text(value: str | int | float | None) -> str | None:
    return None if value is None else str(value)


def _destination(content: str, at: int) -> tuple[str, int]:
    """What stands behind the words of the next link or image of the source, and where it ends."""
    found = _DESTINATION.search(content, at)
    return (found[0], found.end()) if found else ("]", at)
