"""Words of a concept in three languages, found in one pass: does the translation speak of what the source speaks of?

A file lists for each concept and language the words that name it. ``also`` lists words that may stand for it on the
other side but do not name it on their own; a longer one takes the place of a word within it. `stem*` stands for any
ending, `!word` is an exception.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ahocorasick

from corpus.spans import Span


@dataclass(frozen=True)
class Mention:
    """A word of a concept in a text. ``names``: whether it names the concept, or may merely stand for it."""

    concept: str
    span: Span
    names: bool


@dataclass(frozen=True)
class _Pattern:
    concept: str | None  # None: an exception
    length: int
    open_end: bool
    names: bool


class Lexicon:
    """Concepts read from a TOML file."""

    def __init__(self, path: Path) -> None:
        concepts = tomllib.loads(path.read_text(encoding="utf-8"))
        self._automata = {language: _automaton(concepts, language) for language in ("fr", "en", "uk")}

    def mentions(self, folded: str, language: str) -> list[Mention]:
        """Mentions in a folded text (`base.fold`), in their order; several concepts may share a word."""
        found: list[tuple[Span, _Pattern]] = []
        automaton = self._automata[language]
        if not len(automaton):
            return []
        for last, patterns in automaton.iter(folded):
            for pattern in patterns:
                span = _word_at(folded, last + 1 - pattern.length, last + 1, pattern, language)
                if span:
                    found.append((span, pattern))
        milder = [item for item in found if not item[1].names]
        return [
            Mention(pattern.concept, span, pattern.names)
            for span, pattern in sorted(found, key=lambda item: item[0])
            if pattern.concept is not None and not any(_overrides(other, (span, pattern)) for other in milder)
        ]


def _overrides(milder: tuple[Span, _Pattern], item: tuple[Span, _Pattern]) -> bool:
    """Whether a longer exception, or a longer word that only answers («мало не»), says that this is not meant."""
    (wide, by), (span, pattern) = milder, item
    return wide.contains(span) and (by.concept is None or (by.concept == pattern.concept and wide != span))


def _automaton(concepts: dict[str, Any], language: str) -> Any:
    automaton = ahocorasick.Automaton()
    for concept, table in concepts.items():
        for names, words in ((True, table.get(language, [])), (False, table.get("also", {}).get(language, []))):
            for word in words:
                text = word.strip("!*")
                exception = word[0] == "!"
                pattern = _Pattern(None if exception else concept, len(text), word[-1] == "*", names and not exception)
                automaton.add_word(text, (*automaton.get(text, ()), pattern))
    if len(automaton):
        automaton.make_automaton()
    return automaton


def _word_at(text: str, start: int, end: int, pattern: _Pattern, language: str) -> Span | None:
    """The whole word (or words) that a pattern was found in; None when it was found inside another word."""
    if start and _letter(text, start - 1, language) and text[start].isalnum():
        return None
    if not pattern.open_end:
        return (
            None if end < len(text) and text[end - 1].isalnum() and _letter(text, end, language) else Span(start, end)
        )
    while end < len(text) and _letter(text, end, language):
        end += 1
    return Span(start, end)


def _letter(text: str, at: int, language: str) -> bool:
    """Whether a word goes on here. In Ukrainian the apostrophe is a letter: «являється» is not in «з’являється»."""
    return text[at].isalnum() or (
        language == "uk"
        and text[at] == "'"
        and 0 < at < len(text) - 1
        and text[at - 1].isalpha()
        and text[at + 1].isalpha()
    )
