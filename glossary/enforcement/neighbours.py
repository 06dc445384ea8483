"""The words beside a term, put right after the term has changed: a/an, doubled articles, «у»/«в», «і»/«й»."""

import re

from corpus.spans import Span
from glossary.enforcement.patch import Edit

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LAST_WORD = re.compile(r"(\w+)(\s+)$")
_SOUNDS_LIKE_CONSONANT = re.compile(r"(?:uni|use|usu|uti|eu|ukr|one\b|once\b|u[- ]?boat|u\.?n\b|ura)", re.IGNORECASE)
_SOUNDS_LIKE_VOWEL = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)
_LETTERS_WITH_VOWEL = "AEFHILMNORSX"  # “an FBI agent”, “an MP”
_VOWELS = "аеєиіїоуюя"
_AFTER_V = re.compile(r"(?:[вф]|[лсткдзхгб]в)", re.IGNORECASE)  # before these «у» stays whatever comes before


def edits(text: str, term: Span, language: str) -> list[Edit]:
    """Changes beside a term that Relais put at `term`, in order; the term itself stays."""
    rules = {"en": _english, "uk": _ukrainian}.get(language)
    return rules(text, term) if rules else []


def _english(text: str, term: Span) -> list[Edit]:
    before = _LAST_WORD.search(text[: term.start])
    if not before:
        return []
    word, first = before[1], term.of(text).split()[0].lower()
    place = Span(*before.span(1))
    if word.lower() in ("a", "an", "the") and first in ("a", "an", "the"):
        return [(Span(before.start(), term.start), "")]
    if word.lower() in ("a", "an"):
        right = indefinite_article(term.of(text))
        right = right.capitalize() if word[0].isupper() else right
        return [(place, right)] if word != right else []
    return []


def indefinite_article(what: str) -> str:
    """“a” or “an”, by the sound of the first word as far as spelling shows it."""
    word = what.split(maxsplit=1)[0]
    if len(word) > 1 and word.isupper() and not any(c in "AEIOU" for c in word[1:3]):  # read letter by letter
        return "an" if word[0] in _LETTERS_WITH_VOWEL else "a"
    if _SOUNDS_LIKE_VOWEL.match(word):
        return "an"
    return "an" if word[0].lower() in "aeiou" and not _SOUNDS_LIKE_CONSONANT.match(word) else "a"


def _ukrainian(text: str, term: Span) -> list[Edit]:
    before = _LAST_WORD.search(text[: term.start])
    if not before or before[1].lower() not in ("у", "в", "і", "й"):
        return []
    word = before[1].lower()
    head = text[: before.start()].rstrip()
    right = _preposition(head, term.of(text)) if word in ("у", "в") else _conjunction(head, term.of(text))
    right = right.upper() if before[1].isupper() else right
    return [(Span(*before.span(1)), right)] if right != before[1] else []


def _preposition(head: str, following: str) -> str:
    """«у» between consonants and before в, ф, св, хв…; «в» before a vowel and after one (Правопис 2019, §23)."""
    if _AFTER_V.match(following):
        return "у"
    if following[:1].lower() in _VOWELS:
        return "в"
    return "в" if head and head[-1].lower() in _VOWELS else "у"


def _conjunction(head: str, following: str) -> str:
    """«й» between vowels and after a vowel before a consonant, else «і» (Правопис 2019, §24)."""
    after_vowel = bool(head) and head[-1].lower() in _VOWELS
    return "й" if after_vowel and following[:1].lower() not in "йїєюя" else "і"
