from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tracemalloc
from contextlib import chdir
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import Message
from msgpolicy.cli import main
from msgpolicy.inputs import Draft, InputError, Trouble
from msgpolicy.report import Edit, Excuse, Fix, Location, NotEvaluated, Report, Source, UsedFile
from msgpolicy.reporters.sarif import SarifReporter
from msgpolicy.rules import Ruleset, load_ruleset
from tests.sample_reports import RECEIPT, draft, report, violation

ROOT = Path(__file__).parent.parent
Item = tuple[Draft, Report] | InputError | tuple[str, Source | None]


@cache
def validator() -> jsonschema.Draft4Validator:
    schema = json.loads((ROOT / "tests/data/sarif-2.1.0-rtm.5.json").read_bytes())
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


@cache
def amazon() -> Ruleset:
    return load_ruleset("amazon")


def run_of(*items: Item) -> dict[str, Any]:
    """The one run of the log that is written of these, which is valid."""
    out = io.BytesIO()
    with SarifReporter(out.write, amazon()) as reporter:
        for item in items:
            if isinstance(item, InputError):
                reporter.error(item)
            elif isinstance(item[0], Draft):
                reporter.report(*item)
            else:
                reporter.notice(*item)
    log = json.loads(out.getvalue())
    validator().validate(log)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


def result_of(*items: Item) -> dict[str, Any]:
    (result,) = run_of(*items)["results"]
    return result


def region(result: dict[str, Any]) -> dict[str, Any]:
    return result["locations"][0]["physicalLocation"]["region"]


# The whole


def test_nothing_at_all_is_a_valid_log():
    run = run_of()
    assert run["results"] == []
    assert run["tool"]["driver"]["name"] == "msgpolicy"
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_a_log_that_breaks_off_is_complete_and_not_successful():
    out = io.BytesIO()
    reporter = SarifReporter(out.write, amazon())

    def judge() -> None:
        with reporter:
            reporter.report(draft("x"), report(violation("x", "x")))
            raise KeyError

    with pytest.raises(KeyError):
        judge()
    log = json.loads(out.getvalue())
    validator().validate(log)
    assert len(log["runs"][0]["results"]) == 1
    assert log["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_the_schema_can_fail():
    with pytest.raises(jsonschema.ValidationError):
        validator().validate({"version": "2.1.0", "runs": [{"results": []}]})


def test_memory_does_not_grow_with_the_number_of_messages():
    entry = NotEvaluated(rule="phone-number", why="crash", detail="x" * 200)
    item = draft("call 0100"), report(violation("call 0100", "0100"), not_evaluated=(entry,))
    written = 0

    def write(data: bytes) -> None:
        nonlocal written
        written += len(data)

    def peak(count: int) -> int:
        tracemalloc.start()
        with SarifReporter(write, amazon()) as reporter:
            for _ in range(count):
                reporter.report(*item)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10)
    assert peak(5000) < 3 * 1024 * 1024
    assert written > 4 * 1024 * 1024


# Places


def test_where_the_part_is_the_file_the_region_is_exact():
    text = "Grüße 👍\r\ncall 0100\r\n0200 now\rbye"
    found = "0100\r\n0200"
    result = result_of((draft(text), report(violation(text, found))))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a.txt"
    place = region(result)
    assert (place["startLine"], place["startColumn"]) == (2, 6)
    assert (place["endLine"], place["endColumn"]) == (3, 5)
    assert text[place["charOffset"] : place["charOffset"] + place["charLength"]] == found
    assert "logicalLocations" not in result["locations"][0]


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("abc", 1, 2, (1, 2, 1, 3)),
        ("abc", 1, 1, (1, 2, 1, 2)),
        ("a\nbc", 0, 2, (1, 1, 2, 1)),
        ("a\rbc", 0, 3, (1, 1, 2, 2)),
        ("a\r\nbc", 0, 2, (1, 1, 1, 3)),
        ("a\r\nbc", 0, 3, (1, 1, 2, 1)),
        ("a\n\n\nbc", 1, 5, (1, 2, 4, 2)),
    ],
)
def test_the_end_of_a_region(text, start, end, expected):
    location = Location(part="text", start=start, end=end, line=1, column=start + 1)
    place = region(result_of((draft(text), report(violation("x", "x", location=location)))))
    assert (place["startLine"], place["startColumn"], place["endLine"], place["endColumn"]) == expected


def test_a_part_inside_a_file_is_a_logical_place():
    text = "<p>call <b>0100</b></p>"
    location = Location(part="html", start=11, end=15, line=1, column=12, selector="p > b")
    item = Draft(Message(html=text), Source(file="in.jsonl", line=7)), report(violation("x", "x", location=location))
    (place,) = result_of(item)["locations"]
    assert place["physicalLocation"] == {"artifactLocation": {"uri": "in.jsonl"}, "region": {"startLine": 7}}
    (part,) = place["logicalLocations"]
    assert part["name"] == "html"
    assert part["fullyQualifiedName"] == "html p > b"
    assert part["properties"] == {"start": 11, "end": 15, "line": 1, "column": 12}


def test_an_attachment_and_a_field_are_logical_places():
    page = Location(part="attachments[0]", start=5, end=9, line=3, column=2, page=4)
    field = Location(part="order.status")
    for location, properties in ((page, {"start": 5, "end": 9, "line": 3, "column": 2, "page": 4}), (field, {})):
        found = violation("x", "x", location=location)
        (place,) = result_of((draft("x", part=None, file="a.eml"), report(found)))["locations"]
        assert place["logicalLocations"][0]["name"] == location.part
        assert place["logicalLocations"][0]["properties"] == properties
        assert place["physicalLocation"]["region"] == {"startLine": 1}


def test_something_absent_from_a_text_file_has_the_file_and_the_part():
    (place,) = result_of((draft("x"), report(violation("x", "x", location=Location(part="text")))))["locations"]
    assert place["physicalLocation"]["region"] == {"startLine": 1}
    assert place["logicalLocations"][0]["name"] == "text"


def test_standard_input_is_no_file():
    (place,) = result_of((draft("x", file="<stdin>"), report(violation("x", "x"))))["locations"]
    assert "physicalLocation" not in place
    assert place["logicalLocations"][0]["name"] == "text"


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("drafts/über 1%.txt", "drafts/%C3%BCber%201%25.txt"),
        ("./a.txt", "a.txt"),
        ("a#b?c.txt", "a%23b%3Fc.txt"),
        ("../a.txt", "../a.txt"),
        ("/elsewhere/a b.txt", "file:///elsewhere/a%20b.txt"),
    ],
)
def test_a_file_is_a_uri(file, uri):
    result = result_of((draft("x", file=file), report(violation("x", "x"))))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_file_named_absolutely_below_the_current_folder_is_relative(tmp_path):
    with chdir(tmp_path):
        result = result_of((draft("x", file=str(tmp_path / "sub" / "a.txt")), report(violation("x", "x"))))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "sub/a.txt"


# Rules


def test_each_rule_that_occurs_is_told_once():
    items = [(draft("x"), report(violation("x", "x", rule=rule))) for rule in ("emoji-like", "phone-number") * 2]
    run = run_of(*items)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["emoji-like", "phone-number"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    known = rules[1]
    rule = amazon().rule("phone-number")
    assert known["properties"]["group"] == "content"
    assert known["properties"]["policy"]["site"] == rule.newest.source.site
    assert known["properties"]["policy"]["confidence"] == rule.newest.source.confidence
    assert known["defaultConfiguration"] == {"level": "error"}
    assert rule.newest.why in known["fullDescription"]["text"]
    assert "{" not in known["shortDescription"]["text"]
    assert rule.newest.source.title in known["help"]["text"]


def test_every_rule_of_the_ruleset_can_be_told():
    rules = [rule.id for rule in amazon().rules]
    run = run_of((draft("x"), report(*(violation("x", "x", rule=rule) for rule in rules))))
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == rules


# What is told


@pytest.mark.parametrize(("severity", "level"), [("error", "error"), ("warning", "warning"), ("info", "note")])
def test_levels(severity, level):
    assert result_of((draft("x"), report(violation("x", "x", severity=severity))))["level"] == level


def test_a_result_tells_what_is_wrong_and_what_to_do_and_quotes_nothing():
    text = "Our secret place: 0100."
    found = violation(
        text,
        "Our secret place: 0100",
        message="Gives a number: 0100.",
        evidence={"normalized": "a secret"},
        params={"x": "a secret"},
    )
    run = run_of((draft(text), report(found, message_id="m-1")))
    (result,) = run["results"]
    assert result["message"]["text"] == "Gives a number: 0100. Instead: Leave it out."
    assert "secret" not in json.dumps(run)
    assert result["partialFingerprints"] == {"msgpolicy/v1": "f"}
    assert result["properties"]["verdict"] == "block"
    assert result["properties"]["messageId"] == "m-1"


def test_a_message_text_makes_no_link_and_no_control_character():
    hostile = "see [here](https://evil.example) \u202egnp\x1b[31m"
    result = result_of((draft("x"), report(violation("x", "x", message=hostile, suggestion=None))))
    assert "](" not in result["message"]["text"]
    assert "\\u202egnp\\x1b[31m" in result["message"]["text"]


def test_the_receipt_is_written_once_and_what_differs_with_the_message():
    times = [datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2)]
    items = [(draft("x"), report(violation("x", "x"), receipt=_receipt(as_of=time))) for time in times]
    run = run_of(*items, (draft("x"), report(violation("x", "x"), receipt=_receipt(settings={"a": 1}))))
    assert [result["properties"]["receipt"] for result in run["results"]] == [0, 0, 1]
    assert run["results"][1]["properties"]["asOf"] == "2026-11-02T00:00:00Z"
    assert [receipt["settings"] for receipt in run["properties"]["receipts"]] == [{}, {"a": 1}]
    assert run["properties"]["verdicts"] == {"block": 3}


def _receipt(**changes: Any) -> Any:
    import msgspec

    return msgspec.structs.replace(RECEIPT, **changes)


def test_a_suppressed_violation_says_why():
    excuse = Excuse(
        kind="suppression", source="exceptions.yaml:3", reason="Agreed.", author="Ada", until=date(2027, 1, 1)
    )
    result = result_of((draft("x"), report(violation("x", "x", status="suppressed", excuse=excuse))))
    (suppression,) = result["suppressions"]
    assert suppression["kind"] == "external"
    assert suppression["status"] == "accepted"
    assert suppression["justification"] == "Agreed."
    assert suppression["properties"] == {"source": "exceptions.yaml:3", "author": "Ada", "until": "2027-01-01"}
    assert "baselineState" not in result


def test_with_a_baseline_each_result_says_whether_it_is_new():
    known = violation("x", "x", status="baselined", excuse=Excuse(kind="baseline", source="base.json"))
    receipt = _receipt(baseline=UsedFile(file="base.json", digest="sha256:0"))
    run = run_of((draft("x"), report(known, violation("x", "x"), receipt=receipt)))
    assert [result["baselineState"] for result in run["results"]] == ["unchanged", "new"]
    assert "baselineState" not in result_of((draft("x"), report(violation("x", "x"))))


def test_a_fix_of_the_file_itself_is_told():
    text = "see http://a.example"
    edit = Edit(part="text", start=4, end=8, replacement="https")
    fixed = violation(text, "http://a.example", fix=Fix(safe=True, edits=(edit,)))
    (fix,) = result_of((draft(text), report(fixed)))["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a.txt"}
    (replacement,) = change["replacements"]
    start = replacement["deletedRegion"]["charOffset"]
    end = start + replacement["deletedRegion"]["charLength"]
    assert text[:start] + replacement["insertedContent"]["text"] + text[end:] == "see https://a.example"
    unsafe = violation(text, "http://a.example", fix=Fix(safe=False, edits=(edit,)))
    (fix,) = result_of((draft(text), report(unsafe)))["fixes"]
    assert fix["description"]["text"].startswith("Changes what is said: ")


def test_a_fix_inside_another_file_is_not_told():
    text = "see http://a.example"
    edits = (
        Edit(part="text", start=4, end=8, replacement="https"),
        Edit(part="subject", start=0, end=1, replacement=""),
    )
    fixed = violation(text, "http://a.example", fix=Fix(safe=True, edits=edits[:1]))
    assert "fixes" not in result_of((draft(text, part=None, file="a.eml"), report(fixed)))
    assert "fixes" not in result_of((draft(text, file="<stdin>"), report(fixed)))
    fixed = violation(text, "http://a.example", fix=Fix(safe=True, edits=edits))
    assert "fixes" not in result_of((draft(text), report(fixed)))


# Notifications


def notifications(*items: Item) -> list[dict[str, Any]]:
    (invocation,) = run_of(*items)["invocations"]
    return invocation["toolExecutionNotifications"]


def test_an_unusable_input_is_told_and_the_run_was_not_successful():
    error = InputError("in.jsonl", [Trouble("unknown key", "did you mean 'text'?", 3, 4, "txet"), Trouble("is empty")])
    run = run_of(error)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    first, second = invocation["toolExecutionNotifications"]
    assert first["level"] == "error"
    assert first["descriptor"] == {"id": "unusable-input"}
    assert first["message"]["text"] == "txet: unknown key (did you mean 'text'?)"
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "in.jsonl"},
        "region": {"startLine": 3, "startColumn": 4},
    }
    assert second["message"]["text"] == "is empty"


def test_a_rule_that_failed_is_told_with_the_file():
    entry = NotEvaluated(rule="phone-number", why="crash", detail="KeyError in check phone-number")
    (told,) = notifications((draft("x"), report(not_evaluated=(entry,))))
    assert told["level"] == "error"
    assert told["associatedRule"] == {"id": "phone-number"}
    assert "KeyError in check phone-number" in told["message"]["text"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a.txt"


def test_what_lacks_a_fact_is_told_once_for_all_messages():
    entry = NotEvaluated(rule="phone-number", why="missing", needs=("order.status",))
    items = [(draft("x", file=f"{name}.txt"), report(not_evaluated=(entry,))) for name in "abc"]
    (told,) = notifications(*items)
    assert told["level"] == "note"
    assert told["message"]["text"] == "Not evaluated in 3 messages: order.status is not known"
    assert "locations" not in told
    strict = report(not_evaluated=(entry,), strict=True)
    (told,) = notifications((draft("x"), strict))
    assert told["level"] == "warning"
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a.txt"


def test_every_rule_is_no_rule():
    entry = NotEvaluated(rule="*", why="not-covered", needs=("channel",))
    (told,) = notifications((draft("x"), report(not_evaluated=(entry,))))
    assert "associatedRule" not in told


def test_a_notice_is_a_notification():
    told, bare = notifications(("nothing used it", Source(file="exceptions.yaml", line=4)), ("nothing used it", None))
    assert told["level"] == "warning"
    assert told["message"]["text"] == "nothing used it"
    assert told["locations"][0]["physicalLocation"]["region"] == {"startLine": 4}
    assert "locations" not in bare


# Any text, and a reader that is not ours


@given(st.text(min_size=1, max_size=60), st.data())
def test_any_text_gives_a_valid_log(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    lines = text[:start].replace("\r\n", "\n").replace("\r", "\n")
    location = Location(
        part="text", start=start, end=end, line=lines.count("\n") + 1, column=start - max(lines.rfind("\n"), -1)
    )
    fix = Fix(safe=True, edits=(Edit(part="text", start=start, end=end, replacement=text),))
    found = violation("x", "x", location=location, message=text, suggestion=text, fix=fix)
    file = text.replace("\0", "") or "a.txt"
    entry = NotEvaluated(rule=text, why="crash", needs=(text,), detail=text)
    run_of(
        (draft(text, file=file), report(found, not_evaluated=(entry,), message_id=text)),
        InputError(file, [Trouble(text, text, path=text)]),
        (text, Source(file=file)),
    )


def test_a_reader_that_is_not_ours_counts_the_same(tmp_path):
    out = io.StringIO()
    with chdir(ROOT / "examples"):
        files = sorted(str(path) for pattern in ("*.eml", "*.json", "*.html") for path in Path().glob(pattern))
        target = tmp_path / "examples.sarif"
        argv = ["check", *files, "--context", "context.csv", "--as-of", "2026-11-21", "--format", "jsonl"]
        main([*argv, "--output", f"sarif:{target}"], io.BytesIO(), out, io.StringIO())
    expected: dict[tuple[str, str, str], int] = {}
    for line in out.getvalue().splitlines():
        record = json.loads(line)
        for found in record["violations"]:
            key = (found["rule"], found["severity"], record["source"]["file"])
            expected[key] = expected.get(key, 0) + 1
    validator().validate(json.loads(target.read_bytes()))

    def sarif(*argv: str) -> str:
        command = [sys.executable, "-m", "sarif", *argv]
        result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=120)
        assert result.returncode == 0, result.stderr
        return result.stdout

    counts = [sum(n for (_, severity, _), n in expected.items() if severity == level) for level in ("error", "warning")]
    summary = sarif("summary", "examples.sarif").splitlines()
    assert f"error: {counts[0]}" in summary
    assert f"warning: {counts[1]}" in summary
    sarif("csv", "examples.sarif", "-o", "examples.csv")
    shown: dict[tuple[str, str, str], int] = {}
    for row in csv.DictReader((tmp_path / "examples.csv").read_text(encoding="utf-8-sig").splitlines()):
        key = (row["Code"], row["Severity"], row["Location"])
        shown[key] = shown.get(key, 0) + 1
    assert shown == expected
