"""How many megabytes a second Relais cuts into sentences, against sentencex alone (and pysbd, where it is installed).

    python bench/segmentation.py [MEGABYTES]

The text is the gold set of the tests, repeated, in paragraphs of three to five sentences as an upload has them.
"""

import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path

import sentencex

from worker.ingest import ingest
from worker.segmentation import segment, segment_document

GOLD = Path(__file__).parent.parent / "tests/worker/segmentation/gold.txt"


def speed(cut: Callable[[str], object], paragraphs: list[str], least_s: float = 1.0) -> float:
    """Megabytes of UTF-8 a second of processor time: the best of three runs of at least `least_s` seconds each."""
    size = sum(len(p.encode()) for p in paragraphs) / 1e6
    best = 0.0
    for _ in range(3):
        done, start = 0, time.process_time()
        while (took := time.process_time() - start) < least_s:
            for paragraph in paragraphs:
                cut(paragraph)
            done += 1
        best = max(best, done * size / took)
    return best


def whole(data: bytes) -> float:
    """Megabytes a second of processor time of `ingest` and `segment_document` together, as `relais segment` does."""
    start = time.process_time()
    segment_document(ingest(data))
    return len(data) / 1e6 / (time.process_time() - start)


def main() -> None:
    """Print the speeds and their ratios."""
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 1.5
    paragraphs = [" ".join(p.split("\n")) for p in GOLD.read_text(encoding="utf-8").strip().split("\n\n")]
    relais = speed(segment, paragraphs)
    alone = speed(lambda p: list(sentencex.segment("fr", p)), paragraphs)
    print(f"relais segment()        {relais:8.2f} MB/s")
    print(f"sentencex alone         {alone:8.2f} MB/s   ratio {relais / alone:.2f}")
    if importlib.util.find_spec("pysbd"):
        import pysbd

        peer = pysbd.Segmenter(language="fr", clean=False)
        other = speed(peer.segment, paragraphs[:20])
        print(f"pysbd                   {other:8.3f} MB/s   ratio {relais / other:.0f}")
    text = "\n\n".join(paragraphs)
    data = ((text + "\n\n") * max(1, round(megabytes * 1e6 / len(text.encode())))).encode()
    best = max(whole(data) for _ in range(3))
    print(f"ingest + segment        {best:8.2f} MB/s   of {len(data) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
