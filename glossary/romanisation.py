"""Ukrainian names in Latin letters, by the official table, and back.

Постанова Кабінету Міністрів України № 55 від 27.01.2010: one letter, one spelling, « є ї й ю я » with another one at a
word's beginning, « зг » as zgh, soft sign and apostrophe left out. The way back is therefore one of several; French
spellings (« Tchernychov ») are read by the usual transcription of the French press.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from glossary.inflection.uk_words import parses
from glossary.normalise import without_accents

_LETTER = re.compile(r"[а-яґєії]", re.IGNORECASE)
_MOST = 400  # readings looked at of one word


@cache
def _table() -> dict[str, dict[str, str]]:
    data = resources.files("glossary").joinpath("data", "romanisation.tsv").read_text(encoding="utf-8")
    return {row["letter"]: row for row in csv.DictReader(data.splitlines(), delimiter="\t")}


def romanised(text: str) -> str:
    """Official Latin spelling of a Ukrainian text; everything that is not a Ukrainian letter stays."""
    return re.sub(r"[\w’'ʼ]+", lambda word: _word(word.group()), text)


def _word(word: str) -> str:
    if not _LETTER.search(word):
        return word
    out: list[str] = []
    letters = re.sub("[’'ʼьЬ]", "", word)
    for n, letter in enumerate(letters):
        row = _table().get(letter.lower())
        latin = row["elsewhere" if n else "initial"] if row else letter
        if letter.lower() == "г" and n and letters[n - 1].lower() == "з":
            latin = "gh"
        if letter.isupper():
            latin = latin.upper() if len(letters) > 1 and letters.isupper() else latin.capitalize()
        out.append(latin)
    return "".join(out)


def cyrillic(name: str, *, most: int = 3) -> list[str]:
    """Likely Ukrainian spellings of a name in Latin letters, best first: by the official table, else as in French."""
    words = [_readings(word) if re.search(r"[^\W\d_]", word) else [word] for word in re.split(r"([ -])", name)]
    count = max((len(readings) for readings in words), default=0)
    return ["".join(readings[min(n, len(readings) - 1)] for readings in words) for n in range(min(count, most))]


def _readings(word: str) -> list[str]:
    """Spellings that would be romanised so, known names first; else the French reading; else the word as it is."""
    lower = word.lower().replace("’", "").replace("'", "")
    official = [r for r in _read(lower, "elsewhere") if romanised(r) == lower]
    found = official if official and not _looks_french(lower) else list(_read(lower, "french")) or official
    ranked = sorted(dict.fromkeys(found), key=lambda r: not _is_name(r))  # stable: the likeliest reading first
    return [_cased(word, reading) for reading in ranked] or [word]


def _looks_french(word: str) -> bool:
    return bool(re.search(r"tch|ou|ï|é|è|j|gu[eéi]|ss", word))


def _is_name(word: str) -> bool:
    return any(p.is_known and {"Name", "Surn", "Geox"} & p.tag.grammemes and "nomn" in p.tag for p in parses(word))


@cache
def _spellings(style: str) -> tuple[tuple[str, str], ...]:
    """Latin spellings and the letters they stand for, longest first."""
    pairs = [("zgh", "зг")] + [(row[style], letter) for letter, row in _table().items()]
    if style == "french":
        pairs += [
            ("iï", "ій"),
            ("yï", "ий"),
            ("gu", "г"),
            ("g", "г"),
            ("ss", "с"),
            ("é", "е"),
            ("è", "е"),
            ("y", "й"),
            ("eu", "е"),
        ]
    return tuple(sorted(pairs, key=lambda p: -len(p[0])))


def _read(word: str, style: str) -> Iterator[str]:
    """Readings of a Latin word, longest letter groups first, with soft signs where Ukrainian has them."""
    stack = [("", 0)]
    seen = 0
    while stack and seen < _MOST:
        read, at = stack.pop()
        if at == len(word):
            seen += 1
            yield from _softened(read)
            continue
        steps = [
            (read + letter, at + len(latin))
            for latin, letter in (_initial() if at == 0 and style != "french" else _spellings(style))
            if word.startswith(latin, at) and _fits(read, letter, word, at + len(latin))
        ]
        if not steps and word[at] != (bare := without_accents(word[at])):
            word = word[:at] + bare + word[at + 1 :]
            stack.append((read, at))
        stack += reversed(steps)


@cache
def _initial() -> tuple[tuple[str, str], ...]:
    pairs = [("zgh", "зг")] + [(row["initial"], letter) for letter, row in _table().items()]
    return tuple(sorted(pairs, key=lambda p: -len(p[0])))


def _fits(read: str, letter: str, word: str, after: int) -> bool:
    """« й » and « ї » only where they can stand: beside a vowel, « ї » after one or at the beginning."""
    before = read[-1:]
    if letter == "й":
        return (bool(before) and before in "аеєиіїоуюя") or (not before and word[after : after + 1] in tuple("oaeu"))
    if letter == "ї":
        return not before or (before in "аеєиоуюя" and after < len(word))
    if letter == "и":
        return bool(before) and before not in "аеєоуюяії"
    if letter == "і":
        return not before or before not in "аеєиіоуюяї"
    return True


def _softened(word: str) -> Iterator[str]:
    """« -ський », « -цький », « Хмельн- »: the soft sign that the Latin spelling leaves out."""
    soft = re.sub(r"(?<=[сцз])(?=к(?:ий|а|ого|ої|е)$)", "ь", word)
    soft = re.sub(r"(?<=л)(?=[бвгґджзкмнпрстфхцчшщ])", "ь", soft)
    yield soft
    if soft != word:
        yield word
    if re.search(r"[лнтдц]$", word):
        yield soft + "ь"


def _cased(model: str, word: str) -> str:
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
