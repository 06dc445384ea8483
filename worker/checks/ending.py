"""Ending: a question stays a question, and a sentence keeps its stop."""

import re
from collections.abc import Iterable

from corpus.spans import Span
from worker.checks.base import Context, Flag, Pair, Severity

_CLOSING = " \u00a0\u202f»”“’\"')]*_"
_SIGNS = ".!?…:"
_MARKUP = re.compile(r"(?:<[^<>]+>)+$")


class Ending:
    """Compares the last sign, closing quotation marks and brackets apart. An exclamation may become a full stop."""

    codes = ("ending_lost", "ending_changed", "ending_invented")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        (source, source_at), (target, target_at) = _last_sign(pair.source), _last_sign(pair.target)
        if source == target or (source and target and {source, target} <= {".", "!", "…"}):
            return
        source_span = Span(source_at, source_at + 1) if source else None
        if not target:
            yield Flag("ending_lost", None, Severity.WARNING, {"sign": source}, source_span)
        elif source:
            params = {"expected": source, "found": target}
            yield Flag("ending_changed", Span(target_at, target_at + 1), Severity.WARNING, params, source_span)
        elif not _abbreviated(pair.target, target_at):
            yield Flag("ending_invented", Span(target_at, target_at + 1), Severity.WARNING, {"sign": target})


def _last_sign(text: str) -> tuple[str, int]:
    """The sign of punctuation that ends a text ("" if none does), and its offset."""
    bare = _MARKUP.sub("", text.rstrip()).rstrip(_CLOSING)
    if not bare or bare[-1] not in _SIGNS:
        return "", len(bare)
    sign = "…" if bare.endswith("...") else "?" if re.search(r"\?[!.…]*$", bare) else bare[-1]
    return sign, len(bare) - 1


def _abbreviated(text: str, at: int) -> bool:
    """Whether a final full stop belongs to an abbreviation (U.S., р., p.m.): a headline may end in one."""
    return text[at] == "." and bool(re.search(r"(?:\b[^\W\d_]|\.[^\W\d_]+|\b[^\W\d_]{2,4})$", text[:at]))
