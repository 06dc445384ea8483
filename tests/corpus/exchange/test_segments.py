"""Units of several sentences become beads, and one unit again."""

import re

from corpus.exchange import Annotation, Mark, State, xliff12
from corpus.exchange.segments import cut, joined
from corpus.spans import Span
from tests.corpus.exchange.units import again, unit


def sentences(text: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"[^\s.][^.]*\.", text)]


PARAGRAPH = unit(
    "p4",
    "Le quai est sec. La grue tourne. Plus un bruit.",
    "The quay is dry. The crane turns. Not a sound.",
    State.EDITED,
    hits=(Annotation("grue", "native", Span(20, 24), Span(21, 26)),),
    marks=(Mark("bold", Span(4, 8)),),
)


def test_a_paragraph_becomes_a_unit_a_sentence_and_comes_back() -> None:
    (read,) = again(xliff12, [PARAGRAPH])
    units = cut(read, sentences(read.source), sentences(read.target or ""))
    assert [(u.source, u.target, u.group) for u in units] == [
        ("Le quai est sec.", "The quay is dry.", "p4"),
        ("La grue tourne.", "The crane turns.", "p4"),
        ("Plus un bruit.", "Not a sound.", "p4"),
    ]
    assert units[0].marks == (Mark("bold", Span(4, 8)),)
    assert units[1].hits == (Annotation("grue", "native", Span(3, 7), Span(4, 9)),)
    assert list(joined(units)) == [PARAGRAPH]


def test_a_sentence_without_translation_keeps_the_texts_whole() -> None:
    given = unit("p", "Un. Deux.", None, State.UNTRANSLATED)
    units = cut(given, sentences(given.source), [])
    assert [u.target for u in units] == [None, None]
    assert list(joined(units)) == [given]


def test_one_sentence_is_left_as_it_is() -> None:
    given = unit("1", "Un.", "One.")
    assert cut(given, [Span(0, 3)], [Span(0, 4)]) == [given]
    assert list(joined([given, unit("2", "Un.", "One.")])) == [given, unit("2", "Un.", "One.")]


def test_a_joined_unit_is_as_finished_as_its_least_finished_part() -> None:
    parts = [
        unit("p/1", "Un.", "One.", State.APPROVED, group="p"),
        unit("p/2", "Deux.", "Two.", State.MACHINE, group="p"),
    ]
    assert next(joined(parts)).state is State.MACHINE
