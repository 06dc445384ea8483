"""argostranslate, imported without its habits: it makes folders in the user's home as soon as it is imported.

Only `argostranslate.package` is used. `argostranslate.translate` would import stanza, spaCy and torch.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from worker.settings import settings


@cache
def _module() -> Any:
    home = settings().data / "argos"
    home.mkdir(parents=True, exist_ok=True)
    folders = {
        "XDG_DATA_HOME": home,
        "XDG_CONFIG_HOME": home,
        "XDG_CACHE_HOME": home,
        "ARGOS_PACKAGES_DIR": settings().packages,
    }
    with _environment({name: str(folder) for name, folder in folders.items()}):
        import argostranslate.package

    return argostranslate.package


def open_package(folder: Path) -> Any:
    """The `argostranslate.package.Package` in a folder; its own exceptions when it is not one."""
    return _module().Package(folder)


def argos_package_index() -> str:
    """Address of the index's folder that argostranslate knows."""
    return str(_module().settings.package_index)


@contextmanager
def _environment(changed: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
