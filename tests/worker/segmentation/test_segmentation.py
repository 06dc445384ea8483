"""French sentences: a table of cases, a gold set with its F1, and what holds for any text."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.ingest import ingest
from worker.ingest.base import Kind
from worker.segmentation import segment, segment_document

HERE = Path(__file__).parent
CASES = [line.split("\t") for line in (HERE / "cases.tsv").read_text(encoding="utf-8").splitlines()[1:]]


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in segment(text)]


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize(("kind", "marked"), CASES)
def test_case(kind: str, marked: str) -> None:
    """`‖` stands where a sentence begins; `\\n` for a line break."""
    marked = marked.replace("\\n", "\n")
    expected = [piece.strip() for piece in marked.split("‖") if piece.strip()]
    assert sentences(marked.replace("‖", "")) == expected, kind


def boundary_f1(paragraphs: list[list[str]]) -> float:
    """F1 of the sentence ends in paragraphs whose sentences are joined with a space."""
    right = found = wanted = 0
    for gold in paragraphs:
        text = " ".join(gold)
        ends = {sum(len(s) + 1 for s in gold[: i + 1]) - 1 for i in range(len(gold))}
        got = {span.end for span in segment(text)}
        right, found, wanted = right + len(ends & got), found + len(got), wanted + len(ends)
    return 2 * right / (found + wanted)


def test_f1_of_boundaries_on_the_gold_set() -> None:
    paragraphs = (HERE / "gold.txt").read_text(encoding="utf-8").strip().split("\n\n")
    gold = [p.split("\n") for p in paragraphs]
    assert sum(map(len, gold)) >= 250
    assert boundary_f1(gold) >= 0.99


_PIECES = st.sampled_from(
    ["M. ", "« ", " »", "etc. ", "Le pont", "la gare", ". ", "! ", " ? ", "… ", "...", "\n", "\r\n", "\n\n", "(", ")", "[", "]",
     "1. ", "J.-P.", "12,5", "3.5", "art. 3", "– ", "\u2028", "\u00a0", "\u202f", "\t", "😀", "L’", "À", "Ї", "\x0c", "’", '"', "a@b.fr", "https://a.b/c?d=E "]
)  # fmt: skip
_TEXT = st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=25).map("".join))


@settings(max_examples=500, deadline=None)
@given(_TEXT)
def test_spans_are_ordered_and_hold_all_that_is_no_white_space(text: str) -> None:
    spans = segment(text)
    assert all(s.start < s.end and s.of(text) == s.of(text).strip() for s in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    outside = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    assert not "".join(outside).strip()


@settings(max_examples=200, deadline=None)
@given(_TEXT)
def test_no_segment_is_a_lone_mark_of_punctuation_behind_another(text: str) -> None:
    line = " ".join(text.split())
    spans = segment(line)
    assert all(any(c.isalnum() for c in s.of(line)) for s in spans[1:])


@pytest.mark.parametrize("piece", ["« ", "(", "a.", "? ", "1. ", "[1]", "– ? A", "x. (", "M. ", "...", "\n", "A"])
def test_repeated_signs_are_cut_without_hanging(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    spans = segment(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_a_document_is_cut_block_by_block_with_offsets_into_its_text() -> None:
    text = "Le pont rouvre\n\nIl a rouvert mardi. La mairie se réjouit.\n\nLa gare attend"
    document = ingest(text.encode())
    segments = segment_document(document)
    assert [[s.of(text) for s in spans] for spans in segments] == [
        ["Le pont rouvre"],
        ["Il a rouvert mardi.", "La mairie se réjouit."],
        ["La gare attend"],
    ]
    assert document.blocks[0].kind is Kind.HEADLINE


def test_a_headline_of_two_sentences_is_two_segments() -> None:
    document = ingest("Qui paiera la digue ? Les réponses\n\nLa région hésite encore.".encode())
    assert [len(spans) for spans in segment_document(document)] == [2, 1]
