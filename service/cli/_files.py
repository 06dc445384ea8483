"""Files named on the command line; `-` is standard input."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from corpus.errors import RelaisError


def read_bytes(name: str) -> bytes:
    """Content of a file, or of standard input for `-`. Raises `RelaisError` when there is none to read."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise RelaisError("%(name)s: cannot be read: %(reason)s", name=name, reason=error.strerror) from None
    if not data.strip():
        raise RelaisError("%(name)s: is empty", name=name)
    return data


def read_text(name: str) -> str:
    """UTF-8 text of a file, or of standard input for `-`, without a byte-order mark."""
    try:
        return read_bytes(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RelaisError("%(name)s: is not UTF-8 text", name=name) from None


def print_json(value: Any) -> None:
    """Indented JSON on standard output, letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
