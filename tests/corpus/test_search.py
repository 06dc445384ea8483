"""Search in three languages, the same on both kinds of database."""

from corpus.database import Database
from corpus.models import State, now
from corpus.search import search_articles, search_beads
from tests.corpus.stories import store

BRIDGE = [
    ("Un pont rouvre à Vaumarin", "A bridge reopens in Vaumarin"),
    ("L’œuvre d’Élodie a été restaurée l'été dernier.", "Élodie’s work was restored last summer."),
]
DYKE = [
    ("La digue de Corlay", "Гребля в Корлє"),
    ("Cinq habitants ont été évacués par précaution.", "П’ятьох жителів евакуювали, а Київ і їхній за́мок — ні."),
]


def fill(database: Database) -> tuple[int, int]:
    with database.writing() as session:
        bridge = store(session, BRIDGE, "en").version.article_id
        edition = store(session, DYKE, "uk")
        edition.state = State.PUBLISHED
        return bridge, edition.version.article_id


QUERIES = {
    "pont": "b",
    "PONT vaumarin": "b",
    "oeuvre elodie": "b",
    "ŒUVRE ÉTÉ": "b",
    "ete": "bd",
    "evacu": "d",
    "bridge": "b",
    "restored summ": "b",
    "гребля": "d",
    "ГРЕБЛЯ": "d",
    "п'ятьох": "d",
    "п’ятьох жител": "d",
    "київ їхній": "d",
    "замок": "d",
    "киів": "",
    "pont digue": "",
    "": "",
    "  ?!": "",
    '"': "",
    "pont OR digue": "",
    "'; DROP TABLE beads; --": "",
    "pont* NEAR( {title}:": "",
    "!pont & | <->": "b",
    "\x00pont": "b",
    "x" * 5000: "",
}


def test_articles_and_beads(database: Database) -> None:
    bridge, dyke = fill(database)
    names = {bridge: "b", dyke: "d"}
    with database.reading() as session:
        articles = {q: sorted(names[f.article.id] for f in search_articles(session, q)) for q in QUERIES}
        beads = {q: search_beads(session, q) for q in QUERIES}
    assert articles == {q: list(found) for q, found in QUERIES.items()}
    assert {q: sorted({names[b.bead.edition.version.article_id] for b in f}) for q, f in beads.items()} == articles
    assert all(bead.spans for found in beads.values() for bead in found)


def test_what_was_found_and_where(database: Database) -> None:
    fill(database)
    with database.reading() as session:
        (title,) = search_articles(session, "vaumarin pont")
        assert (title.language, [s.of(title.text) for s in title.spans]) == ("fr", ["pont", "Vaumarin"])
        (sentence,) = search_articles(session, "евакуювали")
        assert (sentence.language, [s.of(sentence.text) for s in sentence.spans]) == ("uk", ["евакуювали"])
        assert [b.side for b in search_beads(session, "vaumarin reopens")] == ["target"]
        assert search_beads(session, "pont", language="uk") == []


def test_readers_find_what_is_published(database: Database) -> None:
    _, dyke = fill(database)
    with database.reading() as session:
        published = {State.PUBLISHED}
        assert [f.article.id for f in search_articles(session, "ete", states=published)] == [dyke]
        assert search_articles(session, "bridge", states=published) == []
        assert search_beads(session, "pont", states=published) == []


def test_withdrawn_articles_are_not_found_and_changes_are(database: Database) -> None:
    bridge, _ = fill(database)
    with database.writing() as session:
        (found,) = search_beads(session, "reopens")
        found.bead.target = "A bridge opens again in Vaumarin"
        session.flush()
        assert search_beads(session, "reopens") == []
        assert len(search_beads(session, "opens again")) == 1
        (article,) = search_articles(session, "opens")
        assert article.article.id == bridge
        article.article.withdrawn_at = now()
        session.flush()
        assert search_articles(session, "opens") == []
        assert search_beads(session, "opens") == []


def test_pages(database: Database) -> None:
    with database.writing() as session:
        numbers = [store(session, [(f"Un pont {i}", f"Bridge {i}")]).version.article_id for i in range(5)]
        pages = [search_articles(session, "pont", limit=2, offset=o) for o in (0, 2, 4)]
        assert [f.article.id for page in pages for f in page] == numbers[::-1]
