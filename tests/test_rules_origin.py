"""Every value of a ruleset has the file and line where it stands, and what a child replaced is kept beside it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from test_rules_lint import BASE, HEAD

from msgpolicy.cli import main
from msgpolicy.rules import RulesetError
from msgpolicy.rules.origins import RuleOrigins, Value, origins_of

MIDDLE = """\
schema: 1
name: middle
version: "1"
extends: [./base.yaml]
settings:
  most: 5
rules:
- too-many: warning
"""
OWN = """\
schema: 1
name: own
version: "1"
extends: [./middle.yaml]
settings:
  most: 9
concepts:
  pledge: {add: {en: [we assure]}}
lists:
  hosts: {remove: [b.example]}
rules:
- too-many: off
- id: promised
  allow: {names: [Promise Shop]}
  with:
    within: clause
  message: {de: "Verspricht: {found}."}
- id: assured
  check: phrases
  with: {all: [pledge]}
  message: {en: x}
  source: HELP
  examples: [{fail: We assure it.}, {pass: Hello}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("base", BASE), ("middle", MIDDLE), ("own", OWN)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def rule(folder: Path, name: str) -> RuleOrigins:
    return next(entry for entry in origins_of(folder / "own.yaml").rules if entry.id == name)


def value(values: tuple[Value, ...], key: str) -> Value:
    (found,) = (entry for entry in values if entry.key == key)
    return found


def places(entry: Value | None) -> list[tuple[str, int, object]]:
    """File, line and value, then of what it replaced, and so on."""
    out = []
    while entry is not None:
        out.append((Path(entry.file).name, entry.line, entry.value))
        entry = entry.was
    return out


def line(text: str, start: str) -> int:
    """The line (from 1) that begins with a text."""
    (found,) = (n for n, item in enumerate(text.splitlines(), 1) if item.strip().startswith(start))
    return found


def test_a_value_that_three_files_give(folder: Path) -> None:
    values = rule(folder, "too-many").values
    assert places(value(values, "severity")) == [("own.yaml", 12, "off"), ("middle.yaml", 8, "warning")]
    assert places(value(values, "check")) == [("base.yaml", line(BASE, "check: condition"), "condition")]
    most = value(origins_of(folder / "own.yaml").settings, "most")
    assert places(most) == [("own.yaml", 6, "9"), ("middle.yaml", 6, "5"), ("base.yaml", 5, "3")]


def test_parts_of_options_texts_and_exceptions_have_places_of_their_own(folder: Path) -> None:
    values = rule(folder, "promised").values
    assert places(value(values, "with.within")) == [("own.yaml", 16, "clause")]
    assert places(value(values, "with.all")) == [("base.yaml", 14, ["pledge"])]
    assert places(value(values, "message.de")) == [("own.yaml", 17, "Verspricht: {found}.")]
    assert places(value(values, "message.en")) == [("base.yaml", 15, "Promises: {found}.")]
    assert places(value(values, "allow.names")) == [("own.yaml", 14, ["Promise Shop"])]
    assert places(value(values, "source")) == [("base.yaml", 16, "HELP")]


def test_what_is_weakened_is_told(folder: Path) -> None:
    assert rule(folder, "too-many").weakened == (
        "too-many: severity error → warning", "too-many: severity warning → off",
    )  # fmt: skip
    assert rule(folder, "promised").weakened == (
        "promised: with.within changed",
        "promised: allows names: Promise Shop",
    )
    assert rule(folder, "assured").weakened == ()


def test_concepts_and_lists(folder: Path) -> None:
    origins = origins_of(folder / "own.yaml")
    assert places(value(origins.concepts, "pledge")) == [("own.yaml", 8, "add"), ("base.yaml", 8, "title, phrases")]
    assert places(value(origins.lists, "hosts")) == [("own.yaml", 10, "remove"), ("base.yaml", 10, "items")]
    assert origins.file == str(folder / "own.yaml")


def test_every_value_of_the_shipped_ruleset_stands_where_it_says() -> None:
    origins = origins_of("amazon")
    text = Path(origins.file).read_text(encoding="utf-8").splitlines()
    assert len(origins.rules) > 40
    for entry in origins.rules:
        assert {"check", "source", "message.en"} <= {item.key for item in entry.values}
        for item in entry.values:
            assert (item.file, item.was) == (origins.file, None)
            if isinstance(item.value, str) and item.key in ("check", "group", "severity"):
                assert text[item.line - 1].strip() == f"{item.key}: {item.value}"


def test_a_ruleset_that_cannot_be_used_has_none(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(HEAD, encoding="utf-8")
    with pytest.raises(RulesetError, match="there is no such file"):
        origins_of(tmp_path / "own.yaml")


class TestCommand:
    def run(self, *argv: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        return main(["rules", *argv], io.BytesIO(), out, err), out.getvalue(), err.getvalue()

    def test_text(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder)
        status, out, err = self.run("own.yaml", "--origin")
        assert (status, err) == (0, "")
        lines = [" ".join(item.split()) for item in out.splitlines()]
        for wanted in (
            "too-many off",
            "* severity own.yaml:12 off",
            "middle.yaml:8 was: warning",
            "! weakened: severity warning → off",
            "+ with.within own.yaml:16 clause",
            'with.all base.yaml:14 ["pledge"]',
            "check own.yaml:19 phrases",
            "* most own.yaml:6 9",
            "* pledge own.yaml:8 add",
            "own: assured",
            "changed: promised, too-many",
        ):
            assert wanted in lines, wanted
        assert lines[-1].startswith("weakened: ")

    def test_json(self, folder: Path) -> None:
        status, out, _ = self.run(str(folder / "own.yaml"), "--origin", "--format", "json")
        assert status == 0
        data = json.loads(out)
        (entry,) = (item for item in data["rules"] if item["id"] == "too-many")
        (severity,) = (item for item in entry["values"] if item["key"] == "severity")
        assert severity == {
            "key": "severity", "value": "off", "file": str(folder / "own.yaml"), "line": 12,
            "was": {"key": "severity", "value": "warning", "file": str(folder / "middle.yaml"), "line": 8},
        }  # fmt: skip
        assert {"settings", "concepts", "lists", "weakened"} <= data.keys()

    def test_a_mistake_is_told(self, tmp_path: Path) -> None:
        status, out, err = self.run(str(tmp_path / "none.yaml"), "--origin")
        assert (status, out) == (2, "")
        assert "there is no such file" in err
