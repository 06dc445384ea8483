"""Sentences as lists of token numbers that can be compared across languages and inflected forms.

A word gives its folded stem; letters lose case and accents, Cyrillic ones are written in Latin, and letters that
languages spell differently for one sound (c, k, q; y, i; ph, f) become one, so that names and cognates meet:
« Emmanuel » and «Еммануель» are both ``emanuel``. A number gives its value's digits. Character n-grams of the folded
words, as in chrF (Popović 2015), catch what inflection changes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_WORD = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009' ]\d{3}(?!\d))*(?:[.,]\d+)?|[^\W\d_]+")
_DOUBLED = re.compile(r"(.)\1+")
_STEM = 5  # letters that survive most inflection in French, English and Ukrainian
_GRAM = 4

_CYRILLIC = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъ’'",
        [*"abvgg", "d", "e", "ie", *"jziiiiklmnoprstufh", "ts", "ch", "ch", "ch", "", "iu", "ia", *"iee", "", "", ""],
        strict=True,
    )
)
_SOUNDS = [("sch", "ch"), ("sh", "ch"), ("tch", "ch"), ("ph", "f"), ("th", "t"), ("qu", "k"), ("ck", "k"), ("ou", "u")]
_LETTERS = str.maketrans({"c": "k", "q": "k", "y": "i", "w": "v", "x": "ks", "ß": "ss", "œ": "e", "æ": "e"})


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """The word as compared: lower case, Latin, without accents or doubled letters, sounds spelt one way."""
    spelt = "".join(_CYRILLIC.get(letter, letter) for letter in word.casefold())
    bare = "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))
    for written, sound in _SOUNDS:
        bare = bare.replace(written, sound)
    bare = bare.replace("ch", "\0").translate(_LETTERS).replace("\0", "ch")
    return _DOUBLED.sub(r"\1", bare)


def words(text: str) -> Iterator[str]:
    """Folded words and the digits of numbers ("3 405 117,5" and "3,405,117.5" are both "34051175")."""
    for match in _WORD.finditer(unicodedata.normalize("NFKC", text)):
        found = match.group()
        yield re.sub(r"\D", "", found) if found[0].isdecimal() else fold(found)


def stems(text: str) -> list[str]:
    """The first letters of each folded word; numbers whole."""
    return [w if w[:1].isdecimal() else w[:_STEM] for w in words(text)]


def ngrams(text: str) -> list[str]:
    """Character 4-grams of each folded word with its edges; shorter words and numbers whole."""
    grams = []
    for word in words(text):
        padded = f" {word} "
        if word[:1].isdecimal() or len(padded) <= _GRAM:
            grams.append(padded)
        else:
            grams.extend(padded[k : k + _GRAM] for k in range(len(padded) - _GRAM + 1))
    return grams


class Vocabulary:
    """Numbers for tokens, given out in order of first sight."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def numbers(self, tokens: Iterable[str]) -> list[int]:
        known = self._numbers
        return [known.setdefault(token, len(known)) for token in tokens]


class Tokens:
    """A text's sentences as one array of token numbers; sentence `k` is ``ids[starts[k]:starts[k + 1]]``."""

    def __init__(self, sentences: Sequence[list[int]]) -> None:
        self.starts: Ints = np.concatenate([[0], np.cumsum([len(s) for s in sentences], dtype=np.int64)])
        self.ids: Ints = np.fromiter((t for s in sentences for t in s), dtype=np.int64, count=int(self.starts[-1]))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, first: int, last: int) -> Ints:
        """Token numbers of the sentences `first` to `last` (exclusive)."""
        found: Ints = self.ids[self.starts[first] : self.starts[last]]
        return found

    def frequencies(self, size: int) -> NDArray[np.float64]:
        """How often each of `size` tokens occurs."""
        return np.bincount(self.ids, minlength=size).astype(np.float64)
