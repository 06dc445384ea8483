"""The approved corpus as a training, development and test set: no pair twice, no article in two sets."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO

from corpus.exchange.base import State, Unit
from corpus.exchange.characters import on_one_line
from corpus.memory.lookup import lookup_key

SETS: Mapping[str, int] = {"test": 5, "dev": 5, "train": 90}  # per cent of the articles


def set_of(article: str) -> str:
    """The set that an article is in: by the hash of its number, so that it stays there while the corpus grows."""
    place = int(hashlib.sha256(article.encode()).hexdigest()[:8], 16) % 100
    for name, share in SETS.items():
        if place < share:
            return name
        place -= share
    return "train"


def split(approved: Callable[[], Iterable[Unit]]) -> Iterator[tuple[str, Unit]]:
    """Each approved unit with the name of its set, set by set; ``approved`` is asked for the units once a set.

    A pair is given once, and a source that one set has is left out of those after it. Sources and pairs are compared by
    their lookup keys; memory holds 32 bytes a unit of them, whatever the length.
    """
    sources: set[bytes] = set()
    pairs: set[bytes] = set()
    for name in SETS:
        mine: set[bytes] = set()
        for unit in approved():
            if unit.unfinished or unit.state is not State.APPROVED or set_of(unit.group) != name:
                continue
            source, pair = _digest(unit.source), _digest(unit.source, unit.target or "")
            if source not in sources and pair not in pairs:
                mine.add(source)
                pairs.add(pair)
                yield name, unit
        sources |= mine


def _digest(*texts: str) -> bytes:
    keys = "\0".join(map(lookup_key, texts))
    return hashlib.blake2b(keys.encode("utf-8", "replace"), digest_size=16).digest()


def write(streams: Mapping[str, BinaryIO], language: str, units: Iterable[tuple[str, Unit]]) -> Counter[str]:
    """One TSV a set, columns named in line 1, as `python -m training` reads it; returns how many pairs each got.

    Tabs and ends of line inside a text become spaces.
    """
    for stream in streams.values():
        stream.write(f"fr\t{language}\n".encode())
    written: Counter[str] = Counter()
    for name, unit in units:
        texts = (on_one_line(text).replace("\t", " ") for text in (unit.source, unit.target or ""))
        streams[name].write("\t".join(texts).encode() + b"\n")
        written[name] += 1
    return written
