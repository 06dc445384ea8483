"""ODT (OpenDocument text), read with lxml: paragraphs, notes, text boxes, links; annotations and deletions left out."""

from typing import Any

from lxml import etree

from worker.ingest.archives import Archive, entry_names
from worker.ingest.base import Document, Kind
from worker.ingest.building import LINE_BREAK, Layout, MarkKey, Piece, Run
from worker.ingest.safe_xml import local, parse_xml

name = "odt"
suffixes = (".odt", ".ott")
media_types = ("application/vnd.oasis.opendocument.text",)

_NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
}
_SKIPPED = frozenset(
    (
        "tracked-changes",
        "annotation",
        "forms",
        "ruby-text",
        "sequence-decls",
        "variable-decls",
        "note-citation",
        "script",
    )
)
_STYLES = (
    ("Title", Kind.HEADLINE),
    ("Subtitle", Kind.STANDFIRST),
    ("Caption", Kind.CAPTION),
    ("Illustration", Kind.CAPTION),
    ("Quotations", Kind.QUOTE),
)


def recognises(data: bytes) -> bool:
    """Whether it is a ZIP container that names itself an OpenDocument text."""
    return data.startswith(b"PK") and (
        b"application/vnd.oasis.opendocument.text" in data[:200] or "content.xml" in entry_names(data)
    )


def read(data: bytes) -> Document:
    """Body with its notes, then headers and footers."""
    archive = Archive(data, "ODT")
    root = parse_xml(archive.read("content.xml"), "ODT: content.xml")
    styles_data = archive.read("styles.xml")
    styles = [root] + ([parse_xml(styles_data, "ODT: styles.xml")] if styles_data else [])
    walk = _Walk(_formats(styles), _parents(styles))
    for body in root.iter(_name("office", "text")):
        walk.part(body, "body")
    for where in ("header", "footer"):
        for element in styles[-1].iter(_name("style", where)):
            walk.part(element, where)
    layout = Layout()
    for piece in walk.pieces:
        piece.lay(layout)
    comments = sum(1 for _ in root.iter(_name("office", "annotation")))
    warnings: list[tuple[str, dict[str, Any]]] = []
    if next(root.iter(_name("text", "changed-region")), None) is not None:
        warnings.append(("tracked_changes", {}))
    if comments:
        warnings.append(("comments_left_out", {"count": comments}))
    return layout.document(name, warnings=tuple(warnings), metadata=_metadata(archive.read("meta.xml")))


def _name(prefix: str, tag: str) -> str:
    return f"{{{_NS[prefix]}}}{tag}"


def _metadata(data: bytes) -> dict[str, Any]:
    if not data:
        return {}
    root = parse_xml(data, "ODT: meta.xml")
    fields = {
        "title": ("dc", "title"),
        "byline": ("dc", "creator"),
        "date": ("dc", "date"),
        "language": ("dc", "language"),
    }
    found = {key: root.findtext(f".//{_name(*where)}") for key, where in fields.items()}
    keywords = [e.text for e in root.iter(_name("meta", "keyword")) if e.text]
    return {key: value for key, value in found.items() if value} | ({"keywords": keywords} if keywords else {})


def _formats(roots: list[etree._Element]) -> dict[str, tuple[MarkKey, ...]]:
    """Marks by the name of a text style."""
    found: dict[str, tuple[MarkKey, ...]] = {}
    for style in (s for root in roots for s in root.iter(_name("style", "style"))):
        properties = style.find(_name("style", "text-properties"))
        if properties is None or style.get(_name("style", "family")) != "text":
            continue
        marks: list[MarkKey] = []
        if properties.get(_name("fo", "font-weight")) in ("bold", "600", "700", "800", "900"):
            marks.append(MarkKey("bold"))
        if properties.get(_name("fo", "font-style")) in ("italic", "oblique"):
            marks.append(MarkKey("italic"))
        if properties.get(_name("style", "text-underline-style"), "none") != "none":
            marks.append(MarkKey("underline"))
        if properties.get(_name("style", "text-line-through-style"), "none") != "none":
            marks.append(MarkKey("strike"))
        position = properties.get(_name("style", "text-position"), "")
        if position.startswith(("super", "sub")):
            marks.append(MarkKey("superscript" if position.startswith("super") else "subscript"))
        found[style.get(_name("style", "name"), "")] = tuple(marks)
    return found


def _parents(roots: list[etree._Element]) -> dict[str, str]:
    """The named style that an automatic paragraph style is made from."""
    styles = (s for root in roots for s in root.iter(_name("style", "style")))
    return {
        s.get(_name("style", "name"), ""): s.get(_name("style", "parent-style-name"), "")
        for s in styles
        if s.get(_name("style", "family")) == "paragraph"
    }


class _Walk:
    """The state while going through a part: the open paragraphs (a note stands inside one), marks, lists."""

    def __init__(self, formats: dict[str, tuple[MarkKey, ...]], parents: dict[str, str]) -> None:
        self._formats = formats
        self._parents = parents
        self.pieces: list[Piece] = []
        self._open: list[tuple[etree._Element, Piece, list[Piece]]] = []
        self._marks: list[tuple[etree._Element, tuple[MarkKey, ...], int]] = []  # with the depth of paragraphs
        self._around: list[tuple[etree._Element, str]] = []  # lists, notes, indexes
        self._where = "body"

    def part(self, root: etree._Element, where: str) -> None:
        """Append the blocks of one part of the file."""
        self._where = where
        steps = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in steps:
            if event == "start" and local(element) in _SKIPPED:
                steps.skip_subtree()
                self._around.append((element, "skipped"))
            elif event == "start":
                self._enter(element, local(element))
            elif event == "end":
                self._leave(element)
            else:
                self._text(element.tail)

    def _enter(self, element: etree._Element, tag: str) -> None:
        if tag in ("p", "h"):
            self._open.append((element, self._paragraph(element, tag), []))
        elif tag in ("list", "note-body", "table-of-content"):
            self._around.append((element, tag))
        elif tag == "span":
            marks = self._formats.get(element.get(_name("text", "style-name"), ""), ())
            self._marks.append((element, marks, len(self._open)))
        elif tag == "a":
            href = element.get(_name("xlink", "href"), "")
            self._marks.append((element, (MarkKey("link", href),) if href else (), len(self._open)))
        elif tag == "s":
            count = element.get(_name("text", "c"), "1")
            self._text(" " * min(int(count), 100) if count.isdigit() else " ")
        elif tag == "tab":
            self._text(" ")
        elif tag == "line-break":
            self._text(LINE_BREAK)
        elif tag == "desc" and element.text and self._open:
            alt = Piece(Kind.PARAGRAPH, [Run(element.text)], reason="alternative_text", part=self._where)
            self._open[-1][2].append(alt)
            return
        self._text(element.text)

    def _leave(self, element: etree._Element) -> None:
        if self._marks and self._marks[-1][0] is element:
            self._marks.pop()
        if self._around and self._around[-1][0] is element:
            self._around.pop()
        if self._open and self._open[-1][0] is element:
            _, piece, inner = self._open.pop()
            (self._open[-1][2] if self._open else self.pieces).extend([piece, *inner])
        self._text(element.tail)

    def _text(self, text: str | None) -> None:
        if not text or not self._open or (self._around and self._around[-1][1] == "skipped"):
            return
        depth = len(self._open)
        marks = tuple(m for _, marks, at in self._marks if at == depth for m in marks)
        self._open[-1][1].runs.append(Run(text, marks))

    def _paragraph(self, element: etree._Element, tag: str) -> Piece:
        around = [what for _, what in self._around]
        style = element.get(_name("text", "style-name"), "")
        style = self._parents.get(style) or style
        kind = next((kind for beginning, kind in _STYLES if style.startswith(beginning)), Kind.PARAGRAPH)
        level = 0
        if tag == "h":
            outline = element.get(_name("text", "outline-level"), "1")
            kind, level = Kind.HEADING, min(int(outline), 6) if outline.isdigit() else 1
        elif "list" in around and kind is Kind.PARAGRAPH:
            kind, level = Kind.LIST_ITEM, around.count("list")
        part = "footnote" if "note-body" in around else self._where
        reason = "table_of_contents" if "table-of-content" in around else None
        return Piece(kind, [], level, "•" if kind is Kind.LIST_ITEM else "", reason, part=part)
