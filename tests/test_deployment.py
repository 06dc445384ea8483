"""Dockerfile and compose file, read as a careful operator would: no engine runs here to try them on."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return services


def test_web_worker_broker_and_database_have_health_checks_and_come_back(services: dict[str, Any]) -> None:
    assert set(services) == {"web", "worker", "broker", "database"}
    for service in services.values():
        assert service["healthcheck"]["test"]
        assert service["restart"] == "unless-stopped"
        assert "no-new-privileges:true" in service["security_opt"]


def test_what_depends_waits_for_health(services: dict[str, Any]) -> None:
    for name in ("web", "worker"):
        conditions = {d["condition"] for d in services[name]["depends_on"].values()}
        assert conditions == {"service_healthy"}


def test_secrets_come_from_outside_and_only_web_is_published_on_this_machine_alone(services: dict[str, Any]) -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert re.findall(r"PASSWORD: (?!\$\{)", text) == []
    assert [name for name, service in services.items() if "ports" in service] == ["web"]
    assert services["web"]["ports"][0].startswith("127.0.0.1:")


def test_the_image_copies_what_exists_and_drops_root() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    assert copied
    assert all((ROOT / name).exists() for name in copied)
    assert "--require-hashes" in "".join(lines)
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users
    assert users[-1] != "root"
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert all(f"!{name}" in ignored for name in copied)
