"""Glossary files: round trips, files of other tools, and refusals."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from corpus.errors import RelaisError
from glossary.catalogue import starter_terms
from glossary.exchange import plan, read, write
from glossary.terms import CaseRule, Rendering, Status, Term

FULL = ["csv", "tsv", "xlsx", "tbx", "tbx2"]
ODD = [
    Term(
        key="odd",
        source="« pare-feu » | coupe-feu",
        renderings=(
            Rendering("en", "fire|wall", Status.ADMITTED, number="sg"),
            Rendering("en", "!Firewall!", Status.FORBIDDEN),
            Rendering("uk", "брандмауер", Status.PREFERRED, "m", forms={"loc.sg": "брандмауері|брандмауеру"}),
            Rendering("uk", "=HYPERLINK(1)", Status.FORBIDDEN, indeclinable=True),
        ),
        variants=("pare feu", "tilde\\", "~|"),
        case=CaseRule.EXACT,
        domain="it, security",
        note='two\nlines, "quoted"',
        definition="a; b",
        active=False,
        topics=("net", "fire"),
    ),
    Term("strike", "grève", (Rendering("en", "strike"),)),
    Term("shore", "grève", (Rendering("en", "shore"),)),
]


@pytest.mark.parametrize("form", FULL)
@pytest.mark.parametrize("terms", [ODD, starter_terms()], ids=["odd", "starter"])
def test_round_trip_without_loss(form: str, terms: list[Term]) -> None:
    again = read(write(terms, form), filename=f"glossary.{form}")
    assert [entry.term for entry in again] == terms
    planned = plan(terms, again)
    assert (planned.new, planned.changed, planned.unchanged) == ((), (), len(terms))


def test_simple_csv_with_marks() -> None:
    data = "fr,en,uk,status,case,note\nbarrage,dam|weir|!barrage,гребля,,,\nARN,RNA,,,exact,molecule\nfil,wire,,forbidden,,\n"
    terms = {e.term.source: e.term for e in read(data.encode())}
    barrage = terms["barrage"]
    assert [(r.text, r.status.value) for r in barrage.renderings] == [
        ("dam", "preferred"), ("weir", "admitted"), ("barrage", "forbidden"), ("гребля", "preferred"),
    ]  # fmt: skip
    assert (terms["ARN"].case, terms["ARN"].note) == (CaseRule.EXACT, "molecule")
    assert terms["fil"].forbidden("en")[0].text == "wire"


@pytest.mark.parametrize("mark", ["!weir", "weir (forbidden)", "weir [interdit]"])
def test_ways_to_mark_a_forbidden_rendering(mark: str) -> None:
    (entry,) = read(f"fr,en\nbarrage,dam|{mark}\n".encode())
    assert [r.text for r in entry.term.forbidden("en")] == ["weir"]


@pytest.mark.parametrize(
    "data",
    [
        "\ufefffr;en\nbarrage;dam\n".encode(),
        "fr\ten\nbarrage\tdam\n".encode("utf-16"),
        b"FR,EN-GB\r\nbarrage,dam\r\n",
        b"en,fr,pos,description\ndam,barrage,noun,a wall in water\n",  # Google's equivalent terms
        "Français,Anglais\nbarrage,dam\n".encode(),
    ],
)
def test_dialects(data: bytes) -> None:
    (entry,) = read(data)
    assert (entry.term.source, entry.term.renderings[0].text) == ("barrage", "dam")


@pytest.mark.parametrize(
    "data", ["barrage,dam\ndigue,dyke\n", "barrage\tdam\ndigue\tdyke\n", "barrage,dam,fr,en\ndigue,dyke,FR,EN-GB\n"]
)
def test_pairs_without_a_header(data: str) -> None:
    found = read(data.encode(), language="en")
    assert [(e.term.source, e.term.renderings[0]) for e in found] == [
        ("barrage", Rendering("en", "dam")),
        ("digue", Rendering("en", "dyke")),
    ]


def test_reversed_pairs_of_deepl() -> None:
    (entry,) = read(b"dam,barrage,EN,FR\n", form="deepl")
    assert (entry.term.source, entry.term.renderings[0].text) == ("barrage", "dam")


def test_pairs_written() -> None:
    assert write(ODD[1:2], "deepl", language="en").decode() == "grève,strike,FR,EN\n"
    assert write(ODD[1:2], "google", language="en").decode() == "grève,strike\n"
    with pytest.raises(RelaisError, match="which language"):
        write(ODD, "deepl")


FOREIGN = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body><termEntry id="e1">
 <descripGrp><descrip type="definition">One who reports wrongdoing</descrip></descripGrp>
 <langSet xml:lang="FR-fr"><ntig><termGrp><term>lanceur d'alerte</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig>
  <tig><term>donneur d'alerte</term></tig></langSet>
 <langSet xml:lang="en_US"><tig><term>whistleblower</term></tig>
  <tig><term>whistle-blower</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
  <tig><term>snitch</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
 <langSet xml:lang="uk"><tig><term>викривач</term><termNote type="grammaticalGender">masculine</termNote></tig></langSet>
</termEntry></body></text></martif>"""


def test_tbx_of_another_tool() -> None:
    (entry,) = read(FOREIGN.encode(), filename="x.tbx")
    term = entry.term
    assert (term.source, term.variants) == ("lanceur d'alerte", ("donneur d'alerte",))
    assert [(r.language, r.text, r.status.value, r.gender) for r in term.renderings] == [
        ("en", "whistleblower", "preferred", None),
        ("en", "whistle-blower", "admitted", None),
        ("en", "snitch", "forbidden", None),
        ("uk", "викривач", "preferred", "m"),
    ]
    assert term.definition == "One who reports wrongdoing"
    again = write([term], "tbx").decode()
    assert [again.count(f"<term>{t}</term>") for t in ("lanceur d'alerte", "donneur d'alerte", "викривач")] == [1, 1, 1]
    assert again.count("<conceptEntry") == 1


def test_tbx_version_3_in_either_style() -> None:
    dct = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" type="TBX-Basic" style="dct"
      xml:lang="fr"><text><body><conceptEntry id="c"><min:subjectField>water</min:subjectField>
      <langSec xml:lang="fr"><termSec><term>barrage</term></termSec></langSec>
      <langSec xml:lang="en"><termSec><term>barrage</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
      <termSec><term>dam</term></termSec></langSec></conceptEntry></body></text></tbx>"""
    (entry,) = read(dct.encode(), filename="x.tbx")
    assert entry.term.domain == "water"
    assert [(r.text, r.status.value) for r in entry.term.renderings] == [("barrage", "forbidden"), ("dam", "preferred")]


def test_two_entries_with_one_source_both_stay() -> None:
    entries = read(b"fr,en,note\ngr\xc3\xa8ve,strike,work\ngr\xc3\xa8ve,shore,coast\n")
    assert [(e.term.key, e.term.renderings[0].text) for e in entries] == [("greve", "strike"), ("greve-shore", "shore")]


def test_spreadsheet_text_never_becomes_a_formula() -> None:
    book = load_workbook(io.BytesIO(write(ODD, "xlsx")))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}


def test_spreadsheet_cells_that_are_no_text() -> None:
    book = Workbook()
    for row in (["fr", "en"], ["zéro", 0], ["sept", "007"], ["vrai", True]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    assert [e.term.renderings[0].text for e in read(out.getvalue())] == ["0", "007", "TRUE"]


def test_control_characters_do_not_spoil_an_export() -> None:
    term = Term("x", "le pont\x0b rouvre\x03", (Rendering("en", "the bridge\x00"),))
    for form in ("xlsx", "tbx", "tbx2"):
        (entry,) = read(write([term], form), filename=f"x.{form}")
        assert (entry.term.source, entry.term.renderings[0].text) == ("le pont rouvre", "the bridge")


@pytest.mark.parametrize(
    ("data", "filename", "message"),
    [
        (b"nom,valeur,autre\na,b,c\n", "x.csv", "first row"),
        (b"fr,en\n,dam\n", "x.csv", "row 2: a term needs a French text"),
        (b"fr,en\n...,dam\n", "x.csv", "row 2"),
        (b"fr,en,case\nbarrage,dam,loud\n", "x.csv", "row 2: case cannot be loud"),
        (b"fr,en,en_grammar\nbarrage,dam,plural\n", "x.csv", "row 2: grammar"),
        (b"\xff\xfa,en\n", "x.csv", "not UTF-8"),
        (b'fr,en\n"barrage,dam\n', "x.csv", "not a well-formed table"),
        (b"<martif><text></martif>", "x.tbx", "line 1"),
        (b"<martif/>", "x.tbx", "no concept"),
        (b"PK\x03\x04 broken", "x.xlsx", "not an XLSX"),
        (b"barrage,dam\n", "x.csv", "which language"),
    ],
)
def test_refusals_say_where(data: bytes, filename: str, message: str) -> None:
    with pytest.raises(RelaisError, match=message):
        read(data, filename=filename)


def test_external_entities_are_not_read() -> None:
    hostile = '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + FOREIGN.split("?>", 1)[1].split(">", 1)[1]
    (entry,) = read(hostile.replace("whistleblower", "a&x;b").encode(), filename="x.tbx")
    assert entry.term.renderings[0].text == "a&x;b"
