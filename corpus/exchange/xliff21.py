"""XLIFF 2.1 (OASIS 2018). What XLIFF's four states cannot tell apart goes into `subState`."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from corpus.errors import RelaisError
from corpus.exchange.base import Annotation, Header, Reading, Report, State, Unit
from corpus.exchange.characters import printable
from corpus.exchange.languages import language
from corpus.exchange.xliff import (
    Tag,
    annotations,
    cleaned,
    content,
    fill,
    identity,
    original,
    source_tags,
    target_tags,
)
from corpus.exchange.xml import XML_SPACE, elements, local
from corpus.marks import Mark
from corpus.spans import Span

name = "xliff21"
suffixes = (".xlf",)
media_type = "application/xliff+xml"

_NS = "urn:oasis:names:tc:xliff:document:2.0"  # 2.1 kept it
_PREFIXES: Any = {None: _NS}
_CODES = frozenset({"ph", "sc", "ec", "sm", "em", "cp"})
_STATES: dict[State, tuple[str, str | None]] = {
    State.UNTRANSLATED: ("initial", None),
    State.MACHINE: ("translated", "relais:machine"),
    State.MEMORY: ("translated", "relais:memory"),
    State.REJECTED: ("translated", "relais:rejected"),
    State.EDITED: ("translated", "relais:edited"),
    State.APPROVED: ("final", None),
}
_STYLES = {"bold": "xlf:b", "italic": "xlf:i"}
_KINDS = {style: kind for kind, style in _STYLES.items()}


def write(stream: BinaryIO, header: Header, units: Iterator[Unit]) -> Report:
    """One `file`; a `unit` with one `segment` a bead; hits as `mrk` of type term, target markup as `pc`."""
    report = Report()
    languages = {"srcLang": header.source_language, "trgLang": header.target_language}
    with etree.xmlfile(stream, encoding="utf-8") as xf:
        xf.write_declaration()
        with (
            xf.element(f"{{{_NS}}}xliff", {"version": "2.1", **languages}, nsmap=_PREFIXES),
            xf.element(f"{{{_NS}}}file", {"id": "f1", "original": original(header)}),
        ):
            for unit in units:
                xf.write(_unit_element(cleaned(unit, report)), pretty_print=False)
                xf.write("\n")
                report.written += 1
    return report


def _unit_element(unit: Unit) -> etree._Element:
    made = etree.Element(f"{{{_NS}}}unit", {"id": unit.id}, nsmap=_PREFIXES)
    if unit.note:
        notes = etree.SubElement(made, f"{{{_NS}}}notes")
        etree.SubElement(notes, f"{{{_NS}}}note").text = printable(unit.note)
    segment = etree.SubElement(made, f"{{{_NS}}}segment")
    if unit.state:
        state, detail = _STATES[unit.state]
        segment.set("state", state)
        if detail:
            segment.set("subState", detail)
    fill(_text_element(segment, "source"), unit.source, source_tags(unit), _element)
    if unit.target is not None:
        fill(_text_element(segment, "target"), unit.target, target_tags(unit), _element)
    return made


def _text_element(segment: etree._Element, tag: str) -> etree._Element:
    return etree.SubElement(segment, f"{{{_NS}}}{tag}", {XML_SPACE: "preserve"})


def _element(tag: Tag) -> etree._Element:
    label = tag.label
    if isinstance(label, Annotation):
        told = printable(f"{label.outcome}: {label.term}")
        return etree.Element(f"{{{_NS}}}mrk", {"id": tag.id, "type": "term", "value": told})
    made = etree.Element(f"{{{_NS}}}pc", {"id": tag.id, "type": "link" if label.href else "fmt"})
    if label.href:
        made.set("equivStart", printable(label.href))
    else:
        made.set("subType", _STYLES.get(label.kind, f"relais:{label.kind}"))
    return made


def read(stream: BinaryIO) -> Reading:
    """A unit for each `segment`. Raises `RelaisError` for other files."""
    found = elements(stream, whole=frozenset({"unit"}), begun=frozenset({"xliff", "file"}))
    _, root = next(found, ("", None))
    if root is None or local(root) != "xliff" or not root.get("version", "").startswith("2."):
        raise RelaisError("the file is not XLIFF 2")
    event, file = next(found, ("", None))
    if event != "start" or file is None:
        raise RelaisError("the XLIFF has no file element")
    article, version = identity(file.get("original", ""))
    header = Header(
        source_language=language(root.get("srcLang", "")),
        target_language=language(root.get("trgLang", "")),
        article=article,
        version=version,
        original=file.get("original", ""),
    )
    return Reading(header, _units(found, header))


def _units(found: Iterator[tuple[str, etree._Element]], header: Header) -> Iterator[Unit]:
    for event, element in found:
        if event == "end":
            segments = element.findall("{*}segment")
            for number, segment in enumerate(segments, 1):
                key = element.get("id", "")
                yield _unit(element, segment, key if len(segments) == 1 else f"{key}/{number}", header)


def _unit(element: etree._Element, segment: etree._Element, key: str, header: Header) -> Unit:
    source, target = segment.find("{*}source"), segment.find("{*}target")
    if source is None:
        raise RelaisError("line %(line)d: the unit has no source", line=element.sourceline or 0)
    here = content(source, _CODES)
    there = None if target is None else content(target, _CODES)
    return Unit(
        id=key,
        source=here.text,
        target=None if there is None else there.text,
        source_language=header.source_language,
        target_language=header.target_language,
        state=_state(segment, target),
        hits=annotations(here, there, _annotation),
        marks=tuple(_mark(node, span) for node, span in (there.stretches if there else ()) if local(node) == "pc"),
        note="\n".join(note.text or "" for note in element.iterfind("{*}notes/{*}note")),
        group=element.get("id", ""),
    )


def _state(segment: etree._Element, target: etree._Element | None) -> State | None:
    state, detail = segment.get("state"), segment.get("subState", "")
    if target is None or state == "initial":
        return State.UNTRANSLATED
    if state == "final":
        return State.APPROVED
    for ours, (theirs, how) in _STATES.items():
        if state == theirs and how == detail:
            return ours
    return None if state is None else State.EDITED


def _annotation(node: etree._Element) -> Annotation | None:
    if local(node) != "mrk" or node.get("type") != "term":
        return None
    outcome, _, term = node.get("value", "").partition(": ")
    return Annotation(term, outcome)


def _mark(node: etree._Element, span: Span) -> Mark:
    if node.get("type") == "link":
        return Mark("link", span, node.get("equivStart"))
    style = node.get("subType", "")
    return Mark(_KINDS.get(style, style.removeprefix("relais:")), span)
