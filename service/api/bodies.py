"""Reading what programs send: JSON with the types it should have, or a form with a file."""

from typing import Any, TypeVar

from flask import abort, request

from corpus.errors import RelaisError

T = TypeVar("T")


class Unprocessable(RelaisError):
    """Well-formed, but nothing can be done with it."""

    status = 422
    code = "unprocessable"


def json_body() -> dict[str, Any]:
    """The JSON object sent. Raises `RelaisError` (400) or answers 415."""
    if request.mimetype != "application/json":
        abort(415)
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise RelaisError("the body is not a JSON object")
    return body


def field(body: dict[str, Any], name: str, kind: type[T], default: T | None = None) -> T:
    """A field of the body. Raises `RelaisError` where it is missing (and has no default) or of another type."""
    value = body.get(name)
    if value is None:
        if default is None:
            raise RelaisError("the field “%(field)s” is missing", field=name)
        return default
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise RelaisError("the field “%(field)s” has the wrong type", field=name)
    return value


def strings(body: dict[str, Any], name: str, default: list[str]) -> list[str]:
    """A field that is a list of strings, or one string. Raises `RelaisError`."""
    value = body.get(name, default)
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RelaisError("the field “%(field)s” has the wrong type", field=name)
    return value


def unprocessable(error: RelaisError) -> RelaisError:
    """An error about the content of a well-formed request, with the status for that."""
    return Unprocessable(error.template, **error.params) if error.status == 400 else error
