"""Elements of the source around the words of the target: well nested, each exactly once, whatever the word order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from corpus.spans import Span


@dataclass(frozen=True)
class Element:
    """What is written before and behind a stretch of the target; an empty stretch is a point.

    ``parent``: index of the element it stood in, in the source. ``verbatim``: written instead of the stretch's words.
    """

    before: str
    after: str
    span: Span
    parent: int | None = None
    verbatim: bool = False


@dataclass
class _Node:
    span: Span
    before: str = ""
    after: str = ""
    inside: list["_Node"] = field(default_factory=list)


def weave(text: str, elements: Sequence[Element], escape: Callable[[str], str]) -> str:
    """The text with the elements (in the source's order) written into it."""
    text, elements = _without_verbatim(text, list(elements))
    spans = _laminar([e.span for e in elements])
    root = _Node(Span(0, len(text)))
    nodes: dict[int, _Node] = {}
    wide = [i for i, span in enumerate(spans) if span.start < span.end]
    stack = [root]
    for i in sorted(wide, key=lambda i: (spans[i].start, -spans[i].end, i)):
        while not stack[-1].span.contains(spans[i]):
            stack.pop()
        nodes[i] = _Node(spans[i], elements[i].before, elements[i].after)
        stack[-1].inside.append(nodes[i])
        stack.append(nodes[i])
    for i, element in enumerate(elements):
        if i not in nodes:
            parent = root if element.parent is None else nodes[element.parent]
            nodes[i] = _point(element, spans[i].start, parent)
    return _written(root, text, escape)


def _without_verbatim(text: str, elements: list[Element]) -> tuple[str, list[Element]]:
    """The words that verbatim elements replace taken out; those elements become points."""
    for i in range(len(elements)):
        gone = elements[i].span
        if not elements[i].verbatim or gone.start == gone.end:
            continue
        text = text[: gone.start] + text[gone.end :]

        def moved(at: int, gone: Span = gone) -> int:
            return at if at <= gone.start else max(gone.start, at - (gone.end - gone.start))

        elements = [replace(e, span=Span(moved(e.span.start), moved(e.span.end))) for e in elements]
        elements[i] = replace(elements[i], span=Span(gone.start, gone.start))
    return text, elements


def _laminar(spans: Sequence[Span]) -> list[Span]:
    """Spans cut where they cross: the one that begins later keeps its larger part."""
    found = list(spans)
    pending = sorted((s.start, -s.end, i) for i, s in enumerate(spans) if s.start < s.end)
    ends: list[int] = []
    while pending:
        start, negative, i = pending.pop(0)
        end = -negative
        while ends and ends[-1] <= start:
            ends.pop()
        if ends and end > ends[-1]:
            if end - ends[-1] > ends[-1] - start:
                pending = sorted([*pending, (ends[-1], -end, i)])
                continue
            end = ends[-1]
        ends.append(end)
        found[i] = Span(start, end)
    return found


def _point(element: Element, at: int, parent: _Node) -> _Node:
    """An element without text, where it is to stand within its parent."""
    at = min(max(at, parent.span.start), parent.span.end)
    inner = next((n for n in parent.inside if n.span.start < at < n.span.end), None)
    while inner is not None:
        parent = inner
        inner = next((n for n in parent.inside if n.span.start < at < n.span.end), None)
    node = _Node(Span(at, at), element.before, element.after)
    parent.inside.append(node)
    return node


def _written(node: _Node, text: str, escape: Callable[[str], str]) -> str:
    out = [node.before]
    at = node.span.start
    for child in sorted(node.inside, key=lambda n: (n.span.start, n.span.end)):
        out += [escape(text[at : child.span.start]), _written(child, text, escape)]
        at = child.span.end
    return "".join([*out, escape(text[at : node.span.end]), node.after])
