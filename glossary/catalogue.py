"""The starter list that comes with Relais: terms of diplomacy, defence and Ukraine news, and names."""

from functools import cache
from importlib import resources

from glossary.exchange.separated import Csv
from glossary.terms import Term


def starter_terms() -> list[Term]:
    """Terms of `data/terms.csv`, then names of `data/names.csv`."""
    return list(_starter_terms())


@cache
def _starter_terms() -> tuple[Term, ...]:
    folder = resources.files("glossary").joinpath("data")
    files = (folder.joinpath(name).read_bytes() for name in ("terms.csv", "names.csv"))
    return tuple(entry.term for data in files for entry in Csv().read(data))
