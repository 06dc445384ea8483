"""The contract of every rule: text in, edits out; the driver applies them and keeps track of where things went."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from corpus.spans import Span
from glossary.enforcement.patch import Edit, moved_span, patched
from worker.typography.numerals import Numeral, numerals
from worker.typography.protected import protected
from worker.typography.style import Style

BLANK = " \t\u00a0\u2007\u2009\u202f"
"""White space within a line, for use between the brackets of a pattern."""


@dataclass(frozen=True)
class Hint:
    """The French source of a text, or none: what the writer's figures were settles what a separator means."""

    source: str | None = None

    @cached_property
    def numerals(self) -> list[Numeral]:
        """The source's figures in their order."""
        return numerals(self.source, "fr") if self.source else []


Rule = Callable[[str, Style, Hint], Iterable[Edit]]
"""Edits in any order. A rule finds nothing to do in what it has done."""


class Draft:
    """A text under work: its stretches that no rule may touch, and where each stretch of the first text is now."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._protected = protected(text)
        self._steps: list[list[Edit]] = []

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make the edits that lie outside protected stretches; of overlapping ones the first."""
        tight = (tight for edit in edits if (tight := _tight(self.text, edit)) and not self._touches(tight[0]))
        wanted: list[Edit] = []
        for edit in sorted(tight):
            if not wanted or edit[0].start >= wanted[-1][0].end:
                wanted.append(edit)
        if not wanted:
            return
        self.text = patched(self.text, (), wanted)[0]
        self._protected = [moved_span(span, wanted) for span in self._protected]
        self._steps.append(wanted)

    def moved(self, span: Span) -> Span:
        """A stretch of the first text, as it stands now; one that an edit cuts into grows to the whole replacement."""
        for edits in self._steps:
            span = moved_span(span, edits)
        return Span(span.start, max(span.start, span.end))

    def _touches(self, span: Span) -> bool:
        return any(span.start < kept.end and kept.start < span.end for kept in self._protected) or (
            span.start == span.end and any(kept.start < span.start < kept.end for kept in self._protected)
        )


def _tight(text: str, edit: Edit) -> Edit | None:
    """The edit without what it leaves as it is at either end, so that neighbours keep their places."""
    (start, end), new = edit
    while start < end and new and text[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and text[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return (Span(start, end), new) if start < end or new else None
