"""The sentence of every flag, in the interface's languages, kept in `flags.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Code → language (fr, en, uk) → sentence with ``%(…)s`` places."""
    return tomllib.loads((Path(__file__).parent / "flags.toml").read_text(encoding="utf-8"))


def sentence(code: str, params: Mapping[str, str], language: str) -> str:
    """The sentence of a flag; English where a language has none, the code where nothing is known of it."""
    of_code = sentences().get(code, {})
    template = of_code.get(language) or of_code.get("en")
    return template % params if template else code
