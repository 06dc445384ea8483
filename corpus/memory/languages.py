"""The languages of units that the word index has found."""

from sqlalchemy import ColumnElement, and_

from corpus.models import MemoryUnit


def between(source_language: str, language: str) -> ColumnElement[bool]:
    """Units from one language into another, where the word index has narrowed them down already.

    The empty strings keep a planner from starting with the index of languages, which holds nearly all units: without
    statistics it expects one row there, and a search takes seconds.
    """
    return and_(MemoryUnit.source_language + "" == source_language, MemoryUnit.language + "" == language)
