"""Who may do what, address by address; and that no form works without its token."""

import pytest
from flask import Flask

from corpus.models import Edition, State
from service.accounts.tokens import issue_token
from tests.service.seeding import seed_article
from tests.service.visitors import Visitor

NOBODY, STAFF, EDITOR, ADMIN = "nobody", "staff", "editor", "admin"
ORDER = (NOBODY, STAFF, EDITOR, ADMIN)
LOGIN = {STAFF: "paul", EDITOR: "olena", ADMIN: "claire"}

PAGES = {
    "/": NOBODY,
    "/sign-in": NOBODY,
    "/fr/": NOBODY,
    "/en/": NOBODY,
    "/uk/": NOBODY,
    "/en/how": NOBODY,
    "/en/search?q=mirval": NOBODY,
    "/en/articles/{published}": NOBODY,
    "/en/articles/{published}/side-by-side": NOBODY,
    "/articles/{published}": NOBODY,
    "/en/feed.rss": NOBODY,
    "/en/feed.atom": NOBODY,
    "/healthz": NOBODY,
    "/desk/": STAFF,
    "/desk/articles": STAFF,
    "/desk/articles?q=mirval": STAFF,
    "/desk/articles/{article}": STAFF,
    "/desk/articles/{article}/correct": STAFF,
    "/desk/progress?jobs={job}": STAFF,
    "/desk/progress/events?jobs={job}": STAFF,
    "/review/{article}/en": STAFF,
    "/review/beads/{bead}": STAFF,
    "/review/beads/{bead}/history": STAFF,
    "/review/beads/{bead}/offers": EDITOR,
    "/glossary/": STAFF,
    "/glossary/conflicts": STAFF,
    "/glossary/terms/ceasefire": STAFF,
    "/figures/": STAFF,
    "/account": STAFF,
    "/glossary/new": EDITOR,
    "/glossary/terms/ceasefire/edit": EDITOR,
    "/accounts": ADMIN,
}
ACTIONS = {
    "/desk/preview": STAFF,
    "/desk/articles": STAFF,
    "/desk/articles/{article}/versions": STAFF,
    "/desk/jobs/{job}/retry": STAFF,
    "/account/password": STAFF,
    "/account/tokens": STAFF,
    "/account/tokens/{token}/revoke": STAFF,
    "/desk/articles/{article}/withdraw": EDITOR,
    "/review/beads/{bead}/edit": EDITOR,
    "/review/beads/{bead}/approve": EDITOR,
    "/review/beads/{bead}/undo": EDITOR,
    "/review/hits/{hit}/accept": EDITOR,
    "/review/hits/{hit}/waive": EDITOR,
    "/review/hits/{hit}/reopen": EDITOR,
    "/review/hits/{hit}/teach": EDITOR,
    "/review/editions/{edition}/approve": EDITOR,
    "/review/editions/{edition}/publish": EDITOR,
    "/review/editions/{edition}/withdraw": EDITOR,
    "/glossary/terms/ceasefire/editions/{edition}": EDITOR,
    "/glossary/new": EDITOR,
    "/glossary/terms/ceasefire/edit": EDITOR,
    "/accounts": ADMIN,
    "/accounts/{user}": ADMIN,
}
OPEN_ACTIONS = {"/sign-in", "/sign-out", "/language"}
API = {
    ("GET", "/articles"): STAFF,
    ("POST", "/articles"): STAFF,
    ("GET", "/articles/{article}"): STAFF,
    ("POST", "/articles/{article}/versions"): STAFF,
    ("GET", "/articles/{article}/editions/en"): STAFF,
    ("GET", "/search?q=mirval"): STAFF,
    ("GET", "/memory?language=en&source=x"): EDITOR,
    ("GET", "/jobs/{job}"): STAFF,
    ("GET", "/jobs/{job}/events"): STAFF,
    ("POST", "/jobs/{job}/retry"): STAFF,
    ("GET", "/beads/{bead}/history"): STAFF,
    ("PATCH", "/beads/{bead}"): EDITOR,
    ("POST", "/beads/{bead}/approve"): EDITOR,
    ("POST", "/beads/{bead}/undo"): EDITOR,
    ("POST", "/hits/{hit}/accept"): EDITOR,
    ("POST", "/hits/{hit}/waive"): EDITOR,
    ("POST", "/hits/{hit}/teach"): EDITOR,
    ("POST", "/articles/{article}/editions/en/approve"): EDITOR,
}


@pytest.fixture
def numbers(article, database, users):
    published = seed_article(database, state=State.PUBLISHED)
    with database.writing() as session:
        from corpus.models import User

        token, _ = issue_token(session, session.get_one(User, users["paul"]), name="test")
    return {
        "article": article.article,
        "published": published.article,
        "job": article.job,
        "bead": article.beads["en"][3],
        "hit": article.violated["en"],
        "edition": article.editions["en"],
        "token": token.id,
        "user": users["roussel"],
    }


def everyone(visitor):
    return {role: visitor(LOGIN.get(role)) for role in ORDER}


def test_every_address_is_in_the_lists(app: Flask):
    """A new page cannot be forgotten here."""

    def shape(path):
        return "/".join("*" if part.startswith(("{", "<")) else part for part in path.split("?")[0].split("/"))

    known = {("GET", shape(p)) for p in PAGES} | {("POST", shape(p)) for p in (*ACTIONS, *OPEN_ACTIONS)}
    known |= {(method, "/api/v1" + shape(p)) for method, p in API}
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            path = rule.rule.replace("<any(fr,en,uk):reader_language>", "en")
            candidates = {shape(path), shape(path).replace("terms/*", "terms/ceasefire")}
            candidates |= {
                c.removesuffix("*") + word for c in candidates for word in ("en", "approve") if c.endswith("*")
            }
            candidates |= {c.replace("editions/*", "editions/en") for c in set(candidates)}
            candidates |= {c.removesuffix("*") + "approve" for c in set(candidates) if c.endswith("*")}
            assert any((method, c) in known for c in candidates), (method, rule.rule)


def test_pages_are_for_those_who_may_see_them(visitor, numbers):
    for role, browser in everyone(visitor).items():
        for path, least in PAGES.items():
            response = browser.get(path.format(**numbers))
            response.close()
            if ORDER.index(role) >= ORDER.index(least):
                assert response.status_code in (200, 302), (role, path, response.status_code)
                assert not (response.location or "").startswith("/sign-in"), (role, path)
            elif role == NOBODY:
                assert response.location.startswith("/sign-in?next="), (role, path)
            else:
                assert response.status_code == 403, (role, path)


def test_actions_are_for_those_who_may_do_them(visitor, numbers):
    for role, browser in everyone(visitor).items():
        for path, least in ACTIONS.items():
            if ORDER.index(role) < ORDER.index(least):
                response = browser.post(path.format(**numbers))
                expected = 302 if role == NOBODY else 403
                assert response.status_code == expected, (role, path, response.status_code)


def test_the_api_is_for_those_who_may_use_it(program, numbers):
    clients = {role: program(LOGIN.get(role)) for role in ORDER}
    for role, client in clients.items():
        for (method, path), least in API.items():
            if ORDER.index(role) < ORDER.index(least):
                response = client.call(method, path.format(**numbers), json={"revision": 0})
                expected = 401 if role == NOBODY else 403
                assert response.status_code == expected, (role, method, path)
                assert response.get_json()["error"]["code"] in ("unauthorized", "forbidden")


def test_no_form_works_without_its_token(visitor, numbers, database):
    admin = visitor("claire")
    with database.reading() as session:
        before = session.get_one(Edition, numbers["edition"]).state
    for path in (*ACTIONS, *OPEN_ACTIONS):
        for fields in ({}, {"csrf_token": "guess"}):
            response = admin.client.post(path.format(**numbers), data=fields)
            assert response.status_code == 400, path
            assert "The form has expired" in response.get_data(as_text=True), path
    with database.reading() as session:
        assert session.get_one(Edition, numbers["edition"]).state is before
    assert admin.get("/desk/").status_code == 200


def test_the_api_with_a_cookie_wants_the_token_too(visitor, numbers):
    editor = visitor("olena")
    path = f"/api/v1/beads/{numbers['bead']}"
    refused = editor.client.patch(path, json={"revision": 0, "target": "Changed."})
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (400, "csrf")
    allowed = editor.client.patch(
        path, json={"revision": 1, "target": "The ceasefire holds."}, headers={"X-CSRFToken": editor.token}
    )
    assert allowed.status_code in (200, 409)


def test_a_wrong_bearer_token_is_not_made_up_for_by_a_cookie(visitor):
    editor = visitor("olena")
    response = editor.client.get("/api/v1/articles", headers={"Authorization": "Bearer relais_wrong"})
    assert response.status_code == 401


def test_guessed_tokens_are_slowed_down(app: Flask, users):
    browser = Visitor(app)
    answers = [
        browser.client.get("/api/v1/articles", headers={"Authorization": f"Bearer relais_{i}"}).status_code
        for i in range(31)
    ]
    assert answers == [401] * 30 + [429]


@pytest.mark.parametrize("path", ["/desk/", "/en/", "/api/v1/articles", "/nothing", "/healthz"])
def test_every_answer_has_its_headers(visitor, path):
    headers = visitor("paul").get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_hold_no_inline_script_or_style(visitor, numbers):
    import re

    admin = visitor("claire")
    for path in PAGES:
        if "events" in path or "feed" in path or "healthz" in path:
            continue
        page = admin.get(path.format(**numbers), follow_redirects=True).get_data(as_text=True)
        for script in re.findall(r"<script[^>]*>", page):
            assert "src=" in script or "application/ld+json" in script, (path, script)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), path
