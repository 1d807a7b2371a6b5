"""The step-by-step page about rulesets: every file, change, command and output, in the order of the page."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from msgpolicy.cli import main
from msgpolicy.rules import load_ruleset
from msgpolicy.rules.lint import lint_ruleset
from msgpolicy.rules.model import RuleEntry, RulesetFile

GUIDE = Path(__file__).parent.parent / "docs/writing-a-ruleset.md"
STEP = re.compile(r"<!-- (file|append|run|change)(?:: (.*?))? -->(?:\n```\w*\n(.*?)```)?", re.DOTALL)


class Step(NamedTuple):
    kind: str
    what: str
    block: str


def steps() -> Iterator[Step]:
    for kind, what, block in STEP.findall(GUIDE.read_text(encoding="utf-8")):
        yield Step(kind, what, block)


def run(step: Step) -> None:
    """Runs the command of a block, and compares what it writes; `…` stands for anything."""
    command, _, expected = step.block.partition("\n")
    program, *argv = shlex.split(command.removeprefix("$ "))
    assert program == "msgpolicy"
    target = Path(argv.pop()) if argv[-2:-1] == [">"] else None
    if target:
        argv.pop()
    out, err = io.StringIO(), io.StringIO()
    status = main(argv, io.BytesIO(), out, err)
    assert status == int(step.what.removeprefix("status ") or 0), err.getvalue()
    said = (out.getvalue() + err.getvalue()).strip()
    if target:
        target.write_text(said, encoding="utf-8")
        said = ""
    wanted = re.escape(expected.strip()).replace("…", ".*")
    assert re.fullmatch(wanted, said, re.DOTALL), f"{command} says:\n{said}"


def test_the_page_works_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = []
    for step in steps():
        path = Path(step.what)
        if step.kind == "file":
            path.write_text(step.block, encoding="utf-8")
        elif step.kind == "append":
            path.write_text(path.read_text(encoding="utf-8") + step.block, encoding="utf-8")
        elif step.kind == "change":
            name, _, change = step.what.partition(": ")
            old, _, new = change.partition(" >")
            text = Path(name).read_text(encoding="utf-8")
            assert text.count(old) == 1
            Path(name).write_text(text.replace(old, new.strip()), encoding="utf-8")
        else:
            run(step)
        done.append(step.kind)
    assert (done.count("run"), done.count("append")) == (6, 4)
    ruleset = load_ruleset("our-shop.yaml")
    assert ruleset.brand_names == ("Five Stars", "Gift & Co")
    assert ruleset.rule("promised-day").group == "house-rules"
    assert lint_ruleset("our-shop.yaml") == []


def test_the_reference_knows_every_key() -> None:
    text = (GUIDE.parent / "ruleset-reference.md").read_text(encoding="utf-8")
    for entry in (RulesetFile, RuleEntry):
        for key in entry.__struct_encode_fields__:
            assert f"`{key}`" in text, key
