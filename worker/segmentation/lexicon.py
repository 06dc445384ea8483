"""What the French rules know by heart: abbreviations, and words that open a sentence. Read once from the tables."""

import csv
from enum import StrEnum
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


class Abbreviation(StrEnum):
    """What may follow an abbreviation's full stop without a new sentence beginning."""

    TITLE = "title"  # a name always follows: « M. Aubrac »
    INNER = "inner"  # the sentence always goes on: « cf. », « p. ex. »
    REFERENCE = "reference"  # goes on before a number or a small letter: « art. 3 »
    CLOSING = "closing"  # may also close a sentence: « etc. », « janv. »


@cache
def _abbreviations() -> dict[str, Abbreviation]:
    with (_HERE / "abbreviations.tsv").open(encoding="utf-8", newline="") as table:
        return {row["abbreviation"]: Abbreviation(row["class"]) for row in csv.DictReader(table, delimiter="\t")}


@cache
def abbreviation(word: str) -> Abbreviation | None:
    """The class of `word` (without its last full stop), as written or, from two letters on, in small letters."""
    table = _abbreviations()
    return table.get(word) or (table.get(word.lower()) if len(word) > 1 else None)


@cache
def _starters() -> frozenset[str]:
    lines = (_HERE / "starters.tsv").read_text(encoding="utf-8").split()
    return frozenset(lines[1:])


def opens_a_sentence(word: str) -> bool:
    """Whether `word`, which has a capital, is one that French capitalises at the head of a sentence only."""
    return word.lower() in _starters()
