"""Known findings: only new ones count, none is taken away, and the file says nothing that a message says."""

from __future__ import annotations

import json
import os
import stat
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import Linter, Message, Report, load_ruleset
from msgpolicy.baseline import BaselineRun
from msgpolicy.baseline.file import Head, Key, read_baseline, written
from msgpolicy.inputs import InputError
from msgpolicy.report import Excuse, Source
from msgpolicy.rules import Ruleset
from tests.growth import assert_linear
from tests.tiny_ruleset import RULES

TODAY = date(2026, 11, 22)


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ruleset:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny.yaml").write_text(RULES, encoding="utf-8")
    return load_ruleset("tiny.yaml")


def judged(rules: Ruleset, text: str, file: str | None = "a.html", **record: Any) -> Report:
    message = Message.from_dict({"text": text, "kind": "reply", "sent_at": "2026-01-01T00:00:00Z", **record})
    return Linter(rules).check(message, source=Source(file=file) if file else None)


def update(rules: Ruleset, *reports: Report, file: str = "known.json", today: date = TODAY) -> list[Report]:
    """The reports of a run that writes the baseline; files that are judged exist, as they do for the command."""
    run = BaselineRun(file, [rules], today=today, update=True)
    out = [run.apply(report) for report in reports]
    run.save()
    return out


def compare(rules: Ruleset, *reports: Report, file: str = "known.json") -> tuple[list[Report], list[str]]:
    run = BaselineRun(file, [rules], today=TODAY)
    return [run.apply(report) for report in reports], [notice.text for notice in run.notices()]


def statuses(report: Report) -> list[tuple[str, str]]:
    return [(violation.rule, violation.status) for violation in report.violations]


def findings(file: str = "known.json") -> list[tuple[str, str, int]]:
    """File or message, rule and count of what is known."""
    data = json.loads(Path(file).read_bytes())
    return [(item.get("file") or item["message"], item["rule"], item["count"]) for item in data["findings"]]


class TestKnown:
    def test_only_new_ones_count(self, rules: Ruleset) -> None:
        (first,) = update(rules, judged(rules, "HURRY up. thanks"))
        assert statuses(first) == [("no-shouting", "baselined"), ("no-thanks", "baselined")]
        assert first.verdict == "pass"
        (same,), notices = compare(rules, judged(rules, "HURRY up. thanks"))
        assert same.verdict == "pass"
        assert same.violations[0].excuse == Excuse(kind="baseline", source="known.json")
        assert notices == []
        (more,), _ = compare(rules, judged(rules, "HURRY up. thanks" + " " * 50 + "HURRY, Anna"))
        assert len(more.violations) == 3
        assert [v.status for v in more.violations if (v.location.start or 0) > 50] == ["active"]
        assert more.verdict == "block"

    def test_edits_elsewhere_and_private_values_do_not_matter(self, rules: Ruleset) -> None:
        update(rules, judged(rules, "x" * 100 + " Order 305-1234567-1234567: HURRY up"))
        (report,), _ = compare(rules, judged(rules, "New start. " + "x" * 100 + " Order 301-7654321-7654321: HURRY up"))
        assert report.verdict == "pass"

    def test_another_file_is_not_known(self, rules: Ruleset) -> None:
        # Also where a run judges few files, as a commit hook does.
        update(rules, *(judged(rules, "HURRY", f"{name}.html") for name in "abc"))
        reports, _ = compare(rules, judged(rules, "HURRY", "new.html"), judged(rules, "HURRY", "a.html"))
        assert [report.verdict for report in reports] == ["block", "pass"]

    def test_one_more_message_of_a_file_is_new(self, rules: Ruleset) -> None:
        update(rules, *[judged(rules, "HURRY", "all.jsonl")] * 2)
        assert findings() == [("all.jsonl", "no-shouting", 2)]
        reports, notices = compare(rules, *[judged(rules, "HURRY", "all.jsonl")] * 3)
        assert [report.verdict for report in reports] == ["pass", "pass", "block"]
        assert notices == []

    def test_a_message_without_a_file_is_known_by_its_id(self, rules: Ruleset) -> None:
        update(rules, judged(rules, "HURRY", None, id="m-1"))
        reports, _ = compare(rules, *(judged(rules, "HURRY", None, id=name) for name in ("m-1", "m-2")))
        assert [report.verdict for report in reports] == ["pass", "block"]

    def test_paths_are_of_the_folder_of_the_baseline(
        self, rules: Ruleset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "sub").mkdir()
        update(rules, judged(rules, "HURRY", "sub/a.html"))
        assert findings() == [("sub/a.html", "no-shouting", 1)]
        monkeypatch.chdir(tmp_path / "sub")
        (report,), _ = compare(rules, judged(rules, "HURRY", "a.html"), file="../known.json")
        assert report.verdict == "pass"
        (report,), _ = compare(rules, judged(rules, "HURRY", str(tmp_path / "sub" / "a.html")), file="../known.json")
        assert report.verdict == "pass"

    def test_the_receipt_names_it(self, rules: Ruleset) -> None:
        (writing,) = update(rules, judged(rules, "HURRY"))
        assert writing.receipt.baseline is not None
        assert (writing.receipt.baseline.file, writing.receipt.baseline.digest) == ("known.json", None)
        (report,), _ = compare(rules, judged(rules, "HURRY"))
        assert report.receipt.baseline is not None
        assert report.receipt.baseline.digest == read_baseline("known.json").digest
        assert Report.from_json(report.to_json()) == report

    def test_what_was_suppressed_is_not_known_besides(self, rules: Ruleset) -> None:
        Path("ex.yaml").write_text(
            "schema: 1\nsuppressions:\n- {rule: no-shouting, account: A, reason: r, author: a, until: 2027-01-01}\n"
        )
        message = Message.from_dict({"text": "HURRY. thanks", "kind": "reply", "account": {"id": "A"}})
        report = Linter(rules, suppressions="ex.yaml", today=TODAY).check(message)
        (after,) = update(rules, report)
        assert statuses(after) == [("no-shouting", "suppressed"), ("no-thanks", "baselined")]
        # What had an end does not become endless by a look away.
        ended = Linter(rules, suppressions="ex.yaml", today=date(2027, 1, 1)).check(message)
        (after,) = update(rules, ended)
        assert statuses(after) == [("no-shouting", "active"), ("no-thanks", "baselined")]


class TestNever:
    def test_it_is_not_let_in(self, rules: Ruleset) -> None:
        run = BaselineRun("known.json", [rules], today=TODAY, update=True)
        report = run.apply(judged(rules, "HURRY or we sue"))
        run.save()
        assert statuses(report) == [("no-shouting", "baselined"), ("no-threats", "active")]
        assert report.verdict == "block"
        assert findings() == [("a.html", "no-shouting", 1)]
        assert [notice.text for notice in run.notices()] == [
            "1 finding is not taken as known: no-threats is suppressible: never"
        ]

    def test_written_in_by_hand_it_does_not_count(self, rules: Ruleset) -> None:
        report = judged(rules, "we sue")
        head = Head(schema=1, ruleset="tiny", version="1", digest=rules.digest, created=TODAY)
        key = Key("a.html", "", "no-threats", report.violations[0].fingerprint)
        Path("known.json").write_bytes(written(head, {key: 1}))
        (after,), notices = compare(rules, report)
        assert after.verdict == "block"
        assert notices[0] == "1 finding is not taken as known: no-threats is suppressible: never"

    def test_a_ruleset_that_is_not_known_lets_nothing_in(self, rules: Ruleset) -> None:
        update(rules, judged(rules, "HURRY"))
        Path("other.yaml").write_text(RULES.replace("name: tiny", "name: other"), encoding="utf-8")
        (after,), _ = compare(rules, judged(load_ruleset("other.yaml"), "HURRY"))
        assert after.verdict == "block"

    def test_what_is_not_listed_is_not_let_in(self, rules: Ruleset) -> None:
        (report,) = update(rules, judged(rules, "HURRY " * 102))
        assert Counter(violation.status for violation in report.violations) == {"baselined": 99, "active": 1}


class TestGone:
    def test_it_is_said_and_taken_out(self, rules: Ruleset) -> None:
        for name in ("a.html", "b.html"):
            Path(name).touch()
        update(rules, judged(rules, "HURRY. thanks", "a.html"), judged(rules, "HURRY", "b.html"))
        reports, notices = compare(rules, judged(rules, "thanks", "a.html"))
        assert [report.verdict for report in reports] == ["warn"]
        assert notices == ["2 findings are no longer needed (a.html): --update-baseline takes them out"]
        update(rules, judged(rules, "hurry", "a.html"))
        # What was not judged this time is kept.
        assert findings() == [("b.html", "no-shouting", 1)]

    def test_of_files_that_do_not_exist_any_more(self, rules: Ruleset) -> None:
        Path("b.html").touch()
        update(rules, judged(rules, "HURRY", "a.html"), judged(rules, "HURRY", "b.html"))
        _, notices = compare(rules, judged(rules, "HURRY", "b.html"))
        assert notices == ["1 finding is no longer needed (a.html): --update-baseline takes them out"]
        update(rules, judged(rules, "HURRY", "b.html"))
        assert findings() == [("b.html", "no-shouting", 1)]

    def test_not_of_what_is_from_no_file(self, rules: Ruleset) -> None:
        update(rules, judged(rules, "HURRY", "<stdin>"), judged(rules, "HURRY", None, id="m-1"))
        _, notices = compare(rules)
        assert notices == []
        assert sorted(findings()) == [("<stdin>", "no-shouting", 1), ("m-1", "no-shouting", 1)]
        assert compare(rules, judged(rules, "hurry", "<stdin>"))[1] != []

    def test_not_of_files_that_could_not_be_read(self, rules: Ruleset) -> None:
        update(rules, *[judged(rules, "HURRY", "all.jsonl")] * 3)
        run = BaselineRun("known.json", [rules], today=TODAY, update=True)
        run.apply(judged(rules, "HURRY", "all.jsonl"))
        run.failed("all.jsonl")
        assert list(run.notices()) == []
        run.save()
        assert findings() == [("all.jsonl", "no-shouting", 3)]


class TestFile:
    def test_it_reads_well_in_a_review(self, rules: Ruleset) -> None:
        update(rules, judged(rules, "thanks", "b.html"), judged(rules, "thanks. HURRY", "a.html"))
        lines = Path("known.json").read_text().splitlines()
        listed = [json.loads(line.strip().rstrip(",")) for line in lines if line.startswith("    {")]
        assert [(item["file"], item["rule"]) for item in listed] == [
            ("a.html", "no-shouting"),
            ("a.html", "no-thanks"),
            ("b.html", "no-thanks"),
        ]
        data = json.loads(Path("known.json").read_text())
        assert {key: data[key] for key in ("tool", "schema", "ruleset", "version", "created")} == {
            "tool": "msgpolicy",
            "schema": 1,
            "ruleset": "tiny",
            "version": "1",
            "created": "2026-11-22",
        }
        assert data["digest"] == rules.digest
        assert lines[-1] == "}"

    def test_the_same_findings_are_the_same_file(self, rules: Ruleset) -> None:
        for name in ("a.html", "b.html"):
            Path(name).touch()
        reports = [judged(rules, "HURRY", "a.html"), judged(rules, "thanks", "b.html")]
        update(rules, *reports)
        first = Path("known.json").read_bytes()
        update(rules, *reversed(reports), today=date(2027, 5, 5))
        update(rules, reports[0], today=date(2027, 5, 5))
        assert Path("known.json").read_bytes() == first

    def test_it_says_nothing_that_a_message_says(self, rules: Ruleset) -> None:
        update(rules, judged(rules, "Anna Muster, HURRY to +48 601 234 567", "a.html", id="secret-id"))
        text = Path("known.json").read_text()
        for private in ("Anna", "HURRY", "601", "secret-id"):
            assert private not in text

    def test_no_findings(self, rules: Ruleset) -> None:
        update(rules, judged(rules, "Hello"))
        assert json.loads(Path("known.json").read_text())["findings"] == []

    def test_it_is_written_whole_or_not_at_all(self, rules: Ruleset, tmp_path: Path) -> None:
        update(rules, judged(rules, "HURRY"))
        os.chmod("known.json", 0o640)
        Path("link.json").symlink_to("known.json")
        update(rules, judged(rules, "HURRY. thanks"), file="link.json")
        assert Path("link.json").is_symlink()
        assert stat.S_IMODE(os.stat("known.json").st_mode) == 0o640
        assert sorted(path.name for path in tmp_path.iterdir()) == ["known.json", "link.json", "tiny.yaml"]
        assert len(findings()) == 2
        # A run that breaks off leaves it as it was.
        run = BaselineRun("known.json", [rules], today=TODAY, update=True)
        run.apply(judged(rules, "Hello"))
        assert len(findings()) == 2

    def test_two_branches_that_added_the_same(self, rules: Ruleset) -> None:
        update(rules, judged(rules, "HURRY"))
        text = Path("known.json").read_text()
        (line,) = [line for line in text.splitlines() if "no-shouting" in line]
        Path("known.json").write_text(text.replace(line, f"{line},\n{line}"))
        reports, _ = compare(rules, *[judged(rules, "HURRY")] * 2)
        assert [report.verdict for report in reports] == ["pass", "block"]


class TestRuleset:
    def test_another_version_is_applied_and_said(self, rules: Ruleset) -> None:
        update(rules, judged(rules, "HURRY"))
        Path("tiny.yaml").write_text(RULES.replace('version: "1"', 'version: "2"'), encoding="utf-8")
        newer = load_ruleset("tiny.yaml")
        (report,), notices = compare(newer, judged(newer, "HURRY"))
        assert report.verdict == "pass"
        assert notices == ["was made with tiny 1, not 2: rules that changed since may find new things"]
        update(newer, judged(newer, "HURRY"))
        assert json.loads(Path("known.json").read_text())["version"] == "2"

    @pytest.mark.parametrize("again", [True, False])
    def test_another_ruleset_is_refused(self, rules: Ruleset, again: bool) -> None:
        update(rules, judged(rules, "HURRY"))
        Path("other.yaml").write_text(RULES.replace("name: tiny", "name: other"), encoding="utf-8")
        with pytest.raises(InputError, match=r"known\.json: is the baseline of the ruleset 'tiny', not of 'other'"):
            BaselineRun("known.json", [load_ruleset("other.yaml")], today=TODAY, update=again)


SOUND = {
    "tool": "msgpolicy",
    "schema": 1,
    "ruleset": "tiny",
    "version": "1",
    "digest": "sha256:0",
    "created": "2026-11-22",
    "findings": [{"file": "a", "rule": "r", "fingerprint": "0" * 20, "count": 1}],
}


class TestMistakes:
    def refused(self, data: bytes) -> list[str]:
        Path("known.json").write_bytes(data)
        with pytest.raises(InputError) as caught:
            read_baseline("known.json")
        return caught.value.lines()

    def test_the_sound_one_is_sound(self, rules: Ruleset) -> None:
        Path("known.json").write_text(json.dumps(SOUND))
        assert read_baseline("known.json").counts == {Key("a", "", "r", "0" * 20): 1}

    def test_none_there(self, rules: Ruleset) -> None:
        with pytest.raises(InputError, match=r"known\.json: there is no such file \(--update-baseline makes it"):
            BaselineRun("known.json", [rules], today=TODAY)

    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            (b"", "known.json:1:1: not JSON"),
            (b"{\n  \"tool\": \"msgpolicy\",\n<<<<<<< HEAD\n", "known.json:3:1: not JSON: "),
            (b"[" * 100_000, "known.json:1:1: not JSON: is nested too deeply"),
            (b"[]", "known.json:1:1: is no baseline of msgpolicy"),
            (b'\n {"version": "1.4.0", "results": {}}', "known.json:2:2: is no baseline of msgpolicy"),
            ("{\n \"a\": \"ü\"}".encode("latin-1"), "known.json:2:8: byte 9 (0xfc) is not UTF-8"),
            ("{}".encode("utf-16"), "known.json:1:1: byte 0 (0xff) is not UTF-8"),
        ],
    )  # fmt: skip
    def test_files_that_are_none(self, rules: Ruleset, data: bytes, problem: str) -> None:
        assert self.refused(data)[0].startswith(problem)

    def test_all_are_listed_with_their_places(self, rules: Ruleset) -> None:
        wrong = {**SOUND, "schema": 2, "rulset": "tiny"}
        del wrong["ruleset"]
        wrong["findings"] = [
            SOUND["findings"][0],  # type: ignore[index]
            {"file": "a", "rule": "r", "fingerprint": "x", "count": 0},
            {"file": 1, "rule": "", "fingerprint": "0" * 20},
            "a",
        ]
        lines = self.refused(json.dumps(wrong, indent=1).encode())
        assert [line.split(":")[3].strip() for line in lines] == [
            "rulset", "schema", "the key 'ruleset' is missing",
            "findings[1].fingerprint", "findings[1].count",
            "findings[2].file", "findings[2].rule", "findings[2]",
            "findings[3]",
        ]  # fmt: skip
        assert "did you mean 'ruleset'?" in lines[0]
        assert all(line.startswith("known.json:") for line in lines)

    def test_a_large_file(self, rules: Ruleset) -> None:
        head = Head(schema=1, ruleset="tiny", version="1", digest="sha256:0", created=TODAY)

        def stored(count: int) -> str:
            keys = {Key(f"templates/{number}.html", "", "no-shouting", f"{number:020x}"): 1 for number in range(count)}
            Path(f"{count}.json").write_bytes(written(head, keys))
            return f"{count}.json"

        assert_linear(stored, lambda name: read_baseline(name).counts, 300)
        # A mistake in each: the list ends.
        data = Path(stored(2_000)).read_bytes()
        assert len(read_baseline("2000.json").counts) == 2_000
        assert len(self.refused(data.replace(b'"count":1', b'"count":0'))) == 21

    def test_too_large(self, rules: Ruleset, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("msgpolicy.inputs.files.MAX_BYTES", 100)
        assert "is larger than" in self.refused(json.dumps(SOUND).encode())[0]


@pytest.fixture(scope="module")
def rules_once(tmp_path_factory: pytest.TempPathFactory) -> Ruleset:
    path = tmp_path_factory.mktemp("rules") / "tiny.yaml"
    path.write_text(RULES, encoding="utf-8")
    return load_ruleset(path)


@given(
    known=st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from(["HURRY", "thanks", "sue", "HURRY thanks"])), max_size=6
    ),
    now=st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["HURRY", "thanks", "sue", "HURRY thanks"])), max_size=6
    ),
)
def test_known_ones_are_marked_as_often_as_they_were_there(
    tmp_path_factory: pytest.TempPathFactory,
    rules_once: Ruleset,
    known: list[tuple[str, str]],
    now: list[tuple[str, str]],
) -> None:
    rules = rules_once
    path = str(tmp_path_factory.mktemp("known") / "known.json")
    update(rules, *(judged(rules, text, file) for file, text in known), file=path)
    before = [judged(rules, text, file) for file, text in now]
    after, _ = compare(rules, *before, file=path)

    def count(reports: list[Report], *statuses: str) -> Counter[tuple[Any, ...]]:
        return Counter(
            (report.source and report.source.file, violation.rule, violation.fingerprint)
            for report in reports
            for violation in report.violations
            if violation.status in statuses
        )

    was = count([judged(rules, text, file) for file, text in known], "active")
    everything = count(before, "active")
    assert count(after, "active", "baselined", "suppressed") == everything
    expected = Counter({key: n for key, n in (everything & was).items() if key[1] != "no-threats"})
    assert count(after, "baselined") == expected
