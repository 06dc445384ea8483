"""TMX 1.4b (LISA OSCAR), the exchange format of translation memories."""

from collections.abc import Iterator
from datetime import UTC
from typing import BinaryIO

from lxml import etree

from corpus.errors import RelaisError
from corpus.exchange.base import Header, Reading, Report, State, Unit
from corpus.exchange.characters import printable
from corpus.exchange.languages import language
from corpus.exchange.xml import XML_LANG, elements, local

name = "tmx"
suffixes = (".tmx",)
media_type = "application/x-tmx+xml"

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})  # hold code of the original format, no text
_ALL = "*all*"
_PROP = {State.MACHINE: "mt"}  # what others call it


def write(stream: BinaryIO, header: Header, units: Iterator[Unit], *, unfinished: bool = False) -> Report:
    """Units with a translation (`unfinished`: the others too, if they have any text), each with its state as a prop."""
    report = Report()
    with etree.xmlfile(stream, encoding="utf-8") as xf:
        xf.write_declaration()
        xf.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with xf.element("tmx", version="1.4"):
            xf.write(_header(header), pretty_print=True)
            with xf.element("body"):
                for unit in units:
                    if not unit.target or (unit.unfinished and not unfinished):
                        report.left_out += 1
                        continue
                    xf.write(_tu(unit, report), pretty_print=False)
                    xf.write("\n")
                    report.written += 1
    return report


def _header(header: Header) -> etree._Element:
    made = etree.Element(
        "header",
        {
            "creationtool": "Relais",
            "creationtoolversion": "1",
            "segtype": "sentence",
            "o-tmf": "Relais",
            "adminlang": "en",
            "srclang": header.source_language,
            "datatype": "plaintext",
        },
    )
    if header.date:
        made.set("creationdate", header.date.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"))
    for kind, value in (("x-article", header.article), ("x-version", header.version), ("x-title", header.title)):
        if value:
            etree.SubElement(made, "prop", type=kind).text = printable(value)
    return made


def _tu(unit: Unit, report: Report) -> etree._Element:
    tu = etree.Element("tu", {"tuid": unit.id} if unit.id else {})
    if unit.note:
        etree.SubElement(tu, "note").text = printable(unit.note)
    if unit.state:
        etree.SubElement(tu, "prop", type="x-state").text = _PROP.get(unit.state, unit.state.value)
    for code, text in ((unit.source_language, unit.source), (unit.target_language, unit.target or "")):
        clean = printable(text)
        if clean != text and unit.id not in report.cleaned[-1:]:
            report.cleaned.append(unit.id)
        etree.SubElement(etree.SubElement(tu, "tuv", {XML_LANG: code}), "seg").text = clean
    return tu


def read(stream: BinaryIO, *, source_language: str | None = None, target_language: str | None = None) -> Reading:
    """One unit for each target language of each `tu`; with `target_language`, of that language alone.

    Languages are compared without case and region, and given as the plain language. A `tu` that lacks the source
    language or any target is left out. Raises `RelaisError` with the line of a `tuv` that has no text at all.
    """
    found = elements(stream, whole=frozenset({"header", "tu"}), begun=frozenset({"tmx"}))
    _, root = next(found, ("", None))
    if root is None:
        raise RelaisError("the file is not TMX")
    _, head = next(found, ("", None))
    if head is None or local(head) != "header":
        raise RelaisError("the TMX has no header")
    declared = head.get("srclang", "")
    wanted = language(source_language or ("" if declared.casefold() == _ALL else declared))
    props = {prop.get("type", ""): prop.text or "" for prop in head.iter("{*}prop")}
    header = Header(
        source_language=wanted,
        target_language=language(target_language or ""),
        article=props.get("x-article", ""),
        version=props.get("x-version", ""),
        title=props.get("x-title", ""),
    )
    return Reading(header, _units(found, header))


def _units(found: Iterator[tuple[str, etree._Element]], header: Header) -> Iterator[Unit]:
    for number, (_, tu) in enumerate(found, 1):
        texts: dict[str, str] = {}
        for tuv in tu.iterfind("{*}tuv"):
            code = language(tuv.get(XML_LANG) or tuv.get("lang") or "")
            texts.setdefault(code, _text(tuv))
        source = header.source_language or language(tu.get("srclang", "")) or next(iter(texts), "")
        if source not in texts:
            continue
        props = {prop.get("type", ""): prop.text or "" for prop in tu.iterfind("{*}prop")}
        for code, text in texts.items():
            if code not in (source, "") and header.target_language in ("", code):
                yield Unit(
                    id=tu.get("tuid") or str(number),
                    source=texts[source],
                    target=text,
                    source_language=source,
                    target_language=code,
                    state=_state(props.get("x-state")),
                    note=" ".join(note.text or "" for note in tu.iterfind("{*}note")),
                    group=tu.get("tuid") or str(number),
                )


def _state(value: str | None) -> State | None:
    known = {state.value: state for state in State} | {word: state for state, word in _PROP.items()}
    return known.get(value or "")


def _text(tuv: etree._Element) -> str:
    """Text of the segment; of the `tuv` itself where a careless program wrote it there."""
    seg = tuv.find("{*}seg")
    text = _plain(tuv if seg is None else seg)
    if not text.strip() and (seg is None or len(seg) == 0):
        raise RelaisError(
            "line %(line)d: the %(language)s text of a unit is missing",
            line=tuv.sourceline or 0,
            language=tuv.get(XML_LANG) or tuv.get("lang") or "?",
        )
    return text


def _plain(element: etree._Element) -> str:
    """All text but that of codes; of a `tuv`, but that of its props and notes."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and local(child) not in _CODES | {"prop", "note"}:
            parts.append(_plain(child))
        parts.append(child.tail or "")
    return "".join(parts) if local(element) != "tuv" else "".join(parts).strip()
