"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


class Edit(StrEnum):
    """`SAME` is in both texts, `REMOVED` in the old one alone, `ADDED` in the new one alone."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A stretch of one or both texts."""

    edit: Edit
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """Pieces in reading order: `old` is all but the added ones, `new` all but the removed ones, byte for byte."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Edit.SAME, "".join(before[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece(Edit.REMOVED, "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(Piece(Edit.ADDED, "".join(after[j1:j2])))
    return pieces
