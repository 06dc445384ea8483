"""Signing in, sessions, tokens, roles."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from corpus.models import SignInFailure, Token, User, now
from service.accounts.passwords import METHOD
from service.security import safe_next
from service.settings import Settings, _kept_key
from tests.service.seeding import PASSWORD


def test_signing_in_and_out(visitor):
    browser = visitor()
    assert browser.get("/desk/").location == "/sign-in?next=%2Fdesk%2F"
    assert browser.sign_in("olena", next="/glossary/").location == "/glossary/"
    assert "Olena" in browser.text("/desk/")
    assert browser.post("/sign-out").status_code == 302
    assert browser.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    ("login", "password"), [("olena", "wrong"), ("nobody", PASSWORD), ("", ""), ("address:x", "y")]
)
def test_wrong_passwords_are_refused_alike(visitor, login, password):
    response = visitor().sign_in(login, password)
    assert response.status_code == 400
    assert "This login and password do not go together." in response.get_data(as_text=True)


def test_guessing_is_slowed_down_for_the_login_and_the_right_password_waits_too(visitor, database):
    browser = visitor()
    statuses = [browser.sign_in("olena", f"guess {i}").status_code for i in range(6)]
    assert statuses == [400] * 5 + [429]
    refused = browser.sign_in("olena")
    assert refused.status_code == 429
    assert browser.sign_in("paul").status_code == 302
    with database.writing() as session:  # a quarter of an hour later
        for failure in session.scalars(select(SignInFailure)):
            failure.at = now() - timedelta(minutes=16)
    assert visitor().sign_in("olena").status_code == 302


def test_guessing_is_slowed_down_for_the_address(visitor, monkeypatch):
    monkeypatch.setattr("service.accounts.throttling.OF_ADDRESS", 3)  # a hash costs 0.1 s each
    browser = visitor()
    for i in range(3):
        assert browser.sign_in(f"nobody{i}", "guess").status_code == 400
    assert browser.sign_in("paul").status_code == 429


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("/desk/articles?q=a", True),
        ("https://evil.example/", False),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("/\tevil", False),
        ("javascript:alert(1)", False),
        ("evil", False),
        ("", False),
        (None, False),
    ],
)
def test_going_on_after_signing_in_never_leaves_the_site(address, safe):
    assert safe_next(address, "/desk/") == (address if safe else "/desk/")


def test_a_new_password_ends_every_other_session(visitor):
    first, second = visitor("olena"), visitor("olena")
    response = first.post(
        "/account/password", {"current": PASSWORD, "new": "another password", "again": "another password"}
    )
    assert response.status_code == 302
    assert first.get("/desk/").status_code == 200
    assert second.get("/desk/").status_code == 302
    assert visitor().sign_in("olena").status_code == 400
    assert visitor().sign_in("olena", "another password").status_code == 302


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"current": "wrong", "new": "another password", "again": "another password"}, "do not go together"),
        ({"current": PASSWORD, "new": "another password", "again": "other"}, "are not the same"),
        ({"current": PASSWORD, "new": "short", "again": "short"}, "at least 10 characters"),
    ],
)
def test_a_password_is_not_changed_to_what_will_not_do(visitor, fields, sentence):
    browser = visitor("paul")
    response = browser.post("/account/password", fields)
    assert response.status_code == 400
    assert sentence in response.get_data(as_text=True)
    assert visitor().sign_in("paul").status_code == 302


def test_a_closed_account_is_out_at_once(visitor, users, program):
    editor, admin, client = visitor("olena"), visitor("claire"), program("olena")
    assert client.get("/articles").status_code == 200
    assert admin.post(f"/accounts/{users['olena']}", {"action": "close"}).status_code == 302
    assert editor.get("/desk/").status_code == 302
    assert client.get("/articles").status_code == 401
    assert visitor().sign_in("olena").status_code == 400
    admin.post(f"/accounts/{users['olena']}", {"action": "open"})
    assert client.get("/articles").status_code == 200


def test_an_admin_makes_accounts_and_passwords(visitor, users):
    admin = visitor("claire")
    page = admin.post("/accounts", {"login": "Nadia", "name": "Nadia", "role": "editor", "language": "uk"}).get_data(
        as_text=True
    )
    password = page.split('class="secret">')[1].split("<")[0]
    newcomer = visitor()
    assert newcomer.sign_in("nadia", password).status_code == 302
    assert 'lang="uk"' in newcomer.text("/desk/")
    again = admin.post("/accounts", {"login": "nadia", "name": "x", "role": "staff"})
    assert again.status_code == 409
    assert "is taken" in again.get_data(as_text=True)
    fresh = admin.post(f"/accounts/{users['paul']}", {"action": "password"}).get_data(as_text=True)
    assert visitor().sign_in("paul", fresh.split('class="secret">')[1].split("<")[0]).status_code == 302


@pytest.mark.parametrize("fields", [{"action": "close"}, {"action": "role", "role": "staff"}])
def test_the_last_admin_stays(visitor, users, fields):
    admin = visitor("claire")
    assert admin.post(f"/accounts/{users['claire']}", fields).status_code == 400
    assert admin.get("/accounts").status_code == 200


@pytest.mark.parametrize("fields", [{"action": "role", "role": "king"}, {"action": "burn"}, {}])
def test_a_nonsensical_change_of_an_account_is_refused(visitor, users, fields):
    assert visitor("claire").post(f"/accounts/{users['paul']}", fields).status_code == 400


def test_tokens_are_shown_once_kept_hashed_and_ended(visitor, app, database):
    from tests.service.visitors import Program

    browser = visitor("paul")
    page = browser.post("/account/tokens", {"name": "scanner", "days": "30"}).get_data(as_text=True)
    secret = page.split('class="secret">')[1].split("<")[0]
    assert secret not in browser.text("/account")
    client = Program(app, secret)
    assert client.get("/articles").status_code == 200
    with database.reading() as session:
        token = session.scalars(select(Token)).one()
        assert secret not in (token.sha256, token.name)
        assert token.last_used_at
        assert token.expires_at
    other = visitor("olena")
    assert other.post(f"/account/tokens/{token.id}/revoke").status_code == 404
    assert browser.post(f"/account/tokens/{token.id}/revoke").status_code == 302
    assert client.get("/articles").status_code == 401


def test_an_expired_token_is_worth_nothing(program, database):
    client = program("paul")
    with database.writing() as session:
        session.scalars(select(Token)).one().expires_at = now() - timedelta(seconds=1)
    assert client.get("/articles").status_code == 401


def test_the_interface_speaks_the_language_chosen(visitor):
    browser = visitor()
    assert 'lang="uk"' in browser.text("/sign-in", headers={"Accept-Language": "uk,en;q=0.5"})
    assert browser.post("/language", {"language": "fr", "next": "/sign-in"}).location == "/sign-in"
    assert "Se connecter" in browser.text("/sign-in", headers={"Accept-Language": "uk"})
    browser.sign_in("olena")  # whose account says English
    assert "New article" in browser.text("/desk/")
    browser.post("/language", {"language": "uk", "next": "//evil.example"})
    assert "Нова стаття" in browser.text("/desk/")


def test_passwords_are_hashed_with_scrypt_and_sessions_are_named_anew(visitor, database, users):
    assert METHOD.startswith("scrypt:32768")
    with database.reading() as session:
        before = session.get_one(User, users["paul"]).session_key
    visitor("paul").post(
        "/account/password", {"current": PASSWORD, "new": "another password", "again": "another password"}
    )
    with database.reading() as session:
        user = session.get_one(User, users["paul"])
    assert user.session_key != before
    assert user.password_hash.startswith("scrypt:32768:8:1$")


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path):
    key = _kept_key(tmp_path)
    assert key == _kept_key(tmp_path)
    assert len(key) >= 48
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(app, users, database, tmp_path):
    from service.app import create_app
    from tests.service.visitors import Visitor

    secure = create_app(Settings(data=tmp_path, secret_key="k", secure_cookies=True, proxies=1), database)
    browser = Visitor(secure)
    browser.client.environ_base["HTTP_X_FORWARDED_PROTO"] = "https"
    page = browser.get("/sign-in")
    cookie = page.headers["Set-Cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Secure"))
    assert page.headers["Strict-Transport-Security"]


def test_a_time_zone_that_does_not_exist_is_said_at_the_start(monkeypatch):
    from corpus.errors import RelaisError
    from service.settings import settings

    monkeypatch.setenv("RELAIS_TIME_ZONE", "Europe/Atlantis")
    settings.cache_clear()
    with pytest.raises(RelaisError, match="Europe/Atlantis"):
        settings()
    settings.cache_clear()
