"""Sets with known alignment, made from sentence triples by merging, splitting, leaving out and adding sentences."""

import csv
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.alignment import Bead

Links = set[tuple[tuple[int, ...], tuple[int, ...]]]
_CLAUSE = re.compile(r"(?<=.{20}[,;:]) (?=.{20})")
ROWS = Path(__file__).parent / "story.tsv"


@dataclass
class Pair:
    """A text, its translation, a rough translation of the text, and the true links."""

    source: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    rough: list[str] = field(default_factory=list)
    gold: Links = field(default_factory=set)

    def add(self, sources: Sequence[str], targets: Sequence[str], rough: Sequence[str]) -> None:
        link = (
            tuple(range(len(self.source), len(self.source) + len(sources))),
            tuple(range(len(self.target), len(self.target) + len(targets))),
        )
        self.gold.add(link)
        self.source += sources
        self.target += targets
        self.rough += rough


def rows() -> list[dict[str, str]]:
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def made(rows: Sequence[dict[str, str]], language: str, seed: int, *, dropped: float = 0.0) -> Pair:
    """A tenth of the sentences merged or split; a share `dropped` left out on one side or the other."""
    chance = random.Random(seed)
    pair = Pair()
    waiting = list(rows)
    while waiting:
        row = waiting.pop(0)
        source, target, rough = row["fr"], row[language], row[f"rough_{language}"]
        draw = chance.random()
        if draw < dropped:
            pair.add(*([source], [], [rough]) if chance.random() < 0.5 else ([], [target], []))
        elif draw < dropped + 0.05 and waiting:
            other = waiting.pop(0)
            if chance.random() < 0.5:
                joined = f"{target.rstrip('.')}, {other[language]}"
                pair.add([source, other["fr"]], [joined], [rough, other[f"rough_{language}"]])
            else:
                joined = f"{source.rstrip('.')} et {other['fr']}"
                pair.add([joined], [target, other[language]], [f"{rough} {other[f'rough_{language}']}"])
        elif draw < dropped + 0.10:
            pair.add([source], _CLAUSE.split(target, maxsplit=1), [rough])
        else:
            pair.add([source], [target], [rough])
    return pair


def links(beads: Sequence[Bead]) -> Links:
    return {(bead.source, bead.target) for bead in beads}


def f1(found: Sequence[Links], gold: Sequence[Links]) -> float:
    """Of beads exactly right, all texts together."""
    right = sum(len(f & g) for f, g in zip(found, gold, strict=True))
    return 2 * right / sum(len(f) + len(g) for f, g in zip(found, gold, strict=True))
