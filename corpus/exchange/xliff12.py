"""XLIFF 1.2 (OASIS 2008), for translation tools. Only ``approved="yes"`` makes a unit approved, both ways."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any, BinaryIO

from lxml import etree

from corpus.errors import RelaisError
from corpus.exchange.base import Annotation, Header, Reading, Report, State, Unit
from corpus.exchange.characters import printable
from corpus.exchange.languages import language
from corpus.exchange.xliff import Tag, annotations, cleaned, content, fill, identity, original, source_tags, target_tags
from corpus.exchange.xml import XML_SPACE, elements, local
from corpus.marks import Mark
from corpus.spans import Span

name = "xliff12"
suffixes = (".xlf", ".xliff")
media_type = "application/xliff+xml"

_NS = "urn:oasis:names:tc:xliff:document:1.2"
_PREFIXES: Any = {None: _NS}
_CODES = frozenset({"ph", "bpt", "ept", "it", "x", "bx", "ex"})
_STATES: dict[State, tuple[str, str | None]] = {
    State.UNTRANSLATED: ("new", None),
    State.MACHINE: ("needs-review-translation", "leveraged-mt"),
    State.MEMORY: ("needs-review-translation", "leveraged-tm"),
    State.REJECTED: ("needs-review-translation", "rejected-inaccurate"),
    State.EDITED: ("translated", None),
    State.APPROVED: ("final", None),
}
_NEW = frozenset({"new", "needs-translation"})
_TYPES = {"bold": "bold", "italic": "italic", "link": "link"}  # others are written as x-…


def write(stream: BinaryIO, header: Header, units: Iterator[Unit]) -> Report:
    """One `file`; a `trans-unit` a bead; glossary hits as `mrk` of type term, target markup as `g`."""
    report = Report()
    attributes = {
        "original": original(header),
        "source-language": header.source_language,
        "target-language": header.target_language,
        "datatype": "plaintext",
        "product-name": "Relais",
    }
    if header.date:
        attributes["date"] = header.date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with etree.xmlfile(stream, encoding="utf-8") as xf:
        xf.write_declaration()
        with (
            xf.element(f"{{{_NS}}}xliff", {"version": "1.2"}, _PREFIXES),
            xf.element(f"{{{_NS}}}file", attributes),
            xf.element(f"{{{_NS}}}body"),
        ):
            for unit in units:
                xf.write(_trans_unit(cleaned(unit, report)), pretty_print=False)
                xf.write("\n")
                report.written += 1
    return report


def _trans_unit(unit: Unit) -> etree._Element:
    made = etree.Element(f"{{{_NS}}}trans-unit", {"id": unit.id, XML_SPACE: "preserve"}, nsmap=_PREFIXES)
    if unit.state is State.APPROVED:
        made.set("approved", "yes")
    fill(etree.SubElement(made, f"{{{_NS}}}source"), unit.source, source_tags(unit), _element)
    if unit.target is not None:
        target = etree.SubElement(made, f"{{{_NS}}}target")
        if unit.state:
            state, qualifier = _STATES[unit.state]
            target.set("state", state)
            if qualifier:
                target.set("state-qualifier", qualifier)
        fill(target, unit.target, target_tags(unit), _element)
    if unit.note:
        etree.SubElement(made, f"{{{_NS}}}note").text = printable(unit.note)
    return made


def _element(tag: Tag) -> etree._Element:
    label = tag.label
    if isinstance(label, Annotation):
        return etree.Element(f"{{{_NS}}}mrk", {"mtype": "term", "comment": printable(f"{label.outcome}: {label.term}")})
    made = etree.Element(f"{{{_NS}}}g", {"id": tag.id, "ctype": _TYPES.get(label.kind, f"x-{label.kind}")})
    if label.href:
        made.set("equiv-text", printable(label.href))
    return made


def read(stream: BinaryIO) -> Reading:
    """Units of all `trans-unit`s. Raises `RelaisError` for other files and for files of several languages."""
    found = elements(stream, whole=frozenset({"trans-unit"}), begun=frozenset({"xliff", "file"}))
    _, root = next(found, ("", None))
    if root is None or local(root) != "xliff" or not root.get("version", "").startswith("1."):
        raise RelaisError("the file is not XLIFF 1.2")
    event, file = next(found, ("", None))
    if event != "start" or file is None:
        raise RelaisError("the XLIFF has no file element")
    header = _header(file)
    return Reading(header, _units(found, header))


def _header(file: etree._Element) -> Header:
    article, version = identity(file.get("original", ""))
    return Header(
        source_language=language(file.get("source-language", "")),
        target_language=language(file.get("target-language", "")),
        article=article,
        version=version,
        original=file.get("original", ""),
    )


def _units(found: Iterator[tuple[str, etree._Element]], header: Header) -> Iterator[Unit]:
    for event, element in found:
        if event == "start":
            other = _header(element)
            if (other.source_language, other.target_language) != (header.source_language, header.target_language):
                raise RelaisError("line %(line)d: the file mixes languages", line=element.sourceline or 0)
            continue
        yield _unit(element, header)


def _unit(element: etree._Element, header: Header) -> Unit:
    source, target = element.find("{*}source"), element.find("{*}target")
    if source is None:
        raise RelaisError("line %(line)d: the unit has no source", line=element.sourceline or 0)
    here = content(source, _CODES)
    there = None if target is None else content(target, _CODES)
    return Unit(
        id=element.get("id", ""),
        source=here.text,
        target=None if there is None else there.text,
        source_language=header.source_language,
        target_language=header.target_language,
        state=_state(element, target),
        hits=annotations(here, there, _annotation),
        marks=tuple(_mark(node, span) for node, span in (there.stretches if there else ()) if local(node) == "g"),
        note="\n".join(note.text or "" for note in element.iterfind("{*}note")),
    )


def _state(element: etree._Element, target: etree._Element | None) -> State | None:
    if target is None:
        return State.UNTRANSLATED
    state, qualifier = target.get("state"), target.get("state-qualifier", "")
    if state in _NEW:
        return State.UNTRANSLATED
    if element.get("approved") == "yes":
        return State.APPROVED
    for ours, (theirs, how) in _STATES.items():
        if ours is not State.APPROVED and state == theirs and (how or "") == qualifier:
            return ours
    if qualifier.startswith("rejected") or (state or "").startswith("needs-"):
        return State.REJECTED
    if qualifier in ("mt-suggestion", "leveraged-mt"):
        return State.MACHINE
    return None if state is None else State.EDITED


def _annotation(node: etree._Element) -> Annotation | None:
    if local(node) != "mrk" or node.get("mtype") != "term":
        return None
    outcome, _, term = node.get("comment", "").partition(": ")
    return Annotation(term, outcome)


def _mark(node: etree._Element, span: Span) -> Mark:
    kind = node.get("ctype", "").removeprefix("x-")
    return Mark(kind, span, node.get("equiv-text"))
