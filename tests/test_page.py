"""The page's files: all words in all languages, what they list is what the engine knows, headers, nothing foreign."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

pytest.importorskip("starlette")

from starlette.applications import Starlette
from starlette.testclient import TestClient

from msgpolicy import Message, load_ruleset
from msgpolicy.facts.marketplaces import site_of
from msgpolicy.message import ORDER_STATUSES
from msgpolicy.report import Severity, Status, Verdict, Why
from msgpolicy.service.page_routes import routes

PAGE = Path(str(files("msgpolicy.service"))) / "page"
STRINGS = {path.stem: json.loads(path.read_text("utf-8")) for path in (PAGE / "strings").glob("*.json")}
SCRIPTS = "\n".join(path.read_text("utf-8") for path in sorted(PAGE.glob("*.js")))
HTML = (PAGE / "index.html").read_text("utf-8")
ENGLISH = STRINGS["en"]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def keys_below(prefix: str) -> set[str]:
    return {key.removeprefix(prefix) for key in ENGLISH if key.startswith(prefix)}


@pytest.mark.parametrize("lang", ["de", "fr", "es", "pl", "zh", "ar", "th"])
def test_every_language_says_all(lang: str) -> None:
    words = STRINGS[lang]
    assert list(words) == list(ENGLISH)
    assert {key: placeholders(text) for key, text in words.items()} == {
        key: placeholders(text) for key, text in ENGLISH.items()
    }
    assert all(text == text.strip() and text for text in words.values())
    # Names, and words that are the same in both.
    same = {key for key, text in words.items() if text == ENGLISH[key] and len(text) > 2}
    assert len(same) < 20, same


def test_the_languages_offered_are_those_that_are_there() -> None:
    offered = re.search(r"LANGUAGES = \{(.*?)\}", SCRIPTS)
    assert offered is not None
    assert set(re.findall(r"(\w+):", offered[1])) == set(STRINGS)
    assert len(STRINGS) == 8


def test_every_string_is_used_and_every_string_used_is_there() -> None:
    literal = set(re.findall(r'\bt\("([^"]+)"', SCRIPTS))
    literal |= set(re.findall(r'data-(?:text|label)="([^"]+)"', HTML))
    begun = {prefix for prefix in re.findall(r"\bt\(`([^$`]*)\$\{", SCRIPTS) if prefix} | {"part."}
    begun |= {"kind.", "reason.", "order.status.", "channel.", "order.channel."}  # t(`${path}.${choice}`)
    literal |= {"fix.safe", "fix.unsafe"}
    assert literal <= set(ENGLISH)
    assert {prefix for prefix in begun if not keys_below(prefix)} == set()
    assert {key for key in ENGLISH if key not in literal and not key.startswith(tuple(begun))} == set()


def test_what_the_engine_says_has_words() -> None:
    assert keys_below("why.") == set(get_args(Why))
    assert keys_below("verdict.") >= set(get_args(Verdict))
    assert keys_below("severity.") == {*get_args(Severity), "off"}
    assert keys_below("count.") == {*get_args(Severity), "open", "excused"}
    assert "active" in get_args(Status)
    assert keys_below("order.status.") == set(ORDER_STATUSES)
    amazon = load_ruleset("amazon")
    assert keys_below("reason.") == set(amazon.values["permitted_reasons"])
    assert keys_below("purpose.") >= set(amazon.values["attachment_kinds"])
    assert keys_below("group.") == {rule.group for rule in amazon.rules}


def test_every_field_is_a_field_of_the_record() -> None:
    paths = re.findall(r'\{ path: "([\w.]+)", kind: "(\w+)"', SCRIPTS)
    assert len(paths) > 20
    values = {"text": "x", "yesno": True, "number": 1, "time": "2026-11-01T10:00:00.000Z", "list": ["a@shop.example"]}
    values |= {"tongue": "de", "own": "amazon.de"}
    choices = {"kind": "reply", "channel": "web", "order.channel": "AFN"}
    record: dict[str, object] = {"text": "Hello", "attachments": []}
    for path, kind in paths:
        value = choices.get(path, "x") if kind == "choice" else values[kind]
        top, _, name = path.partition(".")
        if name:
            below = record.setdefault(top, {})
            assert isinstance(below, dict)
            below[name] = value
        else:
            record[top] = value
    Message.from_dict(record)
    assert {path for path, _ in paths} == keys_below("fact.")
    sites = re.search(r"SITES = \[(.*?)\]", SCRIPTS)
    assert sites is not None
    assert all(site_of(f"amazon.{end}") for end in re.findall(r'"([\w.]+)"', sites[1]))


def test_nothing_is_loaded_from_elsewhere_or_made_of_markup() -> None:
    everything = HTML + SCRIPTS + (PAGE / "page.css").read_text("utf-8")
    assert set(re.findall(r"https?://[\w.]+", everything)) == set()
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "new Function"):
        assert forbidden not in SCRIPTS
    for kept in ("localStorage", "sessionStorage", "indexedDB", "cookie", "serviceWorker"):
        assert kept not in SCRIPTS
    assert not re.search(r"<(script|style)>|\bstyle=|\bon\w+=", HTML)
    assert all('autocomplete="off"' in tag for tag in re.findall(r"<(?:input|textarea|select|form)\b[^>]*>", HTML))


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=routes()))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/assets/page.js", "text/javascript; charset=utf-8"),
        ("/assets/page.css", "text/css; charset=utf-8"),
        ("/assets/strings/ar.json", "application/json"),
        ("/assets/icon.svg", "image/svg+xml"),
    ],
)
def test_files_have_their_type_and_a_strict_policy(client: TestClient, path: str, kind: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == kind
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert "unsafe" not in str(policy)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(path).status_code == 200


def test_every_file_that_is_asked_for_is_there(client: TestClient) -> None:
    asked = set(re.findall(r'(?:href|src)="(assets/[^"]+)"', HTML))
    asked |= {f"assets/{name}" for name in re.findall(r'from "\./([\w.]+)"', SCRIPTS)}
    asked |= {f"assets/strings/{lang}.json" for lang in STRINGS}
    assert len(asked) > 15
    assert {path for path in asked if client.get(f"/{path}").status_code != 200} == set()


@pytest.mark.parametrize(
    "name", ["", "../page_routes.py", "%2e%2e/page_routes.py", "nothing.js", "strings", "/etc/passwd"]
)
def test_no_other_file_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/assets/{name}").status_code == 404


def test_only_reading_is_answered(client: TestClient) -> None:
    assert client.post("/", content=b"x").status_code == 405
