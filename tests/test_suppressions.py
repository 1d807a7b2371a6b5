"""Exceptions with a reason, an author and an end: what they cover, what they never do, and what is wrong with them."""

from __future__ import annotations

import json
import pickle
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import Linter, Message, Report, RulesetError, load_ruleset, load_suppressions
from msgpolicy.report import Excuse
from msgpolicy.schemas import record_schema
from msgpolicy.signals import text_fingerprint
from msgpolicy.suppressions import SuppressionsError
from msgpolicy.suppressions.load import LIMITS
from msgpolicy.suppressions.model import SCOPES
from tests import linters
from tests.tiny_ruleset import RULES

TODAY = date(2026, 11, 22)
WHY = "  reason: Agreed with the brand team\n  author: Anna\n  until: 2027-01-01\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


def entry(scope: str, rule: str = "no-shouting", why: str = WHY) -> str:
    return f"- rule: {rule}\n  {scope}\n{why}"


def exceptions(*entries: str, head: str = "schema: 1\nsuppressions:\n") -> str:
    Path("exceptions.yaml").write_text(head + "".join(entries), encoding="utf-8")
    return "exceptions.yaml"


def linter(*entries: str, today: date = TODAY) -> Linter:
    return Linter("tiny.yaml", suppressions=exceptions(*entries), today=today)


def message(text: str = "HURRY up, Anna", **record: Any) -> Message:
    return Message.from_dict({"text": text, "kind": "reply", "sent_at": "2026-01-01T00:00:00Z", **record})


def found(text: str = "HURRY up, Anna", **record: Any) -> Report:
    """The report without exceptions."""
    return Linter("tiny.yaml").check(message(text, **record))


def statuses(report: Report) -> list[tuple[str, str]]:
    return [(violation.rule, violation.status) for violation in report.violations]


def troubles(text: str) -> list[str]:
    Path("exceptions.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SuppressionsError) as caught:
        load_suppressions("exceptions.yaml", load_ruleset("tiny.yaml"))
    return [
        f"{problem.line}:{problem.column}: {problem.message}" + (f" ({problem.hint})" if problem.hint else "")
        for problem in caught.value.problems
    ]


class TestScopes:
    def test_a_violation_by_its_fingerprint(self, folder: Path) -> None:
        violation = found().violations[0]
        report = linter(entry(f"fingerprint: {violation.fingerprint}")).check(message())
        assert statuses(report) == [("no-shouting", "suppressed")]
        assert report.verdict == "pass"
        assert report.violations[0].excuse == Excuse(
            kind="suppression",
            source="exceptions.yaml:3",
            reason="Agreed with the brand team",
            author="Anna",
            until=date(2027, 1, 1),
        )
        # All else stays as it was.
        assert report.violations[0].message == violation.message
        assert report.violations[0].location == violation.location
        assert statuses(linter(entry("fingerprint: 0123456789abcdef0123")).check(message())) == [
            ("no-shouting", "active")
        ]

    def test_exactly_this_wording(self, folder: Path) -> None:
        judge = linter(entry(f"text: {text_fingerprint(message())}"))
        assert judge.check(message()).verdict == "pass"
        assert judge.check(message("HURRY up, Anna!")).verdict == "block"
        assert judge.check(message(subject="Again")).verdict == "block"
        # Who receives it, and about which order, is no wording.
        assert judge.check(message(order={"id": "1"}, recipient="x@relay.example")).verdict == "pass"

    def test_a_template_by_its_fingerprint(self, folder: Path) -> None:
        judge = linter(entry(f"template: {found().signals.template}"))
        assert judge.check(message("HURRY up, Ben", buyer={"name": "Ben"})).verdict == "block"
        other = message("HURRY  up, Anna 305-1234567-1234567")
        assert judge.check(other).verdict == "pass"

    def test_a_template_by_the_name_that_the_caller_gives(self, folder: Path) -> None:
        judge = linter(entry("template: parcel-late"))
        assert judge.check(message("HURRY or", extra={"template": "parcel-late"})).verdict == "pass"
        for named in ("parcel-Late", "", None, 7, ["parcel-late"]):
            assert judge.check(message("HURRY or", extra={"template": named})).verdict == "block"
        assert judge.check(message("parcel-late HURRY")).verdict == "block"

    @pytest.mark.parametrize(
        ("scope", "sender", "verdict"),
        [
            ("service@shop.example", "Service@Shop.example", "pass"),
            ("service@shop.example", "Anna's Shop <service@shop.example>", "pass"),
            ("Service@Shop.Example", "service@shop.example", "pass"),
            ("service@shop.example", "other@shop.example", "block"),
            ("service@shop.example", None, "block"),
            ('"@shop.example"', "other@shop.example", "pass"),
            ('"@shop.example"', "other@mail.shop.example", "block"),
            ('"@shop.example"', "other@myshop.example", "block"),
            ('"@shop.example"', "shop.example", "block"),
            ('"@shop.example"', "service@shop.example <other@evil.example>", "block"),
        ],
    )
    def test_a_sender(self, folder: Path, scope: str, sender: str | None, verdict: str) -> None:
        assert linter(entry(f"sender: {scope}")).check(message(sender=sender)).verdict == verdict

    def test_an_account(self, folder: Path) -> None:
        judge = linter(entry("account: DE-1"))
        assert judge.check(message(account={"id": "DE-1"})).verdict == "pass"
        assert judge.check(message(account={"id": "de-1"})).verdict == "block"
        assert judge.check(message()).verdict == "block"

    def test_all_scopes_of_an_entry_have_to_fit(self, folder: Path) -> None:
        judge = linter(entry("account: DE-1\n  sender: a@shop.example"))
        assert judge.check(message(account={"id": "DE-1"}, sender="a@shop.example")).verdict == "pass"
        assert judge.check(message(account={"id": "DE-1"}, sender="b@shop.example")).verdict == "block"
        assert judge.check(message(account={"id": "DE-2"}, sender="a@shop.example")).verdict == "block"

    def test_other_rules_are_not_excused(self, folder: Path) -> None:
        report = linter(entry("account: DE-1")).check(message("HURRY, thanks", account={"id": "DE-1"}))
        assert statuses(report) == [("no-shouting", "suppressed"), ("no-thanks", "active")]
        assert report.verdict == "warn"

    def test_an_old_name_of_a_rule_means_the_same(self, folder: Path) -> None:
        assert linter(entry("account: A", rule="quiet-please")).check(message(account={"id": "A"})).verdict == "pass"

    def test_what_is_absent_needs_more_than_a_fingerprint(self, folder: Path) -> None:
        # Where nothing stands there is nothing around it: the fingerprint is the same in every message.
        record = {"order": {"status": "Canceled"}, "account": {"id": "A"}}
        violation = found("Hello", **record).violations[0]
        assert violation.fingerprint == found("Something else", **record).violations[0].fingerprint
        scope = f"fingerprint: {violation.fingerprint}"
        assert linter(entry(scope, "no-canceled")).check(message("Hello", **record)).verdict == "block"
        assert (
            linter(entry(f"{scope}\n  account: A", "no-canceled")).check(message("Hello", **record)).verdict == "pass"
        )

    def test_what_is_not_listed_is_not_excused_by_a_fingerprint(self, folder: Path) -> None:
        text = "HURRY " * 102
        report = found(text)
        assert len(report.violations) == 100
        entries = [entry(f"fingerprint: {violation.fingerprint}") for violation in report.violations]
        judged = linter(*entries).check(message(text))
        assert [violation.status for violation in judged.violations] == ["suppressed"] * 99 + ["active"]
        assert judged.verdict == "block"
        # What speaks of the whole message covers them.
        assert linter(entry(f"text: {report.signals.text}")).check(message(text)).verdict == "pass"

    def test_the_first_entry_in_force_is_named(self, folder: Path) -> None:
        ended = WHY.replace("2027-01-01", "2026-01-01")
        entries = (
            entry("account: A", why=ended),
            entry("sender: a@x.example"),
            entry(f"text: {text_fingerprint(message())}"),
        )
        report = linter(*entries).check(message(account={"id": "A"}, sender="a@x.example"))
        assert report.violations[0].excuse is not None
        assert report.violations[0].excuse.source == "exceptions.yaml:8"
        assert report.verdict == "pass"


class TestEnd:
    @pytest.mark.parametrize(
        ("today", "status"),
        [(date(2026, 12, 31), "suppressed"), (date(2027, 1, 1), "active"), (date(2030, 1, 1), "active")],
    )
    def test_until_is_the_first_day_on_which_it_does_not_count(self, folder: Path, today: date, status: str) -> None:
        report = linter(entry("account: A"), today=today).check(message(account={"id": "A"}))
        (violation,) = report.violations
        assert violation.status == status
        assert violation.excuse is not None
        assert violation.excuse.ended == (status == "active")
        assert report.verdict == ("block" if status == "active" else "pass")
        assert report.receipt.suppressions is not None
        assert report.receipt.suppressions.day == today

    def test_the_date_of_the_message_does_not_matter(self, folder: Path) -> None:
        judge = linter(entry("account: A"), today=date(2027, 6, 1))
        report = judge.check(message(account={"id": "A"}, sent_at="2026-12-01T00:00:00Z"))
        assert report.verdict == "block"

    def test_ended_ones_are_said(self, folder: Path) -> None:
        judge = linter(entry("account: A"), entry("account: B", why=WHY.replace("2027", "2028")))
        assert judge.suppressions is not None
        assert list(judge.suppressions.notices(TODAY)) == []
        (notice,) = judge.suppressions.notices(date(2027, 1, 1))
        assert "no-shouting ended on 2027-01-01" in notice.text
        assert (notice.source.file, notice.source.line) == ("exceptions.yaml", 3)


class TestNever:
    @pytest.mark.parametrize("name", ["no-threats", "old-threats"])
    def test_it_is_an_error_at_load(self, folder: Path, name: str) -> None:
        assert troubles(Path(exceptions(entry("account: A", rule=name))).read_text()) == [
            f"3:9: the rule {name!r} cannot be suppressed (the rule is suppressible: never; mend the message)"
        ]

    def test_it_holds_in_each_ruleset_by_itself(self, folder: Path) -> None:
        strict = load_ruleset("tiny.yaml")
        Path("lax.yaml").write_text(
            RULES.replace("name: tiny", "name: lax").replace("suppressible: never", "suppressible: with-reason"),
            encoding="utf-8",
        )
        lax = load_ruleset("lax.yaml")
        found = load_suppressions(exceptions(entry("account: A", rule="no-threats")), strict, lax)
        said = [notice.text for notice in found.notices(TODAY)]
        assert said == ["no-threats is never suppressed in tiny"]
        threat = message("We sue", account={"id": "A"})
        assert Linter(strict, suppressions=found, today=TODAY).check(threat).verdict == "block"
        assert Linter(lax, suppressions=found, today=TODAY).check(threat).verdict == "pass"

    def test_exceptions_of_another_ruleset_excuse_nothing(self, folder: Path) -> None:
        Path("lax.yaml").write_text(
            RULES.replace("name: tiny", "name: lax").replace("suppressible: never", "suppressible: with-reason"),
            encoding="utf-8",
        )
        found = load_suppressions(exceptions(entry("account: A", rule="no-threats")), load_ruleset("lax.yaml"))
        report = Linter("tiny.yaml", suppressions=found, today=TODAY).check(message("We sue", account={"id": "A"}))
        assert statuses(report) == [("no-threats", "active")]


class TestRoutes:
    def test_exceptions_reach_the_ruleset_that_judges(self, folder: Path) -> None:
        buyers = RULES.replace("name: tiny", "name: buyers").replace("no-shouting", "no-yelling")
        Path("buyers.yaml").write_text(buyers.replace("suppressible: never", ""), encoding="utf-8")
        route = "routes: [{when: {direction: buyer_to_seller}, ruleset: ./buyers.yaml}]\nrules:\n"
        Path("tiny.yaml").write_text(RULES.replace("rules:\n", route), encoding="utf-8")
        judge = linter(*(entry("account: A", rule) for rule in ("no-shouting", "no-yelling", "no-threats")))
        buyer = message("HURRY, we sue", account={"id": "A"}, direction="buyer_to_seller")
        assert statuses(judge.check(buyer)) == [("no-yelling", "suppressed"), ("no-threats", "suppressed")]
        seller = message("HURRY, we sue", account={"id": "A"})
        assert statuses(judge.check(seller)) == [("no-shouting", "suppressed"), ("no-threats", "active")]
        assert judge.check(buyer).receipt.suppressions == judge.check(seller).receipt.suppressions is not None
        with pytest.raises(SuppressionsError, match="there is no rule 'no-yellin' in tiny, buyers"):
            linter(entry("account: A", "no-yellin"))


class TestUse:
    def test_unused_ones_are_told_from_the_reports(self, folder: Path) -> None:
        judge = linter(entry("account: A"), entry("account: B"))
        assert judge.suppressions is not None
        report = judge.check(message(account={"id": "B"}))
        used = {v.excuse.source for v in report.violations if v.excuse}
        (notice,) = judge.suppressions.unused(used, TODAY)
        assert notice.source.line == 3
        assert "no-shouting" in notice.text
        # What has ended is said to have ended, not to be unused.
        assert list(judge.suppressions.unused(set(), date(2027, 1, 1))) == []

    def test_the_receipt_names_the_file(self, folder: Path) -> None:
        report = linter(entry("account: A")).check(message("Hello"))
        used = report.receipt.suppressions
        assert used is not None
        assert (used.file, used.day) == ("exceptions.yaml", TODAY)
        assert re.fullmatch("sha256:[0-9a-f]{64}", used.digest or "")
        other = linter(entry("account: B")).check(message("Hello")).receipt.suppressions
        assert other is not None
        assert other.digest != used.digest

    def test_the_report_fits_its_schema(self, folder: Path) -> None:
        report = linter(entry("account: A\n  ticket: T-1")).check(message(account={"id": "A"}))
        validator = jsonschema.Draft202012Validator(record_schema("report"))
        validator.validate(json.loads(report.to_json()))
        assert Report.from_json(report.to_json()) == report

    def test_strict_still_counts(self, folder: Path) -> None:
        judge = Linter("tiny.yaml", suppressions=exceptions(entry("account: A")), today=TODAY, strict=True)
        report = judge.check(message(account={"id": "A"}, order=None))
        assert statuses(report) == [("no-shouting", "suppressed")]
        assert report.not_evaluated
        assert report.verdict == "review"

    def test_through_processes_and_threads(self, folder: Path) -> None:
        judge = linter(entry("account: A"))
        messages = [message(account={"id": "AB"[number % 2]}) for number in range(150)]
        expected = [judge.check(one) for one in messages]
        assert [report.verdict for report in expected] == ["pass", "block"] * 75
        # The processes have the exceptions that were loaded, not what the file says later.
        Path("exceptions.yaml").write_text("gone", encoding="utf-8")
        assert list(judge.check_many(messages, processes=2)) == expected
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(judge.check, messages)) == expected

    def test_it_can_be_pickled(self, folder: Path) -> None:
        loaded = linter(entry("account: A")).suppressions
        again = pickle.loads(pickle.dumps(loaded))
        assert again.apply(found(account={"id": "A"}), message(account={"id": "A"}), today=TODAY).verdict == "pass"

    def test_what_holds_something_excused_stays_as_severe(self, folder: Path) -> None:
        html = '<p>Hello, here it is.</p><p style="display:none">Call +48 601 234 567 now</p>'
        hidden = Message(html=html, kind="reply", account={"id": "A"})
        before = {violation.rule: violation for violation in linters.linter().check(hidden).violations}
        judge = Linter("amazon", suppressions=exceptions(entry("account: A", "phone-number")), today=TODAY)
        after = {violation.rule: violation for violation in judge.check(hidden).violations}
        assert before.keys() == after.keys() >= {"hidden-content", "phone-number"}
        assert after["phone-number"].status == "suppressed"
        assert after["hidden-content"] == before["hidden-content"]


@given(
    text=st.lists(st.sampled_from(["HURRY", "thanks", "sue", "Anna", "a@b.example"]), min_size=1, max_size=12),
    chosen=st.sets(st.integers(0, 11)),
    scope=st.sampled_from(["fingerprint", "text", "account"]),
    today=st.sampled_from([TODAY, date(2027, 1, 1)]),
)
def test_nothing_is_ever_taken_away(
    tmp_path_factory: pytest.TempPathFactory, text: list[str], chosen: set[int], scope: str, today: date
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "tiny.yaml").write_text(RULES, encoding="utf-8")
    one = message(" ".join(text), account={"id": "A"})
    before = Linter(folder / "tiny.yaml").check(one)
    values = {"text": before.signals.text, "account": "A"}
    entries = dict.fromkeys(
        entry(f"{scope}: {values.get(scope, violation.fingerprint)}", violation.rule)
        for number, violation in enumerate(before.violations)
        if number in chosen and violation.rule != "no-threats"
    )
    (folder / "exceptions.yaml").write_text(
        "schema: 1\nsuppressions:\n" + ("".join(entries) or "  []"), encoding="utf-8"
    )
    after = Linter(folder / "tiny.yaml", suppressions=folder / "exceptions.yaml", today=today).check(one)
    assert len(after.violations) == len(before.violations)
    for old, new in zip(before.violations, after.violations, strict=True):
        assert (old.rule, old.location, old.fingerprint, old.severity) == (
            new.rule,
            new.location,
            new.fingerprint,
            new.severity,
        )
        assert new.status == "active" or today == TODAY
        assert (new.status == "suppressed") <= (new.rule != "no-threats" and new.excuse is not None)
    active = [violation for violation in after.violations if violation.status == "active"]
    worst = {violation.severity for violation in active}
    assert after.verdict == ("block" if "error" in worst else "warn" if worst else "pass")
    assert Report.from_json(after.to_json()) == after


class TestMistakes:
    def test_all_are_listed_at_once_with_their_places(self, folder: Path) -> None:
        text = (
            "schema: 1\n"
            "suppressions:\n"
            "- rule: no-shoutin\n"
            "  account: A\n"
            '  reason: "  "\n'
            "  authr: Anna\n"
            "  until: soon\n"
            "- rule: no-thanks\n"
            "  text:\n"
            f"{WHY}"
        )
        assert troubles(text) == [
            "3:3: the key 'author' is missing",
            "3:9: there is no rule 'no-shoutin' in tiny (did you mean 'no-shouting'?)",
            "5:11: '  ' is not valid (Why this is right all the same.)",
            "6:3: unknown key 'authr' (did you mean 'author'?)",
            "7:10: invalid RFC3339 encoded date (write it as 2026-11-01)",
            f"8:3: the exception is limited to nothing (add at least one of {', '.join(SCOPES)})",
        ]

    @pytest.mark.parametrize("missing", ["rule", "reason", "author", "until"])
    def test_what_has_to_be_said(self, folder: Path, missing: str) -> None:
        lines = [line for line in f"  rule: no-shouting\n  account: A\n{WHY}".splitlines() if missing not in line]
        text = "schema: 1\nsuppressions:\n-" + "\n".join(lines)[1:] + "\n"
        assert troubles(text) == [f"3:3: the key {missing!r} is missing"]

    @pytest.mark.parametrize(
        "until", ["2026-02-30", "2026-13-01", "tomorrow", "01.12.2026", "2026", "null", "2027-01-01T10:00:00Z"]
    )
    def test_days_that_are_none(self, folder: Path, until: str) -> None:
        (problem,) = troubles(exceptions_text(entry("account: A", why=WHY.replace("2027-01-01", until))))
        assert problem.startswith("7:10: ")
        assert "date" in problem

    def test_an_end_in_the_past_is_no_mistake(self, folder: Path) -> None:
        assert linter(entry("account: A", why=WHY.replace("2027", "2001"))).check(message()).verdict == "block"

    def test_an_end_before_the_beginning(self, folder: Path) -> None:
        text = exceptions_text(entry("account: A\n  created: 2027-01-01"))
        assert troubles(text) == ["8:10: the exception ends before it was made, on 2027-01-01"]

    @pytest.mark.parametrize(
        "scope",
        ["fingerprint: 0123", "fingerprint: 0123456789ABCDEF0123", "text: 0123456789abcdef0123", "sender: shop.example",
         "sender: a b@shop.example", "account: ''", "account: [a]", "template: {a: b}"],
    )  # fmt: skip
    def test_scopes_that_can_fit_nothing(self, folder: Path, scope: str) -> None:
        assert len(troubles(exceptions_text(entry(scope)))) == 1

    def test_no_wildcards(self, folder: Path) -> None:
        assert troubles(exceptions_text(entry("account: A", rule='"*"'))) == [
            "3:9: there is no rule '*' in tiny (one entry for each rule)"
        ]

    @pytest.mark.parametrize("rule", ["no-shouting", "quiet-please"])
    def test_the_same_one_twice(self, folder: Path, rule: str) -> None:
        text = exceptions_text(
            entry("sender: A@shop.example"), entry("sender: a@shop.example", rule), entry("sender: b@shop.example")
        )
        (problem,) = troubles(text)
        assert problem.startswith("8:3: the same exception stands on line 3")

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", "1:1: the file is empty"),
            ("- a\n", "1:1: a suppressions file is a mapping (it starts with schema: 1)"),
            ("schema: 1\n", "1:1: the key 'suppressions' is missing"),
            ("suppressions: []\n", "1:1: the key 'schema' is missing"),
            ("schema: 2\nsuppressions: []\n", "1:9: '2' is not a known value"),
            ("schema: 1\nsuppressions: {}\n", "2:15: expected a list, got a mapping"),
            ("schema: 1\nsuppressions: [a]\n", "2:16: expected a mapping, got a text"),
            (
                "schema: 1\nsuppresions: []\nsuppressions: []\n",
                "2:1: unknown key 'suppresions' (did you mean 'suppressions'?)",
            ),
            ("schema: 1\nsuppressions: [\n", "3:1: did not find expected node content"),
        ],
    )
    def test_files_that_are_none(self, folder: Path, text: str, problem: str) -> None:
        assert any(found.startswith(problem) for found in troubles(text)), troubles(text)

    def test_no_yaml_bombs(self, folder: Path) -> None:
        lines = ["a: &a [x, x]"] + [f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
        found = troubles("\n".join(lines))
        assert any("anchors are not used here" in problem for problem in found)
        assert any("aliases are not used here" in problem for problem in found)

    def test_not_utf8(self, folder: Path) -> None:
        Path("exceptions.yaml").write_bytes("schema: 1\nsuppressions:\n- rule: ü\n".encode("latin-1"))
        with pytest.raises(SuppressionsError, match=r"exceptions\.yaml:3:9: byte 32 is not UTF-8"):
            load_suppressions("exceptions.yaml", load_ruleset("tiny.yaml"))

    def test_no_such_file(self, folder: Path) -> None:
        with pytest.raises(RulesetError, match=r"^none\.yaml: there is no such file"):
            Linter("tiny.yaml", suppressions="none.yaml")
        with pytest.raises(RulesetError, match=r"it is a folder: name the file in it"):
            Linter("tiny.yaml", suppressions=folder)

    def test_too_much_is_refused(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("msgpolicy.suppressions.load.LIMITS", LIMITS._replace(bytes=100))
        assert "larger than 100 bytes" in troubles(exceptions_text(entry("account: A")))[0]

    def test_very_many_mistakes_end(self, folder: Path) -> None:
        found = troubles(exceptions_text(*[entry("acount: A", rule="no-shoutin")] * 3000))
        assert len(found) == 1001


def exceptions_text(*entries: str) -> str:
    return "schema: 1\nsuppressions:\n" + "".join(entries)


SOUND = {"rule": "a", "account": "A", "reason": "r", "author": "a", "until": "2027-01-01"}


class TestSchema:
    def validator(self) -> jsonschema.Draft202012Validator:
        schema = record_schema("suppressions")
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(schema)

    def test_a_sound_one_fits(self) -> None:
        self.validator().validate(
            {"schema": 1, "suppressions": [SOUND, {**SOUND, "ticket": "T", "created": "2026-01-01"}]}
        )

    @pytest.mark.parametrize("missing", sorted(SOUND))
    def test_what_is_missing_is_seen(self, missing: str) -> None:
        wanting = {key: value for key, value in SOUND.items() if key != missing}
        assert not self.validator().is_valid({"schema": 1, "suppressions": [wanting]})

    @pytest.mark.parametrize("wrong", [{"reason": " "}, {"account": None}, {"fingerprint": "x"}, {"rules": "b"}])
    def test_what_is_wrong_is_seen(self, wrong: dict[str, Any]) -> None:
        assert not self.validator().is_valid({"schema": 1, "suppressions": [{**SOUND, **wrong}]})


@pytest.mark.slow
def test_a_hundred_thousand_entries(folder: Path) -> None:
    many = [entry(f"account: A-{number}") for number in range(100_000)]
    judge = linter(*many)
    assert judge.suppressions is not None
    assert len(judge.suppressions.entries) == 100_000
    assert judge.check(message(account={"id": "A-99999"})).verdict == "pass"
    # One look-up for each combination of scopes, not one for each entry.
    assert judge.suppressions._shapes == {"no-shouting": (("account",),)}
