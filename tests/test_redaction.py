from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import Message
from msgpolicy.cli import main
from msgpolicy.redaction import PARTS, Redaction, masked
from msgpolicy.report import Edit, Fix, Location, NotEvaluated, Policy, Receipt, Report, Source, Violation
from tests.linters import linter

NOTHING = Report(verdict="pass", receipt=Receipt(ruleset="test", version="1", digest="sha256:0", engine="0"))
ORDER = "123-1234567-1234567"


def shown(text: str, part: str = "text", **fields: object) -> str:
    """The part as redacted; every test also sees that it keeps its length and its lines."""
    message = Message.from_dict({part: text, **fields})
    out = Redaction(message, NOTHING).part(part)
    assert out is not None
    assert len(out) == len(text)
    assert [m.start() for m in re.finditer("[\r\n]", out)] == [m.start() for m in re.finditer("[\r\n]", text)]
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Order 123-1234567-1234567 is here", "Order •••-•••••••-••••••• is here"),
        ("Call +49 30 901820 now", "Call +•• •• •••••• now"),
        ("Write to anna.k@shop.example today", "Write to ••••.•@••••.••••••• today"),
        ("See https://shop.example/reviews?who=anna please", "See https://shop.example/•••••••••••••••• please"),
        ("See shop.example/anna please", "See shop.example/•••• please"),
        ("Card 4111 1111 1111 1111, thanks", "Card •••• •••• •••• ••••, thanks"),
        ("IBAN GB82 WEST 1234 5698 7654 32.", "IBAN " + "•" * len("GB82 WEST 1234 5698 7654 32") + "."),
        ("Lives at Musterstraße 12 in Berlin", "Lives at ••••••••••••••• in Berlin"),
        ("Lives at 12 High Street in York", "Lives at •••••••••••••• in York"),
        ("Parcel JD014600003SE arrived", "Parcel ••••••••••••• arrived"),
        ("One of ٠١٢٣٤٥٦٧٨ there", "One of ••••••••• there"),
    ],
)
def test_what_is_private_by_its_looks_is_masked_and_nothing_beside_it(text: str, expected: str) -> None:
    assert masked(text) == expected
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Within 30 days, 5 stars, 10% off, 19.99 EUR",
        "The terms of 2026 apply",
        'margin: 10px 20px; width="600"',
        "and/or, 24/7, e.g. this",
        "https://shop.example",
        "The street is long and the road is wide",
    ],
)
def test_what_is_nobodys_stays_readable(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("call four eight six zero one two three four five six seven", "four eight"),
        ("write to anna at shop dot example now", "anna"),
        ("WhatsApp: anna_k77 is quick", "anna_k77"),
        ("come to t.me/annakow", "annakow"),
        ("https://anna:geheim@www.shop.example/", "geheim"),
    ],
)
def test_contacts_in_disguise_are_masked(text: str, secret: str) -> None:
    assert secret not in shown(text)


def test_lengths_of_spelled_digits_are_not_shown() -> None:
    text = "call four eight six zero one two three four five six seven"
    assert shown(text) == "call " + "•" * (len(text) - 5)


@pytest.mark.parametrize(
    "written", ["Jose Nowak", "JOSÉ NOWÁK", "Jose\u0301, Nowak!", "nowak/jose", "Jo\u200bse and Nowak"]
)
def test_the_buyers_name_is_masked_however_it_is_written(written: str) -> None:
    out = shown(f"Dear {written}, thank you", buyer={"name": "José Nowak"})
    letters = re.sub(r"\W", "", out).lower()
    assert "jos" not in letters
    assert "now" not in letters
    assert out.startswith("Dear ")
    assert out.endswith(", thank you")


def test_a_short_name_is_masked_as_a_word_only() -> None:
    assert shown("Dear An, an animal", buyer={"name": "An"}) == "Dear ••, •• animal"


def test_names_in_scripts_without_spaces_are_masked() -> None:
    assert shown("王小明様、こんにちは", buyer={"name": "王小明"}) == "•••様、こんにちは"


def test_html_is_masked_as_it_is_read_and_as_it_is_written() -> None:
    html = (
        '<p style="margin: 10px">N&#111;wak: 6<b>01</b> 2<i>3</i>4 567, anna<b>@</b>shop.example'
        '<a href="https://shop.example/x?e=anna">here</a><a href="mailto:anna@shop.example">there</a>'
        '<a href="//shop.example/profile/anna">where</a><img alt="Nowak" src="cid:1"><!-- Nowak 0123456 --></p>'
    )
    out = shown(html, "html", buyer={"name": "Nowak"})
    for secret in ("anna", "Nowak", "N&#111;wak", "01", "567"):
        assert secret not in out
    assert out.startswith('<p style="margin: 10px">')
    assert 'href="https://shop.example/' in out
    assert 'src="cid:1"' in out


def test_a_cell_that_a_browser_moves_hides_nothing() -> None:
    out = shown("<table>60123<tr><td>4567</td></tr>anna@shop.example</table>", "html")
    assert not re.search(r"\d", out)
    assert "anna" not in out


def test_a_part_that_is_too_long_is_not_shown() -> None:
    assert set(shown("a" * 2_000_001)) == {"•"}


def test_the_report_is_masked_and_its_places_stay() -> None:
    text = f"Hello Anna, call me: +49 30 901820, or WhatsApp: annak77. Order {ORDER}."
    message = Message.from_dict(
        {"id": "anna.1@mail.example", "text": text, "buyer": {"name": "Anna"}, "order": {"id": ORDER}}
    )
    report = linter().check(message, source=Source(file=f"drafts/Anna-{ORDER}.json", line=2))
    redaction = Redaction(message, report)
    out = redaction.report()
    assert {"phone-number", "messenger-contact"} <= {violation.rule for violation in report.violations}
    written = out.to_json().decode()
    for secret in ("901820", "30 901", "annak77", "Anna", ORDER):
        assert secret not in written
    assert [v.location for v in out.violations] == [v.location for v in report.violations]
    assert [v.fingerprint for v in out.violations] == [v.fingerprint for v in report.violations]
    assert out.verdict == report.verdict
    assert out.message_id == "••••.1@mail.example"
    assert out.source == Source(file="drafts/••••-•••-•••••••-•••••••.json", line=2)
    assert Report.from_json(out.to_json()).verdict == report.verdict


def test_everything_that_a_report_quotes_is_masked() -> None:
    message = Message.from_dict({"text": "Hello", "buyer": {"name": "Kowalska"}})
    violation = Violation(
        rule="r",
        severity="error",
        confidence=1.0,
        message="Names Kowalska.",
        suggestion="Not kowalska.",
        params={"found": "Kowalska", "days": 30, "list": ["Kowalska"]},
        location=Location(part="text", start=0, end=5),
        excerpt="Kowalska",
        evidence={"read_as": "KOWALSKA", "inner": {"name": "Kowalska"}},
        policy=Policy(title="t", site="s"),
        fingerprint="f",
        fix=Fix(safe=True, edits=(Edit(part="text", start=0, end=0, replacement="Dear Kowalska"),)),
    )
    report = Report(
        verdict="block",
        receipt=NOTHING.receipt,
        message_id="kowalska-1",
        violations=(violation,),
        not_evaluated=(NotEvaluated(rule="*", why="unreadable", detail="Kowalska.pdf"),),
        source=Source(file="kowalska.json"),
    )
    out = Redaction(message, report).report()
    assert "kowalska" not in out.to_json().decode().lower()
    assert out.violations[0].params["days"] == 30


def test_numbers_of_ours_stay_in_what_could_not_be_read() -> None:
    detail = "html has 2,000,001 code points; at most 2,000,000 are read"
    report = Report(
        verdict="review",
        receipt=NOTHING.receipt,
        not_evaluated=(NotEvaluated(rule="*", why="too-large", detail=detail),),
    )
    assert Redaction(Message(text="x"), report).report().not_evaluated[0].detail == detail


WORD = st.text("abcdefghijklmnopqrstuvwxyzäéßłшджא", min_size=2, max_size=8)
ID = st.text("ABCDEFXYZ0123456789", min_size=4, max_size=20)
AROUND = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z", "Cf", "Mn")), max_size=20)


@given(st.lists(WORD, min_size=1, max_size=3), ID, ID, st.lists(AROUND, min_size=8, max_size=8), st.sampled_from(PARTS))
def test_no_private_value_of_the_record_survives(
    name: list[str], buyer: str, order: str, around: list[str], part: str
) -> None:
    values = [" ".join(name), buyer, order, *(word for word in name if len(word) > 3)]
    text = " ".join(piece for pair in zip(around, [*values, *around], strict=False) for piece in pair)
    out = shown(text, part, buyer={"name": " ".join(name), "id": buyer}, order={"id": order})
    for value in values:
        assert value not in out


@given(st.text())
def test_anything_can_be_masked(text: str) -> None:
    assert len(masked(text)) == len(text)
    assert masked(masked(text)) == masked(text)


@pytest.mark.parametrize("format", ["sarif", "junit", "github", "html"])
def test_what_is_wrong_with_an_input_is_told_without_private_values(tmp_path: Path, format: str) -> None:
    source = tmp_path / "queue.jsonl"
    source.write_text(
        '{"text": "hi", "kind": "reply anna@shop.example +49 151 23456789"}\n{"text": "hi", "ben@shop.example": 1}\n',
        encoding="utf-8",
    )
    for options, told in (((), False), (("--no-redact",), True)):
        out = io.StringIO()
        assert main(("check", str(source), "--format", format, *options), io.BytesIO(), out, io.StringIO()) == 2
        for secret in ("anna@shop.example", "151 23456789", "ben@shop.example"):
            assert (secret in out.getvalue()) is told
