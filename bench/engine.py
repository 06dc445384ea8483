"""How fast are large batches, and from what length on is a sentence better cut?

    python bench/engine.py

The same sentences go through the same package four ways: as argostranslate does it (one call a paragraph of five
sentences, batches of 32 tokens), sentence by sentence, and all at once in batches of 512 and of 2,048 tokens. Printed
are source tokens a second of processor time and the ratio to argostranslate's way. Then chrF on six sentences run
together as one, by the number of pieces above which they are cut.
"""

import csv
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sacrebleu

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT.parent))
os.environ.setdefault("ARGOS_INTRA_THREADS", "1")  # waiting threads count as busy ones in processor time
os.environ.setdefault("RELAIS_DATA", tempfile.mkdtemp(prefix="relais-bench-"))

from worker.engine import packages  # noqa: E402
from worker.engine.routes import route  # noqa: E402
from worker.engine.translator import Translator, translator_for  # noqa: E402


def sentences() -> list[dict[str, str]]:
    with (ROOT / "data" / "enforcement.tsv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


def seconds(work: Callable[[], object]) -> float:
    """The better of three runs, processor time."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def speed(translator: Translator, sources: list[str]) -> None:
    model = translator._model  # the raw decoder, so that only batching differs
    tokens = [list(model.tokenizer.encode(source).pieces) for source in sources]
    paragraphs = [tokens[at : at + 5] for at in range(0, len(tokens), 5)]

    def decode(batches: list[list[list[str]]], size: int) -> Callable[[], object]:
        options = {"max_batch_size": size, "batch_type": "tokens", "beam_size": 4, "length_penalty": 0.2}
        return lambda: [model._translator.translate_batch(batch, **options) for batch in batches]

    ways = {
        "paragraph by paragraph, batches of 32 tokens (argostranslate)": decode(paragraphs, 32),
        "sentence by sentence": decode([[one] for one in tokens], 2048),
        "all at once, batches of 512 tokens": decode([tokens], 512),
        "all at once, batches of 2,048 tokens": decode([tokens], 2048),
    }
    total, base = sum(map(len, tokens)), 0.0
    for name, work in ways.items():
        rate = total / seconds(work)
        base = base or rate
        print(f"{rate:8.0f} tokens/s  ×{rate / base:.1f}  {name}")


def cutting(translator: Translator, rows: list[dict[str, str]]) -> None:
    joined = {
        code: ["; ".join(r[code].rstrip(".") for r in rows[at : at + 6]) + "." for at in range(0, len(rows) - 5, 6)]
        for code in ("fr", "en")
    }
    for longest in (40, 50, 60, 80, 200):
        cut = Translator(translator._model, longest)
        texts = [h[0].text for h in cut.translate(joined["fr"])]
        print(f"cut above {longest:3} pieces: chrF {sacrebleu.corpus_chrf(texts, [joined['en']]).score:.1f}")


def main() -> None:
    packages.install_starter()
    translator = translator_for(route("fr", "en").legs[0])
    rows = sentences()
    print(f"{len(rows)} sentences; {packages.summary()}")
    speed(translator, [row["fr"] for row in rows])
    cutting(translator, rows)


if __name__ == "__main__":
    main()
