"""Quotation marks: whatever the engine or the writer used, the house's own, level by level."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.spans import Span
from glossary.enforcement.patch import Edit, patched
from worker.typography.base import BLANK, Hint
from worker.typography.style import Style

_MARK = re.compile(r"(?<!')''(?!')|[«»“”„‟\"＂‹›‘’'‚]")
_OPENING, _CLOSING, _EITHER = "«„‟‹", "»›", '“”"＂'
_ELISION = re.compile(r"(?:em|tis|twas|til|cause|n|\d\ds?)\b", re.IGNORECASE)  # ’em, ’90s: no quotation begins here
_BEFORE_OPENING = set(BLANK + "\n([{—–-/’'«„‘")
_AFTER_CLOSING = set(BLANK + "\n.,;:!?…)]}—–-/»’")
_LAST_WORD = re.compile(r"\w+$")
_POSSESSIVE = re.compile(rf"s[’'][{BLANK}]+[a-z]")


@dataclass(frozen=True)
class Mark:
    """A quotation mark and which way it faces."""

    span: Span
    opens: bool


def quotes(text: str, style: Style, _hint: Hint) -> Sequence[Edit]:
    """Each mark as the house writes it at its level, without white space on its inner side.

    A muddle of marks that would be read in another way once it is set stays as it is.
    """
    edits = list(_edits(text, style))
    return edits if not edits or _stable(patched(text, (), edits)[0], style) else ()


def _edits(text: str, style: Style) -> Iterator[Edit]:
    marks = list(quotation_marks(text))
    done = 0
    for mark, level in zip(marks, _levels(marks), strict=True):
        pair = style.quotes.pairs[level % len(style.quotes.pairs)]
        start, end = mark.span
        if mark.opens:
            while end < len(text) and text[end] in BLANK:
                end += 1
        else:
            while start > done and text[start - 1] in BLANK:
                start -= 1
        done = end
        new = pair[0 if mark.opens else 1]
        if text[start:end] != new:
            yield Span(start, end), new


def _stable(text: str, style: Style) -> bool:
    return next(_edits(text, style), None) is None


def comma_outside(text: str, style: Style, _hint: Hint) -> Iterator[Edit]:
    """In Ukrainian a comma or full stop follows the closing mark (orthography of 2019, § 166)."""
    if not style.quotes.comma_outside:
        return
    closing = "".join(pair[1] for pair in style.quotes.pairs)
    for match in re.finditer(rf"(?<=\w)([.,])([{closing}]+)(?![\w.,;:!?…])", text):
        if match[1] == "," or not _abbreviated(text, match.start(), style.quotes.abbreviations):
            yield Span(*match.span()), match[2] + match[1]


def _abbreviated(text: str, stop: int, abbreviations: frozenset[str]) -> bool:
    """Whether a full stop belongs to an abbreviation (р., ін.) or an initial, and so stays with it."""
    word = _LAST_WORD.search(text, 0, stop)
    return word is not None and (len(word.group()) == 1 or word.group() in abbreviations)


def quotation_marks(text: str) -> Iterator[Mark]:
    """The quotation marks of a text in order; apostrophes and inch signs are none."""
    found = [match for match in _MARK.finditer(text) if not _inside_word(text, match)]
    singles = dict(_pairs_of_single(text, [m for m in found if m.group() in "‘’'‚" and m.group() != "''"]))
    straight_open = False
    for match in found:
        sign, span = match.group(), Span(*match.span())
        if sign != "''" and sign in "‘’'‚":
            if span.start in singles:
                yield Mark(span, singles[span.start])
        elif sign in _OPENING or sign in _CLOSING:
            yield Mark(span, sign in _OPENING)
        else:
            opens = _faces(text, span)
            if opens is None:
                opens = not straight_open if sign in "\"＂''" else sign == "“"
            if sign in '"' and not opens and not straight_open and text[span.start - 1 : span.start].isdigit():
                continue  # 12" is a length
            straight_open = opens
            yield Mark(span, opens)


def _inside_word(text: str, match: re.Match[str]) -> bool:
    """Whether a single mark stands between letters or figures: an apostrophe."""
    start, end = match.span()
    return match.group() in "‘’'" and text[start - 1 : start].isalnum() and start > 0 and text[end : end + 1].isalnum()


def _faces(text: str, span: Span) -> bool | None:
    """True for opening, False for closing, None where the neighbours leave it open."""
    before, after = text[span.start - 1] if span.start else " ", text[span.end] if span.end < len(text) else " "
    may_open = before in _BEFORE_OPENING and after not in _AFTER_CLOSING
    may_close = after in _AFTER_CLOSING and before not in set(BLANK + "\n([{")
    return may_open if may_open != may_close else None


def _pairs_of_single(text: str, marks: list[re.Match[str]]) -> Iterator[tuple[int, bool]]:
    """Single marks that enclose something: (offset, whether it opens)."""
    at = 0
    while at < len(marks):
        mark = marks[at]
        if _begins(text, mark):
            closers = []
            for number in range(at + 1, len(marks)):
                if _begins(text, marks[number]):
                    break
                if _ends(text, marks[number]):
                    closers.append(number)
            if closers:
                certain = [n for n in closers if not _POSSESSIVE.match(text, marks[n].start() - 1)]
                end = certain[0] if certain else closers[-1]
                yield mark.start(), True
                yield marks[end].start(), False
                at = end
        at += 1


def _begins(text: str, mark: re.Match[str]) -> bool:
    start, end = mark.span()
    before = text[start - 1] if start else " "
    after = text[end : end + 1]
    return (
        mark.group() != "’"
        and (before in _BEFORE_OPENING or before in "“«„")
        and (after.isalnum() or (bool(after) and after in '«“„"…¿¡[('))
        and not _ELISION.match(text, end)
    )


def _ends(text: str, mark: re.Match[str]) -> bool:
    start, end = mark.span()
    after = text[end] if end < len(text) else " "
    return text[start - 1] not in BLANK and (after in _AFTER_CLOSING or after in '”»“"’')


def _levels(marks: list[Mark]) -> Iterator[int]:
    """Depth of each mark, 0 outermost. A closing mark too many tells of one opened in a sentence before."""
    depth = lowest = 0
    for mark in marks:
        depth += 1 if mark.opens else -1
        lowest = min(lowest, depth)
    depth = -lowest
    for mark in marks:
        depth -= not mark.opens
        yield depth
        depth += mark.opens
