"""People and programs that use the application, without a browser."""

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.service.seeding import PASSWORD

_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class Visitor:
    """A browser's cookies and the token of the page last seen."""

    def __init__(self, app: Flask, login: str | None = None) -> None:
        self.client = app.test_client()
        self.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        if login:
            self.sign_in(login)

    def sign_in(self, login: str, password: str = PASSWORD, **fields: str) -> TestResponse:
        return self.post("/sign-in", {"login": login, "password": password, **fields})

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def text(self, path: str, **options: Any) -> str:
        response = self.get(path, **options)
        assert response.status_code == 200, (path, response.status_code)
        return response.get_data(as_text=True)

    @property
    def token(self) -> str:
        found = _TOKEN.search(self.client.get("/sign-in", follow_redirects=True).get_data(as_text=True))
        assert found
        return found.group(1)

    def post(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        return self.client.post(path, data={**(fields or {}), "csrf_token": self.token}, **options)

    def fetch(self, path: str, fields: dict[str, Any] | None = None) -> TestResponse:
        """As a page's script posts."""
        return self.post(path, fields, headers={"X-Requested-With": "fetch"})


class Program:
    """A client of the API with a token."""

    def __init__(self, app: Flask, secret: str | None) -> None:
        self.client = app.test_client()
        self.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {**self.headers, **options.pop("headers", {})}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.call("GET", path, **options)

    def post(self, path: str, **options: Any) -> TestResponse:
        return self.call("POST", path, **options)


def error_of(response: TestResponse) -> tuple[int, str]:
    """Status and code of an error in JSON, which has a sentence too."""
    body = response.get_json()
    assert isinstance(body["error"]["message"], str), body
    assert body["error"]["message"], body
    return response.status_code, body["error"]["code"]
