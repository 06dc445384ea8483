"""Reading a package, writing one: no torch, real CTranslate2."""

import json
import zipfile
from pathlib import Path

import ctranslate2
import numpy as np
import pytest
from argostranslate.package import Package

from training import packaging, scoring, weights
from training.conversion import convert, position_encodings
from training.tokenizer import MODEL

STARTER = next((Path(weights.__file__).parents[1] / "worker" / "starter").glob("translate-fr_en-*.argosmodel"))
SENTENCES = ["Le pont rouvre lundi.", "La coalition des volontaires se réunit à Paris."]


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packaging.unpack(STARTER, tmp_path_factory.mktemp("starter"))


@pytest.fixture(scope="module")
def arrays(starter: Path) -> dict[str, np.ndarray]:
    return weights.read_weights(starter / "model" / "model.bin")


def trained(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What a checkpoint holds: the arrays without settings and the position table."""
    return {name: value for name, value in arrays.items() if value.ndim and "position" not in name}


def vocabularies(starter: Path) -> tuple[list[str], list[str]]:
    return weights.read_pieces(starter / "model", "source"), weights.read_pieces(starter / "model", "target")


def test_positions_are_those_of_the_packages(arrays: dict[str, np.ndarray]) -> None:
    stored = arrays["decoder/position_encodings/encodings"]
    assert np.abs(position_encodings(stored.shape[1]) - stored).max() < 1e-4


def test_a_package_read_and_written_again_says_the_same(
    starter: Path, arrays: dict[str, np.ndarray], tmp_path: Path
) -> None:
    convert(trained(arrays), 4, *vocabularies(starter), tmp_path / "model")
    (tmp_path / MODEL).write_bytes((starter / MODEL).read_bytes())
    path = packaging.package(tmp_path, "fr", "en", "0.9", "Made for a test.")
    again = packaging.unpack(path, tmp_path / "again")
    one, other = scoring.Engine(starter, threads=1), scoring.Engine(again, threads=1)
    assert one.translate(SENTENCES) == other.translate(SENTENCES)
    assert one.align(SENTENCES[0], "The bridge reopens Monday.") == other.align(
        SENTENCES[0], "The bridge reopens Monday."
    )


def test_argos_translate_reads_the_package(starter: Path, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    for file in [starter / MODEL, *(starter / "model").iterdir()]:
        (tmp_path / file.relative_to(starter)).write_bytes(file.read_bytes())
    paths = [packaging.package(tmp_path, "fr", "en", "0.9", "Made for a test.") for _ in range(2)]
    package = Package(packaging.unpack(paths[0], tmp_path / "installed"))
    assert (package.from_code, package.to_code, package.package_version) == ("fr", "en", "0.9")
    with zipfile.ZipFile(paths[1]) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {"translate-fr_en-0_9"}
        assert json.loads(archive.read("translate-fr_en-0_9/metadata.json"))["argos_version"] == packaging.FORMAT


def test_vocabulary_and_embeddings_must_agree(starter: Path, arrays: dict[str, np.ndarray], tmp_path: Path) -> None:
    source, target = vocabularies(starter)
    with pytest.raises(ValueError, match="vocabulary"):
        convert(trained(arrays), 4, source[:-1], target, tmp_path / "model")


def test_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes((99).to_bytes(4, "little"))
    with pytest.raises(ValueError, match="version 99"):
        weights.read_weights(tmp_path / "model.bin")


def test_a_member_outside_the_folder_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.argosmodel", "w") as archive:
        archive.writestr("../outside", "x")
    with pytest.raises(ValueError, match="outside"):
        packaging.unpack(tmp_path / "bad.argosmodel", tmp_path / "folder")
    assert not (tmp_path / "outside").exists()


def test_scores_carry_their_signatures() -> None:
    score = scoring.score(["The bridge reopens."], ["The bridge reopens."])
    assert score.chrf == 100
    assert [part in score.signatures[0] for part in ("nw:2", "version:")] == [True, True]
    with pytest.raises(ValueError, match="references"):
        scoring.score(["one"], [])


def test_ctranslate2_sees_an_int8_model(starter: Path) -> None:
    assert ctranslate2.Translator(str(starter / "model"), compute_type="int8").compute_type.startswith("int8")
