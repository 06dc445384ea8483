"""Packages folders for the engine's tests: an empty one, and one with the starter packages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus.settings
import worker.settings
from worker.engine import packages
from worker.engine.routes import route
from worker.engine.translator import Translator, translator_for


def _forget_settings() -> None:
    corpus.settings.settings.cache_clear()
    worker.settings.settings.cache_clear()


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Relais's data folder, empty; no package index can be reached."""
    monkeypatch.setenv("RELAIS_DATA", str(tmp_path))
    monkeypatch.delenv("ARGOS_PACKAGES_DIR", raising=False)
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://127.0.0.1:9/")
    _forget_settings()
    yield tmp_path
    monkeypatch.undo()
    _forget_settings()


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Translator]]:
    """Translators of the two starter packages, by label."""
    patch = pytest.MonkeyPatch()
    patch.setenv("RELAIS_DATA", str(tmp_path_factory.mktemp("starter")))
    patch.delenv("ARGOS_PACKAGES_DIR", raising=False)
    _forget_settings()
    packages.install_starter()
    loaded = {leg.label: translator_for(leg) for leg in route("fr", "uk").legs}
    patch.undo()
    _forget_settings()
    yield loaded
