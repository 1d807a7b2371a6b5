"""The HTTP service: what its paths answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from msgpolicy import Linter, Message, Report
from tests.service_clients import JSON, MAIL, client_of, settings_in

MAIL_TEXT = b"From: a@shop.example\r\nTo: b@marketplace.amazon.de\r\nSubject: Your order\r\n\r\nHURRY up\r\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Any]:
    with client_of(settings_in(folder)) as client:
        yield client


def test_a_record_gives_the_report_that_the_linter_gives(client: Any, folder: Path) -> None:
    record = {"id": "m-1", "text": "Now HURRY", "order": {"status": "Shipped"}, "sent_at": "2026-11-01T10:00:00Z"}
    answer = client.post("/v1/check", json=record)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert Report.from_json(answer.content) == Linter(folder / "tiny.yaml").check(Message.from_dict(record))


def test_an_array_gives_an_array_in_order_with_errors_in_place(client: Any) -> None:
    records: list[Any] = [{"id": f"m-{index}", "text": "HURRY" if index % 2 else "Hello"} for index in range(20)]
    records[7] = {"txt": "Hello"}
    records[11] = 11
    answers = client.post("/v1/check", json=records).json()
    assert len(answers) == 20
    for index, answer in enumerate(answers):
        if index == 7:
            assert answer == {
                "schema": 1,
                "error": {"why": "txt: unknown key", "hint": "did you mean 'text'?"},
                "source": {"index": 7},
            }
        elif index == 11:
            assert answer["error"]["why"] == "expected an object, got int"
            assert answer["source"] == {"index": 11}
        else:
            assert answer["message_id"] == f"m-{index}"
            assert answer["verdict"] == ("block" if index % 2 else "pass")
    assert client.post("/v1/check", content=b" []", headers=JSON).json() == []


def test_a_mail_is_read_as_one(client: Any) -> None:
    report = client.post("/v1/check", content=MAIL_TEXT, headers=MAIL).json()
    assert [(found["rule"], found["excerpt"]) for found in report["violations"]] == [("no-shouting", "HURRY")]


def test_the_query_says_how_to_judge(client: Any) -> None:
    record = {"text": "Hello"}
    assert client.post("/v1/check", json=record).json()["verdict"] == "pass"
    strict = client.post("/v1/check?strict=true&as_of=2026-01-02", json=record).json()
    assert strict["verdict"] == "review"
    assert strict["receipt"]["strict"] is True
    assert strict["receipt"]["as_of"] == "2026-01-02T00:00:00Z"
    assert client.post("/v1/check", json=record).json()["verdict"] == "pass"


def test_the_gate_decides_and_keeps_a_line(client: Any, folder: Path) -> None:
    log = folder / "decisions.jsonl"
    before = len(log.read_bytes().splitlines()) if log.exists() else 0
    decision = client.post("/v1/decide", json={"message": {"id": "m-1", "text": "HURRY"}}).json()
    assert (decision["decision"], decision["rules"], decision["id"]) == ("refuse", ["no-shouting"], "m-1")
    assert decision["report"]["verdict"] == "block"
    assert client.post("/v1/decide", json={"message": {"text": "Hello"}}).json()["decision"] == "send"
    assert client.post("/v1/decide", content=MAIL_TEXT, headers=MAIL).json()["decision"] == "refuse"
    lines = [json.loads(line) for line in log.read_bytes().splitlines()][before:]
    assert [(line["decision"], line["hook"]) for line in lines] == [
        ("refuse", "http"),
        ("send", "http"),
        ("refuse", "http"),
    ]


def test_the_rules_and_one_of_them(client: Any) -> None:
    listed = client.get("/v1/rules").json()
    assert (listed["ruleset"], listed["version"]) == ("tiny", "1")
    assert [rule["id"] for rule in listed["rules"]] == ["no-shouting", "no-thanks", "no-threats", "no-canceled"]
    for name in ("no-threats", "old-threats"):
        rule = client.get(f"/v1/rules/{name}").json()
        assert rule["id"] == "no-threats"
        assert rule["suppressible"] == "never"
        assert rule["sections"][0]["title"] == "no-threats"
    missing = client.get("/v1/rules/no-threat")
    assert missing.status_code == 404
    assert "did you mean 'no-threats'?" in missing.json()["detail"]


def test_it_says_that_it_lives_and_is_ready(client: Any) -> None:
    assert client.get("/livez").text == "ok\n"
    assert client.get("/readyz").text == "ok\n"
    assert client.head("/readyz").status_code == 200
