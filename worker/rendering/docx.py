"""A Word file in another language: the paragraphs' words change, in their runs' formats; every other part stays.

Links, notes, images, fields, bookmarks and content controls come back once each, at the words they belong to. Tracked
changes are written as accepted, as they are read.
"""

import copy
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from corpus.marks import Mark
from corpus.spans import Span
from worker.ingest.archives import Archive
from worker.ingest.base import FORMAT, Document
from worker.ingest.docx import DROPPED, LETTERS, WRAPPERS, common_format, format_of, paragraphs_read
from worker.ingest.safe_xml import local, parse_xml
from worker.rendering.base import Target, cut_off
from worker.rendering.weaving import Element, weave

name = "docx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNWRAPPED = frozenset({"ins", "moveTo", "sdtContent"})
_ORDERED = re.compile("fldChar|instrText|(?:bookmark|commentRange|perm|move(?:To|From)Range)(?:Start|End)")
_BREAKS = frozenset({"br", "cr", "tab", "ptab"})  # stand for white space of the text
_OPEN, _END, _CLOSE = "\ue000", "\ue001", "\ue002"  # private-use characters around what is woven into a text
_EVENT = re.compile(f"{_OPEN}(\\d+){_END}|({_CLOSE})|([^{_OPEN}{_CLOSE}]+)")


def render(data: bytes, document: Document, translated: Sequence[Target | None], language: str) -> bytes:
    """See `worker.rendering.base`; entries of the container that hold no translated words stay byte for byte."""
    archive = Archive(data, "DOCX")
    paragraphs = paragraphs_read(data)
    roots: dict[str, etree._Element] = {}
    pending: list[tuple[_Paragraph, Target]] = []
    for block, target in zip(document.blocks, translated, strict=True):
        if target is None or block.node is None:
            continue
        part, index = paragraphs[block.node]
        if part not in roots:
            roots[part] = parse_xml(archive.read(part), f"DOCX: {part}")
        rest = cut_off(document, block)
        pending.append((_Paragraph(part, index), Target(target.text + rest, target.marks)))
    found = {part: list(root.iter(f"{_W}p")) for part, root in roots.items()}
    sources = [(_Source(found[place.part][place.index]), target) for place, target in pending]  # before any is changed
    for source, target in sources:
        source.write(target, language)
    for root in roots.values():
        _drop_fallbacks(root)
    return _zipped(data, {part: _bytes(root) for part, root in roots.items()})


@dataclass(frozen=True)
class _Paragraph:
    part: str
    index: int


@dataclass
class _Item:
    """An element of a paragraph that is no text: what it is, what holds it, how many letters stand before it."""

    element: etree._Element
    number: int
    parent: int | None
    before: int
    run: etree._Element | None = None
    wraps: bool = False
    until: int = 0  # letters before its end


@dataclass
class _Source:
    """A paragraph as it is, read once."""

    paragraph: etree._Element
    items: list[_Item] = field(default_factory=list)
    runs: list[tuple[etree._Element, int]] = field(default_factory=list)  # with their letters
    letters: int = 0

    def __post_init__(self) -> None:
        self.numbers = {e: i for i, e in enumerate(self.paragraph.iter("*"))}
        self._elements = {i: e for e, i in self.numbers.items()}
        self._read(self.paragraph, None)
        own = common_format((format_of(run), count) for run, count in self.runs)
        self._own = next((run for run, _ in self.runs if format_of(run) == own), None)

    def _read(self, element: etree._Element, parent: int | None) -> None:
        for child in element.iterchildren("*"):
            tag = local(child)
            if tag in DROPPED or tag in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData"):
                continue
            if tag in _UNWRAPPED:
                self._read(child, parent)
            elif child.tag == f"{_W}r":
                self._run(child, parent)
            else:
                item = _Item(child, self.numbers[child], parent, self.letters, wraps=tag in WRAPPERS)
                self.items.append(item)
                if item.wraps:
                    self._read(child, len(self.items) - 1)
                    item.until = self.letters

    def _run(self, run: etree._Element, parent: int | None) -> None:
        before = self.letters
        for child in run.iterchildren("*"):
            tag = local(child)
            if tag in LETTERS:
                self.letters += len("".join((child.text or "").split())) if tag == "t" else 1
            elif tag not in DROPPED:
                self.items.append(_Item(child, self.numbers[child], parent, self.letters, run))
        self.runs.append((run, self.letters - before))

    def write(self, target: Target, language: str) -> None:
        """Put the target in the place of the words."""
        text = re.sub(f"[{_OPEN}{_END}{_CLOSE}]", "", target.text)
        formats = [m for m in target.marks if m.kind == FORMAT and m.span.start < m.span.end]
        elements = [*self._elements_of(target), *(Element(_event(_format(m)), _CLOSE, m.span) for m in formats)]
        woven = weave(text, elements, str)
        for child in list(self.paragraph):
            if child.tag != f"{_W}pPr":
                self.paragraph.remove(child)
        for item in self.items:
            if item.wraps:
                _emptied(item.element)
        self._build(woven, language)

    def _elements_of(self, target: Target) -> list[Element]:
        marks = {m.node: m.span for m in target.marks if m.kind != FORMAT and m.node is not None}
        found: list[Element] = []
        last = 0
        for item in self.items:
            span = self._place(item, marks.get(item.number), target.text)
            if not item.wraps and _ORDERED.fullmatch(local(item.element)):
                last = max(last, span.end)
                span = Span(last, last)
            found.append(Element(_event(item.number), _CLOSE, span, item.parent))
        return found

    def _place(self, item: _Item, marked: Span | None, text: str) -> Span:
        if item.wraps and item.before == 0 and item.until == self.letters:
            return Span(0, len(text))
        if item.before == 0 and not (item.wraps and marked):
            return Span(0, 0)
        if marked is not None:
            return marked if item.wraps else Span(marked.end, marked.end)
        space = text.find(" ", round(item.before / max(self.letters, 1) * len(text)))
        at = len(text) if space < 0 or item.before == self.letters else space
        return Span(at, at)

    def _build(self, woven: str, language: str) -> None:
        """New runs, in the formats and elements that are open where their words stand."""
        by_number = {item.number: item for item in self.items}
        holders = [self.paragraph]
        forms = [self._own]
        opened: list[str] = []
        after_break = False
        for number, close, words in _EVENT.findall(woven):
            if words:
                words = words.lstrip(" \n") if after_break else words
                after_break = False
                if words:
                    holders[-1].append(_new_run(forms[-1], language, _text(words.replace("\n", " "))))
            elif close:
                kind = opened.pop()
                (forms if kind == "form" else holders if kind == "wrap" else [None]).pop()
            elif int(number) in by_number and by_number[int(number)].wraps:
                holders[-1].append(by_number[int(number)].element)
                holders.append(_inner(by_number[int(number)].element))
                opened.append("wrap")
            elif int(number) in by_number:
                item = by_number[int(number)]
                alone = item.element if item.run is None else _new_run(item.run, "", item.element)
                holders[-1].append(alone)
                after_break = local(item.element) in _BREAKS
                opened.append("anchor")
            else:
                forms.append(self._elements[int(number)])
                opened.append("form")


def _event(number: int) -> str:
    return f"{_OPEN}{number}{_END}"


def _format(mark: Mark) -> int:
    return mark.node or 0


def _inner(wrapper: etree._Element) -> etree._Element:
    """What holds a wrapper's runs: a content control has an element of its own for them."""
    content = wrapper.find(f"{_W}sdtContent") if local(wrapper) == "sdt" else wrapper
    return wrapper if content is None else content


def _emptied(wrapper: etree._Element) -> None:
    holder = _inner(wrapper)
    for child in list(holder):
        if not local(child).endswith("Pr"):
            holder.remove(child)


def _new_run(form: etree._Element | None, language: str, *content: etree._Element) -> etree._Element:
    """A run in the format of another; ``language`` is that of its words, where the format names one."""
    run = etree.Element(f"{_W}r")
    properties = None if form is None else form.find(f"{_W}rPr")
    if properties is not None:
        run.append(copy.deepcopy(properties))
        for named in run.iter(f"{_W}lang"):
            if language and named.get(f"{_W}val"):
                named.set(f"{_W}val", language)
    run.extend(content)
    return run


def _text(words: str) -> etree._Element:
    element = etree.Element(f"{_W}t")
    element.text = words
    element.set(_SPACE, "preserve")
    return element


def _drop_fallbacks(root: etree._Element) -> None:
    """Old programs' copies of text boxes, whose words would stay in the upload's language."""
    for fallback in [e for e in root.iter("*") if local(e) == "Fallback" and e.find(f".//{_W}p") is not None]:
        parent = fallback.getparent()
        if parent is not None and any(local(sibling) == "Choice" for sibling in parent):
            parent.remove(fallback)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _zipped(data: bytes, changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in _entries(source):
            made.writestr(entry, changed.get(entry.filename) or source.read(entry))
    return out.getvalue()


def _entries(source: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """Each name once, the last of equal ones, which is what readers see."""
    yield from {entry.filename: entry for entry in source.infolist()}.values()
