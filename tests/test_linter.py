"""The linter as a whole: verdicts, three-valued rules, revisions, routes, limits, processes, threads."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgpolicy import Linter, Message, Report, load_ruleset
from msgpolicy.checks.base import Hit
from msgpolicy.facts.limits import MAX_ATTACHMENTS, MAX_PART
from tests.linters import linter
from tests.test_message import MESSAGES

BAD = (
    "Leave us a 5-star review and we will send you a $10 gift card. Call +1 206 555 0100 or visit www.besteshop-24.de."
)


@pytest.fixture(scope="module")
def amazon() -> Linter:
    return linter()


def rules_of(report: Report) -> set[str]:
    return {violation.rule for violation in report.violations if violation.status == "active"}


def open_rules(report: Report) -> dict[str, tuple[str, ...]]:
    return {entry.rule: entry.needs for entry in report.not_evaluated}


class TestVerdict:
    def test_block_with_places(self, amazon: Linter) -> None:
        report = amazon.check(Message(text=BAD, kind="proactive"))
        assert report.verdict == "block"
        assert {"review-incentive", "positive-review-request", "phone-number", "external-link"} <= rules_of(report)
        for violation in report.violations:
            place = violation.location
            if place.start is not None:
                assert violation.excerpt == BAD[place.start : place.end]
                assert (place.line, place.column) == (1, place.start + 1)

    def test_warn_and_pass(self, amazon: Linter) -> None:
        facts: dict[str, Any] = {"kind": "reply", "sent_at": "2026-11-02T09:00:00Z", "attachments": []}
        polite = Message.from_dict({**facts, "text": "The kettle holds 1.7 litres and switches itself off."})
        assert amazon.check(polite).verdict == "pass"
        rude = Message.from_dict({**facts, "text": "Well, as we already told you, that is not our problem."})
        assert amazon.check(rude).verdict == "warn"

    def test_strict_wants_every_rule_judged(self) -> None:
        message = Message(text="The kettle holds 1.7 litres.", kind="reply")
        assert linter().check(message).verdict == "pass"
        assert linter(strict=True).check(message).verdict == "review"


class TestUnknownFacts:
    def test_missing_facts_are_named(self, amazon: Linter) -> None:
        found = open_rules(amazon.check(Message(text="About order 305-1234567-1234567", kind="proactive")))
        assert found["order-canceled"] == ("order.status",)
        assert found["contact-window-expired"] == ("order.completed_at",)
        assert found["buyer-opted-out"][0] == "buyer.opted_out"

    def test_a_fact_that_cannot_matter_is_not_asked_for(self, amazon: Linter) -> None:
        # Nothing asks for a review, so it does not matter how many requests there were.
        found = open_rules(amazon.check(Message(text="About order 305-1234567-1234567", kind="proactive")))
        assert "repeat-review-request" not in found
        asking = amazon.check(Message(text="Please leave us a review of your kettle.", kind="proactive"))
        assert open_rules(asking)["repeat-review-request"] == ("history.review_requests",)

    def test_a_draft_without_kind_counts_as_proactive_and_says_so(self) -> None:
        message = Message(text="Good news: your order 305-1234567-1234567 has been shipped.")
        draft = linter().check(message)
        assert "shipping-notification" in rules_of(draft)
        assert draft.receipt.assumed == ("kind=proactive", "sent_at=now")
        archived = linter(draft=False).check(message)
        assert "shipping-notification" not in rules_of(archived)
        assert open_rules(archived)["shipping-notification"] == ("kind",)
        assert archived.receipt.assumed == ()


class TestTime:
    PHONE = "For a warranty claim call the warranty hotline +48 22 123 45 67."

    @pytest.mark.parametrize(
        ("sent_at", "fires"),
        [
            ("2020-11-05T23:59:59.999999Z", False),
            ("2020-11-06T00:00:00Z", True),
            ("2020-11-06T00:30:00+01:00", False),
            ("2021-02-28T23:59:59Z", True),
            ("2021-03-01T00:00:00Z", False),
        ],
    )
    def test_the_policy_of_the_day_counts(self, amazon: Linter, sent_at: str, fires: bool) -> None:
        message = Message.from_dict({"text": self.PHONE, "kind": "proactive", "sent_at": sent_at})
        assert ("phone-number" in rules_of(amazon.check(message))) is fires

    def test_as_of_overrides(self, amazon: Linter) -> None:
        message = Message.from_dict({"text": self.PHONE, "kind": "proactive", "sent_at": "2026-01-01T00:00:00Z"})
        report = amazon.check(message, as_of=datetime(2020, 12, 1, tzinfo=UTC))
        assert "phone-number" in rules_of(report)
        assert report.receipt.as_of == datetime(2020, 12, 1, tzinfo=UTC)


class TestCoverage:
    @pytest.mark.parametrize("marketplace", ["ebay.de", "amazon.com.evil.example.org"])
    def test_other_marketplaces_are_not_passed_in_silence(self, amazon: Linter, marketplace: str) -> None:
        report = amazon.check(Message(text=BAD, marketplace=marketplace))
        assert [(entry.rule, entry.why) for entry in report.not_evaluated] == [("*", "not-covered")]
        assert report.violations == ()

    @pytest.mark.parametrize("marketplace", ["amazon.de", "www.Amazon.co.uk", "A1PA6795UKMFR9", None])
    def test_amazon_by_site_or_id(self, amazon: Linter, marketplace: str | None) -> None:
        assert amazon.check(Message(text=BAD, marketplace=marketplace)).verdict == "block"

    def test_other_marketplaces_are_said_to_be_not_covered(self, amazon: Linter) -> None:
        report = amazon.check(Message(text=BAD, marketplace="ebay.de"))
        assert [entry.why for entry in report.not_evaluated] == ["not-covered"]
        assert not report.violations
        assert linter(strict=True).check(Message(text=BAD, marketplace="ebay.de")).verdict == "review"

    def test_messages_over_the_api_go_to_their_own_ruleset(self, amazon: Linter) -> None:
        assert amazon.check(Message(text=BAD, channel="sp_api")).receipt.ruleset == "amazon-sp-api"


class TestSeverity:
    def test_answers_are_warned_where_only_first_messages_are_named(self, amazon: Linter) -> None:
        text = "The guide is at https://besteshop-24.de/guide for you."
        proactive = amazon.check(Message(text=text, kind="proactive"))
        reply = amazon.check(Message(text=text, kind="reply"))
        severity = {
            kind: next(v.severity for v in report.violations if v.rule == "external-link")
            for kind, report in (("proactive", proactive), ("reply", reply))
        }
        assert severity == {"proactive": "error", "reply": "warning"}

    def test_hidden_content_is_as_bad_as_what_it_hides(self, amazon: Linter) -> None:
        def hidden(text: str) -> str:
            html = f'<p>Hello</p><div style="display:none">{text}</div>'
            report = amazon.check(Message(html=html, kind="proactive"))
            return next(v.severity for v in report.violations if v.rule == "hidden-content")

        assert hidden("Some words about the weather") == "warning"
        assert hidden("Write to me@besteshop-24.de today") == "error"


class TestReceipt:
    def test_it_repeats_the_judgement(self, amazon: Linter) -> None:
        receipt = amazon.check(Message(text=BAD)).receipt
        assert (receipt.ruleset, receipt.version) == ("amazon", "2026.11")
        assert receipt.digest == load_ruleset("amazon").digest
        assert receipt.data["patterns"].startswith("regex ")

    def test_settings_are_in_it_and_change_the_digest(self, amazon: Linter) -> None:
        other = Linter("amazon", settings={"window_anchor": "delivered_at"})
        receipt = other.check(Message(text=BAD)).receipt
        assert receipt.settings == {"window_anchor": "delivered_at"}
        assert receipt.digest != amazon.ruleset.digest


class TestFingerprint:
    def test_it_survives_edits_elsewhere_and_other_private_data(self, amazon: Linter) -> None:
        def of(text: str) -> str:
            report = amazon.check(Message(text=text, kind="proactive"))
            return next(v.fingerprint for v in report.violations if v.rule == "phone-number")

        words = "If you need anything at all about this order, please call us on {} between nine and five o'clock."
        first = of(words.format("+1 206 555 0100"))
        assert first == of("A new first line.\n\n" + words.format("+1 206 555 0100"))
        assert first == of(words.format("+1 206 555 0199"))
        assert first != of(words.format("+1 206 555 0100").replace("call us", "ring the team"))

    def test_repeats_differ(self, amazon: Linter) -> None:
        line = "Please call us on +1 206 555 0100 between nine and five o'clock about the order that you made.\n"
        report = amazon.check(Message(text=line * 3, kind="proactive"))
        prints = [v.fingerprint for v in report.violations if v.rule == "phone-number"]
        assert len(prints) == len(set(prints)) == 3


class TestFailures:
    def test_a_rule_that_raises_is_reported_and_the_others_judge(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from msgpolicy.checks import contact_window

        def broken(*_: object) -> list[Hit]:
            raise RuntimeError(BAD)

        monkeypatch.setattr("msgpolicy.judgement.load_check", _replacing("contact-window", broken))
        report = linter().check(Message(text=BAD, kind="proactive"))
        crash = [entry for entry in report.not_evaluated if entry.why == "crash"]
        assert [entry.rule for entry in crash] == ["contact-window-expired"]
        assert "gift card" not in str(crash)  # no message text, even when an error carries it
        assert report.verdict == "block"
        assert contact_window.check is not broken

    def test_a_crash_alone_needs_a_person(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def slow(*_: object) -> list[Hit]:
            raise TimeoutError

        monkeypatch.setattr("msgpolicy.judgement.load_check", _replacing("contact-window", slow))
        report = linter().check(Message(text="About order 305-1234567-1234567", kind="proactive"))
        assert report.verdict == "review"
        assert [entry.why for entry in report.not_evaluated if entry.rule == "contact-window-expired"] == ["timeout"]

    def test_a_spent_time_budget_is_a_review(self) -> None:
        report = Linter("amazon", time_budget=0.0).check(Message(text="Hello", kind="reply"))
        assert report.verdict == "review"
        assert {entry.why for entry in report.not_evaluated} == {"timeout"}

    def test_a_part_that_is_too_large(self, amazon: Linter) -> None:
        report = amazon.check(Message(text="x" * (MAX_PART + 1), kind="proactive", order={"status": "Canceled"}))  # type: ignore[arg-type]
        assert report.verdict == "block"  # the envelope is judged all the same
        assert rules_of(report) == {"order-canceled"}
        assert "too-large" in {entry.why for entry in report.not_evaluated}

    def test_a_flood_of_words_is_not_judged_and_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("msgpolicy.facts.words.lexicon.MAX_HITS", 100)
        report = Linter("amazon", time_budget=600).check(Message(text="review gift card not " * 101, kind="reply"))
        assert {entry.why for entry in report.not_evaluated if entry.rule == "review-incentive"} == {"too-large"}

    def test_too_many_attachments(self, amazon: Linter) -> None:
        attachments = [{"filename": f"{n}.pdf", "size": 1} for n in range(MAX_ATTACHMENTS + 1)]
        report = amazon.check(Message.from_dict({"text": "See the files", "kind": "reply", "attachments": attachments}))
        assert report.verdict == "review"

    def test_html_that_cannot_be_read_for_sure_is_a_review(self, amazon: Linter) -> None:
        html = "<div>" * 20_000 + "Hello"
        report = amazon.check(Message(html=html, kind="reply"))
        assert report.verdict == "review"
        assert [(entry.why, entry.needs) for entry in report.not_evaluated if entry.rule == "*"] == [
            ("unreadable", ("html",))
        ]


def _replacing(name: str, run: Any) -> Any:
    from msgpolicy.checks.base import load_check

    def load(wanted: str) -> Any:
        spec = load_check(wanted)
        return spec._replace(run=run) if wanted == name else spec

    return load


class TestManyMessages:
    TEXTS = ("Hello", BAD, "Your parcel has been shipped.", "Please leave a review.") * 60

    def messages(self) -> list[Message]:
        return [Message(id=str(n), text=text, kind="proactive") for n, text in enumerate(self.TEXTS)]

    def test_order_is_kept_and_processes_agree(self, amazon: Linter) -> None:
        one = [masked(report) for report in amazon.check_many(self.messages())]
        two = [masked(report) for report in amazon.check_many(self.messages(), processes=2)]
        assert one == two
        assert [report["message_id"] for report in one] == [str(n) for n in range(len(self.TEXTS))]

    @pytest.mark.parametrize("processes", [1, 2])
    def test_it_streams(self, amazon: Linter, processes: int) -> None:
        taken = 0

        def endless() -> Any:
            nonlocal taken
            while True:
                taken += 1
                yield Message(text="Hello", kind="reply")

        reports = amazon.check_many(endless(), processes=processes)
        assert next(iter(reports)).verdict == "pass"
        assert taken < 2000
        if hasattr(reports, "close"):
            reports.close()

    def test_threads_share_a_linter(self, amazon: Linter) -> None:
        expected = [masked(report) for report in amazon.check_many(self.messages())]
        with ThreadPoolExecutor(8) as pool:
            assert [masked(report) for report in pool.map(amazon.check, self.messages())] == expected

    @pytest.mark.filterwarnings("ignore::DeprecationWarning")
    def test_a_forked_child_uses_the_same_linter(self, amazon: Linter) -> None:
        message = Message(text=BAD, kind="proactive", sent_at=datetime(2026, 1, 1, tzinfo=UTC))
        expected = amazon.check(message).to_json()
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(write, b"same" if amazon.check(message).to_json() == expected else b"other")
            os._exit(0)
        os.waitpid(child, 0)
        assert os.read(read, 10) == b"same"


def masked(report: Report) -> dict[str, Any]:
    """A report without the moment at which it was made."""
    plain = json.loads(report.to_json())
    plain["receipt"].pop("as_of")
    return plain  # type: ignore[no-any-return]


class TestLanguages:
    def test_texts_in_another_language_fall_back_to_english(self, tmp_path: Path) -> None:
        path = tmp_path / "own.yaml"
        path.write_text(
            """
schema: 1
name: own
version: "1"
sources: {A: {title: T, site: s.example}}
rules:
- id: canceled
  group: contact
  check: condition
  with: {fires_when: {order.status: Canceled}, at: order.status}
  message: {en: "was {order.status}", de: "wurde {order.status}"}
  suggestion: {en: "stop"}
  why: w
  source: A
  examples:
  - fail: {record: {text: x, order: {status: Canceled}}}
  - pass: {record: {text: x, order: {status: Shipped}}}
""",
            encoding="utf-8",
        )
        message = Message.from_dict({"text": "x", "order": {"status": "Canceled"}})
        (violation,) = Linter(path, lang="de-AT").check(message).violations
        assert (violation.message, violation.suggestion) == ("wurde Canceled", "stop")
        (violation,) = Linter(path, lang="fr").check(message).violations
        assert violation.message == "was Canceled"


SNIPPETS = st.sampled_from(
    [
        BAD,
        "<p>",
        "</div>",
        "<a href='https://x.example'>",
        "&amp;",
        "\r\n",
        "\x00",
        "\u202e",
        "call +1 206 555 0100",
        "Bitte bewerten Sie uns mit 5 Sternen",
        "me @ shop . com",
        "{{name}}",
        "<img src=http://t.example/o.gif width=1>",
        "Sie erhalten einen Gutschein",
        "305-1234567-1234567",
        "ｗｗｗ．ｓｈｏｐ．ｃｏｍ",
        "\u0660\u0661\u0662",
        "<!--",
        "'\"",
    ]
)
TEXTS = st.lists(SNIPPETS | st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=8).map(" ".join)


def check_report(message: Message, report: Report) -> None:
    """What holds for every report, whatever the message."""
    assert Report.from_json(report.to_json()) == report
    for violation in report.violations:
        place = violation.location
        if place.part in ("subject", "text", "html") and place.start is not None:
            source = getattr(message, place.part)
            assert 0 <= place.start <= place.end <= len(source)  # type: ignore[operator]
            assert violation.excerpt == source[place.start : place.end]
    assert not [entry for entry in report.not_evaluated if entry.why == "crash"]


@settings(max_examples=60)
@given(text=TEXTS, html=TEXTS, subject=TEXTS)
def test_arbitrary_texts_never_crash_and_nomination_changes_nothing(text: str, html: str, subject: str) -> None:
    message = Message(text=text + ".", html=html, subject=subject, kind="proactive")
    with_it, without = LINTERS()
    report = with_it.check(message)
    check_report(message, report)
    assert masked(report) == masked(without.check(message))


@settings(max_examples=60)
@given(MESSAGES)
def test_arbitrary_records_never_crash(message: Message) -> None:
    with_it, without = LINTERS()
    report = with_it.check(message)
    check_report(message, report)
    assert masked(report) == masked(without.check(message))


@settings(max_examples=40)
@given(st.binary(max_size=300) | TEXTS.map(lambda text: b"Subject: x\r\nFrom: a@b.example\r\n\r\n" + text.encode()))
def test_arbitrary_bytes_as_mail_never_crash(data: bytes) -> None:
    from msgpolicy import MessageError

    try:
        message = Message.from_email(data)
    except MessageError:
        return
    check_report(message, LINTERS()[0].check(message))


_made: list[Linter] = []


def LINTERS() -> tuple[Linter, Linter]:  # noqa: N802
    if not _made:
        _made.extend((Linter("amazon", time_budget=60), Linter("amazon", time_budget=60, nominate=False)))
    return _made[0], _made[1]


def test_reports_convert_to_plain_data() -> None:
    report = LINTERS()[0].check(Message(text=BAD, kind="proactive", id="m-1"))
    assert Report.from_dict(report.to_dict()) == report
    with pytest.raises(msgspec.ValidationError):
        Report.from_json(b'{"verdict": "maybe"}')
    with pytest.raises(AttributeError):
        report.verdict = "pass"  # type: ignore[misc]
    with pytest.raises(TypeError):
        report.violations[0].evidence["x"] = 1


@pytest.mark.parametrize("sent_at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_time_that_utc_does_not_have_is_judged(sent_at: str) -> None:
    message = Message.from_dict({"text": "Hello", "sent_at": sent_at, "order": {"completed_at": sent_at}})
    assert all(entry.why != "crash" for entry in Linter().check(message).not_evaluated)
