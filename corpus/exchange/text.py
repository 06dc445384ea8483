"""The translated article as plain text: blocks between empty lines."""

from collections.abc import Iterator
from typing import BinaryIO

from corpus.exchange.base import Header, Report, Unit
from corpus.exchange.layout import blocks

name = "text"
suffixes = (".txt",)
media_type = "text/plain"


def write(stream: BinaryIO, _header: Header, units: Iterator[Unit]) -> Report:
    """UTF-8."""
    report = Report()
    for number, block in enumerate(blocks(units, report)):
        stream.write((("\n\n" if number else "") + block.text).encode("utf-8", "replace"))
    stream.write(b"\n")
    return report
