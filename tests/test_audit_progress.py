"""How far an audit is: counts and times, on a terminal and in a log; never a word of a message."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from msgpolicy.audit import progress as module
from msgpolicy.audit.progress import Progress


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Time that passes when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(module.time, "monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_rate_share_and_time_left(clock: Clock) -> None:
    progress = Progress(None, 10_000)
    clock.now += 10
    progress.judged(5000, 2500)
    assert progress.line() == "5,000 messages, 500 a second, 25%, about 30 s left"


def test_what_was_judged_before_is_no_part_of_the_rate(clock: Clock) -> None:
    progress = Progress(None, 10_000)
    progress.skipped(4000, 5000)
    clock.now += 60
    progress.judged(600, 6000)
    assert progress.line() == "4,600 messages, 10 a second, 60%, about 4 min left"


def test_nothing_is_promised_in_the_first_seconds(clock: Clock) -> None:
    progress = Progress(None, 10_000)
    clock.now += 1
    progress.judged(10, 100)
    assert progress.line() == "10 messages, 1%"


def test_a_terminal_has_one_line_that_renews_itself(clock: Clock) -> None:
    screen = Screen()
    progress = Progress(screen, 1000)
    for done in (100, 200, 300):
        clock.now += 1
        progress.judged(1, done)
    progress.end()
    assert screen.getvalue().count("\n") == 1
    assert screen.getvalue().count("\r") == 3


def test_a_log_has_a_line_now_and_then(clock: Clock) -> None:
    log = io.StringIO()
    progress = Progress(log, 1000)
    for done in range(100):
        clock.now += 1
        progress.judged(1, done * 10)
    progress.end()
    assert len(log.getvalue().splitlines()) == 3
    assert "\r" not in log.getvalue()


def test_steps_behind_the_messages_are_shown_on_a_terminal(clock: Clock) -> None:
    screen = Screen()
    progress = Progress(screen, 1000)
    clock.now += 1
    progress.judged(1234567, 1000)
    progress.step("summary")
    progress.end()
    assert screen.getvalue() == "\r1,234,567 messages, 100%\rsummary                 \n"


def test_a_log_is_told_of_steps_if_it_takes_long(clock: Clock) -> None:
    log = io.StringIO()
    progress = Progress(log, 1000)
    clock.now += 29
    progress.step("joining")
    clock.now += 2
    progress.step("report")
    progress.end()
    assert log.getvalue() == "report\n"


def test_an_audit_shows_its_last_steps(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from msgpolicy.audit.run import Options, audit

    (tmp_path / "a.jsonl").write_text('{"text": "Hello."}\n')
    screen = Screen()
    audit([str(tmp_path / "a.jsonl")], Options(out=str(tmp_path / "out"), jsonl=True, exports=("csv",)), screen)
    shown = [line.strip() for line in screen.getvalue().split("\r")]
    assert shown[-5:] == [
        "joining what was judged", "rules across messages", "tables as JSON", "summary and report", "tables as CSV",
    ]  # fmt: skip
    assert screen.getvalue().endswith("\n")


def test_a_short_audit_says_nothing(clock: Clock) -> None:
    log = io.StringIO()
    progress = Progress(log, 1000)
    progress.judged(5, 1000)
    progress.end()
    assert log.getvalue() == ""
