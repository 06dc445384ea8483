"""A real browser on a real server: Debian's Chromium, headless, on the application with a database of the test's own."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from corpus.database import Database
from service.app import create_app
from service.settings import Settings
from tests.service.seeding import PASSWORD, seed_terms, seed_users

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium")
    assert program, "chromium is missing: run tests/programs.sh"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A database with the accounts and terms of `seeding`."""
    shutil.copy(sqlite_template, tmp_path / "relais.db")
    opened = Database(f"sqlite:///{tmp_path / 'relais.db'}")
    seed_users(opened)
    seed_terms(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def app(store: Database, tmp_path: Path) -> Flask:
    return create_app(Settings(data=tmp_path, secret_key="a key for tests", stream_seconds=20), store)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A page in a window of its own, signed in as somebody; a fault in a script fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(login: str | None = None, **options: object) -> Page:
        context = chromium.new_context(
            base_url=address, locale="en-GB", **{"viewport": {"width": 1280, "height": 900}, **options}
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda m: faults.append(m.text) if "Content Security Policy" in m.text else None)
        if login:
            page.goto("/sign-in")
            page.fill("#login", login)
            page.fill("#password", PASSWORD)
            page.click("main button.button")
            page.wait_for_url("**/desk/")
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []
