"""Sentence pairs and the TSV files that hold them."""

import csv
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TextIO


class Pair(NamedTuple):
    """One sentence and its translation; `origin` names the collection it comes from."""

    source: str
    target: str
    origin: str


def _open(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def read_pairs(path: Path, source: str, target: str) -> Iterator[Pair]:
    """Read the pairs of one TSV file, plain or .xz.

    A file whose first line names the columns `source` and `target` (language codes such as "en") is read by them,
    its origin being the column `origin` or else the file's name; any other file has source, target and origin (which
    may be missing) in its first three columns. Raises ValueError on a line with fewer than two columns.
    """
    stem = path.name.split(".")[0]
    with _open(path) as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        first = next(rows, None)
        if first is None:
            return
        if source in first and target in first:
            columns = (first.index(source), first.index(target), first.index("origin") if "origin" in first else -1)
        else:
            columns = (0, 1, 2)
            yield _pair(first, columns, stem, path, 1)
        for number, row in enumerate(rows, start=2):
            yield _pair(row, columns, stem, path, number)


def _pair(row: list[str], columns: tuple[int, int, int], stem: str, path: Path, line: int) -> Pair:
    source, target, origin = columns
    if len(row) <= max(source, target):
        raise ValueError(f"{path.name}, line {line}: source and target expected, {len(row)} column(s) found")
    named = 0 <= origin < len(row) and row[origin]
    return Pair(row[source], row[target], row[origin] if named else stem)


def write_pairs(path: Path, pairs: Iterable[Pair]) -> int:
    """Write pairs as source, target, origin; returns how many. Texts hold no tab or line break after cleaning."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        for pair in pairs:
            out.write("\t".join(pair) + "\n")
            count += 1
    return count
