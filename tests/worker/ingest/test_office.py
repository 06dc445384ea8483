"""Word and OpenDocument files."""

import pytest
from odf import text as odf_text
from odf.opendocument import OpenDocumentText

from tests.worker.ingest.files import docx, odt, paragraph
from worker.ingest import ingest
from worker.ingest.base import Document
from worker.segmentation import segment_document


def blocks(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind.value, b.part, b.span.of(document.text)) for b in document.blocks]


def marks(document: Document) -> list[tuple[str, str, str | None]]:
    return [(m.kind, m.span.of(document.text), m.href) for b in document.blocks for m in b.marks]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_header_footer_and_notes_are_read_once_each_and_marked() -> None:
    body = paragraph("Le bac rouvre", "Titre") + (
        '<w:p><w:r><w:t>Le bac de Kerlann rouvre.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    note = f'<w:footnote w:id="-1"/><w:footnote w:id="2">{paragraph("Selon la mairie.")}</w:footnote>'
    parts = {
        "header": paragraph("Édition du soir"),
        "footer": paragraph("Reproduction interdite sans accord"),
        "footnotes": note,
        "comments": f'<w:comment w:id="1">{paragraph("à relire")}</w:comment>',
    }
    document = ingest(docx(body, parts=parts))
    assert blocks(document) == [
        ("headline", "body", "Le bac rouvre"),
        ("paragraph", "body", "Le bac de Kerlann rouvre."),
        ("paragraph", "footnote", "Selon la mairie."),
        ("paragraph", "header", "Édition du soir"),
        ("paragraph", "footer", "Reproduction interdite sans accord"),
    ]
    assert "relire" not in document.text
    assert document.warnings == (("comments_left_out", {"count": 1}),)


def test_text_of_links_is_read_with_their_addresses() -> None:
    link = f'<w:hyperlink r:id="rId9">{run("le rapport Malo", "<w:b/>")}</w:hyperlink>'
    second = f'<w:hyperlink r:id="rId9">{run("Lire la suite")}</w:hyperlink>'
    document = ingest(
        docx(
            f"<w:p>{run('Selon ')}{link}{run(', la digue tient. ')}{second}{run(' demain.')}</w:p>",
            links={"rId9": "https://mirval.example/r"},
        )
    )
    assert [s.of(document.text) for s in segment_document(document)[0]] == [
        "Selon le rapport Malo, la digue tient.",
        "Lire la suite demain.",
    ]
    assert marks(document) == [
        ("link", "le rapport Malo", "https://mirval.example/r"),
        ("bold", "le rapport Malo", None),
        ("link", "Lire la suite", "https://mirval.example/r"),
    ]


def test_a_text_box_is_read_once() -> None:
    box = paragraph("Repères : 9 communes touchées")
    body = (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
        f"{box}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{box}"
        "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Le texte.</w:t></w:r></w:p>"
    )
    assert [text for _, _, text in blocks(ingest(docx(body)))] == ["Le texte.", "Repères : 9 communes touchées"]
    fallback = f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{box}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    assert [text for _, _, text in blocks(ingest(docx(fallback)))] == ["Repères : 9 communes touchées"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<w:t>Fermé de 8</w:t><w:noBreakHyphen/><w:t>10 jours.</w:t>", "Fermé de 8-10 jours."),
        ("<w:t>Un demi</w:t><w:noBreakHyphen/><w:t>tour.</w:t>", "Un demi-tour."),
        (
            '<w:t xml:space="preserve">Il fait 30 </w:t><w:sym w:font="Symbol" w:char="F0B0"/><w:t>C.</w:t>',
            "Il fait 30 °C.",
        ),
        ('<w:t>Voir</w:t><w:sym w:font="Wingdings" w:char="F0FF"/><w:t>ici.</w:t>', "Voir\ufffdici."),
        ("<w:t>Nom</w:t><w:tab/><w:t>Prénom</w:t>", "Nom Prénom"),
        ("<w:t>Une ligne</w:t><w:br/><w:t>une autre</w:t>", "Une ligne\nune autre"),
        ("<w:t>sub</w:t><w:softHyphen/><w:t>ventions</w:t>", "subventions"),
    ],
)
def test_characters_that_are_elements(content: str, text: str) -> None:
    document = ingest(docx(f"<w:p><w:r>{content}</w:r></w:p>"))
    assert document.text == text
    assert bool(document.warnings) == ("\ufffd" in text)


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        f"<w:p>{run('Le budget est de ')}<w:del><w:r><w:delText>quatre</w:delText></w:r></w:del>"
        f"<w:ins>{run('cinq')}</w:ins>{run(' millions.')}</w:p>"
    )
    document = ingest(docx(body))
    assert document.text == "Le budget est de cinq millions."
    assert document.warnings == (("tracked_changes", {}),)


def test_styles_tables_and_formats() -> None:
    body = (
        paragraph("Le bac rouvre", "Titre1")
        + paragraph("Sommaire du jour", "TM1")
        + paragraph("Les suites", "Titre2")
        + paragraph("Un point", "Paragraphedeliste")
        + paragraph("Le bac, lundi", "Lgende")
        + paragraph("« Venez. »", "Citation")
        + f"<w:p>{run('x')}{run('2', '<w:vertAlign w:val=`superscript`/>'.replace('`', chr(34)))}{run(' gras', '<w:b/><w:i w:val=`0`/>'.replace('`', chr(34)))}</w:p>"
        + f"<w:tbl><w:tr><w:tc>{paragraph('Bac')}</w:tc><w:tc>{paragraph('fermé')}</w:tc></w:tr></w:tbl>"
    )
    document = ingest(docx(body))
    assert [(kind, text) for kind, _, text in blocks(document)] == [
        ("headline", "Le bac rouvre"),
        ("heading", "Les suites"),
        ("list_item", "Un point"),
        ("caption", "Le bac, lundi"),
        ("quote", "« Venez. »"),
        ("paragraph", "x2 gras"),
        ("paragraph", "Bac"),
        ("paragraph", "fermé"),
    ]
    assert [s.reason for s in document.set_aside] == ["table_of_contents"]
    assert marks(document) == [("superscript", "2", None), ("bold", "gras", None)]


def test_odt_white_space_elements() -> None:
    body = '<text:h>Tarifs du bac</text:h><text:p>Prix<text:s text:c="2"/>: 12<text:tab/>euros<text:line-break/>par tonne</text:p>'
    document = ingest(odt(body))
    assert document.title == "Tarifs du bac"
    assert document.blocks[1].span.of(document.text).split() == ["Prix", ":", "12", "euros", "par", "tonne"]


def test_odt_notes_links_formats_and_what_is_left_out() -> None:
    body = (
        '<text:tracked-changes><text:changed-region text:id="a"><text:deletion><text:p>quatre millions</text:p>'
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>Le budget est<office:annotation><dc:creator>L. A.</dc:creator><text:p>à vérifier !</text:p></office:annotation>"
        ' de <text:span text:style-name="T1">cinq</text:span> <text:a xlink:href="https://mirval.example">millions</text:a>.'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Selon la mairie.</text:p></text:note-body>"
        "</text:note> Fin.</text:p><text:list><text:list-item><text:p>un point</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Bac</text:p></table:table-cell></table:table-row></table:table>"
    )
    styles = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    page = "<office:master-styles><style:master-page><style:header><text:p>Édition du soir</text:p></style:header></style:master-page></office:master-styles>"
    document = ingest(odt(body, styles=styles, page_styles=page))
    assert blocks(document) == [
        ("paragraph", "body", "Le budget est de cinq millions. Fin."),
        ("paragraph", "footnote", "Selon la mairie."),
        ("list_item", "body", "un point"),
        ("paragraph", "body", "Bac"),
        ("paragraph", "header", "Édition du soir"),
    ]
    assert marks(document) == [("bold", "cinq", None), ("link", "millions", "https://mirval.example")]
    assert [code for code, _ in document.warnings] == ["tracked_changes", "comments_left_out"]


def test_an_odt_that_odfpy_wrote(tmp_path) -> None:
    made = OpenDocumentText()
    made.text.addElement(odf_text.H(outlinelevel=1, text="Le bac rouvre à Kerlann"))
    made.text.addElement(odf_text.P(text="Il a rouvert mardi."))
    made.save(str(tmp_path / "bac.odt"))
    document = ingest((tmp_path / "bac.odt").read_bytes(), filename="BAC.ODT")
    assert document.format == "odt"
    assert blocks(document) == [
        ("headline", "body", "Le bac rouvre à Kerlann"),
        ("paragraph", "body", "Il a rouvert mardi."),
    ]
