"""A company's own ruleset over `amazon`, as its author uses it: files in a folder, and the command."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from msgpolicy.cli import main
from msgpolicy.rules.lint import lint_ruleset

HEAD = 'schema: 1\nname: own\nversion: "1"\nextends: amazon\n'
OWN = (
    HEAD
    + """\
settings:
  brand_names: {add: [Gift & Co]}
  phone_exceptions: {remove: [carrier-topic, manufacturer-topic]}
sources:
  HANDBOOK: {title: Service handbook, site: intranet.shop.example}
concepts:
  reward:
    add: {en: ["tin of tuna"]}
    remove: {en: [gifts]}
  secret-word: {title: A word, phrases: {en: [abracadabra], de: [simsalabim]}}
lists:
  carrier-hosts: {add: [parcels.example]}
  our-hosts: [shop.example]
rules:
- discourteous-tone: error
- marketing: off
- id: external-link
  with: {allowed: {add: [{hosts: our-hosts, when: {direction: seller_to_buyer}}]}}
- id: magic
  check: phrases
  with: {all: [secret-word]}
  severity: info
  message: {en: "Says {secret-word}."}
  source: HANDBOOK
  examples: [{fail: Say abracadabra., at: abracadabra}, {pass: Say hello.}]
- id: too-many
  check: condition
  with: {fires_when: {history.sent_today: {at_least: 10}}, at: history.sent_today}
  message: {en: "{history.sent_today} today."}
  source: {title: Mail from the manager, site: intranet.shop.example}
  examples:
  - fail: {record: {text: a, history: {sent_today: 10}}}
  - pass: {record: {text: a, history: {sent_today: 9}}}
"""
)


def run(*argv: str, stdin: str = "") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(list(argv), io.BytesIO(stdin.encode()), out, err)
    return status, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("own") / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return str(path)


def judged(ruleset: str, text: str, **fields: Any) -> dict[str, str]:
    """Severity by rule of what is active in a message about an order."""
    record = {"text": f"{text} Order 305-1234567-1234567.", "reason": "order_problem", **fields}
    _, out, err = run("check", "-", "--input-format", "json", "--ruleset", ruleset, "--format", "json",
                      stdin=json.dumps(record))  # fmt: skip
    assert err == ""
    (report,) = json.loads(out)
    return {entry["rule"]: entry["severity"] for entry in report["violations"]}


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Leave us a review for a tin of tuna.", {}, {"review-incentive": "error"}),
        ("Greetings, your Gift & Co team. Please leave a review.", {"review-incentive": "error"}, {}),
        ("Have a look at https://shop.example/help now.", {"external-link": "error"}, {}),
        ("Follow the parcel at https://parcels.example/1.", {"external-link": "error"}, {}),
        ("Say abracadabra.", {}, {"magic": "info"}),
        ("Enjoy 20% off all our lamps this week!", {"marketing": "error"}, {}),
    ],
)
def test_what_the_child_changes(own: str, text: str, before: dict[str, str], after: dict[str, str]) -> None:
    watched = {"review-incentive", "external-link", "magic", "marketing"}
    for ruleset, wanted in (("amazon", before), (own, after)):
        assert {rule: how for rule, how in judged(ruleset, text).items() if rule in watched} == wanted


def test_facts_are_compared_by_own_rules(own: str) -> None:
    assert judged(own, "Hello.", history={"sent_today": 10})["too-many"] == "error"
    assert "too-many" not in judged(own, "Hello.", history={"sent_today": 9})


def test_only_what_has_no_example_is_pointed_out(own: str) -> None:
    assert [(problem.line, problem.message) for problem in lint_ruleset(own)] == [
        (21, "no example shows what the changed with of 'external-link' does")
    ]


def test_every_mistake_at_once_in_the_lines_of_the_child(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        HEAD
        + """\
settings:
  phone_exceptions: [warranty-topic, carier-topic]
  window_days: soon
  brand_name: [Five Star]
concepts:
  reward: {remove: {en: [gitf]}}
rules:
- product-lnk: off
- marketing: Warning
- id: tracking-pixel
  wiht: {}
- id: own
  check: phrase
  message: {en: x}
  source: HANDBOK
  examples: [{fail: a}, {pass: b}]
""",
        encoding="utf-8",
    )
    status, out, err = run("check", "-", "--ruleset", str(path), stdin="Hello")
    assert (status, out) == (2, "")
    told = [line.removeprefix(f"{path}:") for line in err.splitlines() if line.startswith(str(path))]
    told[-1] = told[-1].partition(" (")[0]  # all sources of the base are the hint
    assert told == [
        "6:38: there is no concept 'carier-topic' (did you mean 'carrier-topic'?)",
        "7:16: setting 'window_days': expected a whole number, got 'soon'",
        "8:3: there is no inherited setting 'brand_name' (did you mean 'brand_names'?)",
        "10:26: this is not in the list that it is removed from (did you mean 'gift'?)",
        "12:3: there is no inherited rule 'product-lnk' (did you mean 'product-link'?)",
        "13:14: 'Warning' is not a severity (did you mean 'warning'?)",
        "15:3: unknown key 'wiht' (did you mean 'with'?)",
        "17:10: there is no check 'phrase' (did you mean 'phrases'?)",
        "19:11: there is no source 'HANDBOK'",
    ]
    assert "amazon.yaml:" not in err


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("settings: {brand_names: {add: [a], default: [b]}}", "5:12: add, remove and replace change the list"),
        ("settings: {mine: {add: [a]}}", "5:12: add, remove and replace change the list"),
        ("settings: {brand_names: {remove: [Five Star]}}", "5:35: this is not in the list"),
    ],
)
def test_changes_to_settings_that_are_none(tmp_path: Path, body: str, says: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(HEAD + body + "\n", encoding="utf-8")
    status, _, err = run("rules", str(path))
    assert status == 2
    assert f"{path}:{says}" in err


def test_a_chain_of_files_shows_each_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "team").mkdir()
    (tmp_path / "team/base.yaml").write_text(HEAD + "rules: [marketting: off]\n", encoding="utf-8")
    (tmp_path / "own.yaml").write_text(HEAD.replace("amazon", "./team/base.yaml"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    _, _, err = run("rules", "own.yaml")
    assert err.startswith("team/base.yaml:5:9: there is no inherited rule 'marketting' (did you mean 'marketing'?)")
