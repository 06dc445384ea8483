"""Quotation marks: what the source quotes is quoted in the translation."""

from collections.abc import Iterable, Iterator

from corpus.spans import Span
from worker.checks.base import Context, Flag, Pair, Severity
from worker.typography.quotes import Mark, quotation_marks

_LONGEST_NAME = 4  # words; English sets names of ships and papers in italics, Ukrainian quotes those of companies
_LONGEST_TERM = {"uk": 3}  # words in small letters; «північний потік»: a name's common noun


class Quotes:
    """Marks left open (unless the source leaves them open too), and quotations lost or invented.

    A short name may lose or gain its marks: the languages differ in that.
    """

    codes = ("quotes_open", "quotes_lost", "quotes_invented")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        source, target = list(quotation_marks(pair.source)), list(quotation_marks(pair.target))
        if _balance(target) != _balance(source) and _balance(target) != 0:
            yield Flag("quotes_open", target[-1].span, Severity.WARNING)
        elif source and not target:
            lost = next((span for span in _quoted(source, pair.source) if not _is_name(span.of(pair.source), 0)), None)
            if lost:
                yield Flag("quotes_lost", None, Severity.WARNING, source=lost)
        elif target and not source:
            new = next(
                (
                    span
                    for span in _quoted(target, pair.target)
                    if not _is_name(span.of(pair.target), _LONGEST_TERM.get(pair.language, 0))
                ),
                None,
            )
            if new:
                yield Flag("quotes_invented", new, Severity.WARNING)


def _balance(marks: list[Mark]) -> int:
    return sum(1 if mark.opens else -1 for mark in marks)


def _quoted(marks: list[Mark], text: str) -> Iterator[Span]:
    """Stretches between an opening mark and the next closing one; to the text's edge where one is missing."""
    start = None
    for mark in marks:
        if mark.opens:
            start = mark.span.start if start is None else start
        else:
            yield Span(start or 0, mark.span.end)
            start = None
    if start is not None:
        yield Span(start, len(text))


def _is_name(quoted: str, small: int) -> bool:
    """Whether a quotation may be a name; ``small``: words that one in small letters may have."""
    words = quoted.strip("«»“”„\"'‘’ \u00a0\u202f").split()
    longest = _LONGEST_NAME if words and words[0][0].isupper() else small
    return 0 < len(words) <= longest and words[-1][-1] not in ".!?…,"
