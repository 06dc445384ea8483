"""Word alignments: eflomal in both directions, symmetrised, and their error rate.

Words are what white space separates; links are (source word, target word), counted from 0.
"""

import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

Links = frozenset[tuple[int, int]]

STEM = 5  # letters kept of a word: inflected forms share statistics that a small corpus cannot give each of them
NEIGHBOURS = [(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)]


def stem(word: str) -> str:
    """A word as the aligner sees it: without case and surrounding punctuation, cut to STEM letters."""
    bare = word.casefold().strip("«»“”„\"'’.,;:!?()[]…—–-")
    return unicodedata.normalize("NFC", bare)[:STEM] or word


def parse_links(line: str) -> Links:
    """Links in Pharaoh format: "0-0 1-2". Raises ValueError on anything else."""
    links = set()
    for link in line.split():
        source, target = link.split("-")
        links.add((int(source), int(target)))
    return frozenset(links)


def format_links(links: Iterable[tuple[int, int]]) -> str:
    """Pharaoh format, in order."""
    return " ".join(f"{source}-{target}" for source, target in sorted(links))


def symmetrise(forward: Links, backward: Links) -> Links:
    """grow-diag-final-and (Koehn et al. 2005): the intersection, grown by neighbouring links of the union."""
    union = forward | backward
    links = set(forward & backward)
    sources, targets = {s for s, _ in links}, {t for _, t in links}
    grown = True
    while grown:
        grown = False
        for source, target in sorted(links):
            for step in NEIGHBOURS:
                link = (source + step[0], target + step[1])
                if link in union and link not in links and (link[0] not in sources or link[1] not in targets):
                    links.add(link)
                    sources.add(link[0])
                    targets.add(link[1])
                    grown = True
    for link in sorted(union - links):
        if link[0] not in sources and link[1] not in targets:
            links.add(link)
            sources.add(link[0])
            targets.add(link[1])
    return frozenset(links)


def error_rate(found: Sequence[Links], gold: Sequence[Links]) -> float:
    """Alignment error rate (Och and Ney 2003) where every gold link is sure: 1 - 2 |A ∩ G| / (|A| + |G|), 0 to 1."""
    common = sum(len(ours & theirs) for ours, theirs in zip(found, gold, strict=True))
    return 1 - 2 * common / (sum(map(len, found)) + sum(map(len, gold)))


def align(pairs: Sequence[tuple[str, str]]) -> Iterator[Links]:
    """Symmetrised links of each pair.

    Runs the program eflomal-align (Östling and Tiedemann 2016), which samples: the links differ a little from run to
    run. It is called as a program, never imported: its licence is the GPL. Raises FileNotFoundError
    where it is missing.
    """
    program = shutil.which("eflomal-align", path=str(Path(sys.executable).parent)) or shutil.which("eflomal-align")
    if program is None:
        raise FileNotFoundError("eflomal-align is not installed: pip install -r training/requirements.txt")
    with TemporaryDirectory() as folder:
        source, target, forward, backward = (Path(folder, name) for name in ("source", "target", "forward", "backward"))
        for path, side in ((source, 0), (target, 1)):
            lines = (" ".join(map(stem, pair[side].split())) for pair in pairs)
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        subprocess.run(
            [program, "-s", source, "-t", target, "-f", forward, "-r", backward, "--overwrite"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with forward.open(encoding="ascii") as there, backward.open(encoding="ascii") as back:
            for one, other in zip(there, back, strict=True):
                yield symmetrise(parse_links(one), parse_links(other))
