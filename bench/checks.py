"""How fast are the checks and the typography, how seldom do they cry wolf, and how much do they find?

    python -m bench.checks CORPUS.tsv [ROWS]

CORPUS.tsv has the columns fr, en, uk: human translations, in which every flag counts as false. Faults are then put in
by the same rules as in `tests/worker/checks`. The peer for speed is sacreBLEU's chrF of the same pairs, in the same
minute on the same processor.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import process_time

from sacrebleu.metrics import CHRF

from tests.worker.checks.test_checks import SEEDED
from worker.checks import check
from worker.typography import typeset


def _rows(path: Path, most: int) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return rows[:: max(len(rows) // most, 1)]


def _per_second(count: int, work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return count / (process_time() - begun)


def _speed(rows: list[dict[str, str]], language: str) -> None:
    score = CHRF()
    pairs = [(row["fr"], row[language]) for row in rows]
    check(*pairs[0], language)  # lexicons and names are read once
    peer = _per_second(len(pairs), lambda: [score.sentence_score(target, [target]) for _, target in pairs])
    checks = _per_second(len(pairs), lambda: [check(source, target, language) for source, target in pairs])
    types = _per_second(len(pairs), lambda: [typeset(target, language, source=source) for source, target in pairs])
    print(f"{language}: checks {checks:,.0f} pairs/s, {checks / peer:.1f} times chrF; typography {types:,.0f} texts/s")


def _false_flags(rows: list[dict[str, str]], language: str) -> None:
    flags = [flag for row in rows for flag in check(row["fr"], row[language], language)]
    print(f"{language}: {100 * len(flags) / len(rows):.2f} flags on 100 human pairs ({len(rows)} pairs)")
    for code, count in Counter(flag.code for flag in flags).most_common():
        print(f"    {code} {100 * count / len(rows):.2f}")


def _found(rows: list[dict[str, str]]) -> None:
    print("fault found by its own check:")
    for fault, language, spoil, code, _ in SEEDED:
        spoilt = [(row["fr"], new) for row in rows if (new := spoil(row[language])) != row[language]]
        if fault == "not lost":
            spoilt = [pair for pair in spoilt if re.search(r"\b(?:ne |n[’'])", pair[0])]
        hits = sum(any(f.code.startswith(code) for f in check(*pair, language)) for pair in spoilt)
        print(f"    {language} {fault}: {100 * hits / max(len(spoilt), 1):.1f} % of {len(spoilt)}")


def main() -> None:
    rows = _rows(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5000)
    for language in ("en", "uk"):
        _speed(rows, language)
        _false_flags(rows, language)
    _found(rows)


if __name__ == "__main__":
    main()
