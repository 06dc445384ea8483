"""Times of day: « 17 h 30 » → 5.30pm or 17.30 by the house's clock, «17:30»."""

import re
from collections.abc import Iterator

from corpus.spans import Span
from glossary.enforcement.patch import Edit
from worker.typography.base import BLANK, Hint
from worker.typography.style import Style, Time

_FRENCH = re.compile(
    rf"(?<![\w.,:])([01]?\d|2[0-4])[{BLANK}]?[hHг](?:[{BLANK}]?([0-5]\d))?(?!\w)(?![{BLANK}]?(?:min|мин|хв))(?![/·])"
)
_PM = re.compile(
    rf"(?<![\w.,:])(1[0-2]|0?[1-9])(?:[.:]([0-5]\d))?[{BLANK}]?([ap])(?:\.[{BLANK}]?m\.|m)(?!\w)", re.IGNORECASE
)
_GARBLED = re.compile(
    rf"(?<![\w.,:])([01]?\d|2[0-4])[.:,]([0-5]\d)(?:[{BLANK}]?([ap])(?:\.[{BLANK}]?m\.|m))?(?![\w%])(?![.,:]\d)",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(rf"([^\W\d_]+)[{BLANK}]+$")
_ENDS_HERE = re.compile(r"[”’»“)\]]*\s*$")


def times(text: str, style: Style, hint: Hint) -> Iterator[Edit]:
    """Times as the house writes them. « 17 h » alone is one only after a word like “at”; « 2 h 30 » may last.

    What an engine makes of the source's time (“17.30 a.m.”, «17,30») is one too.
    """
    of_source = {(int(m[1]), m[2]) for m in _FRENCH.finditer(hint.source or "") if m[2]}
    for match in _GARBLED.finditer(text):
        hour = int(match[1]) + (12 if match[3] and match[3].lower() == "p" and int(match[1]) < 12 else 0)
        known = next((h for h in (int(match[1]), hour) if (h, match[2]) in of_source), None)
        if known is not None:
            stop = (
                "." if match.group().endswith(".") and _ENDS_HERE.match(text, match.end()) and _has_stop(hint) else ""
            )
            yield Span(*match.span()), _written(known, match[2], style.time) + stop
    if style.language == "en" and style.time.clock == 12:
        for match in _PM.finditer(text):
            end = match.end()
            stop = "." if match.group().endswith(".") and _ENDS_HERE.match(text, end) and _has_stop(hint) else ""
            yield Span(match.start(), end), _twelve(match[1], match[2], style.time, match[3].lower() + "m") + stop
    for match in _FRENCH.finditer(text):
        before = _WORD_BEFORE.search(text, 0, match.start())
        word = before[1].lower() if before else ""
        if word in style.time.durations or (match[2] is None and word not in style.time.before):
            continue
        yield Span(*match.span()), _written(int(match[1]), match[2], style.time)


def _has_stop(hint: Hint) -> bool:
    """Whether the sentence ends in a full stop of its own: the abbreviation's last one does for both."""
    return hint.source is None or bool(re.search(r"\.[”’»“)\]\s]*$", hint.source))


def _written(hour: int, minutes: str | None, time: Time) -> str:
    if time.clock == 24:
        return f"{hour}{time.separator}{minutes or '00'}"
    return _twelve(str(hour % 12 or 12), minutes, time, "am" if hour % 24 < 12 else "pm")


def _twelve(hour: str, minutes: str | None, time: Time, half: str) -> str:
    return f"{hour}{time.separator}{minutes}{half}" if minutes and minutes != "00" else f"{hour}{half}"
