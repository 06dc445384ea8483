"""Search of the corpus, and offers of the translation memory."""

from dataclasses import asdict
from typing import Any

from flask import Response, jsonify, request

from corpus.memory import Offer, fuzzy
from corpus.search import FoundArticle, FoundBead, search_articles, search_beads
from service.api import blueprint
from service.api.access import caller
from service.api.bodies import field
from service.current import database
from service.uploads import parse_languages

MOST = 50


@blueprint.get("/search")
def search() -> Response:
    """Articles and beads with the words of `?q=`; `?language=` narrows the beads to editions in it."""
    caller()
    words, language = field(request.args, "q", str), request.args.get("language")
    with database().reading() as session:
        articles = search_articles(session, words, limit=MOST)
        beads = search_beads(session, words, language=_known(language) if language else None, limit=MOST)
        return jsonify({"articles": [_article(a) for a in articles], "beads": [_bead(b) for b in beads]})


@blueprint.get("/memory")
def memory() -> Response:
    """Approved sentences that resemble `?source=`, with their translations into `?language=`, best first."""
    caller("editor")
    language, source = _known(field(request.args, "language", str)), field(request.args, "source", str)
    with database().reading() as session:
        return jsonify({"offers": [_offer(offer) for offer in fuzzy(session, language, source)]})


def _known(language: str) -> str:
    return parse_languages([language])[0]


def _article(found: FoundArticle) -> dict[str, Any]:
    return {
        "article": found.article.id,
        "title": found.article.title,
        "language": found.language,
        "text": found.text,
        "spans": [list(span) for span in found.spans],
    }


def _bead(found: FoundBead) -> dict[str, Any]:
    edition = found.bead.edition
    return {
        "bead": found.bead.id,
        "article": edition.version.article_id,
        "version": edition.version.number,
        "language": edition.language,
        "state": edition.state.value,
        "source": found.bead.source,
        "target": found.bead.target,
        "side": found.side,
        "spans": [list(span) for span in found.spans],
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "score": round(offer.score, 1),
        "source": offer.source,
        "target": offer.target,
        "diff": [asdict(piece) for piece in offer.diff],
        "bead": offer.bead_id,
        "imported_from": offer.imported_from,
        "created": offer.created_at.isoformat(),
    }
