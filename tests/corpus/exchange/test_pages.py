"""Formats that readers see: HTML, Markdown, plain text, ninjs."""

import json
from types import ModuleType

import pytest
from hypothesis import given, settings
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from corpus.errors import RelaisError
from corpus.exchange import FORMATS, Mark, State, Unit, format_named, html, markdown, ninjs, text
from corpus.spans import Span
from tests.corpus.exchange.units import HEADER, STORY, TEXTS, unit, written


def test_html() -> None:
    page = written(html, STORY)[0].decode()
    root = lxml_html.document_fromstring(page)
    assert root.get("lang") == "en"
    article = root.find(".//article")
    assert [(e.tag, e.text_content()) for e in article] == [
        ("h1", "The bridge reopens"),
        ("p", "The dyke holds. The watch is on."),
        ("ul", "\nFirst point\nSecond point <b>\n"),
        ("p", "Mirval"),
    ]


def marked(target: str, *marks: Mark) -> Unit:
    return unit("1", "Source.", target, marks=marks)


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        (html, '<p>A <strong>bold <em>word</em></strong> and <a href="https://a.example/?x=1&amp;y=2">link</a></p>'),
        (markdown, "A **bold *word*** and [link](https://a.example/?x=1&y=2)"),
    ],
)
def test_inline_markup(module: ModuleType, expected: str) -> None:
    given = marked(
        "A bold word and link",
        Mark("bold", Span(2, 11)),
        Mark("italic", Span(7, 11)),
        Mark("link", Span(16, 20), "https://a.example/?x=1&y=2"),
    )
    assert expected in written(module, [given])[0].decode()


def test_marks_of_a_later_unit_of_a_block_move_along() -> None:
    second = marked("Bold here.", Mark("bold", Span(0, 4)))
    assert "First one. <strong>Bold</strong> here." in written(html, [unit("0", "x", "First one."), second])[0].decode()


@pytest.mark.parametrize("module", [html, markdown])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", " javascript:x", "vbscript:x"])
def test_links_lead_nowhere_dangerous(module: ModuleType, address: str) -> None:
    page = written(module, [marked("A link", Mark("link", Span(0, 6), address))])[0].decode()
    assert "script" not in page
    assert "data:" not in page


@given(target=TEXTS)
@settings(max_examples=60)
def test_no_text_becomes_markup_in_html(target: str) -> None:
    page = written(html, [unit("1", "s", target)])[0].decode()
    paragraph = lxml_html.document_fromstring(page).find(".//article/p")
    assert paragraph is not None
    assert len(paragraph) == 0
    assert (paragraph.text or "").split() == target.split()


@pytest.mark.parametrize(
    "target",
    [
        "# no heading", "- Bonsoir, dit-il.", "1. no list", "2) nor here", "*stars* and _lines_", "a [link](x)",
        "<b>no tag</b>", "> no quote", "`code`", "+ plus", "===", "---", "a &amp; b", "* * *", "~~~ fence",
    ],
)  # fmt: skip
def test_no_text_becomes_markup_in_markdown(target: str) -> None:
    page = written(markdown, [unit("1", "s", target)])[0].decode()
    made = MarkdownIt("commonmark").render(page)
    root = lxml_html.fragment_fromstring(made, create_parent="div")
    assert [(e.tag, len(e), e.text_content()) for e in root] == [("p", 0, target)]


def test_markdown_blocks() -> None:
    units = [
        *STORY[:5],
        unit("h", "x", "A heading", kind="heading", level=3, block=8),
        unit("q", "x", "A quote", kind="quote", block=9),
    ]
    assert written(markdown, units)[0].decode() == (
        "# The bridge reopens\n\nThe dyke holds. The watch is on.\n\n- First point\n- Second point \\<b\\>\n\n"
        "### A heading\n\n> A quote\n"
    )


def test_plain_text() -> None:
    assert written(text, STORY[:3])[0].decode() == "The bridge reopens\n\nThe dyke holds. The watch is on.\n"


def test_ninjs_item() -> None:
    item = json.loads(written(ninjs, STORY)[0])
    assert item["headlines"] == [{"role": "main", "value": "The bridge reopens"}]
    assert item["bodies"][0]["value"].startswith("<p>The dyke holds. The watch is on.</p>\n<ul>")
    assert (item["language"], item["version"], item["standard"]["name"]) == ("en", "3", "ninjs")
    assert (item["type"], item["representationType"]) == ("text", "full")
    assert item["versionCreated"] == "2031-05-12T09:30:00+00:00"
    (original,) = item["associations"]
    assert (original["language"], original["rel"]) == ("fr", "translationSource")
    assert {"name", "uri"} <= set(original)
    assert original["uri"] != item["uri"]


def test_ninjs_without_a_headline_takes_the_title() -> None:
    item = json.loads(written(ninjs, [unit("1", "s", 'A "quoted" line\nof two', State.EDITED)])[0])
    assert item["headlines"][0]["value"] == HEADER.title
    assert item["bodies"][0]["value"] == '<p>A "quoted" line\nof two</p>\n'


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_found_by_its_name(name: str) -> None:
    assert format_named(name).name == name


def test_an_unknown_format() -> None:
    with pytest.raises(RelaisError, match="no format wav; there are tmx, xliff12"):
        format_named("wav")
