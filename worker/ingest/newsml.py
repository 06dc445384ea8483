"""NewsML-G2 (a newsItem, or a newsMessage with one) and NITF, alone or inside it. IPTC standards, read with lxml."""

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from corpus.errors import RelaisError
from worker.ingest import html
from worker.ingest.base import Document, Kind
from worker.ingest.building import Layout, Piece, Run
from worker.ingest.decoding import Warnings, clean
from worker.ingest.lines import paragraphs
from worker.ingest.ninjs import utc
from worker.ingest.safe_xml import local, parse_xml

name = "newsml"
suffixes = (".xml", ".nitf", ".newsml")
media_types = ("application/vnd.iptc.g2.newsitem+xml", "application/xml", "text/xml")

_ROOT = re.compile(rb"<(?:\w+:)?(?:newsItem|newsMessage|nitf|packageItem)[\s>]")
_XHTML = re.compile(rb"<!doctype\s+html|<(?:\w+:)?html[\s>]", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# NITF's elements as those of HTML that mean the same; what is not named here is running text
_SAME = (
    "p",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "em",
    "a",
    "br",
    "sup",
    "sub",
    "pre",
)
_AS_HTML = {tag: tag for tag in _SAME} | {
    "hl2": "h2",
    "bq": "blockquote",
    "block": "div",
    "media": "figure",
    "media-caption": "figcaption",
    "media-producer": "div",
    "note": "div",
    "credit": "div",
    "tagline": "div",
    "body.content": "div",
}
_DROPPED = frozenset({"media-reference", "media-metadata", "media-object", "col", "nitf-table-metadata", "nitf-col"})
_CLASS = {"media-producer": "credit", "credit": "credit", "tagline": "tagline"}


def recognises(data: bytes) -> bool:
    """Whether an XML file begins here that is no XHTML."""
    head = data[:4096]
    if head.startswith(_UTF_16):
        head = head.decode("utf-16", errors="ignore").encode()
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<"):
        return False
    return _ROOT.search(head) is not None or (head.startswith(b"<?xml") and not _XHTML.search(head))


def read(data: bytes) -> Document:
    """The first item that holds text."""
    root = parse_xml(data, "the XML file")
    if local(root) == "nitf":
        return _document(_nitf(root), {}, ())
    if local(root) not in ("newsItem", "newsMessage", "packageItem"):
        raise RelaisError("XML files with the root <%(root)s> are not read; NewsML-G2 and NITF are", root=local(root))
    items = [root] if local(root) == "newsItem" else [e for e in root.iter() if local(e) == "newsItem"]
    for item in items:
        pieces, metadata = _item(item)
        if any(p.text and p.kind is not Kind.HEADLINE for p in pieces):
            language = str(metadata.get("language", "fr"))
            foreign = not language.lower().startswith("fr")
            return _document((pieces, metadata), {}, (("language", {"language": language}),) if foreign else ())
    raise RelaisError("the news item holds no text")


def _document(content: tuple[list[Piece], dict[str, Any]], extra: dict[str, Any], warnings: Warnings) -> Document:
    pieces, metadata = content
    layout = Layout()
    for piece in pieces:
        piece.lay(layout)
    return layout.document(name, warnings=warnings, metadata=metadata | extra)


def _item(item: etree._Element) -> tuple[list[Piece], dict[str, Any]]:
    """Blocks and metadata of a newsItem; every element but its content may be missing."""
    metadata = {
        "external_id": item.get("guid", ""),
        "headline": _below(item, "contentMeta", "headline"),
        "byline": _below(item, "contentMeta", "by"),
        "slugline": _below(item, "contentMeta", "slugline"),
        "date": utc(_below(item, "itemMeta", "versionCreated") or _below(item, "contentMeta", "contentCreated")),
        "language": next((e.get("tag", "") for e in item.iter() if local(e) == "language"), ""),
    }
    pieces: list[Piece] = []
    for content in (c for e in item.iter() if local(e) == "contentSet" for c in e):
        if local(content) == "inlineXML":
            for root in content:
                found, more = _inline(root)
                pieces += found
                metadata |= {key: value for key, value in more.items() if value}
        elif local(content) == "inlineData" and content.get("contenttype", "text/plain").startswith("text"):
            text = content.text or ""
            pieces += [Piece(Kind.PARAGRAPH, [Run(span.of(text))]) for span in paragraphs(text)]
    headline = str(metadata.pop("headline"))
    if headline and not any(p.kind is Kind.HEADLINE or (p.kind is Kind.HEADING and p.level == 1) for p in pieces):
        pieces.insert(0, Piece(Kind.HEADLINE, [Run(headline)]))
    return pieces, {key: value for key, value in metadata.items() if value}


def _inline(root: etree._Element) -> tuple[list[Piece], dict[str, Any]]:
    if local(root) == "nitf":
        return _nitf(root)
    if not isinstance(root.tag, str):
        return [], {}
    copy = _rebuilt(root, keep=True)
    return html.read_pieces(copy), {}


def _nitf(root: etree._Element) -> tuple[list[Piece], dict[str, Any]]:
    """Headline, lead, body; byline and date as metadata."""
    pieces: list[Piece] = []
    headline = _text(_first(root, "hl1")) or _text(_first(root, "title"))
    if headline:
        pieces.append(Piece(Kind.HEADLINE, [Run(headline)]))
    head = _first(root, "body.head")
    pieces += [Piece(Kind.HEADING, [Run(_text(e))], level=2) for e in _all(head, "hl2")]
    pieces += [Piece(Kind.STANDFIRST, [Run(_text(e))]) for e in _all(head, "abstract")]
    content = _first(root, "body.content")
    if content is not None:
        pieces += html.read_pieces(_rebuilt(content))
    for end in _all(_first(root, "body.end"), "tagline"):
        pieces.append(Piece(Kind.CREDIT, [Run(_text(end))]))
    issue = _first(root, "date.issue")
    identifier = _first(root, "doc-id")
    metadata = {
        "byline": _text(_first(root, "byline")),
        "dateline": _text(_first(root, "dateline")),
        "date": utc(issue.get("norm", "")) if issue is not None else "",
        "external_id": identifier.get("id-string", "") if identifier is not None else "",
    }
    return pieces, {key: value for key, value in metadata.items() if value}


def _rebuilt(root: etree._Element, *, keep: bool = False) -> etree._Element:
    """A copy in HTML's elements, without namespaces. ``keep``: it is XHTML already."""
    made: dict[etree._Element, etree._Element] = {}
    top: etree._Element = lxml_html.Element("div")
    steps = etree.iterwalk(root, events=("start", "comment"))
    for event, element in steps:
        parent = made.get(element.getparent(), top) if element is not root else top
        if event == "comment" or (not keep and local(element) in _DROPPED):
            _append_text(parent, element.tail)
            if event == "start":
                steps.skip_subtree()
            continue
        tag = local(element)
        copy: etree._Element = etree.SubElement(parent, tag if keep else _AS_HTML.get(tag, "span"))
        copy.text, copy.tail = element.text, element.tail if element is not root else None
        for key in ("href", "class", "id", "title", "translate", "hidden"):
            if element.get(key):
                copy.set(key, element.get(key, ""))
        if not keep and tag in _CLASS:
            copy.set("class", _CLASS[tag])
        made[element] = copy
    return top


def _append_text(parent: etree._Element, text: str | None) -> None:
    """Text behind what is left out."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + (text or "")
    else:
        parent.text = (parent.text or "") + (text or "")


def _all(root: etree._Element | None, tag: str) -> list[etree._Element]:
    return [] if root is None else [e for e in root.iter() if local(e) == tag]


def _first(root: etree._Element, tag: str) -> etree._Element | None:
    return next(iter(_all(root, tag)), None)


def _below(item: etree._Element, parent: str, tag: str) -> str:
    """Text of the first `tag` in the item's `parent`."""
    return next((_text(child) for e in item.iter() if local(e) == parent for child in e if local(child) == tag), "")


def _text(element: etree._Element | None) -> str:
    """All text in the element, white space collapsed."""
    return "" if element is None else " ".join(clean("".join(map(str, element.itertext(with_tail=False)))).split())
