"""Processes that judge: one that dies or is stuck costs its job and is replaced; the rules are those of the server."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from msgpolicy.service import crew as crew_module
from msgpolicy.service.crew import CrewError, Processes
from msgpolicy.service.jobs import Job, Options
from msgpolicy.service.service import Service
from tests.service_clients import settings_in

HURRY = Job("record", [b'{"text": "HURRY"}'])


def run(folder: Path, test: Callable[[Service, Processes], Awaitable[None]], **settings: Any) -> None:
    async def whole() -> None:
        service = Service(settings_in(folder, workers=1, **settings))
        await service.start()
        assert isinstance(service.crew, Processes)
        try:
            await test(service, service.crew)
        finally:
            await service.stop()

    asyncio.run(whole())


def process_of(crew: Processes) -> Any:
    (worker,) = crew._workers
    return worker._process


def test_processes_judge_as_the_server_would_and_end_with_it(tmp_path: Path) -> None:
    seen: list[Any] = []

    async def test(service: Service, crew: Processes) -> None:
        seen.append(process_of(crew))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # a terminal sends them to all
            os.kill(seen[0].pid, number)
        answer = await crew.do(HURRY)
        assert (answer.verdicts, answer.rules) == (["block"], ["no-shouting"])
        records = await service.many([b'{"text": "HURRY"}', b"7"] * 10, Options())
        assert records.count(b'"verdict":"block"') == 10
        assert records.count(b'"error":{') == 10

    run(tmp_path, test)
    assert seen[0].exitcode is not None


def test_one_that_dies_costs_its_job_and_is_replaced(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    async def test(service: Service, crew: Processes) -> None:
        process_of(crew).kill()
        process_of(crew).join()
        with pytest.raises(CrewError, match="ended"):
            await crew.do(HURRY)
        assert (await crew.do(HURRY)).verdicts == ["block"]
        assert service.metrics.replaced == 1
        # Of several messages all are asked for again.
        process_of(crew).kill()
        process_of(crew).join()
        records = await service.many([b'{"text": "HURRY"}'] * 3, Options())
        assert records.count(b'"verdict":"block"') == 3
        assert crew.ready == 1

    run(tmp_path, test)
    assert '"event":"worker"' in capfd.readouterr().err


def test_one_that_is_stuck_is_ended_and_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew_module, "GRACE", 0.1)

    async def test(service: Service, crew: Processes) -> None:
        stuck = process_of(crew)
        os.kill(stuck.pid, signal.SIGSTOP)
        crew._budget = 0.1
        with pytest.raises(CrewError, match="longer than"):
            await crew.do(HURRY)
        assert stuck.exitcode == -signal.SIGKILL
        crew._budget = 300.0
        assert (await crew.do(HURRY)).verdicts == ["block"]

    run(tmp_path, test)


def test_it_does_not_begin_with_other_rules_than_the_server(tmp_path: Path) -> None:
    async def whole() -> None:
        service = Service(settings_in(tmp_path, workers=1))
        rules = tmp_path / "tiny.yaml"
        rules.write_text(rules.read_text(encoding="utf-8").replace("HURRY", "QUICK"), encoding="utf-8")
        with pytest.raises(CrewError, match="changed on disk"):
            await service.start()

    asyncio.run(whole())


def test_a_reload_ends_those_of_before_when_they_are_done(tmp_path: Path) -> None:
    async def test(service: Service, crew: Processes) -> None:
        before = process_of(crew)
        asked = [asyncio.ensure_future(crew.do(HURRY)) for _ in range(20)]
        await asyncio.sleep(0)
        assert await service.reload()
        assert service.crew is not crew
        assert [answer.verdicts for answer in await asyncio.gather(*asked)] == [["block"]] * 20
        await asyncio.gather(*service._tasks)
        assert before.exitcode is not None
        assert (await service.crew.do(HURRY)).verdicts == ["block"]

    run(tmp_path, test)
