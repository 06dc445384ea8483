"""TMX and XLIFF: round trips, states, white space, and what must be refused."""

import io
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.errors import Conflict, RelaisError
from corpus.exchange import State, Unit, tmx, xliff12, xliff21
from corpus.exchange.languages import expect
from corpus.exchange.xliff import expect_version
from tests.corpus.exchange.units import HEADER, RICH, STORY, TEXTS, again, bare, read, unit, written

XLIFF = [xliff12, xliff21]
ALL = [tmx, *XLIFF]
by_name = pytest.mark.parametrize("module", ALL, ids=lambda m: m.name)
xliff_by_name = pytest.mark.parametrize("module", XLIFF, ids=lambda m: m.name)


@xliff_by_name
def test_everything_xliff_holds_comes_back(module: ModuleType) -> None:
    units = [*STORY, RICH]
    back = again(module, units)
    assert bare(back) == bare(units)
    assert (back[-1].hits, back[-1].marks) == (RICH.hits, RICH.marks)


@xliff_by_name
@pytest.mark.parametrize("state", list(State))
def test_states_come_back(module: ModuleType, state: State) -> None:
    assert again(module, [unit("1", "La digue tient.", "The dyke holds.", state)])[0].state is state


@given(source=TEXTS, target=TEXTS)
@settings(deadline=None, max_examples=50)
@by_name
def test_texts_come_back(module: ModuleType, source: str, target: str) -> None:
    back = again(module, [unit("1", source, target, State.EDITED)])
    assert [(u.source, u.target) for u in back] == [(source, target)]


@given(target=TEXTS, ends=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
@settings(deadline=None, max_examples=50)
@xliff_by_name
def test_crossing_stretches_never_spoil_a_text(module: ModuleType, target: str, ends: list[tuple[int, int]]) -> None:
    from corpus.exchange import Annotation
    from corpus.spans import Span

    hits = tuple(Annotation("terme", "native", None, Span(min(e), max(e))) for e in ends)
    assert again(module, [unit("1", "Source.", target, hits=hits)])[0].target == target


def test_only_approved_yes_approves() -> None:
    data, _ = written(xliff12, [unit("1", "a b", "c d", State.APPROVED), unit("2", "e f", "g h", State.EDITED)])
    assert data.count(b'approved="yes"') == 1
    back = list(read(xliff12, data.replace(b' approved="yes"', b"")))
    assert [u.state for u in back] == [State.EDITED, State.EDITED]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('state="new"', State.UNTRANSLATED),
        ('state="needs-translation"', State.UNTRANSLATED),
        ('state="translated"', State.EDITED),
        ('state="signed-off"', State.EDITED),
        ('state="needs-review-l10n"', State.REJECTED),
        ('state="translated" state-qualifier="mt-suggestion"', State.MACHINE),
        ("", None),
    ],
)
def test_states_of_other_tools(attributes: str, expected: State | None) -> None:
    assert next(iter(read(xliff12, _xliff(f"<source>a</source><target {attributes}>b</target>")))).state is expected


def _xliff(inside: str, original: str = "x", key: str = "1") -> str:
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        f'<file original="{original}" source-language="fr-FR" target-language="EN" datatype="plaintext"><body>'
        f'<trans-unit id="{key}">{inside}</trans-unit></body></file></xliff>'
    )


def test_cdata_is_text() -> None:
    found = next(iter(read(xliff12, _xliff("<source><![CDATA[<p>Le quai est vide. </p>\n\n]]></source>"))))
    assert found.source == "<p>Le quai est vide. </p>\n\n"
    assert again(xliff12, [replace(found, target="x")])[0].source == found.source


def test_codes_of_other_tools_hold_no_text() -> None:
    inside = '<source>Un <bpt id="1">&lt;b&gt;</bpt>mot<ept id="1">&lt;/b&gt;</ept> <ph id="2">{0}</ph>ici</source>'
    assert next(iter(read(xliff12, _xliff(inside)))).source == "Un mot ici"


def test_a_unit_of_several_segments_stays_one_group() -> None:
    text = (
        '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fr" trgLang="uk"><file id="f">'
        '<unit id="u"><segment><source>Un.</source><target>Один.</target></segment>'
        "<ignorable><source> </source></ignorable><segment><source>Deux.</source></segment></unit></file></xliff>"
    )
    units = list(read(xliff21, text))
    assert [(u.id, u.group, u.source, u.target) for u in units] == [
        ("u/1", "u", "Un.", "Один."),
        ("u/2", "u", "Deux.", None),
    ]


def test_tmx_leaves_out_what_is_not_translated() -> None:
    data, report = written(tmx, STORY)
    assert [u.id for u in read(tmx, data)] == ["0", "1", "2", "3", "4"]
    assert report.left_out == 2
    assert b'<prop type="x-state">mt</prop>' in data


def test_tmx_of_other_languages_and_spellings() -> None:
    text = (
        '<tmx version="1.4"><header srclang="FR"/><body><tu><tuv xml:lang="fr-FR"><seg>Le bac part.</seg></tuv>'
        '<tuv xml:lang="EN"><seg>The ferry leaves.</seg></tuv><tuv xml:lang="uk_UA"><seg>Пором відходить.</seg></tuv></tu>'
        "</body></tmx>"
    )
    found = [(u.source_language, u.target_language, u.target) for u in read(tmx, text)]
    assert found == [("fr", "en", "The ferry leaves."), ("fr", "uk", "Пором відходить.")]
    assert [u.target for u in read(tmx, text, target_language="uk")] == ["Пором відходить."]


def test_tmx_is_not_segmented_again_and_codes_are_dropped() -> None:
    text = (
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="fr"/><body><tu tuid="9">'
        '<tuv xml:lang="fr"><seg>Un. <hi>Deux</hi>.<ph x="1">{}</ph></seg></tuv>'
        '<tuv xml:lang="en"><seg>One. Two.</seg></tuv></tu></body></tmx>'
    )
    assert [(u.id, u.source, u.target) for u in read(tmx, text)] == [("9", "Un. Deux.", "One. Two.")]


def test_tmx_text_without_seg_is_never_empty() -> None:
    careless = (
        '<tmx version="1.4"><header srclang="fr"/><body>\n<tu><tuv lang="fr">Le pont rouvre.</tuv>'
        '<tuv lang="en">{}</tuv></tu></body></tmx>'
    )
    assert [(u.source, u.target) for u in read(tmx, careless.format("The bridge reopens."))] == [
        ("Le pont rouvre.", "The bridge reopens.")
    ]
    with pytest.raises(RelaisError, match="line 2: the en text"):
        list(read(tmx, careless.format("")))


@by_name
@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ("<tmx><header", "well-formed"),
        ("", "well-formed"),
        ("not xml", "well-formed"),
        ("<html/>", "not XLIFF|not TMX|no header"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "declares entities"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>', "declares entities"),
        ('<!DOCTYPE x [<!ENTITY % a SYSTEM "http://x.example/"> %a;]><x/>', "declares entities|well-formed"),
    ],
)
def test_bad_xml_is_refused_in_a_sentence(module: ModuleType, data: str, complaint: str) -> None:
    with pytest.raises(RelaisError, match=complaint):
        list(read(module, data))


def test_broken_half_way_is_said_when_it_is_reached() -> None:
    data, _ = written(xliff12, [unit(str(k), "La digue tient.", "The dyke holds.") for k in range(2000)])
    with pytest.raises(RelaisError, match="well-formed"):
        list(read(xliff12, data[: len(data) // 2]))


def test_languages_and_version_of_another_edition() -> None:
    header = read(xliff12, written(xliff12, STORY)[0]).header
    expect(header.target_language, "en-GB", side="target")
    with pytest.raises(RelaisError, match="target language of the file is en, not uk"):
        expect(header.target_language, "uk", side="target")
    expect_version(header, "12", "3")
    with pytest.raises(Conflict, match="article 12, version 3, not of article 12, version 4"):
        expect_version(header, "12", "4")


@by_name
def test_control_characters_are_removed_and_named(module: ModuleType) -> None:
    units = [unit("1", "Le pont\x0b rouvre\x03.", "The bridge\x03 reopens."), *STORY]
    data, report = written(module, units)
    assert report.cleaned == ["1"]
    first = next(iter(read(module, data)))
    assert (first.source, first.target) == ("Le pont rouvre.", "The bridge reopens.")


@by_name
def test_a_million_units_need_no_more_memory_than_a_thousand(module: ModuleType) -> None:
    """Written onto a stream that keeps nothing, and read from one that is made as it is read: nothing may wait."""
    drawn = 0

    def units() -> Iterator[Unit]:
        nonlocal drawn
        for k in range(3000):
            drawn += 1
            yield unit(str(k), "La digue tient.", "The dyke holds.", State.EDITED)

    class Watch(io.BytesIO):
        longest_wait = 0

        def write(self, data: object) -> int:
            Watch.longest_wait = max(Watch.longest_wait, drawn - Watch.seen)
            Watch.seen = drawn
            return super().write(data)  # type: ignore[arg-type]

        seen = 0

    stream = Watch()
    module.write(stream, HEADER, units())
    assert Watch.longest_wait < 1000
    stream.seek(0)
    reading = module.read(stream)
    next(iter(reading))
    assert stream.tell() < len(stream.getvalue()) / 2


SCHEMAS = os.environ.get("RELAIS_SCHEMAS")


if SCHEMAS:  # a folder with the standards' own schemas, which are not ours to hand on; see decision 601

    @pytest.mark.parametrize(
        ("module", "schema"),
        [(tmx, "tmx14.dtd"), (xliff12, "xliff-core-1.2-strict.xsd"), (xliff21, "xliff_core_2.0.xsd")],
        ids=lambda value: getattr(value, "name", value),
    )
    def test_files_validate_against_the_standards(module: ModuleType, schema: str) -> None:
        path = Path(SCHEMAS) / schema
        document = etree.fromstring(written(module, [*STORY, RICH])[0])
        judge = etree.DTD(str(path)) if path.suffix == ".dtd" else etree.XMLSchema(etree.parse(str(path)))
        assert judge.validate(document), judge.error_log


@xliff_by_name
def test_structure_the_standards_ask_for(module: ModuleType) -> None:
    """Without their schemas at hand: required attributes, order of children, ids told once a scope, closed lists."""
    root = etree.fromstring(written(module, [*STORY, RICH])[0])
    names = [etree.QName(e).localname for e in root.iter()]
    assert root.get("version") == ("1.2" if module is xliff12 else "2.1")
    units = root.findall(".//{*}trans-unit" if module is xliff12 else ".//{*}unit")
    keys = [u.get("id") for u in units]
    assert len(set(keys)) == len(keys) == len(STORY) + 1
    for element in units:
        parent = element if module is xliff12 else element.find("{*}segment")
        assert parent is not None
        order = [etree.QName(child).localname for child in parent]
        assert order == [name for name in ("source", "target", "note") if name in order]
        for text in parent:
            inline = [child.get("id") for child in text.iter() if child is not text and child.get("id")]
            assert len(set(inline)) == len(inline)
    assert set(names) <= {
        *("xliff", "file", "body", "trans-unit", "unit", "segment"),
        *("source", "target", "note", "notes", "mrk", "g", "pc"),
    }


def test_structure_tmx_asks_for() -> None:
    root = etree.fromstring(written(tmx, STORY)[0])
    header = root.find("header")
    assert header is not None
    required = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert required <= set(header.attrib)
    for tu in root.iter("tu"):
        order = [child.tag for child in tu]
        assert order == sorted(order, key=["note", "prop", "tuv"].index)
        assert [len(tuv.findall("seg")) for tuv in tu.iter("tuv")] == [1, 1]
