"""Marks find the target's words again: table of cases, and what holds for any marks and links."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.marks import Mark
from corpus.spans import Span
from glossary.enforcement.base import Link
from worker.ingest.base import Block, Kind
from worker.markup import place, segment_marks, to_html

_SIGNS = {"bold": "*", "italic": "/", "link": "@", "superscript": "^", "subscript": "_", "underline": "+", "keep": "="}
_KINDS = {sign: kind for kind, sign in _SIGNS.items()}


def marked(text: str) -> tuple[str, list[Mark]]:
    """Text and marks from a notation: {*bold*}, {/italic/}, {@link@}, {^sup^}, {_sub_}, nested as one likes."""
    plain, marks, stack, i = "", [], [], 0  # stack: sign, start, how many marks opened before
    while i < len(text):
        if text[i] == "{":
            stack.append((text[i + 1], len(plain), len(marks) + len(stack)))
            i += 2
        elif stack and text[i] == stack[-1][0] and text[i + 1 : i + 2] == "}":
            sign, start, rank = stack.pop()
            kind = _KINDS[sign]
            mark = Mark(kind, Span(start, len(plain)), "https://mirval.example/a" if kind == "link" else None)
            marks.append((rank, mark))
            i += 2
        else:
            plain += text[i]
            i += 1
    return plain, [mark for _, mark in sorted(marks, key=lambda m: m[0])]  # by where they open, outer first


def shown(text: str, marks: list[Mark]) -> str:
    """The notation of `marked` back from text and marks."""
    opens: dict[int, str] = {}
    closes: dict[int, str] = {}
    for m in marks:
        sign = _SIGNS[m.kind]
        if m.span.start == m.span.end:
            opens[m.span.start] = opens.get(m.span.start, "") + "{" + sign + sign + "}"
            continue
        opens[m.span.start] = opens.get(m.span.start, "") + "{" + sign
        closes[m.span.end] = sign + "}" + closes.get(m.span.end, "")
    return "".join(closes.get(i, "") + opens.get(i, "") + text[i : i + 1] for i in range(len(text) + 1))


def links_of(source: str, target: str, pairs: str) -> list[Link]:
    """Links from numbers of words: "0-0 1-2"."""
    words = [[Span(*w.span()) for w in re.finditer(r"\w+", text)] for text in (source, target)]
    numbers = (pair.split("-") for pair in pairs.split())
    return [Link(words[0][int(a)], words[1][int(b)], 1.0) for a, b in numbers]


CASES = [
    # source, target, word links, expected
    ("Le {*pont*} rouvre.", "The bridge reopens.", "0-0 1-1 2-2", "The {*bridge*} reopens."),
    ("{*Le pont rouvre.*}", "The bridge reopens.", "", "{*The bridge reopens.*}"),
    ("{*Le pont rouvre*}.", "The bridge reopens.", "", "{*The bridge reopens*}."),
    ("La {*digue rouge*} tient.", "The red dike holds.", "0-0 1-2 2-1 3-3", "The {*red dike*} holds."),
    ("Selon {@le rapport@}, il cède.", "It gives way, says the report.", "0-3 1-4 2-5 3-0 4-1", "It gives way, says {@the report@}."),
    ("Un mot {*{/très/} fort*} ici.", "A very strong word here.", "0-0 1-3 2-1 3-2 4-4", "A {*{/very/} strong*} word here."),
    ("Le {*{@rapport@}*} sort.", "The report is out.", "0-0 1-1 2-3", "The {*{@report@}*} is out."),
    ("Il a dit {/« oui »/} hier.", "He said “yes” yesterday.", "0-0 2-1 3-2 4-3", "He said {/“yes”/} yesterday."),
    ("Il a dit « {/oui/} » hier.", "He said “yes” yesterday.", "0-0 2-1 3-2 4-3", "He said “{/yes/}” yesterday."),
    ("Le {*pont,*} fermé.", "The bridge, closed.", "0-0 1-1 2-2", "The {*bridge,*} closed."),
    ("Le {*pont*}, fermé.", "The bridge, closed.", "0-0 1-1 2-2", "The {*bridge*}, closed."),
    ("{*35 pays*} ont signé.", "35 countries have signed.", "0-0 1-1 2-2 3-3", "{*35 countries*} have signed."),
    ("{*35*} pays ont signé.", "Signed by 35 countries.", "", "Signed by {*35*} countries."),
    ("Le {@Fil de Mirval@} paraît.", "The Fil de Mirval appears.", "", "The {@Fil de Mirval@} appears."),
    ("Le CO{_2_} baisse.", "CO2 is falling.", "1-0 2-2", "CO{_2_} is falling."),
    ("Le 1{^er^} mai.", "May 1st.", "1-1 2-0", "May 1{^st^}."),
    ("Le 1{^er^} mai.", "1 травня.", "1-0 2-1", "1{^^} травня."),
    ("Le pont {*ne*} rouvre pas.", "The bridge stays closed.", "0-0 1-1 3-2 4-3", "The {*bridge*} stays closed."),
    ("{*Deux*} mots {/distants/}.", "Deux words distants.", "", "{*Deux*} words {/distants/}."),
    ("{@Un@} {@lien@} ici.", "Link here.", "0-0 1-0 2-1", "{@Link@}{@@} here."),
    ("Il part, {*enfin*}.", "At last he leaves.", "0-2 1-3 2-0 2-1", "{*At last*} he leaves."),
    ("Le {*pont*} rouvre.", "Міст знову відкрито.", "1-0 2-1 2-2", "{*Міст*} знову відкрито."),
    ("Merci à {=La rédaction=}.", "Thanks to La rédaction.", "", "Thanks to {=La rédaction=}."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "pairs", "expected"), CASES)
def test_a_mark_goes_where_its_words_went(source: str, target: str, pairs: str, expected: str) -> None:
    text, marks = marked(source)
    assert shown(target, place(marks, text, target, links_of(text, target, pairs))) == expected


def test_nothing_is_lost_when_the_target_is_empty() -> None:
    _, marks = marked("{*a {/b/}*}")
    assert [m.kind for m in place(marks, "a b", "", [])] == ["bold", "italic"]


def test_a_link_keeps_its_address_and_title() -> None:
    link = Mark("link", Span(3, 7), "https://mirval.example/a", "PDF")
    [placed] = place([link], "Le pont", "The bridge", [Link(Span(3, 7), Span(4, 10), 1.0)])
    assert placed == Mark("link", Span(4, 10), "https://mirval.example/a", "PDF")


_MARKS = st.lists(
    st.tuples(st.sampled_from(list(_SIGNS)), st.integers(0, 30), st.integers(1, 12)), max_size=8
)  # fmt: skip
_LINKS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8), st.integers(0, 40), st.integers(1, 8), st.floats(0, 1)),
    max_size=12,
)
_TEXT = st.text("abé «»,.12 ’", max_size=40)


@settings(max_examples=300, deadline=None)
@given(_TEXT, _TEXT, _MARKS, _LINKS)
def test_any_marks_come_out_once_nested_and_within_the_target(source, target, raw_marks, raw_links):
    marks = [
        Mark(k, Span(min(a, len(source)), min(a + n, len(source))), "https://x.example" if k == "link" else None)
        for k, a, n in raw_marks
    ]
    links = [Link(Span(a, a + n), Span(b, b + k), w) for a, n, b, k, w in raw_links]
    placed = place(marks, source, target, links)
    assert sorted(m.kind for m in placed) == sorted(m.kind for m in marks)
    assert all(0 <= m.span.start <= m.span.end <= len(target) for m in placed)
    for one in placed:
        for other in placed:
            assert not one.span.start < other.span.start < one.span.end < other.span.end
            if one is not other and one.kind == other.kind == "link":
                assert not one.span.overlaps(other.span)
    assert _text_of(to_html(target, placed)) == target


class _Reader(HTMLParser):
    """Collects the text and checks that every element is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.stack = "", []

    def handle_starttag(self, tag, attrs):
        self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        self.text += data


def _text_of(page: str) -> str:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert not reader.stack
    return reader.text


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("a < b & c", [], "a &lt; b &amp; c"),
        ("un mot", [Mark("bold", Span(3, 6))], "un <strong>mot</strong>"),
        ("un mot", [Mark("bold", Span(0, 6)), Mark("italic", Span(3, 6))], "<strong>un <em>mot</em></strong>"),
        ("abc", [Mark("bold", Span(0, 2)), Mark("italic", Span(1, 3))], "<strong>a<em>b</em></strong><em>c</em>"),
        ("x2", [Mark("superscript", Span(1, 2))], "x<sup>2</sup>"),
        ("la note", [Mark("link", Span(3, 7), "https://x.example/?a=1&b=2")],
         'la <a href="https://x.example/?a=1&amp;b=2" rel="noopener">note</a>'),
        ("la note", [Mark("link", Span(3, 7), "mailto:a@x.example")], 'la <a href="mailto:a@x.example" rel="noopener">note</a>'),
        ("la note", [Mark("link", Span(3, 7), "javascript:alert(1)")], "la note"),
        ("la note", [Mark("link", Span(3, 7), " JAVASCRIPT:alert(1)")], "la note"),
        ("la note", [Mark("link", Span(3, 7), "data:text/html,x")], "la note"),
        ("la note", [Mark("link", Span(3, 7), 'https://x" onclick="a')], "la note"),
        ("la note", [Mark("link", Span(3, 7), "https://x.example", '"><script>')],
         'la <a href="https://x.example" title="&quot;&gt;&lt;script&gt;" rel="noopener">note</a>'),
        ("<script>x</script>", [Mark("bold", Span(0, 8))], "<strong>&lt;script&gt;</strong>x&lt;/script&gt;"),
        ("nom", [Mark("keep", Span(0, 3))], '<span translate="no">nom</span>'),
        ("nom", [Mark("unknown", Span(0, 3))], "nom"),
    ],
)  # fmt: skip
def test_html_is_escaped_nested_and_safe(text: str, marks: list[Mark], expected: str) -> None:
    assert to_html(text, marks) == expected


def test_marks_of_a_segment_are_cut_to_it_and_count_from_it() -> None:
    block = Block(
        Kind.PARAGRAPH, Span(10, 40), (Mark("bold", Span(12, 25)), Mark("link", Span(30, 35), "https://x.example"))
    )
    assert segment_marks(block, Span(10, 20)) == [Mark("bold", Span(2, 10))]
    assert segment_marks(block, Span(21, 40)) == [
        Mark("bold", Span(0, 4)),
        Mark("link", Span(9, 14), "https://x.example"),
    ]
