"""Rules with `scope: conversation` and `across`: how they load, what is a mistake, how they are told and tested."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from msgpolicy import Linter, Message, RulesetError, load_ruleset
from msgpolicy.cli import main
from msgpolicy.explain import rule_page
from msgpolicy.rules.lint import lint_ruleset
from msgpolicy.rules.load import load_with_files
from tests.archive_tables import at, broken, buyer, reply

HEAD = """\
schema: 1
name: own
version: "1"
sources: {H: {title: Handbook, site: shop.example}}
settings: {hours: {default: 6 hours}}
rules:
"""
RULE = """\
- id: quick
  scope: conversation
  check: late-answer
  with: {within: {setting: hours}}
  message: {en: "After {hours} hours."}
  source: H
  examples:
  - fail:
      records:
      - {text: "Where is it?", direction: buyer_to_seller, thread_id: t, sent_at: "2026-11-01T00:00:00Z"}
      - {text: "Here.", kind: reply, thread_id: t, sent_at: "2026-11-01T06:00:01Z"}
  - pass:
      records:
      - {text: "Where is it?", direction: buyer_to_seller, thread_id: t, sent_at: "2026-11-01T00:00:00Z"}
      - {text: "Here.", kind: reply, thread_id: t, sent_at: "2026-11-01T06:00:00Z"}
"""
PASSES = "  - pass: {record: {text: x, order: {status: Pending}}}\n"
BOTH = (
    RULE.replace(
        "  scope: conversation\n  check: late-answer\n  with: {within: {setting: hours}}\n",
        "  check: condition\n  with: {fires_when: {order.status: Shipped}, at: order.status}\n"
        "  across: {check: late-answer, with: {within: {setting: hours}}}\n",
    ).replace("{hours} hours", "hours")
    + "  - fail: {record: {text: x, order: {status: Shipped}}}\n"
    + PASSES
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(HEAD + RULE)
    return tmp_path / "own.yaml"


def command(*argv: str) -> tuple[int, str]:
    out = io.StringIO()
    return main(list(argv), io.StringIO(), out, io.StringIO()), out.getvalue()


def test_a_rule_across_messages_is_judged_over_an_archive_alone(own: Path) -> None:
    rule = load_ruleset(own).rule("quick")
    assert (rule.scope, rule.scopes) == ("conversation", ("conversation",))
    report = Linter(own).check(Message(text="Here.", kind="reply"))
    assert (report.violations, report.not_evaluated) == ((), ())
    talk = [buyer(thread="t", sent_at=at(0)), reply(thread="t", sent_at=at(361))]
    assert broken(talk, "quick", Linter(own, draft=False, across=True)) == [2]
    assert broken(talk, "quick", Linter(own, settings={"hours": "7 hours"}, draft=False, across=True)) == []


def test_its_examples_are_run(own: Path) -> None:
    assert command("test", str(own))[0] == 0
    own.write_text(own.read_text().replace("06:00:00Z", "06:00:02Z"))
    status, out = command("test", str(own))
    assert status == 1
    assert "own.yaml:18: quick: example of pass: is reported: 'sent_at'" in out


def test_without_the_extra_they_are_skipped(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgpolicy.authoring.find_spec", lambda name: None)
    status, out = command("test", str(own))
    assert (status, out.strip()[-54:]) == (0, "all hold; 2 not run, for an extra that is not installed"[-54:])


def test_a_rule_with_both_scopes_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "both.yaml"
    path.write_text(HEAD + BOTH)
    assert load_ruleset(path).rule("quick").scopes == ("message", "conversation")
    draft = Message.from_dict({"text": "Here.", "order": {"status": "Shipped"}})
    assert [entry.rule for entry in Linter(path).check(draft).violations] == ["quick"]
    assert Linter(path, across=True).check(draft).violations == ()
    assert command("test", str(path))[0] == 0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("scope: conversation\n  ", "", "the check 'late-answer' is one across messages"),
        ("late-answer\n  with: {within: {setting: hours}}", "subject\n  with: {}", "is one about one message"),
        ("{within: {setting: hours}}", "{within: soon}", "'soon' is not a length of time"),
        ("source: H", "source: H\n  allow: {phrases: [a]}", "a rule across messages has no allow"),
        ("source: H", "source: H\n  when: {order.status: Shipped}", "knows nothing of order.status"),
        (
            "source: H",
            "source: H\n  severity_when: [{when: {buyer.id: {known: true}}, severity: info}]",
            "knows nothing of buyer.id",
        ),
        ("{hours} hours", "{days} days", "the check fills no {days}"),
        ("  - fail:\n", "  - unknown:\n", "has no example across messages that fails"),
        ("  examples:\n", "  examples:\n  - pass: Hello\n", "an example of a rule across messages has several"),
        ("sent_at: \"2026-11-01T06:00:00Z\"", "sent: now", "unknown key 'sent'"),
        ("  - fail:\n", "  - pass: {records: []}\n  - fail:\n", "an archive has at least one message"),
        ("  - fail:\n", "  - pass: {text: x, records: [{text: x}]}\n  - fail:\n", "records stand alone"),
    ],
)  # fmt: skip
def test_mistakes_are_shown(own: Path, old: str, new: str, says: str) -> None:
    assert old in own.read_text()
    own.write_text(own.read_text().replace(old, new))
    with pytest.raises(RulesetError) as caught:
        load_with_files(own)
    assert any(says in problem.message for problem in caught.value.problems), caught.value


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{check: late-answer, with", "{with", "names no check across messages"),
        ("{check: late-answer, with: {within: {setting: hours}}}", "{check: tone}", "is one about one message"),
        ("After hours.", "{order.status}.", "the check fills no {order.status}"),
        (", within: {setting: hours}", "", ""),
        (PASSES, "", "has no example that passes"),
    ],
)
def test_mistakes_of_a_rule_with_both_scopes_are_shown(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "both.yaml"
    path.write_text((HEAD + BOTH).replace(old, new))
    if not says:
        load_with_files(path)
        return
    with pytest.raises(RulesetError) as caught:
        load_with_files(path)
    assert any(says in problem.message for problem in caught.value.problems), caught.value


def test_a_child_changes_thresholds_by_settings_and_conditions_by_key(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(HEAD + BOTH)
    child = tmp_path / "child.yaml"
    child.write_text(
        "schema: 1\nname: child\nversion: '1'\nextends: base.yaml\nsettings: {hours: 8 hours}\n"
        "rules:\n- id: quick\n  across: {when: {marketplace: amazon.de}}\n"
    )
    rule = load_ruleset(child).rule("quick")
    assert rule.across is not None
    assert (rule.across.check, rule.across.params.within) == ("late-answer", "8 hours")  # type: ignore[attr-defined]
    assert str(rule.across.when) == "marketplace is amazon.de"
    assert load_ruleset(child).weakened == ("quick: across changed",)
    assert "no example shows what the changed across of 'quick' does" in str(lint_ruleset(child))
    late = [buyer(thread="t", sent_at=at(0)), reply(thread="t", sent_at=at(500), marketplace="amazon.de")]
    assert broken(late, "quick", Linter(child, draft=False, across=True)) == [2]
    assert broken([late[0], {**late[1], "marketplace": "amazon.fr"}], "quick", Linter(child, across=True)) == []


def test_the_policy_in_force_when_a_message_was_sent_counts(own: Path) -> None:
    revised = "  revisions:\n  - {until: 2026-11-01, severity: info, with: {within: 2 hours}}\n  - {from: 2026-11-01}\n"
    own.write_text(HEAD + RULE.replace("  source: H\n", "  source: H\n" + revised))
    judge = Linter(own, draft=False, across=True)
    old = datetime(2026, 10, 1, tzinfo=UTC)
    talk = [buyer(thread="t", sent_at=at(0)), reply(thread="t", sent_at=at(200))]
    assert broken(talk, "quick", judge) == []
    assert broken([{**row, "as_of": old} for row in talk], "quick", judge) == [2]


def test_the_page_of_a_rule_tells_its_scope_and_all_messages_of_an_example() -> None:
    ruleset = load_ruleset("amazon")
    page = {section.title: section for section in rule_page(ruleset, ruleset.rule("late-reply"))}
    (told,) = page["Over the messages of an archive"].paragraphs
    assert told.startswith("In an audit the check `late-answer` takes the place of `condition`")
    assert any(
        " in an archive with " in item and '"sent_at": "2026-11-01T10' in item for item in page["Examples"].items
    )
    only = rule_page(ruleset, ruleset.rule("mass-message"))[0].paragraphs
    assert any("over the messages of an archive" in text for text in only)


def test_the_list_of_rules_tells_the_scopes() -> None:
    rows = {row["id"]: row["scopes"] for row in json.loads(command("rules", "amazon", "--format", "json")[1])}
    assert rows["late-reply"] == ["message", "conversation"]
    assert rows["mass-message"] == ["conversation"]
    assert rows["phone-number"] == ["message"]
    out = command("rules", "amazon")[1]
    assert "\nlate-reply *" in out
    assert "* in an archive judged over all its messages" in out


def test_explaining_one_message_says_that_the_others_are_needed(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("Hello")
    _, out = command("explain", "mass-message", "--message", str(tmp_path / "draft.txt"))
    assert "not known: the messages around it are known (one message)" in out
