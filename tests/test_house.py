"""The house as a whole: what importing it brings along, and what must never stand in it."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
UNWANTED = {"torch", "stanza", "spacy", "onnxruntime", "minisbd", "psycopg", "psycopg2"}
IMPORT_ALL = """
import importlib, json, pkgutil, sys
for floor in ("corpus", "glossary", "worker", "service"):
    package = importlib.import_module(floor)
    for module in pkgutil.walk_packages(package.__path__, floor + "."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
import argostranslate.package, argostranslate.tokenizer, ctranslate2  # Relais imports these when it first translates
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_importing_all_of_relais_imports_no_torch_stanza_or_spacy() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL], cwd=ROOT, capture_output=True, text=True, check=True)
    imported = set(json.loads(done.stdout.splitlines()[-1]))
    assert {"corpus", "glossary", "worker", "service", "argostranslate", "ctranslate2"} <= imported
    assert imported & UNWANTED == set()


def test_the_locks_are_hashed_and_name_no_index() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "http" not in text
        assert "--index-url" not in text.replace("--no-emit-index-url", "")
        assert "--hash=sha256:" in text
        assert not UNWANTED & {line.partition("==")[0] for line in text.splitlines()}
