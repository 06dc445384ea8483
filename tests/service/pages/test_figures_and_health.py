"""Figures, and whether everything lives."""

import time

from corpus.errors import Unavailable
from corpus.models import State
from service.figures.counts import counts
from tests.service.seeding import seed_article


def test_figures_count_what_is_there(visitor, article, database):
    with database.reading() as session:
        numbers = counts(session)
    assert (numbers["articles"], numbers["segments"], numbers["sentences"]) == (1, 5, 10)
    assert numbers["editions"] == {"en": {"machine": 1}, "uk": {"machine": 1}}
    assert numbers["outcomes"] == {"en": {"enforced": 1, "violated": 1}, "uk": {"enforced": 1, "violated": 1}}
    assert numbers["violated_terms"] == [("cessez-le-feu", "ceasefire", 2)]
    assert numbers["jobs"]["total"] == 1
    assert "cessez-le-feu</a> ×2" in visitor("paul").text("/figures/")


def test_figures_show_terms_by_week_and_what_editors_kept(visitor, article, database):
    page = visitor("paul").text("/figures/")
    assert "Terms, most violated first" in page
    assert page.index("cessez-le-feu</a></th>") < page.index("coalition des volontaires</a></th>")
    assert "Terms week by week" in page
    assert "1 − TERm" not in page
    seed_article(database, state=State.APPROVED)
    assert "1 − TERm" in visitor("paul").text("/figures/")


def test_figures_of_an_empty_house(visitor):
    assert "—" in visitor("paul").text("/figures/")


def test_health_is_about_web_and_database(visitor, database, monkeypatch):
    monkeypatch.setattr("service.health.check_broker", lambda: None)
    response = visitor().get("/healthz")
    assert (response.status_code, response.get_json()) == (200, {"web": "ok", "database": "ok", "broker": "ok"})

    def down():
        raise Unavailable("gone")

    monkeypatch.setattr("service.health.check_broker", down)
    response = visitor().get("/healthz")
    assert (response.status_code, response.get_json()["broker"]) == (200, "down")
    monkeypatch.setattr(type(database), "reading", lambda _self: down())
    response = visitor().get("/healthz")
    assert (response.status_code, response.get_json()["database"]) == (503, "down")


def test_a_queue_that_does_not_answer_does_not_hold_up_the_answer(visitor, monkeypatch):
    monkeypatch.setattr("service.health.BROKER_SECONDS", 0.05)
    monkeypatch.setattr("service.health.check_broker", lambda: time.sleep(0.5))
    assert visitor().get("/healthz").get_json()["broker"] == "down"


def test_a_database_that_is_gone_is_503_in_words(visitor, database, monkeypatch):
    browser = visitor()

    def down(_self):
        raise Unavailable("the database cannot be reached: %(reason)s", reason="gone")

    monkeypatch.setattr(type(database), "reading", down)
    response = browser.get("/en/")
    assert response.status_code == 503
    assert "The database cannot be reached: gone." in response.get_data(as_text=True)
