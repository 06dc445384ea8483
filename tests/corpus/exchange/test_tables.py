"""The bilingual table in its three formats: nothing computed, nothing retyped, an empty cell left alone."""

import io
from datetime import date, datetime
from types import ModuleType
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from corpus.errors import RelaisError
from corpus.exchange import State, csv_table, docx, xlsx
from corpus.exchange.csv_table import defused, restored
from tests.corpus.exchange.units import STORY, TEXTS, again, bare, read, unit, written

by_name = pytest.mark.parametrize("module", [csv_table, xlsx, docx], ids=lambda m: m.name)
FORMULAS = [
    "=CMD|'/C calc'!A0",
    "+33 1 98 76 54 32",
    "@mairie",
    "- Bonsoir, dit-il.",
    "=SOMME(B1:B9)",
    "'=x",
    "''+1",
    "'tis",
]


@by_name
def test_table_comes_back(module: ModuleType) -> None:
    reading = read(module, written(module, STORY)[0])
    assert (reading.header.source_language, reading.header.target_language) == ("fr", "en")
    assert (reading.header.article, reading.header.version) == ("12", "3")
    back = list(reading)
    assert bare(back) == bare(STORY)
    assert [u.kind for u in back] == [u.kind for u in STORY]


@given(source=TEXTS, target=TEXTS)
@settings(deadline=None, max_examples=40)
@by_name
def test_texts_come_back(module: ModuleType, source: str, target: str) -> None:
    assert [(u.source, u.target) for u in again(module, [unit("1", source, target)])] == [(source, target)]


@by_name
def test_formulas_are_text_and_come_back(module: ModuleType) -> None:
    units = [unit(str(k), text, text, State.EDITED) for k, text in enumerate(FORMULAS)]
    assert [(u.source, u.target) for u in again(module, units)] == [(text, text) for text in FORMULAS]


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    data, _ = written(xlsx, [unit(str(k), text, text) for k, text in enumerate(FORMULAS)])
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=False).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows(min_row=2, min_col=3, max_col=4) for cell in row} == {"s"}


def test_no_cell_of_a_csv_begins_like_a_formula() -> None:
    data, _ = written(csv_table, [unit(str(k), text, text) for k, text in enumerate(FORMULAS)])
    cells = data.decode("utf-8-sig").replace("\r\n", ",").replace('"', "").split(",")
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r") and cell[:1]]


@given(text=TEXTS)
def test_defusing_is_undone_exactly(text: str) -> None:
    assert restored(defused(text)) == text


def test_control_characters_do_not_stop_a_workbook() -> None:
    units = [unit(str(k), "La digue tient.", "The dyke holds.") for k in range(20)]
    data, report = written(xlsx, [*units, unit("bad", "Le pont\x0b rouvre\x03.\n\tOui", "x")])
    assert (report.written, report.cleaned) == (21, ["bad"])
    assert list(read(xlsx, data))[-1].source == "Le pont rouvre.\n\tOui"


@by_name
def test_texts_beyond_what_a_cell_holds(module: ModuleType) -> None:
    long = unit("9", "a" * 40_000, "b")
    if module is xlsx:
        with pytest.raises(RelaisError, match="unit 9 is longer"):
            written(module, [long])
    else:
        assert again(module, [long])[0].source == long.source


def _book(rows: list[list[Any]], formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (0, "General", "0"),
        (date(2031, 5, 12), "yyyy-mm-dd", "2031-05-12"),
        (datetime(2031, 5, 12), "yyyy-mm-dd", "2031-05-12"),
        (True, "General", "TRUE"),
        ("007", "@", "007"),
        (1.5, "0.00", "1.50"),
        (1.5, "General", "1.5"),
        (3, "0.0", "3.0"),
        (None, "General", None),
    ],
)
def test_values_typed_by_the_spreadsheet(value: Any, form: str, expected: str | None) -> None:
    data = _book([["id", "fr", "en"], ["1", "Source.", value]], {"C2": form})
    assert next(iter(read(xlsx, data))).target == expected


@pytest.mark.parametrize(
    ("value", "form"),
    [("=A1", "General"), (0.5, "0%"), (datetime(2031, 5, 12, 9, 30), "yyyy-mm-dd hh:mm"), (1250, "#,##0")],
)
def test_values_whose_text_cannot_be_known_are_refused_by_cell(value: Any, form: str) -> None:
    data = _book([["id", "fr", "en"], ["1", "Source.", value]], {"C2": form})
    with pytest.raises(RelaisError, match="cell C2 holds"):
        list(read(xlsx, data))


def test_columns_in_any_order_and_absent_ones_left_alone() -> None:
    found = next(iter(read(csv_table, 'en;fr\r\nThe "Horizon" project;Le projet "Horizon"\r\n'.replace('"', '"'))))
    assert (found.source, found.target, found.state) == ('The "Horizon" project', 'Le projet "Horizon"', None)


def test_an_empty_cell_means_leave_it() -> None:
    units = list(read(csv_table, "id,fr,en,state\n1,La digue tient.,,\n2,Le pont ferme.,The bridge closes.,edited\n"))
    assert [(u.target, u.state) for u in units] == [(None, None), ("The bridge closes.", State.EDITED)]


@pytest.mark.parametrize(
    ("module", "data", "complaint"),
    [
        (csv_table, b"a,b\n1,2\n", "must name the two languages"),
        (csv_table, b"", "must name the two languages"),
        (csv_table, b"id,fr,en\n1,\xff\xfe,x\n", "not UTF-8"),
        (csv_table, b'id,fr,en\n1,"open,x\n', "not CSV"),
        (csv_table, b"id,fr,en\n1/1/1,a,b\n2/1/2,a,b\n", "row 3 belongs to another edition"),
        (xlsx, b"PK\x03\x04 no workbook", "not an XLSX workbook"),
        (xlsx, b"id,fr,en", "not an XLSX workbook"),
        (docx, b"id,fr,en", "not a DOCX document"),
    ],
)
def test_bad_tables_are_refused(module: ModuleType, data: bytes, complaint: str) -> None:
    with pytest.raises(RelaisError, match=complaint):
        list(read(module, data))


def test_a_damaged_workbook_is_refused() -> None:
    data = written(xlsx, STORY)[0]
    broken = data.replace(b"xl/workbook.xml", b"xl/workbxxk.xml")
    with pytest.raises(RelaisError, match="damaged"):
        list(read(xlsx, broken))


def test_word_keeps_insertions_and_drops_deletions() -> None:
    import zipfile

    data = written(docx, [unit("1", "La digue tient.", "The dyke holds.")])[0]
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            part = part.replace(
                b'<w:t xml:space="preserve">The dyke holds.</w:t></w:r>',
                b"<w:t>The dyke </w:t></w:r><w:del><w:r><w:delText>holds</w:delText></w:r></w:del>"
                b"<w:ins><w:r><w:t>stands.</w:t></w:r></w:ins>",
            )
            new.writestr(name, part)
    assert [u.target for u in read(docx, stream.getvalue())] == ["The dyke stands."]


def test_word_opens_the_table() -> None:
    import docx as python_docx

    table = python_docx.Document(io.BytesIO(written(docx, STORY)[0])).tables[0]
    assert [cell.text for cell in table.rows[2].cells] == [
        "12/3/1",
        "paragraph",
        "La digue tient.",
        "The dyke holds.",
        "edited",
        "",
    ]
