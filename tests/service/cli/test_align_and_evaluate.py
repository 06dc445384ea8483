"""`relais align` and `relais evaluate` as commands."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.errors import RelaisError
from service.cli import relais
from worker.settings import settings


@pytest.fixture(autouse=True)
def no_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    settings.cache_clear()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(relais, list(arguments), catch_exceptions=True)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    texts = {
        "fr": "Le vent tombe.\nLe vent tombe enfin.\nLe bac repart.\n",
        "en": "The wind drops.\nThe wind drops at last and the ferry sails again.\n",
        "rough": "The wind falls.\nThe wind falls finally.\nThe ferry sails again.\n",
        "story.fr": "Un pont rouvre\n\nLe pont rouvre lundi. Le maire est content.\n\nLa gare ferme à Mirval.\n",
        "story.en": "A bridge reopens\n\nThe bridge reopens on Monday. The mayor is pleased.\n\nMirval station closes.\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {name: str(tmp_path / name) for name in texts}


@pytest.mark.parametrize("rough", [[], ["--translation", "rough"]])
def test_align_sentences(files: dict[str, str], rough: list[str]) -> None:
    more = [files.get(word, word) for word in rough]
    done = run("align", files["fr"], files["en"], "--to", "en", "--sentences", "--format", "json", *more)
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert [(b["source"], b["target"]) for b in found["beads"]] == [([0], [0]), ([1, 2], [1])]
    assert all(0 <= b["score"] <= 1 for b in found["beads"])
    assert ("no package leads from fr to en" in done.stderr) is not bool(rough)


def test_align_texts(files: dict[str, str]) -> None:
    done = run("align", files["story.fr"], files["story.en"], "--to", "en", "--format", "json")
    found = json.loads(done.stdout)
    assert found["source"] == [
        "Un pont rouvre",
        "Le pont rouvre lundi.",
        "Le maire est content.",
        "La gare ferme à Mirval.",
    ]
    assert [(b["source"], b["target"]) for b in found["beads"]] == [([k], [k]) for k in range(4)]


def test_align_as_text(files: dict[str, str]) -> None:
    lines = run("align", files["fr"], files["en"], "--to", "en", "--sentences").stdout.splitlines()
    assert lines[1].split("\t")[1:] == [
        "Le vent tombe enfin. Le bac repart.",
        "The wind drops at last and the ferry sails again.",
    ]


def test_evaluate(files: dict[str, str]) -> None:
    done = run(
        *("evaluate", "--reference", files["fr"], "--hypothesis", files["fr"], "--hypothesis", files["rough"]),
        *("--format", "json"),
    )
    found = json.loads(done.stdout)
    assert found["segments"] == 3
    assert [s["score"] for s in found["systems"][0]["scores"]] == [100.0, 100.0, 0.0]
    (comparison,) = found["comparisons"]
    assert [m["metric"] for m in comparison["metrics"]] == ["BLEU", "chrF++", "TER"]
    assert comparison["metrics"][0]["difference"] < 0


def test_evaluate_as_text(files: dict[str, str]) -> None:
    done = run("evaluate", "--reference", files["en"], "--hypothesis", files["en"])
    assert "BLEU    100.00   nrefs:1" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["evaluate", "--reference", "en", "--hypothesis", "fr"], "hypothesis has 3 lines, the reference 2"),
        (["evaluate", "--reference", "en"], "nothing to evaluate"),
        (["evaluate", "--reference", "en", "--package", "fr-en"], "--package needs --source"),
        (["align", "fr", "en", "--to", "en", "--sentences", "--translation", "en"], "has 2 lines, the source has 3"),
        (["align", "fr", "nowhere", "--to", "en"], "cannot be read"),
    ],
)
def test_bad_input_is_one_sentence(files: dict[str, str], arguments: list[str], complaint: str) -> None:
    done = run(*(files.get(word, word) for word in arguments))
    assert isinstance(done.exception, RelaisError)
    assert complaint in str(done.exception)
    assert not done.stdout
