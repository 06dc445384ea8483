"""Editions out of Relais and back: one module a format."""

from types import ModuleType

from corpus.errors import RelaisError
from corpus.exchange import (
    csv_table,
    docx,
    html,
    jsonl,
    markdown,
    moses,
    ninjs,
    text,
    tmx,
    xliff12,
    xliff21,
    xlsx,
)
from corpus.exchange.base import Annotation, Header, Reading, Report, State, Unit
from corpus.marks import Mark

__all__ = ["FORMATS", "Annotation", "Header", "Mark", "Reading", "Report", "State", "Unit", "format_named"]

_MODULES: tuple[ModuleType, ...] = (
    tmx,
    xliff12,
    xliff21,
    jsonl,
    csv_table,
    xlsx,
    docx,
    html,
    markdown,
    text,
    ninjs,
    moses,
)
FORMATS: dict[str, ModuleType] = {module.name: module for module in _MODULES}


def format_named(name: str) -> ModuleType:
    """The module of a format. Raises `RelaisError` with the names there are."""
    found = FORMATS.get(name)
    if found is None:
        raise RelaisError("there is no format %(name)s; there are %(formats)s", name=name, formats=", ".join(FORMATS))
    return found
