"""JSON Lines: the edition on the first line, then a unit a line. Everything a unit holds comes back."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from corpus.errors import RelaisError
from corpus.exchange.base import Annotation, Header, Reading, Report, State, Unit
from corpus.marks import Mark
from corpus.spans import Span

name = "jsonl"
suffixes = (".jsonl",)
media_type = "application/x-ndjson"

_HEADER = ("source_language", "target_language", "article", "version", "title", "original", "uri")
_UNIT = ("id", "source", "target", "note", "kind", "level", "block", "group")


def write(stream: BinaryIO, header: Header, units: Iterator[Unit]) -> Report:
    """Languages and identity are on the first line alone."""
    report = Report()
    first: dict[str, Any] = {"type": "edition", **{key: getattr(header, key) for key in _HEADER}}
    first["date"] = header.date.isoformat() if header.date else None
    _put(stream, first)
    for unit in units:
        _put(stream, {"type": "unit", **_as_dict(unit)})
        report.written += 1
    return report


def _put(stream: BinaryIO, value: dict[str, Any]) -> None:
    # Lone surrogates cannot be UTF-8; escaped they stay what they are.
    line = json.dumps(value, ensure_ascii=False)
    try:
        stream.write(line.encode() + b"\n")
    except UnicodeEncodeError:
        stream.write(json.dumps(value).encode() + b"\n")


def _as_dict(unit: Unit) -> dict[str, Any]:
    found: dict[str, Any] = {key: getattr(unit, key) for key in _UNIT}
    found["state"] = unit.state.value if unit.state else None
    found["hits"] = [
        {"term": hit.term, "outcome": hit.outcome, "source": hit.source, "target": hit.target} for hit in unit.hits
    ]
    found["marks"] = [{"kind": mark.kind, "span": mark.span, "href": mark.href} for mark in unit.marks]
    return found


def read(stream: BinaryIO) -> Reading:
    """Raises `RelaisError` with the number of a line that is not what `write` makes."""
    number, first = 1, _parsed(stream.readline(), 1)
    if first.get("type") != "edition":
        raise RelaisError("line %(line)d does not tell the languages of the edition", line=number)
    header = Header(**{key: str(first.get(key) or "") for key in _HEADER}, date=_date(first.get("date")))
    return Reading(header, _units(stream, header))


def _units(stream: BinaryIO, header: Header) -> Iterator[Unit]:
    for number, line in enumerate(stream, 2):
        if not line.strip():
            continue
        found = _parsed(line, number)
        try:
            yield _unit(found, header)
        except (KeyError, TypeError, ValueError):
            raise RelaisError("line %(line)d is not a unit", line=number) from None


def _unit(found: dict[str, Any], header: Header) -> Unit:
    texts = {key: found[key] for key in _UNIT if key in found}
    if not isinstance(texts["source"], str) or not isinstance(texts.get("target"), str | None):
        raise TypeError
    texts.setdefault("target", None)
    return Unit(
        **texts,
        source_language=header.source_language,
        target_language=header.target_language,
        state=State(found["state"]) if found.get("state") else None,
        hits=tuple(
            Annotation(hit["term"], hit["outcome"], _span(hit["source"]), _span(hit["target"]))
            for hit in found.get("hits", ())
        ),
        marks=tuple(Mark(mark["kind"], Span(*mark["span"]), mark["href"]) for mark in found.get("marks", ())),
    )


def _span(value: list[int] | None) -> Span | None:
    return Span(*value) if value else None


def _date(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _parsed(line: bytes, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise RelaisError("line %(line)d is not JSON", line=number) from None
    if not isinstance(found, dict):
        raise RelaisError("line %(line)d is not a JSON object", line=number)
    return found
