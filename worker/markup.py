"""Inline marks (bold, links…) kept outside the engine's text and put back on the target's words.

A target word is under a mark when most of its attention lies on source words under the mark. Every mark of the source
is placed exactly once, marks stay nested as they were, and a mark holds punctuation only where it did in the source.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush

from corpus.marks import Mark
from corpus.spans import Span
from glossary.enforcement.base import Link
from worker.ingest.base import Block

_WORD = re.compile(r"\w+")
_SPACE = " \t\n\u00a0\u202f"
_OPENING = "«“„\"'‘(["
_CLOSING = "»”\"'’)].,;:!?…"
_FINAL = ".,;:!?… \u00a0\u202f"
_SPREAD = 3  # words between two stretches of a mark that are still one
_TAGS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strike": "s",
    "superscript": "sup",
    "subscript": "sub",
    "code": "code",
    "link": "a",
    "keep": "span",
}
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+$", re.IGNORECASE)


def segment_marks(block: Block, span: Span) -> list[Mark]:
    """The block's marks that lie on a segment, with offsets that count from the segment's start.

    `span`, like the block's own marks, counts in the document's text. A mark over two segments is on both.
    """
    cut = [replace(m, span=Span(max(m.span.start, span.start), min(m.span.end, span.end))) for m in block.marks]
    return [replace(m, span=m.span.shifted(-span.start)) for m in cut if m.span.start < m.span.end]


def place(marks: Sequence[Mark], source: str, target: str, links: Sequence[Link]) -> list[Mark]:
    """The marks on the target, outermost first; `marks` and `links` count in `source` and `target`.

    Pure: as many marks come out as went in, none crosses another, and no link lies in a link.
    """
    if not target:
        return [replace(m, span=Span(0, 0)) for m in marks]
    words = [Span(*w.span()) for w in _WORD.finditer(target)]
    order = sorted(range(len(marks)), key=lambda i: (marks[i].span.start, -marks[i].span.end, i))
    spans = {i: _spot(marks[i], source, target, links, words) for i in order}
    _nest(order, marks, spans)
    _part_links(order, marks, spans)
    _uncross(order, spans)
    placed = [(replace(marks[i], span=spans[i]), rank) for rank, i in enumerate(order)]
    placed.sort(key=lambda m: (m[0].span.start, -m[0].span.end, m[1]))
    return [mark for mark, _ in placed]


def to_html(text: str, marks: Sequence[Mark]) -> str:
    """The text as HTML: everything escaped, marks as elements, links only to http, https and mailto addresses."""
    cuts = sorted({0, len(text), *(m.span.start for m in marks), *(m.span.end for m in marks)})
    ordered = sorted((m for m in marks if m.span.start < m.span.end), key=lambda m: (m.span.start, -m.span.end))
    out: list[str] = []
    stack: list[Mark] = []
    for at, following in zip(cuts, [*cuts[1:], len(text)], strict=True):
        keep = 0
        while keep < len(stack) and stack[keep].span.end > at:
            keep += 1
        reopened = [m for m in stack[keep:] if m.span.end > at]  # a mark that crosses is closed and opened again
        out += [_close(m) for m in reversed(stack[keep:])]
        stack = stack[:keep]
        for mark in [*reopened, *(m for m in ordered if m.span.start == at)]:
            out.append(_open(mark))
            stack.append(mark)
        out.append(html.escape(text[at:following], quote=False))
    return "".join(out)


def _open(mark: Mark) -> str:
    tag = _tag(mark)
    if tag == "a":
        title = f' title="{html.escape(mark.title)}"' if mark.title else ""
        return f'<a href="{html.escape(mark.href or "")}"{title} rel="noopener">'
    if mark.kind == "keep":
        return '<span translate="no">'
    return f"<{tag}>" if tag else ""


def _close(mark: Mark) -> str:
    tag = _tag(mark)
    return f"</{tag}>" if tag else ""


def _tag(mark: Mark) -> str:
    """The element of a mark; empty where it has none, or an address that is not followed."""
    if mark.kind == "link" and not _SAFE_ADDRESS.match(mark.href or ""):
        return ""
    return _TAGS.get(mark.kind, "")


def _spot(mark: Mark, source: str, target: str, links: Sequence[Link], words: list[Span]) -> Span:
    """Where the mark goes, before it is fitted with the others."""
    text = mark.span.of(source)
    if source.strip(_FINAL).strip() and text.strip(_FINAL) == source.strip(_FINAL):
        return _with_punctuation(Span(0, len(target.rstrip(_FINAL))), mark.span, source, target)
    if not words:
        return Span(0, len(target))
    same = _same_text(text, source, target)
    if same is not None:
        return same
    inside = _aligned(mark.span, links, words)
    if not inside:
        inside = [_between(mark.span, source, target, links, words)]
    first, last = words[inside[0]], words[inside[-1]]
    if first == last:
        part = _part_of_word(mark, source, target, first)
        if part is not None:
            return part
    return _with_punctuation(Span(first.start, last.end), mark.span, source, target)


def _same_text(text: str, source: str, target: str) -> Span | None:
    """A name, number or address that stands once in both texts as it is."""
    if not text.strip() or not re.search(r"\w", text) or source.count(text) != 1 or target.count(text) != 1:
        return None
    start = target.index(text)
    end = start + len(text)
    whole = not (target[start - 1 : start].isalnum() and text[0].isalnum()) and not (
        target[end : end + 1].isalnum() and text[-1].isalnum()
    )
    at = source.index(text)
    cut_in_source = source[at - 1 : at].isalnum() or source[at + len(text) : at + len(text) + 1].isalnum()
    return Span(start, end) if whole or cut_in_source else None


def _aligned(span: Span, links: Sequence[Link], words: list[Span]) -> list[int]:
    """Indexes of the first and last target word of the stretch that looks at the marked source."""
    starts = [w.start for w in words]
    inside = [0.0] * len(words)
    total = [0.0] * len(words)
    for link in links:
        share = _overlap(link.source, span) / max(link.source.end - link.source.start, 1)
        i = max(bisect_left(starts, link.target.start) - 1, 0)
        while i < len(words) and words[i].start < link.target.end:
            weight = link.weight * _overlap(link.target, words[i])
            inside[i] += weight * share
            total[i] += weight
            i += 1
    marked = [i for i in range(len(words)) if inside[i] > 0 and inside[i] * 2 >= total[i]]
    if not marked:
        best = max(range(len(words)), key=lambda i: inside[i])
        return [best] if inside[best] > 0 else []
    stretches: list[list[int]] = []
    for i in marked:
        if stretches and i - stretches[-1][-1] <= _SPREAD:
            stretches[-1].append(i)
        else:
            stretches.append([i])
    best_stretch = max(stretches, key=lambda s: sum(inside[i] for i in s))
    return [best_stretch[0], best_stretch[-1]]


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _between(span: Span, source: str, target: str, links: Sequence[Link], words: list[Span]) -> int:
    """For a mark on words that nothing looks at: the word next to where its neighbours went, else by proportion."""
    before = [k for k in links if k.source.end <= span.start]
    after = [k for k in links if k.source.start >= span.end]
    if before:
        nearest = max(before, key=lambda k: (k.source.end, k.weight)).target.end
    elif after:
        nearest = max(min(after, key=lambda k: (k.source.start, -k.weight)).target.start - 1, 0)
    else:
        nearest = (span.start + span.end) * len(target) // (2 * max(len(source), 1))
    return min(range(len(words)), key=lambda i: min(abs(words[i].start - nearest), abs(words[i].end - 1 - nearest)))


def _part_of_word(mark: Mark, source: str, target: str, word: Span) -> Span | None:
    """A mark within a word (« CO₂ », « 1er »): the same letters of the target's word, or those behind its digits."""
    start, end = mark.span
    whole = next((Span(*w.span()) for w in _WORD.finditer(source) if w.start() <= start and end <= w.end()), None)
    if whole is None or whole == mark.span:
        return None
    text, made = mark.span.of(source), word.of(target)
    if len(made) == len(whole.of(source)):
        return Span(word.start + start - whole.start, word.start + end - whole.start)
    at = made.rfind(text)
    if at >= 0:
        return Span(word.start + at, word.start + at + len(text))
    if mark.kind in ("superscript", "subscript"):
        letters = re.search(r"(?<=\d)[^\W\d]+$", made)
        return Span(word.start + letters.start(), word.end) if letters else Span(word.end, word.end)
    return None


def _with_punctuation(placed: Span, mark: Span, source: str, target: str) -> Span:
    """Widened over the marks of punctuation that the source's mark holds at its ends, and over no others."""
    text = mark.of(source).strip(_SPACE)
    start, end = placed
    opening = re.match(rf"[{re.escape(_OPENING)}]", text)
    before = target[:start].rstrip(_SPACE)
    if opening and before[-1:] and before[-1] in _OPENING:
        start = len(before) - 1
    if text and text[-1] in _CLOSING:
        after = re.match(rf"(?:[{_SPACE}]?[{re.escape(_CLOSING)}])+", target[end:])
        held = re.search(rf"(?:[{_SPACE}]?[{re.escape(_CLOSING)}])+$", text)
        if after and held:
            end += len(_first_signs(after[0], sum(c not in _SPACE for c in held[0])))
    return Span(start, end)


def _first_signs(text: str, count: int) -> str:
    """The beginning of `text` with as many signs that are no spaces."""
    for i, character in enumerate(text):
        count -= character not in _SPACE
        if count == 0:
            return text[: i + 1]
    return text


def _nest(order: list[int], marks: Sequence[Mark], spans: dict[int, Span]) -> None:
    """Widen every mark over those that it held in the source."""
    parents: dict[int, int] = {}
    stack: list[int] = []
    for i in order:
        while stack and not marks[stack[-1]].span.contains(marks[i].span):
            stack.pop()
        if stack:
            parents[i] = stack[-1]
        stack.append(i)
    for i in reversed(order):
        inner, parent = spans[i], parents.get(i)
        if parent is not None and inner.start < inner.end:
            outer = spans[parent]
            empty = outer.start == outer.end
            spans[parent] = inner if empty else Span(min(outer.start, inner.start), max(outer.end, inner.end))


def _part_links(order: list[int], marks: Sequence[Mark], spans: dict[int, Span]) -> None:
    """No link within a link: the later one keeps what the earlier leaves of it, or stays as an empty mark behind it."""
    taken: list[Span] = []
    for i in (k for k in order if marks[k].kind == "link"):
        for earlier in taken:
            if spans[i].overlaps(earlier):
                start, end = spans[i]
                rests = (Span(min(earlier.end, end), end), Span(start, max(earlier.start, start)))
                rest = max(rests, key=lambda rest: rest.end - rest.start)
                spans[i] = rest if rest.start < rest.end else Span(earlier.end, earlier.end)
        taken.append(spans[i])


def _uncross(order: list[int], spans: dict[int, Span]) -> None:
    """Cut marks that cross: the one that begins later keeps its larger part, within the other or behind it."""
    heap = [(spans[i].start, -spans[i].end, rank, i) for rank, i in enumerate(order) if spans[i].start < spans[i].end]
    heapify(heap)
    ends: list[int] = []
    while heap:
        start, negative, rank, i = heappop(heap)
        end = -negative
        while ends and ends[-1] <= start:
            ends.pop()
        if ends and end > ends[-1]:
            if end - ends[-1] > ends[-1] - start:
                heappush(heap, (ends[-1], -end, rank, i))
                continue
            end = ends[-1]
        ends.append(end)
        spans[i] = Span(start, end)
