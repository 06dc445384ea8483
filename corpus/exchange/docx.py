"""The bilingual table as DOCX, written part by part so that any number of rows fits."""

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from corpus.errors import RelaisError
from corpus.exchange import table
from corpus.exchange.base import Header, Reading, Report, Unit
from corpus.exchange.characters import printable
from corpus.exchange.xml import XML_SPACE, elements, local

name = "docx"
suffixes = (".docx",)
media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "word/document.xml"
_PREFIXES: Any = {"w": _W}
_WIDTHS = (900, 1100, 4800, 4800, 1300, 1900)  # twentieths of a point; they add up to the page between its margins
_TYPES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/{_MAIN}" \
ContentType="{media_type}.main+xml"/></Types>"""
_RELATIONS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" \
Target="{_MAIN}"/></Relationships>"""
_UNPACKED = 2_000_000_000  # bytes that a document may unpack to


def write(stream: BinaryIO, header: Header, units: Iterator[Unit]) -> Report:
    """A landscape page with one table, its first row repeated on every page."""
    report = Report()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        with archive.open(_MAIN, "w", force_zip64=True) as part, etree.xmlfile(part, encoding="utf-8") as xf:
            xf.write_declaration(standalone=True)
            with xf.element(f"{{{_W}}}document", {}, nsmap=_PREFIXES), xf.element(f"{{{_W}}}body"):
                with xf.element(f"{{{_W}}}tbl"):
                    for made in _frame():
                        xf.write(made)
                    xf.write(_row(table.columns(header), head=True))
                    for unit in units:
                        cells = table.row(header, unit)
                        clean = [printable(cell) for cell in cells]
                        if clean != cells:
                            report.cleaned.append(unit.id)
                        xf.write(_row(clean))
                        report.written += 1
                xf.write(_page())
    return report


def _element(tag: str, **attributes: str) -> etree._Element:
    values = {f"{{{_W}}}{key}": value for key, value in attributes.items()}
    return etree.Element(f"{{{_W}}}{tag}", values, nsmap=_PREFIXES)


def _within(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    child = _element(tag, **attributes)
    parent.append(child)
    return child


def _frame() -> Iterator[etree._Element]:
    properties = _element("tblPr")
    _within(properties, "tblW", w=str(sum(_WIDTHS)), type="dxa")
    borders = _within(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _within(borders, side, val="single", sz="4", space="0", color="999999")
    _within(properties, "tblLayout", type="fixed")
    yield properties
    grid = _element("tblGrid")
    for width in _WIDTHS:
        _within(grid, "gridCol", w=str(width))
    yield grid


def _page() -> etree._Element:
    section = _element("sectPr")
    _within(section, "pgSz", w="16838", h="11906", orient="landscape")
    _within(
        section, "pgMar", top="1000", right="1000", bottom="1000", left="1000", header="500", footer="500", gutter="0"
    )
    return section


def _row(cells: list[str], *, head: bool = False) -> etree._Element:
    row = _element("tr")
    if head:
        _within(_within(row, "trPr"), "tblHeader")
    for text, width in zip(cells, _WIDTHS, strict=True):
        cell = _within(row, "tc")
        _within(_within(cell, "tcPr"), "tcW", w=str(width), type="dxa")
        run = _within(_within(cell, "p"), "r")
        if head:
            _within(_within(run, "rPr"), "b")
        _write_text(run, text)
    return row


def _write_text(run: etree._Element, text: str) -> None:
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if number:
            _within(run, "br")
        for place, stretch in enumerate(line.split("\t")):
            if place:
                _within(run, "tab")
            if stretch:
                made = _within(run, "t")
                made.set(XML_SPACE, "preserve")
                made.text = stretch


def read(stream: BinaryIO) -> Reading:
    """Rows of the document's tables, tracked insertions taken and deletions dropped."""
    try:
        archive = zipfile.ZipFile(stream)
        if archive.getinfo(_MAIN).file_size > _UNPACKED:
            raise RelaisError("the document is too large to be read")
        part = archive.open(_MAIN)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError):
        raise RelaisError("the file is not a DOCX document") from None
    return table.reading(_rows(part))


def _rows(part: Any) -> Iterator[list[str | None]]:
    with part:
        try:
            for _, row in elements(part, whole=frozenset({"tr"}), begun=frozenset()):
                yield [_cell_text(cell) for cell in row.iterfind("{*}tc")]
        except (zipfile.BadZipFile, EOFError, OSError):
            raise RelaisError("the document is damaged") from None


def _cell_text(cell: etree._Element) -> str:
    return "\n".join("".join(_run_text(paragraph)) for paragraph in cell.iterfind("{*}p"))


def _run_text(paragraph: etree._Element) -> Iterator[str]:
    signs = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}
    for node in paragraph.iter():
        name = local(node)
        if name == "t":
            yield node.text or ""
        elif name in signs and local(_parent(node)) == "r":
            yield signs[name]


def _parent(node: etree._Element) -> etree._Element:
    found = node.getparent()
    return node if found is None else found
