"""From sentences to what the decoder gets and back: equal ones once, over-long ones in parts, none left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.spans import Span
from glossary.enforcement.base import Hypothesis, Link
from worker.engine.opaque import Clear, clear, put_back
from worker.engine.tokens import Tokenizer, Tokens

_CLAUSE_END = re.compile(r"(?<=[;:,—–])\s+|\s+(?=[—–(«])|(?<=[)»])\s+")
_SPACE = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W\d_]")
_TIME = re.compile(r"\d{1,2}\s?h(?:\s?\d{2})?\.?")  # alone: typography writes it as the target language does


@dataclass(frozen=True)
class Part:
    """A stretch of a source, decoded by itself. ``tokens`` is None where there is nothing to translate."""

    span: Span
    cleared: Clear
    tokens: Tokens | None


def parts(source: str, tokenizer: Tokenizer, longest: int) -> list[Part]:
    """A source cut so that no part has more than `longest` pieces where white space allows; their spans in order."""
    return [_part(source, span, tokenizer) for span in _cut(source, _stripped(source, 0), tokenizer, longest)]


def joined(source: str, found: Sequence[Part], hypotheses: Sequence[Hypothesis]) -> Hypothesis:
    """The translation of a source from those of its parts, links counted in the source."""
    if len(found) == 1 and not found[0].span.start:
        return put_back(hypotheses[0], found[0].cleared)
    texts, links, at, weights = [], [], 0, []
    for part, hypothesis in zip(found, hypotheses, strict=True):
        whole = _as_middle(source, part.span, put_back(hypothesis, part.cleared))
        texts.append(whole.text)
        links += [Link(x.source.shifted(part.span.start), x.target.shifted(at), x.weight) for x in whole.links]
        at += len(whole.text) + 1
        weights.append(len(part.tokens.pieces) if part.tokens else 0)
    total = sum(weights)
    score = sum(w * h.score for w, h in zip(weights, hypotheses, strict=True)) / total if total else 0.0
    return Hypothesis(" ".join(texts), score, tuple(links))


def _as_middle(source: str, span: Span, whole: Hypothesis) -> Hypothesis:
    """A part without the capital and the full stop that the engine gave it as if it were a sentence of its own."""
    text, given = whole.text, span.of(source)
    if span.end < len(source.rstrip()) and text.endswith(".") and not given.endswith("."):
        text = text[:-1]
    if span.start and given[:1].islower() and text[:1].isupper() and not _name_first(source, span, whole):
        text = text[:1].lower() + text[1:]
    links = tuple(link for link in whole.links if link.target.end <= len(text))
    return Hypothesis(text, whole.score, links)


def _name_first(source: str, span: Span, whole: Hypothesis) -> bool:
    """Whether the translation begins with a name: its first word was made from one, or is “I”, or has more capitals."""
    first = whole.text.split(maxsplit=1)[0]
    made_from = [x for x in whole.links if x.target.start == 0]
    best = max(made_from, key=lambda link: link.weight, default=None)
    capital = best is not None and source[span.start + best.source.start].isupper()
    return capital or first in ("I", "I’m", "I’ve") or (len(first) > 1 and not first[1:].islower())


def untranslated(part: Part) -> Hypothesis:
    """A part without a letter of its own (a number, a time, a row of stars, an address) stays as it is."""
    return Hypothesis(part.cleared.text, 0.0)


def _part(source: str, span: Span, tokenizer: Tokenizer) -> Part:
    cleared = clear(span.of(source), tokenizer)
    words = _LETTER.search(cleared.text) and not _TIME.fullmatch(cleared.text.strip())
    return Part(span, cleared, tokenizer.encode(cleared.text) if words else None)


def _cut(source: str, span: Span, tokenizer: Tokenizer, longest: int) -> list[Span]:
    """Halves of halves, at the clause boundary nearest the middle, else at the space nearest it."""
    text = span.of(source)
    if len(tokenizer.encode(text).pieces) <= longest or len(text) < 2:
        return [span]
    middle = Span(len(text) // 2, len(text) // 2)  # for text without a space
    gap = _nearest(_CLAUSE_END, text, within=0.3) or _nearest(_SPACE, text, within=0.5) or middle
    left, right = Span(span.start, span.start + gap.start), Span(span.start + gap.end, span.end)
    return _cut(source, left, tokenizer, longest) + _cut(source, right, tokenizer, longest)


def _nearest(pattern: re.Pattern[str], text: str, *, within: float) -> Span | None:
    """The match nearest the middle, no farther from it than that share of the text."""
    middle = len(text) / 2
    found = [Span(*m.span()) for m in pattern.finditer(text) if m.start() > 0 and m.end() < len(text)]
    near = [s for s in found if abs(s.start - middle) <= within * len(text)]
    return min(near, key=lambda s: abs(s.start - middle), default=None)


def _stripped(source: str, at: int) -> Span:
    inner = source.strip()
    start = at + source.index(inner) if inner else at
    return Span(start, start + len(inner))
