"""A Markdown file with its blocks in another language: signs, addresses, titles and line prefixes are the source's."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from markdown_it.token import Token

from corpus.errors import RelaisError
from corpus.spans import Span
from worker.ingest.base import Block, Document, Kind
from worker.ingest.decoding import clean, raw
from worker.ingest.markdown import front_matter, parsed, signs_of
from worker.rendering import html
from worker.rendering.base import Target, cut_off, within
from worker.rendering.signs import Signs, elements_of
from worker.rendering.splicing import Edit, encoded, line_end, line_spans, spliced_as_read
from worker.rendering.weaving import weave

name = "markdown"
_SPECIAL = re.compile(r"[\\`*\[\]|]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<!\w)_|_(?!\w)|~(?=~)")
_BLANK = re.compile(r"\n{2,}")  # would end the paragraph
_LINE_START = re.compile(r"^(\s*)([#>+-]|\d+(?=[.)]\s)|={3,}$)", re.MULTILINE)


def render(data: bytes, document: Document, translated: Sequence[Target | None], language: str) -> bytes:  # noqa: ARG001
    """See `worker.rendering.base`; in UTF-8 where the file's own encoding lacks a letter."""
    text, encoding = raw(data)
    source = clean(text)
    front = front_matter(source)
    tokens = parsed(source[front:])
    signs = signs_of(tokens)
    places = _Places(source, front, tokens)
    by_token: dict[int | None, list[tuple[Block, Target | None]]] = {}
    for block, target in zip(document.blocks, translated, strict=True):
        by_token.setdefault(block.node, []).append((block, target))
    edits: list[Edit] = []
    for number, pairs in by_token.items():
        if number is None:
            edits += _title(source[:front], document, pairs)
        elif tokens[number].type == "html_block":
            edits.append(_html(places, number, document, pairs))
        else:
            block, target = pairs[0]
            if target is not None:
                edits.append(_block(places, number, document, block, target, signs))
    return encoded(spliced_as_read(text, edits), encoding)


class _Places:
    """Where the tokens' contents stand in the source: markdown-it tells their lines, the rest is looked for."""

    def __init__(self, source: str, front: int, tokens: Sequence[Token]) -> None:
        self.source, self.tokens = source, tokens
        self._lines = [span.shifted(front) for span in line_spans(source[front:])]
        self._found: dict[int, Span] = {}
        at = front
        for number, token in enumerate(tokens):
            if token.type in ("inline", "fence", "code_block", "html_block") and token.map and token.content.strip():
                self._found[number] = self._find(token, at)
                at = self._found[number].end

    def __getitem__(self, number: int) -> Span:
        return self._found[number]

    def _find(self, token: Token, at: int) -> Span:
        wanted = [line.strip() for line in token.content.split("\n")]
        first, last = token.map or (0, 0)
        lines = iter(self._lines[first + (token.type == "fence") : last])
        spans: list[Span] = []
        for words in filter(None, wanted):
            for line in lines:
                start = max(line.start, at)
                place = max(self.source.find(form, start, line.end) for form in (words, words.replace("|", "\\|")))
                if place >= 0:
                    form = words if self.source.startswith(words, place) else words.replace("|", "\\|")
                    spans.append(Span(place, place + len(form)))
                    break
            else:
                raise RelaisError("the Markdown cannot be written back, this is not found in it: %(text)s", text=words)
        return Span(spans[0].start, spans[-1].end)

    def prefix(self, number: int) -> str:
        """What stands before the content on each further line: quote signs, the indent of a list."""
        span = self[number]
        next_line = bisect_right(self._lines, span.start, key=lambda line: line.start)
        later = self._lines[next_line] if next_line < len(self._lines) else None
        token = self.tokens[number]
        if later is None or later.start >= span.end or token.type != "inline":
            own = self._lines[next_line - 1]
            first = next(line for line in token.content.split("\n") if line.strip())
            indent = len(first) - len(first.lstrip())  # of code: it is part of the text
            return re.sub(r"[^\s>]", " ", self.source[own.start : span.start - indent])
        words = re.match(r"[ \t>]*", later.of(self.source))
        return words[0] if words else ""


def _block(places: _Places, number: int, document: Document, block: Block, target: Target, signs: Signs) -> Edit:
    token, span = places.tokens[number], places[number]
    if token.type == "inline":
        woven = weave(target.text, elements_of(block, target, signs), _escaped)
        made = _LINE_START.sub(r"\1\\\2", _BLANK.sub("\n", woven))
        made += cut_off(document, block)
    else:
        made = target.text
    return span, made.replace("\n", line_end(places.source) + places.prefix(number))


def _escaped(words: str) -> str:
    return _SPECIAL.sub(lambda sign: f"\\{sign[0]}", words)


def _html(places: _Places, number: int, document: Document, pairs: list[tuple[Block, Target | None]]) -> Edit:
    """A stretch of HTML within the text."""
    blocks = tuple(block for block, _ in pairs)
    span = places[number]
    part = replace(document, blocks=blocks, places=within(document, blocks))
    return span, html.render_text(span.of(places.source), part, [target for _, target in pairs])


def _title(front: str, document: Document, pairs: list[tuple[Block, Target | None]]) -> list[Edit]:
    """A headline that came from the front matter."""
    for block, target in pairs:
        headline = block.span.of(document.text)
        if target is not None and block.kind is Kind.HEADLINE and headline in front:
            start = front.index(headline)
            return [(Span(start, start + len(headline)), target.text.replace('"', "”"))]
    return []
