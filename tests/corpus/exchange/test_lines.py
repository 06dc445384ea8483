"""Formats of one unit a line: Moses pairs and JSON Lines."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import RelaisError
from corpus.exchange import jsonl, moses
from tests.corpus.exchange.units import HEADER, RICH, STORY, TEXTS, again, read, unit, written

SEPARATORS = ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\r", "\n", "\r\n"]


def test_line_separators_inside_a_text_end_no_line() -> None:
    units = [unit(str(k), f"La digue{sign}tient.", "The dyke holds.") for k, sign in enumerate(SEPARATORS)]
    source, target = io.BytesIO(), io.BytesIO()
    moses.write(source, target, iter(units))
    assert len(source.getvalue().decode().splitlines()) == len(source.getvalue().split(b"\n")) - 1 == len(units)
    back = list(moses.read(io.BytesIO(source.getvalue()), io.BytesIO(target.getvalue()), HEADER))
    assert [(u.source, u.target) for u in back] == [("La digue tient.", "The dyke holds.")] * len(units)


def test_an_empty_line_shifts_nothing() -> None:
    source, target = io.BytesIO(b"Un\nDeux\nTrois\nQuatre\n"), io.BytesIO(b"\xef\xbb\xbfOne\nTwo\r\n\nFour")
    back = list(moses.read(source, target, HEADER))
    assert [(u.source, u.target) for u in back] == [("Un", "One"), ("Deux", "Two"), ("Trois", ""), ("Quatre", "Four")]
    assert [u.unfinished for u in back] == [False, False, True, False]


@pytest.mark.parametrize(
    ("source", "target", "complaint"),
    [
        (b"a\nb\n", b"x\n", "target ends after line 1"),
        (b"a\n", b"x\ny\n", "source ends after line 1"),
        (b"a\n", b"\xff\n", "line 1 is not UTF-8"),
    ],
)
def test_files_that_are_not_aligned(source: bytes, target: bytes, complaint: str) -> None:
    with pytest.raises(RelaisError, match=complaint):
        list(moses.read(io.BytesIO(source), io.BytesIO(target), HEADER))


def test_json_lines_tell_everything() -> None:
    units = [*STORY, RICH]
    reading = read(jsonl, written(jsonl, units)[0])
    assert reading.header == HEADER
    assert list(reading) == units


@given(source=st.text(), target=st.none() | TEXTS)
@settings(max_examples=60)
def test_any_text_comes_back_from_json_lines(source: str, target: str | None) -> None:
    back = again(jsonl, [unit("1", source, target)])
    assert [(u.source, u.target) for u in back] == [(source, target)]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ("", "line 1 is not JSON"),
        ("[]", "line 1 is not a JSON object"),
        ('{"type": "unit"}', "line 1 does not tell"),
        ('{"type": "edition"}\n{"id": "1"}', "line 2 is not a unit"),
        ('{"type": "edition"}\n{"source": 1, "id": "1"}', "line 2 is not a unit"),
        ('{"type": "edition"}\n{"source": "a", "id": "1", "state": "odd"}', "line 2 is not a unit"),
        ('{"type": "edition"}\n\n{"sour', "line 3 is not JSON"),
        ("[" * 100_000, "line 1 is not JSON"),
    ],
)
def test_bad_json_lines_are_refused(data: str, complaint: str) -> None:
    with pytest.raises(RelaisError, match=complaint):
        list(read(jsonl, data))
