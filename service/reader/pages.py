"""The public pages."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from service.current import database
from service.languages import preferred_language
from service.reader import IN_LANGUAGE, blueprint
from service.reader.addresses import public_url
from service.reader.stories import Story, find_article, find_story, newest_stories, pairs_of
from service.settings import LANGUAGES

ON_PAGE = 20


@blueprint.get("/")
def start() -> AnyResponse:
    """Staff go to the desk, readers to the front page in their language."""
    if current_user.is_authenticated:
        response = redirect(url_for("desk.home"))
    else:
        response = redirect(url_for("reader.front", reader_language=preferred_language(LANGUAGES)))
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@blueprint.get(f"{IN_LANGUAGE}/")
def front(reader_language: str) -> str:
    """The newest stories in a language."""
    page = max(1, request.args.get("page", 1, type=int))
    with database().reading() as session:
        stories = newest_stories(session, reader_language, limit=ON_PAGE + 1, offset=(page - 1) * ON_PAGE)
        return render_template(
            "reader/front.html",
            stories=stories[:ON_PAGE],
            page=page,
            more=len(stories) > ON_PAGE,
            reader_language=reader_language,
            alternates={code: public_url("reader.front", reader_language=code) for code in LANGUAGES},
            switch={code: url_for("reader.front", reader_language=code) for code in LANGUAGES},
        )


@blueprint.get(f"{IN_LANGUAGE}/how")
def how(reader_language: str) -> str:
    """How a translation comes about."""
    return render_template(
        "reader/how.html",
        reader_language=reader_language,
        switch={code: url_for("reader.how", reader_language=code) for code in LANGUAGES},
    )


@blueprint.get("/articles/<int:number>")
def neutral(number: int) -> AnyResponse:
    """To the article in the language that the reader asks for, or in one that there is, with a word about it."""
    with database().reading() as session:
        _, languages = find_article(session, number)
    wanted = preferred_language(LANGUAGES)
    if wanted in languages:
        response = redirect(url_for("reader.story", reader_language=wanted, number=number))
    else:
        second = request.accept_languages.best_match(languages) or _fallback(languages)
        response = redirect(url_for("reader.story", reader_language=second, number=number, asked=wanted))
    response.headers["Vary"] = "Accept-Language"
    return response


def _fallback(languages: list[str]) -> str:
    return "en" if "en" in languages else languages[0]


@blueprint.get(f"{IN_LANGUAGE}/articles/<int:number>")
def story(reader_language: str, number: int) -> Response:
    """One article in one language."""
    with database().reading() as session:
        found = find_story(session, number, reader_language)
        asked = request.args.get("asked")
        missing = asked if asked in LANGUAGES and asked not in found.languages else None
        return _page("reader/story.html", found, "reader.story", missing=missing)


@blueprint.get(f"{IN_LANGUAGE}/articles/<int:number>/side-by-side")
def side_by_side(reader_language: str, number: int) -> AnyResponse:
    """A translation beside its original, sentence by sentence."""
    with database().reading() as session:
        found = find_story(session, number, reader_language)
        if found.edition is None:
            return redirect(url_for("reader.story", reader_language=reader_language, number=number))
        return _page("reader/pairs.html", found, "reader.side_by_side", pairs=pairs_of(session, found.edition))


def _page(template: str, found: Story, endpoint: str, **values: object) -> Response:
    number = found.article.id
    alternates = {c: public_url("reader.story", reader_language=c, number=number) for c in found.languages}
    switch = {
        code: url_for(endpoint if code != found.article.source_language else "reader.story",
                      reader_language=code, number=number)
        for code in found.languages
    }  # fmt: skip
    canonical = alternates[found.language]
    page = render_template(
        template,
        story=found,
        reader_language=found.language,
        alternates=alternates,
        switch=switch,
        canonical=canonical,
        linked_data=_linked_data(found, canonical),
        **values,
    )
    return make_response(page)


def _linked_data(found: Story, address: str) -> dict[str, object]:
    """The story as schema.org has it."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": found.title[:110],
        "description": found.summary,
        "inLanguage": found.language,
        "mainEntityOfPage": address,
    }
    if found.first_published_at:
        data["datePublished"] = found.first_published_at.isoformat()
        data["dateModified"] = (found.updated_at or found.first_published_at).isoformat()
    if found.article.byline:
        data["author"] = {"@type": "Person", "name": found.article.byline}
    return data
