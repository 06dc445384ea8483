"""The JSON API, version 1: what the pages do, for programs. A bearer token, or the session of our own pages."""

from flask import Blueprint

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

from service.api import access, articles, beads, editions, jobs, searching  # noqa: E402, F401 - they hang their views on it
