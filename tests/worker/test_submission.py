"""What ingest knows of a block is still known when it is stored and read again."""

from corpus.articles import store_segments
from corpus.database import Database
from corpus.spans import Span
from corpus.views import source_view
from tests.worker.ingest.files import docx, paragraph
from worker.ingest import ingest
from worker.segmentation import segment_document
from worker.sources import sources_of
from worker.submission import store


def test_markers_parts_and_titles_of_links_are_kept(database: Database) -> None:
    page = '<h1>Deux points</h1><ol start="3"><li>Un <a href="https://fil.example" title="PDF">lien</a>.</li></ol>'
    document = ingest(page.encode())
    with database.writing() as session:
        version = store(session, document)
        store_segments(session, version, segment_document(document))
    with database.reading() as session:
        [_, source] = sources_of(session, version.id, 0, 2)
        assert [(m.kind, m.span, m.title, m.node) for m in source.marks] == [("link", Span(3, 7), "PDF", None)]
        view = source_view(session.get_one(type(version), version.id))
    assert [(b["kind"], b["level"], b["marker"], b["part"]) for b in view["blocks"]] == [
        ("headline", 0, "", "body"),
        ("list_item", 1, "3.", "body"),
    ]


def test_parts_of_a_word_file_are_kept(database: Database) -> None:
    data = docx(paragraph("Le bac rouvre ce matin."), parts={"header": paragraph("Édition du soir")})
    with database.writing() as session:
        version = store(session, ingest(data))
    with database.reading() as session:
        view = source_view(session.get_one(type(version), version.id))
    assert [b["part"] for b in view["blocks"]] == ["body", "header"]
