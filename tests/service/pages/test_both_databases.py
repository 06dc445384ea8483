"""Every page and every query behind it, on SQLite and on PostgreSQL."""

from itertools import count

import pytest

from corpus.models import State
from tests.conftest import _administer
from tests.service.seeding import seed_article, seed_terms

_numbers = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path, sqlite_template):
    if request.param == "sqlite":
        import shutil

        shutil.copy(sqlite_template, tmp_path / "relais.db")
        return f"sqlite:///{tmp_path / 'relais.db'}"
    server = request.getfixturevalue("postgresql_url")
    name = f"pages_{next(_numbers)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE template_relais")
    return f"{server}/{name}"


def test_a_walk_through_the_house(visitor, program, database, users):
    seed_terms(database)
    seeded, published = seed_article(database), seed_article(database, state=State.PUBLISHED, topic="Régions")
    seed_article(database, article_id=published.article, state=State.TRANSLATING)
    browser, client = visitor("claire"), program("olena")
    for path in (
        "/desk/", "/desk/articles?q=mirval", f"/desk/articles/{published.article}", f"/review/{seeded.article}/en",
        f"/review/{seeded.article}/uk?bead={seeded.beads['uk'][3]}", f"/review/beads/{seeded.beads['en'][0]}/history",
        "/glossary/?q=вогню", "/glossary/terms/ceasefire", "/glossary/terms/ceasefire/edit", "/figures/", "/accounts",
        "/en/search?q=dam", "/api/v1/search?q=dam", "/api/v1/memory?language=en&source=Le+barrage",
        "/account", "/en/", "/fr/", "/uk/feed.rss?topic=Régions", "/en/feed.atom", f"/en/articles/{published.article}",
        f"/uk/articles/{published.article}/side-by-side", f"/desk/progress?jobs={seeded.job}",
    ):  # fmt: skip
        assert browser.get(path).status_code == 200, path
    assert browser.fetch(f"/review/hits/{seeded.violated['en']}/accept").status_code == 200
    assert browser.fetch(f"/review/hits/{seeded.violated['uk']}/waive", {"reason": "x", "all": "1"}).status_code == 200
    path = f"/articles/{seeded.article}/editions/en"
    assert client.post(f"{path}/approve").status_code == 200
    assert client.post(f"{path}/publish").status_code == 200
    assert client.get("/articles").get_json()["articles"][-1]["published"] == {"en": 1}
    assert browser.sign_in("olena", "wrong").status_code in (302, 400)


def test_nothing_typed_into_a_search_is_a_query_of_the_database(visitor, program, database, users):
    seed_article(database, state=State.PUBLISHED)
    browser, client = visitor("claire"), program("olena")
    for typed in ('"*', "a OR b", "dam:*", "NEAR(", "'", "%25", "\\", "🙂", "́", "d" * 300, "barrage AND NOT dam"):
        for path in ("/desk/articles?q=", "/en/search?q=", "/uk/search?page=999999&q="):
            assert browser.get(path + typed).status_code == 200, (path, typed)
        for path in ("/search?q=", "/memory?language=uk&source="):
            assert client.get(path + typed).status_code == 200, (path, typed)
