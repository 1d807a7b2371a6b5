"""The HTTP service under load: what it takes at a time, how long it waits, and who has gone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest

from msgpolicy.service.app import create_app
from msgpolicy.service.judging import Judge
from msgpolicy.service.service import CHUNK, Service
from tests.service_clients import JSON, Limits, settings_in

Test = Callable[[Service, httpx2.AsyncClient], Awaitable[None]]


class Held:
    """Judging that waits until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun = threading.Semaphore(0)
        self.let_go = threading.Event()
        self.count = 0
        judge = Judge.do

        def do(itself: Judge, job: Any) -> Any:
            self.count += 1
            self.begun.release()
            assert self.let_go.wait(60)
            return judge(itself, job)

        monkeypatch.setattr(Judge, "do", do)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    return Held(monkeypatch)


def run(folder: Path, test: Test, **limits: Any) -> None:
    """Runs a test with a service, and a client that may ask several things at a time."""

    async def whole() -> None:
        service = Service(settings_in(folder, limits=Limits(**limits)))
        await service.start()
        transport = httpx2.ASGITransport(create_app(service=service))
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
            await test(service, client)
        await service.stop()

    asyncio.run(whole())


def test_one_too_many_is_turned_away_and_told_when_to_come_again(tmp_path: Path, held: Held) -> None:
    async def test(service: Service, client: httpx2.AsyncClient) -> None:
        first = [asyncio.ensure_future(client.post("/v1/check", json={"text": "HURRY"})) for _ in range(2)]
        await asyncio.to_thread(held.begun.acquire)
        while service.metrics.in_flight < 2:
            await asyncio.sleep(0)
        third = await client.post("/v1/check", json={"text": "HURRY"})
        assert (third.status_code, third.headers["retry-after"]) == (503, "1")
        assert third.json()["type"] == "urn:msgpolicy:problem:busy"
        # What is not judging goes on.
        assert (await client.get("/livez")).status_code == 200
        assert "msgpolicy_in_flight 2" in (await client.get("/metrics")).text
        held.let_go.set()
        assert [answer.json()["verdict"] for answer in await asyncio.gather(*first)] == ["block", "block"]
        assert (await client.post("/v1/check", json={"text": "HURRY"})).status_code == 200

    run(tmp_path, test, concurrency=2)


def test_a_judgement_that_takes_too_long_is_answered_all_the_same(tmp_path: Path, held: Held) -> None:
    async def test(service: Service, client: httpx2.AsyncClient) -> None:
        answer = await client.post("/v1/check", json=[{"text": "HURRY"}] * 3 * CHUNK)
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:msgpolicy:problem:too-slow")
        assert service.metrics.in_flight == 0
        held.let_go.set()
        assert held.count == 1

    run(tmp_path, test, time_limit=0.2)


def test_a_body_that_does_not_come_is_not_waited_for(tmp_path: Path) -> None:
    async def test(service: Service, client: httpx2.AsyncClient) -> None:
        async def never() -> Any:
            yield b'{"text": '
            await asyncio.Event().wait()

        answer = await client.post("/v1/check", content=never(), headers=JSON)
        assert (answer.status_code, answer.json()["type"]) == (408, "urn:msgpolicy:problem:slow-body")
        assert service.metrics.in_flight == 0

    run(tmp_path, test, body_timeout=0.2)


def test_for_who_has_gone_no_more_is_judged(tmp_path: Path, held: Held) -> None:
    async def test(service: Service, client: httpx2.AsyncClient) -> None:
        app = create_app(service=service)
        gone = asyncio.Event()
        sent: list[Any] = []
        messages: list[dict[str, Any]] = [
            {
                "type": "http.request",
                "body": msgspec.json.encode([{"text": "HURRY"}] * 5 * CHUNK),
                "more_body": False,
            }
        ]

        async def receive() -> Any:
            if messages:
                return messages.pop()
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "path": "/v1/check",
            "raw_path": b"/v1/check",
            "query_string": b"",
            "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
        }
        asking = asyncio.ensure_future(app(scope, receive, send))
        await asyncio.to_thread(held.begun.acquire)
        gone.set()
        await asking
        assert b"".join(message.get("body", b"") for message in sent) == b""
        assert service.metrics.in_flight == 0
        held.let_go.set()
        assert (await client.post("/v1/check", json={"text": "HURRY"})).json()["verdict"] == "block"
        assert held.count == 2
        assert service.metrics.requests["POST", "/v1/check", 499] == 1

    run(tmp_path, test)


def test_while_one_judges_a_batch_others_come_in_between(tmp_path: Path, held: Held) -> None:
    async def test(service: Service, client: httpx2.AsyncClient) -> None:
        many = asyncio.ensure_future(client.post("/v1/check", json=[{"text": "HURRY"}] * 50 * CHUNK))
        await asyncio.to_thread(held.begun.acquire)
        one = asyncio.ensure_future(client.post("/v1/check", json={"text": "HURRY"}))
        while service.metrics.in_flight < 2:
            await asyncio.sleep(0)
        held.let_go.set()
        await one
        assert held.count < 10
        assert len((await many).json()) == 50 * CHUNK

    run(tmp_path, test)


def test_before_it_is_ready_and_while_it_ends_it_says_so(tmp_path: Path) -> None:
    async def whole() -> None:
        service = Service(settings_in(tmp_path))
        transport = httpx2.ASGITransport(create_app(service=service))
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
            assert (await client.get("/livez")).status_code == 200
            before = await client.get("/readyz")
            assert (before.status_code, before.headers["retry-after"]) == (503, "1")
            await service.start()
            assert (await client.get("/readyz")).status_code == 200
            service.draining = True
            assert (await client.get("/readyz")).status_code == 503
            assert (await client.get("/livez")).status_code == 200
            assert (await client.post("/v1/check", json={"text": "a"})).status_code == 200
            await service.stop()

    asyncio.run(whole())


def test_a_reload_takes_new_rules_and_leaves_broken_ones(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    async def test(service: Service, client: httpx2.AsyncClient) -> None:
        async def verdict(text: str) -> str:
            return str((await client.post("/v1/check", json={"text": text})).json()["verdict"])

        rules = tmp_path / "tiny.yaml"
        text = rules.read_text(encoding="utf-8")
        rules.write_text(text.replace("HURRY", "QUICK"), encoding="utf-8")
        assert await verdict("HURRY") == "block"
        assert await service.reload()
        assert [await verdict("HURRY"), await verdict("QUICK")] == ["pass", "block"]
        rules.write_text("schema: 1\nname: [", encoding="utf-8")
        assert not await service.reload()
        assert [await verdict("HURRY"), await verdict("QUICK")] == ["pass", "block"]
        assert service.metrics.reloads == {"ok": 1, "failed": 1}

    run(tmp_path, test)
    lines = [line for line in capfd.readouterr().err.splitlines() if '"reload"' in line]
    assert ['"ok":true' in line for line in lines] == [True, False]
    assert "tiny.yaml" in lines[1]
