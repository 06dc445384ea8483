"""Checks of a translation, the editor's safety net: flags with a place, a severity and a sentence; never a change."""

from worker.checks.base import Check, Context, Flag, Pair, Severity
from worker.checks.registry import CHECKS
from worker.checks.sentences import sentence

__all__ = ["CHECKS", "Check", "Context", "Flag", "Pair", "Severity", "check", "sentence"]

_NOTHING_KNOWN = Context()


def check(source: str, target: str, language: str, *, context: Context | None = None) -> list[Flag]:
    """What an editor should look at in a translation of French into `language` ("en", "uk")."""
    if not target.strip():
        return [Flag("empty", severity=Severity.ERROR)] if source.strip() else []
    if not source.strip():
        return [Flag("empty_source", severity=Severity.ERROR)]
    pair = Pair(source, target, language)
    return [flag for each in CHECKS for flag in each.flags(pair, context or _NOTHING_KNOWN)]
