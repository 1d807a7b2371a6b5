from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml

from msgpolicy.inputs import Draft, InputError, Trouble
from msgpolicy.report import Location, NotEvaluated, Report, Source
from msgpolicy.reporters.junit import JunitReporter
from tests.sample_reports import draft, report, violation

Item = tuple[Draft, Report] | InputError | tuple[str, Source | None]
BLOCK, WARN = frozenset({"block", "review"}), frozenset({"block", "review", "warn"})
CRASH = NotEvaluated(rule="a", why="crash", detail="KeyError in check a")
LACKING = NotEvaluated(rule="b", why="missing", needs=("order.status",))
OUTSIDE = NotEvaluated(rule="*", why="not-covered", detail="the ruleset does not cover channel web")


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(Path(__file__).parent / "data" / "junit-10.xsd"))


def written(*items: Item, failing: frozenset[str] = BLOCK) -> bytes:
    out = io.BytesIO()
    with JunitReporter(out.write, failing) as reporter:
        for item in items:
            if isinstance(item, InputError):
                reporter.error(item)
            elif isinstance(item[0], Draft):
                reporter.report(*item)
            else:
                reporter.notice(*item)
    return out.getvalue()


def root_of(*items: Item, failing: frozenset[str] = BLOCK) -> ET.Element:
    """The document that is written of these, which is valid."""
    data = written(*items, failing=failing)
    schema().validate(io.BytesIO(data))
    return ET.fromstring(data)


def case_of(*items: Item, failing: frozenset[str] = BLOCK) -> ET.Element:
    (case,) = root_of(*items, failing=failing).iter("testcase")
    return case


def test_nothing_at_all_is_a_valid_document():
    assert list(root_of()) == []


def test_the_schema_can_fail():
    with pytest.raises(xmlschema.XMLSchemaException):
        schema().validate(io.BytesIO(b"<testsuites><testsuite name='a'/></testsuites>"))


def test_a_suite_for_each_file_and_a_case_for_each_message():
    bad = report(violation("x", "x"), message_id="m-1")
    root = root_of(
        (draft("x", file="a.jsonl", line=1), bad),
        (draft("x", file="a.jsonl", line=2), report()),
        InputError("a.jsonl", [Trouble("is empty", line=3)]),
        (draft("x", file="b.txt"), report()),
    )
    assert [suite.attrib for suite in root] == [
        {"name": "a.jsonl", "tests": "3", "failures": "1", "errors": "1", "skipped": "0"},
        {"name": "b.txt", "tests": "1", "failures": "0", "errors": "0", "skipped": "0"},
    ]
    assert [(case.get("name"), case.get("classname")) for case in root.iter("testcase")] == [
        ("m-1 (line 1)", "a.jsonl"),
        ("line 2", "a.jsonl"),
        ("line 3", "a.jsonl"),
        ("message", "b.txt"),
    ]


def test_a_reader_that_is_not_ours_counts_the_same():
    items = [
        (draft("x", file="a.jsonl", line=1), report(violation("x", "x"))),
        (draft("x", file="a.jsonl", line=2), report(not_evaluated=(CRASH,))),
        (draft("x", file="b.txt"), report(not_evaluated=(OUTSIDE,))),
        (draft("x", file="c.txt"), report()),
    ]
    xml = JUnitXml.fromstring(written(*items))
    xml.update_statistics()
    assert (xml.tests, xml.failures, xml.errors, xml.skipped) == (4, 1, 1, 1)


def test_a_failure_lists_what_is_wrong():
    text = "call 0100, 0200"
    found = [violation(text, number, message=f"Gives {number}.") for number in ("0100", "0200")]
    warning = violation("x", "x", rule="other", severity="warning", location=Location(part="order.status"))
    (failure,) = case_of((draft(text), report(*found, warning)))
    assert failure.tag == "failure"
    assert failure.get("message") == "block: phone-number (2), other"
    assert failure.get("type") == "block"
    assert (failure.text or "").split("\n") == [
        "text:1:6 phone-number error: Gives 0100. Instead: Leave it out.",
        "text:1:12 phone-number error: Gives 0200. Instead: Leave it out.",
        "order.status other warning: Gives a phone number. Instead: Leave it out.",
    ]


def test_warnings_fail_only_where_the_call_says_so():
    item = draft("x"), report(violation("x", "x", severity="warning"))
    (out,) = case_of(item)
    assert out.tag == "system-out"
    assert "phone-number warning" in (out.text or "")
    (failure,) = case_of(item, failing=WARN)
    assert (failure.tag, failure.get("type")) == ("failure", "warn")


def test_what_needs_a_person_is_an_error():
    (error,) = case_of((draft("x"), report(violation("x", "x", severity="warning"), not_evaluated=(CRASH,))))
    assert (error.tag, error.get("type")) == ("error", "review")
    assert "KeyError in check a" in (error.text or "")
    assert "phone-number" in (error.text or "")
    (error,) = case_of((draft("x"), report(not_evaluated=(LACKING,), strict=True)))
    assert (error.tag, error.get("type")) == ("error", "review")


def test_what_is_not_covered_is_skipped_and_what_lacks_a_fact_passes():
    (skipped,) = case_of((draft("x"), report(not_evaluated=(OUTSIDE,))))
    assert skipped.tag == "skipped"
    assert "does not cover channel web" in (skipped.text or "")
    assert list(case_of((draft("x"), report(not_evaluated=(LACKING,))))) == []


def test_what_is_not_active_passes():
    found = violation("x", "x", status="suppressed"), violation("x", "x", status="baselined")
    assert list(case_of((draft("x"), report(*found)))) == []


def test_an_unusable_input_is_an_error():
    error = InputError("in.json", [Trouble("unknown key", "did you mean 'text'?", 3, 4, "txet"), Trouble("is empty")])
    (told,) = case_of(error)
    assert (told.tag, told.get("type")) == ("error", "unusable-input")
    assert told.get("message") == "in.json:3:4: txet: unknown key (did you mean 'text'?)"
    assert told.text == "in.json:3:4: txet: unknown key (did you mean 'text'?)\nin.json:3: is empty"


def test_notices_have_a_suite_of_their_own():
    notices = [("nothing used it", Source(file="exceptions.yaml", line=4)), ("<odd>", None)]
    first, second = root_of((draft("x"), report()), *notices)
    assert first.get("name") == "a.txt"
    assert (second.get("name"), second.get("tests")) == ("msgpolicy", "0")
    (err,) = second
    assert (err.text or "").strip() == "note: exceptions.yaml:4: nothing used it\nnote: <odd>"


def test_a_document_that_breaks_off_is_complete():
    out = io.BytesIO()
    reporter = JunitReporter(out.write, BLOCK)

    def judge() -> None:
        with reporter:
            reporter.report(draft("x"), report(violation("x", "x")))
            raise KeyError

    with pytest.raises(KeyError):
        judge()
    schema().validate(io.BytesIO(out.getvalue()))
    assert b"<failure" in out.getvalue()


HOSTILE = "]]></failure>&\"'<x a='1'>\x00\x1b[31m\ufffe\u202e\r\n\u2028<!--"


def test_nothing_of_a_message_is_markup_and_what_xml_cannot_hold_is_written_out():
    found = violation("x", "x", message=HOSTILE, suggestion=HOSTILE, rule=HOSTILE)
    case = case_of((draft("x", file=HOSTILE), report(found, message_id=HOSTILE)))
    (failure,) = case
    assert list(failure) == []
    assert "]]></failure>&\"'<x a='1'>\\x00\\x1b[31m\\ufffe\\u202e" in (failure.text or "")
    assert (case.get("name") or "").startswith("]]></failure>&\"'<x a='1'>\\x00")


@given(st.text(max_size=60))
def test_any_text_gives_a_valid_document(text):
    found = violation("x", "x", message=text, suggestion=text, rule=text or "a", location=Location(part=text))
    entry = NotEvaluated(rule=text, why="crash", needs=(text,), detail=text)
    root = root_of(
        (draft("x", file=text or "a"), report(found, message_id=text)),
        (draft("x", file=text or "a"), report(found, not_evaluated=(entry,))),
        InputError(text or "b", [Trouble(text, text, path=text)]),
        (text, Source(file=text)),
    )
    assert len(list(root.iter("testcase"))) == 3


@pytest.mark.parametrize("size", [10, 5000])
def test_a_suite_of_any_size_is_counted(size):
    item = draft("x", file="a.jsonl"), report(violation("x", "x", message="y" * 300))
    (suite,) = root_of(*[item] * size) if size < 100 else ET.fromstring(written(*[item] * size))
    assert suite.get("tests") == suite.get("failures") == str(size) == str(len(list(suite)))
