"""The OpenAPI document says what the service does: schemathesis asks whatever it allows, and what it does not."""

from __future__ import annotations

import asyncio
import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS

from msgpolicy.cli import main
from msgpolicy.service.app import create_app
from msgpolicy.service.metrics import Metrics
from msgpolicy.service.openapi import document
from msgpolicy.service.service import Service
from msgpolicy.service.settings import ServiceSettings
from tests.service_clients import settings_in

ROOT = Path(__file__).parent.parent
# Not from the application: that would begin while tests are collected.
schema = schemathesis.openapi.from_dict(json.loads(document()))
many = list(HealthCheck)
# What a schema cannot say: that content is base64, or that a day is in the calendar ...
UNSAID = CHECKS.get_one("positive_data_acceptance")
# ... and that any bytes are a mail.
ANY_MAIL = CHECKS.get_one("negative_data_rejection")


@schemathesis.serializer("message/rfc822")
def mail(_: Any, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")


def _ask(case: Any, app: Any) -> None:
    is_mail = case.media_type == "message/rfc822"
    excluded = [UNSAID, ANY_MAIL] if is_mail else [UNSAID]
    # The first message of a language waits for its phrases, on a busy machine for long.
    case.call_and_validate(app=app, excluded_checks=excluded, timeout=600)


def _started(of: ServiceSettings) -> Any:
    service = Service(of)
    asyncio.run(service.start())
    return create_app(service=service)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return _started(settings_in(tmp_path_factory.mktemp("service")))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return _started(settings_in(tmp_path_factory.mktemp("service"), gate={"ruleset": "amazon"}))


@schema.parametrize()
@settings(max_examples=10, phases=[Phase.generate], suppress_health_check=many)
def test_answers_are_as_the_document_says(case: Any, app: Any) -> None:
    _ask(case, app)


@pytest.mark.slow
@schema.parametrize()
@settings(max_examples=300, suppress_health_check=many)
def test_answers_of_the_shipped_ruleset_are_as_the_document_says(case: Any, shipped: Any) -> None:
    _ask(case, shipped)


def test_the_document_is_one() -> None:
    written = json.loads(document())
    assert written["openapi"] == "3.1.0"
    names = written["components"]["schemas"]
    for schema in names.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    refs = {line.split('"')[3] for line in document().decode().splitlines() if '"$ref"' in line}
    for ref in refs:
        found = written
        for step in ref.removeprefix("#/").split("/"):
            found = found[step]


def test_the_document_names_every_path_that_there_is(tmp_path: Path) -> None:
    app: Any = create_app(settings_in(tmp_path))
    paths = {route.path for route in app.app.routes}
    assert paths - {"/", "/assets/{name:path}"} == set(json.loads(document())["paths"])


def test_the_docs_tell_of_every_problem_option_and_count(tmp_path: Path) -> None:
    docs = (ROOT / "docs/hooks-http.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "msgpolicy/service").glob("*.py"))
    kinds = re.findall(r'(?:ProblemError|Refusal)\(\s*[0-9]{3},\s*"([a-z-]+)"', code)
    assert len(kinds) > 15
    told = docs.partition("## When something fails")[2]
    assert [kind for kind in kinds if f"`{kind}`" not in told] == []
    help_of_command = io.StringIO()
    main(["serve", "--help"], io.BytesIO(), help_of_command)
    # What other commands have too is told in their docs.
    assert {option for option in re.findall(r"--[a-z-]+", help_of_command.getvalue()) if option not in docs} == {
        "--help",
        "--data",
    }
    counted = set(re.findall(r"^# TYPE (\w+)", Metrics().text(ready=True, workers=1), re.MULTILINE))
    assert {name for name in counted if name not in docs} == set()
