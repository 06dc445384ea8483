"""`relais check` on line-aligned files."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.errors import RelaisError
from service.cli.check import command

FRENCH = "Il manque 3 000 soldats mardi.\nBonjour !\n\nLe mur tient.\n"


def _run(folder: Path, target: str, *options: str, source: str = FRENCH) -> Result:
    (folder / "fr.txt").write_text(source, encoding="utf-8")
    (folder / "target.txt").write_text(target, encoding="utf-8")
    return CliRunner().invoke(command, [str(folder / "fr.txt"), str(folder / "target.txt"), *options])


def test_flags_as_json_with_spans_and_a_message(tmp_path: Path) -> None:
    done = _run(
        tmp_path, "3,100 soldiers are missing on Tuesday.\nHello!\n\nThe wall holds\n", "--to", "en", "--format", "json"
    )
    assert done.exit_code == 1
    pairs = json.loads(done.stdout)["pairs"]
    assert [pair["line"] for pair in pairs] == [1, 2, 3, 4]
    assert pairs[0]["flags"] == [
        {
            "code": "number_changed",
            "severity": "error",
            "source": [10, 15],
            "target": [0, 5],
            "message": "“3 000” has become “3,100”.",
        }
    ]
    assert pairs[1]["flags"] == pairs[2]["flags"] == []
    assert [flag["code"] for flag in pairs[3]["flags"]] == ["ending_lost"]
    assert pairs[3]["flags"][0]["target"] is None


def test_warnings_alone_leave_the_exit_status_zero(tmp_path: Path) -> None:
    done = _run(tmp_path, "Бракує 3 000 військових.\nДобрий день!\n\nМур тримається.\n", "--to", "uk", "--lang", "uk")
    assert done.exit_code == 0
    assert done.stdout == "1: warning: Бракує «mardi». [date_missing]\n"


def test_one_side_may_be_standard_input_but_not_both(tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text("Bonjour.\r\nOui.", encoding="utf-8")
    done = CliRunner().invoke(command, [str(tmp_path / "fr.txt"), "-", "--to", "en"], input="Hello.\nYes.\n")
    assert (done.exit_code, done.stdout) == (0, "")
    both = CliRunner().invoke(command, ["-", "-", "--to", "en"], input="Hello.\n")
    assert isinstance(both.exception, RelaisError)


@pytest.mark.parametrize(
    ("target", "message"), [("One line.\n", "4 lines, .* has 1: the files are not aligned"), ("", "is empty")]
)
def test_files_that_do_not_match_are_one_clear_error(tmp_path: Path, target: str, message: str) -> None:
    done = _run(tmp_path, target, "--to", "en")
    assert isinstance(done.exception, RelaisError)
    assert re.search(message, str(done.exception))
