"""ninjs, the IPTC's news in JSON: 2.x (body_xhtml, body_text, description_text) and 3.x (bodies, headlines).

The item as it came is kept in the metadata (``ninjs``), so that an export can give back what Relais does not know.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from corpus.errors import RelaisError
from worker.ingest import html
from worker.ingest.base import Document, Kind
from worker.ingest.building import Layout, Piece, Run
from worker.ingest.decoding import clean, decode
from worker.ingest.lines import paragraphs

name = "ninjs"
suffixes = (".ninjs", ".json")
media_types = ("application/json", "application/vnd.iptc.ninjs+json")

_OBJECT = re.compile(rb"[\xef\xbb\xbf\s]*\{\s*(?:\"[^\"\n]*\"\s*:|\}\s*$)")
_KNOWN = ("headline", "headlines", "bodies", "body_xhtml", "body_html", "body_text", "description_text")
BODIES = ("body_xhtml", "body_html", "body_text")  # the first that holds text is read: all say the same
LEADS = ("description_xhtml", "description_html", "description_text")
_CAPTIONED = ("picture", "graphic", "video", "audio")
_STRINGS = ("byline", "language", "slugline", "copyrightnotice", "usageterms", "located", "title")


@dataclass(frozen=True)
class Field:
    """A field with text: ``holder[key]`` is its value. ``kind``: of its blocks, where the field tells it."""

    holder: dict[str, Any]
    key: str
    kind: Kind | None
    html: bool


def recognises(data: bytes) -> bool:
    """Whether a JSON object begins here."""
    return _OBJECT.match(data) is not None


def read(data: bytes) -> Document:
    """Headline, lead, body, captions of associated pictures. Raises `RelaisError` for JSON that is no news item."""
    item = item_of(data)
    if not any(item.get(key) for key in _KNOWN):
        raise RelaisError("the JSON is not a ninjs news item: it has none of %(fields)s", fields=", ".join(_KNOWN))
    warnings: list[tuple[str, dict[str, Any]]] = []
    layout = Layout()
    for number, field in enumerate(fields_of(item, warnings)):
        for piece in pieces_of(field):
            piece.node = number
            piece.lay(layout)
    language = item.get("language")
    if isinstance(language, str) and language and not language.lower().startswith("fr"):
        warnings.append(("language", {"language": language}))
    return layout.document(name, warnings=tuple(warnings), metadata=_metadata(item))


def item_of(data: bytes) -> dict[str, Any]:
    """The JSON object. Raises `RelaisError` for damaged JSON."""
    text, _ = decode(data)
    try:
        item = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise RelaisError("the JSON is damaged or not complete") from None
    if not isinstance(item, dict):
        raise RelaisError("the JSON is not a ninjs news item: it is not an object")
    return item


def fields_of(item: dict[str, Any], warnings: list[tuple[str, dict[str, Any]]]) -> list[Field]:
    """The fields that are read, in reading order; their blocks have the field's index as `node`."""
    headline = _of_role(item.get("headlines"), Kind.HEADLINE, "main") or _first(item, ("headline",), Kind.HEADLINE)
    lead = _of_role(item.get("descriptions"), Kind.STANDFIRST, "summary", "main") or _first(
        item, LEADS, Kind.STANDFIRST
    )
    found = [headline, lead, _of_role(item.get("bodies"), None, "main", "body") or _first(item, BODIES, None)]
    for picture in _associated(item, warnings):
        caption = _of_role(picture.get("descriptions"), Kind.CAPTION, "caption", "main")
        found.append(caption or _first(picture, LEADS, Kind.CAPTION) or _first(picture, ("headline",), Kind.CAPTION))
    return [field for field in found if field]


def pieces_of(field: Field) -> list[Piece]:
    """Blocks of a field."""
    value = field.holder[field.key]
    if field.html:
        pieces = html.read_pieces(html.parse(clean(value)))
    else:
        pieces = [Piece(Kind.PARAGRAPH, [Run(span.of(value), place=span.start)]) for span in paragraphs(value)]
    if field.kind is not None:
        for piece in pieces:
            piece.kind, piece.level, piece.marker = field.kind, 0, ""
    return pieces


def _first(item: dict[str, Any], names: tuple[str, ...], kind: Kind | None) -> Field | None:
    """The first of parallel fields that holds text."""
    return next((field for field in (field_named(item, key, kind) for key in names) if field), None)


def field_named(item: dict[str, Any], key: str, kind: Kind | None) -> Field | None:
    """A field of ninjs 2 by its name; None where it holds no text."""
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        return None
    return Field(item, key, kind, _is_html("text/html" if key.endswith("html") else "text/plain", value))


def _of_role(values: Any, kind: Kind | None, *roles: str) -> Field | None:
    """From ninjs 3 lists of {role, contenttype, value}: the first of these roles, else the first with text."""
    if not isinstance(values, list):
        return None
    found = [v for v in values if isinstance(v, dict) and isinstance(v.get("value"), str) and v["value"].strip()]
    found.sort(key=lambda v: roles.index(v["role"]) if v.get("role") in roles else len(roles))
    if not found:
        return None
    return Field(found[0], "value", kind, _is_html(str(found[0].get("contenttype") or "text/plain"), found[0]["value"]))


def _is_html(media_type: str, value: str) -> bool:
    return "html" in media_type or html.recognises(value.encode("utf-8", "surrogatepass"))


def _associated(item: dict[str, Any], warnings: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Associated items: by name (2.x) or in a list (3.x). Another form is told to the uploader."""
    found = item.get("associations")
    if found is None:
        return []
    values = list(found.values()) if isinstance(found, dict) else found
    if not isinstance(values, list):
        warnings.append(("field_not_read", {"field": "associations"}))
        return []
    return [
        v for v in values if isinstance(v, dict) and v.get("type") in ("picture", "graphic", "video", "audio", None)
    ]


def _metadata(item: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {key: item[key] for key in _STRINGS if isinstance(item.get(key), str) and item[key]}
    identifier = item.get("uri") or item.get("guid")
    if isinstance(identifier, str):
        found["external_id"] = identifier
    created = item.get("versioncreated") or item.get("firstcreated") or item.get("contentcreated")
    if isinstance(created, str):
        found["date"] = utc(created)
    keywords = item.get("keywords")
    if isinstance(keywords, list):
        found["keywords"] = [k for k in keywords if isinstance(k, str)]
    found["ninjs"] = json.dumps(item, ensure_ascii=False)
    return found


def utc(moment: str) -> str:
    """A moment of ISO 8601 as UTC (``2031-05-12T04:40:00Z``); as it came where it is none or names no zone."""
    try:
        read_moment = datetime.fromisoformat(moment.strip())
        if read_moment.tzinfo is None:
            return moment
        return read_moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return moment
