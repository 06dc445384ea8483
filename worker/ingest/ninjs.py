"""ninjs, the IPTC's news in JSON: 2.x (body_xhtml, body_text, description_text) and 3.x (bodies, headlines).

The item as it came is kept in the metadata (``ninjs``), so that an export can give back what Relais does not know.
"""

import json
import re
from datetime import UTC, datetime
from typing import Any

from corpus.errors import RelaisError
from worker.ingest import html
from worker.ingest.base import Document, Kind
from worker.ingest.building import Layout, Piece, Run
from worker.ingest.decoding import decode
from worker.ingest.lines import paragraphs

name = "ninjs"
suffixes = (".ninjs", ".json")
media_types = ("application/json", "application/vnd.iptc.ninjs+json")

_OBJECT = re.compile(rb"[\xef\xbb\xbf\s]*\{\s*(?:\"[^\"\n]*\"\s*:|\}\s*$)")
_KNOWN = ("headline", "headlines", "bodies", "body_xhtml", "body_html", "body_text", "description_text")
_BODIES = ("body_xhtml", "body_html", "body_text")  # the first that holds text is read: all say the same
_LEADS = ("description_xhtml", "description_html", "description_text")
_CAPTIONED = ("picture", "graphic", "video", "audio")
_STRINGS = ("byline", "language", "slugline", "copyrightnotice", "usageterms", "located", "title")


def recognises(data: bytes) -> bool:
    """Whether a JSON object begins here."""
    return _OBJECT.match(data) is not None


def read(data: bytes) -> Document:
    """Headline, lead, body, captions of associated pictures. Raises `RelaisError` for JSON that is no news item."""
    item = _item(data)
    if not any(item.get(key) for key in _KNOWN):
        raise RelaisError("the JSON is not a ninjs news item: it has none of %(fields)s", fields=", ".join(_KNOWN))
    warnings: list[tuple[str, dict[str, Any]]] = []
    layout = Layout()
    for piece in _pieces(item, warnings):
        piece.lay(layout)
    language = item.get("language")
    if isinstance(language, str) and language and not language.lower().startswith("fr"):
        warnings.append(("language", {"language": language}))
    return layout.document(name, warnings=tuple(warnings), metadata=_metadata(item))


def _item(data: bytes) -> dict[str, Any]:
    text, _ = decode(data)
    try:
        item = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise RelaisError("the JSON is damaged or not complete") from None
    if not isinstance(item, dict):
        raise RelaisError("the JSON is not a ninjs news item: it is not an object")
    return item


def _pieces(item: dict[str, Any], warnings: list[tuple[str, dict[str, Any]]]) -> list[Piece]:
    headline = _of_role(item.get("headlines"), "main") or ("text/plain", item.get("headline"))
    pieces = [_as(p, Kind.HEADLINE) for p in _texts(*headline)]
    lead = _of_role(item.get("descriptions"), "summary", "main") or _first(item, _LEADS)
    if lead:
        pieces += [_as(p, Kind.STANDFIRST) for p in _texts(*lead)]
    body = _of_role(item.get("bodies"), "main", "body") or _first(item, _BODIES)
    if body:
        pieces += _texts(*body)
    for picture in _associated(item, warnings):
        caption = _of_role(picture.get("descriptions"), "caption", "main") or _first(picture, _LEADS)
        if caption is None and isinstance(picture.get("headline"), str):
            caption = ("text/plain", picture["headline"])
        if caption:
            pieces += [_as(p, Kind.CAPTION) for p in _texts(*caption)]
    return pieces


def _as(piece: Piece, kind: Kind) -> Piece:
    piece.kind, piece.level, piece.marker = kind, 0, ""
    return piece


def _first(item: dict[str, Any], fields: tuple[str, ...]) -> tuple[str, Any] | None:
    """The first of parallel fields that holds text, with its media type."""
    for key in fields:
        if isinstance(item.get(key), str) and item[key].strip():
            return ("text/plain" if key.endswith("_text") else "text/html", item[key])
    return None


def _of_role(values: Any, *roles: str) -> tuple[str, Any] | None:
    """From ninjs 3 lists of {role, contenttype, value}: the first of these roles, else the first with text."""
    if not isinstance(values, list):
        return None
    found = [v for v in values if isinstance(v, dict) and isinstance(v.get("value"), str) and v["value"].strip()]
    found.sort(key=lambda v: roles.index(v["role"]) if v.get("role") in roles else len(roles))
    return (str(found[0].get("contenttype") or "text/plain"), found[0]["value"]) if found else None


def _texts(media_type: str, value: Any) -> list[Piece]:
    """Blocks of a field."""
    if not isinstance(value, str) or not value.strip():
        return []
    if "html" in media_type or html.recognises(value.encode("utf-8", "surrogatepass")):
        return html.read_pieces(html.parse(value))
    return [Piece(Kind.PARAGRAPH, [Run(span.of(value))]) for span in paragraphs(value)]


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
