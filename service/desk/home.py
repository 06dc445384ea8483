"""The desk's first page, and the list of all articles."""

from secrets import token_hex
from typing import Any

from flask import render_template, request
from sqlalchemy import select

from corpus.articles import newest_articles
from corpus.models import Article, Role
from corpus.search import search_articles, search_beads
from service.accounts.sessions import requires
from service.current import database
from service.desk import blueprint
from service.desk.lists import lines, matching_articles
from service.settings import TARGETS

ON_DESK = 60
ON_PAGE = 40
IN_TEXTS = 20  # articles, and sentences, shown below those whose headline matches


@blueprint.get("/")
@requires(Role.STAFF)
def home() -> str:
    """The form for a new article over the lists In work, Ready, Published."""
    return show_home()


def show_home(**values: Any) -> str:
    """The page, with what was typed into the form and what came of it."""
    with database().reading() as session:
        rows = lines(session, newest_articles(session, limit=ON_DESK))
        topics = select(Article.topic).where(Article.topic != "").distinct().order_by(Article.topic).limit(200)
        values.setdefault("typed", {})
        return render_template(
            "desk/home.html",
            work=[r for r in rows if r.place == "work"],
            ready=[r for r in rows if r.place == "ready"],
            published=[r for r in rows if r.place == "published"],
            topics=session.scalars(topics).all(),
            targets=TARGETS,
            once=values["typed"].get("once") or token_hex(16),
            **values,
        )


@blueprint.get("/articles")
@requires(Role.STAFF)
def articles() -> str:
    """All articles, newest first, a page at a time; with `?q=`, also the texts and sentences that have the words."""
    words, before = request.args.get("q", "").strip()[:200], request.args.get("before", type=int)
    with database().reading() as session:
        found = matching_articles(session, words, limit=ON_PAGE + 1, before=before)
        more = found[ON_PAGE - 1].id if len(found) > ON_PAGE else None
        listed, first = {article.id for article in found}, not before
        texts = search_articles(session, words, limit=IN_TEXTS) if first else []
        return render_template(
            "desk/articles.html",
            rows=lines(session, found[:ON_PAGE]),
            words=words,
            more=more,
            texts=[text for text in texts if text.article.id not in listed],
            sentences=search_beads(session, words, limit=IN_TEXTS) if first else [],
        )
