"""Bad input: one clear error or warning, never a traceback, never a hang, nothing fetched."""

import io
import json
import socket
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import RelaisError
from tests.worker.ingest.files import docx, odt, paragraph, zipped
from worker.ingest import FORMATS, ingest
from worker.ingest.limits import TooLarge
from worker.segmentation import segment_document

DOCX = docx(paragraph("Le bac rouvre", "Titre") + paragraph("Il a rouvert mardi."))
ODT = odt("<text:h>Le bac rouvre</text:h><text:p>Il a rouvert mardi.</text:p>")
HTML = (
    b"<html><body><h1>Le bac rouvre</h1><p>Il a <b>rouvert</b> <a href='https://x.example'>mardi</a>.</p></body></html>"
)
NINJS = json.dumps({"uri": "u:1", "headline": "Crue", "body_xhtml": "<p>L'eau monte.</p>", "associations": []}).encode()
NITF = b"<?xml version='1.0'?><nitf><body><body.head><hedline><hl1>Crue</hl1></hedline></body.head><body.content><p>L'eau monte.</p></body.content></body></nitf>"
MARKDOWN = b"# Le bac\n\nIl a **rouvert** [mardi](https://x.example).\n\n- un\n- deux\n"
TEXT = "Le bac rouvre\n\nIl a **rouvert** mardi. « Enfin ! »\n".encode()
SAMPLES = {"docx": DOCX, "odt": ODT, "html": HTML, "ninjs": NINJS, "newsml": NITF, "markdown": MARKDOWN, "text": TEXT}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an upload made Relais open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def read_or_refuse(data: bytes) -> None:
    """Ingest; what comes out is sound, or the refusal is one line."""
    try:
        document = ingest(data)
    except RelaisError as refused:
        assert str(refused) and "\n" not in str(refused)
        return
    spans = sorted([b.span for b in document.blocks] + [s.span for s in document.set_aside])
    at = 0
    for span in spans:
        assert at <= span.start < span.end <= len(document.text)
        assert not document.text[at : span.start].strip()
        at = span.end
    assert not document.text[at:].strip()
    assert all(b.span.contains(m.span) for b in document.blocks for m in b.marks)
    segment_document(document)


def test_there_is_a_sample_of_every_format() -> None:
    assert SAMPLES.keys() == {f.__name__.rsplit(".", 1)[-1] for f in FORMATS}
    for name, data in SAMPLES.items():
        assert ingest(data).format == name


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
@pytest.mark.parametrize("name", SAMPLES)
def test_a_damaged_file_of_each_format(name: str, data: st.DataObject) -> None:
    """Cut short, a stretch overwritten, or a stretch repeated."""
    whole = SAMPLES[name]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 60)))
    noise = data.draw(st.binary(max_size=20))
    change = data.draw(st.sampled_from(["cut", "noise", "repeat"]))
    made = {"cut": whole[:start], "noise": whole[:start] + noise + whole[end:], "repeat": whole[:end] + whole[start:]}
    read_or_refuse(made[change])


_TOKENS = st.sampled_from(
    ["<p>", "</p>", "<div class=share>", "<b>", "</b>", "<a href='javascript:x'>", "</a>", "<h1>", "<li>", "<ul>", "<pre>", "<br>", "<table>",
     "<td>", "<!--", "-->", "<![CDATA[", "]]>", "<script>", "&amp;", "&#0;", "&#xD800;", "<svg>", "<q>", "</", "<", "Le bac rouvre. ", "# ", "**",
     "[a](", ")", "> ", "- ", "```\n", "| a | b |\n|---|---|\n", "\n", "\n\n", "{", "}", '"headline":', "[", "]", "null", "©", "Partager\n", "À lire aussi\n",
     "---\n", "\x00", "\u202e", "\ud7ff", "<nitf>", "<body.content>", "<?xml version='1.0'?>", "Par Jean Malo\n"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_TOKENS, max_size=30).map("".join))
def test_any_mixture_of_markup(text: str) -> None:
    read_or_refuse(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    read_or_refuse(data)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from(["<p>Oui.</p>", "Le bac rouvre."]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "role", "type", "headline"]), inner, max_size=3)
    ),
    max_leaves=8,
)
_FIELDS = (
    "uri",
    "headline",
    "headlines",
    "bodies",
    "body_xhtml",
    "body_text",
    "descriptions",
    "associations",
    "keywords",
    "byline",
    "language",
    "versioncreated",
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(_FIELDS), _JSON, max_size=8))
def test_any_ninjs(item: dict[str, object]) -> None:
    read_or_refuse(json.dumps(item).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 50_000, b"<b>" * 20_000 + b"x", b"<ul><li>" * 5_000 + b"x", b"<!-- " * 100_000 + b"<p>x", b"<a " * 100_000,
        b"> " * 20_000 + b"# a", b"- " * 20_000 + b"a\n# b", b"# a\n" + b"[a](" * 30_000, b"# a\n" + b"![a" * 30_000, b"# a\n" + b"*a_ " * 20_000,
        b"**a" * 100_000, b"__a " * 50_000, b"\xe9" * 300_000, b"\xe9\xc3\xa9" * 100_000, "« ".encode() * 100_000, b"a\n" * 50_000,
        b'{"a":' * 50_000, b"<nitf>" + b"<p>" * 10_000, b"<html>" + b"<!-- -->" * 20_000 + b"<p>Oui.", b"\x00" * 5_000, b"\n" * 500_000 + b"a",
    ],
)  # fmt: skip
def test_deep_nesting_and_endless_repetition(data: bytes) -> None:
    read_or_refuse(data)


def test_a_truncated_docx_is_refused_by_name() -> None:
    for length in range(40, len(DOCX), 97):
        with pytest.raises(RelaisError, match=r"DOCX|binary|not a text|neither"):
            ingest(DOCX[:length])
    with pytest.raises(RelaisError, match="DOCX"):
        ingest(DOCX[: len(DOCX) - 30])


@pytest.mark.parametrize("name", ["word/document.xml", "word/media/a.bin"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(name: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr(name + ".xml", b" " * 120_000_000)
    assert len(target.getvalue()) < 200_000
    with pytest.raises(TooLarge):
        ingest(target.getvalue())


def test_a_container_of_something_else_is_refused() -> None:
    with pytest.raises(RelaisError):
        ingest(zipped({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}))


_ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "{}">]>'


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x"])
@pytest.mark.parametrize("kind", ["nitf", "nitf-utf-16", "docx", "odt", "xhtml"])
def test_external_entities_are_never_followed(kind: str, address: str) -> None:
    doctype = _ENTITY.format(address)
    nitf = f'<?xml version="1.0"?>{doctype}<nitf><body><body.content><p>A &e; b.</p></body.content></body></nitf>'
    made = {
        "nitf": nitf.encode(),
        "nitf-utf-16": nitf.encode("utf-16"),
        "docx": _with(DOCX, "word/document.xml", lambda xml: doctype + xml),
        "odt": _with(ODT, "content.xml", lambda xml: doctype + xml),
        "xhtml": f"{doctype}<html><body><p>A &e; b.</p></body></html>".encode(),
    }
    try:
        document = ingest(made[kind])
    except RelaisError as refused:
        assert "entities" in str(refused)
    else:
        assert kind == "xhtml"
        assert "root:" not in document.text


def test_entities_that_multiply_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY l0 "ha">{laughs}]><nitf><body><body.content><p>&l9;</p></body.content></body></nitf>'
    with pytest.raises(RelaisError, match="entities"):
        ingest(xml.encode())


def _with(data: bytes, name: str, change) -> bytes:
    entries = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.namelist():
            text = archive.read(entry).decode()
            entries[entry] = change(text) if entry == name else text
    return zipped(entries)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 ...", "PDF"), (b"{\\rtf1 Bonjour}", "RTF"), (b"\xd0\xcf\x11\xe0\xa1\xb1", "Word"), (b"\x89PNG\r\n", "PNG"),
        (b"\x00\x01\x02" * 500, "binary|neither"), (b"", "empty"), (b" \n ", "empty"), (b"<html><body></body></html>", "no text"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_named(data: bytes, sentence: str) -> None:
    with pytest.raises(RelaisError, match=sentence):
        ingest(data)


def test_fifty_megabytes_are_refused_at_once() -> None:
    with pytest.raises(TooLarge):
        ingest(b"Le bac rouvre. " * 3_500_000)
    with pytest.raises(TooLarge):
        ingest("Le bac rouvre à Kerlann. ".encode() * 100_000)
    with pytest.raises(TooLarge):
        ingest(b"<p>" + b"Le bac rouvre. " * 200_000 + b"</p>")
