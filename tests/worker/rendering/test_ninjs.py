"""A news item written back: unknown fields survive, parallel fields agree, the language is set."""

import json
from typing import Any

import pytest

from tests.worker.rendering.engines import rendered, shouted
from worker.ingest import ingest
from worker.rendering import left_as_they_are

UNKNOWN = {"extra": {"surtitre": "Intempéries", "code": "K7"}, "genre": [{"code": "brève"}], "urgency": 3, "x": None}


def made(item: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(rendered(json.dumps(item, ensure_ascii=False).encode(), shouted))
    return result


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"headline": "Crue", "body_text": "L’eau monte.\n\nTout va bien."}, {"headline": "CRUE", "body_text": "L’EAU MONTE.\n\nTOUT VA BIEN."}),
        ({"headline": "Crue", "description_html": "<p>L’<em>eau</em> monte.</p>", "description_text": "L’eau monte.", "body_html": "<p>Fermé.</p>"},
         {"headline": "CRUE", "description_html": "<p>L’<em>EAU</em> MONTE.</p>", "description_text": "L’EAU MONTE.", "body_html": "<p>FERMÉ.</p>"}),
        ({"headline": "A < B", "body_xhtml": "<p>Un <b>mot</b>.</p>", "body_html": "<p>Un <b>mot</b>.</p>", "body_text": "Autre chose"},
         {"headline": "A < B", "body_xhtml": "<p>UN <b>MOT</b>.</p>", "body_html": "<p>UN <b>MOT</b>.</p>", "body_text": "UN MOT."}),
        ({"headlines": [{"role": "main", "value": "Crue"}], "bodies": [{"role": "main", "contenttype": "text/html", "value": "<p>Un.</p>"}]},
         {"headlines": [{"role": "main", "value": "CRUE"}], "bodies": [{"role": "main", "contenttype": "text/html", "value": "<p>UN.</p>"}]}),
        ({"headline": "Crue", "body_text": "Un.", "associations": {"photo": {"type": "picture", "description_text": "La digue", "href": "a.jpg"}}},
         {"headline": "CRUE", "body_text": "UN.", "associations": {"photo": {"type": "picture", "description_text": "LA DIGUE", "href": "a.jpg"}}}),
    ],
)  # fmt: skip
def test_fields_with_text_change_and_nothing_else(fields: dict[str, Any], expected: dict[str, Any]) -> None:
    item = {"uri": "urn:x:1", "language": "fr", **UNKNOWN, **fields}
    assert made(item) == item | {"language": "en"} | expected


def test_fields_left_in_french_are_named() -> None:
    item = {"uri": "urn:x:2", "headline": "Crue", "body_text": "Un.", "slugline": "crue", **UNKNOWN}
    assert left_as_they_are(ingest(json.dumps(item).encode())) == ["slugline", "extra.surtitre"]


def test_the_layout_of_the_json_stays() -> None:
    text = '{\n  "uri": "urn:x:1",\n  "language": "fr",\n  "headline": "Crue",\n  "body_text": "Été."\n}\n'
    expected = text.replace('"fr"', '"en"').replace("Crue", "CRUE").replace("Été", "ÉTÉ")
    assert rendered(text.encode(), shouted).decode() == expected
