"""The JSON API: uploads, jobs, editions, beads; every error in its form."""

import io
import json

import pytest
from sqlalchemy import func, select

from corpus.models import Article, Job, Token, User, Version, now
from tests.service.seeding import PROPOSAL, seed_article
from tests.service.visitors import error_of

TEXT = "Le pont de Mirval rouvre\n\nAprès deux ans de travaux, la circulation reprend lundi sur le pont.\n"


def count(database):
    with database.reading() as session:
        return session.scalar(select(func.count(Article.id)))


def test_an_upload_as_json_is_accepted_and_its_job_can_be_asked(program, queue, database):
    client = program("paul")
    body = {
        "text": TEXT,
        "topic": "Régions",
        "external_id": "cms-41",
        "embargo": "2031-05-13T06:00:00+02:00",
        "to": ["uk"],
    }
    response = client.post("/articles", json=body)
    assert response.status_code == 202
    answer = response.get_json()
    assert response.headers["Location"] == answer["job_url"] == f"/api/v1/jobs/{answer['job']}"
    job = client.get(f"/jobs/{answer['job']}").get_json()
    assert (job["state"], job["article"], job["editions"]) == ("queued", answer["article"], {"uk": 0})
    article = client.get("/articles/cms-41").get_json()
    assert article["title"] == "Le pont de Mirval rouvre"
    assert article["embargo"] == "2031-05-13T04:00:00+00:00"
    assert list(article["editions"]) == ["uk"]
    assert client.get(f"/articles/{answer['article']}").get_json() == article


def test_an_upload_as_a_file(program, queue, database):
    data = {"file": (io.BytesIO(TEXT.encode()), "новина.md"), "to": "en,uk", "sample": "true", "title": "Pont"}
    response = program("paul").post("/articles", data=data)
    assert response.status_code == 202
    with database.reading() as session:
        version = session.scalars(select(Version)).one()
        assert (version.filename, version.format, version.title) == ("новина.md", "markdown", "Pont")
        assert version.article.sample


def test_the_same_key_gives_the_same_answer_and_another_text_a_conflict(program, queue, database):
    client, headers = program("paul"), {"Idempotency-Key": "abc"}
    first = client.post("/articles", json={"text": TEXT}, headers=headers)
    again = client.post("/articles", json={"text": TEXT}, headers=headers)
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.get_json() == again.get_json()
    assert error_of(client.post("/articles", json={"text": TEXT + "\nFin."}, headers=headers)) == (409, "conflict")
    assert count(database) == 1
    assert error_of(client.post("/articles", json={"text": TEXT}, headers={"Idempotency-Key": "k" * 201}))[0] == 400


def test_a_correction(program, queue, database):
    client = program("paul")
    first = client.post("/articles", json={"text": TEXT, "external_id": "cms-7"}).get_json()
    second = client.post("/articles/cms-7/versions", json={"text": TEXT + "\nFin du chantier.\n"})
    assert (second.get_json()["article"], second.get_json()["version"]) == (first["article"], 2)
    assert error_of(client.post("/articles/99/versions", json={"text": TEXT})) == (404, "not_found")


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"json": {"text": "  "}}, 422, "unprocessable"),
        ({"json": {}}, 422, "unprocessable"),
        ({"json": {"text": TEXT, "to": ["de"]}}, 422, "unprocessable"),
        ({"json": {"text": TEXT, "to": []}}, 422, "unprocessable"),
        ({"json": {"text": TEXT, "restore": [5]}}, 404, "not_found"),
        ({"json": {"text": 5}}, 422, "unprocessable"),
        ({"json": {"text": TEXT, "sample": "yes"}}, 400, "bad_input"),
        ({"json": {"text": TEXT, "embargo": "soon"}}, 400, "bad_input"),
        ({"json": [TEXT]}, 400, "bad_input"),
        ({"data": "{", "content_type": "application/json"}, 400, "bad_input"),
        ({"data": TEXT, "content_type": "text/plain"}, 415, "unsupported_media_type"),
        ({"data": {"text": TEXT}}, 415, "unsupported_media_type"),
        ({"data": {"file": (io.BytesIO(b"MZ\x00\x01\x02"), "a.exe")}}, 422, "unprocessable"),
        ({"json": {"text": "é" * 1_100_000}}, 413, "too_large"),
    ],
)
def test_what_is_refused_says_why_and_stores_nothing(program, queue, database, options, status, code):
    assert error_of(program("paul").post("/articles", **options)) == (status, code)
    assert count(database) == 0


def test_a_taken_number_is_a_conflict(program, queue, database):
    client = program("paul")
    assert client.post("/articles", json={"text": TEXT, "external_id": "7a"}).status_code == 202
    assert error_of(client.post("/articles", json={"text": TEXT, "external_id": "7a"})) == (409, "conflict")


def test_over_the_limit_is_413_in_json(app, program, queue):
    app.config.update(MAX_CONTENT_LENGTH=50_000)
    client = program("paul")
    response = client.post("/articles", json={"text": "a" * 60_000})
    assert error_of(response) == (413, "too_large")
    file = {"file": (io.BytesIO(b"a" * 60_000), "a.txt")}
    assert error_of(client.post("/articles", data=file)) == (413, "too_large")


def test_too_many_uploads_are_slowed_down(app, program, queue):
    from dataclasses import replace

    app.extensions["relais_settings"] = replace(app.extensions["relais_settings"], uploads_per_minute=2)
    client = program("paul")
    answers = [client.post("/articles", json={"text": TEXT}) for _ in range(3)]
    assert [a.status_code for a in answers] == [202, 202, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert program("olena").post("/articles", json={"text": TEXT}).status_code == 202


def test_errors_speak_the_callers_language(program):
    response = program("paul").get("/jobs/none", headers={"Accept-Language": "uk"})
    assert response.get_json()["error"]["message"] == "завдання none немає"


@pytest.mark.parametrize(
    "path",
    ["/jobs/none", "/jobs/none/events", "/articles/99", "/articles/99/editions/en", "/beads/99999/history", "/nothing"],
)
def test_what_is_not_there_is_404(program, path):
    assert error_of(program("paul").get(path)) == (404, "not_found")


def test_a_wrong_method_is_405(program):
    assert error_of(program("paul").call("DELETE", "/articles")) == (405, "method_not_allowed")


def test_articles_are_listed_a_page_at_a_time(program, database, users):
    for _ in range(3):
        seed_article(database)
    client = program("paul")
    page = client.get("/articles?limit=2").get_json()
    assert [a["article"] for a in page["articles"]] == [3, 2]
    assert page["articles"][0]["editions"]["en"] == {
        "state": "machine",
        "segments_done": 5,
        "segments_total": 5,
        "to_check": 2,
        "url": "/api/v1/articles/3/editions/en",
    }
    rest = client.get(f"/articles?limit=2&before={page['next']}").get_json()
    assert ([a["article"] for a in rest["articles"]], rest["next"]) == ([1], None)


def test_an_edition_is_as_the_command_line_shows_it(program, article, database):
    from corpus.articles import get_version
    from corpus.editions import beads_of, get_edition
    from corpus.views import edition_view, source_view

    answer = program("paul").get(f"/articles/{article.article}/editions/uk?version=1").get_json()
    assert list(answer) == ["article", "version", "source", "edition"]
    with database.reading() as session:
        version = get_version(session, article.article, 1)
        edition = get_edition(session, version.id, "uk")
        assert answer["source"] == source_view(version)
        assert answer["edition"] == edition_view(edition, beads_of(session, edition.id))
    assert [bead["source"] for bead in answer["edition"]["beads"]] == [[0], [1], [2], [3], [4]]


def test_events_of_a_job(program, article):
    response = program("paul").get(f"/jobs/{article.job}/events")
    assert response.mimetype == "text/event-stream"
    event = response.get_data(as_text=True).split("data: ")[1].split("\n")[0]
    assert json.loads(event)["segments_done"] == 5


def test_an_editors_work_through_the_api(program, article, database):
    client, number = program("olena"), article.beads["en"][3]
    bead = client.post(f"/hits/{article.violated['en']}/accept").get_json()
    assert (bead["target"], bead["origin"]) == (PROPOSAL["en"], "human")
    stale = client.call("PATCH", f"/beads/{number}", json={"revision": bead["revision"] - 1, "target": "Late."})
    assert error_of(stale) == (409, "conflict")
    edited = client.call(
        "PATCH", f"/beads/{number}", json={"revision": bead["revision"], "target": "The ceasefire holds."}
    )
    assert edited.get_json()["target"] == "The ceasefire holds."
    undone = client.post(f"/beads/{number}/undo", json={"revision": edited.get_json()["revision"]}).get_json()
    assert undone["target"] == PROPOSAL["en"]
    approved = client.post(f"/beads/{number}/approve", json={"revision": undone["revision"]}).get_json()
    assert approved["approved"]
    lines = client.get(f"/beads/{number}/history").get_json()["history"]
    assert [line["action"] for line in lines] == ["accept proposal", "edit", "undo", "approve"]
    assert {line["by"] for line in lines} == {"olena"}
    waived = client.post(f"/hits/{article.violated['uk']}/waive", json={"reason": "a quotation"}).get_json()
    assert waived["hits"][0]["outcome"] == "waived"
    path = f"/articles/{article.article}/editions/en"
    assert client.post(f"{path}/approve").get_json()["state"] == "approved"
    assert client.post(f"{path}/publish").get_json()["state"] == "published"
    assert error_of(client.post(f"{path}/approve")) == (409, "conflict")
    assert error_of(client.post(f"{path}/burn")) == (404, "not_found")


def test_publishing_with_a_violated_term_is_a_conflict(program, article):
    client = program("olena")
    client.post(f"/articles/{article.article}/editions/en/approve")
    refused = client.post(f"/articles/{article.article}/editions/en/publish")
    assert error_of(refused) == (409, "conflict")
    assert "1 violated" in refused.get_json()["error"]["message"]


def test_teaching_through_the_api(program, article):
    client = program("olena")
    bead = client.post(f"/hits/{article.violated['en']}/teach", json={"rendering": "truce"}).get_json()
    assert [hit["outcome"] for hit in bead["hits"]] == ["native"]


@pytest.mark.parametrize(
    "body", [{}, {"revision": "1", "target": "x"}, {"revision": True, "target": "x"}, {"revision": 1, "target": 5}]
)
def test_a_malformed_edit_is_400(program, article, body):
    response = program("olena").call("PATCH", f"/beads/{article.beads['en'][0]}", json=body)
    assert error_of(response) == (400, "bad_input")


def test_a_token_notes_its_use_now_and_then_only(program, database):
    client = program("paul")
    client.get("/articles")
    with database.reading() as session:
        first = session.scalars(select(Token.last_used_at)).one()
    client.get("/articles")
    with database.reading() as session:
        assert session.scalars(select(Token.last_used_at)).one() == first
        assert first <= now()


def test_an_unexpected_fault_tells_nothing_of_the_inside(program, app, monkeypatch):
    def broken(*_args, **_options):
        raise ValueError("secret detail")

    monkeypatch.setattr("service.api.articles.newest_articles", broken)
    response = program("paul").get("/articles")
    assert error_of(response) == (500, "error")
    assert "secret" not in response.get_data(as_text=True)


def test_jobs_remember_who_sent_them(program, queue, database, users):
    program("paul").post("/articles", json={"text": TEXT})
    with database.reading() as session:
        job = session.scalars(select(Job)).one()
        assert session.get_one(User, job.created_by_id).login == "paul"


def test_a_refused_upload_is_read_to_its_end(app, program):
    """Closing the connection under a sender who is still sending would lose the answer."""
    app.config.update(MAX_CONTENT_LENGTH=50_000)
    stream = io.BytesIO(b"a" * 300_000)
    options = {"input_stream": stream, "content_type": "application/json", "content_length": 300_000}
    assert error_of(program("paul").post("/articles", **options)) == (413, "too_large")
    assert stream.tell() == 300_000
