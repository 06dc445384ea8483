"""French text into sentences: sentencex proposes, the rules of `rules` and `lines` decide what it gets wrong.

Sentences inside « » are segments of their own; a line without final punctuation followed by a line in small letters is
one sentence. Spans are ordered and disjoint, and everything outside them is white space.
"""

import re

from sentencex import get_sentence_boundaries

from corpus.spans import Span
from worker.ingest.base import Document
from worker.ingest.lines import paragraphs
from worker.segmentation.rules import TERMINATOR, decide, place

__all__ = ["segment", "segment_document"]

_WINDOW = 4000  # characters given to sentencex at once: some inputs take it time that grows with the square
_PAIRED = re.compile(r"[«»‹›“”„\"()\[\]]")  # sentencex never cuts inside these: Relais does
_COLUMNS = re.compile(r"(?<=\S)(?: {3,}|\t[ \t]*)(?=\S)")
_LINE_BREAK = re.compile(r"[\n\r\u2028\u2029\x85\x0b\x0c]")


def segment(text: str) -> list[Span]:
    """Sentences of one block's text, in Unicode characters of it, without surrounding white space."""
    if not _LINE_BREAK.search(text):
        return _cells(text)
    found: list[Span] = []
    for stretch in paragraphs(text):
        line = _LINE_BREAK.sub(" ", stretch.of(text))
        found += [span.shifted(stretch.start) for span in _cells(line)]
    return found


def _cells(line: str) -> list[Span]:
    """Sentences of each column of a table set with spaces or tabulators."""
    found: list[Span] = []
    at = 0
    for gap in [*_COLUMNS.finditer(line), None]:
        end = gap.start() if gap else len(line)
        found += [span.shifted(at) for span in _sentences(line[at:end])]
        at = gap.end() if gap else end
    return found


def segment_document(document: Document) -> list[list[Span]]:
    """Sentences of every block, as offsets into the document's text."""
    return [
        [span.shifted(block.span.start) for span in segment(block.span.of(document.text))] for block in document.blocks
    ]


def _sentences(line: str) -> list[Span]:
    """Sentences of a text whose line breaks, if any, all stand for spaces."""
    proposed = _proposed(line)
    without_capitals = line == line.lower()
    pieces: list[Span] = []
    begin = 0
    for mark in TERMINATOR.finditer(line):
        verdict = decide(place(line, begin, mark), without_capitals=without_capitals)
        if verdict is None:
            verdict = mark.end("mark") in proposed
        if verdict:
            _add(pieces, line, begin, mark.end())
            begin = mark.end()
    _add(pieces, line, begin, len(line))
    return pieces


def _proposed(line: str) -> set[int]:
    """Ends of sentences by sentencex, before closing marks and white space."""
    line = _PAIRED.sub(" ", line)
    ends: set[int] = set()
    start = 0
    while start < len(line):
        end = start + _WINDOW
        if end < len(line):
            end = max(line.rfind(" ", start + _WINDOW // 2, end) + 1, 0) or end
        piece = line[start:end]
        for boundary in get_sentence_boundaries("fr", piece):
            ends.add(start + len(piece[: boundary["end_index"]].rstrip()))
        start = end
    return ends


def _add(pieces: list[Span], line: str, start: int, end: int) -> None:
    """Append the stretch without its white space; one without letters or digits goes to its neighbour."""
    text = line[start:end]
    stripped = text.strip()
    if not stripped:
        return
    start += len(text) - len(text.lstrip())
    span = Span(start, start + len(stripped))
    if pieces and not any(c.isalnum() for c in stripped):
        pieces[-1] = Span(pieces[-1].start, span.end)
    else:
        pieces.append(span)
