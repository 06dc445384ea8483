"""House style, case by case, and what must hold for any text."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import RelaisError
from corpus.spans import Span
from worker.typography import load_style, typeset, typeset_with_map
from worker.typography.numerals import numerals

CASES = Path(__file__).parent / "cases.tsv"


def _cases() -> list[tuple[str, str, str, str | None]]:
    """language, text, expected, source; ~ stands for a no-break space."""
    with CASES.open(encoding="utf-8") as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            (row[0], row[1].replace("~", "\u00a0"), row[2].replace("~", "\u00a0"), row[3] if len(row) > 3 else None)
            for row in rows
            if row
        ]


@pytest.mark.parametrize(("language", "text", "expected", "source"), _cases())
def test_house_style(language: str, text: str, expected: str, source: str | None) -> None:
    assert typeset(text, language, source=source) == expected
    assert typeset(expected, language, source=source) == expected


@pytest.mark.parametrize("language", ["en", "uk"])
def test_human_translations_keep_their_words_and_are_set_once(triples: list[dict[str, str]], language: str) -> None:
    for row in triples:
        done = typeset(row[language], language, source=row["fr"])
        assert typeset(done, language, source=row["fr"]) == done
        before = [n.value for n in numerals(row[language], language) if ":" not in row[language]]
        after = [n.value for n in numerals(done, language) if ":" not in row[language]]
        if "m." not in row[language] and " pm" not in row[language] and " am" not in row[language]:
            assert after == before


SIGNS = "«»“”„‘’'\"()[].,;:!?…-–—%€$°"
WORDS = """... -- mot слово s don't п'ять 12,5 1,200 3.11 2014-2022 1er XXe km January at million січня <b> </b>
06/01/2026 https://a.example/x?y=1;z"""
PIECES = [*SIGNS, *"      ", "\u00a0", "\u202f", "\n", *WORDS.split()]
PIECES += ["3 000", "3\u202f000", "17 h 30", "3,5 M€", "8 p.m.", "n° 5", "`a ; b`"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(max_examples=10000, deadline=None)
@given(TEXTS, st.sampled_from(["en", "uk"]), st.none() | TEXTS)
def test_what_is_set_stays_set(text: str, language: str, source: str | None) -> None:
    once = typeset(text, language, source=source)
    assert typeset(once, language, source=source) == once


@settings(max_examples=1000, deadline=None)
@given(TEXTS, st.sampled_from(["en", "uk"]))
def test_words_keep_their_places(text: str, language: str) -> None:
    """A span of a word is, after typesetting, a span of the same word."""
    result, moved = typeset_with_map(text, language)
    for word in ("mot", "слово"):
        at = text.find(word)
        while at >= 0:
            assert moved(Span(at, at + len(word))).of(result) == word
            at = text.find(word, at + 1)
    whole = moved(Span(0, len(text)))
    assert whole == Span(0, len(result))


VALUES = st.decimals(min_value=0, max_value=9_999_999, places=2)


@settings(max_examples=300, deadline=None)
@given(st.lists(VALUES, max_size=3), st.sampled_from(["en", "uk"]), st.sampled_from(["french", "pivot", "house"]))
def test_figures_keep_their_values(values: list[object], language: str, habit: str) -> None:
    """However the engine wrote the source's figures, they are worth the same in the end."""
    french = [f"{value:,}".replace(",", "\u202f").replace(".", ",") for value in values]
    written = {
        "french": french,
        "pivot": [f"{value:,}" for value in values],
        "house": [typeset(f, language, source=f) for f in french],
    }[habit]
    result = typeset(" – ".join(written), language, source=" ; ".join(french))
    assert [n.value for n in numerals(result, language)] == values


def test_a_language_without_a_house_style_is_one_clear_error() -> None:
    with pytest.raises(RelaisError, match="no house style for “de”"):
        typeset("Text", "de")


def test_a_broken_house_style_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('apostrophe = "’"', encoding="utf-8")
    with pytest.raises(RelaisError, match=r"mine\.toml is not a house style"):
        load_style(tmp_path / "mine.toml", "en")


def test_a_newsroom_may_prefer_another_clock(tmp_path: Path) -> None:
    shipped = Path(typeset.__code__.co_filename).parent / "en.toml"
    changed = shipped.read_text(encoding="utf-8").replace("clock = 12", "clock = 24").replace('= "."', '= ":"', 2)
    (tmp_path / "en.toml").write_text(changed, encoding="utf-8")
    style = load_style(tmp_path / "en.toml", "en")
    assert typeset("at 17 h 30", "en", style=style).startswith("at 17:30")
