"""What a page's text carries around the story, found by whole lines of `boilerplate.tsv` and set aside.

A block goes as a whole or not at all; one that reads like the story's own sentences never goes. `line` patterns are for
buttons and headings of lists (at most 25 words), `text` patterns for notices of one or two sentences. What a `label`
pattern finds may be a heading of the story (« Réactions »): it goes only beside other boilerplate, or where no sentence
stands above it or none below.
"""

import csv
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from worker.ingest.base import Block, Document, Kind, SetAside

_LINE_WORDS = 25
_SENTENCE_WORDS = 6  # a line with a full stop and more words than this is a sentence, not a button
_TEXT_CHARACTERS = 500
_TRIM = " \t\u00a0\u202f-–—•·*>›»«|→←↑▲▼✓✔#:.!…\U0001f517\ufe0f"
_SPACES = re.compile(r"\s+")
_SENTENCE = re.compile(r"[.!?…][»”\")\s]*$")
_BIOGRAPHY = re.compile(
    r"\b(?:journaliste|rédact(?:eur|rice)|correspondante?|reporter|chroniqueu(?:r|se)|éditorialiste|politologue|"
    r"chercheu(?:r|se)|autrice|auteure?|spécialiste|diplômée?|fondat(?:eur|rice)|pigiste|analyste)\b",
    re.IGNORECASE,
)
_LISTS = frozenset({"related", "tags", "navigation", "comments", "share", "newsletter"})


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    with (Path(__file__).parent / "boilerplate.tsv").open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple((row["reason"], row["scope"], re.compile(row["pattern"])) for row in rows)


def _find(text: str) -> tuple[str, str] | None:
    """Reason and scope of the first pattern that this block's text is."""
    if len(text) > _TEXT_CHARACTERS:
        return None
    plain = _SPACES.sub(" ", text.replace("’", "'")).lower().strip(_TRIM)
    words = len(plain.split())
    ended = text.rstrip().endswith(".")
    if not words or (ended and words <= 2):
        return None
    label = words <= (_SENTENCE_WORDS if ended else _LINE_WORDS)
    for reason, scope, pattern in _patterns():
        if (scope == "text" or label) and pattern.fullmatch(plain):
            return reason, scope
    return None


def is_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return _SENTENCE.search(text) is not None


def set_aside(document: Document) -> Document:
    """The document without its boilerplate blocks, which are in `set_aside` with their reason."""
    texts = [b.span.of(document.text) for b in document.blocks]
    found = [None if _in_story(b, t) else _find(t) for b, t in zip(document.blocks, texts, strict=True)]
    reasons = _without_headings(texts, found)
    _contents(texts, reasons)
    _authors(texts, reasons)
    _lists(document.blocks, texts, reasons)
    return remove(document, {i: r for i, r in enumerate(reasons) if r})


def remove(document: Document, reasons: dict[int, str]) -> Document:
    """Set the blocks with these indexes aside."""
    if not reasons:
        return document
    aside = [
        SetAside(document.blocks[i].span, document.blocks[i].span.of(document.text), r) for i, r in reasons.items()
    ]
    return replace(
        document,
        blocks=tuple(b for i, b in enumerate(document.blocks) if i not in reasons),
        set_aside=tuple(sorted((*document.set_aside, *aside), key=lambda s: s.span)),
    )


def _without_headings(texts: list[str], found: list[tuple[str, str] | None]) -> list[str | None]:
    """The reasons found, without those labels that stand where a heading of the story would."""
    sentences = [i for i, text in enumerate(texts) if not found[i] and is_sentence(text)]
    first, last = (sentences[0], sentences[-1]) if sentences else (len(texts), -1)
    sure = [match is not None and match[1] != "label" for match in found] + [False]
    return [
        match[0] if match and (sure[i] or not first < i < last or sure[i - 1] or sure[i + 1]) else None
        for i, match in enumerate(found)
    ]


def _in_story(block: Block, text: str) -> bool:
    """A clause of an enumeration; a document's own header, footer or note, which its author put there on purpose."""
    return block.part != "body" or (block.kind is Kind.LIST_ITEM and text.endswith((";", ".", ",")))


def _contents(texts: list[str], reasons: list[str | None]) -> None:
    """Behind « Sommaire »: the lines that come again further down."""
    for i, reason in enumerate(reasons):
        if reason != "table_of_contents":
            continue
        for j in range(i + 1, len(texts)):
            later = (_plain(t) for t in texts[j + 1 :])
            if _plain(texts[j]) not in later or texts[j].endswith("."):
                break
            reasons[j] = "table_of_contents"


def _authors(texts: list[str], reasons: list[str | None]) -> None:
    """Behind « À propos de l'auteur » near the end: a name, and what is said of its bearer."""
    for i, reason in enumerate(reasons):
        if reason != "author_box" or i < len(texts) // 2:
            continue
        j = i + 1
        if j < len(texts) and not reasons[j] and not is_sentence(texts[j]) and len(texts[j].split()) <= 6:
            reasons[j] = "author_box"
            j += 1
        if j < len(texts) and not reasons[j] and _BIOGRAPHY.search(texts[j]):
            reasons[j] = "author_box"


def _lists(blocks: tuple[Block, ...], texts: list[str], reasons: list[str | None]) -> None:
    """Behind « À lire aussi », « Tags », « Partager »: the titles, words and buttons listed there.

    At the end of the page all that follows, if none of it is a sentence. Within the story the items of a list, or one
    title behind « À lire aussi ».
    """
    for i, reason in enumerate(reasons):
        if reason not in _LISTS or ": " in texts[i]:
            continue
        rest = [j for j in range(i + 1, len(texts)) if not reasons[j]]
        if i > len(texts) // 3 and all(not is_sentence(texts[j]) for j in rest):
            for j in rest:
                reasons[j] = reason
            return
        for j in range(i + 1, len(texts)):
            title = reason == "related" and j == i + 1
            if reasons[j] or is_sentence(texts[j]) or not (title or blocks[j].kind is Kind.LIST_ITEM):
                break
            reasons[j] = reason


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip(_TRIM + "0123456789").lower()
