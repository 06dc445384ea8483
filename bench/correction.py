"""What does a correction cost? One sentence changed in an article of 400, against translating all of it anew.

    .venv/bin/python -m bench.correction

Both runs go through the store and the worker's own functions, in one process, minutes apart at most. Prints seconds,
their ratio, and how many sentences each run gave to the engine.
"""

import csv
import tempfile
import time
from pathlib import Path

from corpus.articles import get_version
from corpus.database import Database
from corpus.editions import beads_of, get_edition
from corpus.jobs import create_job
from glossary.catalogue import starter_terms
from glossary.store import load_starter
from worker.engine import packages
from worker.ingest import ingest
from worker.submission import store
from worker.work import cut_next, translate_next

SENTENCES = 400
LANGUAGES = ("en", "uk")


def main() -> None:
    """Time the first version and its correction."""
    packages.ensure_starter()
    texts = _texts(SENTENCES)
    corrected = [*texts]
    corrected[SENTENCES // 2] = "Le conseil municipal se réunira vendredi soir dans la salle des fêtes."
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        database.migrate()
        with database.writing() as session:
            load_starter(session, starter_terms())
        _run(database, ["Échauffement", *texts[:24]], None)  # loads the packages
        first, article_id, translated = _run(database, texts, None)
        second, _, retranslated = _run(database, corrected, article_id)
    print(f"all {translated} sentences: {first:.2f} s; the correction, {retranslated} sentence(s): {second:.2f} s")
    print(f"ratio {second / first:.4f} (goal: at most 0.03)")


def _texts(number: int) -> list[str]:
    with Path("tests/data/triples.tsv").open(encoding="utf-8") as file:
        rows = [row["fr"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return [f"{rows[i % len(rows)]}" if i < len(rows) else f"De plus, {rows[i % len(rows)]}" for i in range(number)]


def _run(database: Database, texts: list[str], article_id: int | None) -> tuple[float, int, int]:
    """Seconds, the article's number, and how many beads are new."""
    document = ingest("\n\n".join(texts).encode())
    started = time.perf_counter()
    with database.writing() as session:
        version = store(session, document, article_id=article_id)
        key = create_job(session, version, LANGUAGES).key
    cut_next(database, "bench", key)
    while translate_next(database, "bench"):
        pass
    seconds = time.perf_counter() - started
    with database.reading() as session:
        version = get_version(session, version.article_id)
        beads = beads_of(session, get_edition(session, version.id, "en").id)
        return seconds, version.article_id, sum(bead.carried_from_id is None for bead in beads)


if __name__ == "__main__":
    main()
