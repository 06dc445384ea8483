"""`translate="no"`: the original stands in the target, terms and links move along."""

import pytest

from corpus.marks import Mark
from corpus.spans import Span
from glossary.enforcement.base import Link
from worker.kept import is_kept, put_back


@pytest.mark.parametrize(
    ("text", "spans", "kept"),
    [
        ("Le Fil", [Span(0, 6)], True),
        ("« Le Fil ».", [Span(2, 8)], True),
        ("Bonjour, Le Fil", [Span(9, 15)], False),
        ("Le Fil bleu", [Span(0, 6), Span(7, 11)], True),
        ("Le Fil", [], False),
        ("…", [Span(0, 1)], False),
    ],
)
def test_whether_a_text_is_kept(text: str, spans: list[Span], kept: bool) -> None:
    assert is_kept(text, [Mark("keep", span) for span in spans]) is kept


def test_the_original_replaces_what_was_made_of_it() -> None:
    source, target = "Bonjour, Le Fil !", "Hello, the wire!"
    links = (
        Link(Span(0, 7), Span(0, 5), 1.0),
        Link(Span(9, 11), Span(7, 10), 1.0),
        Link(Span(12, 15), Span(11, 15), 1.0),
    )
    text, hits, moved = put_back(source, [Mark("keep", Span(9, 15))], target, (), links)
    assert (text, hits) == ("Hello, Le Fil!", ())
    assert all(0 <= link.target.start < link.target.end <= len(text) for link in moved)
