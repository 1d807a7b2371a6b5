"""What the documentation shows is what happens."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
import yaml

from msgpolicy.arguments import parse
from msgpolicy.cli import main
from msgpolicy.reporters.formats import FORMATS

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "examples/README.md",
]


def run(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(list(argv), io.StringIO(), out, err)
    return status, out.getvalue(), err.getvalue()


def block_after(page: Path, mark: str) -> str:
    """The fenced block that follows a comment."""
    match = re.search(rf"<!-- {re.escape(mark)} -->\n```\w*\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert match, f"{page.name} has no block marked {mark!r}"
    return match[1]


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code = block_after(ROOT / "README.md", "run: library")
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "review-incentive" in printed
    assert "positive-review-request" in printed


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "contract.md"], ids=lambda page: page.name)
def test_python_blocks_compile(page: Path) -> None:
    for code in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        compile(code, page.name, "exec")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


# `json` is a list of what `jsonl` shows; a page is to be looked at; suppressions have a page of their own.
@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"json", "html", "suppressions"}))
def test_the_formats_are_as_shown(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = ROOT / "docs/formats.md"
    (tmp_path / "draft.txt").write_text(block_after(page, "file: draft.txt"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    call, _, shown = block_after(page, f"output: {form}").partition("\n")
    argv = call.removeprefix("$ msgpolicy ").split(" | ")[0].split()
    assert argv in (["check", "draft.txt", "--format", form], ["check", "draft.txt"])
    _, out, err = run(*argv)
    assert err == ""
    if "json.tool" in call:
        out = json.dumps(json.loads(out), ensure_ascii=False, indent=2)
    # What is left out is written as an ellipsis.
    at = 0
    for piece in shown.split("…"):
        assert piece.strip() in out[at:], piece
        at = out.index(piece.strip(), at) + len(piece.strip())


@pytest.mark.parametrize("name", ["github", "gitlab", "jenkins"])
def test_what_is_called_in_ci_is_understood(name: str) -> None:
    block = block_after(ROOT / "docs/formats.md", f"workflow: {name}")
    if name != "jenkins":
        yaml.safe_load(block)
    calls = re.findall(r"msgpolicy (check [^\n']+)", block)
    assert calls
    for call in calls:
        args = parse(call.split())
        assert args.output
        assert all(file.split("/")[-1] in block.replace(call, "") for _, file in args.output)


def test_every_format_has_its_page_and_is_in_the_help() -> None:
    _, out, _ = run("check", "--help")
    for form in FORMATS:
        assert form in out
        assert f"`{form}`" in (ROOT / "docs/formats.md").read_text(encoding="utf-8")


def test_every_command_of_the_readme_exists() -> None:
    for command in re.findall(r"^\| `msgpolicy (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE):
        status, out, _ = run(command, "--help")
        assert status == 0
        assert command in out


def test_the_exceptions_of_the_guide_work_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = ROOT / "docs/exceptions.md"
    monkeypatch.chdir(tmp_path)
    Path("templates").mkdir()
    for name in ("templates/warranty.txt", "exceptions.yaml"):
        Path(name).write_text(block_after(page, f"file: {name}"), encoding="utf-8")
    for mark, expected in (("entries", 1), ("excused", 0), ("ended", 1), ("adopt", 0), ("known", 0)):
        command, *shown = block_after(page, f"output: {mark}").splitlines()
        words = command.removeprefix("$ msgpolicy ").replace("templates/*.txt", "templates/warranty.txt").split()
        target = words[words.index(">") + 1] if ">" in words else None
        day = [] if "--today" in words else ["--today", "2026-11-22"]
        status, out, err = run(*(words[: words.index(">")] if target else words), *day)
        assert status == expected, err
        printed = (out + err).splitlines()
        assert [line for line in shown if line not in printed and line != "…"] == []
        if target:
            # The entries to fill in are those of the page.
            written = Path(target).read_text(encoding="utf-8")
            for line in out.splitlines():
                assert line.startswith(("#", "  reason:", "  author:", "  until:")) or line in written


def test_the_page_on_templates_shows_what_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = ROOT / "docs/templates.md"
    monkeypatch.chdir(tmp_path)
    for name in ("templates/delay.txt", "our-shop.yaml", ".pre-commit-config.yaml", ".github/workflows/templates.yml"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(block_after(page, f"file: {name}"), encoding="utf-8")
    command = "msgpolicy check templates/delay.txt --template"
    status, out, err = run(*command.split()[1:])
    assert (status, err) == (1, "")
    shown = block_after(page, f"output: {command}")
    assert shown == f"$ {command}\n{out.partition('  Not evaluated')[0].rstrip()}\n"
    _, own, _ = run("check", "templates/delay.txt", "--template", "--ruleset", "our-shop.yaml")
    assert "unknown-placeholder" in own
    hook = yaml.safe_load(Path(".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"][0]
    assert hook["id"] in {entry["id"] for entry in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    steps = yaml.safe_load(Path(".github/workflows/templates.yml").read_text())["jobs"]["msgpolicy"]["steps"]
    status, out, _ = run("check", "templates/delay.txt", *steps[-1]["run"].split()[3:])
    assert status == 1
    assert "::error file=templates/delay.txt,line=" in out
    exec(compile(block_after(page, "run: template"), page.name, "exec"), {})
    assert capsys.readouterr().out == "unknown-placeholder {{buyer_nmae}} buyer_name\n"
