"""The translated article as an IPTC ninjs 3.x news item, associated with its original."""

import json
from collections.abc import Iterator
from datetime import UTC
from itertools import chain
from typing import Any, BinaryIO

from corpus.exchange import html
from corpus.exchange.base import Header, Report, Unit
from corpus.exchange.characters import printable

name = "ninjs"
suffixes = (".ninjs", ".json")
media_type = "application/vnd.iptc.ninjs+json"

STANDARD = {"name": "ninjs", "version": "3.1"}
ASSOCIATION = "translation source"


def write(stream: BinaryIO, header: Header, units: Iterator[Unit]) -> Report:
    """Headline from the unit of that kind (else the header's title), the rest as one HTML body, written as it comes."""
    report = Report()
    headline = header.title
    first = next(units, None)
    if first and first.kind == "headline" and first.target:
        headline = first.target
        report.written += 1
    elif first:
        units = chain([first], units)
    item = json.dumps(_item(header, printable(headline)), ensure_ascii=False)
    stream.write(f'{item[:-1]}, "bodies": [{{"role": "main", "contentType": "text/html", "value": "'.encode())
    for line in html.lines(units, report):
        stream.write(json.dumps(line + "\n", ensure_ascii=False)[1:-1].encode())
    stream.write(b'"}]}\n')
    return report


def _item(header: Header, headline: str) -> dict[str, Any]:
    own = f"urn:relais:article:{header.article or 'unknown'}"
    item: dict[str, Any] = {
        "standard": STANDARD,
        "uri": header.uri or f"{own}:{header.target_language}",
        "type": "text",
        "representationType": "full",
        "language": header.target_language,
        "headlines": [{"role": "main", "value": headline}],
    }
    if header.version:
        item["version"] = header.version
    if header.date:
        item["versionCreated"] = header.date.astimezone(UTC).isoformat()
    original = {
        "name": ASSOCIATION,
        "rel": "translationSource",
        "uri": header.original or f"{own}:{header.source_language}",
        "type": "text",
        "language": header.source_language,
    }
    if header.version:
        original["version"] = header.version
    item["associations"] = [original]
    return item
