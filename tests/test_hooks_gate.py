"""The gate: what is sent, held and refused, by which settings, and what is kept of it."""

from __future__ import annotations

import json
import os
import pickle
import signal
import threading
import time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from msgpolicy import Linter, Message, RulesetError
from msgpolicy.hooks import Gate, GateSettings, GateSettingsError, HeldError, NotSentError, RefusedError
from msgpolicy.hooks.timed import MAX_OVERDUE, Timed
from tests.tiny_ruleset import RULES

SHOUT = Message(id="m-1", text="HURRY to the door", order={"status": "Shipped"})
THANKS = Message(id="m-2", text="many thanks", order={"status": "Shipped"})
CLEAN = Message(id="m-3", text="It is on its way.", order={"status": "Shipped"})
UNKNOWN = Message(id="m-4", text="It is on its way.")
RELAY = "a1b2c3d4e5f6g7h@marketplace.amazon.de"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def lines() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def make(rules: Path, lines: list[dict[str, Any]]) -> Any:
    def made(**settings: Any) -> Gate:
        return Gate(
            {"ruleset": str(rules), "time_budget": 300, **settings}, record=lambda line: lines.append(json.loads(line))
        )

    return made


def broken(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(Linter, "check", fail)


# --- what a verdict means ---------------------------------------------------------------------------------------------


def test_an_error_is_refused_a_warning_is_sent_and_a_clean_message_too(make: Any) -> None:
    gate = make()
    assert gate.decide(SHOUT).action == "refuse"
    assert gate.decide(SHOUT).rules == ("no-shouting",)
    assert gate.decide(THANKS).action == "send"
    assert gate.decide(THANKS).reasons == ()
    assert gate.decide(CLEAN).action == "send"


def test_severities_and_single_rules_mean_what_the_settings_say(make: Any) -> None:
    assert make(error="hold").decide(SHOUT).action == "hold"
    assert make(error="send").decide(SHOUT).action == "send"
    assert make(warning="refuse").decide(THANKS).action == "refuse"
    one = make(rules={"no-thanks": "hold", "no-shouting": "send"})
    assert one.decide(THANKS).action == "hold"
    assert one.decide(SHOUT).action == "send"


def test_the_strictest_reason_decides_and_only_such_reasons_are_told(make: Any) -> None:
    decision = make(warning="hold").decide(Message(text="thanks, HURRY", order={"status": "Shipped"}))
    assert decision.action == "refuse"
    assert decision.rules == ("no-shouting",)


def test_what_is_excused_does_not_hold_a_message_back(make: Any, tmp_path: Path) -> None:
    text = make().decide(SHOUT).report.signals.text
    path = tmp_path / "exceptions.yaml"
    path.write_text(
        f"schema: 1\nsuppressions:\n- rule: no-shouting\n  text: {text}\n  reason: a title\n  author: anna\n"
        "  until: 2999-01-01\n",
        encoding="utf-8",
    )
    assert make(suppressions=str(path)).decide(SHOUT).action == "send"


def test_a_missing_fact_is_sent_unless_the_settings_say_otherwise(make: Any) -> None:
    assert make().decide(UNKNOWN).action == "send"
    decision = make(missing="hold").decide(UNKNOWN)
    assert decision.action == "hold"
    assert decision.rules == ("no-canceled",)
    assert "order.status" in decision.explanation()


def test_a_message_that_the_ruleset_is_not_about_is_held(make: Any, rules: Path) -> None:
    rules.write_text(RULES.replace("sources:", "covers: {marketplaces: ['amazon.*']}\nsources:"), encoding="utf-8")
    elsewhere = Message(text="Hello", marketplace="shop.example")
    assert make().decide(elsewhere).action == "hold"
    assert make(not_covered="send").decide(elsewhere).action == "send"


def test_a_rule_that_crashes_makes_it_review(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import msgpolicy.judgement as module

    gate = make()
    original = module.load_check

    def crash(name: str) -> Any:
        raise ZeroDivisionError("HURRY")

    monkeypatch.setattr(module, "load_check", lambda name: type("Spec", (), {"nominate": crash, "run": crash}))
    decision = gate.decide(CLEAN)
    assert (decision.action, decision.report.verdict) == ("hold", "review")
    assert "HURRY" not in decision.explanation()
    monkeypatch.setattr(module, "load_check", original)
    assert make(review="refuse").decide(CLEAN).action == "send"


# --- mails ------------------------------------------------------------------------------------------------------------


def test_mails_are_judged_raw_and_as_the_standard_library_has_them(make: Any) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "service@shop.example", RELAY, "<9@shop.example>"
    mail.set_content("HURRY, schönes Wetter")
    gate = make()
    for given in (mail, mail.as_bytes()):
        decision = gate.decide(given)
        assert (decision.action, decision.id) == ("refuse", "9@shop.example")
    assert gate.decide(mail, context={"order": {"status": "Canceled"}}).rules == ("no-shouting", "no-canceled")


def test_what_is_no_mail_is_what_review_says(make: Any, lines: list[dict[str, Any]]) -> None:
    decision = make(review="refuse").decide(b"\x00\x01\x02\xff")
    assert (decision.action, decision.failure, decision.report) == ("refuse", "unreadable", None)
    assert lines[-1]["failure"] == "unreadable"


def test_a_call_with_something_else_is_a_mistake_of_the_caller(make: Any) -> None:
    gate = make()
    with pytest.raises(TypeError, match="got dict"):
        gate.decide({"text": "HURRY"})
    with pytest.raises(TypeError, match="context"):
        gate.decide(SHOUT, context={})


@pytest.mark.parametrize(
    ("recipients", "judged"),
    [
        ([RELAY], True),
        ([f"Anna <{RELAY.upper()}>"], True),
        (["anna@mail.example", RELAY], True),
        (['"a, b" <x@marketplace.amazon.co.uk.>'], True),
        (["broken <<x@marketplace.amazon.com"], True),
        (["anna@mail.example"], False),
        (["x@marketplace.amazon.de.evil.example"], False),
        (["x@marketplace-amazon.de"], False),
        (["marketplace.amazon.de@shop.example"], False),
        ([], False),
        (["", "@", "a@@"], False),
    ],
)
def test_only_mail_to_relay_addresses_is_the_gates_business(make: Any, recipients: list[str], judged: bool) -> None:
    assert make().is_judged(recipients) is judged


# --- msgpolicy itself fails -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("failure", "action"), [("send", "send"), ("hold", "hold"), ("refuse", "refuse")])
def test_failing_open_and_closed(
    make: Any, lines: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, failure: str, action: str
) -> None:
    gate = make(failure=failure)
    broken(monkeypatch, RecursionError("HURRY"))
    decision = gate.decide(SHOUT)
    assert (decision.action, decision.failure, decision.report) == (action, "RecursionError", None)
    assert lines[-1]["decision"] == action
    assert lines[-1]["verdict"] is None
    assert "HURRY" not in json.dumps(lines)


def test_a_panic_of_a_library_is_a_failure_too(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicError(BaseException):
        pass

    gate = make()
    broken(monkeypatch, PanicError())
    assert gate.decide(CLEAN).action == "hold"


def test_a_message_that_takes_too_long_is_a_failure_and_the_next_is_judged(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = make(time_budget=0.3)
    free, original = threading.Event(), Linter.check

    def wait(self: Linter, message: Message) -> Any:
        if message.id == "m-1":
            free.wait(60)
        return original(self, message)

    monkeypatch.setattr(Linter, "check", wait)
    started = time.perf_counter()
    decision = gate.decide(SHOUT)
    assert (decision.action, decision.failure) == ("hold", "timeout")
    assert 0.3 <= time.perf_counter() - started < 30
    free.set()
    assert gate.decide(Message(id="m-9", text="HURRY")).action == "refuse"


def test_overdue_calls_do_not_pile_up() -> None:
    free, timed = threading.Event(), Timed()
    for _ in range(MAX_OVERDUE):
        with pytest.raises(TimeoutError):
            timed.run(lambda: free.wait(60), 0.001)
    begun: list[int] = []
    with pytest.raises(TimeoutError):
        timed.run(lambda: begun.append(1), 5)
    assert begun == []
    free.set()
    for thread in threading.enumerate():
        if thread.name == "msgpolicy-judge":
            thread.join(10)
    assert timed.run(lambda: 7, 5) == 7


def test_nothing_leaves_unrecorded_unless_the_gate_fails_open(rules: Path) -> None:
    def full(line: bytes) -> None:
        raise OSError("no space left")

    assert Gate({"ruleset": str(rules)}, record=full).decide(CLEAN).action == "hold"
    assert Gate({"ruleset": str(rules), "failure": "send"}, record=full).decide(CLEAN).action == "send"
    assert Gate({"ruleset": str(rules), "failure": "send"}, record=full).decide(SHOUT).action == "refuse"
    assert Gate({"ruleset": str(rules), "dry_run": True}, record=full).decide(SHOUT).action == "send"
    assert Gate({"ruleset": str(rules)}, record=full).decide(CLEAN).failure == "unrecorded"


# --- dry run and "send anyway" ----------------------------------------------------------------------------------------


def test_dry_run_sends_and_records_what_would_have_been(make: Any, lines: list[dict[str, Any]]) -> None:
    decision = make(dry_run=True).decide(SHOUT)
    assert (decision.action, decision.judged, decision.rules) == ("send", "refuse", ("no-shouting",))
    assert (lines[-1]["decision"], lines[-1]["judged"], lines[-1]["dry_run"]) == ("send", "refuse", True)


def test_dry_run_is_switched_by_call_and_by_a_file(make: Any, tmp_path: Path) -> None:
    file = tmp_path / "dry-run"
    gate = make(dry_run_file=str(file))
    assert gate.decide(SHOUT).action == "refuse"
    file.touch()
    assert gate.decide(SHOUT).action == "send"
    gate.switch_dry_run(False)
    assert gate.decide(SHOUT).action == "refuse"
    gate.switch_dry_run(None)
    assert gate.decide(SHOUT).action == "send"
    file.unlink()
    assert gate.decide(SHOUT).action == "refuse"


@pytest.mark.parametrize(
    ("setting", "error", "sent"),
    [
        ("never", "hold", False),
        ("held", "hold", True),
        ("held", "refuse", False),
        ("all", "hold", True),
        ("all", "refuse", True),
    ],
)
def test_send_anyway_counts_where_it_is_allowed_and_is_recorded_always(
    make: Any, lines: list[dict[str, Any]], setting: str, error: str, sent: bool
) -> None:
    decision = make(send_anyway=setting, error=error).decide(SHOUT, send_anyway="the buyer asked", by="anna")
    assert decision.action == ("send" if sent else error)
    assert decision.judged == error
    assert lines[-1]["override"] == {"reason": "the buyer asked", "by": "anna", "allowed": sent}


def test_send_anyway_needs_a_reason_and_something_to_overrule(make: Any, lines: list[dict[str, Any]]) -> None:
    gate = make(send_anyway="all")
    assert gate.decide(SHOUT, send_anyway=" \n").action == "refuse"
    gate.decide(CLEAN, send_anyway="hm")
    assert lines[-1]["override"] is None


# --- the record -------------------------------------------------------------------------------------------------------


def test_a_line_has_everything_but_message_text(make: Any, lines: list[dict[str, Any]]) -> None:
    message = Message(
        id="m-7",
        subject="Subject zebra",
        text="HURRY zebra, call Anna Zebra, thanks",
        sender="zebra@shop.example",
        buyer={"name": "Anna Zebra"},
    )
    decision = make(missing="hold").decide(message, hook="test")
    (line,) = lines
    assert "zebra" not in json.dumps(line).lower()
    assert line["id"] == "m-7"
    assert line["hook"] == "test"
    assert (line["decision"], line["verdict"]) == ("refuse", "block")
    assert line["rules"] == ["no-shouting", "no-thanks"]
    assert line["decided_by"] == ["no-shouting"]
    assert line["not_evaluated"] == [{"rule": "no-canceled", "why": "missing", "needs": ["order.status"]}]
    assert line["receipt"]["digest"] == decision.report.receipt.digest
    assert line["duration"] > 0
    assert (line["dry_run"], line["override"], line["failure"]) == (False, None, None)


def test_lines_go_to_a_file_each_on_its_own(rules: Path, tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    gate = Gate({"ruleset": str(rules), "log": str(log)})
    threads = [threading.Thread(target=gate.decide, args=(Message(id=f"m\n{n}", text="HURRY"),)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {json.loads(line)["id"] for line in log.read_bytes().splitlines()} == {f"m\n{n}" for n in range(20)}
    assert log.stat().st_mode & 0o777 == 0o600
    log.rename(tmp_path / "rotated")
    gate.decide(CLEAN)
    assert json.loads(log.read_bytes())["id"] == "m-3"


def test_without_a_file_lines_go_to_standard_error(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Gate({"ruleset": str(rules)}).decide(CLEAN)
    assert json.loads(capsys.readouterr().err)["decision"] == "send"


def test_a_message_without_an_id_gets_one_and_a_long_one_is_cut(make: Any, lines: list[dict[str, Any]]) -> None:
    gate = make()
    ids = {gate.decide(Message(text="Hello")).id for _ in range(2)}
    assert len(ids) == 2
    assert {line["id"] for line in lines} == ids
    assert len(gate.decide(Message(id="x" * 100_000, text="Hello")).id) == 200


def test_errors_tell_rules_and_nothing_of_the_message(make: Any) -> None:
    with pytest.raises(RefusedError) as refused:
        make().require(Message(id="m-1", text="HURRY zebra"))
    assert str(refused.value) == "refused by msgpolicy: no-shouting (message 'm-1')"
    assert refused.value.decision.explanation().startswith("no-shouting: Shouts")
    with pytest.raises(HeldError, match="held back by msgpolicy: no-shouting"):
        make(error="hold").require(SHOUT)
    assert make().require(CLEAN).action == "send"
    again = pickle.loads(pickle.dumps(refused.value))
    assert isinstance(again, NotSentError)
    assert again.decision.rules == ("no-shouting",)


# --- settings and reload ----------------------------------------------------------------------------------------------


def test_every_mistake_in_the_settings_is_listed() -> None:
    with pytest.raises(GateSettingsError) as caught:
        GateSettings.from_dict({"eror": "hold", "review": "keep", "time_budget": -1, "rules": {"emoji": "no"}})
    told = str(caught.value)
    assert "did you mean 'error'" in told
    for place in ("review", "time_budget", "rules"):
        assert place in told
    with pytest.raises(GateSettingsError, match="review"):
        Gate(GateSettings(review="keep"))  # type: ignore[arg-type]
    with pytest.raises(GateSettingsError, match="empty"):
        GateSettings.from_dict({"log": ""})


@pytest.mark.parametrize("content", [b"error = ", b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "gate.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GateSettingsError, match=r"gate\.toml"):
        Gate(path)


def test_paths_in_a_file_are_relative_to_it(tmp_path: Path, rules: Path) -> None:
    (tmp_path / "gate.toml").write_text('ruleset = "tiny.yaml"\nlog = "a.jsonl"\ndry_run_file = "dry"\n')
    gate = Gate(tmp_path / "gate.toml")
    gate.decide(CLEAN)
    assert (tmp_path / "a.jsonl").exists()
    assert not gate.dry_run
    (tmp_path / "dry").touch()
    assert gate.dry_run


def test_the_environment_names_the_settings(tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gate.toml").write_text('ruleset = "tiny.yaml"\nerror = "hold"\n')
    monkeypatch.setenv("MSGPOLICY_GATE", str(tmp_path / "gate.toml"))
    assert Gate(record=lambda line: None).decide(SHOUT).action == "hold"


def test_a_reload_takes_new_rules_and_a_broken_one_leaves_the_old(
    make: Any, rules: Path, lines: list[dict[str, Any]]
) -> None:
    gate = make()
    gate.reload()
    before = gate.linter.ruleset.digest
    rules.write_text(RULES.replace("HURRY", "QUICK"), encoding="utf-8")
    assert gate.decide(SHOUT).action == "refuse"
    gate.reload()
    assert gate.decide(SHOUT).action == "send"
    assert gate.decide(Message(text="QUICK")).action == "refuse"
    new = gate.linter.ruleset.digest
    assert new != before
    rules.write_text(RULES.replace("check: pattern", "check: patern"), encoding="utf-8")
    with pytest.raises(RulesetError):
        gate.reload()
    assert gate.decide(Message(text="QUICK")).action == "refuse"
    told = [line for line in lines if line["event"] == "reload"]
    assert [line["ok"] for line in told] == [True, True, False]
    assert told[-1]["digest"] == new
    assert "patern" in told[-1]["error"]


def test_a_reload_reads_the_settings_again(tmp_path: Path, rules: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text('ruleset = "tiny.yaml"\n')
    gate = Gate(path, record=lambda line: None)
    path.write_text('ruleset = "tiny.yaml"\ndry_run = true\n')
    gate.reload()
    assert gate.decide(SHOUT).action == "send"
    path.write_text("dry_run = 1")
    with pytest.raises(GateSettingsError):
        gate.reload()
    assert gate.dry_run


def test_a_signal_reloads_beside_the_work(make: Any, rules: Path, lines: list[dict[str, Any]]) -> None:
    gate = make()
    old = signal.getsignal(signal.SIGHUP)
    told: list[str] = []
    try:
        gate.reload_on(then=lambda: told.append(gate.linter.ruleset.digest))
        for text, ok in ((RULES.replace("HURRY", "QUICK"), True), ("rules: 1", False)):
            rules.write_text(text, encoding="utf-8")
            count = len(lines)
            os.kill(os.getpid(), signal.SIGHUP)
            end = time.monotonic() + 30
            while len(lines) == count and time.monotonic() < end:
                time.sleep(0.01)
            assert lines[-1]["ok"] is ok
            assert gate.decide(Message(text="QUICK")).action == "refuse"
        assert told == [gate.linter.ruleset.digest]
    finally:
        signal.signal(signal.SIGHUP, old)


def test_the_shipped_ruleset_tells_the_author_in_their_language() -> None:
    gate = Gate({"lang": "de", "time_budget": 300}, record=lambda line: None)
    message = Message(text="Call +1 206 555 0100 today.", recipient=RELAY)
    decision = gate.decide(message)
    assert decision.action == "refuse"
    assert "phone-number" in decision.rules
    assert "Telefonnummer" in decision.explanation()
