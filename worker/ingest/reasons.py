"""Stable words of ingest (reasons for setting text aside, warnings) with a sentence for each in fr, en and uk."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def reasons() -> dict[str, dict[str, str]]:
    """Every reason for setting text aside with its words by language (fr, en, uk)."""
    return tomllib.loads((_HERE / "reasons.toml").read_text(encoding="utf-8"))


@cache
def warnings() -> dict[str, dict[str, str]]:
    """Every warning's code with its sentence by language; ``%(…)s`` stand for its parameters."""
    return tomllib.loads((_HERE / "warnings.toml").read_text(encoding="utf-8"))


def reason_sentence(reason: str, language: str) -> str:
    """A reason in the reader's language; the word itself where it is not known."""
    return reasons().get(reason, {}).get(language, reason)


def warning_sentence(code: str, params: dict[str, Any], language: str) -> str:
    """A warning in the reader's language; the code itself where it is not known."""
    template = warnings().get(code, {}).get(language)
    return template % params if template else code
