"""The starter list: large enough, well formed, and each entry usable in both languages."""

from collections import Counter

import pytest

from glossary.catalogue import starter_terms
from glossary.conflicts import Kind, conflicts
from glossary.inflection import forms
from glossary.matching import Matcher
from glossary.terms import CaseRule, Term

TERMS = starter_terms()


def test_size() -> None:
    kinds = Counter(term.kind for term in TERMS)
    assert kinds["term"] >= 80
    assert kinds["person"] + kinds["place"] + kinds["organisation"] >= 400
    assert set(kinds) == {"term", "person", "place", "organisation"}


def test_keys_are_unique_and_both_languages_there() -> None:
    assert max(Counter(term.key for term in TERMS).values()) == 1
    assert [t.key for t in TERMS if not (t.preferred("en") and t.preferred("uk"))] == []


def test_names_count_capitals_and_persons_have_a_gender() -> None:
    assert all(t.case is CaseRule.NAME for t in TERMS if t.kind != "term")
    assert all(r.gender for t in TERMS if t.kind == "person" for r in t.renderings if r.language == "uk")


def test_every_rendering_is_one_of_its_own_forms() -> None:
    lost = [r.text for t in TERMS for r in t.renderings if not forms(r).tags_of(r.text)]
    assert lost == []


def test_the_only_contradictions_are_meant() -> None:
    found = conflicts(TERMS)
    assert {c.kind for c in found} == {Kind.FORBIDDEN_ELSEWHERE}
    assert {c.text for c in found} == {"перемир’я"}  # a truce is one, a ceasefire is not


@pytest.mark.parametrize("term", [t for t in TERMS if t.kind == "term"], ids=lambda t: t.key)
def test_each_term_is_found(term: Term) -> None:
    for source in (term.source, *term.variants):
        text = f"On parle de {source} ici."
        found = [o.term.key for o in Matcher([term]).occurrences(text)]
        assert found == [term.key]


def test_each_name_is_found_alone() -> None:
    matcher = Matcher(TERMS)
    missed = []
    for term in TERMS:
        for source in (term.source, *term.variants):
            text = f"Dans le titre : {source}."
            keys = {o.term.key for o in matcher.occurrences(text) if o.span.of(text) == source}
            if term.key not in keys:
                missed.append(source)
    assert missed == []


@pytest.mark.parametrize(
    ("key", "tag", "form"),
    [
        ("volodymyr-zelensky", "gen.sg", "Володимира Зеленського"),
        ("bruxelles", "loc.sg", "Брюсселі"),
        ("otan", "gen.sg", "НАТО"),
        ("kiev", "gen.sg", "Києва"),
        ("kryvyi-rih", "loc.sg", "Кривому Розі"),
        ("tchassiv-yar", "gen.sg", "Часового Яру"),
        ("etats-unis", "ins.pl", "Сполученими Штатами"),
        ("ioulia-svyrydenko", "gen.sg", "Юлії Свириденко"),
        ("ursula-von-der-leyen", "dat.sg", "Урсулі фон дер Ляєн"),
        ("algerie", "gen.sg", "Алжиру"),
        ("g7", "loc.sg", "«Великій сімці»"),
        ("conseil-national-de-securite-et-de-defense", "ins.sg", "Радою національної безпеки і оборони"),
    ],
)
def test_names_in_ukrainian(key: str, tag: str, form: str) -> None:
    rendering = next(t for t in TERMS if t.key == key).preferred("uk")
    assert rendering is not None
    assert forms(rendering).by_tag[tag][0] == form
