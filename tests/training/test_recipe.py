"""The whole recipe on three hundred lines, in an environment of its own: torch never enters Relais's."""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import corpus.settings
import worker.settings
from worker.engine import packages, translator

ROOT = Path(__file__).parents[2]
TRIPLES = ROOT / "tests" / "data" / "triples.tsv"
STARTER = next((ROOT / "worker" / "starter").glob("translate-en_uk-*.argosmodel"))

pytestmark = [pytest.mark.long, pytest.mark.timeout(2400)]  # installing torch may take most of it

Step = Callable[..., str]


@pytest.fixture(scope="module")
def step(tmp_path_factory: pytest.TempPathFactory) -> Step:
    """Runs one step of the recipe; returns its standard output."""
    folder = tmp_path_factory.mktemp("training-venv")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    requirements = ROOT / "training" / "requirements.txt"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", requirements], check=True)

    def run(command: str, *arguments: object) -> str:
        done = subprocess.run(
            [python, "-m", "training", command, *map(str, arguments)],
            cwd=ROOT,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder of Relais, to install into."""
    caches = (corpus.settings.settings, worker.settings.settings)
    with monkeypatch.context() as patch:
        patch.setenv("RELAIS_DATA", str(tmp_path / "data"))
        patch.delenv("ARGOS_PACKAGES_DIR", raising=False)
        for cache in caches:
            cache.cache_clear()
        yield tmp_path / "data"
    for cache in caches:
        cache.cache_clear()


def prepared(step: Step, run: Path, *tokenizer: object) -> None:
    step("prepare", "--run", run, "--from", "en", "--to", "uk", "--dev", 32, "--test", 32, TRIPLES)
    step("tokenize", "--run", run, *tokenizer)
    step("align", "--run", run)


def test_from_nothing_and_resumed(step: Step, tmp_path: Path) -> None:
    run = tmp_path / "run"
    prepared(step, run, "--pieces", 1500)
    options = ("--run", run, "--steps", 40, "--every", 10, "--pieces", 800, "--width", 64, "--threads", 1)
    step("train", *options)
    last = run / "checkpoints" / "step-00000040.pt"
    packages_made = []
    for _ in range(2):
        step("convert", "--run", run)
        packages_made.append(Path(step("package", "--run", run, "--version", "0.0.1").strip()).read_bytes())
        if last.exists():  # lose the last ten steps, as a killed run does, and do them again
            last.unlink()
            step("train", *options)
    assert packages_made[0] == packages_made[1]
    losses = [float(line.split()[7]) for line in (run / "progress.txt").read_text().splitlines()]
    assert losses[3] < losses[0]


def test_from_a_starter_package_to_one_that_relais_installs(step: Step, tmp_path: Path, data_folder: Path) -> None:
    run = tmp_path / "run"
    prepared(step, run, "--package", STARTER)
    step("train", "--run", run, "--package", STARTER, "--steps", 40, "--every", 20, "--pieces", 1500, "--threads", 1)
    step("convert", "--run", run)
    made = Path(step("package", "--run", run, "--version", "0.9").strip())
    scores = json.loads(
        step(
            "score", "--from", "en", "--to", "uk", "--test", f"test={run / 'test.tsv'}",
            "--gold", ROOT / "training" / "gold" / "en-uk.tsv", made,
        )
    )  # fmt: skip
    assert scores["test"]["chrf"] > 30
    assert scores["alignment error rate"] < 0.5
    installed = packages.install_file(made)
    assert (installed.version, installed.path.is_relative_to(data_folder)) == ("0.9", True)
    [[best]] = translator.translator_for(installed).translate(["The coalition of the willing meets in Paris."])
    assert "Париж" in best.text


def test_relais_itself_has_no_torch() -> None:
    done = subprocess.run([sys.executable, "-c", "import torch"], capture_output=True, check=False)
    assert done.returncode != 0
