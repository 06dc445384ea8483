"""Inline marks typed into a plain text (`**35 pays**`, `*le Fil*`, `[le rapport](https://…)`): read, not translated."""

import re
from dataclasses import dataclass, field

from corpus.marks import Mark
from corpus.spans import Span

_MARKED = re.compile(
    r"(?P<stars>\*\*|__)(?=[^\s*_])(?P<bold>[^\n]{1,500}?)(?<=[^\s*_])(?P=stars)"
    r"|(?<![\w*])\*(?=[^\s*])(?P<italic>[^*\n]{1,500}?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<low>[^_\n]{1,500}?)(?<=[^\s_])_(?![\w_])"
    r"|(?<!!)\[(?P<link>[^\[\]\n]{1,500})\]\((?P<href>(?:https?://|mailto:)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)"
)


@dataclass
class Marked:
    """A text without the signs of its marks. ``places``: stretches of it, with where they begin in the source.

    ``signs``: what stands before and behind each mark, by its `node`.
    """

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    places: list[tuple[Span, int]] = field(default_factory=list)
    signs: list[tuple[str, str]] = field(default_factory=list)


def read_marks(text: str) -> Marked:
    """The text and its marks, outer ones before those they hold."""
    found = Marked()
    parts: list[str] = []
    _read(text, Span(0, len(text)), found, parts, 0)
    found.text = "".join(parts)
    return found


def _read(text: str, span: Span, found: Marked, parts: list[str], length: int) -> int:
    """Read a stretch of the text; returns the length of the plain text so far, in `parts`."""
    at = span.start
    for match in _MARKED.finditer(span.of(text)):
        start, end = match.start() + span.start, match.end() + span.start
        length = _plain(text, Span(at, start), found, parts, length)
        group = next(g for g in ("bold", "italic", "low", "link") if match[g])
        inner = Span(*match.span(group)).shifted(span.start)
        node, first = len(found.signs), length
        found.signs.append((text[start : inner.start], text[inner.end : end]))
        place = len(found.marks)
        kind = "italic" if group == "low" else group
        length = _read(text, inner, found, parts, length)
        found.marks.insert(place, Mark(kind, Span(first, length), match["href"], node=node))
        at = end
    return _plain(text, Span(at, span.end), found, parts, length)


def _plain(text: str, span: Span, found: Marked, parts: list[str], length: int) -> int:
    if span.start == span.end:
        return length
    parts.append(span.of(text))
    end = length + span.end - span.start
    found.places.append((Span(length, end), span.start))
    return end
