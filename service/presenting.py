"""What templates need: words, dates, marked text."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Flask
from flask_babel import format_date, format_datetime, format_time, get_locale
from markupsafe import Markup, escape

from corpus.marks import Mark
from corpus.models import now
from corpus.spans import Span
from corpus.worddiff import word_diff
from service import labels, languages
from service.current import settings
from service.languages import interface_language
from worker.checks import sentence
from worker.ingest.reasons import reason_sentence, warning_sentence
from worker.markup import to_html


def register(app: Flask) -> None:
    """Make these known to the templates."""
    app.jinja_env.globals.update(
        labels=labels,
        language_names=languages.NAMES,
        language_short=languages.SHORT,
        newspaper=lambda: settings().newspaper,
        page_language=interface_language,
        reason_sentence=lambda reason: reason_sentence(reason, interface_language()),
        warning_sentence=lambda code, params: warning_sentence(code, params, interface_language()),
        flag_sentence=lambda flag: sentence(flag["code"], flag.get("params") or {}, interface_language()),
        word_diff=word_diff,
        now=now,
    )
    app.jinja_env.filters.update(moment=moment, day=day, marked=marked, grouped=grouped, found=found)


def moment(value: datetime | None) -> str:
    """Date and time, without the date where it is today."""
    if value is None:
        return ""
    if format_date(value, "short") == format_date(now(), "short"):
        return str(format_time(value, "HH:mm"))
    return str(format_datetime(value, "d MMM y, HH:mm"))


def day(value: datetime | None) -> str:
    """A date as readers like it: “6 January 2026”."""
    return str(format_date(value, "d MMMM y")) if value else ""


def grouped(number: float) -> str:
    """A number with thousands grouped as the language does."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=get_locale() or "en")


def marks_of(rows: Sequence[Mapping[str, Any]]) -> list[Mark]:
    """Stored marks as `worker.markup` takes them."""
    return [Mark.from_dict(dict(row)) for row in rows]


def marked(text: str, rows: Sequence[Mapping[str, Any]] = ()) -> Markup:
    """Text with its inline markup, escaped and sanitised."""
    return Markup(to_html(text, marks_of(rows)))  # noqa: S704 - to_html escapes


def found(text: str, spans: Sequence[Span]) -> Markup:
    """Text with the stretches that a search found marked; they are in order and apart."""
    html, at = Markup(), 0
    for span in spans:
        html += Markup('{}<mark class="match">{}</mark>').format(text[at : span.start], span.of(text))
        at = span.end
    return html + escape(text[at:])
