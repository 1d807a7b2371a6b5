from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.inputs import Draft, InputError, Trouble
from msgpolicy.report import Location, NotEvaluated, Report, Source
from msgpolicy.reporters.display import Terminal
from msgpolicy.reporters.github import GithubReporter
from tests.sample_reports import draft, report, violation

Item = tuple[Draft, Report] | InputError | tuple[str, Source | None]


def lines_of(*items: Item) -> list[str]:
    out = io.StringIO()
    with GithubReporter(Terminal(out)) as reporter:
        for item in items:
            if isinstance(item, InputError):
                reporter.error(item)
            elif isinstance(item[0], Draft):
                reporter.report(*item)
            else:
                reporter.notice(*item)
    text = out.getvalue()
    assert text == "" or text.endswith("\n")
    return text.split("\n")[:-1]


def as_the_runner_reads(line: str) -> tuple[str, dict[str, str], str]:
    """Command, properties and message, as the runner's ActionCommand.TryParseV2 takes a line apart."""
    assert line.startswith("::")
    end = line.index("::", 2)
    command, _, listed = line[2:end].partition(" ")
    properties = dict(item.split("=", 1) for item in listed.split(","))

    def unescaped(text: str, codes: tuple[str, ...]) -> str:
        for code in codes:
            text = text.replace(code, chr(int(code[1:], 16)))
        return text.replace("%25", "%")

    values = {name: unescaped(value, ("%0D", "%0A", "%3A", "%2C")) for name, value in properties.items()}
    return command, values, unescaped(line[end + 2 :], ("%0D", "%0A"))


def test_a_violation_is_an_annotation_at_its_place():
    text = "Hello,\ncall 0100\n0200 now"
    (line,) = lines_of((draft(text), report(violation(text, "0100\n0200"))))
    assert line == (
        "::error file=a.txt,line=2,col=6,endLine=3,endColumn=5,title=phone-number::"
        "Gives a phone number. Instead: Leave it out."
    )


@pytest.mark.parametrize(("severity", "command"), [("error", "error"), ("warning", "warning"), ("info", "notice")])
def test_levels(severity, command):
    (line,) = lines_of((draft("x"), report(violation("x", "x", severity=severity))))
    assert line.startswith(f"::{command} file=a.txt,")


def test_a_part_inside_a_file_is_named_in_the_text():
    location = Location(part="html", start=5, end=9, line=3, column=2)
    item = draft("x", part=None, file="in.jsonl", line=7), report(violation("x", "x", location=location))
    assert lines_of(item) == [
        "::error file=in.jsonl,line=7,title=phone-number::html:3:2: Gives a phone number. Instead: Leave it out."
    ]
    item = draft("x", part=None, file="a.eml"), report(violation("x", "x", location=Location(part="order.status")))
    assert lines_of(item)[0].startswith("::error file=a.eml,title=phone-number::order.status: Gives")


def test_standard_input_has_no_file():
    (line,) = lines_of((draft("x", file="<stdin>"), report(violation("x", "x"))))
    assert "file=" not in line


def test_what_is_not_active_is_not_shown():
    gone = violation("x", "x", status="suppressed")
    known = violation("x", "x", status="baselined")
    assert lines_of((draft("x"), report(gone, known))) == []


def test_what_needs_a_person_is_an_error_and_what_lacks_a_fact_is_nothing():
    crash = NotEvaluated(rule="a", why="crash")
    lacking = NotEvaluated(rule="b", why="missing", needs=("order.status",))
    outside = NotEvaluated(rule="*", why="not-covered", detail="the ruleset does not cover channel web")
    assert lines_of((draft("x"), report(not_evaluated=(crash,)))) == [
        "::error file=a.txt,title=a person has to look::a: the check failed, a person has to look"
    ]
    assert lines_of((draft("x"), report(not_evaluated=(lacking,)))) == []
    assert lines_of((draft("x"), report(not_evaluated=(lacking,), strict=True))) == [
        "::warning file=a.txt,title=not judged::b: order.status is not known"
    ]
    assert lines_of((draft("x"), report(not_evaluated=(outside,)))) == [
        "::notice file=a.txt,title=not judged::all rules: the ruleset does not cover channel web"
    ]


def test_an_unusable_input_and_a_notice():
    error = InputError("in.json", [Trouble("unknown key", "did you mean 'text'?", 3, 4, "txet"), Trouble("is empty")])
    assert lines_of(error, ("nothing used it", Source(file="exceptions.yaml", line=4)), ("odd", None)) == [
        "::error file=in.json,line=3,col=4,title=unusable input::txet: unknown key (did you mean 'text'?)",
        "::error file=in.json,line=3,title=unusable input::is empty",
        "::warning file=exceptions.yaml,line=4,title=msgpolicy::nothing used it",
        "::warning title=msgpolicy::odd",
    ]
    assert lines_of(InputError("<stdin>", [Trouble("nothing came in")])) == [
        "::error title=unusable input::<stdin>: nothing came in"
    ]


HOSTILE = "a\n::set-output name=x::y\r\n::stop-commands::z\u2028##[error]\x1b[2J%0A::add-mask::,b=c"


def test_no_message_can_give_the_runner_a_command():
    found = violation("x", "x", message=HOSTILE, suggestion=HOSTILE, rule=HOSTILE, location=Location(part=HOSTILE))
    entry = NotEvaluated(rule=HOSTILE, why="crash", needs=(HOSTILE,), detail=HOSTILE)
    lines = lines_of(
        (draft("x", file=HOSTILE), report(found, not_evaluated=(entry,))),
        InputError(HOSTILE, [Trouble(HOSTILE, HOSTILE, path=HOSTILE)]),
        (HOSTILE, Source(file=HOSTILE)),
    )
    assert len(lines) == 4
    for line in lines:
        command, properties, message = as_the_runner_reads(line)
        assert command in ("error", "warning")
        assert set(properties) <= {"file", "title"}
        assert line.isprintable()
        assert "%0A::add-mask::,b=c" in message


def test_properties_are_escaped_and_read_back():
    (line,) = lines_of((draft("x", file="50%, a:b.txt"), report(violation("x", "x", message="50% :: a, b"))))
    assert "file=50%25%2C a%3Ab.txt," in line
    command, properties, message = as_the_runner_reads(line)
    assert (command, properties["file"]) == ("error", "50%, a:b.txt")
    assert message.startswith("50% :: a, b Instead")


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_gives_one_line_that_starts_with_our_command(text, file):
    found = violation("x", "x", message=text, suggestion=text)
    items = [(draft("x", file=file or "a"), report(found)), InputError(file or "a", [Trouble(text, text)])]
    for item in items:
        (line,) = lines_of(item)
        assert len((line + "x").splitlines()) == 1
        command, properties, _ = as_the_runner_reads(line)
        assert command == "error"
        assert set(properties) <= {"file", "line", "col", "endLine", "endColumn", "title"}
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", line)


def test_a_log_without_unicode_gets_escapes():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
    with GithubReporter(Terminal(stream)) as reporter:
        reporter.report(draft("x"), report(violation("x", "x", message="Grüße.")))
    assert b"Gr\\xfc\\xdfe." in stream.buffer.getvalue()
