"""Which cases the words before a Ukrainian term ask for (government, «керування»), and which case stood there.

Prepositions and the commoner verbs with another object than the accusative are in `data/government.tsv`; what is not
there gives no verdict, and the model's score alone decides.
"""

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from corpus.spans import Span
from glossary.inflection.uk_words import analyzer

CASES = {"nomn": "nom", "accs": "acc", "gent": "gen", "datv": "dat", "ablt": "ins", "loct": "loc", "voct": "voc"}
_BARE = frozenset({"nom", "voc"})
LIKELIEST_FIRST = tuple(CASES.values())  # where grammar and score leave it open
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_CLAUSE_START = re.compile(
    r"[.!?…:;,«»“”()—–]|\b(?:що|щоб|який|яка|яке|які|бо|коли|якщо|поки|але|а|і|й|та)\b", re.IGNORECASE
)
_COUNT = re.compile(r"(?<![\d.,])(\d+)\s+$")
_SMALL_NUMERALS = frozenset({"один", "два", "три", "чотири", "обидва", "обидві", "обоє"})
_RELATIVES = frozenset({"який", "котрий", "чий", "що", "хто"})
_PREPOSITIONS_LOOK_BACK = 3  # words: «у цьому новому складі» has modifiers between preposition and noun


@cache
def _table() -> dict[tuple[str, str], frozenset[str]]:
    with (files("glossary") / "data" / "government.tsv").open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened, delimiter="\t"))
    return {(row["kind"], row["word"]): frozenset(row["cases"].split()) for row in rows}


class Force(StrEnum):
    """How surely the words before tell the case."""

    RULE = "rule"  # a preposition, a number, an agreeing adjective, a verb of the table
    LIKELY = "likely"  # a verb that has its subject already
    FAINT = "faint"  # a noun, or the start of a clause


@dataclass(frozen=True)
class Government:
    """Cases that may stand in a place, by a rule of grammar, or merely the likely ones there."""

    cases: frozenset[str]
    force: Force

    def rules_out(self, cases: frozenset[str]) -> bool:
        """Whether a form of these cases can't be right: certain grammar, or a bare nominative where none belongs."""
        if not cases or cases & self.cases:
            return False
        return self.force is Force.RULE or (cases <= _BARE and not self.cases & _BARE)


def asked_for(text: str, start: int) -> Government | None:
    """What may stand at `start`, or None where the words before give no hint."""
    if count := _COUNT.search(text[:start]):
        return _after_number(count[1])
    clause = text[:start]
    cut = max((m.end() for m in _CLAUSE_START.finditer(clause)), default=0)
    before = [m.group() for m in _WORD.finditer(clause, cut)]
    modifiers: list[str] = []
    for at in range(len(before) - 1, max(-1, len(before) - 1 - _PREPOSITIONS_LOOK_BACK), -1):
        cases = _table().get(("prep", " ".join(before[at - 1 : at + 1]).lower())) if at else None
        cases = cases or _table().get(("prep", before[at].lower()))
        if cases is not None:
            return Government(cases & _agreeing(modifiers) or cases, Force.RULE)
        if not _is_modifier(before[at]):
            break
        modifiers.append(before[at])
    if modifiers:
        return Government(_agreeing(modifiers), Force.RULE)
    if not before:
        return Government(frozenset({"nom"}), Force.FAINT)
    return _of_verb(before) or _of_noun(before[-1])


def _after_number(digits: str) -> Government | None:
    """Genitive after five and more; none for a year, or for 2 to 4, where gender and number decide."""
    if len(digits) < 4 and (digits[-2:-1] == "1" or digits[-1] not in "1234"):
        return Government(frozenset({"gen"}), Force.RULE)
    return None


def _of_verb(before: list[str]) -> Government | None:
    """What a verb right before asks for: by the table, else an accusative where the verb has its subject already."""
    verbs = [p for p in analyzer().parse(before[-1]) if p.tag.POS in ("VERB", "INFN", "GRND")]
    if not verbs:
        return None
    for parse in verbs:
        if (cases := _table().get(("verb", parse.normal_form))) is not None:
            return Government(cases, Force.RULE)
    if verbs[0].tag.POS == "VERB" and not any(_is_subject(word) for word in before[:-1]):
        return None
    if before[-1].lower().endswith(("ся", "сь")):
        return Government(frozenset({"gen", "dat", "ins"}), Force.LIKELY)
    negated = any(word.lower() == "не" for word in before[-2:-1])
    return Government(frozenset({"acc", "gen"}) if negated else frozenset({"acc"}), Force.LIKELY)


def _of_noun(word: str) -> Government | None:
    """Behind a noun mostly the genitive."""
    parse = analyzer().parse(word)[0]
    return Government(frozenset({"gen"}), Force.FAINT) if parse.tag.POS == "NOUN" and parse.is_known else None


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
    """Cases in which a noun can follow all these adjectives and numerals."""
    common = frozenset(CASES.values())
    for word in modifiers:
        common &= _cases_after(word) or common
    return common


@cache
def _cases_after(word: str) -> frozenset[str]:
    """The modifier's own cases; the genitive behind a nominative or accusative numeral of five and more."""
    numeral = next((p for p in analyzer().parse(word) if p.tag.POS == "NUMR"), None)
    cases = _cases(word)
    if numeral and numeral.normal_form not in _SMALL_NUMERALS and cases & {"nom", "acc"}:
        return frozenset({"gen"})
    return cases


@cache
def _is_modifier(word: str) -> bool:
    """An adjective, numeral or determiner; not a participle, which may have an object of its own."""
    parses = analyzer().parse(word)
    if any(p.tag.POS == "NUMR" for p in parses):
        return True
    tag = parses[0].tag
    if tag.POS == "NPRO":
        return "pers" not in tag and parses[0].normal_form not in _RELATIVES
    return bool(tag.POS == "ADJF" and "pssv" not in tag and "actv" not in tag)


@cache
def _is_subject(word: str) -> bool:
    return any(p.tag.POS in ("NOUN", "NPRO") and p.tag.case == "nomn" for p in analyzer().parse(word) if p.is_known)
