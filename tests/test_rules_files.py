from __future__ import annotations

import os
from pathlib import Path

import pytest
from test_rules_support import Write, loaded, pointed_at, problems_of, ruleset_text, shipped, write

from msgpolicy.rules import RulesetError, RulesetProblem, load_ruleset

__all__ = ["shipped", "write"]

TOP = "schema: 1\nname: own\nversion: 1\nextends: [{}]\n"


def refused(write: Write, ref: str) -> RulesetProblem:
    (problem,) = problems_of(write(TOP.format(ref)))
    assert pointed_at(problem).startswith(ref)
    return problem


def test_a_shipped_ruleset_is_loaded_by_name_from_anywhere(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "base").write_text("not a ruleset")
    monkeypatch.chdir(folder)
    assert load_ruleset("base").name == "base"
    assert load_ruleset("base@1.0").version == "1.0"


def test_an_unknown_name_lists_the_shipped_ones(shipped: Path) -> None:
    (shipped / "other-base.yaml").write_text(ruleset_text("a", name="other-base"))
    (problem,) = problems_of("bass")
    assert problem.message == "there is no ruleset 'bass'"
    assert problem.hint == "did you mean 'base'? shipped rulesets: base, other-base"
    assert str(problem).startswith("bass: there is no ruleset 'bass'")


def test_another_version_is_refused(write: Write) -> None:
    (problem,) = problems_of("base@2.0")
    assert problem.message == "version '2.0' is not installed"
    assert problem.hint == "this msgpolicy ships version 1.0"
    assert refused(write, "base@0.9").message == "version '0.9' is not installed"
    assert loaded(write(TOP.format("base@1.0"))).rules


def test_paths_are_loaded_as_given(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(ruleset_text("a"))
    monkeypatch.chdir(path.parent)
    assert load_ruleset("own.yaml").files[0][0] == "own.yaml"
    assert load_ruleset("./own.yaml").name == load_ruleset(str(path)).name == load_ruleset(path).name == "own"


@pytest.mark.parametrize("ref", ["missing.yaml", "./missing", "a\0b.yaml", "", "x" * 5000 + ".yaml"])
def test_what_is_not_there_is_said(shipped: Path, ref: str) -> None:
    (problem,) = problems_of(ref)
    assert problem.message.startswith("there is no")


def test_a_path_that_means_a_shipped_name_says_so(shipped: Path) -> None:
    (problem,) = problems_of("base.yaml")
    assert problem.hint == "the shipped ruleset is named 'base'"


def test_a_folder_or_a_pipe_is_no_ruleset(tmp_path: Path, shipped: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    assert problems_of(tmp_path / "pipe.yaml")[0].message == "there is no such file"
    assert problems_of(tmp_path / "folder.yaml")[0].message == "it is a folder"


def test_files_at_and_below_the_own_folder_are_reached(write: Write) -> None:
    write(ruleset_text("deep", name="deep"), "sub/deep.yaml")
    write(TOP.format("./deep.yaml") + ruleset_text("mid").partition('version: "1.0"\n')[2], "sub/mid.yaml")
    assert [rule.id for rule in loaded(write(TOP.format("sub/mid.yaml"))).rules] == ["deep", "mid"]
    assert [rule.id for rule in loaded(write(TOP.format("./sub/mid.yaml, base"))).rules] == [
        "deep", "mid", "first", "second",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ref", "says"),
    [
        ("../outside.yaml", "cannot reach outside"),
        ("sub/../../outside.yaml", "cannot reach outside"),
        ("./..", "cannot reach outside"),
        ("/etc/passwd.yaml", "by a path relative"),
        ("/etc/passwd", "by a path relative"),
        ("~/x.yaml", "by a path relative"),
        ("C:/x.yaml", "by a path relative"),
        ("sub\\x.yaml", "by a path relative"),
        ("./passwd", "ends in .yaml"),
        ("./missing.yaml", "no such file"),
        ("./sub.yaml/x.yaml", "no such file"),
    ],
)
def test_a_ruleset_reaches_nothing_outside_its_folder(write: Write, ref: str, says: str) -> None:
    write(ruleset_text("outside"), "../outside.yaml")
    write(ruleset_text("sub"), "sub.yaml")
    assert says in refused(write, ref).message


def test_a_link_that_leads_out_is_refused(write: Write) -> None:
    outside = write(ruleset_text("outside"), "../outside/secret.yaml")
    own = write("x", "sub/x.yaml").parent.parent
    (own / "link.yaml").symlink_to(outside)
    (own / "folder").symlink_to(outside.parent)
    (own / "loop.yaml").symlink_to(own / "loop.yaml")
    assert "outside" in refused(write, "./link.yaml").message
    assert "outside" in refused(write, "./folder/secret.yaml").message
    assert "no such file" in refused(write, "./loop.yaml").message


def test_a_link_that_stays_inside_is_followed(write: Write) -> None:
    target = write(ruleset_text("inside"), "data/real.yaml")
    (target.parent.parent / "link.yaml").symlink_to(target)
    assert loaded(write(TOP.format("./link.yaml"))).rules[0].id == "inside"


def test_a_file_in_a_lower_folder_does_not_reach_the_upper_one(write: Write) -> None:
    write(ruleset_text("upper"), "upper.yaml")
    write(TOP.format("../upper.yaml"), "sub/lower.yaml")
    (problem,) = problems_of(write(TOP.format("./sub/lower.yaml")))
    assert "outside" in problem.message
    assert Path(problem.file).name == "lower.yaml"


def test_a_cycle_is_named_with_its_chain(write: Write) -> None:
    write(TOP.format("./b.yaml") + "rules: []\n", "a.yaml")
    write(TOP.format("./c.yaml") + "rules: []\n", "b.yaml")
    path = write(TOP.format("./a.yaml") + "rules: []\n", "c.yaml")
    problem = problems_of(path)[0]
    assert problem.message == "the ruleset extends itself: c.yaml → a.yaml → b.yaml → c.yaml"
    assert Path(problem.file).name == "b.yaml"
    assert pointed_at(problem) == "./c.yaml]"


def test_a_ruleset_that_extends_itself(write: Write) -> None:
    problem = problems_of(write(TOP.format("./own.yaml")))[0]
    assert problem.message == "the ruleset extends itself: own.yaml → own.yaml"


def test_a_cycle_through_a_link_is_found(write: Write) -> None:
    path = write(TOP.format("./link.yaml"))
    (path.parent / "link.yaml").symlink_to(path)
    assert "extends itself" in problems_of(path)[0].message


def test_the_number_of_files_is_limited(write: Write) -> None:
    for index in range(60):
        write(TOP.format(f"./f{index + 1}.yaml"), f"f{index}.yaml")
    assert any("at most 50 files" in problem.message for problem in problems_of(write(TOP.format("./f0.yaml"))))


def test_names_of_a_base_that_cannot_be_read_are_not_called_unknown(write: Write) -> None:
    write("a: [\n", "broken.yaml")
    text = (
        TOP.format("./broken.yaml") + "settings: {limit: 4}\nrules: [{some-rule: off}, {id: other, severity: info}]\n"
    )
    problems = problems_of(write(text))
    assert [Path(problem.file).name for problem in problems] == ["broken.yaml"]


def test_an_unreadable_file_is_an_error_of_ours(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("msgpolicy.rules.layers.load_bytes", refuse)
    with pytest.raises(RulesetError, match="cannot be read: Permission denied"):
        load_ruleset(write(ruleset_text("a")))
