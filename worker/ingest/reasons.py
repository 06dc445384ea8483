"""The reasons for setting text aside: stable words, with a sentence for each in the interface's languages."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def reasons() -> dict[str, dict[str, str]]:
    """Every reason word with its sentences by language (fr, en, uk)."""
    return tomllib.loads((Path(__file__).parent / "reasons.toml").read_text(encoding="utf-8"))


def sentence(reason: str, language: str) -> str:
    """The reason in the reader's language; the word itself where it is not known."""
    return reasons().get(reason, {}).get(language, reason)
