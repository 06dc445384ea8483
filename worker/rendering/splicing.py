"""Edits of a text file: stretches of its text replaced, the rest as it was, in its own encoding and line ends."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.spans import Span
from worker.ingest.decoding import clean

Edit = tuple[Span, str]


def spliced(text: str, edits: Sequence[Edit]) -> str:
    """The text with its edits, which do not overlap."""
    out: list[str] = []
    at = 0
    for span, made in sorted(edits, key=lambda edit: edit[0]):
        out += [text[at : span.start], made]
        at = span.end
    return "".join([*out, text[at:]])


def spliced_as_read(text: str, edits: Sequence[Edit]) -> str:
    """The same for edits that count in the text as ingest read it, without invisible characters."""
    if clean(text) == text:
        return spliced(text, edits)
    kept = [i for i, character in enumerate(text) if clean(character)]
    kept.append(len(text))
    return spliced(text, [(Span(kept[s.start], kept[s.end - 1] + 1 if s.end else 0), made) for s, made in edits])


def encoded(text: str, encoding: str) -> bytes:
    """In the encoding it had, or in UTF-8 where that lacks a letter."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8")


def line_end(text: str) -> str:
    """How the text ends its lines."""
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"


def line_spans(text: str) -> list[Span]:
    """The lines without their ends, the last one too."""
    ends = [Span(*m.span()) for m in re.finditer(r"\r\n|\n|\r", text)]
    borders = [Span(0, 0), *ends, Span(len(text), len(text))]
    return [Span(one.end, other.start) for one, other in pairwise(borders)]
