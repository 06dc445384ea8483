"""A progress bar on a terminal, and nothing at all elsewhere."""

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


def progress(length: int, label: str) -> "ProgressBar[int]":
    """A bar of `length` steps on standard error, shown when that is a terminal."""
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())
