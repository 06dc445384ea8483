"""Names as terms: later mentions of a person by surname, and names that only contain another name."""

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache
from importlib import resources

from corpus.spans import Span
from glossary.normalise import HYPHENS
from glossary.terms import Rendering, Status, Term


@cache
def _irregular() -> dict[str, dict[str, str]]:
    """Persons whose later mention is not the last word of the name, or who have none (`data/short_names.csv`)."""
    data = resources.files("glossary").joinpath("data", "short_names.csv").read_text(encoding="utf-8")
    return {row["fr"]: row for row in csv.DictReader(data.splitlines())}


@cache
def _words(name: str) -> frozenset[str]:
    data = resources.files("glossary").joinpath("data", "name_words.csv").read_text(encoding="utf-8")
    return frozenset(row["word"] for row in csv.DictReader(data.splitlines()) if row["kind"] == name)


def surname(name: str) -> str:
    """A person's name without given names: the last word with the particles before it (« von der Leyen »)."""
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _words("particle"):
        start -= 1
    return " ".join(words[max(start, 0) :])


def short_of(term: Term) -> Iterator[Term]:
    """The same person by surname alone (« Zelensky »): a term with the same key; the full name stays accepted."""
    if term.kind != "person" or " " not in term.source:
        return
    irregular = _irregular().get(term.source)
    spellings = irregular["short_fr"].split("|") if irregular else [surname(s) for s in (term.source, *term.variants)]
    spellings = [s for s in dict.fromkeys(spellings) if s]
    if spellings:
        yield replace(term, source=spellings[0], variants=tuple(spellings[1:]), renderings=_short(term, irregular))


def _short(term: Term, irregular: dict[str, str] | None) -> tuple[Rendering, ...]:
    """Renderings of the surname, then those of the full name as admitted ones. A rendering too short to cut stays."""
    short: list[Rendering] = []
    for rendering in term.renderings:
        texts = irregular[f"short_{rendering.language}"].split("|") if irregular else [surname(rendering.text)]
        for n, text in enumerate(texts):
            status = rendering.status if n == 0 or rendering.status is Status.FORBIDDEN else Status.ADMITTED
            short.append(replace(rendering, text=text, status=status, forms={}))
    full = [replace(r, status=Status.ADMITTED) for r in term.renderings if r.status is not Status.FORBIDDEN]
    seen: dict[tuple[str, str], Rendering] = {}
    for rendering in (*short, *full):
        seen.setdefault((rendering.language, rendering.text), rendering)
    return tuple(seen.values())


_SPACE = "[ \u00a0\u202f]"
_BEFORE = re.compile(rf"([^\W\d_][\w’'{HYPHENS}]*){_SPACE}$")
_AFTER = re.compile(rf"{_SPACE}([^\W\d_][\w{HYPHENS}]*)")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:»«“”\"\n—–]\s*)$")


def stands_alone(text: str, span: Span, term: Term, starts: Collection[int], ends: Collection[int]) -> bool:
    """Whether a name is not merely a part of another name. `starts` and `ends` are those of all names in the text.

    « Brigitte Macron » is not the Macron known as Emmanuel: a surname with another given name before it names someone
    else. « Kiev Post », « Dynamo Kiev »: a place with a capitalised word beside it that is no title, begins no
    sentence and is no name of the list is a part of a longer name.
    """
    if text[span.start : span.end].isupper():
        return True
    word, begins = _before(text, span)
    if span.start - 1 in ends:
        word = ""
    if term.kind == "person":
        return " " in term.source or not _is_given_name(word, begins)
    if term.kind == "place":
        return not _joins(word, begins) and (span.end + 1 in starts or not _followed(text, span))
    return True


def _before(text: str, span: Span) -> tuple[str, bool]:
    """The capitalised word before a span, or "", and whether it begins a sentence."""
    left = text[max(0, span.start - 40) : span.start]
    found = _BEFORE.search(left)
    if not found or not found.group(1)[0].isupper():
        return "", False
    return found.group(1), bool(_SENTENCE_START.search(left[: found.start()]))


def _is_given_name(word: str, begins: bool) -> bool:
    """A capitalised word inside a sentence that is no title; at a sentence's start only a known given name."""
    if not word or word.isupper() or word.lower() in _words("title"):
        return False
    return word in _words("given") or not begins


def _joins(word: str, begins: bool) -> bool:
    if not word or begins or word.isupper():
        return False
    return word.lower() not in _words("title")


def _followed(text: str, span: Span) -> bool:
    found = _AFTER.match(text, span.end)
    if not found:
        return False
    word = found.group(1)
    return word[0].isupper() and not word.isupper() and len(word) > 1
