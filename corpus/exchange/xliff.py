"""What the two XLIFF versions share: how states are told, annotations and marks, and the identity of the edition."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from corpus.errors import Conflict
from corpus.exchange.base import Annotation, Header, Report, Unit
from corpus.exchange.characters import printable
from corpus.exchange.inline import pieces
from corpus.exchange.xml import local
from corpus.marks import Mark
from corpus.spans import Span


@dataclass(frozen=True)
class Tag:
    """A stretch's id in its unit, and what it tells of."""

    id: str
    label: Annotation | Mark


_ORIGINAL = "relais/article/{}/version/{}"


def original(header: Header) -> str:
    """How a file names the text it was made from."""
    return _ORIGINAL.format(header.article, header.version) if header.article else header.original or "relais"


def identity(original: str) -> tuple[str, str]:
    """Article and version of a name made by `original`, else empty strings."""
    parts = original.split("/")
    if len(parts) == 5 and parts[:2] == ["relais", "article"] and parts[3] == "version":
        return parts[2], parts[4]
    return "", ""


def expect_version(found: Header, article: str, version: str) -> None:
    """Raises `Conflict` when a file was exported from another text than the one it is to be read into."""
    if (found.article, found.version) not in (("", ""), (article, version)):
        raise Conflict(
            "the file is of article %(article)s, version %(found)s, not of article %(wanted)s, version %(version)s",
            found=found.version,
            article=found.article,
            version=version,
            wanted=article,
        )


def cleaned(unit: Unit, report: Report) -> Unit:
    """The unit without characters that XML cannot hold; its stretches moved along, the loss noted in `report`."""
    source, target = printable(unit.source), printable(unit.target or "")
    if (source, target) == (unit.source, unit.target or ""):
        return unit
    report.cleaned.append(unit.id)

    def moved(text: str, span: Span) -> Span:
        return Span(len(printable(text[: span.start])), len(printable(text[: span.end])))

    hits = tuple(
        replace(
            hit,
            source=hit.source and moved(unit.source, hit.source),
            target=hit.target and moved(unit.target or "", hit.target),
        )
        for hit in unit.hits
    )
    marks = tuple(replace(mark, span=moved(unit.target or "", mark.span)) for mark in unit.marks)
    return replace(unit, source=source, target=None if unit.target is None else target, hits=hits, marks=marks)


def source_tags(unit: Unit) -> list[tuple[Span, Tag]]:
    """The hits, as stretches of the source."""
    return [(hit.source, Tag(f"h{n}", hit)) for n, hit in enumerate(unit.hits) if hit.source]


def target_tags(unit: Unit) -> list[tuple[Span, Tag]]:
    """The hits, under the ids that they have in the source, and the marks, as stretches of the target."""
    hits = [(hit.target, Tag(f"h{n}", hit)) for n, hit in enumerate(unit.hits) if hit.target]
    return [*hits, *((mark.span, Tag(f"m{n}", mark)) for n, mark in enumerate(unit.marks))]


def fill(
    element: etree._Element, text: str, tags: Sequence[tuple[Span, Tag]], make: Callable[[Tag], etree._Element]
) -> None:
    """Text into an element, its stretches as child elements made by `make`."""
    here = [element]
    for piece in pieces(text, tags):
        if piece.label is None:
            _append(here[-1], piece.text)
        elif piece.begins:
            child = make(piece.label)
            here[-1].append(child)
            here.append(child)
        else:
            here.pop()


def _append(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


@dataclass(frozen=True)
class Content:
    """Text of a `source` or `target`, with the elements around stretches of it, outermost first."""

    text: str
    stretches: tuple[tuple[etree._Element, Span], ...]


def content(element: etree._Element, codes: frozenset[str]) -> Content:
    """Reads what `fill` wrote, and what others do: elements named in `codes` hold no text of the unit."""
    parts: list[str] = []
    stretches: list[tuple[etree._Element, Span]] = []

    def walk(node: etree._Element, start: int) -> int:
        at = start + len(node.text or "")
        parts.append(node.text or "")
        for child in node:
            if isinstance(child.tag, str) and local(child) not in codes:
                place = len(stretches)
                end = walk(child, at)
                stretches.insert(place, (child, Span(at, end)))
                at = end
            parts.append(child.tail or "")
            at += len(child.tail or "")
        return at

    walk(element, 0)
    return Content("".join(parts), tuple(stretches))


def annotations(
    source: Content, target: Content | None, identify: Callable[[etree._Element], Annotation | None]
) -> tuple[Annotation, ...]:
    """Hits read from `mrk` elements; those of one key in source and target are one."""
    found = {key: replace(hit, source=span) for key, hit, span in _keyed(source, identify)}
    for key, hit, span in _keyed(target, identify) if target else ():
        found[key] = replace(found.get(key, hit), target=span)
    return tuple(found.values())


def _keyed(
    content: Content, identify: Callable[[etree._Element], Annotation | None]
) -> Iterator[tuple[str, Annotation, Span]]:
    """Hits with the id they share with the other side's; in XLIFF 1.2, where `mid` is for segments, what they say and
    how often that was said before."""
    said: Counter[Annotation] = Counter()
    for node, span in content.stretches:
        hit = identify(node)
        if hit:
            said[hit] += 1
            yield node.get("id") or f"{hit.outcome}: {hit.term} {said[hit]}", hit, span
