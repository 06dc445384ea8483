"""A feed for each language, as RSS 2.0 and as Atom (RFC 4287). Dates and addresses never depend on the reader."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from uuid import NAMESPACE_URL, uuid5

from flask import Response, request
from flask_babel import gettext
from lxml import etree

from corpus.models import now
from service.current import database, settings
from service.reader import IN_LANGUAGE, blueprint
from service.reader.addresses import public_url
from service.reader.stories import Story, newest_stories

ITEMS = 30
ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@blueprint.get(f"{IN_LANGUAGE}/feed.rss")
def rss(reader_language: str) -> Response:
    """RSS; `?topic=` for one topic."""
    stories, own = _stories(reader_language, "reader.rss")
    root = etree.Element("rss", nsmap={"atom": ATOM}, version="2.0")
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", _title())
    _add(channel, "link", public_url("reader.front", reader_language=reader_language))
    _add(channel, "description", _title())
    _add(channel, "language", reader_language)
    _add(channel, f"{{{ATOM}}}link", href=own, rel="self", type="application/rss+xml")
    for story in stories:
        item = etree.SubElement(channel, "item")
        _add(item, "title", _headline(story))
        _add(item, "link", _address(story))
        _add(item, "guid", identity(story), isPermaLink="false")
        _add(item, "pubDate", format_datetime(_published(story), usegmt=True))
        _add(item, "description", story.summary)
        if story.article.topic:
            _add(item, "category", story.article.topic)
    return _answer(root, "application/rss+xml")


@blueprint.get(f"{IN_LANGUAGE}/feed.atom")
def atom(reader_language: str) -> Response:
    """Atom; `?topic=` for one topic."""
    stories, own = _stories(reader_language, "reader.atom")
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # the default namespace
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", reader_language)
    front = public_url("reader.front", reader_language=reader_language)
    _add(feed, f"{{{ATOM}}}id", own)
    _add(feed, f"{{{ATOM}}}title", _title())
    _add(feed, f"{{{ATOM}}}updated", _rfc3339(max((_updated(s) for s in stories), default=now())))
    _add(feed, f"{{{ATOM}}}link", href=own, rel="self")
    _add(feed, f"{{{ATOM}}}link", href=front, rel="alternate", hreflang=reader_language)
    _add(_add(feed, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", settings().newspaper)
    for story in stories:
        entry = _add(feed, f"{{{ATOM}}}entry")
        _add(entry, f"{{{ATOM}}}id", identity(story))
        _add(entry, f"{{{ATOM}}}title", _headline(story))
        _add(entry, f"{{{ATOM}}}link", href=_address(story), rel="alternate", hreflang=reader_language)
        _add(entry, f"{{{ATOM}}}published", _rfc3339(_published(story)))
        _add(entry, f"{{{ATOM}}}updated", _rfc3339(_updated(story)))
        _add(entry, f"{{{ATOM}}}summary", story.summary)
    return _answer(feed, "application/atom+xml")


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """A child element; characters that XML cannot hold are left out of its text."""
    child = etree.SubElement(parent, tag, attributes)
    if text:
        child.text = _NOT_XML.sub("", text)
    return child


def _topic() -> str | None:
    return request.args.get("topic", "").strip()[:100] or None


def _stories(language: str, endpoint: str) -> tuple[list[Story], str]:
    with database().reading() as session:
        stories = newest_stories(session, language, limit=ITEMS, topic=_topic())
    return stories, public_url(endpoint, reader_language=language, topic=_topic())


def _title() -> str:
    return f"{settings().newspaper} · {_topic()}" if _topic() else settings().newspaper


def identity(story: Story) -> str:
    """The same for good, whatever is corrected: of an article of this installation in one language."""
    name = f"relais:{story.article.created_at.isoformat()}:{story.article.id}:{story.language}"
    return uuid5(NAMESPACE_URL, name).urn


def _headline(story: Story) -> str:
    sample = gettext("Fictional sample")
    return f"[{sample}] {story.title}" if story.article.sample else story.title


def _address(story: Story) -> str:
    return public_url("reader.story", reader_language=story.language, number=story.article.id)


def _published(story: Story) -> datetime:
    return (story.first_published_at or story.version.created_at).astimezone(UTC)


def _updated(story: Story) -> datetime:
    return (story.updated_at or _published(story)).astimezone(UTC)


def _rfc3339(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds")


def _answer(root: etree._Element, media_type: str) -> Response:
    body = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return Response(body, content_type=f"{media_type}; charset=utf-8")
