"""The demo accounts and the sample articles of a first start."""

import json
import urllib.error
import urllib.request
from pathlib import Path

from sqlalchemy import select

from corpus.database import Database
from corpus.errors import Unavailable
from corpus.jobs import find_by_idempotency_key
from corpus.models import Role, User
from service.accounts.passwords import add_user, random_password
from service.accounts.tokens import issue_token, revoke_token

ACCOUNTS = (
    ("claire", "Claire (admin)", Role.ADMIN),
    ("olena", "Olena (editor)", Role.EDITOR),
    ("paul", "Paul", Role.STAFF),
)
SAMPLES = Path(__file__).with_name("samples")


def demo_accounts(database: Database, data: Path) -> dict[str, str]:
    """Logins and passwords of the demo accounts, made with random passwords when there is no account at all.

    They are kept in `demo-accounts.json` in the data folder, readable by its owner alone.
    """
    file = data / "demo-accounts.json"
    with database.writing() as session:
        if session.scalar(select(User.id).limit(1)) is None:
            passwords = {login: random_password() for login, _, _ in ACCOUNTS}
            for login, name, role in ACCOUNTS:
                add_user(session, login=login, name=name, role=role, language="fr", password=passwords[login])
            file.touch(mode=0o600)
            file.write_text(json.dumps(passwords, indent=2))
    if not file.exists():
        return {}
    kept: dict[str, str] = json.loads(file.read_text())
    return kept


def upload_samples(database: Database, url: str) -> int:
    """Send the sample articles through the front end, as a program of the newsroom would; returns how many are new.

    Each has an idempotency key, so that a second start finds them there.
    """
    with database.writing() as session:
        user = session.scalar(select(User).where(User.active, User.role == Role.ADMIN).order_by(User.id).limit(1))
        if user is None:
            return 0
        token, secret = issue_token(session, user, name="samples")
        token_id = token.id
    try:
        new = [file for file in sorted(SAMPLES.glob("exemple-fictif-*.md")) if not _known(database, file)]
        for file in new:
            _upload(url, secret, file)
        return len(new)
    finally:
        with database.writing() as session:
            revoke_token(session, token_id)


def _key(file: Path) -> str:
    return f"sample:{file.name}"


def _known(database: Database, file: Path) -> bool:
    with database.reading() as session:
        return find_by_idempotency_key(session, _key(file)) is not None


def _upload(url: str, secret: str, file: Path) -> None:
    body = {
        "text": file.read_text(),
        "filename": file.name,
        "topic": "exemple fictif",
        "sample": True,
        "to": ["en", "uk"],
    }
    request = urllib.request.Request(  # noqa: S310 - our own address
        f"{url}/api/v1/articles",
        data=json.dumps(body).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {secret}",
            "Idempotency-Key": _key(file),
        },
    )
    try:
        urllib.request.urlopen(request, timeout=60).close()  # noqa: S310
    except urllib.error.HTTPError as error:
        raise Unavailable(
            "the sample %(name)s was refused: %(reason)s", name=file.name, reason=error.read()[:300]
        ) from None
