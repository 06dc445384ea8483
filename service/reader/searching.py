"""Readers' search: stories that can be read in the page's language, and no others."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from corpus.errors import NotFound
from corpus.models import State
from corpus.search import FoundArticle, search_articles
from corpus.spans import Span
from service.current import database
from service.reader import IN_LANGUAGE, blueprint
from service.reader.pages import ON_PAGE
from service.reader.stories import Gone, Story, find_story
from service.settings import LANGUAGES

CANDIDATES = 200  # articles looked at; a query that fits more asks for more words


@dataclass(frozen=True)
class Result:
    """A story, and the sentence with the words, or the story's summary where they stand elsewhere."""

    story: Story
    text: str
    spans: list[Span]


@blueprint.get(f"{IN_LANGUAGE}/search")
def search(reader_language: str) -> str:
    """Published articles with the words of `?q=`, newest first."""
    words = request.args.get("q", "").strip()[:200]
    page = min(max(1, request.args.get("page", 1, type=int)), CANDIDATES)
    with database().reading() as session:
        first = (page - 1) * ON_PAGE
        results = list(islice(_results(session, words, reader_language), first, first + ON_PAGE + 1))
        return render_template(
            "reader/search.html",
            results=results[:ON_PAGE],
            words=words,
            page=page,
            more=len(results) > ON_PAGE,
            reader_language=reader_language,
            switch={code: url_for("reader.search", reader_language=code, q=words or None) for code in LANGUAGES},
        )


def _results(session: Session, words: str, language: str) -> Iterator[Result]:
    for found in search_articles(session, words, states={State.PUBLISHED}, limit=CANDIDATES):
        try:
            story = find_story(session, found.article.id, language)
        except (NotFound, Gone):  # embargoed, or not published in this language
            continue
        yield _result(story, found)


def _result(story: Story, found: FoundArticle) -> Result:
    """Nothing is shown that the story's own page does not show: it may be found by another edition's words."""
    shown = found.language == story.language and any(found.text in p.text for p in story.passages)
    if shown and found.text != story.title:
        return Result(story, found.text, found.spans)
    return Result(story, story.summary, [])
