"""French spellings under which a term is looked for."""

import pytest

from glossary.inflection.fr import source_forms
from glossary.terms import CaseRule, Rendering, Term


def _term(source: str, part: str = "noun", case: CaseRule = CaseRule.ANY, kind: str = "term") -> Term:
    return Term("t", source, (Rendering("en", "x"),), part_of_speech=part, case=case, kind=kind)


@pytest.mark.parametrize(
    ("source", "plural"),
    [
        ("accord de paix", "accords de paix"),
        ("procureur général", "procureurs généraux"),
        ("lanceur d’alerte", "lanceurs d’alerte"),
        ("haut-commissaire", "hauts-commissaires"),
        ("sous-marin", "sous-marins"),
        ("vice-président", "vice-présidents"),
        ("garde-côte", "garde-côtes"),
        ("lance-missile", "lance-missiles"),
        ("bateau", "bateaux"),
        ("travail", "travaux"),
        ("pneu", "pneus"),
        ("État membre", "États membres"),
        ("ministre des Affaires étrangères", "ministres des Affaires étrangères"),
        ("zone d’exclusion aérienne", "zones d’exclusion aérienne"),
        ("char de combat", "chars de combat"),
    ],
)
def test_plural(source: str, plural: str) -> None:
    numbers = {form.text: form.plural for form in source_forms(_term(source))}
    assert numbers[plural] is True
    assert numbers[source] is False


@pytest.mark.parametrize("invariable", ["porte-avions", "pays", "gaz", "cessez-le-feu"])
def test_a_spelling_of_both_numbers_shows_none(invariable: str) -> None:
    assert next(f.plural for f in source_forms(_term(invariable)) if f.text == invariable) is None


@pytest.mark.parametrize(
    ("source", "feminine"),
    [
        ("lanceur d’alerte", "lanceuses d’alerte"),
        ("Premier ministre", "Première ministre"),
        ("procureur général", "procureure générale"),
        ("ambassadeur", "ambassadrice"),
        ("envoyé spécial", "envoyées spéciales"),
        ("négociateur en chef", "négociatrice en chef"),
        ("gardien de la paix", "gardiennes de la paix"),
    ],
)
def test_feminine_of_persons(source: str, feminine: str) -> None:
    assert feminine in {form.text for form in source_forms(_term(source))}


@pytest.mark.parametrize(("source", "verb"), [("accord", "accorde"), ("port", "porte"), ("traité", "traitée")])
def test_things_have_no_feminine(source: str, verb: str) -> None:
    assert verb not in {form.text for form in source_forms(_term(source))}


def test_names_do_not_inflect() -> None:
    assert [f.text for f in source_forms(_term("Kiev", "name", CaseRule.NAME, "place"))] == ["Kiev"]


def test_ligature_spelled_out() -> None:
    assert {"manœuvre", "manoeuvre"} <= {form.text for form in source_forms(_term("manœuvre"))}


@pytest.mark.parametrize(
    ("source", "spellings"),
    [
        (
            "mine antipersonnel",
            {
                "mine antipersonnel": False,
                "mine antipersonnels": False,
                "mines antipersonnel": True,
                "mines antipersonnels": True,
            },
        ),
        ("bouclier antimissiles", {"bouclier antimissiles": False, "boucliers antimissiles": True}),
        ("antiquaire", {"antiquaire": False, "antiquaires": True}),
    ],
)
def test_anti_and_a_noun_may_stay_as_it_is(source: str, spellings: dict[str, bool]) -> None:
    assert spellings.items() <= {form.text: form.plural for form in source_forms(_term(source))}.items()
