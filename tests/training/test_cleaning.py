import pytest

from training.cleaning import fault, key, normalise
from training.pairs import Pair


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Deux\u00a0ponts  rouverts\n", "Deux ponts rouverts"),
        ("\ufeffLe de\u0301but", "Le début"),
        ("un\u200bdeux", "undeux"),
    ],
)
def test_normalise(raw: str, clean: str) -> None:
    assert normalise(raw) == clean


@pytest.mark.parametrize(("one", "other"), [("The Bridge, reopens!", "the bridge reopens"), ("«Міст»", "міст")])
def test_key_sees_through_case_and_punctuation(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("The bridge reopens on Monday.", "Міст відкриють у понеділок.", None),
        ("", "Міст відкриють.", "empty"),
        ("The bridge", "", "empty"),
        ("word " * 200, "слово " * 200, "long"),
        ("Kyiv 2024", "Kyiv, 2024", "copied"),
        ("Yes.", "Так, саме про це вчора й говорив наш кореспондент.", "ratio"),
        ("See https://example.org for more.", "Більше на https://example.org сьогодні.", "markup"),
        ("1, 2, 3, 4, 5, 6", "1, 2, 3, 4, 5, 7", "letters"),
        ("The bridge reopens.", "The bridge will reopen.", "script"),
        ("The bridge reopens.", "Мост вновь открыт, говорят они.", "script"),
        ("In 2024 the bridge reopened.", "У 2025 році міст відкрили.", "numbers"),
        ("It cost 12,500 euros.", "Це коштувало 12 500 євро.", None),
        ("At 3 o’clock the bridge reopened.", "О третій годині міст відкрили.", None),
    ],
)
def test_fault(source: str, target: str, reason: str | None) -> None:
    assert fault(Pair(source, target, "own"), "en", "uk") == reason
