"""English plurals and possessives."""

import pytest

from glossary.inflection import forms
from glossary.terms import Rendering


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("ceasefire", "ceasefires"),
        ("aircraft", "aircraft"),
        ("headquarters", "headquarters"),
        ("attorney general", "attorneys general"),
        ("prosecutor general", "prosecutors general"),
        ("passer-by", "passers-by"),
        ("whistleblower", "whistleblowers"),
        ("coalition of the willing", "coalitions of the willing"),
        ("memorandum of understanding", "memoranda of understanding"),
        ("prisoner of war", "prisoners of war"),
        ("commander-in-chief", "commanders-in-chief"),
        ("air strike", "air strikes"),
        ("embassy", "embassies"),
        ("convoy", "convoys"),
        ("crisis", "crises"),
        ("spokeswoman", "spokeswomen"),
        ("veto", "vetoes"),
        ("breach", "breaches"),
        ("oligarch", "oligarchs"),
        ("court martial", "courts martial"),
        ("chargé d’affaires", "chargés d’affaires"),
        ("foreign minister", "foreign ministers"),
        ("MP", "MPs"),
    ],
)
def test_plural(singular: str, plural: str) -> None:
    assert forms(Rendering("en", singular)).by_tag["pl"][0] == plural


@pytest.mark.parametrize("never", ["aircrafts", "attorney generals", "passer-bys", "coalition of the willings"])
def test_wrong_plurals_are_never_accepted(never: str) -> None:
    made = ("aircraft", "attorney general", "passer-by", "coalition of the willing")
    assert not any(never in forms(Rendering("en", text)).all for text in made)


def test_possessives_with_either_apostrophe() -> None:
    found = forms(Rendering("en", "whistleblower"))
    assert found.by_tag["poss.sg"] == ("whistleblower’s", "whistleblower's")
    assert found.by_tag["poss.pl"] == ("whistleblowers’", "whistleblowers'")
    assert found.tags_of("Whistleblower's") == ("poss.sg",)


def test_one_number_only() -> None:
    assert set(forms(Rendering("en", "Kyiv")).by_tag) == {"sg", "poss.sg"}
    assert set(forms(Rendering("en", "peace talks", number="pl")).by_tag) == {"pl", "poss.pl"}
    assert set(forms(Rendering("en", "territorial integrity", number="sg")).by_tag) == {"sg", "poss.sg"}


def test_attributive_hyphen_is_a_spelling() -> None:
    assert "front-line" in forms(Rendering("en", "front line")).all
    assert "air-raid alert" in forms(Rendering("en", "air raid alert")).all


def test_names_without_foreign_accents_are_accepted() -> None:
    assert "Rzeszow’s" in forms(Rendering("en", "Rzeszów", number="sg")).all
