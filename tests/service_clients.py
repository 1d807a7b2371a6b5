"""The HTTP service on the tiny ruleset, in this process, and a client of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from msgpolicy.hooks import GateSettings
from msgpolicy.service.app import create_app
from msgpolicy.service.service import Service
from msgpolicy.service.settings import Limits, ServiceSettings
from tests.tiny_ruleset import RULES

JSON = {"Content-Type": "application/json"}
MAIL = {"Content-Type": "message/rfc822"}
TOKEN = "correct-horse-battery-staple"


def settings_in(folder: Path, *, gate: dict[str, Any] | None = None, **settings: Any) -> ServiceSettings:
    """Settings of a service that judges by the tiny ruleset and keeps its decisions in `decisions.jsonl`."""
    rules = folder / "tiny.yaml"
    rules.write_text(RULES, encoding="utf-8")
    made = GateSettings(
        **{"ruleset": str(rules), "time_budget": 300.0, "log": str(folder / "decisions.jsonl"), **(gate or {})}
    )
    return ServiceSettings(gate=made, **settings)


@contextmanager
def client_of(settings: ServiceSettings, base_url: str = "http://localhost") -> Iterator[TestClient]:
    """A client of a service that runs as long as it is used; `client.service` is the service."""
    service = Service(settings)
    with TestClient(create_app(service=service), base_url=base_url) as client:
        client.portal.call(service.start)
        client.service = service
        yield client
        client.portal.call(service.stop)


__all__ = ["JSON", "MAIL", "TOKEN", "Limits", "client_of", "settings_in"]
