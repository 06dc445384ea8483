"""Which pairs are fit to learn from, and why the others are not."""

import re
import unicodedata

from training.pairs import Pair

MAX_CHARACTERS = 600  # beyond it, pairs are paragraphs: rare, costly, and often wrongly aligned
MIN_LETTER_SHARE = 0.5  # below it a line is code, a table or an address
LENGTH_RATIO = 2.2  # characters of the longer side per character of the shorter one
LENGTH_SLACK = 20  # characters by which short sentences may differ whatever their ratio

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_NOT_UKRAINIAN = re.compile(r"[ыэёъЫЭЁЪ]")
_NUMBER = re.compile(r"\d{2,}")
_SEPARATORS = re.compile(r"(?<=\d)[., ](?=\d)")
_MARKUP = re.compile(r"https?://|</?[a-zA-Z][^>]*>|[{}\\|`]|\]\(")
_CONTROL = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\ufeff]")


def normalise(text: str) -> str:
    """NFC, without control characters, white space (line breaks too) as single spaces.

    No-break spaces become plain ones: typography is set after translation, so the engine need not learn it.
    """
    return " ".join(_CONTROL.sub("", unicodedata.normalize("NFC", text)).split())


def key(text: str) -> str:
    """What two sentences have in common when they count as the same one: letters and digits without case."""
    return "".join(character for character in unicodedata.normalize("NFKC", text).casefold() if character.isalnum())


def _in_script(text: str, language: str) -> bool:
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if language == "uk":
        return cyrillic > latin and not _NOT_UKRAINIAN.search(text)
    return latin > cyrillic


def _letter_share(text: str) -> float:
    return sum(character.isalpha() or character.isspace() for character in text) / len(text)


def fault(pair: Pair, source_language: str, target_language: str) -> str | None:
    """Why a (normalised) pair is left out, in one word for the report; None when it is kept."""
    source, target, _ = pair
    if not source or not target:
        return "empty"
    if max(len(source), len(target)) > MAX_CHARACTERS:
        return "long"
    if key(source) == key(target):
        return "copied"
    short, long = sorted((len(source), len(target)))
    if long > LENGTH_RATIO * short + LENGTH_SLACK:
        return "ratio"
    if _MARKUP.search(source) or _MARKUP.search(target):
        return "markup"
    if min(_letter_share(source), _letter_share(target)) < MIN_LETTER_SHARE:
        return "letters"
    if not _in_script(source, source_language) or not _in_script(target, target_language):
        return "script"
    return _number_fault(source, target)


def _number_fault(source: str, target: str) -> str | None:
    """Numbers of two digits and more must be the same; single digits are often written out on one side only."""
    numbers = [sorted(_NUMBER.findall(_SEPARATORS.sub("", text))) for text in (source, target)]
    return None if numbers[0] == numbers[1] else "numbers"
