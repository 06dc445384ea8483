"""Aligned text, as Moses and most trainers read it: two files, line `n` of one for line `n` of the other.

Lines end with a line feed and nothing else does: line separators inside a text become spaces, so that every program
counts the same lines. An empty line stands for nothing (a bead with one side).
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import BinaryIO

from corpus.errors import RelaisError
from corpus.exchange.base import Header, Report, Unit
from corpus.exchange.characters import on_one_line

name = "moses"
suffixes = (".txt",)
media_type = "text/plain"


def write(source: BinaryIO, target: BinaryIO, units: Iterator[Unit]) -> Report:
    """Both files, line by line."""
    report = Report()
    for unit in units:
        for stream, text in ((source, unit.source), (target, unit.target or "")):
            stream.write(on_one_line(text).encode() + b"\n")
        report.written += 1
    return report


def read(source: BinaryIO, target: BinaryIO, header: Header) -> Iterator[Unit]:
    """Units numbered from 1; an empty target is an empty text. Raises `RelaisError` when the lengths differ."""
    for number, (mine, theirs) in enumerate(zip_longest(source, target), 1):
        if mine is None or theirs is None:
            raise RelaisError(
                "the files are not aligned: the %(side)s ends after line %(line)d",
                side="source" if mine is None else "target",
                line=number - 1,
            )
        yield Unit(
            id=str(number),
            source=_line(mine, number),
            target=_line(theirs, number),
            source_language=header.source_language,
            target_language=header.target_language,
        )


def _line(data: bytes, number: int) -> str:
    if number == 1:
        data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise RelaisError("line %(line)d is not UTF-8 text", line=number) from None
