"""Script: Latin words in Ukrainian, Cyrillic ones in English, and Russian letters that Ukrainian does not have."""

import re
from collections.abc import Iterable, Iterator

from corpus.spans import Span
from worker.checks.addresses import ADDRESS
from worker.checks.base import Context, Flag, Pair, Severity, fold

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_RUSSIAN = re.compile(r"[ыэъёЫЭЪЁ]")
_ROMAN = re.compile(r"[IVXLCDM]+")
_MARKUP = re.compile(r"<[^<>]+>|`[^`]+`|\S+\.(?:com|org|net|fr|ua|eu|example|pdf|html?)\b\S*")
_NEITHER = "ªºµΩ"


class Script:
    """What stands in the source in the same letters (a name, a quoted title, an address) is right in the target."""

    codes = ("latin_word", "foreign_script", "mixed_script", "russian_letter")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:
        if pair.language == "en" and pair.target.isascii():
            return
        kept = fold(" ".join((pair.source, *context.kept)))
        for span in _words(pair.target):
            code = _code(span.of(pair.target), pair.language)
            if code and not (_stands_in(span.of(pair.target), kept, code)):
                severity = Severity.WARNING if code == "latin_word" else Severity.ERROR
                yield Flag(code, span, severity, {"word": span.of(pair.target)})


def _words(text: str) -> Iterator[Span]:
    taken = [Span(*m.span()) for pattern in (ADDRESS, _MARKUP) for m in pattern.finditer(text)]
    for match in _WORD.finditer(text):
        span = Span(*match.span())
        if not any(stretch.overlaps(span) for stretch in taken):
            yield span


def _code(word: str, language: str) -> str | None:
    latin, cyrillic = bool(_LATIN.search(word)), bool(_CYRILLIC.search(word))
    if latin and cyrillic:
        parts = word.split("-")  # VIP-гість is one word of two honest halves
        return "mixed_script" if any(_LATIN.search(p) and _CYRILLIC.search(p) for p in parts) else None
    if language == "uk":
        if latin:
            return None if _ROMAN.fullmatch(word) else "latin_word"
        if _RUSSIAN.search(word):
            return "russian_letter"
    others = cyrillic if language == "en" else False
    return "foreign_script" if others or not (latin or cyrillic or all(c in _NEITHER for c in word)) else None


def _stands_in(word: str, source: str, code: str) -> bool:
    """Whether the source has it so. In Ukrainian a Latin word must be a name: a copied common noun is not translated."""
    if code == "latin_word" and word.islower() and len(word) > 1:
        return False
    return re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", source) is not None
