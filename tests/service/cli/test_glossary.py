"""`relais glossary` as a command."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.database import database
from corpus.errors import RelaisError
from corpus.settings import settings
from service.cli import relais
from tests.service.seeding import seed_article, seed_terms

LIST = """fr,en,uk,status,case,note
barrage,dam,гребля,,,
cessez-le-feu,ceasefire|!cease-fire,припинення вогню|!перемир’я,,,
grève,strike,,,,work
grève,shore,,,,coast
"""


@pytest.fixture(autouse=True)
def own_database(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    path = tmp_path / "relais.db"
    path.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("RELAIS_DATABASE_URL", f"sqlite:///{path}")
    for cache in (settings, database):
        cache.cache_clear()
    yield
    database().dispose()
    for cache in (settings, database):
        cache.cache_clear()


def _run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(relais, ["glossary", *arguments], input=text)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    texts = {
        "list.csv": LIST,
        "fr": "Le barrage\nfuit. Un cessez-le-feu.\n",
        "lines.fr": "Le barrage fuit.\nUn cessez-le-feu. La grève.\n\nLe barrage tient.\n",
        "lines.en": "The dam leaks.\nA cease-fire. The shore.\n\nIt holds; a cease-fire.\n",
        "short.en": "The dam leaks.\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {name: str(tmp_path / name) for name in texts}


def test_check_prints_places_in_the_file(files: dict[str, str]) -> None:
    printed = json.loads(_run("check", files["fr"], "--glossary", files["list.csv"], "--format", "json").stdout)
    assert printed == {
        "occurrences": [
            {"term": "barrage", "start": 3, "end": 10, "text": "barrage"},
            {"term": "cessez-le-feu", "start": 20, "end": 33, "text": "cessez-le-feu"},
        ],
        "nested": [],
    }


def test_check_with_a_translation(files: dict[str, str]) -> None:
    result = _run(
        "check", files["lines.fr"], "--glossary", files["list.csv"], "--translation", files["lines.en"],
        "--to", "en", "--format", "json",
    )  # fmt: skip
    printed = json.loads(result.stdout)
    brief = [(o["term"], o["line"], o["start"], o["outcome"], o["target"], o["form"]) for o in printed["occurrences"]]
    assert brief == [
        ("barrage", 1, 3, "native", [4, 7], "dam"),
        ("cessez-le-feu", 2, 3, "violated", [2, 12], "cease-fire"),
        ("grève", 2, 21, "native", [18, 23], "shore"),
        ("barrage", 4, 3, "violated", None, ""),
    ]
    assert printed["occurrences"][2]["candidates"] == ["strike", "shore"]
    assert printed["flags"] == [{"term": "cessez-le-feu", "line": 4, "target": [12, 22], "text": "cease-fire"}]


def test_check_with_the_stored_list_and_standard_input() -> None:
    result = _run("check", "-", text="Kiev et la coalition des volontaires.")
    assert [line.split()[1] for line in result.stdout.splitlines()] == ["Kiev", "coalition"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--translation", "lines.en"], "--to"),
        (["--translation", "short.en", "--to", "en"], "the source has 4 lines, the translation 1"),
        (["--glossary", "nowhere.csv"], "cannot be read"),
    ],
)
def test_check_refuses(files: dict[str, str], arguments: list[str], message: str) -> None:
    result = _run("check", files["lines.fr"], *(files.get(a, a) for a in arguments))
    assert isinstance(result.exception, RelaisError)
    assert message in str(result.exception)
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "tag", "expected"),
    [
        (["Марія Залеська", "--language", "uk"], "gen.sg", ["Марії Залеської"]),
        (["Коваль", "--language", "uk", "--gender", "f"], "gen.sg", ["Коваль"]),
        (["перемовини", "--language", "uk", "--number", "pl"], "gen.pl", ["перемовин"]),
        (["passer-by", "--language", "en"], "pl", ["passers-by"]),
        (["coalition des volontaires", "--language", "uk"], "ins.sg", ["коаліцією охочих"]),
        (["Юлія Свириденко", "--language", "uk"], "gen.sg", ["Юлії Свириденко"]),
    ],
)
def test_forms(arguments: list[str], tag: str, expected: list[str]) -> None:
    printed = json.loads(_run("forms", *arguments, "--format", "json").stdout)
    assert printed["forms"][tag] == expected


def test_import_shows_first_and_stores_then(tmp_path: Path) -> None:
    table = tmp_path / "new.csv"
    table.write_text("fr,en,uk\ncessez-le-feu,ceasefire,\ndigue,dyke,дамба\n", encoding="utf-8")
    dry = json.loads(_run("import", str(table), "--dry-run", "--format", "json").stdout)
    assert ([n["term"] for n in dry["new"]], dry["changed"], dry["unchanged"]) == (["digue"], [], 1)
    assert json.loads(_run("import", str(table), "--dry-run", "--format", "json").stdout) == dry
    assert "new      digue: dyke, дамба" in _run("import", str(table)).stdout
    after = json.loads(_run("import", str(table), "--format", "json").stdout)
    assert (after["new"], after["changed"], after["unchanged"]) == ([], [], 2)


@pytest.mark.parametrize("layout", ["csv", "tsv", "xlsx", "tbx", "tbx2"])
def test_export_comes_back_unchanged(tmp_path: Path, layout: str) -> None:
    target = tmp_path / f"glossary.{layout}"
    assert _run("export", "--as", layout, "--output", str(target)).exit_code == 0
    planned = json.loads(_run("import", str(target), "--dry-run", "--format", "json").stdout)
    assert (planned["new"], planned["changed"]) == ([], [])
    assert planned["unchanged"] > 800


def test_export_of_pairs_to_standard_output() -> None:
    written = _run("export", "--as", "deepl", "--to", "uk").stdout
    assert "cessez-le-feu,припинення вогню,FR,UK\n" in written


def test_report_counts_the_stored_hits() -> None:
    seed_terms(database())
    seed_article(database(), languages=("en",))
    printed = json.loads(_run("report", "--format", "json").stdout)
    assert [(line["key"], line["violated"], line["enforced"]) for line in printed["terms"]] == [
        ("ceasefire", 1, 0),
        ("coalition", 0, 1),
    ]
    assert [week["violated"] for week in printed["weeks"]["en"]] == [1]
    assert json.loads(_run("report", "--language", "uk", "--format", "json").stdout)["terms"] == []
    assert json.loads(_run("report", "--since", "2999-01-01", "--format", "json").stdout)["terms"] == []
    lines = _run("report").stdout.splitlines()
    assert lines[1].split() == ["en", "1", "0", "0", "1", "0", "cessez-le-feu"]
    assert _run("report", "--since", "last week").exit_code == 2
