"""The HTTP service: what it is sent and cannot use is refused clearly, and it goes on."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from msgpolicy.rules.translations import translation
from tests.service_clients import JSON, MAIL, Limits, client_of, settings_in


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    limits = Limits(body=200_000, batch=50, time_limit=300.0)
    with client_of(settings_in(tmp_path_factory.mktemp("service"), limits=limits)) as client:
        yield client


@pytest.fixture(autouse=True)
def goes_on(client: Any) -> Iterator[None]:
    yield
    assert client.post("/v1/check", json={"text": "HURRY"}).json()["verdict"] == "block"
    assert client.service.metrics.in_flight == 0


def problem(answer: Any, status: int, kind: str) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    details: dict[str, Any] = answer.json()
    assert (answer.status_code, details["status"], details["type"]) == (status, status, f"urn:msgpolicy:problem:{kind}")
    assert details["title"]
    assert details["detail"]
    assert answer.headers["cache-control"] == "no-store"
    return details


@pytest.mark.parametrize(
    ("body", "line", "column", "why"),
    [
        (b'{"text": "a",}', 1, 14, "property name"),
        (b'{"text":\n "a" "b"}', 2, 6, "','"),
        (b'{"text": "a"} x', 1, 15, "more after the value"),
        (b"[1, 2", 1, 6, "','"),
        (b'{"text": NaN}', 1, 1, "NaN"),
        (b'{"text": "\xff"}', 1, 11, "UTF-8"),
        (b'{"text": "a\x00b"}', 1, 12, "control character"),
        (b"\xff\xfe{\x00}\x00", 1, 1, "UTF-16"),
        (b"nonsense", 1, 1, "value"),
        (b'{"text": "a"', 1, 13, "','"),
    ],
)
def test_what_is_no_json_is_told_with_its_place(client: Any, body: bytes, line: int, column: int, why: str) -> None:
    details = problem(client.post("/v1/check", content=body, headers=JSON), 400, "malformed-json")
    (error,) = details["errors"]
    assert (error["line"], error["column"]) == (line, column)
    assert why in error["message"] + (error["hint"] or "")


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"text": "a", "extra": {"b": ' + "["])
def test_depth_is_no_way_to_crash_it(client: Any, opening: str) -> None:
    body = (opening * 60_000)[:190_000].encode()
    answer = client.post("/v1/check", content=body, headers=JSON)
    assert answer.status_code == 400
    whole = b'{"text": "a", "extra": {"b": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}"
    assert client.post("/v1/check", content=whole, headers=JSON).status_code == 400
    inside = client.post("/v1/check", content=b"[" + whole + b', {"text": "HURRY"}]', headers=JSON)
    assert inside.status_code == 400


def test_every_wrong_field_is_told_with_the_nearest_name(client: Any) -> None:
    record = {
        "text": 7,
        "ordr": {},
        "order": {"statuss": "Shipped", "status": "shipped"},
        "sent_at": "2026-11-01T10:00:00",
    }
    details = problem(
        client.post("/v1/check", content=json.dumps(record, indent=1), headers=JSON), 422, "invalid-message"
    )
    errors = {error["path"]: error for error in details["errors"]}
    assert set(errors) == {"text", "ordr", "order.statuss", "order.status", "sent_at"}
    assert "did you mean 'order'?" in errors["ordr"]["hint"]
    assert "did you mean 'status'?" in errors["order.statuss"]["hint"]
    assert "Shipped" in errors["order.status"]["hint"]
    assert "offset" in errors["sent_at"]["message"]
    assert (errors["text"]["line"], errors["ordr"]["line"]) == (2, 3)


@pytest.mark.parametrize("value", [b"7", b'"text"', b"null", b"true", b"{}", b'{"text": null}', b'{"text": ""}'])
def test_what_is_no_record_is_told(client: Any, value: bytes) -> None:
    problem(client.post("/v1/check", content=value, headers=JSON), 422, "invalid-message")
    (answer,) = client.post("/v1/check", content=b"[" + value + b"]", headers=JSON).json()
    assert answer["error"]["why"]
    assert answer["source"] == {"index": 0}


def test_of_a_key_written_twice_the_last_counts(client: Any) -> None:
    body = b'{"text": "Hello", "text": "HURRY"}'
    assert client.post("/v1/check", content=body, headers=JSON).json()["verdict"] == "block"


def test_half_a_pair_and_a_nul_stay_inside_the_message(client: Any) -> None:
    problem(client.post("/v1/check", content=b'{"text": "\\ud800"}', headers=JSON), 422, "invalid-message")
    report = client.post("/v1/check", content=b'{"text": "a\\u0000 HURRY"}', headers=JSON).json()
    assert report["violations"][0]["location"]["start"] == 3


def test_a_large_body_is_refused_before_and_while_it_comes(client: Any) -> None:
    content = {"text": "See", "attachments": [{"filename": "a", "content": base64.b64encode(bytes(200_000)).decode()}]}
    problem(client.post("/v1/check", json=content), 413, "too-large")

    def pieces() -> Iterator[bytes]:
        yield b'{"text": "'
        for _ in range(500):
            yield b"x" * 1000

    problem(client.post("/v1/check", content=pieces(), headers=JSON), 413, "too-large")


def test_a_request_says_a_size_that_no_number_holds(client: Any) -> None:
    headers = {**JSON, "Content-Length": "9" * 5000}
    problem(client.post("/v1/check", content=b"{}", headers=headers), 413, "too-large")


def test_no_more_messages_than_allowed(client: Any) -> None:
    assert len(client.post("/v1/check", json=[{"text": "a"}] * 50).json()) == 50
    details = problem(client.post("/v1/check", json=[{"text": "a"}] * 51), 413, "too-many")
    assert "51" in details["detail"]
    assert "50" in details["detail"]


def test_only_json_and_mail_and_nothing_packed(client: Any) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        answer = client.post("/v1/check", content=b"{}", headers={"Content-Type": kind})
        problem(answer, 415, "media-type")
        assert answer.headers["accept-post"] == "application/json, message/rfc822"
    latin = {"Content-Type": "application/json; charset=iso-8859-1"}
    problem(client.post("/v1/check", content=b"{}", headers=latin), 415, "media-type")
    assert client.post(
        "/v1/check", content=b'{"text": "a"}', headers={"Content-Type": "Application/JSON; Charset=UTF-8"}
    ).is_success
    problem(
        client.post("/v1/check", content=b"{}", headers={**JSON, "Content-Encoding": "gzip"}), 415, "content-encoding"
    )


def test_a_body_there_has_to_be(client: Any) -> None:
    problem(client.post("/v1/check", content=b"", headers=JSON), 400, "no-body")
    problem(client.post("/v1/check", content=b"", headers=MAIL), 400, "no-body")


@pytest.mark.parametrize(
    ("query", "path", "hint"),
    [
        ("langg=de", "langg", "did you mean 'lang'?"),
        ("lang=../../etc", "lang", "language tag"),
        ("lang=de&lang=fr", "lang", "more than once"),
        ("as_of=yesterday", "as_of", "neither a day"),
        ("as_of=2026-02-30", "as_of", "calendar"),
        ("as_of=2026-11-01T10:00:00", "as_of", "offset"),
        ("strict=perhaps", "strict", "neither true nor false"),
        ("%00=1", "\x00", ""),
    ],
)
def test_a_query_that_means_nothing_is_told(client: Any, query: str, path: str, hint: str) -> None:
    details = problem(client.post(f"/v1/check?{query}", json={"text": "a"}), 400, "bad-query")
    (error,) = details["errors"]
    assert error["path"] == path
    assert hint in error["message"] + (error["hint"] or "")


def test_years_out_of_range_are_no_fault(client: Any) -> None:
    for day in ("0001-01-01", "9999-12-31", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-12:00"):
        assert client.post(f"/v1/check?as_of={day}", json={"text": "HURRY"}).status_code in (200, 400)


@pytest.mark.parametrize(
    "body", [b'{"text": "a"}', b'{"message": {"text": "a"}, "by": 7}', b"[]", b'{"message": {}, "x": 1}']
)
def test_a_decision_is_asked_for_in_its_own_way(client: Any, body: bytes) -> None:
    problem(client.post("/v1/decide", content=body, headers=JSON), 422, "invalid-message")


def test_a_decision_on_no_json_and_on_no_record(client: Any) -> None:
    problem(client.post("/v1/decide", content=b"{", headers=JSON), 400, "malformed-json")
    answer = client.post("/v1/decide", content=b'{"message": {"txt": 1}}', headers=JSON)
    details = problem(answer, 422, "invalid-message")
    assert {error["path"] for error in details["errors"]} == {"message.txt"}


def test_a_mail_of_nothing_is_held_by_the_gate(client: Any) -> None:
    problem(client.post("/v1/check", content=b"\r\n", headers=MAIL), 422, "invalid-message")
    decision = client.post("/v1/decide", content=b"\r\n", headers=MAIL).json()
    assert (decision["decision"], decision["failure"]) == ("hold", "unreadable")


def test_paths_and_methods_that_there_are_not(client: Any) -> None:
    for path in ("/v1", "/v1/check/", "/v1/rules/a/b", "/v2/check", "/.env", "/v1/%2e%2e/check", "/%00"):
        problem(client.get(path), 404, "not-found")
    for method, path in (("GET", "/v1/check"), ("DELETE", "/v1/rules"), ("POST", "/metrics"), ("TRACE", "/livez")):
        answer = client.request(method, path)
        problem(answer, 405, "method")
        assert answer.headers["allow"]
    asked = client.options("/v1/check")
    assert (asked.status_code, asked.headers["allow"]) == (204, "POST")
    assert not any(name.startswith("access-control") for name in asked.headers)


@pytest.mark.parametrize("name", ["%0d%0aX-Evil: 1", "a%00b", "%ff%fe", "x" * 5000, "..%2f..%2fetc%2fpasswd"])
def test_names_of_rules_do_not_get_out(client: Any, name: str) -> None:
    answer = client.get(f"/v1/rules/{name}")
    assert answer.status_code == 404
    assert "x-evil" not in answer.headers
    assert len(answer.content) < 1000
    text = client.get("/metrics").text
    assert "Evil" not in text
    assert "passwd" not in text


def test_methods_and_paths_of_others_do_not_grow_the_metrics(client: Any) -> None:
    for index in range(20):
        client.request(f"METHOD{index}", f"/path/{index}")
    text = client.get("/metrics").text
    assert "METHOD" not in text
    assert "/path/" not in text
    assert 'method="other",route="none",status="404"' in text


def test_what_a_message_says_is_in_no_line(client: Any, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    secret = "Geheimnis-4711"
    client.post("/v1/check", json={"text": secret, "subject": secret})
    client.post("/v1/check", json={"text": secret, secret: 1})
    client.get(f"/v1/rules/{secret}")
    client.get(f"/{secret}?{secret}")
    out = capfd.readouterr()
    assert secret not in out.out + out.err
    assert secret not in client.get("/metrics").text


def test_a_language_of_any_length_is_no_name_of_a_file(client: Any) -> None:
    long = "de" + "-abcdefgh" * 40
    for path in (f"/v1/rules?lang={long}", f"/v1/rules/no-shouting?lang={long}"):
        problem(client.get(path), 400, "bad-query")
    assert translation(long) is None
