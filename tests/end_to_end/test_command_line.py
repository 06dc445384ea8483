"""The command line, end to end: the formats that others rely on, and bad input of every kind."""

import json
from pathlib import Path

import pytest

from tests.relais import Relais

ARTICLE = """# Le pont de Vaumarin rouvre

Quatre ans après la crue, la coalition des volontaires finance l’ouvrage.

Le cessez-le-feu tient depuis **trente jours**. « Nous avons attendu longtemps », a déclaré la maire.
"""


def test_translate_prints_source_editions_beads_and_hits(relais: Relais) -> None:
    printed = json.loads(
        relais.run("translate", "-", "--to", "en", "--to", "uk", "--format", "json", stdin=ARTICLE).stdout
    )
    assert printed["source"]["title"] == "Le pont de Vaumarin rouvre"
    assert printed["editions"]["en"]["route"] == ["fr→en"]
    assert printed["editions"]["uk"]["route"] == ["fr→en", "en→uk"]
    for language, renderings in {"en": ("coalition of the willing", "ceasefire"), "uk": ("коаліці", "вогню")}.items():
        beads = printed["editions"][language]["beads"]
        assert [n for bead in beads for n in bead["source"]] == list(range(4))
        assert all(bead["origin"] == "mt" and bead["target"] for bead in beads)
        hits = [(bead, hit) for bead in beads for hit in bead["hits"]]
        assert [hit["term"] for _, hit in hits] == ["coalition des volontaires", "cessez-le-feu"]
        for (bead, hit), rendering in zip(hits, renderings, strict=True):
            start, end = hit["source"]
            assert bead["source_text"][start:end].lower() == hit["term"]
            if hit["outcome"] in ("native", "enforced"):
                start, end = hit["target"]
                assert bead["target"][start:end] == hit["form"]
                assert rendering in hit["form"].lower()


def test_submit_wait_show_and_correct(relais: Relais) -> None:
    with relais.process("worker"):
        words = relais.run("submit", "-", "--wait", stdin=ARTICLE).stdout.split()
        assert words[:4] == ["article", "1", "version", "1"]
        first = relais.json("show", "1", "--edition", "uk")
        assert (first["article"], first["version"]) == (1, 1)
        assert first["edition"]["state"] == "machine"
        assert {bead["origin"] for bead in first["edition"]["beads"]} == {"mt"}

        corrected = ARTICLE.replace("trente jours", "quarante jours")
        assert relais.run("submit", "-", "--article", "1", "--wait", stdin=corrected).stdout.split()[:4][3] == "2"
        second = relais.json("show", "1", "--edition", "uk")
        assert [bead["origin"] for bead in second["edition"]["beads"]] == ["kept", "kept", "mt", "kept"]
        kept = [bead["target"] for bead in first["edition"]["beads"]]
        assert [b["target"] for b in second["edition"]["beads"] if b["origin"] == "kept"] == kept[:2] + kept[3:]
        assert relais.json("show", "1", "--edition", "uk", "--version", "1")["version"] == 1
    assert relais.json("articles")["articles"][0]["editions"] == {"en": "machine", "uk": "machine"}
    assert relais.run("show", "1", "--edition", "en").stdout.strip()


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (("translate", "/nowhere/article.txt", "--to", "en"), b"", "/nowhere/article.txt"),
        (("translate", "-", "--to", "en"), b"", "empty"),
        (("translate", "-", "--to", "en"), b"  \n ", "empty"),
        (("translate", "-", "--to", "tlh"), b"Bonjour.", "fr→tlh"),
        (("submit", "-", "--to", "tlh"), b"Bonjour.", "fr→tlh"),
        (("submit", "-", "--article", "99"), b"Bonjour.", "99"),
        (("submit", "/nowhere.txt"), b"", "/nowhere.txt"),
        (("submit", "-"), b"%PDF-1.7 \x00\x01", "PDF"),
        (("submit", "-"), b"x" * 30_000_000, "20 MB"),
        (("show", "99", "--edition", "en"), b"", "99"),
        (("show",), b"", "relais show --help"),
        (("nonsense",), b"", "nonsense"),
        (("translate", "-", "--to", "en", "--format", "papyrus"), b"Bonjour.", "papyrus"),
        (("segment", "/nowhere.txt"), b"", "/nowhere.txt"),
        (("glossary", "check", "/nowhere.txt"), b"", "/nowhere.txt"),
        (("glossary", "check", "-"), b"\xff\xfe\xfa", "UTF-8"),
    ],
)
def test_bad_input_is_one_clear_line_and_nothing_is_stored(
    relais: Relais, arguments: tuple[str, ...], stdin: bytes, words: str
) -> None:
    done = relais.run(*arguments, stdin=stdin, check=False)
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert words in done.stderr
    assert relais.json("articles") == {"articles": []}


def test_a_broker_that_is_down_is_said_and_nothing_is_stored(relais: Relais) -> None:
    relais.environment["RELAIS_BROKER_URL"] = "redis://127.0.0.1:9/0"
    done = relais.run("submit", "-", stdin=ARTICLE, check=False)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "queue" in done.stderr
    assert relais.json("articles") == {"articles": []}


def test_an_unreadable_database_is_said(relais: Relais) -> None:
    (relais.data / "relais.db").write_bytes(b"not a database at all, not at all" * 40)
    done = relais.run("articles", check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "database" in done.stderr


def test_without_packages_and_index_the_starter_packages_serve_and_are_named(relais: Relais, tmp_path: Path) -> None:
    fresh = Relais(relais.data, tmp_path / "none")
    done = fresh.run("translate", "-", "--to", "en", "--format", "text", stdin=ARTICLE)
    assert done.stdout.strip()
    assert len(done.stderr.splitlines()) == 1
    assert "starter" in done.stderr
    assert fresh.run("translate", "-", "--to", "en", "--format", "text", stdin=ARTICLE).stdout == done.stdout
