"""Articles: sending, listing, looking at one."""

from collections.abc import Callable
from typing import Any

from flask import Response, jsonify, request, url_for
from werkzeug.datastructures import MultiDict

from corpus.articles import get_article, newest_articles
from corpus.errors import Conflict, RelaisError
from corpus.jobs import find_by_idempotency_key
from service.api import blueprint
from service.api.access import caller
from service.api.bodies import field, json_body, strings, unprocessable
from service.current import database
from service.desk.lists import ArticleLine, lines
from service.settings import TARGETS
from service.uploads import Upload, parse_languages, parse_moment, read_text, read_upload, send, with_headline
from worker.ingest.base import Document

PAGE = 50
MOST = 200
LONGEST_KEY = 200


@blueprint.post("/articles")
def add_article() -> tuple[Response, int]:
    """A new article: JSON with `text`, or a form with a `file`. 202 with the job's address."""
    return _receive(None)


@blueprint.post("/articles/<number>/versions")
def add_version(number: str) -> tuple[Response, int]:
    """A correction: the next version of an article."""
    with database().reading() as session:
        article_id = get_article(session, number).id
    return _receive(article_id)


def _receive(article_id: int | None) -> tuple[Response, int]:
    account, key = caller(), request.headers.get("Idempotency-Key")
    if key is not None and not 0 < len(key) <= LONGEST_KEY:
        raise RelaisError("an Idempotency-Key has 1 to %(limit)s characters", limit=LONGEST_KEY)
    form = request.mimetype == "multipart/form-data"
    body = _form_body(request.form) if form else json_body()
    options = _options(body, article_id)
    try:
        options["languages"] = parse_languages(strings(body, "to", list(TARGETS)))
        upload = _upload(body, form)
        title = " ".join(field(body, "title", str, "").split())[:500]
        document = with_headline(upload.with_restored(_numbers(body)), title)
        answer = send(
            document,
            account_id=account.id,
            title=title or None,
            filename=upload.filename,
            article_id=article_id,
            idempotency_key=key,
            **options,
        )
    except RelaisError as error:
        raise unprocessable(error) from error
    _check_same(key, article_id, document)
    location = url_for("api.job", key=answer.job_key)
    links = {"job_url": location, "article_url": url_for("api.article", number=answer.article_id)}
    response = jsonify({"article": answer.article_id, "version": answer.version, "job": answer.job_key, **links})
    response.headers["Location"] = location
    return response, 202


def _form_body(form: MultiDict[str, str]) -> dict[str, Any]:
    """The fields of a form as those of a JSON object."""
    body: dict[str, Any] = {name: value for name, value in form.items() if name not in ("to", "restore", "sample")}
    if "to" in form:
        body["to"] = [language for value in form.getlist("to") for language in value.split(",") if language]
    body["restore"] = [int(n) for n in form.getlist("restore") if n.isdecimal()]
    body["sample"] = form.get("sample", "").lower() in ("1", "true", "on", "yes")
    return body


def _upload(body: dict[str, Any], form: bool) -> Upload:
    text = field(body, "text", str, "")
    if form:
        return read_upload(text, request.files.get("file"))
    if not text.strip():
        raise RelaisError("there is no text to translate")
    return read_text(text, field(body, "filename", str, "") or None, field(body, "media_type", str, "") or None)


def _options(body: dict[str, Any], article_id: int | None) -> dict[str, Any]:
    if article_id is not None:
        return {}
    return {
        "topic": field(body, "topic", str, "").strip()[:100],
        "byline": field(body, "byline", str, "").strip()[:200],
        "external_id": field(body, "external_id", str, "").strip()[:100] or None,
        "embargo": parse_moment(field(body, "embargo", str, "")),
        "sample": field(body, "sample", bool, False),
    }


def _numbers(body: dict[str, Any]) -> list[int]:
    value = body.get("restore", [])
    if not isinstance(value, list) or not all(isinstance(n, int) and not isinstance(n, bool) for n in value):
        raise RelaisError("the field “%(field)s” has the wrong type", field="restore")
    return value


def _check_same(key: str | None, article_id: int | None, document: Document) -> None:
    """Raises `Conflict` where the key was used for another text before: nothing of this one was stored."""
    if key is None:
        return
    with database().reading() as session:
        job = find_by_idempotency_key(session, key)
        if job and (job.version.text != document.text or article_id not in (None, job.version.article_id)):
            raise Conflict("this Idempotency-Key was used for another upload")


@blueprint.get("/articles")
def articles() -> Response:
    """The newest articles; `?before=` the number of the last one of the page before, `?limit=` up to 200."""
    caller()
    limit = min(max(request.args.get("limit", PAGE, type=int), 1), MOST)
    with database().reading() as session:
        found = newest_articles(session, limit=limit, before=request.args.get("before", type=int))
        rows = [article_view(line) for line in lines(session, found)]
    return jsonify({"articles": rows, "next": found[-1].id if len(found) == limit else None})


@blueprint.get("/articles/<number>")
def article(number: str) -> Response:
    """One article, by its number here or in the CMS."""
    caller()
    with database().reading() as session:
        return jsonify(article_view(lines(session, [get_article(session, number)])[0]))


def article_view(line: ArticleLine) -> dict[str, Any]:
    """An article with the editions of its newest version."""
    item = line.article
    moment: Callable[[Any], Any] = lambda value: value.isoformat() if value else None  # noqa: E731
    return {
        "article": item.id,
        "external_id": item.external_id,
        "title": item.title,
        "topic": item.topic,
        "byline": item.byline,
        "sample": item.sample,
        "embargo": moment(item.embargo),
        "withdrawn": moment(item.withdrawn_at),
        "created": moment(item.created_at),
        "version": line.version.number,
        "job": line.job.key if line.job else None,
        "job_state": line.job.state.value if line.job else None,
        "editions": {
            e.language: {
                "state": e.state.value,
                "segments_done": e.done,
                "segments_total": e.total,
                "to_check": e.to_check,
                "url": url_for("api.edition", number=item.id, language=e.language),
            }
            for e in line.editions
        },
        "published": {e.language: e.version for e in (*line.earlier, *line.editions) if e.state == "published"},
    }
