"""Every check, case by case; what it finds of seeded faults; how seldom it cries wolf."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.spans import Span
from worker.checks import CHECKS, Context, Flag, Severity, check, sentence
from worker.checks.sentences import sentences

HERE = Path(__file__).parent
WRITTEN = {"~": "\u00a0", "¦": "\u202f"}


def _rows(name: str) -> list[list[str]]:
    lines = [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _codes(source: str, target: str, language: str) -> list[str]:
    return [flag.code for flag in check(source, target, language)]


@pytest.mark.parametrize(("language", "source", "target", "expected"), _rows("cases.tsv"))
def test_what_is_flagged(language: str, source: str, target: str, expected: str) -> None:
    for mark, space in WRITTEN.items():
        source, target = source.replace(mark, space), target.replace(mark, space)
    assert sorted(_codes(source, target, language)) == sorted(expected.split())


def test_at_most_two_flags_on_a_hundred_clean_pairs() -> None:
    flags = []
    rows = _rows("clean.tsv")[1:]
    for french, english, ukrainian in rows:
        flags += check(french, english, "en") + check(french, ukrainian, "uk")
    assert len(rows) * 2 == 100
    assert len(flags) <= 2, flags


@pytest.mark.parametrize("language", ["en", "uk"])
def test_at_most_two_flags_on_a_hundred_human_translations(triples: list[dict[str, str]], language: str) -> None:
    flags = [flag for row in triples for flag in check(row["fr"], row[language], language)]
    assert len(flags) <= 2 * len(triples) / 100, flags


def _replaced(pattern: str, by: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, by, text, count=1)


SEEDED = [  # fault, language, how it is made, codes of which one must be raised, least share found
    ("a digit changed", "en", lambda t: re.sub(r"\b\d(?=\d)", lambda m: str((int(m[0]) + 4) % 9 + 1), t, count=1), "number", 0.97),
    ("a digit changed", "uk", lambda t: re.sub(r"\b\d(?=\d)", lambda m: str((int(m[0]) + 4) % 9 + 1), t, count=1), "number", 0.97),
    ("not lost", "en", _replaced(r" not\b|n’t\b", ""), "negation_lost", 0.55),
    ("not added", "en", _replaced(r"\b(is|are|was|were|will)\b", r"\1 not"), "negation_invented", 0.55),
    ("не added", "uk", _replaced(r"(?<!\w)(\w+(?:ив|ала|ить|ють))(?!\w)", r"не \1"), "negation_invented", 0.5),
    ("cut short", "en", lambda t: t[: len(t) // 4] if len(t) > 90 else t, "too_short", 0.95),
    ("looping", "uk", lambda t: re.sub(r"(\w{3,} )", r"\1\1\1\1\1\1", t, count=1), "repetition", 0.95),
    ("a quotation unmarked", "en", lambda t: re.sub("[“”]", "", t), "quotes_lost", 0.75),
    ("a closing mark lost", "uk", _replaced("»", ""), "quotes_open", 0.95),
    ("rape", "uk", _replaced(r"(?<=\w) ", " зґвалтування "), "grave_invented", 0.97),
    ("nuclear", "en", _replaced(r"(?<=\w) ", " nuclear "), "grave_invented", 0.95),
    ("a Russian letter", "uk", _replaced("и", "ы"), "russian_letter", 0.97),
    ("an English word", "uk", _replaced(r"(?<=\w) ", " agreement "), "latin_word", 0.97),
    ("a question asserted", "en", _replaced(r"\?$", "."), "ending_changed", 0.97),
    ("million for billion", "en", _replaced(r"(?<=\d )billion", "million"), "number_changed", 0.9),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "language", "spoil", "code", "least"), SEEDED, ids=[f"{s[1]} {s[0]}" for s in SEEDED]
)
def test_seeded_faults_are_found(
    triples: list[dict[str, str]], fault: str, language: str, spoil: Callable[[str], str], code: str, least: float
) -> None:
    found = seeded = 0
    for row in triples:
        spoilt = spoil(row[language])
        if spoilt != row[language] and (fault != "not lost" or re.search(r"\b(?:ne |n[’'])", row["fr"])):
            seeded += 1
            found += any(flag.code.startswith(code) for flag in check(row["fr"], spoilt, language))
    assert seeded > 2
    assert found / seeded >= least, (found, seeded)


def test_an_empty_target_is_an_error() -> None:
    assert check("Texte.", " \u00a0", "en") == [Flag("empty", severity=Severity.ERROR)]
    assert check("", "Text.", "en") == [Flag("empty_source", severity=Severity.ERROR)]
    assert check(" ", " ", "uk") == []


def test_what_the_glossary_keeps_may_be_copied() -> None:
    title = "Le Fil de Mirval"
    assert check(title, title, "en", context=Context(kept=(title,))) == []
    assert [flag.code for flag in check(title, title, "en")] == ["untranslated"]


def test_a_lone_score_far_below_the_others_is_flagged() -> None:
    usual = tuple(-0.3 - n / 100 for n in range(12))
    assert [f.code for f in check("Oui.", "Yes.", "en", context=Context(score=-2.5, scores=(*usual, -2.5)))] == [
        "low_score"
    ]
    assert check("Oui.", "Yes.", "en", context=Context(score=-0.6, scores=(*usual, -0.6))) == []
    assert check("Oui.", "Yes.", "en", context=Context(score=-2.5, scores=(-0.3, -2.5))) == []


def test_every_code_has_a_sentence_in_three_languages_and_no_sentence_is_idle() -> None:
    codes = {code for each in CHECKS for code in each.codes} | {"empty", "empty_source", "forbidden_rendering"}
    assert set(sentences()) == codes
    for texts in sentences().values():
        assert set(texts) == {"fr", "en", "uk"}
        places = {language: sorted(re.findall(r"%\((\w+)\)s", text)) for language, text in texts.items()}
        assert places["fr"] == places["en"] == places["uk"]


def test_a_flag_can_be_stored_and_its_sentence_found_again() -> None:
    (flag,) = check("Il faut 12,5 % et 3 000 hommes.", "It takes 12.5% and 3,100 men.", "en")
    stored = json.loads(json.dumps(flag.as_dict()))
    assert stored["target"] == [19, 24]
    assert stored["source"] == [18, 23]
    assert sentence(stored["code"], stored["params"], "fr") == flag.sentence("fr") == "« 3 000 » est devenu « 3,100 »."
    assert flag.sentence("uk") == "«3 000» стало «3,100»."


PIECES = "« » “ ” ( ) 12,5 3 000 % € . ? ! : ne pas not не Mirval Kyiv мир paix peace <b> a@b.example 17 h 30 12/03/2025 ы 5bn"
TEXTS = st.lists(st.sampled_from([*PIECES.split(), " ", "\u00a0", "\n", "\u0301", "İ", "ß"]), max_size=12).map(" ".join)


@settings(max_examples=500, deadline=None)
@given(TEXTS | st.text(max_size=40), TEXTS | st.text(max_size=40), st.sampled_from(["en", "uk"]))
def test_any_two_texts_give_flags_whose_spans_lie_in_them(source: str, target: str, language: str) -> None:
    for flag in check(source, target, language):
        for span, text in ((flag.span, target), (flag.source, source)):
            assert span is None or (isinstance(span, Span) and 0 <= span.start < span.end <= len(text))
        assert "%(" not in flag.sentence("uk")
        json.dumps(flag.as_dict())


def test_an_unknown_ukrainian_name_is_offered_in_its_official_spelling() -> None:
    (flag,) = check("Le ministre a reçu Iryna Tchernychova hier.", "Учора міністр прийняв Черешню.", "uk")
    assert (flag.code, flag.params["offered"]) == ("unknown_name", "Ірина Чернишова")
    assert "Ірина Чернишова" in flag.sentence("fr")
