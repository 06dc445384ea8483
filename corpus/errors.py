"""The one kind of error a user is meant to read."""

from typing import Any


class RelaisError(Exception):
    """Bad input or a missing part, said in one clear sentence.

    ``template`` is an English sentence with ``%(name)s`` places; it is also the key under which `service` finds the
    sentence in the reader's language. The command line prints it on standard error and exits with status 2; the API
    answers with ``status`` (an HTTP status code) and ``code`` (a stable word for programs).
    """

    status = 400
    code = "bad_input"

    def __init__(self, template: str, /, **params: Any) -> None:
        super().__init__(template % params if params else template)
        self.template = template
        self.params = params


class NotFound(RelaisError):
    """What was asked for does not exist."""

    status = 404
    code = "not_found"


class Conflict(RelaisError):
    """What was sent rests on a state that has changed since."""

    status = 409
    code = "conflict"


class Unavailable(RelaisError):
    """A part Relais needs (broker, database, package) cannot be reached now."""

    status = 503
    code = "unavailable"
