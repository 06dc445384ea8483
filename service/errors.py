"""Every error as one clear sentence: a page for people, JSON for programs."""

import logging

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from corpus.errors import Conflict, RelaisError
from service import labels
from service.languages import interface_language
from service.settings import LANGUAGES

log = logging.getLogger(__name__)
DRAINED_BYTES = 200_000_000  # of a refused upload: read to its end, or the sender never sees the answer

SENTENCES = {
    400: lazy_gettext("the request cannot be understood"),
    401: lazy_gettext("sign in, or send a valid token"),
    403: lazy_gettext("your account may not do this"),
    404: lazy_gettext("there is nothing at this address"),
    405: lazy_gettext("this address does not answer such requests"),
    410: lazy_gettext("this article has been withdrawn"),
    413: lazy_gettext("the upload is larger than the limit of %(limit)s MB"),
    415: lazy_gettext("send JSON, or a file as multipart/form-data"),
    429: lazy_gettext("too many requests; try again in a minute"),
    500: lazy_gettext("something went wrong here; it has been noted"),
    503: lazy_gettext("a part of Relais cannot be reached now"),
}
CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    410: "gone",
    413: "too_large",
    415: "unsupported_media_type",
    429: "too_many_requests",
    503: "unavailable",
}


def register(app: Flask) -> None:
    """Answer every kind of error."""
    app.register_error_handler(RelaisError, on_relais_error)
    app.register_error_handler(StaleDataError, on_stale_data)
    app.register_error_handler(CSRFError, on_csrf_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Exception, on_unexpected)


def sentence_of(error: RelaisError) -> str:
    """What an error says, in the language of this answer."""
    params = {name: labels.word(value) for name, value in error.params.items()}
    template: str = gettext(error.template)
    return template % params if params else template


def as_line(sentence: str) -> str:
    """A sentence as it stands alone on a page: capital first, full stop last."""
    return sentence[:1].upper() + sentence[1:] + ("" if sentence.endswith((".", "!", "?", "…")) else ".")


def on_relais_error(error: RelaisError) -> Response:
    """An error that corpus, worker or service has a sentence for."""
    response = answer(error.status, error.code, sentence_of(error))
    wait = getattr(error, "retry_after", None)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def on_stale_data(_error: StaleDataError) -> Response:
    """Two changed the same row at the same moment; the database let the first one through."""
    return on_relais_error(Conflict("someone else has changed this meanwhile"))


def on_csrf_error(_error: CSRFError) -> Response:
    """A form without the token of this session: it has ended, or the form is not ours."""
    return answer(400, "csrf", gettext("the form has expired; load the page again and send it once more"))


def on_http_error(error: HTTPException) -> Response:
    """An error of HTTP itself. Redirects and ready-made answers pass."""
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    if status == 413:
        _drain()
    megabytes = f"{(request.max_content_length or 0) / 1e6:.0f}"
    sentence = str(SENTENCES.get(status) or error.description or error.name)
    return answer(status, CODES.get(status, "error"), sentence % {"limit": megabytes} if status == 413 else sentence)


def on_unexpected(error: Exception) -> Response:
    """A fault of ours: the log gets everything, the visitor a sentence."""
    log.error("%s %s", request.method, request.path, exc_info=error)
    return on_http_error(InternalServerError())


def answer(status: int, code: str, sentence: str) -> Response:
    """The error in the form the asker reads."""
    if wants_json():
        response = jsonify({"error": {"code": code, "message": sentence}})
    else:
        reader = request.path.split("/")[1] in LANGUAGES
        layout = "reader/base.html" if reader else "base.html"
        values = {"status": status, "sentence": as_line(sentence), "layout": layout, "reader": reader}
        if reader:
            values["reader_language"] = interface_language()
        response = make_response(render_template("error.html", **values))
    response.status_code = status
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def wants_json() -> bool:
    """Whether a program asks, or a script of our own pages."""
    if request.path.startswith(("/api/", "/healthz")):
        return True
    return request.headers.get("X-Requested-With") == "fetch"


def _drain() -> None:
    """Read what is still being sent; closing the connection under it would lose our answer."""
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, DRAINED_BYTES)
    while left > 0:
        read = stream.read(min(left, 65536))
        if not read:
            return
        left -= len(read)
