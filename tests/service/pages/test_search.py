"""Search: the desk finds everything, readers what is published in their language, programs both sides of a bead."""

from datetime import timedelta

import pytest
from lxml import html

from corpus.editions import move
from corpus.memory import remember
from corpus.models import Article, Edition, State, now
from tests.service.seeding import seed_article, set_embargo
from tests.service.visitors import error_of


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ingenieurs", ["Kiev a remercié les <mark", ">ingénieurs</mark>"]),
        ("engineers", ["Kyiv thanked the <mark", ">engineers</mark>"]),
        ("триває", ["Перемир’я <mark", ">триває</mark>"]),
        ("barrage", [">barrage</mark> de Mirval"]),
    ],
)
def test_the_desk_finds_texts_and_sentences(visitor, article, query, words):
    page = visitor("paul").text(f"/desk/articles?q={query}")
    assert f"/desk/articles/{article.article}" in page
    assert "#bead-" in page
    assert all(word in page for word in words)


def test_a_headline_that_is_listed_is_not_listed_twice(visitor, article):
    page = html.fromstring(visitor("paul").text("/desk/articles?q=barrage"))
    assert len(page.xpath(f"//a[@class='title'][@href='/desk/articles/{article.article}']")) == 1


def test_what_is_searched_for_is_shown_as_text(visitor, database, users):
    seed_article(database, blocks=[("headline", ["Une balise"]), ("paragraph", ["La balise <b> rend gras."])])
    page = visitor("paul").text("/desk/articles?q=gras")
    assert "La balise &lt;b&gt; rend" in page
    assert "No article matches “&lt;i&gt;”" in visitor().text("/en/search?q=<i>")


def titles(visitor, path):
    return html.fromstring(visitor().text(path)).xpath("//article/h2/a/text()")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/fr/search?q=INGENIEURS", "Le barrage de Mirval rouvre"),
        ("/en/search?q=engin", "The Mirval dam reopens"),
        ("/uk/search?q=інженерам", "Гребля в Мірвалі знову працює"),
    ],
)
def test_readers_find_what_is_published(visitor, database, users, path, title):
    seed_article(database, state=State.PUBLISHED)
    seed_article(database, state=State.APPROVED)
    assert titles(visitor, path) == [title]
    assert '<mark class="match">' in visitor().text(path)


def test_the_header_leads_to_the_search(visitor, database, users):
    assert 'href="/uk/search"' in visitor().text("/uk/")
    page = html.fromstring(visitor().text("/uk/search"))
    assert page.xpath("//form[@role='search']//input/@name") == ["q"]
    assert page.xpath("//article") == []


@pytest.mark.parametrize("kind", ["machine", "approved", "embargo", "withdrawn edition", "withdrawn article"])
def test_what_is_not_public_is_not_found(visitor, database, users, kind):
    state = {"machine": State.MACHINE, "approved": State.APPROVED}.get(kind, State.PUBLISHED)
    seeded = seed_article(database, state=state)
    if kind == "embargo":
        set_embargo(database, seeded.article, now() + timedelta(hours=1))
    with database.writing() as session:
        if kind == "withdrawn edition":
            for number in seeded.editions.values():
                move(session, session.get_one(Edition, number), State.WITHDRAWN, actor_id=None)
        if kind == "withdrawn article":
            session.get_one(Article, seeded.article).withdrawn_at = now()
    for code, word in (("fr", "barrage"), ("en", "dam"), ("uk", "гребля"), ("en", "barrage"), ("fr", "dam")):
        page = visitor().text(f"/{code}/search?q={word}")
        assert "<article" not in page, (code, word)
        assert "irval" not in page


def test_an_edition_withdrawn_alone_is_not_found_nor_shown_through_another(visitor, database, users):
    seeded = seed_article(database, state=State.PUBLISHED)
    with database.writing() as session:
        move(session, session.get_one(Edition, seeded.editions["uk"]), State.WITHDRAWN, actor_id=None)
    assert titles(visitor, "/uk/search?q=barrage") == []
    assert titles(visitor, "/en/search?q=гребля") == []
    assert titles(visitor, "/en/search?q=barrage") == ["The Mirval dam reopens"]


def test_readers_results_are_paged(visitor, database, users, monkeypatch):
    monkeypatch.setattr("service.reader.searching.ON_PAGE", 1)
    for _ in range(2):
        seed_article(database, state=State.PUBLISHED)
    first, second = visitor().text("/en/search?q=dam"), visitor().text("/en/search?q=dam&page=2")
    assert (first.count("<article>"), second.count("<article>")) == (1, 1)
    assert "q=dam&amp;page=2" in first
    assert "page=3" not in second


def test_programs_search_both_sides(program, article):
    answer = program("paul").get("/search?q=engineers").get_json()
    assert [(b["bead"], b["side"], b["spans"]) for b in answer["beads"]] == [
        (article.beads["en"][4], "target", [[17, 26]])
    ]
    assert [(a["article"], a["language"]) for a in answer["articles"]] == [(article.article, "en")]
    of_uk = program("paul").get("/search?q=ingénieurs&language=uk").get_json()
    assert [b["bead"] for b in of_uk["beads"]] == [article.beads["uk"][4]]


@pytest.mark.parametrize("path", ["/search", "/search?q=a&language=de", "/memory?language=en", "/memory?source=x"])
def test_what_programs_leave_out_is_said(program, path):
    assert error_of(program("olena").get(path)) == (400, "bad_input")


def test_programs_ask_the_memory(program, database, users):
    seeded = seed_article(database, state=State.APPROVED)
    with database.writing() as session:
        remember(session, session.get_one(Edition, seeded.editions["en"]))
    answer = program("olena").get("/memory?language=en&source=Kiev a remercié les pompiers.").get_json()
    offer = answer["offers"][0]
    assert (offer["target"], offer["bead"]) == ("Kyiv thanked the engineers.", seeded.beads["en"][4])
    assert 65 <= offer["score"] < 100
    assert {"edit": "added", "text": "pompiers"} in offer["diff"]
