"""`relais ingest` and `relais segment`: what they print, and how they refuse."""

import io
import json
import sys
from pathlib import Path

import pytest

import service.cli
from tests.worker.ingest.files import docx, paragraph

TEXT = "Partager\n\nLe bac de Kerlann rouvre\n\nIl a rouvert mardi. « Enfin ! », dit-on.\n\nRetour en haut\n"


def relais(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run the command; its exit status."""
    monkeypatch.setattr(sys, "argv", ["relais", *words])
    try:
        service.cli.main()
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_segment_json_has_offsets_into_the_file(tmp_path: Path, monkeypatch, capsys) -> None:
    (tmp_path / "bac.txt").write_text(TEXT, encoding="utf-8")
    assert relais(monkeypatch, "segment", str(tmp_path / "bac.txt"), "--format", "json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert [(b["kind"], [s["text"] for s in b["segments"]]) for b in printed["blocks"]] == [
        ("headline", ["Le bac de Kerlann rouvre"]),
        ("paragraph", ["Il a rouvert mardi.", "« Enfin ! », dit-on."]),
    ]
    assert [(s["reason"], s["text"]) for s in printed["set_aside"]] == [
        ("share", "Partager"),
        ("back_to_top", "Retour en haut"),
    ]
    for stretch in [*printed["set_aside"], *(s for b in printed["blocks"] for s in b["segments"])]:
        assert TEXT[stretch["start"] : stretch["end"]] == stretch["text"]


def test_segment_text_is_one_sentence_a_line_from_standard_input(monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Le bac\nrouvre. La gare ferme.")))
    assert relais(monkeypatch, "segment", "-") == 0
    assert capsys.readouterr().out == "Le bac rouvre.\nLa gare ferme.\n"


def test_ingest_json_of_a_word_file(tmp_path: Path, monkeypatch, capsys) -> None:
    (tmp_path / "BAC.DOCX").write_bytes(docx(paragraph("Le bac rouvre", "Titre") + paragraph("Il a rouvert mardi.")))
    assert relais(monkeypatch, "ingest", str(tmp_path / "BAC.DOCX"), "--format", "json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["format"], printed["title"]) == ("docx", "Le bac rouvre")
    assert [(b["kind"], printed["text"][b["start"] : b["end"]]) for b in printed["blocks"]] == [
        ("headline", "Le bac rouvre"),
        ("paragraph", "Il a rouvert mardi."),
    ]


def test_warnings_go_to_standard_error(tmp_path: Path, monkeypatch, capsys) -> None:
    (tmp_path / "bac.txt").write_bytes("Le bac a été réparé.".encode("cp1252"))
    assert relais(monkeypatch, "ingest", str(tmp_path / "bac.txt")) == 0
    output = capsys.readouterr()
    assert output.out == "paragraph\tLe bac a été réparé.\n"
    assert "Windows-1252" in output.err


@pytest.mark.parametrize("command", ["ingest", "segment"])
@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.7", b"\x00\x01\x02" * 100])
def test_bad_input_is_one_line_and_exit_status_2(
    command: str, content: bytes | None, tmp_path: Path, monkeypatch, capsys
) -> None:
    name = tmp_path / "bac.txt"
    if content is not None:
        name.write_bytes(content)
    assert relais(monkeypatch, command, str(name)) == 2
    output = capsys.readouterr()
    assert not output.out
    assert output.err.startswith("relais: ") and output.err.count("\n") == 1
