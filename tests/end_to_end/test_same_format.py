"""`relais translate --format same`: a file of each format through the command line and the starter packages."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree, html

from tests.relais import Relais
from tests.worker.ingest.files import docx, paragraph
from worker.ingest import ingest

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE = """<!-- bloc {"a":1} --><p><strong><a href="/eau"><u>La mairie de Kerlann</u> <i class="x">a voté</i></a> la
<b>fermeture</b></strong> lundi.</p><p>Bien à vous, <span translate="no">La rédaction</span></p>
<pre>Le train      08 h 12
Le bateau     09 h 40</pre><p translate="no">© Le Fil, tous droits réservés</p><!-- /bloc -->"""


def translated(relais: Relais, path: Path, data: bytes, language: str) -> bytes:
    path.write_bytes(data)
    return relais.file("translate", str(path), "--to", language, "--format", "same")


@pytest.mark.parametrize("language", ["en", "uk"])
def test_a_page(relais: Relais, tmp_path: Path, language: str) -> None:
    made = translated(relais, tmp_path / "page.html", PAGE.encode(), language).decode()
    assert made.startswith('<!-- bloc {"a":1} -->')
    assert made.endswith('<p translate="no">© Le Fil, tous droits réservés</p><!-- /bloc -->')
    assert '<span translate="no">La rédaction</span>' in made
    assert sorted(re.findall(r"<[^>]*>", made)) == sorted(re.findall(r"<[^>]*>", PAGE))
    lines = re.findall("<pre>(.*)</pre>", made, re.DOTALL)[0].split("\n")
    assert [bool(re.search(r" {4,}\d", line)) for line in lines] == [True, True]
    assert re.search(r"8\D{1,4}12", lines[0])
    words = html.fromstring(f"<div>{made}</div>").text_content()
    assert not re.search(r"mairie|lundi|Bien à|bateau|&lt;", words)


def test_a_word_file(relais: Relais, tmp_path: Path) -> None:
    link = '<w:hyperlink r:id="r1"><w:r><w:t>le rapport annuel</w:t></w:r></w:hyperlink>'
    text = f'<w:p><w:r><w:t xml:space="preserve">Selon </w:t></w:r>{link}<w:r><w:t>, la digue tient.</w:t></w:r></w:p>'
    data = docx(
        paragraph("Le pont rouvre mardi", "Titre") + text,
        parts={"header": paragraph("Le journal du soir")},
        links={"r1": "https://fil.example/r"},
    )
    made = translated(relais, tmp_path / "a.docx", data, "en")
    document = ingest(made)
    assert [b.part for b in document.blocks] == ["body", "body", "header"]
    assert not re.search("Selon|rouvre|journal", document.text)
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml"))
    assert len(list(root.iter(f"{W}hyperlink"))) == 1
    assert [(m.kind, m.href) for b in document.blocks for m in b.marks] == [("link", "https://fil.example/r")]


def test_a_news_item(relais: Relais, tmp_path: Path) -> None:
    item = {
        "uri": "urn:x:3",
        "headline": "La crue monte",
        "description_html": "<p>La <em>rivière</em> monte.</p>",
        "description_text": "La rivière monte.",
        "body_html": "<p>Le pont est fermé.</p>",
        "extra": {"surtitre": "Intempéries", "code": "K7"},
        "genre": [{"code": "brève"}],
    }
    made = json.loads(translated(relais, tmp_path / "a.json", json.dumps(item).encode(), "en"))
    assert made.keys() == item.keys() | {"language"}
    assert (made["extra"], made["genre"], made["language"]) == (item["extra"], item["genre"], "en")
    lead = html.fromstring(made["description_html"])
    assert lead.text_content() == made["description_text"] != item["description_text"]
    assert len(lead.findall(".//em")) == 1


def test_a_markdown_file(relais: Relais, tmp_path: Path) -> None:
    source = 'Le conseil a publié [le rapport complet](https://fil.example/r_(final).pdf "PDF") et ![la digue](d.jpg).'
    made = translated(relais, tmp_path / "a.md", source.encode(), "en").decode()
    [link] = re.findall(r'(?<!!)\[([^\]]+)\]\(https://fil\.example/r_\(final\)\.pdf "PDF"\)', made)
    assert link != "le rapport complet"
    assert len(re.findall(r"!\[[^\]]+\]\(d\.jpg\)", made)) == 1


def test_a_plain_text(relais: Relais, tmp_path: Path) -> None:
    made = translated(relais, tmp_path / "a.txt", b"Le pont rouvre\r\n\r\n  **La mairie** attend.\r\n", "en")
    assert re.fullmatch(r"[^\r\n]+\r\n\r\n  \S.*\r\n", made.decode())
    assert made.count(b"**") == 2


@pytest.mark.parametrize(
    ("arguments", "words"), [(("--to", "en", "--to", "uk"), "one file"), (("--to", "en"), "newsml")]
)
def test_what_cannot_be_written_back_is_one_line(relais: Relais, arguments: tuple[str, ...], words: str) -> None:
    nitf = "<nitf><body><body.content><p>Le pont de Kerlann a rouvert mardi.</p></body.content></body></nitf>"
    done = relais.run("translate", "-", *arguments, "--format", "same", stdin=nitf, check=False)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert words in done.stderr
