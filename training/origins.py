"""The table of origins: how often each is seen, under which licence, and whether its weights may be given away."""

import csv
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("origins.tsv")


class Origin(NamedTuple):
    """One collection; `weight` is how many times an epoch sees each of its pairs (0.3: three in ten, drawn anew)."""

    name: str
    weight: float
    shareable: bool
    licence: str


def read_origins(path: Path = TABLE) -> dict[str, Origin]:
    """The origins by name. Raises ValueError on a line that is not whole."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    origins = {}
    for row in rows:
        if row["shareable"] not in {"yes", "no"} or not row["licence"]:
            raise ValueError(f"{path.name}: {row['origin']} needs shareable (yes or no) and a licence")
        origins[row["origin"]] = Origin(row["origin"], float(row["weight"]), row["shareable"] == "yes", row["licence"])
    return origins


def origin_of(name: str, origins: dict[str, Origin]) -> Origin:
    """The entry of an origin; one not in the table is the newsroom's own text: seen once an epoch, not shared."""
    return origins.get(name) or Origin(name, 1.0, shareable=False, licence="not stated")
