"""Inline marks typed into a plain text (`**35 pays**`, `*le Fil*`, `[le rapport](https://…)`): read, not translated."""

import re

from corpus.marks import Mark
from corpus.spans import Span

_MARKED = re.compile(
    r"(?P<stars>\*\*|__)(?=[^\s*_])(?P<bold>[^\n]{1,500}?)(?<=[^\s*_])(?P=stars)"
    r"|(?<![\w*])\*(?=[^\s*])(?P<italic>[^*\n]{1,500}?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<low>[^_\n]{1,500}?)(?<=[^\s_])_(?![\w_])"
    r"|(?<!!)\[(?P<link>[^\[\]\n]{1,500})\]\((?P<href>(?:https?://|mailto:)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)"
)


def read_marks(text: str, shift: int = 0) -> tuple[str, list[Mark]]:
    """The text without the signs, and its marks, moved by `shift` characters."""
    plain: list[str] = []
    marks: list[Mark] = []
    length = last = 0
    for found in _MARKED.finditer(text):
        before = text[last : found.start()]
        start = length + len(before)
        kind = "bold" if found["bold"] else "link" if found["link"] else "italic"
        inner, nested = read_marks(found["bold"] or found["italic"] or found["low"] or found["link"], shift + start)
        marks.append(Mark(kind, Span(shift + start, shift + start + len(inner)), found["href"]))
        marks += nested
        plain += [before, inner]
        length = start + len(inner)
        last = found.end()
    plain.append(text[last:])
    return "".join(plain), marks
