"""The desk: sending articles to translation, following them, sending corrections."""

from flask import Blueprint

blueprint = Blueprint("desk", __name__, url_prefix="/desk")

from service.desk import article, home, progress, sending  # noqa: E402, F401 - they hang their views on the blueprint
