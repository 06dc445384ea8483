"""Names heard across alphabets: « Tchernychov », “Chernyshov” and «Чернишов» have the same consonants.

Classes of consonants as in Soundex (Russell 1918), but of the whole word and without its first letter kept, after the
spellings of French, English, German and romanised Ukrainian have been brought together.
"""

from functools import lru_cache

from rapidfuzz import fuzz

from glossary.normalise import without_accents
from glossary.romanisation import romanised

_SPELLINGS = (
    ("tch", "c"),
    ("tsch", "c"),
    ("sch", "c"),
    ("ch", "c"),
    ("gn", "n"),
    ("ph", "f"),
    ("th", "t"),
    ("x", "cc"),
)
_CLASSES = {letter: str(n) for n, group in enumerate(("bpfvw", "cgjkqszh", "dt", "l", "mn", "r")) for letter in group}
_ALIKE = 75  # per cent of the consonants


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The classes of a word's consonants, one digit for each; neighbours of one class count once."""
    latin = without_accents(romanised(word)).lower()
    for spelling, letter in _SPELLINGS:
        latin = latin.replace(spelling, letter)
    digits = [_CLASSES.get(letter, "") for letter in latin]
    return "".join(d for n, d in enumerate(digits) if d and (n == 0 or d != digits[n - 1]))


def alike(name: str, word: str) -> bool:
    """Whether two words may be one name. Endings of case add to the second."""
    first, second = sound(name), sound(word)
    if not first or not second:
        return without_accents(romanised(word)).lower()[:2] == without_accents(romanised(name)).lower()[:2]
    return second.startswith(first) or fuzz.ratio(first, second) >= _ALIKE
