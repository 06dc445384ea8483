"""From raw pairs to training, development and test text, with an account of what was left out."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.cleaning import fault, key, normalise
from training.origins import Origin, origin_of
from training.pairs import Pair, write_pairs

BLOCK = 16  # neighbouring lines set aside together: sentences of one story must not stand on both sides


@dataclass
class Prepared:
    """The three sets, and how many pairs of each origin were kept or left out for which reason."""

    train: list[Pair] = field(default_factory=list)
    dev: list[Pair] = field(default_factory=list)
    test: list[Pair] = field(default_factory=list)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)


def set_aside(pairs: list[Pair], count: int, seed: int) -> tuple[list[Pair], list[Pair]]:
    """Split off about `count` pairs in blocks of neighbouring lines: (set aside, rest), both in their order."""
    blocks = list(range(0, len(pairs), BLOCK))
    drawn = set(random.Random(seed).sample(blocks, min(len(blocks), -(-count // BLOCK))))
    aside: list[Pair] = []
    rest: list[Pair] = []
    for index, pair in enumerate(pairs):
        (aside if index - index % BLOCK in drawn else rest).append(pair)
    return aside, rest


def clean(pairs: Iterable[Pair], languages: tuple[str, str], left_out: Counter[tuple[str, str]]) -> Iterator[Pair]:
    """Normalised pairs without faults; `left_out` counts the others by (origin, reason)."""
    for raw in pairs:
        pair = Pair(normalise(raw.source), normalise(raw.target), raw.origin)
        reason = fault(pair, *languages)
        if reason:
            left_out[pair.origin, reason] += 1
        else:
            yield pair


def exclude(pairs: Iterable[Pair], held_out: Iterable[str], left_out: Counter[tuple[str, str]]) -> Iterator[Pair]:
    """Pairs of which neither side is a held-out sentence (up to case, spaces and punctuation)."""
    keys = {key(text) for text in held_out}
    for pair in pairs:
        if key(pair.source) in keys or key(pair.target) in keys:
            left_out[pair.origin, "held out"] += 1
        else:
            yield pair


def deduplicate(pairs: Iterable[Pair], left_out: Counter[tuple[str, str]]) -> Iterator[Pair]:
    """The first of several equal pairs; other renderings of the same source stay."""
    seen: set[tuple[str, str]] = set()
    for pair in pairs:
        keys = (key(pair.source), key(pair.target))
        if keys in seen:
            left_out[pair.origin, "duplicate"] += 1
        else:
            seen.add(keys)
            yield pair


def prepare(
    pairs: Iterable[Pair],
    languages: tuple[str, str],
    *,
    held_out: Iterable[str] = (),
    origins: dict[str, Origin],
    shareable_only: bool = False,
    judge: str | None = None,
    dev: int = 0,
    test: int = 0,
    seed: int = 1,
) -> Prepared:
    """Clean, split and deduplicate.

    `held_out` are sentences of either language that no set may hold. `dev` and `test` pairs are set aside from the
    origin `judge` (else from all text). With `shareable_only`, text whose licence does not let the weights be given
    away is left out.
    """
    prepared = Prepared()
    cleaned = list(exclude(clean(pairs, languages, prepared.left_out), held_out, prepared.left_out))
    if shareable_only:
        unshared = [pair.origin for pair in cleaned if not origin_of(pair.origin, origins).shareable]
        prepared.left_out.update((origin, "licence") for origin in unshared)
        cleaned = [pair for pair in cleaned if origin_of(pair.origin, origins).shareable]
    judging = [pair for pair in cleaned if judge in (None, pair.origin)]
    aside, rest = set_aside(judging, dev + test, seed)
    prepared.test, prepared.dev = aside[:test], aside[test:]
    apart = [text for pair in aside for text in (pair.source, pair.target)]
    others = rest + [pair for pair in cleaned if judge not in (None, pair.origin)]
    prepared.train = list(deduplicate(exclude(others, apart, prepared.left_out), prepared.left_out))
    return prepared


def store(prepared: Prepared, folder: Path, origins: dict[str, Origin]) -> None:
    """Write train.tsv, dev.tsv, test.tsv and the account, prepared.json, into the run's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, pairs in (("train", prepared.train), ("dev", prepared.dev), ("test", prepared.test)):
        write_pairs(folder / f"{name}.tsv", pairs)
    kept = Counter(pair.origin for pair in prepared.train)
    account = {
        "train": {name: {"pairs": count, **origin_of(name, origins)._asdict()} for name, count in kept.most_common()},
        "dev": len(prepared.dev),
        "test": len(prepared.test),
        "left out": {f"{name}: {reason}": count for (name, reason), count in sorted(prepared.left_out.items())},
    }
    (folder / "prepared.json").write_text(json.dumps(account, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
