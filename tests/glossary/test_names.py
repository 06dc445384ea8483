"""Surnames, and the starter list of names."""

import pytest

from glossary.names import short_of, surname
from glossary.terms import CaseRule, Rendering, Term


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anne Morvan", "Morvan"),
        ("Ursula von der Mühl", "von der Mühl"),
        ("Jean de La Tour", "de La Tour"),
        ("Марія фон дер Мюль", "фон дер Мюль"),
        ("Madonna", "Madonna"),
    ],
)
def test_surname(name: str, expected: str) -> None:
    assert surname(name) == expected


def test_only_persons_have_a_short_form() -> None:
    place = Term("x", "New York", (Rendering("en", "New York"),), kind="place", case=CaseRule.NAME)
    assert list(short_of(place)) == []


def test_irregular_later_mentions() -> None:
    first = Term("x", "Xi Jinping", (Rendering("uk", "Сі Цзіньпін", gender="m"),), kind="person", case=CaseRule.NAME)
    (short,) = short_of(first)
    assert (short.source, short.renderings[0].text) == ("Xi", "Сі Цзіньпін")
    pope = Term("y", "Léon XIV", (Rendering("uk", "Лев XIV", gender="m"),), kind="person", case=CaseRule.NAME)
    assert list(short_of(pope)) == []
