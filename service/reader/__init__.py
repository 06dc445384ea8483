"""What readers see: published editions, and the original beside them. No account, no cookie, no script needed."""

from flask import Blueprint, Response, request

from service.settings import LANGUAGES

blueprint = Blueprint("reader", __name__)
IN_LANGUAGE = f"/<any({','.join(LANGUAGES)}):reader_language>"
CACHE_SECONDS = 30  # a withdrawn article is gone from every cache within a minute

from service.reader import feeds, pages, searching  # noqa: E402, F401 - they hang their views on the blueprint


@blueprint.after_request
def _may_be_kept(response: Response) -> Response:
    """Pages are the same for everyone, so that a proxy may keep them for a moment."""
    if response.status_code == 200 and request.method in ("GET", "HEAD"):
        response.headers.setdefault("Cache-Control", f"public, max-age={CACHE_SECONDS}")
        response.add_etag()
        response.make_conditional(request)
    return response
