"""Reviewers' decisions: how their file is checked, and what they change in the tables of an audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from msgpolicy.audit.decisions import Decisions, lay_over, laying, load_decisions
from msgpolicy.audit.decisions.laying import Laid
from msgpolicy.audit.decisions.loading import MOST_TROUBLES
from msgpolicy.audit.report import write_report
from msgpolicy.audit.report.lines import decision_line
from msgpolicy.audit.run import Options, audit
from msgpolicy.inputs import InputError
from tests.audit_archives import POLITE, lines, record, rows
from tests.audit_folder import FILE, Row, asked, found, linter, message, write_tables

PRINT, OTHER = "a" * 20, "b" * 20
TEMPLATE = "c" * 16
SIGNED = f"{POLITE}\n\nAnna Doe\nTel. +49 30 23125000"


def decision(rule: str = "phone-number", **what: Any) -> dict[str, Any]:
    by = {"by": "Kim Doe", "when": "2026-11-30", "why": "It is our own test number."}
    return {"rule": rule, "status": "false-alarm", **by, **(what or {"fingerprint": PRINT})}


def loaded(folder: Path, *entries: Any) -> Decisions:
    path = folder / "decisions.jsonl"
    path.write_text(
        "".join(f"{entry if isinstance(entry, str) else json.dumps(entry)}\n" for entry in entries), "utf-8"
    )
    return load_decisions(str(path), *linter().rulesets)


def refused(folder: Path, *entries: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        loaded(folder, *entries)
    return [line.removeprefix(f"{folder}/decisions.jsonl:") for line in caught.value.lines()]


# --- the file ---------------------------------------------------------------------------------------------------------


def test_a_file_of_decisions(tmp_path: Path) -> None:
    read = loaded(tmp_path, decision(), "", decision(template=TEMPLATE), decision(file="a.mbox", number=3))
    assert [entry.line for entry in read.entries] == [1, 3, 4]
    assert read.entries[0].decision.by == "Kim Doe"
    assert read.entries[0].rules == {"phone-number"}


def test_a_line_as_the_page_gives_it_has_to_be_filled_in(tmp_path: Path) -> None:
    line = decision_line("phone-number", fingerprint=PRINT)
    places = [f"1:{line.index(name) + 1}" for name in ('"by"', '"when"', '"why"')]
    told = refused(tmp_path, line)
    assert [said.split(": ")[0] for said in told] == places
    assert all("is empty (fill it in" in said for said in told)
    filled = line.replace('"by": ""', '"by": "Kim"').replace('"when": ""', '"when": "2026-01-31"')
    assert loaded(tmp_path, filled.replace('"why": ""', '"why": "ours"')).entries[0].decision.fingerprint == PRINT


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rule": "phone-numbr"}, "did you mean 'phone-number'?"),
        ({"rule": "contact-window-expired"}, "is never set aside (the rule is suppressible: never"),
        ({"status": "fine"}, "'fine' is not a known value"),
        ({"when": "yesterday"}, "the day of the decision, such as 2027-01-31"),
        ({"when": "2026-02-30"}, "'2026-02-30' is no day of the calendar"),
        ({"fingerprint": "xyz"}, "20 hexadecimal digits"),
        ({"template": TEMPLATE}, "fingerprint and template are given"),
        ({"fingerprint": None}, "it does not say which findings"),
        ({"fingerprint": None, "file": "a"}, "number is missing"),
        ({"fingerprint": None, "number": 1}, "file is missing"),
        ({"fingerprint": None, "file": "a", "number": 0}, "number: "),
        ({"fingerprnt": PRINT}, "did you mean 'fingerprint'?"),
        ({"why": "   "}, "why: is empty"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    told = refused(tmp_path, decision(), {**decision(fingerprint=OTHER), **changes})
    assert any(said in line for line in told), told
    assert all(line.startswith("2:") for line in told)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    told = refused(tmp_path, "{", decision(), decision(), "[]", {**decision(fingerprint=OTHER), "by": ""})
    assert [line.split(":")[0] for line in told] == ["1", "3", "4", "5"]
    assert "the same decision stands on line 2" in told[1]


def test_the_list_of_mistakes_ends(tmp_path: Path) -> None:
    told = refused(tmp_path, *["{"] * 1000)
    assert len(told) == MOST_TROUBLES + 1
    assert told[-1].endswith("and more")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        load_decisions(str(tmp_path / "no.jsonl"), *linter().rulesets)


# --- what they change -------------------------------------------------------------------------------------------------

PLACE = {"start": 3, "end": 9, "part": "text", "evidence": "{}"}


def folder(out: Path) -> Path:
    """Five wrong messages."""
    counts = {"errors": 1, "warnings": 0}
    write_tables(
        out,
        {
            "messages": [
                message(1, "block", template=TEMPLATE, **counts),
                message(2, "block", template=TEMPLATE, errors=1, warnings=1),
                message(3, "block", **counts),
                message(4, "block", **counts),
                message(5, "warn", errors=0, warnings=0),
                message(6),
            ],
            "violations": [
                found(1, fingerprint=PRINT, **PLACE),
                found(2, fingerprint=PRINT, **PLACE),
                found(2, "pressing", severity="warning", fingerprint=OTHER, **PLACE),
                found(3, fingerprint=PRINT, **{**PLACE, "evidence": '{"more":7}'}),
                found(4, "order-id-missing", fingerprint=PRINT),
                found(5, "late-reply", severity="warning", scope="conversation"),
            ],
            "not_evaluated": [
                {"file": FILE, "number": 1, "rule": "external-link", "why": "unreadable"},
                {"file": FILE, "number": 4, "rule": "external-link", "why": "missing", "needs": ["kind"]},
            ],
        },
        files=2,
    )
    return out


def state(out: Path) -> tuple[list[str], list[str]]:
    return [row["verdict"] for row in rows(out, "messages")], [row["status"] for row in rows(out, "violations")]


UNTOUCHED = (["block", "block", "block", "block", "warn", "pass"], ["active"] * 6)


def laid(out: Path, *entries: Any, **options: Any) -> Laid:
    return lay_over(str(out), loaded(out, *entries), **options)


def test_a_fingerprint_is_every_finding_of_that_wording(tmp_path: Path) -> None:
    out = folder(tmp_path)
    told = laid(out, decision(fingerprint=PRINT))
    # Message 1 has a part that could not be read, message 2 a warning beside; that of message 3 stands for others too.
    assert state(out) == (
        ["review", "warn", "block", "block", "warn", "pass"],
        ["suppressed", "suppressed", "active", "active", "active", "active"],
    )
    assert told == Laid({1: 2}, ())
    assert [(row["errors"], row["warnings"]) for row in rows(out, "messages")[:2]] == [(0, 0), (0, 1)]
    excuse = json.loads(rows(out, "violations")[0]["excuse"])
    assert excuse == {
        "kind": "decision", "source": f"{out}/decisions.jsonl:1", "reason": "It is our own test number.",
        "author": "Kim Doe", "decided": "2026-11-30",
    }  # fmt: skip


def test_a_finding_without_a_place_is_not_known_by_its_fingerprint(tmp_path: Path) -> None:
    out = folder(tmp_path)
    told = laid(out, decision("order-id-missing", fingerprint=PRINT))
    assert state(out) == UNTOUCHED
    assert told.unused == (1,)
    assert told.notices("d.jsonl") == ["nothing here needed a decision in d.jsonl, line 1"]


def test_a_message_is_known_by_its_file_and_number(tmp_path: Path) -> None:
    out = folder(tmp_path)
    laid(
        out,
        decision("order-id-missing", file=FILE, number=4),
        decision("late-reply", file=FILE, number=5),
        decision(file="b.jsonl", number=1),
    )
    assert state(out)[0] == ["block", "block", "block", "pass", "pass", "pass"]


def test_with_strict_what_was_not_evaluated_needs_a_person_still(tmp_path: Path) -> None:
    out = folder(tmp_path)
    laid(out, decision("order-id-missing", file=FILE, number=4), strict=True)
    assert state(out)[0][3] == "review"


def test_a_template_is_all_its_messages(tmp_path: Path) -> None:
    out = folder(tmp_path)
    assert laid(out, decision(template=TEMPLATE)).findings == {1: 2}


def test_the_first_of_several_decisions_counts(tmp_path: Path) -> None:
    out = folder(tmp_path)
    told = laid(out, decision(template=TEMPLATE), decision(fingerprint=PRINT))
    assert told == Laid({1: 2}, (2,))


def test_decisions_are_taken_back_and_replaced(tmp_path: Path) -> None:
    out = folder(tmp_path)
    before = {name: rows(out, name) for name in ("messages", "violations")}
    laid(out, decision(fingerprint=PRINT))
    laid(out, decision("order-id-missing", file=FILE, number=4))
    assert state(out)[1] == ["active"] * 4 + ["suppressed", "active"]
    lay_over(str(out), None)
    assert {name: rows(out, name) for name in ("messages", "violations")} == before


def test_what_an_exception_set_aside_stays_so(tmp_path: Path) -> None:
    excuse = '{"author":"a","kind":"suppression","source":"s.yaml:1"}'
    row: Row = found(1, fingerprint=PRINT, status="suppressed", excuse=excuse, **PLACE)
    write_tables(tmp_path, {"messages": [message(1, errors=0, warnings=0)], "violations": [row]})
    laid(tmp_path, decision())
    lay_over(str(tmp_path), None)
    assert [(row["status"], row["excuse"]) for row in rows(tmp_path, "violations")] == [("suppressed", excuse)]


def test_a_private_reason_is_masked_and_nothing_in_it_is_markup(tmp_path: Path) -> None:
    out = folder(tmp_path)
    entry = {**decision(), "why": "Our number +49 30 901820 <script>", "by": "<b>Kim"}
    laid(out, entry)
    text = Path(write_report(str(out), asked(), linter())).read_text("utf-8")
    assert "901820" not in text
    assert "&lt;b&gt;Kim" in text
    assert "<script" not in text
    laid(out, entry, redact=False)
    assert "901820" in rows(out, "violations")[0]["excuse"]


# --- from end to end --------------------------------------------------------------------------------------------------


def test_the_next_run_honours_decisions_and_so_does_a_finished_one(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([record(1), record(2, SIGNED), record(3, SIGNED)]))
    (tmp_path / "key").write_text("k" * 40)
    archive = [str(tmp_path / "a.jsonl")]

    def options(name: str, **values: Any) -> Options:
        return Options(out=str(tmp_path / name), redaction_key=str(tmp_path / "key"), **values)

    first = audit(archive, options("one"))
    assert first.verdicts["block"] == 2
    undecided = rows(tmp_path / "one", "violations")
    wrong = [row for row in undecided if row["number"] == 2 and row["severity"] == "error"]
    loaded(tmp_path, *(decision(rule, file=archive[0], number=2) for rule in sorted({row["rule"] for row in wrong})))
    decided = str(tmp_path / "decisions.jsonl")

    again = audit(archive, options("one", resume=True, decisions=decided))
    new = audit(archive, options("two", decisions=decided))
    assert again.verdicts == new.verdicts
    assert new.verdicts["block"] == 1
    for name in ("messages", "violations"):
        assert rows(tmp_path / "one", name) == rows(tmp_path / "two", name)
    assert "Decisions that were honoured" in (tmp_path / "two" / "report.html").read_text("utf-8")

    assert audit(archive, options("one", resume=True)).verdicts == first.verdicts
    assert rows(tmp_path / "one", "violations") == undecided


def test_what_ends_while_decisions_are_laid_over_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([record(1), record(2, SIGNED)]))
    archive = [str(tmp_path / "a.jsonl")]
    loaded(tmp_path, decision(file=archive[0], number=2))
    options = Options(out=str(tmp_path / "out"), resume=True)
    decided = Options(out=options.out, resume=True, decisions=str(tmp_path / "decisions.jsonl"))
    first = audit(archive, options)
    before = {name: rows(tmp_path / "out", name) for name in ("messages", "violations")}
    assert first.verdicts["block"] == 1

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(laying, "_settle", full)
        with pytest.raises(OSError, match="No space left"):
            audit(archive, decided)
    # Violations are set aside, and the verdicts do not know it yet.
    assert rows(tmp_path / "out", "violations") != before["violations"]
    assert rows(tmp_path / "out", "messages") == before["messages"]
    # Whichever way it goes on, it is as if nothing had happened.
    assert audit(archive, options).verdicts == first.verdicts
    assert {name: rows(tmp_path / "out", name) for name in ("messages", "violations")} == before
    assert audit(archive, decided).verdicts["block"] == 0
