"""Apostrophes: one character for all of them."""

import re
from collections.abc import Iterator

from corpus.spans import Span
from glossary.enforcement.patch import Edit
from worker.typography.base import Hint
from worker.typography.style import Style

_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ‘`´′\u02bb](?=[^\W\d_])|(?<=\w)['´](?!\w)|(?<!\w)'(?=\w)")
_PRIME = re.compile(r"\d'$")  # 5' is a length or a time


def apostrophes(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """Every apostrophe as the house writes it. Run after `quotes`: single marks that enclose are curled by then."""
    for match in _APOSTROPHE.finditer(text):
        if not _PRIME.search(text, 0, match.end()):
            yield Span(*match.span()), style.apostrophe
