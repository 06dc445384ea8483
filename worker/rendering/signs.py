"""Marks of a block as the signs that its source writes them with: `**` … `**`, `[` … `](address)`."""

from collections.abc import Sequence

from corpus.marks import Mark
from corpus.spans import Span
from worker.ingest.base import ANCHOR, Block
from worker.rendering.base import Target
from worker.rendering.weaving import Element

Signs = Sequence[tuple[str, str]]
_LOW = {"_": "*", "__": "**"}  # underscores mark no part of a word


def elements_of(block: Block, target: Target, signs: Signs) -> list[Element]:
    """The elements to weave into the target; ``signs`` are those of the whole source, by the marks' `node`."""
    placed = {m.node: m.span for m in target.marks if m.node is not None}
    source = sorted((*block.marks, *block.inner), key=lambda m: (m.span.start, -m.span.end, m.kind == ANCHOR))
    found: list[Element] = []
    stack: list[tuple[Mark, int]] = []
    for mark in source:
        if mark.node is None:
            continue
        while stack and not stack[-1][0].span.contains(mark.span):
            stack.pop()
        parent = stack[-1][1] if stack else None
        span = placed.get(mark.node) or _by_share(mark, block, target)
        before, behind = _written(signs[mark.node], span, target.text)
        if span.start == span.end and before == behind:
            continue  # emphasis of no word
        if mark.kind != ANCHOR:
            stack.append((mark, len(found)))
        found.append(Element(before, behind, span, parent))
    return found


def _written(signs: tuple[str, str], span: Span, text: str) -> tuple[str, str]:
    """Asterisks for underscores where the mark begins or ends within a word."""
    inside = any(text[at - 1 : at].isalnum() and text[at : at + 1].isalnum() for at in span)
    return tuple(_LOW.get(sign, sign) if inside else sign for sign in signs)  # type: ignore[return-value]


def _by_share(mark: Mark, block: Block, target: Target) -> Span:
    """For a mark that the target lost: over the whole if it was, else as far into the text as it was."""
    if mark.span == block.span and mark.kind != ANCHOR:
        return Span(0, len(target.text))
    share = (mark.span.end - block.span.start) / max(block.span.end - block.span.start, 1)
    space = target.text.find(" ", round(share * len(target.text)))
    at = len(target.text) if space < 0 else space
    return Span(at, at)
