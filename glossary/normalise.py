"""Text made comparable, with a way back: spellings that mean the same word become one string, offsets are kept."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from corpus.spans import Span

HYPHENS = "\u2010\u2011\ufe63\uff0d-"  # the plain one last: the string also serves inside [ ] of patterns
APOSTROPHES = "'’ʼ‘`´′\u02bb"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPQRSTUVWYZ", strict=True))
_LAST_LATIN = 0x24F  # Latin Extended-B ends here: every accented letter of the languages that names come from

WALL = "\u0001"  # stands between blocks and for dashes: no term reaches over it


def without_accents(text: str) -> str:
    """Letters without their diacritics; nothing else changes."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _coarse_table() -> dict[int, str]:
    table = {}
    for code in range(_LAST_LATIN + 1):
        bare = without_accents(chr(code)).lower()
        table[code] = bare if len(bare) == 1 else chr(code).lower()[:1]
    table |= {ord(c): "-" for c in HYPHENS} | {ord(c): "'" for c in APOSTROPHES}
    table |= {ord(c): " " for c in "\t\r\f\v\u00a0\u2000\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000"}
    table |= {ord(c): "\u00ad" for c in _INVISIBLE}
    table |= {ord("\u2028"): "\n", ord("\u2029"): "\n", 0x85: "\n", ord(WALL): " "}
    table |= dict.fromkeys(range(768, 880), "\xad")  # combining marks
    return table | {ord(small): capital.lower() for small, capital in _SMALL_CAPITALS.items()}


_COARSE = _coarse_table()
# Inline tags may stand inside a term; a block's tag (and a line break's) is white space or a wall and stays as it is.
_INLINE_TAG = r"</?(?:a|abbr|b|cite|em|font|i|mark|small|span|strong|sub|sup|u)(?: [^<>]*)?>"
_CHANGES = re.compile(rf"\u00ad+(?: *\n *)?|[ \n-][ \n-]+|{_INLINE_TAG}|\*+")


@dataclass(frozen=True)
class Normalised:
    """Coarse form of a text: no case, no accents, one space for any white space or hyphen.

    ``at[i]`` is where, in the coarse text, the i-th change of length ends, ``shift[i]`` what to add from there on to
    get an offset of the original.
    """

    original: str
    text: str
    at: list[int]
    shift: list[int]

    def original_span(self, start: int, end: int) -> Span:
        """The stretch of the original that coarse ``[start, end)`` was made from, combining marks included."""
        first = start + self.shift[bisect_right(self.at, start) - 1]
        last = end - 1 + self.shift[bisect_right(self.at, end - 1) - 1] + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        return Span(first, last)


def normalise(text: str) -> Normalised:
    """Coarse form of `text`. Costs a few passes in C; only changes of length are handled one by one."""
    flat = text.translate(_COARSE)
    pieces: list[str] = []
    at, shift, done, length = [0], [0], 0, 0
    for change in _CHANGES.finditer(flat):
        start, end = change.span()
        put = _replacement(change.group())
        pieces += (flat[done:start], put)
        length += start - done + len(put)
        at.append(length)
        shift.append(end - length)
        done = end
    pieces.append(flat[done:])
    return Normalised(text, "".join(pieces).replace("-", " ").replace("\n", " "), at, shift)


def _replacement(run: str) -> str:
    """What a run that changes length becomes: nothing, one space, or a wall that no term crosses."""
    if run[0] in "\u00ad<*":
        return ""
    if "-" in run:  # a hyphen at a line's end belongs to its word; one with a space before it is a dash
        return " " if run[0] == "-" and run.count("-") == 1 and "\n" in run else WALL
    return WALL if run.count("\n") > 1 else " "


def coarse(text: str) -> str:
    """The coarse form alone."""
    return normalise(text).text


_FINE = (
    {ord(c): " " for c in HYPHENS + "\t\r\n\f\v\u00a0\u2000\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u2028\u2029"}
    | {ord(c): "'" for c in APOSTROPHES}
    | {ord(c): None for c in _INVISIBLE + "*"}
    | {ord(small): capital for small, capital in _SMALL_CAPITALS.items()}
)


@lru_cache(maxsize=100_000)  # the same few thousand words come again and again
def fine(text: str) -> str:
    """Form that keeps case and accents: apostrophes, hyphens and white space unified, invisible characters gone."""
    if "<" in text:
        text = re.sub(_INLINE_TAG, "", text, flags=re.IGNORECASE)
    plain = unicodedata.normalize("NFC", text).translate(_FINE)
    if not _SMALL_CAPITALS.keys().isdisjoint(text):
        plain = plain.upper()
    return " ".join(plain.split())
