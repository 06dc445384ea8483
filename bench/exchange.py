"""How fast each format is written and read, and how much memory that takes, for a growing number of units.

    python bench/exchange.py [UNITS]

Each figure is of a process of its own, so that one format's memory is not another's. What is read back is counted.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from corpus.exchange import FORMATS, Header, State, Unit

BOTH_WAYS = ("tmx", "xliff12", "xliff21", "jsonl", "csv", "xlsx", "docx")
HEADER = Header("fr", "en", "12", "3", "Le pont rouvre", datetime(2031, 5, 12, tzinfo=UTC))


def units(count: int) -> Iterator[Unit]:
    """Made as they are drawn: nothing but the format holds them."""
    for k in range(count):
        yield Unit(
            str(k),
            f"Le pont numéro {k} rouvre lundi à la circulation, a dit la mairie.",
            f"Bridge number {k} reopens to traffic on Monday, the town hall said.",
            "fr",
            "en",
            State.EDITED,
            block=k // 4,
        )


def measure(name: str, count: int) -> None:
    """One line: units, seconds of processor time to write and to read, megabytes of the file and of the process."""
    module = FORMATS[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        start = time.process_time()
        with path.open("wb") as stream:
            module.write(stream, HEADER, units(count))
        wrote = time.process_time() - start
        read = ""
        if name in BOTH_WAYS:
            start = time.process_time()
            with path.open("rb") as stream:
                found = sum(1 for _ in module.read(stream))
            assert found == count
            read = f"{time.process_time() - start:.1f}"
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        size = path.stat().st_size / 1e6
    print(f"{name:10}{count:10}{wrote:10.1f}{read:>10}{size:10.1f}{memory:10}", flush=True)


def main() -> None:
    """Print the table."""
    if len(sys.argv) == 3:
        measure(sys.argv[1], int(sys.argv[2]))
        return
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{'format':10}{'units':>10}{'write s':>10}{'read s':>10}{'file MB':>10}{'MB held':>10}", flush=True)
    for name in FORMATS:
        if name != "moses":  # two files; the same loop as plain text
            for count in (most // 10, most):
                subprocess.run([sys.executable, __file__, name, str(count)], check=True)


if __name__ == "__main__":
    main()
