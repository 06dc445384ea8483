"""A day in the newsroom, in a browser: upload, review, publish, read."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from corpus.jobs import finish_job, get_job
from corpus.memory import remember
from corpus.models import Bead, Edition, State, Version
from tests.service.seeding import PROPOSAL, seed_article

pytestmark = pytest.mark.browser

TEXT = """Aller au contenu

Le pont de Mirval rouvre aux camions

Après deux ans de travaux, la circulation reprend lundi sur le pont.

Partager sur Facebook
"""


@pytest.fixture
def sent(monkeypatch):
    """Uploads are stored; no package and no queue is needed for that here."""
    monkeypatch.setattr("worker.submission.route", lambda *_: None)
    monkeypatch.setattr("worker.submission.check_broker", lambda: None)
    announced = []
    monkeypatch.setattr("worker.submission.announce", announced.append)
    return announced


def test_pasting_previewing_restoring_and_sending(visit, store, sent):
    page = visit("paul")
    page.fill("#text", TEXT)
    expect(page.locator("#found")).to_contain_text("headline, 1 paragraph")
    page.click("#found summary")
    page.locator("#found li", has_text="Partager sur Facebook").get_by_role("checkbox").check()
    expect(page.locator("#found")).to_contain_text("headline, 2 paragraphs")
    page.fill("#topic", "Régions")
    page.click("#send")
    expect(page.locator("h1")).to_have_text("Le pont de Mirval rouvre aux camions")
    expect(page.get_by_role("status").first).to_contain_text("Sent.")
    with store.reading() as session:
        version = session.scalars(select(Version)).one()
        assert version.blocks[-1].span.of(version.text) == "Partager sur Facebook"
    assert len(sent) == 1


def test_a_file_is_dropped_on_the_form(visit, store, sent, tmp_path: Path):
    page = visit("paul")
    data = page.evaluate_handle(
        "text => { const data = new DataTransfer(); data.items.add(new File([text], 'новина.txt')); return data; }",
        TEXT,
    )
    page.dispatch_event(".drop", "drop", {"dataTransfer": data})
    expect(page.locator("#found")).to_contain_text("2 pieces set aside")
    page.click("#send")
    expect(page.locator("main")).to_contain_text("новина.txt")


def test_what_is_wrong_is_said_before_sending(visit):
    page = visit("paul")
    page.set_input_files("#file", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"MZ\x00\x01"})
    expect(page.get_by_role("alert")).to_be_visible()
    page.click("#no-file")
    expect(page.locator("#found")).to_be_empty()


def test_progress_is_live_and_the_lists_follow(visit, store):
    seeded = seed_article(store, state=State.TRANSLATING)
    page = visit("paul")
    work = page.locator("#work .edition[data-edition=en]")
    expect(work).to_contain_text("0/5")
    with store.writing() as session:
        from corpus.editions import store_beads
        from tests.service.seeding import BLOCKS, _beads

        edition = session.get_one(Edition, seeded.editions["en"])
        store_beads(session, edition, _beads("en", [s for _, group in BLOCKS for s in group])[:3])
    expect(work).to_contain_text("3/5")
    page.fill("#topic", "being typed")
    page.focus("#topic")
    with store.writing() as session:
        finish_job(session, get_job(session, seeded.job))
    expect(page.locator("#ready")).to_contain_text("Le barrage de Mirval rouvre")
    expect(page.locator("#topic")).to_have_value("being typed")


def test_progress_falls_back_to_asking(visit, store):
    seeded = seed_article(store, state=State.TRANSLATING)
    page = visit("paul")
    page.route("**/progress/events*", lambda route: route.fulfill(status=503))
    page.goto("/desk/")
    with store.writing() as session:
        finish_job(session, get_job(session, seeded.job))
    expect(page.locator("#ready")).to_contain_text("Le barrage de Mirval rouvre")


def test_review_by_keyboard_until_it_is_read(visit, store):
    seeded = seed_article(store, languages=("en",))
    page = visit("olena")
    page.goto(f"/review/{seeded.article}/en")
    page.keyboard.press("j")
    card = page.locator(".bead.current .card")
    expect(card).to_contain_text("cessez-le-feu")
    page.keyboard.press("a")
    expect(page.locator(".bead.current .text").last).to_have_text(PROPOSAL["en"])
    expect(page.locator("#head")).not_to_contain_text("violated")
    page.keyboard.press("e")
    field = card.locator("textarea")
    expect(field).to_be_focused()
    field.fill("The ceasefire has held since Monday morning.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".bead.current .text").last).to_have_text("The ceasefire has held since Monday morning.")
    page.keyboard.press("s")
    expect(page.locator("#head")).to_contain_text("1 of 5 sentences approved")
    page.locator(".bead.current [data-history]").click()
    expect(page.locator(".history")).to_contain_text("Olena")
    expect(page.locator(".history ins").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".card")).to_have_count(0)
    page.click("#head button:has-text('Approve')")
    page.click("#head button:has-text('Publish')")
    expect(page.locator("main")).to_contain_text("Published. Readers see it from now on.")
    reader = visit()
    reader.goto(f"/en/articles/{seeded.article}")
    expect(reader.locator("article")).to_contain_text("The ceasefire has held since Monday morning.")
    reader.click("text=Read side by side with the original")
    expect(reader.locator(".pair.headline")).to_contain_text("Le barrage de Mirval rouvre")


def test_keys_work_on_a_ukrainian_keyboard(visit, store):
    seeded = seed_article(store, languages=("uk",))
    page = visit("olena")
    page.goto(f"/review/{seeded.article}/uk")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'о', code: 'KeyJ', bubbles: true}))")
    expect(page.locator(".bead.current .card")).to_contain_text("cessez-le-feu")


def test_waiving_and_teaching_from_the_card(visit, store):
    seeded = seed_article(store)
    page = visit("olena")
    page.goto(f"/review/{seeded.article}/en")
    page.keyboard.press("j")
    page.locator(".bead.current .card").wait_for()
    page.keyboard.press("w")
    page.keyboard.type("a quotation")
    page.keyboard.press("Enter")
    expect(page.locator("#queue")).to_contain_text("Waived")
    page.goto(f"/review/{seeded.article}/uk")
    page.keyboard.press("j")
    page.locator(".bead.current .card").wait_for()
    page.keyboard.press("t")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_be_visible()  # перемир’я is forbidden, and so it stays
    expect(page.locator("#queue .letter.violated")).to_have_count(1)


def test_two_editors_at_one_sentence_and_nothing_is_lost(visit, store):
    seeded = seed_article(store, languages=("en",))
    number = seeded.beads["en"][0]
    aubrac, roussel = visit("olena"), visit("roussel")
    for page in (aubrac, roussel):
        page.goto(f"/review/{seeded.article}/en")
        page.click(f"#bead-{number} [data-open]")
        page.locator(".bead.current textarea").wait_for()
    for page, text in ((aubrac, "The dyke holds."), (roussel, "The dam holds.")):
        page.fill(".bead.current textarea", text)
        page.click(".bead.current button:has-text('Save')")
        page.wait_for_load_state("networkidle")
    expect(aubrac.locator(f"#bead-{number} .text").last).to_have_text("The dyke holds.")
    expect(roussel.locator(f"#bead-{number} .text").last).to_have_text("The dyke holds.")
    expect(roussel.get_by_role("alert")).to_contain_text("Someone else has changed this sentence meanwhile.")
    expect(roussel.locator(".bead.current textarea")).to_have_value("The dam holds.")
    roussel.click(".bead.current button:has-text('Save')")
    expect(roussel.locator(f"#bead-{number} .text").last).to_have_text("The dam holds.")
    with store.reading() as session:
        assert session.get_one(Bead, number).target == "The dam holds."


def test_a_typed_text_is_not_lost_by_moving_on(visit, store):
    seeded = seed_article(store, languages=("en",))
    page = visit("olena")
    page.goto(f"/review/{seeded.article}/en")
    page.keyboard.press("j")
    page.locator(".bead.current textarea").fill("Half a sent")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".toast")).to_contain_text("Your text is not saved yet.")
    expect(page.locator(".bead.current textarea")).to_have_value("Half a sent")


def test_an_offer_of_the_memory_is_put_into_the_field(visit, store):
    known = seed_article(store, languages=("en",), state=State.APPROVED)
    with store.writing() as session:
        remember(session, session.get_one(Edition, known.editions["en"]))
    seeded = seed_article(store, languages=("en",), blocks=[("paragraph", ["Kiev a remercié les pompiers."])])
    page = visit("olena")
    page.goto(f"/review/{seeded.article}/en")
    page.locator(".bead .text").first.click()
    expect(page.locator(".offer ins")).to_have_text("pompiers")
    page.locator(".offer", has_text="Kyiv thanked the engineers.").get_by_role("button", name="Use").click()
    expect(page.locator(".bead.current textarea")).to_have_value("Kyiv thanked the engineers.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".bead.current .target > .text")).to_have_text("Kyiv thanked the engineers.")
    expect(page.locator(".offer")).to_have_count(1)


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_its_window(visit, store, width):
    seeded = seed_article(store, state=State.PUBLISHED)
    waiting = seed_article(store)
    page = visit("claire", viewport={"width": width, "height": 844})
    for path in (
        "/desk/",
        "/desk/articles",
        "/desk/articles?q=mirval",
        f"/desk/articles/{seeded.article}",
        f"/review/{waiting.article}/uk?bead={waiting.beads['uk'][3]}",
        "/glossary/",
        "/glossary/terms/ceasefire",
        "/glossary/terms/ceasefire/edit",
        "/figures/",
        "/account",
        "/accounts",
        "/en/",
        "/en/search?q=dam",
        f"/uk/articles/{seeded.article}",
        f"/uk/articles/{seeded.article}/side-by-side",
        "/en/nothing",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_the_reader_needs_no_script_and_the_theme_is_kept(visit, store):
    seeded = seed_article(store, state=State.PUBLISHED)
    plain = visit(java_script_enabled=False)
    plain.goto(f"/articles/{seeded.article}")
    expect(plain.locator("h1")).to_have_text("The Mirval dam reopens")
    plain.click("text=Українська")
    expect(plain.locator("h1")).to_have_text("Гребля в Мірвалі знову працює")
    expect(plain.locator("[data-toggle]").first).to_be_hidden()
    page = visit(color_scheme="light")
    page.goto(f"/en/articles/{seeded.article}")
    page.click("[data-toggle=theme]")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 26)"


def test_the_desk_works_without_script(visit, store, sent):
    page = visit("paul", java_script_enabled=False)
    page.fill("#text", TEXT)
    page.click("text=Only show what is found")
    expect(page.locator("#found")).to_contain_text("2 pieces set aside")
    expect(page.locator("#text")).to_have_value(TEXT.replace("\r\n", "\n"))
    page.click("#found summary")
    page.locator("#found li", has_text="Aller au contenu").get_by_role("checkbox").check()
    page.click("#send")
    expect(page.locator("h1")).to_have_text("Le pont de Mirval rouvre aux camions")
