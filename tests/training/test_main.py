"""The steps that need no torch, through the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from training.__main__ import main
from training.run import Run

ROOT = Path(__file__).parents[2]
TRIPLES = ROOT / "tests" / "data" / "triples.tsv"
STARTER = next((ROOT / "worker" / "starter").glob("translate-en_uk-*.argosmodel"))


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def prepare(run: Path) -> Result:
    return call("prepare", "--run", run, "--from", "fr", "--to", "uk", "--dev", 32, "--test", 32, TRIPLES)


@pytest.mark.parametrize("step", ["prepare", "tokenize", "align", "train", "convert", "package", "score"])
def test_every_step_explains_itself(step: str) -> None:
    result = call(step, "--help")
    assert result.exit_code == 0
    assert "Options:" in result.output


def test_prepare_writes_the_run(tmp_path: Path) -> None:
    assert prepare(tmp_path).exit_code == 0
    run = Run.open(tmp_path)
    assert (run.source, run.target) == ("fr", "uk")
    assert len(run.pairs("dev")) == len(run.pairs("test")) == 32
    assert 200 < len(run.pairs("train")) <= 300 - 64


def test_prepare_leaves_out_what_is_held_out(tmp_path: Path) -> None:
    prepare(tmp_path / "one")
    sentence = Run.open(tmp_path / "one").pairs("train")[0].target
    (tmp_path / "held-out.txt").write_text(sentence.upper() + "\n", encoding="utf-8")
    call(
        "prepare", "--run", tmp_path / "two", "--from", "fr", "--to", "uk",
        "--held-out", tmp_path / "held-out.txt", TRIPLES,
    )  # fmt: skip
    assert all(pair.target != sentence for pair in Run.open(tmp_path / "two").pairs("train"))


def test_pieces_are_the_same_each_time_and_cover_both_languages(tmp_path: Path) -> None:
    models = []
    for name in ("one", "two"):
        prepare(tmp_path / name)
        assert call("tokenize", "--run", tmp_path / name, "--pieces", 1500).exit_code == 0
        models.append((tmp_path / name / "sentencepiece.model").read_bytes())
    assert models[0] == models[1]
    source, target = ((tmp_path / "one" / f"{side}_vocabulary.txt").read_text() for side in ("source", "target"))
    assert source.splitlines()[:3] == target.splitlines()[:3] == ["<unk>", "<s>", "</s>"]
    assert "ї" in target
    assert "ї" not in source


def test_pieces_of_a_package(tmp_path: Path) -> None:
    prepare(tmp_path)
    assert call("tokenize", "--run", tmp_path, "--package", STARTER).exit_code == 0
    assert (tmp_path / "target_vocabulary.txt").read_text().startswith("<unk>\n<s>\n</s>\n<0x00>\n")


def test_score_of_a_starter_package(tmp_path: Path) -> None:
    few = tmp_path / "few.tsv"
    few.write_text("\n".join(TRIPLES.read_text(encoding="utf-8").splitlines()[:21]) + "\n", encoding="utf-8")
    gold = ROOT / "training" / "gold" / "en-uk.tsv"
    result = call("score", "--from", "en", "--to", "uk", "--test", f"few={few}", "--gold", gold, STARTER)
    scores = json.loads(result.stdout)
    assert scores["few"]["sentences"] == 20
    assert scores["few"]["chrf"] > 25
    assert 0 < scores["alignment error rate"] < 0.5


def test_a_folder_that_is_no_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="prepare"):
        call("tokenize", "--run", tmp_path)
