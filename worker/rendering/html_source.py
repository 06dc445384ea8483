"""The source of an HTML page cut into tags, comments and text with their offsets, as HTML's tokenizer does.

lxml's tree tells what the page says, but not where it stands in the file; this does, and nothing else.
"""

import html
import re
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.spans import Span
from worker.ingest.decoding import clean
from worker.ingest.html import COUNTED, SKIPPED, VOID

_TOKEN = re.compile(
    r"(?P<comment><!--(?:>|->|.*?(?:--!?>|\Z))|<[!?].*?(?:>|\Z)|</(?![a-zA-Z]).*?(?:>|\Z))"
    r"|<(?P<end>/)?(?P<name>[a-zA-Z][^\s/>]*)(?:=\s*\"[^\"]*\"|=\s*'[^']*'|[^>])*+(?:>|\Z)",
    re.DOTALL,
)
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?")
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"})
_RESOLVED = frozenset({"textarea", "title"})  # raw text in which character references are read


@dataclass(frozen=True)
class Token:
    """``kind``: text, start, end (tags), other (comments, declarations) or whole (an element that is not looked into).

    ``number``: of an element that may stand inside a block, as ingest counts them. ``first``: number of the text's
    first character that is no white space.
    """

    kind: str
    span: Span
    name: str = ""
    number: int | None = None
    first: int = 0
    resolved: bool = True


class Source:
    """A page's tokens in order; `letters` are its characters that are no white space, each with its stretch."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.letters: list[tuple[str, Span]] = []
        self.names: list[str] = []  # of the elements that are counted
        self.tokens: list[Token] = _whole_elements(self._read())

    def _read(self) -> list[Token]:
        tokens: list[Token] = []
        at = 0
        raw = ""
        while at < len(self.text):
            if raw:
                closing = re.compile(rf"</{re.escape(raw)}(?=[\s/>])", re.IGNORECASE).search(self.text, at)
                end = closing.start() if closing else len(self.text)
                tokens += self._text_token(Span(at, end), resolved=raw in _RESOLVED)
                at, raw = end, ""
                continue
            found = _TOKEN.search(self.text, at)
            tokens += self._text_token(Span(at, found.start() if found else len(self.text)))
            if found is None:
                break
            token = self._tag(found)
            tokens.append(token)
            at = found.end()
            raw = token.name if token.kind == "start" and token.name in _RAW else ""
        return tokens

    def _tag(self, found: re.Match[str]) -> Token:
        span = Span(*found.span())
        if found["comment"]:
            return Token("other", span, first=len(self.letters))
        name = found["name"].lower()
        if found["end"]:
            return Token("end", span, name, first=len(self.letters))
        number = None
        if name in COUNTED:
            number = len(self.names)
            self.names.append(name)
        return Token("start", span, name, number, len(self.letters))

    def _text_token(self, span: Span, *, resolved: bool = True) -> list[Token]:
        if span.start == span.end:
            return []
        token = Token("text", span, first=len(self.letters), resolved=resolved)
        at = span.start
        references = _REFERENCE.finditer(self.text, *span) if resolved else ()
        for reference in references:
            self._count(at, reference.start())
            meant = html.unescape(reference[0])
            self.letters += [(c, Span(*reference.span())) for c in clean(meant) if not c.isspace()]
            at = reference.end()
        self._count(at, span.end)
        return [token]

    def _count(self, start: int, end: int) -> None:
        kept = ((i, c) for i, c in enumerate(self.text[start:end], start) if not c.isspace())
        self.letters += [(c, Span(i, i + 1)) for i, c in kept if clean(c)]

    @cached_property
    def starts(self) -> list[int]:
        """Where the tokens begin, for looking one up."""
        return [token.span.start for token in self.tokens]

    @cached_property
    def preformatted(self) -> frozenset[int]:
        """Indexes of the tokens whose white space is shown as it is."""
        found: list[int] = []
        depth = 0
        for i, token in enumerate(self.tokens):
            if token.name == "pre":
                depth = max(0, depth + (1 if token.kind == "start" else -1))
            elif depth:
                found.append(i)
        return frozenset(found)


def _whole_elements(tokens: list[Token]) -> list[Token]:
    """Elements that hold no text of the story (scripts, pictures' sources…) as one token each, with all they hold."""
    ends = _ends(tokens)
    found: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if i in ends:
            found.append(replace(token, kind="whole", span=Span(token.span.start, tokens[ends[i]].span.end)))
            i = ends[i]
        else:
            found.append(token)
        i += 1
    return found


def _ends(tokens: list[Token]) -> dict[int, int]:
    """Where the elements end that are not looked into; one that is never closed is none."""
    found: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for i, token in enumerate(tokens):
        if token.name not in SKIPPED or token.name in ("head", "frameset"):
            continue
        if token.kind == "start" and token.name in VOID:
            found[i] = i
        elif token.kind == "start":
            opened.setdefault(token.name, []).append(i)
        elif opened.get(token.name):
            found[opened[token.name].pop()] = i
    return found
