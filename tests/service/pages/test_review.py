"""The review page: queue, cards, edits, conflicts, states."""

import re

import pytest
from sqlalchemy import select

from corpus import history
from corpus.memory import remember
from corpus.models import Bead, Edition, Hit, State
from corpus.spans import Span
from service.review.highlight import Lit, highlight
from tests.service.seeding import PROPOSAL, seed_article


def plain(html):
    return re.sub(r"<[^>]+>", "", html)


def bead_of(database, number):
    with database.reading() as session:
        return session.get_one(Bead, number)


def test_the_page_shows_the_queue_first_what_is_violated(visitor, article):
    page = visitor("olena").text(f"/review/{article.article}/en")
    queue = page[page.index('id="queue"') : page.index('id="beads"')]
    order = [queue.index(word) for word in ("cessez-le-feu", "⚑", "coalition des volontaires")]
    assert order == sorted(order)
    assert "0 of 5 sentences approved" in page
    assert '<mark class="hit violated" title="cessez-le-feu">truce</mark>' in page
    assert '<mark class="hit enforced" title="coalition des volontaires">coalition of the willing</mark>' in page
    assert page.count('class="card"') == 0


def test_a_card_opens_without_script_too(visitor, article):
    bead = article.beads["en"][3]
    page = visitor("olena").text(f"/review/{article.article}/en?bead={bead}")
    assert page.count('class="card"') == 1
    assert "<ins>ceasefire</ins>" in page
    assert f"/review/hits/{article.violated['en']}/accept" in page


def test_staff_see_the_page_but_no_buttons(visitor, article):
    page = visitor("paul").text(f"/review/{article.article}/en?bead={article.beads['en'][3]}")
    main = page[page.index("<main") :]
    assert "<form" not in main


def test_accepting_a_proposal(visitor, article, database):
    editor = visitor("olena")
    answer = editor.fetch(f"/review/hits/{article.violated['en']}/accept").get_json()
    number = article.beads["en"][3]
    assert bead_of(database, number).target == PROPOSAL["en"]
    assert set(answer) == {"rows", "head", "queue"}
    assert "in review" in answer["head"]
    assert "cessez-le-feu" not in answer["queue"].split("Enforced")[0]
    assert 'class="hit native"' in answer["rows"][str(number)]


def test_waiving_wants_a_reason_and_keeps_it(visitor, article, database):
    editor, number = visitor("olena"), article.violated["uk"]
    refused = editor.fetch(f"/review/hits/{number}/waive", {"reason": "  "})
    assert (refused.status_code, refused.get_json()["error"]["message"]) == (400, "say why the term is waived")
    assert editor.fetch(f"/review/hits/{number}/waive", {"reason": "a quotation"}).status_code == 200
    with database.reading() as session:
        hit = session.get_one(Hit, number)
        assert (hit.outcome, hit.reason) == ("waived", "a quotation")
    assert "a quotation" in editor.text(f"/review/{article.article}/uk?bead={article.beads['uk'][3]}")
    editor.post(f"/review/hits/{number}/reopen")
    with database.reading() as session:
        outcomes = session.scalars(select(Hit.outcome).where(Hit.bead_id == article.beads["uk"][3])).all()
    assert outcomes == ["violated"]


def test_waiving_a_term_everywhere_in_the_edition(visitor, database, users):
    from tests.service.seeding import BLOCKS, seed_terms

    seed_terms(database)
    blocks = [*BLOCKS, ("paragraph", ["Le cessez-le-feu est violé."])]
    with pytest.MonkeyPatch.context() as patch:
        import tests.service.seeding as seeding

        patch.setitem(seeding.TARGETS, "en", [*seeding.TARGETS["en"], "The truce is broken."])
        seeded = seed_article(database, blocks=blocks, languages=("en",))
    editor = visitor("olena")
    page = editor.text(f"/review/{seeded.article}/en?bead={seeded.beads['en'][3]}")
    assert "all 2 here" in page
    answer = editor.fetch(
        f"/review/hits/{seeded.violated['en']}/waive", {"reason": "house style", "all": "1"}
    ).get_json()
    assert len(answer["rows"]) == 2
    with database.reading() as session:
        assert "violated" not in session.scalars(select(Hit.outcome)).all()


def test_teaching_admits_the_rendering_used(visitor, article, database):
    editor = visitor("olena")
    assert editor.fetch(f"/review/hits/{article.violated['en']}/teach", {"rendering": " "}).status_code == 400
    answer = editor.fetch(f"/review/hits/{article.violated['en']}/teach", {"rendering": "truce"})
    assert answer.status_code == 200
    assert "truce" in editor.text("/glossary/terms/ceasefire")
    with database.reading() as session:
        outcomes = session.scalars(select(Hit.outcome).where(Hit.bead_id == article.beads["en"][3])).all()
    assert outcomes == ["native"]


def test_two_editors_at_one_sentence(visitor, article, database):
    """The later one sees both texts, loses nothing, and wins only by saving once more."""
    number, aubrac, roussel = article.beads["en"][0], visitor("olena"), visitor("roussel")
    revision = bead_of(database, number).revision
    first = aubrac.fetch(f"/review/beads/{number}/edit", {"revision": revision, "target": "The dyke holds."})
    assert first.status_code == 200
    late = {"revision": revision, "target": "The dam <holds>."}
    second = roussel.fetch(f"/review/beads/{number}/edit", late)
    assert second.status_code == 409
    row = second.get_json()["rows"][str(number)]
    assert "The dyke holds." in plain(row)
    assert "The dam &lt;holds&gt;.</textarea>" in row
    assert "someone else has changed" in row.lower()
    page = roussel.post(f"/review/beads/{number}/edit", late)  # the same without script
    assert page.status_code == 409
    assert "The dam &lt;holds&gt;.</textarea>" in page.get_data(as_text=True)
    assert bead_of(database, number).target == "The dyke holds."
    now = row.split('name="revision" value="')[1].split('"')[0]
    assert (
        roussel.fetch(f"/review/beads/{number}/edit", {"revision": now, "target": "The dam holds."}).status_code == 200
    )
    with database.reading() as session:
        changes = history.of(session, "bead", number)
    assert [(c.before["target"], c.after["target"]) for c in changes] == [
        ("The Mirval dam reopens", "The dyke holds."),
        ("The dyke holds.", "The dam holds."),
    ]
    assert "<del>dyke</del><ins>dam</ins>" in aubrac.text(f"/review/beads/{number}/history")


def test_an_empty_translation_is_refused_and_the_card_stays(visitor, article, database):
    number = article.beads["en"][0]
    response = visitor("olena").fetch(
        f"/review/beads/{number}/edit", {"revision": bead_of(database, number).revision, "target": " "}
    )
    assert response.status_code == 400
    assert "cannot be empty" in response.get_json()["rows"][str(number)]


def test_approving_saves_what_is_in_the_field(visitor, article, database):
    number, editor = article.beads["en"][1], visitor("olena")
    revision = bead_of(database, number).revision
    answer = editor.fetch(f"/review/beads/{number}/approve", {"revision": revision, "target": "Two years of work end."})
    assert answer.status_code == 200
    bead = bead_of(database, number)
    assert (bead.target, bead.approved_at is not None) == ("Two years of work end.", True)
    assert "1 of 5 sentences approved" in answer.get_json()["head"]


def test_undo_gives_the_text_before_back(visitor, article, database):
    number, editor = article.beads["en"][1], visitor("olena")
    before = bead_of(database, number)
    nothing = editor.fetch(f"/review/beads/{number}/undo", {"revision": before.revision})
    assert nothing.status_code == 409
    editor.fetch(f"/review/beads/{number}/edit", {"revision": before.revision, "target": "Changed."})
    undone = editor.fetch(f"/review/beads/{number}/undo", {"revision": bead_of(database, number).revision})
    assert undone.status_code == 200
    assert bead_of(database, number).target == before.target


def test_publishing_waits_for_violated_terms(visitor, article, database):
    editor, edition = visitor("olena"), article.editions["en"]

    def state():
        with database.reading() as session:
            return session.get_one(Edition, edition).state

    editor.post(f"/review/editions/{edition}/approve")
    assert state() is State.APPROVED
    refused = editor.post(f"/review/editions/{edition}/publish", follow_redirects=True)
    assert "1 violated term(s) must be decided before publishing" in refused.get_data(as_text=True)
    assert "disabled" in refused.get_data(as_text=True)
    editor.post(f"/review/hits/{article.violated['en']}/waive", {"reason": "a quotation"})
    editor.post(f"/review/editions/{edition}/approve")
    editor.post(f"/review/editions/{edition}/publish")
    assert state() is State.PUBLISHED
    editor.post(f"/review/editions/{edition}/withdraw")
    assert state() is State.WITHDRAWN
    assert editor.post(f"/review/editions/{edition}/burn").status_code == 404
    assert editor.post("/review/editions/99999/approve").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/review/99/en",
        "/review/{article}/de",
        "/review/{article}/en?version=9",
        "/review/beads/99999",
        "/review/beads/99999/history",
    ],
)
def test_what_is_not_there_is_404(visitor, article, path):
    assert visitor("olena").get(path.format(article=article.article)).status_code == 404


@pytest.mark.parametrize("path", ["/review/beads/99999/edit", "/review/hits/99999/accept", "/review/hits/99999/waive"])
def test_acting_on_what_is_not_there_is_404(visitor, article, path):
    assert visitor("olena").fetch(path, {"revision": 1, "target": "x", "reason": "y"}).status_code == 404


def test_a_revision_that_is_none_is_refused(visitor, article):
    assert visitor("olena").fetch(f"/review/beads/{article.beads['en'][0]}/edit", {"target": "x"}).status_code == 400


def test_texts_are_data(visitor, users, database):
    """Nothing an uploader wrote becomes markup."""
    blocks = [
        ("headline", ["<script>alert(1)</script> & co"]),
        ("paragraph", ['<img src=x onerror="a()"> <b>gras</b>']),
    ]
    seeded = seed_article(database, blocks=blocks, languages=("en",))
    for path in ("/desk/", f"/desk/articles/{seeded.article}", f"/review/{seeded.article}/en"):
        page = visitor("olena").text(path)
        assert "<script>alert" not in page, path
        assert "<img" not in page, path


@pytest.mark.parametrize(
    ("lit", "marks", "html"),
    [
        ([Lit(Span(0, 3), "native", "t")], [], '<mark class="hit native" title="t">a&lt;b</mark> c'),
        (
            [Lit(Span(2, 5), "enforced", '"')],
            [{"kind": "bold", "start": 0, "end": 3, "href": None}],
            '<strong>a&lt;</strong><mark class="hit enforced" title="&#34;"><strong>b</strong> c</mark>',
        ),
        (
            [Lit(Span(0, 3), "flag", ""), Lit(Span(2, 5), "violated", "t")],
            [],
            'a&lt;<mark class="hit violated" title="t">b c</mark>',
        ),
        ([], [{"kind": "link", "start": 0, "end": 1, "href": "javascript:a()"}], "a&lt;b c"),
    ],
)
def test_highlighting(lit, marks, html):
    assert str(highlight("a<b c", lit, marks)) == html


def test_a_correction_shows_what_it_changed(visitor, database, article):
    from tests.service.seeding import BLOCKS

    blocks = [*BLOCKS[:-1], ("list_item", ["Kiev a remercié les deux ingénieurs.", "Fin."])]
    later = seed_article(database, article_id=article.article, blocks=blocks, languages=("en",))
    page = visitor("olena").text(f"/review/{article.article}/en?bead={later.beads['en'][4]}")
    rows = page.split('<div class="bead ')[1:]
    marks = ["changed" if ">changed<" in row else "new" if ">new<" in row else "" for row in rows]
    assert marks == ["", "", "", "", "changed", "new"]
    assert "les<ins> deux</ins> ingénieurs" in rows[4] or "les <ins>deux </ins>ingénieurs" in rows[4]


def test_the_memory_offers_what_was_approved_elsewhere(visitor, database, users):
    known = seed_article(database, state=State.APPROVED)
    with database.writing() as session:
        remember(session, session.get_one(Edition, known.editions["en"]))
    blocks = [("paragraph", ["Kiev a remercié les <i> pompiers."]), ("paragraph", ["Rien de tel nulle part."])]
    alike, other = seed_article(database, blocks=blocks).beads["en"]
    page = visitor("olena").text(f"/review/beads/{alike}/offers")
    assert 'data-use="Kyiv thanked the engineers."' in page
    assert "&lt;" in page
    assert "<i>" not in page
    assert re.search(r"[6-9]\d%", page)
    assert "data-use" not in visitor("olena").text(f"/review/beads/{other}/offers")
    assert "data-use" not in visitor("olena").text(f"/review/beads/{known.beads['en'][4]}/offers")
    card = f"/review/{known.article}/en?bead={known.beads['en'][4]}"
    assert "data-offers" in visitor("olena").text(card)
    assert "data-offers" not in visitor("paul").text(card)
