from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from msgpolicy.arguments import parse
from msgpolicy.call import CallError
from msgpolicy.cli import main
from msgpolicy.report import Report

ROOT = Path(__file__).parent.parent
RULES = """\
schema: 1
name: tiny
version: "1"
settings:
  anchor: {default: low, one_of: [low, high], why: Which status counts.}
sources:
  guide: {title: House Rules, site: policy.example, seen: 2026-11}
rules:
- id: no-shouting
  aliases: [quiet-please]
  group: tone
  check: pattern
  with: {patterns: ['\\bHURRY\\b'], ignore_case: false}
  message: {en: "Shouts: {found}.", de: "Schreit: {found}."}
  suggestion: {en: Write it calmly.}
  why: Buyers are guests.
  assumed: That capitals are shouting.
  source: guide
  examples:
  - fail: Please HURRY up.
    at: HURRY
  - pass: Please hurry up.
- id: no-canceled
  group: order
  check: condition
  with: {fires_when: {order.status: Canceled}, at: order.status}
  when: {direction: seller_to_buyer}
  severity: warning
  revisions:
  - {from: 2020-01-01, source: guide}
  message: {en: "The order is {order.status}."}
  source: guide
  examples:
  - fail: {record: {text: Hello, sent_at: "2026-01-01T00:00:00Z", order: {status: Canceled}}}
  - pass: {record: {text: Hello, sent_at: "2026-01-01T00:00:00Z", order: {status: Shipped}}}
  - unknown: {record: {text: Hello, sent_at: "2026-01-01T00:00:00Z"}}
- id: by-anchor
  group: order
  check: condition
  with: {fires_when: {order.category: {setting: anchor}}, at: order.category}
  when: {order.category: {known: true}}
  message: {en: "Is {order.category}."}
  source: guide
  examples:
  - fail: {record: {text: Hello, order: {category: low}}}
  - pass: {record: {text: Hello, order: {category: high}}}
"""


class Result(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    (tmp_path / "tiny.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


def run(*argv: str, stdin: bytes = b"") -> Result:
    out, err = io.StringIO(), io.StringIO()
    status = main(argv, io.BytesIO(stdin), out, err)
    return Result(status, out.getvalue(), err.getvalue())


def check(*argv: str, stdin: bytes = b"") -> Result:
    return run("check", "--ruleset", "tiny.yaml", *argv, stdin=stdin)


def write(folder: Path, name: str, content: Any) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / name).write_text(text, encoding="utf-8")
    return name


def shipped(**order: Any) -> dict[str, Any]:
    return {"text": "Hello.", "order": {"status": "Shipped", **order}}


# check: exit status


@pytest.mark.parametrize(
    ("record", "options", "status", "verdict"),
    [
        (shipped(), (), 0, "pass"),
        ({**shipped(), "text": "HURRY"}, (), 1, "block"),
        (shipped(status="Canceled"), (), 0, "warn"),
        (shipped(status="Canceled"), ("--fail-on", "warning"), 1, "warn"),
        (shipped(status="Canceled"), ("--fail-on", "error"), 0, "warn"),
        ({"text": "Hello."}, (), 0, "pass"),
        ({"text": "Hello."}, ("--strict",), 1, "review"),
        (shipped(status="Canceled"), ("--as-of", "2019-12-31"), 0, "pass"),
        (shipped(status="Canceled"), ("--as-of", "2020-01-01"), 0, "warn"),
        (shipped(category="low"), (), 1, "block"),
        (shipped(category="low"), ("--set", "anchor=high"), 0, "pass"),
        (shipped(category="high"), ("--set", "anchor=low", "--set", "anchor=high"), 1, "block"),
    ],
)
def test_the_status_follows_the_verdict(folder, record, options, status, verdict):
    result = check(write(folder, "a.json", record), *options, "--format", "jsonl")
    assert (result.status, json.loads(result.out)["verdict"], result.err) == (status, verdict, "")


def test_an_unusable_input_beats_a_finding_and_hides_nothing(folder):
    names = write(folder, "a.txt", "HURRY"), "missing.txt", write(folder, "c.json", "{"), write(folder, "d.txt", "Hi")
    result = check(*names)
    assert result.status == 2
    assert "a.txt  block" in result.out
    assert "d.txt  pass" in result.out
    assert "2 messages: 1 block, 1 pass; 1 error; 2 inputs could not be used" in result.out
    assert "missing.txt: there is no such file" in result.err
    assert "c.json:1:2: not JSON" in result.err


# check: formats


def test_text(folder):
    result = check(write(folder, "a.txt", "Hello,\nplease HURRY up"))
    assert result.status == 1
    assert "  a.txt:2:8  no-shouting  error\n" in result.out
    assert "    Shouts: HURRY.\n" in result.out
    assert "     2 | please HURRY up\n       |        ^^^^^\n" in result.out
    assert "    Instead: Write it calmly.\n" in result.out
    assert "    Policy: House Rules, policy.example, seen 2026-11" in result.out
    assert "    order.status is not known: no-canceled\n" in result.out


def test_jsonl_keeps_the_order_of_the_input(folder):
    lines = ['{"id": "a", "text": "HURRY"}', '{"id": "b", "txt": "x"}', "", "nonsense", '{"id": "e", "text": "Hi"}']
    result = check(write(folder, "in.jsonl", "\n".join(lines)), "missing.eml", "--format", "jsonl")
    records = [json.loads(line) for line in result.out.splitlines()]
    assert result.status == 2
    assert result.err == ""
    assert [record["source"] for record in records] == [
        {"file": "in.jsonl", "line": 1},
        {"file": "in.jsonl", "line": 2},
        {"file": "in.jsonl", "line": 4},
        {"file": "in.jsonl", "line": 5},
        {"file": "missing.eml"},
    ]
    assert [record.get("message_id") for record in records] == ["a", None, None, "e", None]
    assert all(record["schema"] == 1 for record in records)
    assert "'text'" in records[1]["error"]["hint"]


def test_json_is_an_array(folder):
    result = check(write(folder, "a.txt", "HURRY"), "missing.txt", "--format", "json")
    first, second = json.loads(result.out)
    assert Report.from_dict(first).violations[0].rule == "no-shouting"
    assert set(second) == {"schema", "error", "source"}


def test_json_is_utf8_whatever_the_terminal_is(folder):
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    argv = ["check", "--ruleset", "tiny.yaml", "--format", "jsonl", write(folder, "ü.txt", "HURRY")]
    assert main(argv, io.BytesIO(), out, io.StringIO()) == 1
    assert json.loads(raw.getvalue())["source"]["file"] == "ü.txt"


def test_the_language_of_messages(folder):
    result = check(write(folder, "a.txt", "HURRY"), "--lang", "de-AT")
    assert "Schreit: HURRY." in result.out
    assert "Write it calmly." in result.out  # there is no German text for it


def test_colour(folder):
    name = write(folder, "a.txt", "HURRY")
    assert "\x1b[" not in check(name).out
    assert "\x1b[" in check(name, "--color", "always").out


def test_standard_input(folder):
    result = check("-", stdin=b"please HURRY")
    assert result.status == 1
    assert "<stdin>:1:8  no-shouting" in result.out


def test_context(folder):
    csv = write(folder, "facts.csv", "id,order.status\nm-1,Canceled\n")
    name = write(folder, "a.json", {"id": "m-1", "text": "Hello"})
    result = check(name, "--context", csv, "--fail-on", "warning")
    assert (result.status, result.err) == (1, "")
    assert "The order is Canceled." in result.out


def test_context_that_fits_no_message_is_noted(folder):
    csv = write(folder, "facts.csv", "id,order.status\nm-2,Canceled\n")
    result = check(write(folder, "a.json", {"id": "m-1", "text": "Hello"}), "--context", csv)
    assert result.status == 0
    assert "facts.csv" in result.err


# check: calls that cannot be used


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ((), "say which command"),
        (("chekc", "a.txt"), "did you mean check?"),
        (("a.txt",), "msgpolicy check a.txt"),
        (("check",), "FILE"),
        (("check", "--frmat", "json", "a.txt"), "did you mean --format?"),
        (("check", "a.txt", "--format", "json", "b.txt"), "an option takes one value"),
        (("check", "--format", "sarfi", "a.txt"), "invalid choice: 'sarfi'"),
        (("check", "a.txt", "--set", "anchor"), "KEY=VALUE"),
        (("check", "a.txt", "--as-of", "2026-02-30"), "not in the calendar"),
        (("check", "a.txt", "--as-of", "yesterday"), "2026-11-01"),
        (("check", "a.txt", "--as-of", "2026-11-01T10:00:00"), "offset"),
        (("check", "a.txt", "--lang", "german!"), "language tag"),
        (("check", "a.txt", "--ruleset", "amazn"), "'amazon'"),
        (("check", "a.txt", "--ruleset", "nowhere.yaml"), "nowhere.yaml"),
        (("check", "a.txt", "--ruleset", "tiny.yaml", "--set", "ancor=low"), "'anchor'"),
        (("check", "a.txt", "--ruleset", "tiny.yaml", "--set", "anchor=middle"), "low, high"),
        (("check", "a.txt", "--ruleset", "tiny.yaml", "--context", "facts.csv"), "facts.csv: there is no such file"),
        (("explain", "no-shoutng", "--ruleset", "tiny.yaml"), "'no-shouting'"),
        (("explain",), "RULE"),
        (("rules", "nowhere.yaml"), "nowhere.yaml"),
        (("test", "nowhere.yaml"), "nowhere.yaml"),
        (("schema", "mesage"), "invalid choice"),
    ],
)
def test_a_call_that_cannot_be_used_says_how_to_mend_it(folder, argv, said):
    write(folder, "a.txt", "HURRY")
    result = run(*argv)
    assert (result.status, result.out) == (2, "")
    assert said in result.err
    assert "Traceback" not in result.err


def test_a_broken_ruleset_is_shown_with_its_place(folder):
    write(folder, "tiny.yaml", RULES.replace("severity: warning", "severity: warnng"))
    result = check(write(folder, "a.txt", "Hi"))
    line = RULES[: RULES.index("severity: warning")].count("\n") + 1
    assert result.status == 2
    assert f"tiny.yaml:{line}:" in result.err
    assert "^" in result.err


def test_arguments_are_not_written_raw(folder):
    result = run("check", "a.txt", "--as-of", "\x1b[31m\u202e")
    assert result.status == 2
    assert "\x1b" not in result.err
    assert "\u202e" not in result.err
    assert "\x1b" not in run("\x1b[31m").err


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11-01T10:00:00Z", datetime(2026, 11, 1, 10, tzinfo=UTC)),
        ("2026-11-01t10:00:00.5+01:00", datetime(2026, 11, 1, 10, 0, 0, 500_000, timezone(timedelta(hours=1)))),
    ],
)
def test_points_in_time(text, moment):
    assert parse(["check", "a.txt", "--as-of", text]).as_of == moment


def test_an_option_is_not_guessed_from_its_beginning():
    with pytest.raises(CallError):
        parse(["check", "a.txt", "--form", "json"])


# What goes wrong on our side


def broken_linter(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    from msgpolicy import commands

    class Broken(commands.Linter):
        def check(self, *args: Any, **kwargs: Any) -> Report:
            raise error

    monkeypatch.setattr(commands, "Linter", Broken)


def test_a_fault_is_one_line_with_nothing_of_the_message(folder, monkeypatch):
    broken_linter(monkeypatch, ValueError("HURRY secret"))
    result = check(write(folder, "a.txt", "HURRY secret"), "--format", "json")
    assert result.status == 2
    assert "secret" not in result.err + result.out
    assert result.err.count("\n") == 1
    assert "ValueError" in result.err
    assert "test_cli.py:" in result.err
    assert "report this line" in result.err
    assert json.loads(result.out) == []


def test_ctrl_c_is_quiet(folder, monkeypatch):
    broken_linter(monkeypatch, KeyboardInterrupt())
    assert check(write(folder, "a.txt", "Hi"), "--format", "jsonl") == (130, "", "")


LOST = """
import signal, time
import msgpolicy.__main__ as command

class Object:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

def main():
    try:
        Object()
        time.sleep(60)
        return 0
    except KeyboardInterrupt:
        return 130

command.main = main
command.run()
"""


def test_ctrl_c_while_an_object_is_taken_apart_is_not_lost():
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-c", LOST]
    result = subprocess.run(call, capture_output=True, text=True, timeout=120, env=env, check=False)
    assert (result.returncode, result.stderr) == (130, "")


class Closed(io.StringIO):
    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, text: str) -> int:
        raise self.error


def test_a_closed_pipe_is_quiet(folder):
    err = io.StringIO()
    argv = ["check", "--ruleset", "tiny.yaml", write(folder, "a.txt", "Hi")]
    assert main(argv, io.BytesIO(), Closed(BrokenPipeError()), err) == 141
    assert err.getvalue() == ""


def test_a_full_disk_is_said(folder):
    err = io.StringIO()
    argv = ["check", "--ruleset", "tiny.yaml", write(folder, "a.txt", "Hi")]
    assert main(argv, io.BytesIO(), Closed(OSError(28, "No space left on device")), err) == 2
    assert err.getvalue() == "msgpolicy: the output cannot be written: No space left on device\n"


# explain


def test_a_page_has_all_that_is_known(folder):
    result = run("explain", "quiet-please", "--ruleset", "tiny.yaml")
    assert (result.status, result.err) == (0, "")
    for said in (
        "no-shouting",
        "Shouts: {found}.",
        "Also called `quiet-please`",
        "Buyers are guests.",
        "Write it calmly.",
        "can be suppressed with a reason",
        "HURRY",
        "House Rules, policy.example, seen 2026-11 (high confidence)",
        "That capitals are shouting.",
        "applied at any time",
        'fails, for `"HURRY"`: `"Please HURRY up."`',
        'passes: `"Please hurry up."`',
    ):
        assert said in " ".join(result.out.split())


def test_a_page_tells_conditions_settings_and_revisions(folder):
    page = " ".join(run("explain", "no-canceled", "--ruleset", "tiny.yaml").out.split())
    assert "Where direction is seller_to_buyer." in page
    assert "`fires_when`: `order.status is Canceled`" in page
    assert "from 2020-01-01: `warning`" in page
    assert "applied at any time" not in page
    changed = run("explain", "by-anchor", "--ruleset", "tiny.yaml", "--set", "anchor=high").out
    assert "`fires_when`: `order.category is high`" in " ".join(changed.split())
    assert "`anchor` is high (default low); one of low, high. Which status counts." in " ".join(changed.split())
    assert "`anchor`" not in page


def test_a_rule_that_was_not_in_force(folder):
    page = run("explain", "no-canceled", "--ruleset", "tiny.yaml", "--as-of", "2019-05-01").out
    assert "It is not in force on 2019-05-01" in page


def test_a_page_in_markdown(folder):
    result = run("explain", "no-shouting", "--ruleset", "tiny.yaml", "--format", "markdown")
    lines = result.out.splitlines()
    assert lines[0] == "# no-shouting"
    assert "## Why" in lines
    assert "- can be suppressed with a reason" in lines


@pytest.mark.parametrize(
    ("record", "status", "said"),
    [
        (shipped(status="Canceled"), 0, ["It fires.", "yes: order.status is Canceled (order.status = Canceled)"]),
        (shipped(), 0, ["It does not fire: it is not so that order.status is Canceled."]),
        ({"text": "Hi"}, 0, ["not evaluated: order.status is not known", "not known: order.status is Canceled"]),
    ],
)
def test_what_a_rule_made_of_a_message(folder, record, status, said):
    result = run("explain", "no-canceled", "--ruleset", "tiny.yaml", "--message", write(folder, "a.json", record))
    assert (result.status, result.err) == (status, "")
    assert "yes: direction is seller_to_buyer (direction = seller_to_buyer)" in result.out
    for words in said:
        assert words in result.out


def test_a_message_that_fires_shows_the_place(folder):
    result = run("explain", "no-shouting", "--ruleset", "tiny.yaml", "--message", write(folder, "a.txt", "HURRY HURRY"))
    assert result.status == 1
    assert "It fires 2 times." in result.out
    assert "a.txt:1:7  no-shouting  error" in result.out


def test_a_message_to_explain_that_cannot_be_read(folder):
    result = run("explain", "no-shouting", "--ruleset", "tiny.yaml", "--message", "missing.txt")
    assert result.status == 2
    assert "there is no such file" in result.err


def test_a_folder_is_no_ruleset(folder):
    (folder / "rules.d").mkdir()
    for call in (
        ("rules", "./rules.d", "--origin"),
        ("test", "./rules.d"),
        ("check", "a.txt", "--ruleset", "./rules.d"),
    ):
        result = run(*call)
        assert result.status == 2
        assert "rules.d: it is a folder (name the ruleset file in it)" in result.err


# rules, test, schema


def test_the_list_of_rules(folder):
    result = run("rules", "tiny.yaml")
    assert result.status == 0
    assert "no-shouting  error    tone   Shouts: {found}.\n" in result.out
    assert "no-canceled  warning  order  The order is {order.status}.\n" in result.out
    assert "3 rules in tiny 1" in result.out


def test_the_list_of_rules_as_json(folder):
    rows = json.loads(run("rules", "tiny.yaml", "--format", "json", "--lang", "de").out)
    assert rows[0] == {
        "id": "no-shouting",
        "severity": "error",
        "group": "tone",
        "aliases": ["quiet-please"],
        "scopes": ["message"],
        "check": "pattern",
        "message": "Schreit: {found}.",
    }


def test_examples_that_hold(folder):
    result = run("test", "tiny.yaml")
    assert (result.status, result.err) == (0, "")
    assert "7 examples" in result.out


def test_an_example_that_does_not_hold(folder):
    write(folder, "tiny.yaml", RULES.replace("pass: Please hurry up.", "pass: Do HURRY up."))
    result = run("test", "tiny.yaml")
    line = RULES[: RULES.index("- pass: Please hurry up.")].count("\n") + 1
    assert result.status == 1
    assert f"tiny.yaml:{line}" in result.out
    assert "no-shouting" in result.out
    assert "HURRY" in result.out


@pytest.mark.parametrize("name", ["message", "report", "ruleset"])
def test_schemas_are_schemas(name):
    import jsonschema

    result = run("schema", name)
    assert (result.status, result.err) == (0, "")
    jsonschema.Draft202012Validator.check_schema(json.loads(result.out))


def test_the_schemas_fit_what_is_written(folder):
    import jsonschema

    message = {"text": "HURRY", "sent_at": "2026-11-01T10:00:00+01:00", "order": {"status": "Shipped"}}
    jsonschema.validate(message, json.loads(run("schema", "message").out))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**message, "txet": "x"}, json.loads(run("schema", "message").out))
    report = json.loads(check(write(folder, "a.json", message), "--format", "jsonl").out)
    jsonschema.validate(report, json.loads(run("schema", "report").out))


# help


@pytest.mark.parametrize("command", ["check", "fix", "explain", "rules", "test", "schema"])
def test_every_command_has_help_with_examples(command):
    overview, result = run("--help"), run(command, "--help")
    assert (overview.status, result.status) == (0, 0)
    assert f"    {command} " in overview.out
    assert f"msgpolicy {command} " in result.out
    assert "examples:" in result.out
    assert result.err == ""
    assert (overview.out + result.out).isascii()  # for every terminal


def test_no_arguments_show_the_help():
    result = run()
    assert (result.status, result.out) == (2, "")
    assert "\n    check " in result.err


def test_the_version():
    from msgpolicy import __version__

    assert run("--version") == (0, f"msgpolicy {__version__}\n", "")


# As a process of its own


def process(*argv: str, **options: Any) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "msgpolicy", *argv], capture_output=True, text=True, timeout=120, env=env, **options
    )


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom msgpolicy.cli import main\nmain(['check', '--help'])\n"
        "print(*[name for name in sys.modules if name.split('.')[0] in "
        "('msgpolicy', 'msgspec', 'regex', 'yaml', 'turbohtml', 'ahocorasick_rs', 'phonenumbers')], file=sys.stderr)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=env)
    assert result.returncode == 0
    light = (
        "_version",
        "audit_command",
        "diff_command",
        "serve_command",
        "arguments",
        "help_texts",
        "cli",
        "call",
        "reporters",
        "reporters.formats",
        "mail_options",
        "milter_command",
        "smtp_command",
    )
    assert set(result.stderr.split()) == {"msgpolicy", *(f"msgpolicy.{name}" for name in light)}


def test_the_formats_offered_are_those_that_are_read():
    from msgpolicy.inputs import INPUT_FORMATS

    for name in INPUT_FORMATS:
        assert parse(["check", "a", "--input-format", name]).input_format == name
    with pytest.raises(CallError, match=", ".join(repr(name) for name in INPUT_FORMATS)):
        parse(["check", "a", "--input-format", "mbox"])


def test_a_process_reads_standard_input_and_gives_its_status(folder):
    result = process("check", "-", "--ruleset", "tiny.yaml", "--format", "jsonl", input='{"text": "HURRY"}\n')
    assert result.returncode == 1
    assert json.loads(result.stdout)["verdict"] == "block"
    assert result.stderr == ""


def test_a_process_in_an_ascii_terminal(folder):
    env = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    (folder / "a.txt").write_text("Grüße aus Köln, HURRY", encoding="utf-8")
    result = process("check", "a.txt", "--ruleset", "tiny.yaml", env=env)
    assert result.returncode == 1
    assert "Gr\\xfc\\xdfe aus K\\xf6ln, HURRY" in result.stdout
    assert "Traceback" not in result.stderr


def test_each_line_of_standard_input_is_answered_at_once(folder):
    command = [sys.executable, "-m", "msgpolicy", "check", "-", "--ruleset", "tiny.yaml", "--format", "jsonl"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (1, 2):
            process.stdin.write(b'{"text": "Hello"}\n')
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["source"]["line"] == number
        process.stdin.close()
        assert process.wait(60) == 0


def test_a_hostile_message_is_explained_without_acting_on_the_terminal(folder):
    record = {"text": "HURRY \x1b[31m\u202e", "order": {"status": "\x1b[31m\u202exyz", "category": "\x1b\u202e"}}
    name = write(folder, "a.json", record)
    for rule in ("no-shouting", "no-canceled", "by-anchor"):
        for form in ("text", "markdown"):
            result = run("explain", rule, "--ruleset", "tiny.yaml", "--message", name, "--format", form)
            assert result.out
            assert not {"\x1b", "\u202e"} & set(result.out + result.err)


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that closes early")
def test_a_process_whose_reader_leaves_is_quiet(folder):
    lines = '{"text": "Hello"}\n' * 3000
    (folder / "in.jsonl").write_text(lines)
    command = f'"{sys.executable}" -m msgpolicy check in.jsonl --ruleset tiny.yaml --format jsonl | head -n 1'
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=120, env=env)
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""


# The shipped ruleset, end to end

GIFT = """\
From: Shop <service@shop.example>
To: a1b2c3d4@marketplace.amazon.de
Subject: Order 305-1234567-1234567
Message-ID: <gift@shop.example>
Date: Sun, 01 Nov 2026 10:00:00 +0100
Content-Type: text/plain; charset=utf-8

Write a review and get a $10 gift card.
Questions? Call +49 30 901820.
"""


def test_a_bad_mail_is_blocked_with_places(folder):
    result = run("check", write(folder, "gift.eml", GIFT))
    assert (result.status, result.err) == (1, "")
    lines = result.out.splitlines()
    assert lines[0] == "gift.eml  block"
    phone = next(index for index, line in enumerate(lines) if "gift.eml text:2:17  phone-number  error" in line)
    column = lines[phone + 2].index("+49")
    assert lines[phone + 3].index("^") == column
    assert any("review-incentive  error" in line for line in lines)
    assert "order.completed_at is not known: contact-window-expired" in " ".join(result.out.split())


def test_facts_of_the_order_come_from_the_context(folder):
    csv = write(
        folder,
        "orders.csv",
        "order.id,order.status,order.completed_at\n" + ("305-1234567-1234567,Canceled,2026-09-01T00:00:00Z\n"),
    )
    result = run("check", write(folder, "gift.eml", GIFT), "--context", csv, "--format", "jsonl")
    report = Report.from_json(result.out)
    assert {"order-canceled", "contact-window-expired"} <= {found.rule for found in report.violations}
    assert "contact-window-expired" not in {entry.rule for entry in report.not_evaluated}


def test_what_the_policy_was_at_a_time(folder):
    name = write(folder, "gift.eml", GIFT)
    result = run("explain", "contact-window-expired", "--message", name, "--as-of", "2020-01-01")
    assert result.status == 0
    assert "It does not fire: it is not so that the rule is in force." in result.out


def test_the_ruleset_lists_itself(folder):
    result = run("rules")
    assert result.status == 0
    assert "phone-number " in result.out
    assert run("explain", "phone-number").status == 0
