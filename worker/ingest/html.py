"""HTML, a whole page or a fragment: lxml parses, trafilatura reads the metadata and judges what is in doubt.

Every text of the page ends in a block or is set aside with the reason; scripts, styles and comments are no text.
"""

import re
from dataclasses import replace
from typing import Any

from lxml import etree, html

from corpus.errors import RelaisError
from worker.ingest.base import ANCHOR, ELEMENT, Document, Kind
from worker.ingest.boilerplate import is_sentence
from worker.ingest.building import LINE_BREAK, Layout, MarkKey, Piece, Run
from worker.ingest.decoding import clean, decode
from worker.ingest.html_regions import Page

name = "html"
suffixes = (".html", ".htm", ".xhtml")
media_types = ("text/html", "application/xhtml+xml")

_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|nobr|picture|q|s|samp|small|"
    "source|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_BLOCKS = (
    "address|article|aside|blockquote|body|center|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|html|li|main|"
    "nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_OPENER = re.compile(rf"<({_BLOCKS}|{_INLINE})(?=[\s>])", re.I)
_CLOSER = re.compile(rf"</({_BLOCKS}|{_INLINE})\s*>", re.I)
_ALONE = re.compile(rf"\s*<(?:{_BLOCKS})(?:\s[^<>]*)?>|<(?:br|hr)\s*/?>", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
INLINE = frozenset(_INLINE.split("|"))
SKIPPED = frozenset(("applet", "audio", "canvas", "datalist", "embed", "frameset", "head", "iframe", "input", "math"))
SKIPPED |= {"noscript", "object", "script", "select", "style", "svg", "template", "textarea", "video"}
VOID = frozenset({"br", "embed", "img", "input", "source", "wbr"})  # that may stand inside a block
COUNTED = INLINE | (SKIPPED - {"head", "frameset"}) | {"br"}  # elements that may stand inside a block
_MARKS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em", "cite"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strike"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "sup": "superscript",
    "sub": "subscript",
}
_KINDS = {"blockquote": Kind.QUOTE, "li": Kind.LIST_ITEM, "figcaption": Kind.CAPTION, "caption": Kind.CAPTION}
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:chapo|chapeau|standfirst|lead|lede|intro|excerpt|subtitle|sous-titre)(?:$|[\s_-])"
)
_JUDGED_BYTES = 1_000_000  # larger pages are not given to trafilatura


def recognises(data: bytes) -> bool:
    """Whether the text is a page, or a fragment with at least one HTML element."""
    try:
        text, _ = decode(data)
    except RelaisError:
        return False
    if "<" not in text:
        return False
    if _PAGE.match(text) or _ALONE.match(text) or "<br" in text:
        return True
    closed = {found.lower() for found in _CLOSER.findall(text)}
    return any(found.lower() in closed for found in _OPENER.findall(text))


def read(data: bytes) -> Document:
    """The story of a page in reading order."""
    text, warnings = _decoded(data)
    root = parse(text)
    pieces = read_pieces(root)
    metadata = _judge(root, pieces, text) if _PAGE.match(text) else {}
    layout = Layout()
    if metadata.get("title") and not any(p.kind in (Kind.HEADLINE, Kind.HEADING) for p in pieces if not p.reason):
        layout.add(Kind.HEADLINE, [Run(metadata["title"])])
    for piece in pieces:
        piece.lay(layout)
    return layout.document(name, warnings=warnings, metadata=metadata)


def parse(text: str) -> etree._Element:
    """The tree of a page or fragment, whatever is wrong with it; no entity and no address is followed."""
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "surrogatepass"), parser=parser, ensure_head_body=True)
    except (etree.LxmlError, ValueError) as error:
        raise RelaisError("the HTML cannot be read: %(reason)s", reason=str(error).splitlines()[0]) from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise RelaisError("the HTML cannot be read: %(reason)s", reason="its elements are nested too deeply")
    return root


def read_pieces(root: etree._Element) -> list[Piece]:
    """The blocks under an element, in reading order."""
    walk = _Walk(Page(root))
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            walk.enter(element)
        elif event == "end":
            walk.leave(element)
        else:
            walk.text(element.tail)
    walk.flush()
    return [p for piece in walk.pieces for p in _links_apart(piece)]


class _Walk:
    """The state while going through a page: the open block, the open marks, the open regions."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pieces: list[Piece] = []
        self._runs: list[Run] = []
        self._marks: list[tuple[etree._Element, MarkKey]] = []
        self._regions: list[tuple[etree._Element, str]] = []
        self._kinds: list[tuple[etree._Element, Kind, int]] = []
        self._lists: list[list[Any]] = []  # [element, number of the next item or None]
        self._marker = ""
        self._pre: list[etree._Element] = []
        self._skipped: list[etree._Element] = []
        self._in_story: list[etree._Element] = []
        self._elements = 0  # that may stand inside a block
        self._characters = 0  # that are no white space
        self._counted: list[tuple[etree._Element, int, int]] = []  # the open ones, with their numbers

    def enter(self, element: etree._Element) -> None:
        """An element opens."""
        tag = str(element.tag)
        if tag in COUNTED:
            self._counted.append((element, self._elements, self._characters))
            self._elements += 1
        if self._skipped or tag in SKIPPED:
            if not self._skipped:
                self._anchor(element)
            self._skipped.append(element)
            self.text(element.text)
            return
        reason = self.page.reason(element)
        if reason or self._bounds(element, tag):
            self.flush()
        if reason:
            self._regions.append((element, reason))
        if element is self.page.story:
            self._in_story.append(element)
        self._open(element, tag)
        self.text(element.text)

    def _open(self, element: etree._Element, tag: str) -> None:
        mark = _mark_of(element, tag)
        if mark or tag in INLINE:
            mark = mark or MarkKey(ELEMENT)
            self._marks.append((element, mark._replace(node=self._number(element))))
        if tag in _KINDS:
            self._kinds.append((element, _KINDS[tag], len(self._lists)))
        elif re.fullmatch("h[1-6]", tag) and not (tag == "h2" and _STANDFIRST.search(element.get("class", "").lower())):
            kind = Kind.HEADLINE if tag == "h1" and _is_main_title(element) else Kind.HEADING
            self._kinds.append((element, kind, int(tag[1])))
        elif tag in ("p", "div", "h2") and _STANDFIRST.search(element.get("class", "").lower()):
            self._kinds.append((element, Kind.STANDFIRST, 0))
        elif tag in ("ul", "ol"):
            self._lists.append([element, _first_number(element) if tag == "ol" else None])
        elif tag == "pre":
            self._pre.append(element)
        elif tag == "br":
            self._runs.append(Run(LINE_BREAK, (*self._open_marks(), MarkKey(ANCHOR, node=self._number(element)))))
        elif tag == "q":
            self._runs.append(Run("« ", self._open_marks()))
        elif tag == "img" and element.get("alt", "").strip() and not self._regions:
            alt = Run(element.get("alt", ""))
            self.pieces.append(Piece(Kind.PARAGRAPH, [alt], reason="alternative_text", outside=not self._in_story))
        if tag == "li":
            self._marker = self._next_marker()

    def leave(self, element: etree._Element) -> None:
        """An element closes; the text behind it follows."""
        tag = str(element.tag)
        if self._skipped:
            self._skipped.pop()
            self._uncount(element)
            self.text(element.tail)
            return
        if tag == "q":
            self._runs.append(Run(" »", self._open_marks()))
        elif tag in INLINE and self._counted[-1][2] == self._characters:
            self._anchor(element)
        self._uncount(element)
        region = bool(self._regions) and self._regions[-1][0] is element
        if region or self._bounds(element, tag):
            self.flush()
        if region:
            self._regions.pop()
        for stack in (self._marks, self._kinds, self._lists):
            if stack and stack[-1][0] is element:
                stack.pop()
        for open_elements in (self._pre, self._in_story):
            if open_elements and open_elements[-1] is element:
                open_elements.pop()
        self.text(element.tail)

    def _bounds(self, element: etree._Element, tag: str) -> bool:
        """Whether a block ends where the element begins and ends: in a menu each link is one."""
        if self._regions and tag in ("a", "label"):
            parent = element.getparent()
            return parent is None or parent.tag != "p"
        return tag not in INLINE and tag != "br"

    def text(self, text: str | None) -> None:
        """Text under the open marks; its place is the number of characters before it that are no white space."""
        if not text:
            return
        if not self._skipped:
            self._runs.append(Run(text, self._open_marks(), self._characters))
        self._characters += visible(text)

    def _anchor(self, element: etree._Element) -> None:
        """An element without text, on the word before it."""
        number = self._number(element)
        if number is not None:
            self._runs.append(Run("", (MarkKey(ANCHOR, node=number),)))

    def _number(self, element: etree._Element) -> int | None:
        return self._counted[-1][1] if self._counted and self._counted[-1][0] is element else None

    def _uncount(self, element: etree._Element) -> None:
        if self._counted and self._counted[-1][0] is element:
            self._counted.pop()

    def _open_marks(self) -> tuple[MarkKey, ...]:
        return tuple(mark for _, mark in self._marks)

    def _next_marker(self) -> str:
        if not self._lists or self._lists[-1][1] is None:
            return "•"
        self._lists[-1][1] += 1
        return f"{self._lists[-1][1] - 1}."

    def flush(self) -> None:
        """Close the open block."""
        runs, self._runs = self._runs, []
        if not any(r.text.strip() and r.text != LINE_BREAK for r in runs):
            return
        _, kind, level = self._kinds[-1] if self._kinds else (None, Kind.PARAGRAPH, 0)
        marker, self._marker = (self._marker if kind is Kind.LIST_ITEM else ""), ""
        reason = self._regions[-1][1] if self._regions else None
        keep = bool(self._pre)
        for part in [runs] if keep else _at_double_breaks(runs):
            self.pieces.append(Piece(kind, part, level, marker, reason, not self._in_story, keep))


def visible(text: str) -> int:
    """How many characters are text that is shown: no white space, nothing that `clean` takes out."""
    return len("".join(clean(text).split()))


def _mark_of(element: etree._Element, tag: str) -> MarkKey | None:
    """The mark an inline element stands for."""
    if element.get("translate", "").lower() == "no":
        return MarkKey("keep")
    if tag == "a" and element.get("href"):
        return MarkKey("link", element.get("href", "").strip(), element.get("title"))
    return MarkKey(_MARKS[tag]) if tag in _MARKS else None


def _is_main_title(element: etree._Element) -> bool:
    """Whether an h1 has text (a logo has not)."""
    return any(str(t).strip() for t in element.itertext())


def _first_number(element: etree._Element) -> int:
    start = element.get("start", "1").strip()
    return int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1


def _at_double_breaks(runs: list[Run]) -> list[list[Run]]:
    """Two line breaks and nothing between them are an empty line: a new paragraph."""
    parts: list[list[Run]] = [[]]
    pending: list[Run] = []
    for run in runs:
        if run.text == LINE_BREAK or (pending and not run.text.strip()):
            pending.append(run)
            continue
        if sum(r.text == LINE_BREAK for r in pending) > 1:
            parts.append([])
        elif parts[-1]:
            parts[-1] += pending
        pending = []
        parts[-1].append(run)
    return [p for p in parts if p]


def _links_apart(piece: Piece) -> list[Piece]:
    """A block of two or more links and no text beside them is a menu: each link by itself."""
    texts = [r for r in piece.runs if r.text.strip(" \t\r\n|·•/,–-\u00a0") and r.text != LINE_BREAK]
    links = [next((m for m in r.marks if m.kind == "link"), None) for r in texts]
    if piece.reason or len(set(links)) < 2 or None in links or is_sentence(piece.text):
        return [piece]
    return [replace(piece, runs=[run], reason="navigation") for run in texts]


def _decoded(data: bytes) -> tuple[str, tuple[tuple[str, dict[str, Any]], ...]]:
    """UTF-8 if it is valid, else the encoding that the page names, else as any text."""
    try:
        return clean(data.decode("utf-8-sig")), ()
    except UnicodeDecodeError:
        named = named_encoding(data)
    if named:
        try:
            return clean(data.decode(named)), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def named_encoding(data: bytes) -> str | None:
    """The encoding that the page names, where it says more than its bytes do."""
    found = _CHARSET.search(data[:4096])
    if found is None or found[1].lower() in (b"utf-8", b"iso-8859-1", b"utf-16"):
        return None
    return found[1].decode("ascii")


def _judge(root: etree._Element, pieces: list[Piece], text: str) -> dict[str, Any]:
    """Set aside what a page has around its story; returns its metadata.

    Sentences outside the story's element, and lines that are no sentences, go only where trafilatura leaves them out
    too; sentences in no region of their own always stay when the page names no story element.
    """
    from worker.ingest.html_judge import kept_by_trafilatura, metadata_of

    metadata = metadata_of(root) if len(text) <= _JUDGED_BYTES else {}
    story = [i for i, p in enumerate(pieces) if not p.reason and is_sentence(p.text)]
    if len(text) > _JUDGED_BYTES or not story:
        return metadata
    kept = kept_by_trafilatura(root)
    inside = any(not pieces[i].outside for i in story)
    for i, piece in enumerate(pieces):
        if piece.reason == "alternative_text" and inside and piece.outside:
            piece.reason = "page_furniture"
        if piece.reason or piece.kind is Kind.HEADLINE or (inside and not piece.outside):
            continue
        doubtful = piece.outside if inside else (i < story[0] or i > story[-1]) and not is_sentence(piece.text)
        if doubtful and kept and piece.text.lower() not in kept:
            piece.reason = "page_furniture"
    return metadata
