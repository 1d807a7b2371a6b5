"""The HTTP service: who may ask, and what a browser may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from msgpolicy.service.service import Service
from msgpolicy.service.tokens import TokenError, Tokens
from tests.service_clients import TOKEN, client_of, settings_in

OTHER = "another-token-of-some-length"
LOCAL = ("localhost", "127.0.0.1", "::1")


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_without_a_token_nothing_but_its_life_is_told(tmp_path: Path) -> None:
    with client_of(settings_in(tmp_path, token=TOKEN)) as client:
        for method, path in (
            ("POST", "/v1/check"),
            ("POST", "/v1/decide"),
            ("GET", "/v1/rules"),
            ("GET", "/v1/rules/no-shouting"),
            ("GET", "/metrics"),
            ("GET", "/openapi.json"),
            ("GET", "/nothing"),
            ("OPTIONS", "/v1/check"),
        ):
            for headers in (
                {},
                bearer("wrong"),
                bearer(""),
                {"Authorization": TOKEN},
                {"Authorization": f"Basic {TOKEN}"},
            ):
                answer = client.request(method, path, headers=headers)
                assert answer.status_code == 401, (method, path)
                assert answer.headers["www-authenticate"] == "Bearer"
                assert answer.json()["type"] == "urn:msgpolicy:problem:token"
        assert client.get("/livez").status_code == client.get("/readyz").status_code == 200
        assert client.get("/v1/rules", headers=bearer(TOKEN)).status_code == 200
        assert client.get("/v1/rules", headers={"Authorization": f"bearer  {TOKEN} "}).status_code == 200
        assert client.post("/v1/check", json={"text": "a"}, headers=bearer(TOKEN)).status_code == 200


def test_several_tokens_are_good_and_a_reload_changes_them(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text(f"# two, while they change\n{TOKEN}\n\n  {OTHER}\n", encoding="utf-8")
    with client_of(settings_in(tmp_path, tokens=str(file))) as client:
        for token in (TOKEN, OTHER):
            assert client.get("/v1/rules", headers=bearer(token)).status_code == 200
        file.write_text(f"{OTHER}\n", encoding="utf-8")
        assert client.get("/v1/rules", headers=bearer(TOKEN)).status_code == 200
        assert client.portal.call(client.service.reload)
        assert client.get("/v1/rules", headers=bearer(TOKEN)).status_code == 401
        assert client.get("/v1/rules", headers=bearer(OTHER)).status_code == 200
        file.write_text("", encoding="utf-8")
        assert not client.portal.call(client.service.reload)
        assert client.get("/v1/rules").status_code == 401
        assert client.get("/v1/rules", headers=bearer(OTHER)).status_code == 200


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "holds no token"),
        (b"# only this\n", "holds no token"),
        (b"short\n", "fewer than 16"),
        (b"\xff\xfe\x00", "is not text"),
        ("sechzehn Zeichen ü x".encode(), "cannot stand in a header"),
    ],
)
def test_tokens_that_are_none_are_refused_without_telling_them(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "tokens"
    file.write_bytes(content)
    with pytest.raises(TokenError, match=why) as raised:
        Tokens(str(file))
    assert "short" not in str(raised.value)
    with pytest.raises(TokenError, match="No such file"):
        Tokens(str(tmp_path / "nowhere"))


def test_tokens_of_the_environment_are_parted() -> None:
    tokens = Tokens(None, f"{TOKEN}, {OTHER}")
    assert tokens.accept(f"Bearer {TOKEN}")
    assert tokens.accept(f"Bearer {OTHER}")
    assert not tokens.accept(f"Bearer {TOKEN}, {OTHER}")
    assert not Tokens(None, " ,")


def test_a_page_cannot_ask_by_a_name_of_its_own(tmp_path: Path) -> None:
    with client_of(settings_in(tmp_path, hosts=(*LOCAL, "policy.shop.example"))) as client:
        for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[", "evil.example:8731"):
            for path in ("/v1/rules", "/", "/livez"):
                answer = client.get(path, headers={"Host": host})
                assert answer.status_code == 421, host
                assert answer.json()["type"] == "urn:msgpolicy:problem:host"
        for host in ("localhost", "LOCALHOST:80", "127.0.0.1:8731", "[::1]:8731", "policy.shop.example", "localhost."):
            assert client.get("/v1/rules", headers={"Host": host}).status_code == 200, host


def test_with_a_token_any_name_will_do(tmp_path: Path) -> None:
    with client_of(settings_in(tmp_path, hosts=LOCAL, token=TOKEN)) as client:
        assert client.get("/v1/rules", headers={"Host": "policy.example", **bearer(TOKEN)}).status_code == 200


def test_pages_of_other_sites_may_not_ask(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, hosts=(*LOCAL, "policy.shop.example"), allowed=("policy.shop.example",))
    with client_of(settings) as client:

        def status(**headers: str) -> int:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            answer = client.post("/v1/check", json={"text": "a"}, headers=sent)
            return int(answer.status_code)

        assert status() == 200
        assert status(Origin="http://localhost") == 200
        assert status(Origin="https://policy.shop.example") == 200
        assert status(Sec_Fetch_Site="same-origin", Origin="http://elsewhere.example") == 200
        for origin in (
            "http://evil.example",
            "null",
            "http://localhost:9",
            "http://localhost.evil.example",
            "http://[",
        ):
            assert status(Origin=origin) == 403, origin
        for site in ("cross-site", "same-site"):
            assert status(Sec_Fetch_Site=site) == 403
            assert status(Sec_Fetch_Site=site, Origin="http://localhost") == 403
        assert client.options("/v1/check", headers={"Origin": "http://evil.example"}).status_code == 403


def test_answers_are_not_kept_shown_or_guessed_at(tmp_path: Path) -> None:
    with client_of(settings_in(tmp_path)) as client:
        for answer in (client.post("/v1/check", json={"text": "a"}), client.get("/nothing"), client.get("/metrics")):
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["content-security-policy"].startswith("default-src 'none'")
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert not any(name.startswith("access-control") for name in answer.headers)


def test_a_line_for_a_request_says_the_route_and_no_more(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with client_of(settings_in(tmp_path, access_log=True, token=TOKEN)) as client:
        client.get("/v1/rules/secret-name?lang=de", headers=bearer(TOKEN))
        client.get("/v1/rules?token=secret-name")
    lines = [line for line in capfd.readouterr().err.splitlines() if '"request"' in line]
    assert len(lines) == 2
    assert '"route":"/v1/rules/{id}","status":404' in lines[0]
    assert '"route":"none","status":401' in lines[1]
    assert not any("secret-name" in line or TOKEN in line for line in lines)


def test_a_fault_is_told_without_what_was_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any) -> None:
        raise ZeroDivisionError("Geheimnis")

    monkeypatch.setattr(Service, "one", fail)
    with client_of(settings_in(tmp_path)) as client:
        answer = client.post("/v1/check", json={"text": "a"})
        assert (answer.status_code, answer.json()["type"]) == (500, "urn:msgpolicy:problem:fault")
        assert client.get("/livez").status_code == 200
        assert 'status="500"' in client.get("/metrics").text
    err = capfd.readouterr().err
    assert "ZeroDivisionError" in err
    assert "Geheimnis" not in err + answer.text
