"""Several processes: order, failures that say why, and that nothing is left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from msgpolicy import Linter, Message, load_ruleset
from msgpolicy.pool import AHEAD, BATCH, check_in_processes

RULES = """\
schema: 1
name: tiny
version: "1"
settings:
  anchor: {default: low, one_of: [low, high], why: Which category counts.}
sources: {A: {title: T, site: s.example}}
rules:
- id: by-anchor
  group: g
  check: condition
  with: {fires_when: {order.category: {setting: anchor}}, at: order.category}
  message: {en: "is {order.category}", de: "ist {order.category}"}
  source: A
  examples:
  - fail: {record: {text: x, order: {category: low}}}
  - pass: {record: {text: x, order: {category: high}}}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


def messages(count: int) -> Iterator[Message]:
    for number in range(count):
        category = "low" if number % 3 else "high"
        yield Message.from_dict({"id": str(number), "text": "x", "kind": "reply", "order": {"category": category}})


def test_every_report_comes_in_its_place(path: Path) -> None:
    linter = Linter(path)
    count = 3 * AHEAD * BATCH + 5
    reports = list(check_in_processes(linter, messages(count), 3))
    assert [report.message_id for report in reports] == [str(number) for number in range(count)]
    assert [report.verdict for report in reports] == ["block" if number % 3 else "pass" for number in range(count)]


def test_no_messages(path: Path) -> None:
    assert list(check_in_processes(Linter(path), (), 2)) == []


def test_settings_and_options_reach_the_processes(path: Path) -> None:
    linter = Linter(path, settings={"anchor": "high"}, lang="de", strict=True, draft=False)
    (report,) = check_in_processes(linter, messages(1), 2)
    assert report.violations[0].message == "ist high"
    assert report.receipt.settings == {"anchor": "high"}
    assert report.receipt.assumed == ()
    (unknown,) = check_in_processes(linter, [Message(text="x")], 2)
    assert unknown.verdict == "review"


def test_a_loaded_ruleset_with_settings_is_loaded_alike(path: Path) -> None:
    linter = Linter(load_ruleset(path, settings={"anchor": "high"}))
    (report,) = check_in_processes(linter, messages(1), 2)
    assert report.receipt.digest == linter.ruleset.digest


def test_a_ruleset_that_changed_on_disk_is_refused(path: Path) -> None:
    linter = Linter(path)
    path.write_text(RULES.replace("  source: A", "  severity: warning\n  source: A"), encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"tiny\.yaml has changed on disk since it was loaded: make the linter anew"):
        list(check_in_processes(linter, messages(1), 2))


def test_a_ruleset_that_is_gone_is_named(path: Path) -> None:
    linter = Linter(path)
    path.unlink()
    with pytest.raises(RuntimeError, match=r"tiny\.yaml cannot be loaded again: "):
        list(check_in_processes(linter, messages(1), 2))


def test_messages_that_cannot_be_had_end_it(path: Path) -> None:
    def broken() -> Iterator[Message]:
        yield from messages(BATCH)
        raise OSError("the archive ends")

    with pytest.raises(OSError, match="the archive ends"):
        list(check_in_processes(Linter(path), broken(), 2))


def test_a_process_that_dies_is_no_silence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A fork takes the patch along: the process ends as by a signal from outside.
    monkeypatch.setattr("msgpolicy.linter.Linter.check", lambda *_: os._exit(9))
    with pytest.raises(BrokenProcessPool):
        list(check_in_processes(Linter(path), messages(1), 1))


def test_only_a_few_messages_are_under_way(path: Path) -> None:
    taken = 0

    def counted() -> Iterator[Message]:
        nonlocal taken
        for message in messages(100 * BATCH):
            taken += 1
            yield message

    reports = check_in_processes(Linter(path), counted(), 2)
    for _ in range(BATCH + 1):
        next(reports)
    assert taken <= (2 * AHEAD + 2) * BATCH
    reports.close()  # type: ignore[attr-defined]
