"""How many beads the aligner finds, against Gale & Church's (NLTK) where it is installed; how time grows with length.

    python bench/alignment.py [ROWS.tsv]

Sets are made as in the tests: sentences merged, split, left out. ROWS.tsv (columns fr, en, uk) is used for the curve
of lengths, by default the test data; its rows are repeated in another order when there are too few.
"""

import csv
import importlib.util
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.alignment import Side, align
from tests.corpus.alignment.sets import Links, Pair, f1, links, made, rows

TRIPLES = Path(__file__).parent.parent / "tests/data/triples.tsv"
ARTICLE = 16
LENGTHS = (1000, 2500, 5000, 10_000)
Aligner = Callable[[Pair], Links]


def plain(pair: Pair) -> Links:
    """Relais with nothing but the two texts."""
    return links(align(Side(pair.source), Side(pair.target)))


def with_translation(pair: Pair) -> Links:
    """Relais with a rough translation by the starter packages."""
    return links(align(Side(pair.source), Side(pair.target), translation=pair.rough))


def gale_church(pair: Pair) -> Links:
    """NLTK's Gale & Church; its links are pairs, joined here where they share a sentence."""
    from nltk.translate.gale_church import align_blocks

    found = align_blocks([len(s) for s in pair.source], [len(t) for t in pair.target])
    beads: list[tuple[set[int], set[int]]] = []
    for i, j in found:
        if beads and (i in beads[-1][0] or j in beads[-1][1]):
            beads[-1][0].add(i)
            beads[-1][1].add(j)
        else:
            beads.append(({i}, {j}))
    return {(tuple(sorted(mine)), tuple(sorted(theirs))) for mine, theirs in beads}


def two_sided(found: Links) -> Links:
    """Beads with both sides: the peer does not tell of the others."""
    return {(mine, theirs) for mine, theirs in found if mine and theirs}


def quality(aligners: dict[str, Aligner]) -> None:
    """F1 of two-sided beads of articles, clean and with a tenth of the sentences left out."""
    lines = rows()
    print(f"{'F1 of beads, articles':32}" + "".join(f"{name:>22}" for name in aligners))
    for language in ("en", "uk"):
        for dropped in (0.0, 0.1):
            pairs = [
                made(lines[k : k + ARTICLE], language, seed * 1000 + k, dropped=dropped)
                for seed in range(3)
                for k in range(0, len(lines), ARTICLE)
            ]
            gold = [two_sided(pair.gold) for pair in pairs]
            scores = [f1([two_sided(aligner(pair)) for pair in pairs], gold) for aligner in aligners.values()]
            label = f"fr-{language}, {dropped:.0%} left out"
            print(f"{label:32}" + "".join(f"{score:22.3f}" for score in scores))


def curve(path: Path, peer: Aligner | None) -> None:
    """Seconds of processor time for texts of growing length, without a rough translation."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    pair_of = [made(_enough(lines, length), "en", 1, dropped=0.03) for length in LENGTHS]
    print(f"\n{'sentences':>10}{'relais s':>10}{'ms each':>9}{'F1':>8}{'MB':>7}{'gale-church s':>15}")
    for length, pair in zip(LENGTHS, pair_of, strict=True):
        start = time.process_time()
        found = plain(pair)
        took = time.process_time() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        other = ""
        if peer and length <= 2500:  # its time grows with the square
            start = time.process_time()
            peer(pair)
            other = f"{time.process_time() - start:15.1f}"
        score = f1([found], [pair.gold])
        print(f"{length:10}{took:10.1f}{1000 * took / length:9.2f}{score:8.3f}{memory:7}{other}")


def _enough(lines: Sequence[dict[str, str]], length: int) -> list[dict[str, str]]:
    """`length` rows, repeated in another order when there are fewer; the rough translations are not needed."""
    chance = random.Random(7)
    found: list[dict[str, str]] = []
    while len(found) < length:
        found += chance.sample(lines, len(lines)) if found else lines
    return [{"rough_en": "", "rough_uk": "", **row} for row in found[:length]]


def main() -> None:
    """Print the figures."""
    aligners: dict[str, Aligner] = {"relais, translation": with_translation, "relais, texts alone": plain}
    peer = gale_church if importlib.util.find_spec("nltk") else None
    if peer:
        aligners["gale-church (nltk)"] = peer
    quality(aligners)
    curve(Path(sys.argv[1]) if len(sys.argv) > 1 else TRIPLES, peer)


if __name__ == "__main__":
    main()
