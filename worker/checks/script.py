"""Script: Latin words in Ukrainian, Cyrillic ones in English, and Russian letters that Ukrainian does not have."""

import re
from collections.abc import Iterable, Iterator

from corpus.spans import Span
from glossary.normalise import without_accents
from worker.checks.addresses import ADDRESS
from worker.checks.base import Context, Flag, Pair, Severity, fold

_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_DESIGNATION = re.compile(r"\d")  # F-16, G7, H3N2
_LATIN = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_LATIN_NAME = re.compile(rf"{_LATIN.pattern}+(?:[ '’-]{_LATIN.pattern}+)+")
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
        kept = without_accents(fold(" ".join((pair.source, *context.kept))))
        for span in _words(pair.target):
            word = span.of(pair.target)
            code = _code(word, pair.language)
            if code and not _stands_in(pair.target, span, kept, code):
                severity = Severity.WARNING if code == "latin_word" else Severity.ERROR
                yield Flag(code, span, severity, {"word": word})


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
    if not latin and not cyrillic:
        return "foreign_script" if any(c.isalpha() and c not in _NEITHER for c in word) else None
    if language == "en":
        return "foreign_script" if cyrillic else None
    if latin:
        return None if _ROMAN.fullmatch(word) or _DESIGNATION.search(word) else "latin_word"
    return "russian_letter" if _RUSSIAN.search(word) else None


def _stands_in(text: str, span: Span, source: str, code: str) -> bool:
    """Whether the source has it so. In Ukrainian a Latin word in small letters must be part of a name, not alone."""
    word = span.of(text)
    if code == "latin_word" and word.islower() and len(word) > 1:
        name = next((m.group() for m in _LATIN_NAME.finditer(text) if m.start() <= span.start < m.end()), "")
        if name.islower() or not name:
            return False
        word = name
    return re.search(rf"(?<!\w){re.escape(without_accents(fold(word)))}(?!\w)", source) is not None
