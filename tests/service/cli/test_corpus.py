"""`relais corpus`, in this process, on both kinds of database."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text

import corpus.database
import corpus.settings
from corpus.beads import edit
from corpus.database import Database
from corpus.editions import beads_of, get_edition, move
from corpus.errors import RelaisError
from corpus.memory import remember
from corpus.models import Change, Edition, MemoryUnit, Origin, Role, State
from service.cli import relais
from tests.corpus.stories import editor, store
from training.pairs import read_pairs

PAIRS = [
    ("La salle vote", "The hall votes"),
    ("Non.", "No."),
    ("Non.", "No."),
    ("Non.", "No."),
    ('Le maire a dit "non" au projet "Horizon".', 'The mayor said "no" to the "Horizon" project.'),
]
Run = Callable[..., Result]


@pytest.fixture
def run(database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs `relais corpus …` on the test's database; an expected error is returned, not raised."""
    monkeypatch.setenv("RELAIS_DATABASE_URL", database_url)
    monkeypatch.setenv("RELAIS_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, status: int = 0) -> Result:
        corpus.settings.settings.cache_clear()
        corpus.database.database.cache_clear()
        result = CliRunner().invoke(relais, ["corpus", *arguments])
        corpus.database.database().dispose()
        failed = 2 if isinstance(result.exception, RelaisError) else result.exit_code
        assert failed == status, (result.output, result.exception)
        return result

    yield invoke
    corpus.settings.settings.cache_clear()
    corpus.database.database.cache_clear()


@pytest.fixture
def article(database: Database) -> str:
    with database.writing() as session:
        editor(session).role = Role.EDITOR
        return str(store(session, PAIRS).version.article_id)


def targets(database: Database) -> list[str]:
    with database.reading() as session:
        return [bead.target for bead in beads_of(session, session.scalars(select(Edition.id)).one())]


def of(article: str) -> tuple[str, ...]:
    return ("--article", article, "--edition", "en")


@pytest.mark.parametrize("form", ["xliff12", "xliff21", "xlsx", "csv", "docx", "jsonl", "tmx"])
def test_an_export_imported_unchanged_changes_nothing(run: Run, article: str, database: Database, form: str) -> None:
    name = f"edition.{form}"
    run("export", *of(article), "--format", form, "--output", name)
    again = ("import", name, "--format", form, "--as", "claire", *of(article), "--output-format", "json")
    assert json.loads(run(*again).stdout) == {"counts": {"same": 5}, "left": []}
    with database.reading() as session:
        assert session.scalars(select(Change.action).where(Change.subject == "bead")).all() == []


@pytest.mark.parametrize("form", ["md", "txt", "html", "ninjs"])
def test_what_readers_get_holds_the_translation(run: Run, article: str, form: str) -> None:
    printed = run("export", *of(article), "--format", form).stdout
    assert all(word in printed for word in ("The hall votes", "project"))
    assert "La salle vote" not in printed


def test_a_proofreader_s_table_comes_back(run: Run, article: str, database: Database) -> None:
    run("export", *of(article), "--format", "xlsx", "--output", "table.xlsx")
    book = openpyxl.load_workbook("table.xlsx")
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index("en") + 1
    sheet.cell(row=4, column=column).value = "Against."
    book.save("table.xlsx")
    run("import", "table.xlsx", "--as", "claire", "--dry-run")
    assert targets(database) == [target for _, target in PAIRS]
    assert "1 changed, 4 same" in run("import", "table.xlsx", "--as", "claire").output
    assert targets(database)[1:4] == ["No.", "Against.", "No."]
    with database.reading() as session:
        (line,) = session.scalars(select(Change).where(Change.subject == "bead"))
        assert (line.action, line.before["target"], line.after["target"]) == ("import", "No.", "Against.")


def test_work_done_meanwhile_is_a_conflict_and_stays(run: Run, article: str, database: Database) -> None:
    run("export", *of(article), "--format", "csv", "--output", "table.csv")
    content = Path("table.csv").read_text("utf-8-sig")
    Path("table.csv").write_text(content.replace("The hall votes", "The room votes"), "utf-8-sig")
    with database.writing() as session:
        beads = beads_of(session, session.scalars(select(Edition.id)).one())
        for bead, target in ((beads[0], "The chamber votes"), (beads[1], "Nay.")):
            nothing: dict[str, list[object]] = {"marks": [], "hits": [], "flags": []}
            edit(session, bead, revision=bead.revision, target=target, actor_id=1, **nothing)  # type: ignore[arg-type]
    result = run("import", "table.csv", "--as", "claire", status=1)
    assert "1 conflict, 4 same" in result.output
    assert "The room votes" in result.output
    assert targets(database)[:2] == ["The chamber votes", "Nay."]
    run("import", "table.csv", "--as", "claire", "--take", status=1)
    assert targets(database)[:2] == ["The room votes", "Nay."]


def test_a_file_without_ids_changes_the_machine_s_text_alone(run: Run, article: str, database: Database) -> None:
    with database.writing() as session:
        bead = beads_of(session, session.scalars(select(Edition.id)).one())[1]
        edit(session, bead, revision=bead.revision, target="Nay.", marks=[], hits=[], flags=[], actor_id=1)
        assert bead.origin is Origin.HUMAN
    book = openpyxl.Workbook()
    for row in (("fr", "en"), ("Non.", "No way."), ("Non.", "Against."), ("Jamais.", "Never.")):
        book.worksheets[0].append(row)
    book.save("mine.xlsx")
    result = run("import", "mine.xlsx", *of(article), "--as", "claire", status=1)
    assert "1 changed, 1 conflict, 1 unknown" in result.output
    assert targets(database)[1:4] == ["Nay.", "Against.", "No."]


def test_a_changed_source_and_another_version(run: Run, article: str, database: Database) -> None:
    run("export", *of(article), "--format", "xliff12", "--output", "old.xlf")
    with database.writing() as session:
        store(session, [("La salle a voté", "The hall has voted"), *PAIRS[1:]], article_id=int(article))
    failed = run("import", "old.xlf", "--as", "claire", status=2)
    assert "version 1" in str(failed.exception)
    assert "version 2 now" in str(failed.exception)


ERRORS: list[tuple[tuple[str, ...], str]] = [
    (("export", "--article", "99", "--edition", "en", "--format", "csv"), "no article 99"),
    (("export", "--edition", "en", "--format", "docx"), "needs --article"),
    (("export", "--edition", "en", "--format", "training"), "--output"),
    (("export", "--edition", "en", "--format", "tmx", "--output", "none/x.tmx"), "cannot be written"),
    (("import", "none.tmx"), "no such file"),
    (("import", "broken.tmx"), "line"),
    (("import", "broken.xlf", *of("1"), "--as", "claire"), "line"),
    (("import", "notes.odt", "--as", "claire"), "--format"),
    (("import", "plain.jsonl"), "give --article"),
    (("import", "plain.jsonl", "--article", "1"), "--as LOGIN"),
    (("import", "plain.jsonl", "--article", "1", "--as", "nobody"), "no account"),
    (("import", "uk.jsonl", "--article", "1", "--edition", "en", "--as", "claire"), "language"),
    (("purge", "1", "--as", "claire", "--reason", "x", "--yes"), "must be withdrawn"),
    (("forget-memory", "none.tmx"), "nothing from"),
    (("restore", "broken.tmx"), "no backup"),
]


def test_errors_are_one_sentence_and_change_nothing(run: Run, article: str, database: Database) -> None:
    unit = {"type": "unit", "id": "1", "source": "Non.", "target": "Never."}
    for name, language in (("plain", "en"), ("uk", "uk")):
        first = {"type": "edition", "source_language": "fr", "target_language": language}
        Path(f"{name}.jsonl").write_text(f"{json.dumps(first)}\n{json.dumps(unit)}\n")
    Path("broken.tmx").write_text('<tmx version="1.4"><header srclang="fr"/><body><tu></body>')
    Path("broken.xlf").write_text('<xliff version="1.2"><file original="x" source-language="fr"><body>')
    Path("notes.odt").write_text("x")
    for arguments, said in ERRORS:
        message = str(run(*arguments, status=2).exception)
        assert said in message, (arguments, message)
        assert "\n" not in message
    assert targets(database) == [target for _, target in PAIRS]


TMX = """<?xml version="1.0"?><tmx version="1.4"><header srclang="FR" datatype="plaintext" segtype="sentence"
adminlang="en" creationtool="x" creationtoolversion="1" o-tmf="x"/><body>
<tu><tuv xml:lang="fr-FR"><seg>La grue tourne.</seg></tuv><tuv xml:lang="EN"><seg>The crane turns.</seg></tuv>
<tuv xml:lang="uk_UA"><seg>Кран обертається.</seg></tuv></tu></body></tmx>"""


def test_a_tmx_becomes_memory_once(run: Run, article: str, database: Database) -> None:
    Path("archive.tmx").write_text(TMX, "utf-8")
    first = json.loads(run("import", "archive.tmx", "--output-format", "json").stdout)
    again = json.loads(run("import", "archive.tmx", "--output-format", "json").stdout)
    assert (first["new"], again["new"], again["known"]) == (2, 0, 2)
    run("export", "--memory", "--edition", "uk", "--format", "tmx", "--output", "out.tmx")
    assert json.loads(run("import", "out.tmx", "--output-format", "json").stdout)["new"] == 0
    with database.reading() as session:
        assert sorted(session.scalars(select(MemoryUnit.language))) == ["en", "uk"]
    run("forget-memory", "archive.tmx")


def test_training_sets_share_no_article_and_no_source(run: Run, database: Database) -> None:
    with database.writing() as session:
        user = editor(session)
        for k in range(60):
            edition = store(
                session, [(f"Titre {k}", f"Title {k}"), ("Non.", "No."), (f"Phrase {k // 2}.", f"S {k // 2}.")]
            )
            if k:
                move(session, edition, State.APPROVED, actor_id=user.id)
    run("export", "--edition", "en", "--format", "training", "--output", "sets")
    sets = {
        name: [(pair.source, pair.target) for pair in read_pairs(Path(f"sets/{name}.tsv"), "fr", "en")]
        for name in ("train", "dev", "test")
    }
    sources = {name: {source for source, _ in pairs} for name, pairs in sets.items()}
    assert all(sets.values())
    assert not sources["train"] & sources["test"] | sources["train"] & sources["dev"] | sources["dev"] & sources["test"]
    assert all(len(set(pairs)) == len(pairs) for pairs in sets.values())
    assert sum(map(len, sets.values())) == 59 + 1 + 30
    assert ("Titre 0", "Title 0") not in {pair for pairs in sets.values() for pair in pairs}


def test_whole_corpus_of_the_newest_versions(run: Run, article: str, database: Database) -> None:
    with database.writing() as session:
        store(session, [("La salle a voté", "The hall has voted")], article_id=int(article))
        store(session, [("Autre", "Another")])
    run("export", "--edition", "en", "--format", "moses", "--output", "pairs")
    assert Path("pairs.fr").read_text().splitlines() == ["La salle a voté", "Autre"]
    assert Path("pairs.en").read_text().splitlines() == ["The hall has voted", "Another"]
    assert list(Path().glob(".*partial")) == []


def test_keeping_from_the_command_line(run: Run, article: str, database: Database) -> None:
    run("check")
    run("backup", "one.backup")
    assert '"title": "La salle vote"' in run("search", "salle", "--format", "json").stdout
    assert "The hall votes" in run("search", "hall", "--beads").stdout
    run("withdraw", article, "--as", "claire", "--reason", "erreur")
    run("purge", article, "--as", "claire", "--reason", "demande", "--yes")
    assert run("search", "salle").stdout == ""
    run("check")
    lines = [json.loads(line) for line in run("audit").stdout.splitlines()]
    assert [line["action"] for line in lines if line["subject"] == "article"] == ["create", "withdraw", "purge"]
    assert lines[-1]["actor"] == "claire"
    rows = list(csv.DictReader(io.StringIO(run("audit", "--format", "csv", "--subject", "article").stdout)))
    assert [row["reason"] for row in rows] == ["", "erreur", "demande"]
    run("restore", "one.backup", status=2)
    run("restore", "one.backup", "--replace")
    assert targets(database)[0] == "The hall votes"


def test_a_broken_rule_is_listed(run: Run, article: str, database: Database) -> None:
    with database.writing() as session:
        remember(session, get_edition(session, 1, "en"))
        session.execute(text("UPDATE memory SET source = 'Autre.' WHERE id = 1"))
    result = run("check", status=1)
    assert "memory-is-found-by-its-source: memory 1:" in result.stdout
    found = json.loads(run("check", "--format", "json", status=1).stdout)
    assert [violation["rule"] for violation in found["violations"]] == ["memory-is-found-by-its-source"]
