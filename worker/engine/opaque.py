"""What no engine should touch: addresses, placeholders, emoji, and words in letters the package does not know.

A small model makes nonsense of them, or leaves them out, and of what stands around them too. So they are taken out of
the source before it is translated, and put back in the translation behind the word that was made from the word before
them. Nothing stands in their place meanwhile: a placeholder is one more thing a model can garble.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.spans import Span
from glossary.enforcement.base import Hypothesis, Link
from glossary.enforcement.patch import Edit, patched
from worker.engine.tokens import Tokenizer

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>«»“”]*[^\s<>«»“”.,;:!?)\]’']|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)[@#]\w+"
    r"|%\d+\$[a-z]|(?<![\d%])%[sdif]\b|%\(\w+\)[a-z]|\$?\{\{?\s?\w+\s?\}\}?"  # placeholders of programs
)
_OPENING = re.compile(r"[«“„\"]\s?$")
_CLOSING = re.compile(r"\s?[»”\"]")
_WORD = re.compile(r"\S+")
_EDGE = "«»“”„‘’'\"()[]{}.,;:!?…–—-/%&"


@dataclass(frozen=True)
class Opaque:
    """A stretch taken out. ``at``: where it stood, counted in the text without it."""

    text: str
    at: int
    spaced: bool  # whether white space stood before it


@dataclass(frozen=True)
class Clear:
    """What is left for the engine: ``text``, and what was taken out of it."""

    text: str
    opaque: tuple[Opaque, ...] = ()

    def original(self, span: Span) -> Span:
        """A stretch of `text`, in the source it was made from."""
        before = [len(o.text) + o.spaced for o in self.opaque if o.at <= span.start]
        inside = [len(o.text) + o.spaced for o in self.opaque if span.start < o.at < span.end]
        return Span(span.start + sum(before), span.end + sum(before) + sum(inside))


def clear(source: str, tokenizer: Tokenizer) -> Clear:
    """Take out what `tokenizer` can't spell and what must stay as it is."""
    kept, taken, at, length = [], [], 0, 0
    for span in _merged(source, sorted({*_addresses(source), *_unspelled(source, tokenizer)})):
        spaced = span.start > at and source[span.start - 1].isspace()
        before = source[at : span.start - spaced]
        length += len(before)
        kept.append(before)
        taken.append(Opaque(span.of(source), length, spaced))
        at = span.end
    return Clear("".join([*kept, source[at:]]), tuple(taken)) if taken else Clear(source)


def without(target: str, opaque: Sequence[Opaque]) -> str:
    """A translation without what was taken out of its source, as the engine would have written it."""
    for item in opaque:
        target = re.sub(rf"\s?{re.escape(item.text)}", "", target, count=1)
    return target.strip()


def put_back(hypothesis: Hypothesis, cleared: Clear) -> Hypothesis:
    """The translation with what was taken out, links counted in the original source."""
    if not cleared.opaque:
        return hypothesis
    edits: list[Edit] = []
    for item in cleared.opaque:
        place = max(_place(hypothesis, cleared.text, item.at), edits[-1][0].start if edits else 0)
        glued = not item.spaced or hypothesis.text[:place].endswith(("(", "[", "“", "«", "„", "‘"))
        text = item.text if glued or not place else f" {item.text}"
        if place < len(hypothesis.text) and hypothesis.text[place].isalnum():
            text += " "
        edits.append((Span(place, place), text))
    text, moved = patched(hypothesis.text, hypothesis.links, edits)
    links = tuple(Link(cleared.original(link.source), link.target, link.weight) for link in moved)
    return Hypothesis(text, hypothesis.score, links)


def _place(hypothesis: Hypothesis, source: str, at: int) -> int:
    """Behind the translation of the word before `at`; at the start or the end where there is none."""
    if not source[:at].strip():
        return 0
    if not re.search(r"\w", source[at:]):
        return len(hypothesis.text.rstrip(" .!?…")) if source[at:].strip() else len(hypothesis.text)
    before = [link for link in hypothesis.links if link.source.end <= at]
    if not before:
        return 0
    nearest = max(link.source.end for link in before)
    made_from_it = [link for link in before if link.source.end == nearest]
    return max(made_from_it, key=lambda link: link.weight).target.end


def _merged(source: str, spans: Sequence[Span]) -> list[Span]:
    """Neighbours as one stretch, with the quotation marks that hold nothing else."""
    found: list[Span] = []
    for span in spans:
        if found and (span.start < found[-1].end or source[found[-1].end : span.start].isspace()):
            found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
        else:
            found.append(span)
    return [_with_quotes(source, span) for span in found]


def _with_quotes(source: str, span: Span) -> Span:
    before, after = _OPENING.search(source[: span.start]), _CLOSING.match(source[span.end :])
    if before and after:
        return Span(before.start(), span.end + after.end())
    return span


def _addresses(source: str) -> list[Span]:
    return [Span(*match.span()) for match in _ADDRESS.finditer(source)]


def _unspelled(source: str, tokenizer: Tokenizer) -> list[Span]:
    """Words with a character the package does not know, a pictogram, or letters of another script than the rest."""
    script = _main_script(source)
    found = []
    for match in _WORD.finditer(source):
        core = match.group().strip(_EDGE)
        if core and not core.isascii() and _strange(core, script, tokenizer):
            start = match.start() + match.group().index(core)
            found.append(Span(start, start + len(core)))
    return found


def _strange(word: str, script: str, tokenizer: Tokenizer) -> bool:
    if any(map(_pictorial, word)) or any(c.isalpha() and _script(c) != script for c in word):
        return True
    return any(map(tokenizer.unknown, tokenizer.encode(word).pieces))


def _main_script(text: str) -> str:
    counted = Counter(_script(c) for c in text if c.isalpha())
    return counted.most_common(1)[0][0] if counted else ""


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """First word of the character's Unicode name, as LATIN, CYRILLIC; ª and º pass for Latin."""
    name = unicodedata.name(letter, "")
    return "LATIN" if letter in "ªºµ" else name.split(" ")[0]


def _pictorial(character: str) -> bool:
    return unicodedata.category(character) in ("So", "Cs", "Co", "Cn") and character not in "°©®™№"
