"""A Word file written back: words in their parts and formats, links, notes and pictures once each."""

import io
import zipfile

import docx as python_docx
import pytest
from lxml import etree

from tests.worker.ingest.files import docx, paragraph
from tests.worker.rendering.engines import rendered, shouted, unchanged
from worker.ingest import ingest

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINK, RED = '<w:rStyle w:val="Lien"/>', '<w:color w:val="FF0000"/>'
NOTE = '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Selon la mairie.</w:t></w:r></w:p></w:footnote>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{text}</w:t></w:r>'


def body(data: bytes, part: str = "document") -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(f"word/{part}.xml"))


def words(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def test_every_part_has_its_words_and_other_parts_are_the_same_bytes() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = docx(
        paragraph("Le bac rouvre", "Titre") + f"<w:p>{run('Le bac')}{note}{run(' rouvre.')}</w:p>",
        parts={"header": paragraph("Édition du soir"), "footer": paragraph("Ne pas copier"), "footnotes": NOTE},
    )
    made = rendered(data, shouted)
    python_docx.Document(io.BytesIO(made))
    before, after = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(made))
    assert before.namelist() == after.namelist()
    for name in ("word/styles.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"):
        assert before.read(name) == after.read(name)
    assert words(body(made)) == "LE BAC ROUVRELE BAC ROUVRE."
    assert [words(body(made, part)) for part in ("header", "footer")] == ["ÉDITION DU SOIR", "NE PAS COPIER"]
    assert words(body(made, "footnotes")) == "SELON LA MAIRIE."
    second = body(made).findall(f".//{W}p")[1]
    assert [[etree.QName(c).localname for c in r] for r in second.iter(f"{W}r")] == [
        ["t"],
        ["footnoteReference"],
        ["t"],
    ]
    assert len(list(body(made, "footnotes").iter(f"{W}footnoteRef"))) == 1
    parts = [(b.part, b.span.of(d.text)) for d in [ingest(made)] for b in d.blocks]
    assert parts == [("body", "LE BAC ROUVRE"), ("body", "LE BAC ROUVRE."), ("footnote", "SELON LA MAIRIE."),
                     ("header", "ÉDITION DU SOIR"), ("footer", "NE PAS COPIER")]  # fmt: skip


@pytest.mark.parametrize(
    "paragraph_xml",
    [
        f"<w:p>{run('Selon ')}<w:hyperlink r:id='r1'>{run('le rapport', LINK)}</w:hyperlink>{run(', ça tient. ')}<w:hyperlink r:id='r2'>{run('La suite')}</w:hyperlink>{run(' demain.')}</w:p>",
        f"<w:p>{run('Un texte assez long avec un ')}{run('mot rouge', RED)}{run(' et ')}{run('un gras', '<w:b/>')}{run(' et ')}{run('un autre rouge', RED)}{run('.')}</w:p>",
        f"<w:p><w:bookmarkStart w:id='1' w:name='a'/>{run('Un')}<w:bookmarkEnd w:id='1'/>{run(' mot.')}</w:p>",
        f"<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('3')}<w:r><w:fldChar w:fldCharType='end'/></w:r>{run(' pages lues.')}</w:p>",
        f"<w:p><w:sdt><w:sdtPr><w:tag w:val='x'/></w:sdtPr><w:sdtContent>{run('Un champ')}</w:sdtContent></w:sdt>{run(' et un mot.')}</w:p>",
        f"<w:p>{run('Un')}<w:r><w:br/></w:r>{run('deux.')}</w:p>",
    ],
)  # fmt: skip
def test_elements_and_formats_come_back_once_each_at_their_words(paragraph_xml: str) -> None:
    data = docx(
        paragraph("Un titre ici", "Titre") + paragraph_xml,
        links={"r1": "https://x.example/a", "r2": "https://x.example/b"},
    )

    def shape(element: etree._Element) -> list[tuple[str, str]]:
        found = []
        for e in element.iter("*"):
            name = etree.QName(e).localname
            if name not in ("r", "t", "p", "pPr", "pStyle"):
                found.append((name, words(e).lower() if name in ("hyperlink", "sdt") else ""))
        return found

    made = rendered(data, shouted)
    assert shape(body(made)) == shape(body(data))
    assert words(body(made)) == words(body(data)).upper()
    assert words(body(rendered(data, unchanged))) == words(body(data))


def test_formats_follow_their_words() -> None:
    data = docx(paragraph("Un titre ici", "Titre") + f"<w:p>{run('Un grand mot ')}{run('rouge', RED)}{run('.')}</w:p>")
    made = body(rendered(data, shouted))
    assert [words(r) for r in made.iter(f"{W}r") if r.find(f"{W}rPr") is not None] == ["ROUGE"]


def test_deletions_and_copies_of_text_boxes_leave_no_french_behind() -> None:
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
        f"{paragraph('Une boîte de plus')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{paragraph('Une boîte de plus')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    changed = f"<w:del w:id='1'><w:r><w:delText>vieux</w:delText></w:r></w:del><w:ins w:id='2'>{run('neuf')}</w:ins>"
    data = docx(paragraph("Un titre ici", "Titre") + f"<w:p>{run('Un mot ')}{changed}{run('.')}{box}</w:p>")
    made = body(rendered(data, shouted))
    assert words(made) == "UN TITRE ICIUN MOT NEUF.UNE BOÎTE DE PLUS"
    assert b"vieux" not in etree.tostring(made)
