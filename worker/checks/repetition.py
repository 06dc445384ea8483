"""Repetition: the decoder's loop (“peace peace peace peace”), and a word written twice."""

import re
from collections.abc import Iterable

from corpus.spans import Span
from worker.checks.base import Context, Flag, Pair, Severity
from worker.engine.repetition import loops

_RUN = re.compile(r"(?<!\w)(\w+(?:\W+\w+){0,7}?)(?:\W+\1){2,}(?!\w)")
_INSIDE = re.compile(r"\b\w*?([^\W\d_]{2,8}?)\1{3,}\w*")
_TWICE = re.compile(r"(?<![\w'-])([^\W\d_]{2,})[ ]\1(?![\w'-])")
_MAY_STAND_TWICE = {"en": frozenset({"had", "that", "bye", "very"}), "uk": frozenset({"так", "ні", "дуже", "ледве"})}


class Repetition:
    """A loop is an error; a doubled word a warning, unless the source doubles one too."""

    codes = ("repetition", "doubled_word")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        if loops(pair.target) and not loops(pair.source):
            run = _RUN.search(pair.folded_target) or _INSIDE.search(pair.folded_target)
            span = Span(*run.span()) if run else None
            words = run.group(1).strip() if run else ""
            yield Flag("repetition", span, Severity.ERROR, {"words": words})
            return
        if _TWICE.search(pair.folded_source):
            return
        for match in _TWICE.finditer(pair.folded_target):
            if match[1] not in _MAY_STAND_TWICE.get(pair.language, ()):
                yield Flag("doubled_word", Span(*match.span()), Severity.WARNING, {"word": match[1]})
