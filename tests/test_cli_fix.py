"""The command `msgpolicy fix`, as people call it."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from msgpolicy import Linter
from msgpolicy.cli import main
from msgpolicy.inputs.saving import save
from tests.linters import linter as shipped

ORDER = "305-1234567-1234567"
HELLO = f"Could you tell us the colour for order {ORDER}?"
DRAFT = f"{HELLO}\nSee http://www.amazon.de/orders\nE-mail: info@shop.example\nBye\n"
SAFE = DRAFT.replace("http:", "https:")
CLEAN = SAFE.replace("E-mail: info@shop.example\n", "")


class Result(NamedTuple):
    status: int
    out: bytes
    err: str


def run(*args: str | Path, stdin: bytes = b"", screen: bool = False) -> Result:
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline=""), io.StringIO()
    if screen:
        out.isatty = lambda: True  # type: ignore[method-assign]
    status = main(["fix", *map(str, args)], stdin=io.BytesIO(stdin), stdout=out, stderr=err)
    out.flush()
    return Result(status, out.buffer.getvalue(), err.getvalue())  # type: ignore[attr-defined]


def linter(ruleset: str, **options: Any) -> Linter:
    """Loading the ruleset takes longer than all else here; the tests call with its defaults."""
    return shipped() if ruleset == "amazon" else Linter(ruleset, **options)


@pytest.fixture(autouse=True)
def _loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgpolicy.commands.Linter", linter)


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT)
    return path


def test_by_default_it_shows_what_would_change_and_changes_nothing(draft: Path) -> None:
    result = run("draft.txt")
    assert draft.read_text() == DRAFT
    assert result.out.decode().splitlines() == [
        "--- draft.txt",
        "+++ draft.txt",
        "@@ -1,4 +1,4 @@",
        f" {HELLO}",
        "-See http://www.amazon.de/orders",
        "+See https://www.amazon.de/orders",
        " E-mail: info@shop.example",
        " Bye",
    ]
    assert result.status == 1
    assert result.err.splitlines() == [
        "draft.txt: would mend insecure-link",
        "draft.txt: remains email-address (its fix changes what is said: --unsafe)",
        "1 would be mended in 1 file, 1 left; --write does it",
    ]
    assert run("draft.txt", "--diff") == result


def test_write_changes_the_file_and_judges_again(draft: Path) -> None:
    draft.chmod(0o640)
    result = run("draft.txt", "--write")
    assert (result.status, result.out) == (1, b"")
    assert draft.read_text() == SAFE
    result = run("draft.txt", "--write", "--unsafe")
    assert result.status == 0
    assert result.err == "draft.txt: mended email-address\n1 mended in 1 file, 0 left\n"
    assert draft.read_text() == CLEAN
    assert draft.stat().st_mode & 0o777 == 0o640
    assert os.listdir() == ["draft.txt"]
    before = draft.stat()
    assert run("draft.txt", "--write", "--unsafe").err == "0 mended in 0 files, 0 left\n"
    assert draft.stat().st_mtime_ns == before.st_mtime_ns


def test_standard_input_goes_to_standard_output(draft: Path) -> None:
    assert run("-", "--write", stdin=DRAFT.encode()).out.decode() == SAFE
    assert run("-", "--write", stdin=CLEAN.encode()).out.decode() == CLEAN
    assert run("-", stdin=DRAFT.encode()).out.startswith(b"--- <stdin>\n+++ <stdin>\n@@ ")
    assert run("-", stdin=b" \n").status == 2


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the command patch")
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
@pytest.mark.parametrize("source", [DRAFT, DRAFT * 3, "\n" * 20 + DRAFT + "\n" * 20 + DRAFT, DRAFT[:-1]])
def test_the_diff_is_one_that_patch_understands(draft: Path, source: str, end: str) -> None:
    draft.write_bytes((source + end).encode())
    diff = run("draft.txt", "--unsafe").out
    shown = draft.read_bytes()
    run("draft.txt", "--unsafe", "--write")
    fixed = draft.read_bytes()
    draft.write_bytes(shown)
    subprocess.run(["patch", "--binary", "-s", "draft.txt"], input=diff, check=True)
    assert draft.read_bytes() == fixed != shown


def test_on_a_terminal_nothing_of_the_file_acts(draft: Path) -> None:
    draft.write_bytes((DRAFT.replace("Bye", "\x1b]0;title\x07\u202e").replace("\n", "\r\n")).encode())
    shown = run("draft.txt", "--color", "always", screen=True).out.decode()
    assert "\x1b[32m+See https://www.amazon.de/orders\x1b[0m\n" in shown
    assert "\n \\x1b]0;title\\x07\\u202e\n" in shown
    assert "\r" not in shown
    assert "\x1b" not in run("draft.txt", "--color", "never", screen=True).out.decode()


def test_facts_come_from_the_context(draft: Path) -> None:
    draft.write_text("Could you please tell us the colour that you would like to have?\n")
    Path("facts.json").write_text(json.dumps({"order": {"id": ORDER}}))
    assert run("draft.txt").status == 1
    result = run("draft.txt", "--context", "facts.json", "--write")
    assert result.status == 0
    assert draft.read_text().endswith(f"have?\n\nOrder {ORDER}\n")


def test_many_files_of_all_kinds(draft: Path) -> None:
    record = json.dumps({"text": DRAFT, "kind": "proactive"})
    Path("queue.jsonl").write_text(f"{record}\n{{}}\n{record}\n")
    Path("mail.eml").write_text(f"Subject: x\nDKIM-Signature: v=1\n\n{DRAFT}")
    result = run("draft.txt", "missing.txt", "queue.jsonl", "mail.eml", "--write", "--unsafe")
    assert result.status == 2
    assert draft.read_text() == CLEAN
    assert Path("mail.eml").read_text() == f"Subject: x\nDKIM-Signature: v=1\n\n{CLEAN}"
    assert [json.loads(line).get("text") for line in Path("queue.jsonl").read_text().splitlines()] == [
        CLEAN,
        None,
        CLEAN,
    ]
    assert "missing.txt: there is no such file" in result.err
    assert "queue.jsonl:2:1: " in result.err
    assert "queue.jsonl:3: mended insecure-link, email-address\n" in result.err
    assert "mail.eml: note: the signature in its DKIM-Signature no longer holds" in result.err
    assert result.err.endswith("8 mended in 3 files, 0 left\n")


def test_exceptions_are_not_fixed(draft: Path) -> None:
    main(
        ["check", "draft.txt", "--baseline", "known.json", "--update-baseline"],
        stdout=io.StringIO(),
        stderr=io.StringIO(),
    )
    assert Path("known.json").exists()
    result = run("draft.txt", "--baseline", "known.json", "--unsafe", "--write")
    assert result.status == 0
    assert draft.read_text() == DRAFT


def test_fail_on_decides_what_may_be_left(draft: Path) -> None:
    draft.write_text(f"{HELLO}\nRead this at https://www.amazon.de/dp/B000000000 today.\n")
    assert run("draft.txt").status == 0
    assert run("draft.txt", "--fail-on", "warning").status == 1


# --- what must not be written -----------------------------------------------------------------------------------------


def test_a_read_only_file_stays(draft: Path) -> None:
    draft.chmod(0o444)
    result = run("draft.txt", "--write")
    assert (result.status, draft.read_text()) == (2, DRAFT)
    assert result.err.splitlines()[0] == "draft.txt: is read-only; it was not changed"


def test_a_link_stays_a_link(draft: Path) -> None:
    Path("link.txt").symlink_to(draft)
    result = run("link.txt", "--write")
    assert (result.status, draft.read_text()) == (2, DRAFT)
    assert Path("link.txt").is_symlink()
    assert "is a link; it was not changed (name the file that it leads to)" in result.err
    assert run("link.txt").status == 1  # looking is no harm


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(Exception, match="is no regular file"):
        save(str(tmp_path / "pipe.txt"), b"new", was=b"old")


def test_a_file_that_changed_meanwhile_stays(draft: Path) -> None:
    with pytest.raises(Exception, match="changed while it was judged"):
        save("draft.txt", b"new", was=DRAFT.encode()[:-1])
    assert draft.read_text() == DRAFT
    assert os.listdir() == ["draft.txt"]
    draft.unlink()
    with pytest.raises(Exception, match="cannot be written: No such file"):
        save("draft.txt", b"new", was=DRAFT.encode())


@pytest.mark.parametrize("failing", ["fsync", "replace", "chmod"])
def test_on_a_full_disk_the_file_stays(draft: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, failing, full)
    result = run("draft.txt", "--write")
    assert (result.status, draft.read_text()) == (2, DRAFT)
    assert result.err.splitlines()[0] == "draft.txt: cannot be written: No space left on device"
    assert os.listdir() == ["draft.txt"]


@pytest.mark.parametrize(
    "data",
    [b"", DRAFT.encode("utf-16"), DRAFT.encode() + b"\xff", b"\xef\xbb\xbf"],
    ids=["empty", "utf-16", "not utf-8", "a mark alone"],
)
def test_what_cannot_be_read_stays(draft: Path, data: bytes) -> None:
    draft.write_bytes(data)
    result = run("draft.txt", "--write")
    assert (result.status, draft.read_bytes()) == (2, data)
    assert result.err.startswith("draft.txt")


def test_a_signed_mail_stays(draft: Path) -> None:
    head = 'Subject: x\nContent-Type: multipart/signed; boundary="b"; protocol="application/pgp-signature"\n\n'
    source = f"{head}--b\n\n{DRAFT}\n--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n"
    mail = draft.with_suffix(".eml")
    mail.write_text(source)
    result = run("draft.eml", "--write")
    assert (result.status, mail.read_text()) == (2, source)
    assert "part 1 of the mail is signed; a fix would break the signature" in result.err


@pytest.mark.parametrize(
    "html", ["no markup http://www.amazon.de/x\r\r\n", "<p><a href='http://www.amazon.de/x'><b><table", "<" * 9]
)
def test_html_that_is_none(draft: Path, html: str) -> None:
    page = draft.with_suffix(".html")
    page.write_bytes(html.encode())
    run("draft.html", "--write", "--unsafe")
    assert page.read_bytes() == html.replace("http:", "https:").encode()


def test_calls_that_make_no_sense(draft: Path) -> None:
    assert run("draft.txt", "--write", "--diff").status == 2
    assert run().status == 2
    assert run("draft.txt", "--ruleset", "nope").status == 2


@pytest.mark.slow
def test_nearly_two_thousand_fixes(draft: Path) -> None:
    # Beyond 2,000 addresses a text is too large.
    draft.write_text(f"{HELLO}\nSee http://www.amazon.de/orders\n\n" * 1_900)
    result = run("draft.txt", "--write")
    assert result.status == 0
    assert draft.read_text().count("https://www.amazon.de/orders\n") == 1_900


def test_the_process_writes_bytes_as_they_are(draft: Path) -> None:
    data = b"\xef\xbb\xbf" + SAFE.replace("\n", "\r\n").encode()
    command = [sys.executable, "-m", "msgpolicy", "fix", "-", "--write"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    found = subprocess.run(command, input=data.replace(b"https", b"http"), capture_output=True, env=env, check=False)
    assert found.stdout == data
