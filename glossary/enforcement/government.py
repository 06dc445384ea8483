"""Which cases the word before a Ukrainian term asks for (government, «керування»), and which case stood there.

Prepositions and the commoner verbs with another object than the accusative are in `data/government.tsv`; what is not
there gives no verdict, and the model's score alone decides.
"""

import csv
import re
from functools import cache
from importlib.resources import files

from corpus.spans import Span
from glossary.inflection.uk_words import analyzer

CASES = {"nomn": "nom", "accs": "acc", "gent": "gen", "datv": "dat", "ablt": "ins", "loct": "loc", "voct": "voc"}
LIKELIEST_FIRST = tuple(CASES.values())  # where grammar and score leave it open
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_CLAUSE_START = re.compile(
    r"[.!?…:;,«»“”()—–]|\b(?:що|щоб|який|яка|яке|які|бо|коли|якщо|поки|але|а|і|й|та)\b", re.IGNORECASE
)
_COUNT = re.compile(r"(?<![\d.,])(\d+)\s+$")
_PREPOSITIONS_LOOK_BACK = 3  # words: «у цьому новому складі» has modifiers between preposition and noun


@cache
def _table() -> dict[tuple[str, str], frozenset[str]]:
    with (files("glossary") / "data" / "government.tsv").open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened, delimiter="\t"))
    return {(row["kind"], row["word"]): frozenset(row["cases"].split()) for row in rows}


def asked_for(text: str, start: int) -> frozenset[str] | None:
    """Cases that may stand at `start`, or None where the words before give no verdict."""
    if count := _COUNT.search(text[:start]):
        return _after_number(count[1])
    clause = text[:start]
    cut = max((m.end() for m in _CLAUSE_START.finditer(clause)), default=0)
    before = [m.group() for m in _WORD.finditer(clause, cut)]
    if not before:
        return None
    seen = before[-1:]
    for word in reversed(before[-_PREPOSITIONS_LOOK_BACK:]):
        cases = _table().get(("prep", word.lower()))
        if cases is not None:
            return cases & _agreeing(seen[1:] if len(seen) > 1 else []) or cases
        if not _is_modifier(word):
            break
        seen.append(word)
    return _of_verb(before)


def _after_number(digits: str) -> frozenset[str] | None:
    """Nominative or accusative after 1 to 4, genitive after the others; none for a year or an ordinal's digits."""
    if len(digits) > 3 or digits[-2:-1] == "1" or digits[-1] not in "1234":
        return frozenset({"gen"}) if len(digits) < 4 else None
    return None  # other cases are as usual, and the form beside 2 to 4 depends on gender


def _of_verb(before: list[str]) -> frozenset[str] | None:
    """What a finite verb right before asks for: by the table, else no nominative where a subject stands before it."""
    verbs = [p for p in analyzer().parse(before[-1]) if p.tag.POS in ("VERB", "INFN", "GRND")]
    if not verbs:
        return None
    for parse in verbs:
        if (cases := _table().get(("verb", parse.normal_form))) is not None:
            return cases
    if verbs[0].tag.POS in ("INFN", "GRND") or any(_is_subject(word) for word in before[:-1]):
        return frozenset(CASES.values()) - {"nom", "voc", "loc"}
    return None


def follows_noun(text: str, start: int) -> bool:
    """Whether the word before, in the same clause, is a noun: a term behind it is then mostly its genitive."""
    before = list(_WORD.finditer(text, 0, start))
    if not before or text[before[-1].end() : start].strip():
        return False
    return bool(analyzer().parse(before[-1].group())[0].tag.POS == "NOUN")


def tags_of(text: str, span: Span) -> frozenset[str]:
    """Case and number ("gen.sg") of the first word of a stretch that has any; empty where the dictionary has none."""
    for word in _WORD.findall(span.of(text)):
        if tags := _tags(word):
            return tags
    return frozenset()


@cache
def _tags(word: str) -> frozenset[str]:
    parses = [p for p in analyzer().parse(word) if p.tag.POS in ("NOUN", "ADJF", "NPRO", "NUMR") and p.is_known]
    return frozenset(
        f"{CASES[p.tag.case]}.{'pl' if p.tag.number == 'plur' else 'sg'}" for p in parses if p.tag.case in CASES
    )


def _cases(word: str) -> frozenset[str]:
    return frozenset(tag.split(".")[0] for tag in _tags(word))


def _agreeing(modifiers: list[str]) -> frozenset[str]:
    """Cases that all the modifiers between preposition and noun can stand in."""
    common = frozenset(CASES.values())
    for word in modifiers:
        common &= _cases(word) or common
    return common


@cache
def _is_modifier(word: str) -> bool:
    parses = analyzer().parse(word)
    return bool(parses) and parses[0].tag.POS in ("ADJF", "NPRO", "NUMR", "PRTF")


@cache
def _is_subject(word: str) -> bool:
    return any(p.tag.POS in ("NOUN", "NPRO") and p.tag.case == "nomn" for p in analyzer().parse(word) if p.is_known)
