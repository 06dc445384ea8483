"""What readers see, and above all what they do not."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from lxml import etree, html

from corpus.corrections import carry_over
from corpus.editions import get_edition, move
from corpus.models import Article, Edition, State, now
from tests.service.seeding import BLOCKS, seed_article, set_embargo
from tests.service.visitors import Visitor

ATOM = "{http://www.w3.org/2005/Atom}"
SECRET = "Le barrage de Mirval rouvre"


@pytest.fixture
def published(database, users):
    return seed_article(database, state=State.PUBLISHED, topic="Régions", byline="A. Aubrac")


def addresses(number):
    every = [f"/articles/{number}"]
    for code in ("fr", "en", "uk"):
        every += [f"/{code}/articles/{number}", f"/{code}/articles/{number}/side-by-side"]
    return every


def everything(visitor, number):
    """All that an anonymous reader may ask for about an article: statuses of its pages, and all bodies together."""
    statuses, bodies = [], ""
    for path in addresses(number):
        response = visitor.get(path, follow_redirects=True)
        statuses.append(response.status_code)
        bodies += response.get_data(as_text=True)
    for code in ("fr", "en", "uk"):
        for path in (f"/{code}/", f"/{code}/feed.rss", f"/{code}/feed.atom", f"/{code}/feed.rss?topic=Régions"):
            bodies += visitor.text(path)
    for path in (f"/api/v1/articles/{number}", "/api/v1/articles", f"/api/v1/articles/{number}/editions/en"):
        response = visitor.get(path)
        assert response.status_code == 401
        bodies += response.get_data(as_text=True)
    return statuses, bodies


def test_a_published_article_in_three_languages(visitor, published):
    reader = visitor()
    for code, title in (("fr", SECRET), ("en", "The Mirval dam reopens"), ("uk", "Гребля в Мірвалі знову працює")):
        page = html.fromstring(reader.text(f"/{code}/articles/{published.article}"))
        assert page.get("lang") == code
        assert page.xpath("//h1/text()") == [title]
        assert page.xpath("//meta[@property='og:title']/@content") == [title]
        assert page.xpath("//a[@hreflang='uk']/text()") == ["Українська"]
    english = reader.text(f"/en/articles/{published.article}")
    assert "Translated by machine from French, reviewed by the editors." in english
    assert "A. Aubrac" in english
    assert "Translated by machine" not in reader.text(f"/fr/articles/{published.article}")


@pytest.mark.parametrize(
    "kind", ["machine", "in review", "approved", "embargo", "withdrawn edition", "withdrawn article"]
)
def test_what_is_not_public_is_nowhere(visitor, database, users, kind):
    state = {"machine": State.MACHINE, "in review": State.MACHINE, "approved": State.APPROVED}.get(
        kind, State.PUBLISHED
    )
    seeded = seed_article(database, state=state, topic="Régions")
    with database.writing() as session:
        if kind == "in review":
            move(session, session.get_one(Edition, seeded.editions["en"]), State.IN_REVIEW, actor_id=None)
        if kind == "withdrawn edition":
            for number in seeded.editions.values():
                move(session, session.get_one(Edition, number), State.WITHDRAWN, actor_id=None)
        if kind == "withdrawn article":
            session.get_one(Article, seeded.article).withdrawn_at = now()
    if kind == "embargo":
        set_embargo(database, seeded.article, now() + timedelta(hours=1))
    statuses, bodies = everything(visitor(), seeded.article)
    assert set(statuses) == ({410} if kind.startswith("withdrawn") else {404})
    for word in (SECRET, "Mirval", "Мірвал"):
        assert word not in bodies
    if kind == "embargo":
        set_embargo(database, seeded.article, now() - timedelta(seconds=1))
        assert set(everything(visitor(), seeded.article)[0]) == {200}


def test_one_language_withdrawn_is_gone_alone(visitor, database, published):
    with database.writing() as session:
        move(session, session.get_one(Edition, published.editions["uk"]), State.WITHDRAWN, actor_id=None)
    reader = visitor()
    assert reader.get(f"/uk/articles/{published.article}").status_code == 410
    assert "Цю статтю відкликано." in reader.get(f"/uk/articles/{published.article}").get_data(as_text=True)
    assert reader.get(f"/en/articles/{published.article}").status_code == 200
    assert 'hreflang="uk" href' not in reader.text(f"/en/articles/{published.article}").split("</head>")[0]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/fr/articles/9", "Il n’y a rien à cette adresse."),
        ("/uk/nothing", "За цією адресою нічого немає."),
        ("/en/articles/x", "There is nothing at this address."),
    ],
)
def test_errors_speak_the_language_of_the_address(visitor, path, sentence):
    response = visitor().get(path, headers={"Accept-Language": "de"})
    assert response.status_code == 404
    assert sentence in response.get_data(as_text=True)


def test_alternates_are_one_set_and_the_canonical_address_is_ones_own(visitor, published):
    sets = []
    for code in ("fr", "en", "uk"):
        page = html.fromstring(visitor().text(f"/{code}/articles/{published.article}"))
        links = page.xpath("//link[@rel='alternate'][@hreflang]")
        sets.append({(link.get("hreflang"), link.get("href")) for link in links})
        own = dict(sets[-1])[code]
        assert page.xpath("//link[@rel='canonical']/@href") == [own]
        assert page.xpath("//meta[@property='og:url']/@content") == [own]
        assert f'"mainEntityOfPage": "{own}"' in page.xpath("//script[@type='application/ld+json']/text()")[0]
        assert f'"inLanguage": "{code}"' in page.xpath("//script[@type='application/ld+json']/text()")[0]
    assert sets[0] == sets[1] == sets[2]
    assert {code for code, _ in sets[0]} == {"fr", "en", "uk", "x-default"}
    default = dict(sets[0])["x-default"]
    assert visitor().get(default.removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize(
    ("header", "language"), [("uk,en;q=0.5", "uk"), ("en-GB", "en"), ("fr-CA", "fr"), ("de", "fr"), ("", "fr")]
)
def test_the_neutral_addresses_follow_the_browser_with_one_redirect(visitor, published, header, language):
    reader = visitor()
    for path, target in (
        ("/", f"/{language}/"),
        (f"/articles/{published.article}", f"/{language}/articles/{published.article}"),
    ):
        response = reader.get(path, headers={"Accept-Language": header})
        assert (response.status_code, response.location) == (302, target)
        assert "Accept-Language" in response.headers["Vary"]
        final = reader.get(target, headers={"Accept-Language": header})
        assert final.status_code == 200
        assert "Set-Cookie" not in final.headers


def test_a_reader_sent_to_another_language_is_told_in_their_own(visitor, database, users):
    seeded = seed_article(database, state=State.PUBLISHED, languages=("en",))
    reader = visitor()
    response = reader.get(f"/articles/{seeded.article}", headers={"Accept-Language": "uk,en;q=0.5"})
    assert response.location == f"/en/articles/{seeded.article}?asked=uk"
    page = reader.text(response.location)
    assert '<html lang="en">' in page
    assert '<p class="notice" lang="uk">Українського видання цієї статті немає.</p>' in page
    assert reader.get(f"/uk/articles/{seeded.article}").status_code == 404


def test_side_by_side_is_bead_by_bead(visitor, published):
    page = html.fromstring(visitor().text(f"/uk/articles/{published.article}/side-by-side"))
    pairs = [
        [p.text_content() for p in row.xpath("./p")]
        for row in page.xpath("//div[starts-with(@class, 'pair ')]")
        if row.xpath("./p")
    ]
    assert pairs[0] == [SECRET, "Гребля в Мірвалі знову працює"]
    assert len(pairs) == 5
    assert page.xpath("//div[starts-with(@class, 'pair ')]/p/@lang") == ["fr"] * 5
    assert visitor().get(f"/fr/articles/{published.article}/side-by-side").status_code == 302


def test_a_correction_is_announced_until_the_translation_has_it(visitor, database, published):
    corrected = [*BLOCKS[:-1], ("list_item", ["Kiev a remercié les deux ingénieurs."])]
    later = seed_article(database, article_id=published.article, blocks=corrected, state=State.MACHINE)
    reader, path = visitor(), f"articles/{published.article}"
    for code in ("en", "uk"):
        page = reader.text(f"/{code}/{path}")
        notice = "this translation is being updated" if code == "en" else "цей переклад оновлюється"
        assert notice in page
        assert "deux ingénieurs" not in page
    assert "deux ingénieurs" in reader.text(f"/fr/{path}")
    assert "Cet article a été corrigé" in reader.text(f"/fr/{path}")
    with database.writing() as session:
        edition = session.get_one(Edition, later.editions["en"])
        for hit in (hit for bead in edition.beads for hit in bead.hits):
            hit.outcome = "waived"
        move(session, edition, State.APPROVED, actor_id=None)
        move(session, edition, State.PUBLISHED, actor_id=None)
    assert "This translation was updated" in reader.text(f"/en/{path}")
    assert "цей переклад оновлюється" in reader.text(f"/uk/{path}")


def test_samples_are_marked_everywhere(visitor, database, users):
    seeded = seed_article(database, state=State.PUBLISHED, sample=True)
    for code, mark in (("fr", "Exemple fictif"), ("en", "Fictional sample"), ("uk", "Вигаданий приклад")):
        for path in (f"/{code}/", f"/{code}/articles/{seeded.article}", f"/{code}/feed.rss", f"/{code}/feed.atom"):
            assert mark in visitor().text(path), path
        if code != "fr":
            assert mark in visitor().text(f"/{code}/articles/{seeded.article}/side-by-side")


def test_texts_are_escaped_and_marks_are_elements(visitor, database, users):
    blocks = [("headline", ["<script>alert(1)</script>"]), ("paragraph", ["Tapez <b> & voyez."])]
    marks = [
        {"kind": "italic", "start": 27, "end": 32, "href": None},
        {"kind": "link", "start": 37, "end": 42, "href": "javascript:a()"},
    ]
    seeded = seed_article(database, blocks=blocks, state=State.PUBLISHED, marks=marks)
    page = visitor().text(f"/fr/articles/{seeded.article}")
    assert "<em>Tapez</em> &lt;b&gt; &amp;" in page
    assert "javascript:" not in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_feeds_are_of_one_language_and_well_formed(visitor, database, users):
    seed_article(database, state=State.PUBLISHED, languages=("en",), blocks=[("headline", ["Le pont\u001d rouvre"])])
    second = seed_article(database, state=State.PUBLISHED, topic="Régions")
    reader = visitor()
    rss = etree.fromstring(reader.get("/en/feed.rss").data)
    assert [item.findtext("title") for item in rss.iter("item")] == ["The Mirval dam reopens", "The Mirval dam reopens"]
    assert rss.findtext("channel/language") == "en"
    french = etree.fromstring(reader.get("/fr/feed.rss", headers={"Accept-Language": "uk"}).data)
    assert "Le pont rouvre" in [item.findtext("title") for item in french.iter("item")]
    ukrainian = etree.fromstring(reader.get("/uk/feed.atom").data)
    assert len(ukrainian.findall(f"{ATOM}entry")) == 1
    assert len(list(etree.fromstring(reader.get("/uk/feed.rss?topic=Régions").data).iter("item"))) == 1
    nothing = reader.get("/uk/feed.rss?topic=Sport")
    assert nothing.status_code == 200
    assert list(etree.fromstring(nothing.data).iter("item")) == []
    for item in rss.iter("item"):
        date = item.findtext("pubDate")
        assert date.endswith(" GMT")
        assert parsedate_to_datetime(date) <= now()
        assert item.findtext("link").startswith("http://localhost/en/articles/")
    assert second.article


def test_a_feed_item_stays_the_same_item(visitor, database, published):
    def items():
        rss = etree.fromstring(visitor().get("/en/feed.rss").data)
        return [(i.findtext("guid"), i.findtext("pubDate")) for i in rss.iter("item")]

    before = items()
    later = seed_article(
        database,
        article_id=published.article,
        state=State.PUBLISHED,
        blocks=[("headline", ["Le barrage rouvre enfin"])],
    )
    assert items() == before
    assert before[0][0].startswith("urn:uuid:")
    ukrainian = etree.fromstring(visitor().get("/uk/feed.rss").data)
    assert ukrainian.findtext("channel/item/guid") != before[0][0]
    assert later.version == 2


def test_addresses_in_feeds_are_the_newsrooms_own(app, database, published):
    from dataclasses import replace

    app.extensions["relais_settings"] = replace(app.extensions["relais_settings"], public_url="https://news.example")
    feed = Visitor(app).text("/uk/feed.atom", headers={"Host": "evil.example"})
    assert "evil.example" not in feed
    assert f"https://news.example/uk/articles/{published.article}" in feed


def test_the_front_page_is_paged_newest_first(visitor, database, users, monkeypatch):
    monkeypatch.setattr("service.reader.pages.ON_PAGE", 2)
    for name in ("Un", "Deux", "Trois"):
        seed_article(database, state=State.PUBLISHED, languages=("en",), blocks=[("headline", [name])])
    first, second = visitor().text("/fr/"), visitor().text("/fr/?page=2")
    assert first.index("Trois") < first.index("Deux")
    assert '<a href="/fr/articles/1">Un</a>' in second
    assert "Rien n’est encore publié" not in first
    assert "Цією мовою ще нічого не опубліковано." in visitor().text("/uk/")


def test_pages_may_be_kept_for_a_moment_and_asked_for_again(visitor, published):
    path = f"/en/articles/{published.article}"
    response = visitor().get(path)
    assert response.headers["Cache-Control"] == "public, max-age=30"
    again = visitor().get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert visitor("paul").get("/desk/").headers["Cache-Control"] == "no-store"


def test_beads_kept_by_a_correction_read_as_before(visitor, database, published):
    """The pipeline carries beads over; the page of the new version is whole."""
    later = seed_article(database, article_id=published.article, state=State.TRANSLATING)
    with database.writing() as session:
        version_id = session.get_one(Edition, later.editions["en"]).version_id
        edition = get_edition(session, version_id, "en")
        carry_over(session, edition)
        edition.state = State.APPROVED
        move(session, edition, State.PUBLISHED, actor_id=None)
    assert "Kyiv thanked the engineers." in visitor().text(f"/en/articles/{published.article}")
