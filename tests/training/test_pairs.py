import lzma
from pathlib import Path

import pytest

from training.pairs import Pair, read_pairs, write_pairs


def test_columns_named_by_language(tmp_path: Path) -> None:
    path = tmp_path / "triples.tsv"
    path.write_text("fr\ten\tuk\ttopic\nUn pont.\tA bridge.\tМіст.\tgeneral\n", encoding="utf-8")
    assert list(read_pairs(path, "en", "uk")) == [Pair("A bridge.", "Міст.", "triples")]


def test_plain_columns_compressed_and_quotes_kept(tmp_path: Path) -> None:
    path = tmp_path / "raw.enuk.tsv.xz"
    path.write_bytes(lzma.compress('"A" bridge.\tМіст «А».\tdocs\nA road.\tДорога.\n'.encode()))
    assert list(read_pairs(path, "en", "uk")) == [
        Pair('"A" bridge.', "Міст «А».", "docs"),
        Pair("A road.", "Дорога.", "raw"),
    ]


def test_written_pairs_come_back(tmp_path: Path) -> None:
    pairs = [Pair("A bridge.", "Міст.", "own"), Pair("“A road”", "«Дорога»", "own")]
    assert write_pairs(tmp_path / "own.tsv", pairs) == 2
    assert list(read_pairs(tmp_path / "own.tsv", "en", "uk")) == pairs


def test_a_line_with_one_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("A bridge.\tМіст.\nA road.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        list(read_pairs(path, "en", "uk"))


def test_an_empty_file_has_no_pairs(tmp_path: Path) -> None:
    (tmp_path / "own.tsv").touch()
    assert list(read_pairs(tmp_path / "own.tsv", "en", "uk")) == []
