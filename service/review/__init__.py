"""Review: an edition beside its original, its queue of hits and flags, and what editors do to them."""

from flask import Blueprint

blueprint = Blueprint("review", __name__, url_prefix="/review")

from service.review import actions, pages  # noqa: E402, F401 - they hang their views on the blueprint
from service.review.highlight import source_html, target_html  # noqa: E402


@blueprint.app_context_processor
def _texts() -> dict[str, object]:
    """For the rows' templates."""
    return {"source_html": source_html, "target_html": target_html}
