"""The hooks, run by pre-commit itself on a repository of templates. It installs msgpolicy as any user would have it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from msgpolicy.inputs import Draft, read_drafts

ROOT = Path(__file__).parent.parent
CLEAN = "Hello {{buyer_name}},\n\nwhich colour would you like for order {{order_id}}?\n"
BAD = "Hello {{buyer_name}}, leave a 5-star review of order {{order_id}} and get a voucher.\n"


def hooks() -> dict[str, dict[str, str]]:
    return {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}


@pytest.mark.parametrize(
    ("hook", "name", "looked_at"),
    [
        ("msgpolicy", "templates/delay.html", True),
        ("msgpolicy", "mails/templates/de/delay.txt", True),
        ("msgpolicy", "templates/delay.html.j2", True),
        ("msgpolicy", "templates/delay.liquid", True),
        ("msgpolicy", "requirements.txt", False),
        ("msgpolicy", "templates/README.md", False),
        ("msgpolicy", "src/templates.html", False),
        ("msgpolicy-drafts", "drafts/one.eml", True),
        ("msgpolicy-drafts", "package.json", False),
    ],
)
def test_files_that_the_hooks_look_at(hook: str, name: str, looked_at: bool) -> None:
    assert bool(re.search(hooks()[hook]["files"], name)) == looked_at


def test_every_file_that_the_hook_takes_can_be_read(tmp_path: Path) -> None:
    for ending in (
        "html",
        "htm",
        "txt",
        "eml",
        "html.j2",
        "txt.tmpl",
        "liquid",
        "hbs",
        "mustache",
        "twig",
        "erb",
        "tpl",
    ):
        path = tmp_path / "templates" / f"delay.{ending}"
        path.parent.mkdir(exist_ok=True)
        path.write_text("Subject: delay\n\nOrder {{order_id}} is delayed.\n", encoding="utf-8")
        assert re.search(hooks()["msgpolicy"]["files"], str(path))
        (draft,) = read_drafts([str(path)], stdin=io.BytesIO())
        assert isinstance(draft, Draft), draft


def tried(repository: Path, hook: str, name: str) -> tuple[int, str]:
    """Exit status and output of a hook of this repository, as it stands, on one file of another one."""
    result = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", "--color=never", str(ROOT), hook, "--files", name],
        cwd=repository,
        env={
            **{key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
            "PRE_COMMIT_HOME": str(repository / ".cache"),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    return result.returncode, result.stdout + result.stderr


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="pre-commit takes hooks from a git repository")
def test_a_bad_template_stops_the_commit_and_a_clean_one_does_not(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for name, text in (("templates/clean.txt", CLEAN), ("templates/bad.txt", BAD), ("drafts/left.txt", CLEAN)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "-C", str(tmp_path), "add", "templates", "drafts"], check=True)
    status, out = tried(tmp_path, "msgpolicy", "templates/clean.txt")
    assert (status, "Passed" in out) == (0, True), out
    status, out = tried(tmp_path, "msgpolicy", "templates/bad.txt")
    assert status == 1, out
    assert "templates/bad.txt:1:23  review-incentive  error" in out
    status, out = tried(tmp_path, "msgpolicy-drafts", "drafts/left.txt")
    assert status == 1, out
    assert "unresolved-placeholder" in out
