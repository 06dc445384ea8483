"""News items: ninjs 2 and 3, NewsML-G2, NITF."""

import json

import pytest

from corpus.errors import RelaisError
from worker.ingest import ingest
from worker.ingest.base import Document


def ninjs(**item: object) -> Document:
    return ingest(json.dumps(item, ensure_ascii=False).encode())


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(b.kind.value, b.span.of(document.text)) for b in document.blocks]


def test_an_item_with_uri_and_a_zone_offset() -> None:
    document = ninjs(
        uri="urn:newsml:fil.example:1", type="text", language="fr", versioncreated="2031-06-03T06:40:00+02:00",
        headline="Le bac rouvre", body_xhtml="<p>Le bac a <b>rouvert</b>.</p><h2>Suites</h2>",
    )  # fmt: skip
    assert blocks(document) == [
        ("headline", "Le bac rouvre"),
        ("paragraph", "Le bac a rouvert."),
        ("heading", "Suites"),
    ]
    assert document.metadata["external_id"] == "urn:newsml:fil.example:1"
    assert document.metadata["date"] == "2031-06-03T04:40:00Z"
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("associations", "caption", "warned"),
    [
        ([{"type": "picture", "headline": "La digue"}], True, False),
        ({"main": {"type": "picture", "description_text": "La digue"}}, True, False),
        ({"main": {"type": "picture", "descriptions": [{"role": "caption", "value": "La digue"}]}}, True, False),
        ({"main": None}, False, False),
        ([1, None, "x"], False, False),
        ("x", False, True),
        (None, False, False),
    ],
)
def test_associations_in_any_form(associations: object, caption: bool, warned: bool) -> None:
    document = ninjs(uri="u:1", headline="Crue", body_text="L'eau monte.", associations=associations)
    expected = [("headline", "Crue"), ("paragraph", "L'eau monte.")] + [("caption", "La digue")] * caption
    assert blocks(document) == expected
    assert [code for code, _ in document.warnings] == ["field_not_read"] * warned


def test_fields_that_say_the_same_are_read_once() -> None:
    document = ninjs(
        uri="u:3", headline="Crue", description_html="<p>L'<em>eau</em> monte.</p>", description_text="L'eau monte.",
        body_html="<p>Le bac ferme.</p>", body_text="Le bac ferme.",
    )  # fmt: skip
    assert blocks(document) == [("headline", "Crue"), ("standfirst", "L'eau monte."), ("paragraph", "Le bac ferme.")]
    assert [m.kind for b in document.blocks for m in b.marks] == ["italic"]


def test_nulls_everywhere_are_no_trouble() -> None:
    document = ninjs(
        uri=None, headline="Crue", byline=None, body_text="L'eau monte.", body_xhtml=None, keywords=None, headlines=None,
        bodies=[None, {"value": None}], subject=[{"code": "06", "name": None}], versioncreated=None, language=None,
    )  # fmt: skip
    assert blocks(document) == [("headline", "Crue"), ("paragraph", "L'eau monte.")]


def test_ninjs_3() -> None:
    document = ninjs(
        uri="u:5", language="en",
        headlines=[{"role": "alternative", "value": "Autre"}, {"role": "main", "value": "Le bac rouvre"}],
        bodies=[{"role": "main", "contenttype": "text/html", "value": "<div><p>Il a <b>rouvert</b>.</p></div>"}],
        descriptions=[{"role": "summary", "contenttype": "text/plain", "value": "Après trois mois."}],
    )  # fmt: skip
    assert blocks(document) == [
        ("headline", "Le bac rouvre"),
        ("standfirst", "Après trois mois."),
        ("paragraph", "Il a rouvert."),
    ]
    assert document.warnings == (("language", {"language": "en"}),)


def test_unknown_fields_are_kept_for_the_way_back() -> None:
    item = {
        "uri": "u:2",
        "headline": "Crue",
        "body_text": "L'eau monte.",
        "extra": {"code": "K7"},
        "genre": [{"code": "b"}],
    }
    assert json.loads(ninjs(**item).metadata["ninjs"]) == item


_G2 = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
_NITF = (
    '<nitf><head><docdata><doc-id id-string="fil-7"/><date.issue norm="20310603T064000+0200"/></docdata></head><body><body.head>'
    "<hedline><hl1>Le bac rouvre</hl1></hedline><byline>Par Léonie Aubrac</byline></body.head><body.content>"
    '<p lede="true">Le bac de <location>Kerlann</location> a <em>rouvert</em>.</p><hl2>Suites</hl2><p>La mairie se réjouit.</p>'
    '<media media-type="image"><media-reference source="d.jpg"/><media-caption>La digue.</media-caption>'
    "<media-producer>Agence K</media-producer></media></body.content></body></nitf>"
)
_STORY = [
    ("headline", "Le bac rouvre"),
    ("paragraph", "Le bac de Kerlann a rouvert."),
    ("heading", "Suites"),
    ("paragraph", "La mairie se réjouit."),
    ("caption", "La digue."),
]


def g2(content: str, meta: str = "") -> str:
    return f'<newsItem {_G2} guid="u:9">{meta}<contentSet>{content}</contentSet></newsItem>'


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (f'<?xml version="1.0"?>{_NITF}', _STORY),
        (g2(f"<inlineXML>{_NITF}</inlineXML>"), _STORY),
        (f'<newsMessage {_G2}><header/><itemSet><newsItem><contentSet><remoteContent href="https://x.example/a.jpg"/></contentSet></newsItem>'
         + g2(f"<inlineXML>{_NITF}</inlineXML>") + "</itemSet></newsMessage>", _STORY),
        (g2('<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Un <b>mot</b>.</p><p>Deux.</p></body></html></inlineXML>',
            "<contentMeta><headline>Titre du sujet</headline></contentMeta>"),
         [("headline", "Titre du sujet"), ("paragraph", "Un mot."), ("paragraph", "Deux.")]),
        (g2('<inlineData contenttype="text/plain">Un paragraphe.\n\nUn autre.</inlineData>'),
         [("paragraph", "Un paragraphe."), ("paragraph", "Un autre.")]),
    ],
)  # fmt: skip
def test_newsml_and_nitf(xml: str, expected: list[tuple[str, str]]) -> None:
    document = ingest(xml.encode())
    assert document.format == "newsml"
    assert blocks(document) == expected


def test_nitf_metadata() -> None:
    document = ingest(f'<?xml version="1.0"?>{_NITF}'.encode("utf-16"))
    assert document.metadata["byline"] == "Par Léonie Aubrac"
    assert document.metadata["external_id"] == "fil-7"
    assert ("credit", "Agence K") in [(s.reason, s.text) for s in document.set_aside]


@pytest.mark.parametrize(
    "data",
    [
        b'{"uri": "u:1"}', b"{}", b'{"headline": "Crue", "body', b'{"headline":' + b"[" * 50_000, b'{"a": NaN}',
        b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>',
        g2("").encode(), g2("<inlineXML/>").encode(), b"<nitf><body><body.content><p>Bonjour",
        b'<?xml version="1.0"?><newsItem/>',
    ],
)  # fmt: skip
def test_what_holds_no_story_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(RelaisError) as refused:
        ingest(data)
    assert "\n" not in str(refused.value)
