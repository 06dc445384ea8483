"""Pages of the glossary."""

import pytest

from corpus import history
from corpus.models import State
from glossary import store
from service.glossary_pages import pages
from tests.service.seeding import seed_article, seed_terms

FORM = {
    "source": "trêve",
    "kind": "term",
    "part_of_speech": "noun",
    "case": "any",
    "variants": "treve\n",
    "domain": "diplomacy",
    "topics": "",
    "note": "",
    "definition": "",
    "active": "1",
    "r_language": ["en", "uk", "uk"],
    "r_text": ["truce", "перемир’я", ""],
    "r_status": ["preferred", "preferred", "admitted"],
    "r_gender": ["", "n", ""],
    "r_number": ["", "", ""],
    "r_forms": ["", "gen.sg=перемир’я", ""],
    "r_indeclinable": [],
}


@pytest.fixture(autouse=True)
def terms(database, users):
    seed_terms(database)


@pytest.mark.parametrize(
    ("query", "found", "not_found"),
    [
        ("", ["cessez-le-feu", "coalition des volontaires"], []),
        ("q=cessez", ["cessez-le-feu"], ["coalition des volontaires"]),
        ("q=willing", ["coalition des volontaires"], ["cessez-le-feu"]),
        ("q=вогню", ["cessez-le-feu"], ["coalition des volontaires"]),
        ("q=100%25", [], ["cessez-le-feu"]),
        ("kind=person", [], ["cessez-le-feu"]),
    ],
)
def test_the_list_is_searched_in_three_languages(visitor, query, found, not_found):
    page = visitor("paul").text(f"/glossary/?{query}")
    for word in found:
        assert f">{word}</a>" in page
    for word in not_found:
        assert f">{word}</a>" not in page


def test_a_term_shows_its_renderings_forms_and_history(visitor):
    page = visitor("paul").text("/glossary/terms/coalition")
    assert "коаліцією охочих" in page
    assert "created" in page
    assert "/edit" not in page.split("<main")[1]
    assert "<del>cease-fire</del>" in visitor("paul").text("/glossary/terms/ceasefire")
    assert visitor("paul").get("/glossary/terms/none").status_code == 404


def test_a_new_term(visitor, database):
    editor = visitor("olena")
    response = editor.post("/glossary/new", FORM)
    assert response.location == "/glossary/terms/treve?touched=1"
    with database.reading() as session:
        term = store.get(session, "treve")
    assert term.variants == ("treve",)
    assert [(r.language, r.text, r.gender, r.forms) for r in term.renderings] == [
        ("en", "truce", None, {}),
        ("uk", "перемир’я", "n", {"gen.sg": "перемир’я"}),
    ]
    assert editor.post("/glossary/new", FORM).location == "/glossary/terms/treve-2?touched=1"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"source": " "}, "A term needs its French text."),
        ({"r_text": ["", "", ""]}, "A term needs a preferred rendering"),
        ({"r_status": ["admitted", "admitted", "admitted"]}, "A term needs a preferred rendering"),
        ({"r_language": ["uk", "uk", "uk"]}, "A term has one preferred rendering in each language."),
        ({"r_text": ["truce", "а", "а"]}, "The same rendering stands there twice."),
        ({"r_language": ["de", "uk", "uk"]}, "Relais does not translate into “de”."),
        ({"r_status": ["x", "preferred", "admitted"]}, "The request cannot be understood."),
        ({"case": "x"}, "The request cannot be understood."),
        ({"r_forms": ["nonsense", "", ""]}, "Write forms as"),
    ],
)
def test_a_term_that_will_not_do_keeps_what_was_typed(visitor, database, change, sentence):
    response = visitor("olena").post("/glossary/new", {**FORM, **change})
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert sentence in page
    assert 'value="diplomacy"' in page
    with database.reading() as session:
        assert len(store.load(session)) == 2


def fields_of(page):
    """The form as a browser would send it back."""
    from lxml import html

    form = html.fromstring(page).forms
    own = next(f for f in form if "r_text" in dict(f.fields))
    data = {}
    for name, value in own.form_values():
        data.setdefault(name, []).append(value)
    data.pop("csrf_token")
    return data


def test_an_unchanged_form_changes_nothing(visitor, database):
    editor = visitor("olena")
    with database.reading() as session:
        before = store.get(session, "ceasefire")
    assert (
        editor.post(
            "/glossary/terms/ceasefire/edit", fields_of(editor.text("/glossary/terms/ceasefire/edit"))
        ).status_code
        == 302
    )
    with database.reading() as session:
        assert store.get(session, "ceasefire") == before
        assert len(history.of(session, "term", store.row_id(session, "ceasefire"))) == 1


def test_two_editors_at_one_term(visitor, database):
    first, second = visitor("olena"), visitor("roussel")
    path = "/glossary/terms/ceasefire/edit"
    mine, theirs = fields_of(first.text(path)), fields_of(second.text(path))
    mine["note"], theirs["note"] = ["mine"], ["theirs"]
    mine["reason"] = ["clearer"]
    assert first.post(path, mine).status_code == 302
    late = second.post(path, theirs)
    assert late.status_code == 409
    assert "theirs</textarea>" in late.get_data(as_text=True)
    assert second.post(path, {**fields_of(late.get_data(as_text=True))}).status_code == 302
    with database.reading() as session:
        assert store.get(session, "ceasefire").note == "theirs"
    page = first.text("/glossary/terms/ceasefire")
    assert "clearer" in page
    assert "<del>mine</del> <ins>theirs</ins>" in page


def test_a_term_out_of_use_is_shown_as_such(visitor):
    editor, path = visitor("olena"), "/glossary/terms/ceasefire/edit"
    fields = fields_of(editor.text(path))
    fields.pop("active")
    editor.post(path, fields)
    assert "not in use" in editor.text("/glossary/")


def test_a_change_shows_the_editions_it_touches_and_one_is_enforced_again(visitor, database, monkeypatch):
    sent = []
    monkeypatch.setattr(pages, "ask_to_reenforce", lambda *words, **more: sent.append((words, more)))
    seeded = seed_article(database)
    seed_article(database, state=State.PUBLISHED)
    browser = visitor("olena")
    response = browser.post("/glossary/new", FORM | {"source": "volontaires"})
    page = browser.text(response.headers["Location"])
    assert "This term touches 2 unpublished editions." in page
    number = seeded.editions["en"]
    assert f"/editions/{number}" in page
    key = response.headers["Location"].split("/")[-1].split("?")[0]
    assert browser.post(f"/glossary/terms/{key}/editions/{number}").status_code == 302
    ((words, more),) = sent
    assert words == (key, number)
    assert more["reason"] == f"glossary: {key}"
    assert browser.post(f"/glossary/terms/{key}/editions/{number + 90}").status_code == 404
    assert visitor("paul").post(f"/glossary/terms/{key}/editions/{number}").status_code == 403
    assert len(sent) == 1


def test_a_term_no_edition_holds_says_so_and_staff_are_not_asked(visitor):
    assert "No unpublished edition holds" in visitor("olena").text("/glossary/terms/ceasefire?touched=1")
    assert "npublished edition" not in visitor("paul").text("/glossary/terms/ceasefire?touched=1")


def test_contradictions_are_shown_in_a_list_and_on_the_terms_page(visitor):
    browser = visitor("olena")
    assert "does not contradict itself" in browser.text("/glossary/conflicts")
    response = browser.post("/glossary/new", FORM)  # « trêve »: its перемир’я is forbidden for « cessez-le-feu »
    for page in ("/glossary/conflicts", response.headers["Location"]):
        assert "one entry accepts what another forbids" in browser.text(page)
