"""How long does the memory take to answer, from ten thousand units to a million, on both kinds of database?

Sentences are drawn from a vocabulary in which the r-th word has the frequency 1/(r + 2.7) (Zipf, Mandelbrot), 150,000
words, lengths log-normal around 18 words. A query is a stored sentence with each word replaced or dropped with 12 %
chance. The limit is RapidFuzz over every source in memory, which misses nothing: recall is how often the best score
there is reached, where it is at least the threshold.

    python -m bench.memory [--up-to 1000000] [--queries 200] [--kind sqlite]
"""

import argparse
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pg8000.native
from rapidfuzz import fuzz, process

from corpus.database import Database
from corpus.exchange.base import Unit
from corpus.memory import concordance, exact, fuzzy, import_units
from corpus.memory.fuzzy import THRESHOLD
from corpus.memory.lookup import lookup_key
from tests.servers import postgresql_server

VOCABULARY = 150_000
CHANGED = 0.12
EXHAUSTIVE = 25  # queries that are compared with every unit
PIECE = 20_000  # units a transaction


def word(rank: int) -> str:
    """Short for frequent ranks, as words are; some letters with accents."""
    letters, rest = "", rank + 3
    while rest:
        rest, consonant = divmod(rest, 13)
        rest, vowel = divmod(rest, 7)
        letters += "bcdfglmnprstv"[consonant] + "aeiouéè"[vowel]
    return letters


def sentences(seed: int) -> Iterator[str]:
    """Without end, the same ones for the same seed."""
    random_numbers = np.random.default_rng(seed)
    words = np.array([word(rank) for rank in range(VOCABULARY)])
    weights = np.cumsum(1 / (np.arange(VOCABULARY) + 2.7))
    while True:
        lengths = np.clip(random_numbers.lognormal(2.8, 0.5, 10_000), 2, 60).astype(int)
        ranks = np.searchsorted(weights, random_numbers.random(int(lengths.sum())) * weights[-1])
        for piece in np.split(ranks, np.cumsum(lengths)[:-1]):
            yield " ".join(words[piece]).capitalize() + "."


def changed(sentence: str, chance: random.Random) -> str:
    """The sentence as somebody else would have written it."""
    kept = [w if chance.random() > CHANGED else chance.choice(["autre", "", "mot"]) for w in sentence.split()]
    return " ".join(w for w in kept if w) or sentence


def milliseconds(ask: Callable[[str], object], queries: Sequence[str]) -> tuple[float, float]:
    """Median and 95th percentile of the time of an answer."""
    times = []
    for query in queries:
        start = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def grow(database: Database, stored: list[str], size: int, drawn: Iterator[tuple[str, str]]) -> float:
    """Import until the memory holds `size` units; seconds a thousand units.

    Large loads of PostgreSQL go without its word indexes, which are made again in one go afterwards.
    """
    start, before = time.perf_counter(), len(stored)
    bare = not database.sqlite and size > PIECE
    if bare:
        _run(database, *(f"DROP INDEX ix_memory_{side}_words" for side in ("source", "target")))
    while len(stored) < size:
        pairs = list(itertools.islice(drawn, min(PIECE, size - len(stored))))
        with database.writing() as session:
            import_units(session, (Unit("", s, t, "fr", "en") for s, t in pairs), "bench.tmx")
        stored += [source for source, _ in pairs]
    if bare:
        make = "CREATE INDEX ix_memory_{0}_words ON memory USING gin (relais_words({0})) WITH (fastupdate = off)"
        _run(database, *(make.format(side) for side in ("source", "target")))
    return (time.perf_counter() - start) / max(1, len(stored) - before) * 1e3


def _run(database: Database, *statements: str) -> None:
    with database.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def measure(database: Database, stored: list[str], queries: int) -> str:
    """One line of figures."""
    chance = random.Random(len(stored))
    known = [chance.choice(stored) for _ in range(queries)]
    near = [changed(source, chance) for source in known]
    with database.reading() as session:
        fuzzy(session, "en", near[0])  # the sample of word frequencies is taken once
        once = milliseconds(lambda q: exact(session, "en", [q], ""), known)
        offered = milliseconds(lambda q: fuzzy(session, "en", q), near)
        words = milliseconds(lambda q: concordance(session, "en", " ".join(q.split()[:2])), known)
        keys, reached, due, limit = [lookup_key(s) for s in stored], 0, 0, []
        for query in near[:EXHAUSTIVE]:
            start = time.perf_counter()
            best = process.extractOne(lookup_key(query), keys, scorer=fuzz.ratio, score_cutoff=THRESHOLD)
            limit.append((time.perf_counter() - start) * 1e3)
            if best:
                due += 1
                reached += any(offer.score >= min(best[1], 99.0) for offer in fuzzy(session, "en", query)[:1])
    all_of_them = statistics.median(limit)
    return (
        f"{len(stored):>9,}  {once[0]:6.2f} {once[1]:6.2f}  {offered[0]:7.1f} {offered[1]:7.1f}  {words[0]:7.1f}"
        f" {words[1]:7.1f}  {all_of_them:9.1f} {all_of_them / offered[0]:7.1f}  {reached}/{due}"
    )


def curve(kind: str, url: str, up_to: int, queries: int) -> None:
    """The figures of one database as it grows tenfold at a time."""
    database = Database(url)
    database.migrate()
    drawn = zip(sentences(1), sentences(2), strict=True)
    stored: list[str] = []
    size = 10_000
    while size <= up_to:
        rate = grow(database, stored, size, drawn)
        print(f"{kind:<11}{measure(database, stored, queries)}  {rate:6.2f}", flush=True)
        size *= 10
    database.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--up-to", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--kind", choices=["sqlite", "postgresql"])
    asked = parser.parse_args()
    print("times in ms, median and 95th percentile; all: RapidFuzz over every unit; import: s a thousand units")
    print("               units   exact    p95    fuzzy     p95  concord.    p95        all   ratio  recall  import")
    with ExitStack() as stack:
        if asked.kind != "postgresql":
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            curve("sqlite", f"sqlite:///{Path(folder) / 'memory.db'}", asked.up_to, asked.queries)
        if asked.kind != "sqlite":
            server = stack.enter_context(postgresql_server())
            administrator = pg8000.native.Connection("relais", port=int(server.rsplit(":", 1)[1]), database="postgres")
            administrator.run("CREATE DATABASE memory")
            administrator.close()
            curve("postgresql", f"{server}/memory", asked.up_to, asked.queries)


if __name__ == "__main__":
    main()
