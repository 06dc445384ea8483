"""Names: a person or place of the source must be found in the translation, in a known or a likely spelling."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from corpus.spans import Span
from glossary.catalogue import starter_terms
from glossary.matching import Matcher
from glossary.romanisation import cyrillic
from worker.checks.base import Context, Flag, Pair, Severity, fold
from worker.checks.sounds import alike

_KINDS = frozenset({"person", "place"})  # an organisation may turn into its initials
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*\w"
# Two capitalised words or more within a sentence, with a particle: a person, most likely
_PERSON = re.compile(
    rf"(?<=[\w,»”] )(?P<given>{_CAPITAL})(?: (?:de|di|da|von|van|der|bin|al|el|ben))*(?P<more>(?: {_CAPITAL})+)"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
_TITLE_CASE = 0.6  # share of capitals among longer words above which they mean nothing
_STEM = 4  # letters that a word of a rendering and its inflected or derived form share at least


class KnownNames(Protocol):
    """Names with their renderings, such as the glossary's."""

    def found(self, source: str, language: str) -> Iterable[tuple[Span, Sequence[str]]]:
        """Where names stand in a French text, and how each is written in `language`."""
        ...


class StarterNames:
    """The persons and places of the list that comes with Relais."""

    def __init__(self) -> None:
        self._matcher = Matcher(term for term in starter_terms() if term.kind in _KINDS)

    def found(self, source: str, language: str) -> Iterator[tuple[Span, Sequence[str]]]:
        """Occurrences that lie in no longer one."""
        for occurrence in self._matcher.occurrences(source):
            renderings = [rendering.text for rendering in occurrence.term.accepted(language)]
            if renderings and not occurrence.nested:
                yield occurrence.span, renderings


class Names:
    """Flags a name that stands in the translation neither in a known rendering nor in a spelling that sounds so.

    For a Ukrainian name that the list does not have, the flag offers the spelling.
    """

    codes = ("name_missing", "unknown_name")

    def __init__(self, known: KnownNames | None = None) -> None:
        self._known = known

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        words = _WORD.findall(pair.target)
        known = [*(self._known or _starter_names()).found(pair.source, pair.language)]
        for span, renderings in known:
            name = span.of(pair.source)
            if not any(_written(rendering, words) for rendering in renderings) and not _heard(name, words):
                yield Flag("name_missing", None, Severity.WARNING, {"name": name}, span)
        for span in _persons(pair.source):
            name = span.of(pair.source)
            if not any(span.overlaps(other) for other, _ in known) and not _heard(name, words):
                yield _unknown(name, span, pair.language)


@cache
def _starter_names() -> KnownNames:
    return StarterNames()


def _unknown(name: str, span: Span, language: str) -> Flag:
    """With a spelling to write, where the official romanisation read backwards gives one: a Ukrainian's name."""
    spelt = cyrillic(name, most=1) if language == "uk" else []
    if spelt and not _LATIN.search(spelt[0]):
        return Flag("unknown_name", None, Severity.WARNING, {"name": name, "offered": spelt[0]}, span)
    return Flag("name_missing", None, Severity.WARNING, {"name": name}, span)


def _persons(source: str) -> Iterator[Span]:
    """Runs of capitalised words within a sentence; none in a heading that capitalises its nouns."""
    long_words = [word for word in _WORD.findall(source) if len(word) > 3]
    if sum(word[0].isupper() for word in long_words) > _TITLE_CASE * len(long_words):
        return
    for match in _PERSON.finditer(source):
        if not _title_words().intersection(re.split(r"[ -]", match.group().lower())):
            yield Span(*match.span())


@cache
def _title_words() -> frozenset[str]:
    lines = (Path(__file__).parent / "french_title_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _written(rendering: str, words: Sequence[str]) -> bool:
    """Whether a word of the rendering stands in the target, in any form or derivation."""
    parts = [fold(part) for part in _WORD.findall(rendering)]
    stems = [part[: max(_STEM, len(part) - 3)] for part in parts if part[:1].isalpha()]
    return any(fold(word).startswith(stem) for word in words for stem in stems if len(stem) > 1)


def _heard(name: str, words: Sequence[str]) -> bool:
    """Whether the last word of the name, a person's surname, sounds like a word of the target or a part of one."""
    parts = [part for part in _WORD.findall(name) if part[0].isupper()]
    capitals = [part for word in words if word[0].isupper() for part in {word, *word.split("-")} if part]
    return not parts or any(alike(parts[-1], word) for word in capitals)
