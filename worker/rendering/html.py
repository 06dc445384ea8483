"""A page or fragment with its blocks in another language: the text is replaced in the source, all else stays as it is.

Comments, attributes, white space between elements, scripts and what was set aside come back byte for byte.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Sequence

from corpus.errors import RelaisError
from corpus.marks import Mark
from corpus.spans import Span
from worker.ingest.base import Block, Document, Kind
from worker.ingest.decoding import clean, raw
from worker.ingest.html import COUNTED, INLINE, VOID, named_encoding, parse
from worker.kept import KEEP, is_kept
from worker.rendering.base import Target
from worker.rendering.html_source import Source, Token
from worker.rendering.splicing import spliced
from worker.rendering.weaving import Element, weave

name = "html"
_NO_GUILLEMETS = str.maketrans("", "", "«»")
_BROKEN = "the page's elements are too broken for a translation to be written back into it"
_QUOTES = '«»“”„"‘’ \u00a0\u202f'
_LANGUAGE = re.compile(r"(<html\b[^>]*?\s(?:xml:)?lang\s*=\s*[\"']?)[A-Za-z]{2,3}(?:-\w+)*", re.IGNORECASE)


def render(data: bytes, document: Document, translated: Sequence[Target | None], language: str) -> bytes:
    """See `worker.rendering.base`; the page's own language and a title that is the headline are changed too."""
    text, encoding = raw(data, named_encoding(data))
    made = render_text(text, document, translated)
    made = _LANGUAGE.sub(rf"\g<1>{language}", made, count=1)
    return made.encode(encoding, "xmlcharrefreplace")


def render_text(text: str, document: Document, translated: Sequence[Target | None]) -> str:
    """The source of a page or fragment, with the blocks that have a target in its words."""
    source = Source(text)
    tree = parse(clean(text))
    if [str(e.tag) for e in tree.iter() if e.tag in COUNTED] != source.names:
        raise RelaisError(_BROKEN)
    edits: list[tuple[Span, str]] = []
    for block, target in zip(document.blocks, translated, strict=True):
        if target is None or is_kept(document.text, [m for m in block.marks if m.kind == KEEP], block.span):
            continue
        letters = _letters(document, block)
        if letters:
            _compare(source, document, block, letters)
            edits.append(_Region(source, letters).replaced(target))
        elif block.kind is Kind.HEADLINE:
            edits += _title(source, block.span.of(document.text), target)
    return spliced(text, edits)


def _letters(document: Document, block: Block) -> list[tuple[int, int]]:
    """The block's runs of letters (characters that are no white space): number of the first, and how many."""
    found = []
    first = bisect_right(document.places, block.span.start, key=lambda p: p[0].end)
    for span, place in document.places[first:]:
        if span.start >= block.span.end:
            break
        before = len("".join(document.text[span.start : max(span.start, block.span.start)].split()))
        inside = document.text[max(span.start, block.span.start) : min(span.end, block.span.end)]
        count = len("".join(inside.split()))
        if count:
            found.append((place + before, count))
    return found


def _compare(source: Source, document: Document, block: Block, letters: list[tuple[int, int]]) -> None:
    """Raises where the source's letters are not those that ingest read there."""
    there = "".join(c for first, count in letters for c, _ in source.letters[first : first + count])
    here = "".join(block.span.of(document.text).split())
    if there != here and there.translate(_NO_GUILLEMETS) != here.translate(_NO_GUILLEMETS):  # <q> gave it some
        raise RelaisError("the page's text is not where it was read; its translation cannot be written back")


class _Region:
    """The stretch of tokens that a block is: its text, and the elements that open and close around it."""

    def __init__(self, source: Source, letters: list[tuple[int, int]]) -> None:
        self._source = source
        self._tokens = source.tokens
        self._letters = letters
        self._first = letters[0][0]
        self._last = letters[-1][0] + letters[-1][1] - 1
        self._start, self._end = source.letters[self._first][1].start, source.letters[self._last][1].end
        self._low = bisect_right(source.starts, self._start) - 1
        self._high = bisect_right(source.starts, self._end - 1) - 1
        if any(self._tokens[i].kind != "text" for i in (self._low, self._high)):
            raise RelaisError(_BROKEN)
        self._pairs: dict[int, int] = {}  # start tag's token → end tag's
        self._fit()

    def _fit(self) -> None:
        """Widen over the elements that begin before the text and end behind it, and over nothing else."""
        low, high = self._low, self._high
        while low > 0 and self._inline(self._tokens[low - 1]):
            low -= 1
        while high + 1 < len(self._tokens) and self._inline(self._tokens[high + 1]):
            high += 1
        self._pairs = _pairs(self._tokens, low, high)
        around = [(a, b) for a, b in self._pairs.items() if b >= self._low and a <= self._high]
        self._from = min((self._low, *(a for a, _ in around)))
        self._to = max((self._high, *(b for _, b in around)))

    def _inline(self, token: Token) -> bool:
        """Whether a token may belong to the block beside it: an inline tag, a comment, white space."""
        if token.kind == "text":
            return self._source.text[token.span.start : token.span.end].isspace()
        return token.kind in ("other", "whole") or token.name in INLINE or token.name == "br"

    def replaced(self, target: Target) -> tuple[Span, str]:
        """The stretch of the source, and what it becomes."""
        start = self._tokens[self._from].span.start if self._from < self._low else self._start
        end = self._tokens[self._to].span.end if self._to > self._high else self._end
        escape = _escaped_in_pre if self._low in self._source.preformatted else _escaped
        return Span(start, end), weave(target.text, self._elements(target), escape)

    def _elements(self, target: Target) -> list[Element]:
        marks = {m.node: m for m in target.marks if m.node is not None}
        found: list[Element] = []
        open_ends: list[tuple[int, int]] = []  # (end tag's token, index of the element)
        skip_to = -1
        for i in range(self._from, self._to + 1):
            token = self._tokens[i]
            while open_ends and open_ends[-1][0] < i:
                open_ends.pop()
            if i <= skip_to or token.kind == "text" or (token.kind == "end" and i in self._pairs.values()):
                continue
            parent = open_ends[-1][1] if open_ends else None
            end = self._pairs.get(i)
            mark = marks.get(token.number) if token.number is not None else None
            span = self._place(token, self._tokens[end] if end is not None else None, mark, target)
            before = self._written(token.span)
            if end is None:
                at = span.end if token.kind != "start" or token.name in VOID else span.start  # one that is never closed
                found.append(self._alone(before, token, at, parent, target.text))
                continue
            if mark is not None and mark.kind == "keep":
                whole = Span(token.span.start, self._tokens[end].span.end)
                found.append(Element(self._written(whole), "", span, parent, verbatim=True))
                skip_to = end
                continue
            if token.name == "q":
                span, quotes = _within_quotes(span, target.text)
                found += [Element("", "", quote, parent, verbatim=True) for quote in quotes]
            open_ends.append((end, len(found)))
            found.append(Element(before, self._written(self._tokens[end].span), span, parent))
        return found

    def _share(self, number: int) -> float:
        """The share of the block's letters that stand before a letter of the page."""
        before = sum(min(max(number - first, 0), count) for first, count in self._letters)
        return before / sum(count for _, count in self._letters)

    def _alone(self, tag: str, token: Token, at: int, parent: int | None, text: str) -> Element:
        """An element without text, with white space before it as it had in the source."""
        spaced = self._source.text[token.span.start - 1 : token.span.start].isspace()
        if spaced and text[at : at + 1] == " ":
            if self._source.text[token.span.end : token.span.end + 1].isspace():
                tag = f" {tag}"
            else:
                at += 1
        return Element(tag, "", Span(at, at), parent)

    def _written(self, span: Span) -> str:
        return self._source.text[span.start : span.end]

    def _place(self, token: Token, end: Token | None, mark: Mark | None, target: Target) -> Span:
        """Where an element goes: over the whole text if it was there, where its mark is, else by proportion."""
        length = len(target.text)
        if end is not None and token.first <= self._first and end.first > self._last:
            return Span(0, length)
        if mark is not None:
            return mark.span
        if token.first <= self._first:
            return Span(0, 0)
        if token.first > self._last:
            return Span(length, length)
        at = _behind_letters(target.text, self._share(token.first))
        return Span(at, at)


def _pairs(tokens: Sequence[Token], low: int, high: int) -> dict[int, int]:
    """Start tags and their end tags among the tokens from `low` to `high`."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for i in range(low, high + 1):
        token = tokens[i]
        if token.kind == "start" and token.name not in VOID:
            opened.append(i)
        elif token.kind == "end":
            at = next((k for k in range(len(opened) - 1, -1, -1) if tokens[opened[k]].name == token.name), None)
            if at is not None:
                found[opened[at]] = i
                del opened[at:]
    return found


def _behind_letters(text: str, share: float) -> int:
    """The place behind that share of the text's letters, not within a word."""
    at = [i + 1 for i, c in enumerate(text) if not c.isspace()]
    place = at[min(max(round(share * len(at)), 1), len(at)) - 1] if at else 0
    while text[place - 1 : place].isalnum() and text[place : place + 1].isalnum():
        place += 1
    return place


def _within_quotes(span: Span, text: str) -> tuple[Span, list[Span]]:
    """A quotation's words, and the marks around them, which its element shows by itself."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_QUOTES))
    inner = Span(start, start + len(words.strip(_QUOTES)))
    return inner, [s for s in (Span(span.start, inner.start), Span(inner.end, span.end)) if s.start < s.end]


def _escaped_in_pre(words: str) -> str:
    return html.escape(words, quote=False)


def _escaped(words: str) -> str:
    """A line break of the text is a `br` already: what is behind it begins with it."""
    return html.escape(words.removeprefix("\n").replace("\n", " "), quote=False)


def _title(source: Source, headline: str, target: Target) -> list[tuple[Span, str]]:
    """A headline that came from the page's title: changed there."""
    for i, token in enumerate(source.tokens[:-1]):
        if token.name == "title" and token.kind == "start" and source.tokens[i + 1].kind == "text":
            span = source.tokens[i + 1].span
            words = source.text[span.start : span.end]
            if headline in words:
                return [(span, words.replace(headline, html.escape(target.text, quote=False)))]
    return []
