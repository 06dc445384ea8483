"""TBX-Basic, the TermBase eXchange format (ISO 30042), version 2 (2008: martif) and version 3 (2019: tbx, DCA style).

Both are read from any tool, with either style of version 3. What TBX-Basic has no category for (the case rule, what is
inflected how) travels in notes that begin with ``relais:``, which other tools show as notes.
"""

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from corpus.errors import RelaisError
from glossary.exchange.base import Entry
from glossary.exchange.table import LANGUAGES, free_key, numbered, slug
from glossary.terms import CaseRule, Rendering, Status, Term

Element = Any
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_STATUS_OF = {
    "preferredterm-admn-sts": Status.PREFERRED,
    "preferred": Status.PREFERRED,
    "admittedterm-admn-sts": Status.ADMITTED,
    "admitted": Status.ADMITTED,
    "legalterm-admn-sts": Status.ADMITTED,
    "standardizedterm-admn-sts": Status.PREFERRED,
    "deprecatedterm-admn-sts": Status.FORBIDDEN,
    "supersededterm-admn-sts": Status.FORBIDDEN,
    "notrecommended": Status.FORBIDDEN,
    "deprecated": Status.FORBIDDEN,
    "superseded": Status.FORBIDDEN,
    "forbidden": Status.FORBIDDEN,
}
_STATUS_NAME = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",
}
_GENDERS = {"masculine": "m", "feminine": "f", "neuter": "n"}
_PARTS = {"properNoun": "name", "propernoun": "name"}
_ENTRIES, _LANGUAGE_SECTIONS, _TERM_SECTIONS = (
    ("termEntry", "conceptEntry"),
    ("langSet", "langSec"),
    ("tig", "ntig", "termSec"),
)


class Tbx:
    """TBX-Basic version 3."""

    name = "tbx"
    suffixes: tuple[str, ...] = (".tbx",)
    version = 3

    def read(self, data: bytes, *, language: str | None = None) -> list[Entry]:  # noqa: ARG002 - the file says it
        """Entries that have a French term and a rendering, of either version. Raises `RelaisError` with the line."""
        root = _parsed(data)
        found: list[Entry] = []
        taken: set[str] = set()
        for concept in _children(root, *_ENTRIES, deep=True):
            entry = _entry(concept, taken)
            if entry:
                taken.add(entry.term.key)
                found.append(entry)
        if not found:
            raise RelaisError("the TBX file has no concept with a French term and an English or Ukrainian one")
        return found

    def write(self, terms: Iterable[Term], *, language: str | None = None) -> bytes:  # noqa: ARG002 - all languages
        """One concept a term."""
        root, body = _frame(self.version)
        names = _NAMES[self.version]
        ids: set[str] = set()
        for term in terms:
            concept = etree.SubElement(body, names["entry"], id=_free_id(term.key, ids))
            _write_concept(concept, term, names)
        written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
        declaration, _, rest = written.partition(b"\n")
        return b"\n".join(part for part in (declaration, _DOCTYPE[self.version], rest) if part)


class Tbx2(Tbx):
    """TBX-Basic version 2, for tools that do not know version 3."""

    name = "tbx2"
    suffixes: tuple[str, ...] = ()
    version = 2


_NAMES = {
    2: {"entry": "termEntry", "language": "langSet", "term": "tig"},
    3: {"entry": "conceptEntry", "language": "langSec", "term": "termSec"},
}
_DOCTYPE = {2: b'<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">', 3: b""}
_NAMESPACE = "urn:iso:std:iso:30042:ed-2"


def _frame(version: int) -> tuple[Element, Element]:
    if version == 2:
        root = etree.Element("martif", type="TBX-Basic")
        root.set(f"{_XML}lang", "fr")
        header = etree.SubElement(root, "martifHeader")
    else:
        root = etree.Element("tbx", type="TBX-Basic", style="dca", xmlns=_NAMESPACE)
        root.set(f"{_XML}lang", "fr")
        header = etree.SubElement(root, "tbxHeader")
    description = etree.SubElement(etree.SubElement(header, "fileDesc"), "sourceDesc")
    etree.SubElement(description, "p").text = "Relais glossary"
    if version == 2:
        encoding = etree.SubElement(header, "encodingDesc")
        etree.SubElement(encoding, "p", type="XCSURI").text = "TBXBasicXCSV02.xcs"
    return root, etree.SubElement(etree.SubElement(root, "text"), "body")


def _write_concept(concept: Element, term: Term, names: dict[str, str]) -> None:
    for kind, text in (("subjectField", term.domain), ("definition", term.definition)):
        if text:
            etree.SubElement(concept, "descrip", type=kind).text = _clean(text)
    if term.note:
        etree.SubElement(concept, "note").text = _clean(term.note)
    private = {
        "key": term.key,
        "kind": term.kind,
        "case": str(term.case),
        "part_of_speech": term.part_of_speech,
        "active": "" if term.active else "no",
        "topics": "|".join(term.topics),
    }
    etree.SubElement(concept, "note").text = _clean(_private(private))
    french = _language(concept, "fr", names)
    for n, source in enumerate((term.source, *term.variants)):
        section = _term(french, source, names)
        _term_note(section, "partOfSpeech", "properNoun" if term.kind != "term" else _written_part(term))
        _term_note(section, "administrativeStatus", _STATUS_NAME[Status.ADMITTED if n else Status.PREFERRED])
    for language in dict.fromkeys(r.language for r in term.renderings):
        section = _language(concept, language, names)
        for rendering in term.renderings:
            if rendering.language == language:
                _write_rendering(_term(section, rendering.text, names), rendering)


def _written_part(term: Term) -> str:
    return {"name": "properNoun", "phrase": "noun"}.get(term.part_of_speech, term.part_of_speech or "noun")


def _write_rendering(section: Element, rendering: Rendering) -> None:
    _term_note(section, "administrativeStatus", _STATUS_NAME[rendering.status])
    gender = next((name for name, letter in _GENDERS.items() if letter == rendering.gender), None)
    if gender:
        _term_note(section, "grammaticalGender", gender)
    private = {"number": rendering.number or "", "indeclinable": "yes" if rendering.indeclinable else ""}
    private |= {f"form.{tag}": form for tag, form in rendering.forms.items()}
    if any(private.values()):
        etree.SubElement(section, "note").text = _clean(_private(private))


def _language(concept: Element, language: str, names: dict[str, str]) -> Element:
    section = etree.SubElement(concept, names["language"])
    section.set(f"{_XML}lang", language)
    return section


def _term(section: Element, text: str, names: dict[str, str]) -> Element:
    of_term = etree.SubElement(section, names["term"])
    etree.SubElement(of_term, "term").text = _clean(text)
    return of_term


def _term_note(section: Element, kind: str, text: str) -> None:
    etree.SubElement(section, "termNote", type=kind).text = text


def _private(values: dict[str, str]) -> str:
    """« relais: » and a line for each value; values have no line breaks."""
    return "relais:\n" + "\n".join(f"{name}={value}" for name, value in values.items() if value)


def _clean(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return _CONTROL.sub("", text)


def _free_id(key: str, ids: set[str]) -> str:
    """An XML identifier made from a key: letters, digits and hyphens, no digit first."""
    base = "c-" + slug(key)
    name, n = base, 2
    while name in ids:
        name, n = f"{base}-{n}", n + 1
    ids.add(name)
    return name


def _parsed(data: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise RelaisError("the TBX file is not well-formed XML, line %(line)s", line=error.lineno or 1) from None


def _name(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: Element, *names: str, deep: bool = False) -> list[Element]:
    return [child for child in (element.iter() if deep else element) if _name(child) in names]


def _entry(concept: Element, taken: set[str]) -> Entry | None:
    sections: dict[str, list[Element]] = {}
    for section in _children(concept, *_LANGUAGE_SECTIONS, deep=True):
        code = (section.get(f"{_XML}lang") or section.get("lang") or "").lower().replace("_", "-").partition("-")[0]
        sections.setdefault(code, []).extend(_children(section, *_TERM_SECTIONS, deep=True))
    sources = [(text, section) for section in sections.get("fr", []) if (text := _text_of_term(section))]
    private = _read_private(concept)
    kind = private.get("kind", "term")
    renderings = [r for language in LANGUAGES for r in _renderings(language, sections.get(language, []), kind)]
    if not sources or not renderings:
        return None
    sources.sort(key=lambda s: _category(s[1], "administrativeStatus").lower() == "admittedterm-admn-sts")
    given = {"source", *(r.language for r in renderings)} | ({"variants"} if len(sources) > 1 else set())
    given |= {"key"} if private.get("key") else set()
    given |= {"kind", "case", "active", "topics", "part_of_speech", "grammar"} if private else set()
    if any(_status(s) for language in LANGUAGES for s in sections.get(language, [])):
        given.add("status")
    values = {"domain": _category(concept, "subjectField"), "definition": _definition(concept), "note": _note(concept)}
    given |= {name for name, value in values.items() if value}
    source = sources[0][0]
    part = private.get("part_of_speech") or _category(sources[0][1], "partOfSpeech")
    term = Term(
        key=private.get("key") or free_key(source, renderings, taken),
        source=source,
        renderings=tuple(renderings),
        variants=tuple(dict.fromkeys(text for text, _ in sources[1:])),
        kind=kind,
        case=CaseRule(private["case"]) if private.get("case") in tuple(CaseRule) else CaseRule.ANY,
        part_of_speech=_PARTS.get(part, part) or "noun",
        active=private.get("active") != "no",
        topics=tuple(t for t in private.get("topics", "").split("|") if t),
        **values,
    )
    return Entry(term, frozenset(given), concept.sourceline or 0)


def _renderings(language: str, sections: list[Element], kind: str) -> list[Rendering]:
    found: list[Rendering] = []
    for section in sections:
        text = _text_of_term(section)
        if not text:
            continue
        preferred = any(r.status is Status.PREFERRED for r in found)
        status = _status(section) or (Status.ADMITTED if preferred else Status.PREFERRED)
        if status is Status.PREFERRED and preferred:
            status = Status.ADMITTED
        private = _read_private(section)
        rendering = Rendering(
            language,
            text,
            status,
            _GENDERS.get(_category(section, "grammaticalGender").lower()),
            private.get("number") or _number(section),
            private.get("indeclinable") == "yes",
            {name.removeprefix("form."): form for name, form in private.items() if name.startswith("form.")},
        )
        found.append(rendering if private or kind == "term" else numbered(rendering, kind))
    return found


def _number(section: Element) -> str | None:
    return {"plural": "pl", "singular": "sg"}.get(_category(section, "grammaticalNumber").lower())


def _status(section: Element) -> Status | None:
    return _STATUS_OF.get(_category(section, "administrativeStatus").lower().replace(" ", "")) or _STATUS_OF.get(
        _category(section, "normativeAuthorization").lower()
    )


def _text_of_term(section: Element) -> str:
    term = next(iter(_children(section, "term", deep=True)), None)
    return " ".join("".join(term.itertext()).split()) if term is not None else ""


def _category(element: Element, kind: str) -> str:
    """Value of a data category in the element itself or its groups: by its type (DCA) or by its name (DCT)."""
    for child in element.iter():
        if child is not element and (child.get("type") == kind or _name(child) == kind):
            return " ".join("".join(child.itertext()).split())
    return ""


def _definition(concept: Element) -> str:
    return _category(concept, "definition")


def _notes(element: Element) -> list[str]:
    """Notes directly in an element or in a group of it, not those of what lies deeper."""
    found = []
    for child in element:
        if _name(child) == "note":
            found.append("".join(child.itertext()).strip())
        elif _name(child) in ("descripGrp", "termNoteGrp", "termGrp"):
            found += _notes(child)
    return found


def _note(concept: Element) -> str:
    return "\n".join(note for note in _notes(concept) if not note.startswith("relais:"))


def _read_private(element: Element) -> dict[str, str]:
    for note in _notes(element):
        if note.startswith("relais:"):
            lines = (line.partition("=") for line in note.splitlines()[1:])
            return {name.strip(): value.strip() for name, _, value in lines}
    return {}
