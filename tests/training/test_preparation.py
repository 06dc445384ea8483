import json
from collections import Counter
from pathlib import Path

import pytest

from training.cleaning import key
from training.origins import TABLE, Origin, origin_of, read_origins
from training.pairs import Pair
from training.preparation import BLOCK, deduplicate, exclude, prepare, set_aside, store

ORIGINS = {"ours": Origin("ours", 2, True, "Apache-2.0"), "theirs": Origin("theirs", 1, False, "not stated")}
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
IN_UKRAINIAN = ["один", "два", "три", "чотири", "п’ять", "шість", "сім", "вісім", "дев’ять", "десять"]


def made(count: int, origin: str = "ours") -> list[Pair]:
    """Distinct pairs: bridge one one, bridge one two …"""
    digits = [(index // 100, index // 10 % 10, index % 10) for index in range(count)]
    return [
        Pair(
            f"The bridge {' '.join(NUMBERS[d] for d in each)} of {origin} is open.",
            f"Міст {' '.join(IN_UKRAINIAN[d] for d in each)} від «{origin}» відкрито сьогодні.",
            origin,
        )
        for each in digits
    ]


def test_excluded_by_either_side() -> None:
    pairs = made(4)
    left_out: Counter[tuple[str, str]] = Counter()
    kept = list(exclude(pairs, [pairs[0].source.upper(), pairs[2].target + "!"], left_out))
    assert kept == [pairs[1], pairs[3]]
    assert left_out == {("ours", "held out"): 2}


def test_duplicates_go_but_other_renderings_stay() -> None:
    pair = Pair("A bridge.", "Міст.", "ours")
    other = Pair("A bridge.", "Якийсь міст.", "ours")
    assert list(deduplicate([pair, other, Pair("a bridge", "МІСТ", "theirs")], Counter())) == [pair, other]


def test_set_aside_takes_whole_blocks() -> None:
    pairs = made(10 * BLOCK)
    aside, rest = set_aside(pairs, 3 * BLOCK, seed=1)
    assert len(aside) == 3 * BLOCK
    assert sorted(aside + rest) == sorted(pairs)
    starts = {pairs.index(pair) - pairs.index(pair) % BLOCK for pair in aside}
    assert len(starts) == 3


def test_prepare_is_deterministic_and_keeps_the_sets_apart() -> None:
    pairs = made(300) + made(50)  # the second lot repeats the first
    one, other = (
        prepare(pairs, ("en", "uk"), origins=ORIGINS, dev=20, test=40, seed=7, held_out=[pairs[5].source])
        for _ in range(2)
    )
    assert (one.train, one.dev, one.test) == (other.train, other.dev, other.test)
    assert len(one.test) == 40
    assert len(one.dev) >= 20
    sides = [{key(text) for pair in pairs for text in pair[:2]} for pairs in (one.train, one.dev + one.test)]
    assert not sides[0] & sides[1]
    assert all(key(pairs[5].source) not in side for side in sides)
    assert len(set(one.train)) == len(one.train)


def test_judge_and_licence() -> None:
    prepared = prepare(
        made(100) + made(64, "theirs") + made(30, "unheard"),
        ("en", "uk"),
        origins=ORIGINS,
        shareable_only=True,
        judge="ours",
        dev=16,
        test=16,
    )
    assert {pair.origin for pair in prepared.train + prepared.dev + prepared.test} == {"ours"}
    assert prepared.left_out["theirs", "licence"] == 64
    assert prepared.left_out["unheard", "licence"] == 30


def test_the_account_names_what_was_left_out(tmp_path: Path) -> None:
    prepared = prepare([*made(40), Pair("A", "", "ours")], ("en", "uk"), origins=ORIGINS, test=16)
    store(prepared, tmp_path, ORIGINS)
    account = json.loads((tmp_path / "prepared.json").read_text(encoding="utf-8"))
    assert account["train"]["ours"]["licence"] == "Apache-2.0"
    assert account["train"]["ours"]["pairs"] == len((tmp_path / "train.tsv").read_text().splitlines())
    assert account["left out"] == {"ours: empty": 1}


def test_every_origin_has_a_licence() -> None:
    origins = read_origins()
    assert all(origin.licence and origin.weight > 0 for origin in origins.values())
    assert not any(origin.shareable for origin in origins.values() if "research use" in origin.licence)
    assert not any(origin.shareable for origin in origins.values() if "stated" in origin.licence)
    assert origin_of("a newsroom's own", origins) == Origin("a newsroom's own", 1.0, False, "not stated")


def test_a_table_without_licence_is_refused(tmp_path: Path) -> None:
    table = tmp_path / TABLE.name
    table.write_text("origin\tweight\tshareable\tlicence\nours\t1\tyes\t\n", encoding="utf-8")
    with pytest.raises(ValueError, match="ours"):
        read_origins(table)
