"""DOCX (Office Open XML): python-docx opens the package and its styles, the paragraphs are walked in the XML.

python-docx's own paragraphs leave out what stands in links, text boxes, notes and content controls.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import docx as python_docx
from lxml import etree

from corpus.errors import RelaisError
from worker.ingest.archives import Archive, entry_names
from worker.ingest.base import ANCHOR, ELEMENT, FORMAT, Document, Kind
from worker.ingest.building import LINE_BREAK, Layout, MarkKey, Piece, Run
from worker.ingest.safe_xml import local, parse_xml

name = "docx"
suffixes = (".docx", ".docm", ".dotx")
media_types = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
WRAPPERS = frozenset({"hyperlink", "fldSimple", "smartTag", "customXml", "sdt"})  # inline elements that hold runs
LETTERS = frozenset({"t", "noBreakHyphen", "softHyphen", "sym"})  # what a run's text is made of
DROPPED = frozenset({"pPr", "rPr", "proofErr", "del", "delText", "moveFrom", "lastRenderedPageBreak"})
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "sectPr", "sdtPr", "tblPr", "tcPr", "Fallback"})
_STYLES = (
    (re.compile(r"title|titre"), Kind.HEADLINE),
    (re.compile(r"subtitle|sous-titre|chap[oe]\w*|standfirst"), Kind.STANDFIRST),
    (re.compile(r"(?:heading|titre) [1-9]"), Kind.HEADING),
    (re.compile(r"caption|légende"), Kind.CAPTION),
    (re.compile(r".*\b(?:quote|citation)\b.*"), Kind.QUOTE),
    (re.compile(r"list\b.*|liste\b.*"), Kind.LIST_ITEM),
)
_TOGGLES = {"b": "bold", "i": "italic", "strike": "strike", "u": "underline"}
_OFF = frozenset({"0", "false", "off", "none"})


def recognises(data: bytes) -> bool:
    """Whether it is a ZIP container with Word's main part, or its beginning."""
    return "word/document.xml" in entry_names(data) or (data.startswith(b"PK") and b"word/" in data[:4096])


def read(data: bytes) -> Document:
    """Body, then notes, headers and footers, each block with the part it stands in."""
    reader = _Reader(_package(data))
    layout = Layout()
    for piece in reader.pieces():
        piece.lay(layout)
    return layout.document(name, warnings=tuple(reader.warnings()), metadata=_metadata(reader.package))


def paragraphs_read(data: bytes) -> list[tuple[str, int]]:
    """By a block's `node`: the part its paragraph stands in, and which of that part's paragraphs it is."""
    reader = _Reader(_package(data))
    reader.pieces()
    return reader.paragraphs


def _package(data: bytes) -> Any:
    archive = Archive(data, "DOCX")
    for part in archive.names:
        if part.endswith((".xml", ".rels")):
            parse_xml(archive.read(part), f"DOCX: {part}")
    try:
        return python_docx.Document(io.BytesIO(data))
    except Exception:
        raise RelaisError("the %(what)s file is damaged or not complete", what="DOCX") from None


def _metadata(package: Any) -> dict[str, Any]:
    if not any(r.reltype.endswith("/core-properties") for r in package.part.package.rels.values()):
        return {}  # python-docx would make some up
    properties = package.core_properties
    found = {"title": properties.title, "byline": properties.author, "keywords": properties.keywords}
    return {key: value for key, value in found.items() if isinstance(value, str) and value.strip()}


@cache
def _symbols() -> dict[tuple[str, str], str]:
    with (Path(__file__).parent / "symbols.tsv").open(encoding="utf-8", newline="") as table:
        return {(row["font"], row["code"]): row["character"] for row in csv.DictReader(table, delimiter="\t")}


class _Reader:
    """One document being read."""

    def __init__(self, package: Any) -> None:
        self.package = package
        self.paragraphs: list[tuple[str, int]] = []
        self._roots: dict[str, etree._Element] = {}
        self._order: dict[str, dict[etree._Element, int]] = {}
        self._notes: list[tuple[str, str]] = []  # (footnote or endnote, its id) in reading order
        self.changes = False
        self.lost = 0

    def pieces(self) -> list[Piece]:
        """All blocks in reading order."""
        document = self.package.part
        found = self._walk(document.element.body, document, "body")
        for kind, note in self._notes:
            found += self._note(kind, note)
        for where in ("header", "footer"):
            for part in self._parts(f"/{where}"):
                found += self._walk(self._root(part), part, where)
        return found

    def _root(self, part: Any) -> etree._Element:
        """A part's tree; python-docx has only the body's."""
        if part is self.package.part:
            root: etree._Element = part.element
            return root
        place = str(part.partname)
        if place not in self._roots:
            self._roots[place] = parse_xml(part.blob, f"DOCX: {place}")
        return self._roots[place]

    def number(self, paragraph: etree._Element, part: Any) -> int:
        """The number of a paragraph among those that are read."""
        place = str(part.partname)
        if place not in self._order:
            self._order[place] = {p: i for i, p in enumerate(self._root(part).iter(f"{_W}p"))}
        self.paragraphs.append((place.lstrip("/"), self._order[place][paragraph]))
        return len(self.paragraphs) - 1

    def warnings(self) -> list[tuple[str, dict[str, Any]]]:
        """What the uploader should know."""
        found: list[tuple[str, dict[str, Any]]] = []
        if self.changes:
            found.append(("tracked_changes", {}))
        count = sum(1 for part in self._parts("/comments") for _ in parse_xml(part.blob, "DOCX").iter(f"{_W}comment"))
        if count:
            found.append(("comments_left_out", {"count": count}))
        if self.lost:
            found.append(("symbols_lost", {"count": self.lost}))
        return found

    def _parts(self, kind: str) -> list[Any]:
        """The parts of a kind that the document refers to, each once."""
        relations = self.package.part.rels.values()
        found = [r.target_part for r in relations if not r.is_external and r.reltype.endswith(kind)]
        return list({str(part.partname): part for part in found}.values())

    def _note(self, kind: str, note: str) -> list[Piece]:
        return [
            piece
            for part in self._parts(f"/{kind}s")
            for element in self._root(part).iter(f"{_W}{kind}")
            if element.get(f"{_W}id") == note
            for piece in self._walk(element, part, "footnote")
        ]

    def _walk(self, root: etree._Element, part: Any, where: str) -> list[Piece]:
        walk = _Walk(self, part, where)
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            tag = local(element)
            if event == "end":
                walk.leave(element, tag)
            elif tag in _SKIPPED and not (tag == "Fallback" and _no_choice(element)):
                if tag == "instrText":
                    walk.enter(element, tag)
                self.changes = self.changes or tag in ("del", "moveFrom")
                steps.skip_subtree()
            else:
                self.changes = self.changes or tag == "ins"
                walk.enter(element, tag)
        return walk.pieces

    def style(self, paragraph: etree._Element) -> str:
        """The paragraph's style by its name, in small letters."""
        properties = paragraph.find(f"{_W}pPr/{_W}pStyle")
        key = properties.get(f"{_W}val") if properties is not None else None
        if key is None:
            return ""
        found = next((s for s in self.package.styles if s.style_id == key), None)
        return str(found.name if found is not None and found.name else key).lower()

    def note(self, kind: str, number: str | None) -> None:
        """A reference to a note."""
        if number is not None:
            self._notes.append((kind, number))

    def symbol(self, font: str, code: str) -> str:
        """A character of a symbol font."""
        found = _symbols().get((font.lower(), code.upper()))
        if found is None and re.fullmatch("[0-9A-Fa-f]{4}", code) and not code.upper().startswith("F0"):
            found = chr(int(code, 16))
        if found is None:
            self.lost += 1
        return found or "\ufffd"


def _no_choice(fallback: etree._Element) -> bool:
    parent = fallback.getparent()
    return parent is None or all(local(sibling) != "Choice" for sibling in parent)


class _Walk:
    """The state while going through one part: the open paragraphs (a text box stands inside one), the open marks."""

    def __init__(self, reader: _Reader, part: Any, where: str) -> None:
        self._reader = reader
        self._part = part
        self._where = where
        self.pieces: list[Piece] = []
        self._open: list[tuple[etree._Element, Piece, list[Piece]]] = []
        self._links: list[tuple[etree._Element, MarkKey]] = []
        self._formats: tuple[MarkKey, ...] = ()
        self._contents: list[etree._Element] = []  # content controls that hold a table of contents
        self._inside: list[dict[etree._Element, int]] = []  # of the open paragraphs: the elements' numbers

    def enter(self, element: etree._Element, tag: str) -> None:
        """An element opens."""
        if tag == "p" and element.tag == f"{_W}p":
            self._open.append((element, self._paragraph(element), []))
            self._inside.append({e: i for i, e in enumerate(element.iter("*"))})
        elif tag == "sdt" and any(
            "table of contents" in (e.get(f"{_W}val") or "").lower() for e in element.iter(f"{_W}docPartGallery")
        ):
            self._contents.append(element)
        elif tag == "hyperlink":
            relation = self._part.rels.get(element.get(_R_ID)) if element.get(_R_ID) else None
            if relation is not None and relation.is_external:
                self._links.append((element, MarkKey("link", relation.target_ref, node=self._number(element))))
            else:
                self._links.append((element, MarkKey(ELEMENT, node=self._number(element))))
        elif tag in WRAPPERS:
            self._links.append((element, MarkKey(ELEMENT, node=self._number(element))))
        elif tag == "r" and element.tag == f"{_W}r":
            self._formats = (MarkKey(FORMAT, format_of(element), node=self._number(element)), *_formats(element))
        elif self._open:
            self._character(element, tag)

    def _number(self, element: etree._Element) -> int | None:
        return self._inside[-1].get(element) if self._inside else None

    def _anchor(self, element: etree._Element, tag: str) -> None:
        """An element of the paragraph that is no text goes with the word before it."""
        parent = element.getparent()
        inside = parent is not None and (parent.tag in (f"{_W}r", f"{_W}p", f"{_W}ins") or local(parent) in WRAPPERS)
        number = self._number(element)
        if inside and number is not None and tag not in LETTERS | DROPPED | {"ins", "moveTo", "sdtContent"}:
            self._open[-1][1].runs.append(Run("", (MarkKey(ANCHOR, node=number),)))

    def _character(self, element: etree._Element, tag: str) -> None:
        self._anchor(element, tag)
        if tag == "t":
            self._text(element.text or "")
        elif tag in ("tab", "ptab"):
            self._text(" ")
        elif tag in ("br", "cr"):
            self._text(LINE_BREAK if element.get(f"{_W}type") in (None, "textWrapping") else " ")
        elif tag == "noBreakHyphen":
            self._text("-")
        elif tag == "sym":
            self._text(self._reader.symbol(element.get(f"{_W}font", ""), element.get(f"{_W}char", "")))
        elif tag in ("footnoteReference", "endnoteReference"):
            self._reader.note(tag.removesuffix("Reference"), element.get(f"{_W}id"))
        elif tag == "docPr" and element.get("descr", "").strip():
            self._open[-1][2].append(
                Piece(Kind.PARAGRAPH, [Run(element.get("descr", ""))], reason="alternative_text", part=self._where)
            )

    def _text(self, text: str) -> None:
        marks = (*(mark for _, mark in self._links), *self._formats)
        self._open[-1][1].runs.append(Run(text, marks))

    def leave(self, element: etree._Element, tag: str) -> None:
        """An element closes; a paragraph's text boxes come behind it."""
        if tag == "r":
            self._formats = ()
        if self._links and self._links[-1][0] is element:
            self._links.pop()
        if self._contents and self._contents[-1] is element:
            self._contents.pop()
        if self._open and self._open[-1][0] is element:
            _, piece, inner = self._open.pop()
            self._inside.pop()
            piece.runs = _with_formats(piece.runs)
            (self._open[-1][2] if self._open else self.pieces).extend([piece, *inner])

    def _paragraph(self, element: etree._Element) -> Piece:
        style = self._reader.style(element)
        kind = next((kind for pattern, kind in _STYLES if pattern.fullmatch(style)), Kind.PARAGRAPH)
        numbered = element.find(f"{_W}pPr/{_W}numPr")
        level = int(style[-1]) if kind is Kind.HEADING else 0
        if numbered is not None and kind is Kind.PARAGRAPH:
            kind = Kind.LIST_ITEM
        if kind is Kind.LIST_ITEM:
            depth = numbered.find(f"{_W}ilvl") if numbered is not None else None
            level = 1 + int(depth.get(f"{_W}val", "0")) if depth is not None else 1
        contents = self._contents or re.match(r"toc \d|tm \d|table des mati", style)
        reason = "table_of_contents" if contents else None
        marker = "•" if kind is Kind.LIST_ITEM else ""
        number = self._reader.number(element, self._part)
        return Piece(kind, [], level, marker, reason, part=self._where, node=number)


def format_of(run: etree._Element) -> str:
    """A run's formatting as a text that is equal for equal ones; language and proofing do not count."""
    properties = run.find(f"{_W}rPr")
    children = [] if properties is None else [c for c in properties if local(c) not in ("lang", "noProof")]
    return "".join(sorted(etree.tostring(c, method="c14n", exclusive=True, with_tail=False).decode() for c in children))


def common_format(lengths: Iterable[tuple[str, int]]) -> str:
    """The format of most letters: the paragraph's own."""
    counted: Counter[str] = Counter()
    for form, length in lengths:
        counted[form] += length
    return counted.most_common(1)[0][0] if counted else ""


def _with_formats(runs: list[Run]) -> list[Run]:
    """Runs with a mark for each stretch in another format than the paragraph's own."""
    of_run = [next((m for m in run.marks if m.kind == FORMAT), None) for run in runs]
    own = common_format((m.href or "", len(run.text)) for run, m in zip(runs, of_run, strict=True) if m)
    found: list[Run] = []
    last: MarkKey | None = None
    for run, mark in zip(runs, of_run, strict=True):
        rest = tuple(m for m in run.marks if m.kind != FORMAT)
        if mark is None or mark.href == own:
            last = last if mark is None else None
            found.append(Run(run.text, rest))
            continue
        last = last if last is not None and last.href == mark.href else mark
        links = sum(m.kind in ("link", ELEMENT) for m in rest)
        form = MarkKey(FORMAT, node=last.node)
        found.append(Run(run.text, (*rest[:links], form, *rest[links:])))
    return found


def _formats(run: etree._Element) -> tuple[MarkKey, ...]:
    """The marks of a run's direct formatting."""
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return ()
    marks: list[MarkKey] = []
    for child in properties:
        tag, value = local(child), (child.get(f"{_W}val") or "").lower()
        if tag in _TOGGLES and value not in _OFF:
            marks.append(MarkKey(_TOGGLES[tag]))
        elif tag == "vertAlign" and value in ("superscript", "subscript"):
            marks.append(MarkKey(value))
    return tuple(marks)
