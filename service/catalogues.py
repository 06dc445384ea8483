"""Translations of the interface: .po files in the repository, compiled when the application starts.

The compiled files go to the data folder, under a name that follows from their content, so that a read-only installation
works and no stale file is ever read.
"""

import hashlib
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).with_name("translations")
DOMAIN = "messages"


def compile_catalogues(data: Path) -> Path:
    """The folder that holds the compiled catalogues, one below it for each language."""
    sources = sorted(SOURCE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in sources)).hexdigest()[:16]
    folder = data / "cache" / f"translations-{digest}"
    for source in sources:
        target = folder / source.relative_to(SOURCE).with_suffix(".mo")
        if not target.exists():
            _compile(source, target)
    return folder


def _compile(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3], domain=DOMAIN)
    draft = target.with_suffix(f".{id(catalogue)}.tmp")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(target)
