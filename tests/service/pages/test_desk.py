"""The desk: uploads, previews, lists, progress, corrections."""

import io
import json

import pytest
from sqlalchemy import func, select

from corpus.articles import get_version
from corpus.errors import Unavailable
from corpus.jobs import create_job, fail_job, get_job
from corpus.models import Article, Edition, Job, JobState, State, Version
from service.streams import _slots
from tests.service.seeding import seed_article, seed_terms

TEXT = """Aller au contenu

Le pont de Mirval rouvre aux camions

Après deux ans de travaux, la circulation reprend lundi sur le pont.

Le maire a remercié les ouvriers. Il n’a pas dit combien ils étaient.

Partager sur Facebook
"""


def count(database, column=Article.id):
    with database.reading() as session:
        return session.scalar(select(func.count(column)))


def upload(**fields):
    return {"text": TEXT, "to": ["en", "uk"], **fields}


def test_the_preview_tells_what_is_found_and_what_is_set_aside(visitor):
    page = visitor("paul").fetch("/desk/preview", {"text": TEXT}).get_data(as_text=True)
    assert "headline, 2 paragraphs" in page
    assert "2 pieces set aside" in page
    assert "Aller au contenu" in page
    assert "Skip link" in page


def test_set_aside_pieces_come_back_one_by_one(visitor, queue, database):
    browser = visitor("paul")
    page = browser.fetch("/desk/preview", {"text": TEXT, "restore": ["1"]}).get_data(as_text=True)
    assert "headline, 3 paragraphs" in page
    digest = page.split('name="read" value="')[1].split('"')[0]
    sent = browser.post("/desk/articles", upload(restore=["1"], read=digest))
    assert sent.status_code == 302
    with database.reading() as session:
        version = session.scalars(select(Version)).one()
        assert [b.span.of(version.text) for b in version.blocks][-1] == "Partager sur Facebook"
        assert [piece["text"] for piece in version.set_aside] == ["Aller au contenu"]


def test_pieces_of_another_text_are_not_restored(visitor, queue, database):
    response = visitor("paul").post("/desk/articles", upload(restore=["1"], read="of another text"))
    assert response.status_code == 200
    assert "2 pieces set aside" in response.get_data(as_text=True)
    assert count(database) == 0


def test_an_upload_is_stored_with_its_job_and_the_workers_are_told(visitor, queue, database, users):
    browser = visitor("paul")
    fields = upload(
        title="Mirval : le pont", topic="Régions", byline="A. Aubrac", embargo="2031-05-13T06:00", once="abc"
    )
    response = browser.post("/desk/articles", fields, follow_redirects=True)
    assert "Sent. You can follow the translation here." in response.get_data(as_text=True)
    with database.reading() as session:
        article = session.scalars(select(Article)).one()
        job = session.scalars(select(Job)).one()
        assert (article.title, article.topic, article.byline) == ("Mirval : le pont", "Régions", "A. Aubrac")
        assert article.embargo.isoformat() == "2031-05-13T04:00:00+00:00"  # 06:00 in Paris
        assert article.created_by_id == users["paul"]
        assert (job.languages, job.state) == (["en", "uk"], JobState.QUEUED)
    assert len(list(queue.iterdir())) == 1
    browser.post("/desk/articles", fields)  # the form sent twice
    assert count(database) == 1


def test_the_queue_being_down_is_said_and_nothing_is_stored(visitor, queue, database, monkeypatch):
    def down():
        raise Unavailable("the queue cannot be reached: %(reason)s", reason="refused")

    monkeypatch.setattr("worker.submission.check_broker", down)
    response = visitor("paul").post("/desk/articles", upload())
    assert response.status_code == 503
    page = response.get_data(as_text=True)
    assert "The queue cannot be reached: refused." in page
    assert "Le maire a remercié" in page
    assert count(database) == 0


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"text": "  "}, 400, "There is no text to translate."),
        ({"to": []}, 400, "Choose at least one language"),
        ({"to": ["de"]}, 400, "Relais does not translate into “de”."),
        ({"embargo": "tomorrow"}, 400, "“tomorrow” is not a date and time."),
        ({"text": "é" * 1_100_000}, 413, "the limit is 2 MB"),
        ({"text": "…"}, 400, "No text to translate was found"),
    ],
)
def test_what_cannot_be_sent_is_said_and_the_text_stays(visitor, queue, database, fields, status, sentence):
    response = visitor("paul").post("/desk/articles", upload(**fields))
    page = response.get_data(as_text=True)
    assert response.status_code == status
    assert sentence in page
    assert fields.get("text", TEXT).strip()[-10:] in page
    assert count(database) == 0


@pytest.mark.parametrize("name", ["стаття.txt", "Élections à Mirval.TXT", "../../etc/passwd.txt"])
def test_a_file_keeps_its_name_and_no_more_than_that(visitor, queue, database, name):
    response = visitor("paul").post("/desk/articles", upload(text="", file=(io.BytesIO(TEXT.encode()), name)))
    assert response.status_code == 302
    with database.reading() as session:
        assert session.scalars(select(Version.filename)).one() == name.rsplit("/", 1)[-1]


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [(b"", "a.txt", ""), (b"MZ\x90\x00\x03\x00\x00\x00", "a.exe", ""), (b"Bonjour.", "a.txt", "Both.")],
)
def test_files_that_will_not_do(visitor, queue, database, data, name, text):
    response = visitor("paul").post("/desk/articles", upload(text=text, file=(io.BytesIO(data), name)))
    assert response.status_code == 400
    assert 'role="alert"' in response.get_data(as_text=True)
    assert count(database) == 0


def test_an_upload_over_the_limit_is_413_as_form_and_file_alike(app, visitor, database):
    app.config.update(MAX_CONTENT_LENGTH=100_000, MAX_FORM_MEMORY_SIZE=100_000)
    browser = visitor("paul")
    for fields in (upload(text="é" * 60_000), upload(text="", file=(io.BytesIO(b"a" * 120_000), "a.txt"))):
        response = browser.client.post("/desk/articles", data={**fields, "csrf_token": browser.token})
        assert response.status_code == 413
        assert "larger than the limit" in response.get_data(as_text=True)
    allowed = upload(text="é" * 40_000, csrf_token=browser.token)
    assert browser.client.post("/desk/preview", data=allowed, content_type="multipart/form-data").status_code == 200


def test_the_lists_say_where_everything_stands(visitor, database, users):
    seed_terms(database)
    ready = seed_article(database)
    work = seed_article(database, state=State.TRANSLATING, sample=True)
    published = seed_article(database, state=State.PUBLISHED)
    seed_article(database, article_id=published.article, languages=("en",), state=State.TRANSLATING)
    page = visitor("paul").text("/desk/")
    parts = {
        key: page.split(f'<section id="{key}" data-live>')[1].split("</section>")[0]
        for key in ("work", "ready", "published")
    }
    assert f"/desk/articles/{work.article}" in parts["work"]
    assert "0/5" in parts["work"]
    assert "Fictional sample" in parts["work"]
    assert f"/review/{ready.article}/en" in parts["ready"]
    assert "2 to check" in parts["ready"]
    assert "Published: EN v1, УК v1. The original was corrected" in parts["work"]


def test_the_list_of_articles_is_searched_and_paged(visitor, database, users, monkeypatch):
    monkeypatch.setattr("service.desk.home.ON_PAGE", 2)
    for name in ("Alpha", "Beta", "Gamma"):
        seed_article(database, blocks=[("headline", [f"{name} 100 %"])], topic="Régions")
    browser = visitor("paul")
    first = browser.text("/desk/articles")
    assert "Gamma" in first
    assert "Alpha" not in first
    assert "Alpha" in browser.text("/desk/articles?before=2")
    found = browser.text("/desk/articles?q=beta+régions")
    assert "Beta" in found
    assert "Gamma" not in found
    assert "No article matches" in browser.text("/desk/articles?q=<nowhere>")


def test_a_failed_job_is_one_sentence_and_a_button(visitor, database, users, queue):
    seeded = seed_article(database, state=State.TRANSLATING)
    with database.writing() as session:
        fail_job(get_job(session, seeded.job), "fr→en", "no package for the route fr→en is installed")
    browser = visitor("paul")
    for path in ("/desk/", f"/desk/articles/{seeded.article}"):
        assert "The translation stopped: no package for the route fr→en is installed" in browser.text(path)
    assert browser.post(f"/desk/jobs/{seeded.job}/retry").status_code == 302
    with database.reading() as session:
        assert get_job(session, seeded.job).state is JobState.RUNNING
    assert len(list(queue.iterdir())) == 1
    assert browser.post("/desk/jobs/none/retry").status_code == 404


def test_a_correction_is_the_next_version(visitor, database, users, queue):
    seeded = seed_article(database, state=State.PUBLISHED)
    browser = visitor("paul")
    assert "Unchanged sentences keep their translation" in browser.text(f"/desk/articles/{seeded.article}/correct")
    assert browser.post(f"/desk/articles/{seeded.article}/versions", upload()).status_code == 302
    page = browser.text(f"/desk/articles/{seeded.article}")
    assert "Version 2" in page
    assert page.index("Version 2") < page.index("Version 1")
    assert browser.post("/desk/articles/99/versions", upload()).status_code == 404


def test_withdrawing_an_article_wants_a_reason_and_ends_everything(visitor, database, users, queue):
    seeded = seed_article(database, state=State.PUBLISHED)
    editor, path = visitor("olena"), f"/desk/articles/{seeded.article}"
    with database.writing() as session:
        job = create_job(session, get_version(session, seeded.article), ["uk"]).key
    assert editor.post(f"{path}/withdraw", {"reason": " "}).status_code == 400
    assert editor.post(f"{path}/withdraw", {"reason": "killed by the agency"}).status_code == 302
    with database.reading() as session:
        assert set(session.scalars(select(Edition.state))) == {State.WITHDRAWN}
        assert get_job(session, job).state is JobState.CANCELLED
    assert "killed by the agency" in editor.text(path)
    assert editor.get(f"{path}/correct").status_code == 410
    assert editor.post(f"{path}/versions", upload()).status_code == 410


def test_progress_once_and_as_events(visitor, database, users):
    done, waiting = seed_article(database), seed_article(database, state=State.TRANSLATING)
    browser = visitor("paul")
    states = browser.get(f"/desk/progress?jobs={done.job},{waiting.job},unknown").get_json()
    assert [(s["state"], s["editions"]["en"], s["segments_total"]) for s in states] == [
        ("done", 5, 5),
        ("running", 0, 5),
    ]
    response = browser.get(f"/desk/progress/events?jobs={done.job}")
    assert response.mimetype == "text/event-stream"
    events = response.get_data(as_text=True)
    sent = json.loads(events.split("event: progress\ndata: ")[1].split("\n")[0])
    assert sent[0]["job"] == done.job
    assert events.rstrip().endswith("event: done\ndata: {}")


def test_a_stream_ends_after_its_time_though_the_job_goes_on(visitor, database, users, app):
    from dataclasses import replace

    app.extensions["relais_settings"] = replace(app.extensions["relais_settings"], stream_seconds=0.1)
    waiting = seed_article(database, state=State.TRANSLATING)
    events = visitor("paul").get(f"/desk/progress/events?jobs={waiting.job}").get_data(as_text=True)
    assert "event: progress" in events
    assert "event: done" not in events
    assert events.startswith("retry: ")


def test_streams_never_take_all_threads(visitor, database, users, app):
    waiting = seed_article(database, state=State.TRANSLATING)
    browser, path = visitor("paul"), f"/desk/progress/events?jobs={waiting.job}"
    with app.test_request_context():
        slots = _slots(app)
    open_streams = [browser.client.get(path, buffered=False) for _ in range(12)]
    assert [r.status_code for r in open_streams] == [200] * 12
    assert browser.get(path).status_code == 503
    for response in open_streams:
        response.close()
    assert slots.acquire(blocking=False)
    slots.release()
    assert browser.client.get(path, buffered=False).status_code == 200


def test_a_headline_typed_by_hand_stands_over_a_text_that_has_none(visitor, queue, database):
    text = "Après deux ans de travaux, la circulation reprend lundi sur le pont de Mirval, a dit le maire.\n\nFin."
    visitor("paul").post("/desk/articles", upload(text=f"{text}\n\nPartager sur Facebook", title="Le  pont\nrouvre"))
    with database.reading() as session:
        version = session.scalars(select(Version)).one()
        blocks = [(block.kind, block.span.of(version.text)) for block in version.blocks]
        assert blocks[0] == ("headline", "Le pont rouvre")
        assert blocks[1] == ("paragraph", text.split("\n", maxsplit=1)[0])
        piece = version.set_aside[0]
        assert version.text[piece["start"] : piece["end"]] == "Partager sur Facebook"


def test_a_correction_begins_with_the_text_as_it_is(visitor, database, users):
    seeded = seed_article(database)
    page = visitor("paul").text(f"/desk/articles/{seeded.article}/correct")
    assert "Le cessez-le-feu tient depuis lundi." in page.split("<textarea")[1].split("</textarea>")[0]
