"""The drafts in examples/, each with the verdict and the rules that the policy demands."""

from __future__ import annotations

import email
import email.policy
import io
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from msgpolicy.inputs import Context, Draft, load_context, read_drafts
from msgpolicy.message import Message
from msgpolicy.report import Report
from tests.linters import linter

EXAMPLES = Path(__file__).parent.parent / "examples"
AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)

EXPECTED: dict[str, tuple[str, set[str]]] = {
    "address-question.eml": ("pass", set()),
    "engraving-confirmation.eml": ("pass", set()),
    "invoice.eml": ("pass", set()),
    "shipped-answer.eml": ("pass", set()),
    "bulky-delivery.json": ("pass", set()),
    "review-request.json": ("pass", set()),
    "delay-notice.html": ("pass", set()),
    "five-star-gift.eml": (
        "block",
        {
            "email-address",
            "off-platform-diversion",
            "positive-review-request",
            "repeat-review-request",
            "review-incentive",
        },
    ),
    "review-gating.eml": ("block", {"review-gating"}),
    "review-change.json": ("block", {"review-change-request", "review-incentive"}),
    "whatsapp-diversion.json": ("block", {"messenger-contact", "off-platform-diversion", "phone-number"}),
    "day-31.json": ("block", {"buyer-opted-out", "contact-window-expired", "wrong-language"}),
    "disguised-program.json": ("block", {"attachment-active-content", "attachment-format", "attachment-mismatch"}),
    "decorated-question.html": (
        "block",
        {
            "animated-image",
            "emoji",
            "excess-line-breaks",
            "font-override",
            "font-size-count",
            "image-not-permitted",
            "insecure-image",
            "low-contrast",
            "missing-alt-text",
            "text-alignment",
            "wide-image",
            "wide-margin",
        },
    ),
    "newsletter-thanks.html": (
        "block",
        {
            "external-link",
            "insecure-link",
            "linked-logo",
            "marketing",
            "off-platform-diversion",
            "opt-out-request",
            "order-id-missing",
            "tracking-pixel",
            # No reason is declared, and marketing is seen.
            "unpermitted-reason",
        },
    ),
}
MAILS = sorted(name for name in EXPECTED if name.endswith(".eml"))


def message(name: str, context: Context | None = None) -> Message:
    (draft,) = read_drafts([str(EXAMPLES / name)], stdin=io.BytesIO(), context=context)
    assert isinstance(draft, Draft), draft
    return draft.message


def judged(name: str, context: Context | None = None) -> Report:
    return linter().check(message(name, context), as_of=AS_OF)


def active(report: Report) -> set[str]:
    return {violation.rule for violation in report.violations if violation.status == "active"}


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context(str(EXAMPLES / "context.csv"))


@pytest.mark.parametrize("name", EXPECTED)
def test_every_draft_gets_the_verdict_that_the_policy_demands(name, context):
    report = judged(name, context)
    assert (report.verdict, active(report)) == EXPECTED[name]


def test_no_draft_is_left_out():
    assert {path.name for path in EXAMPLES.iterdir() if path.suffix in (".eml", ".json", ".html")} == EXPECTED.keys()


def test_the_readme_says_the_same():
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[([^\]]+)\]\(\1\) \|[^|]+\|[^|]+\| (\w+) \|([^|]*)\|$", readme, re.MULTILINE)
    assert {name: (verdict, set(re.findall(r"`([^`]+)`", rules))) for name, verdict, rules in rows} == EXPECTED


@pytest.mark.parametrize("name", MAILS)
def test_mails_are_such_as_mail_programs_write(name):
    mail = email.message_from_bytes((EXAMPLES / name).read_bytes(), policy=email.policy.default)
    assert [defect for part in mail.walk() for defect in part.defects] == []
    assert all(mail[field] for field in ("message-id", "from", "to", "subject"))
    assert mail["date"].datetime.tzinfo
    assert "extra" not in message(name).to_dict(), "every part of it can be read"


@pytest.mark.parametrize("name", MAILS)
def test_the_context_file_knows_every_mail(name, context):
    assert message(name, context).order is not None


@pytest.mark.parametrize("name", [name for name in MAILS if EXPECTED[name][0] == "pass"])
def test_nothing_about_a_good_mail_is_left_open_once_the_context_is_known(name, context):
    assert judged(name).not_evaluated
    assert judged(name, context).not_evaluated == ()


def test_a_second_request_is_known_only_from_the_context_file(context):
    without = judged("five-star-gift.eml")
    assert "repeat-review-request" not in active(without)
    assert "repeat-review-request" in {entry.rule for entry in without.not_evaluated}
    assert "repeat-review-request" in active(judged("five-star-gift.eml", context))


@pytest.mark.parametrize(
    ("name", "status", "last_words"), [("whatsapp-diversion.json", 1, "not sent"), ("review-request.json", 0, "sent")]
)
def test_the_script_refuses_what_is_bad_and_lets_the_rest_through(name, status, last_words):
    result = subprocess.run(
        [sys.executable, EXAMPLES / "refuse_draft.py", EXAMPLES / name],
        env={**os.environ, "PYTHONPATH": str(EXAMPLES.parent)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert result.returncode == status, result.stderr
    assert (result.stdout + result.stderr).splitlines()[-1] == last_words
    assert {line.partition(":")[0] for line in result.stdout.splitlines()} - {"sent"} == EXPECTED[name][1]
