from __future__ import annotations

import io
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.inputs import Draft, InputError, Trouble
from msgpolicy.report import Location, NotEvaluated, Policy, Report, Source
from msgpolicy.reporters.display import Terminal, excerpt, width_of
from msgpolicy.reporters.json import JsonReporter
from msgpolicy.reporters.jsonl import JsonlReporter
from msgpolicy.reporters.text import TextReporter, not_evaluated_lines
from tests.sample_reports import draft, report, violation


def ascii_stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="strict", write_through=True)


def written(*items: tuple[Draft, Report] | InputError, color: bool = False, width: int = 100) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    with TextReporter(Terminal(out, color=color, width=width), Terminal(err)) as reporter:
        for item in items:
            if isinstance(item, InputError):
                reporter.error(item)
            else:
                reporter.report(*item)
    return out.getvalue(), err.getvalue()


# Text


def test_a_violation_is_shown_with_place_line_and_source():
    text = "Hello,\ncall +1 206 555 0100 now\nbye"
    out, err = written((draft(text), report(violation(text, "+1 206 555 0100"))))
    assert out == (
        "a.txt  block\n"
        "\n"
        "  a.txt:2:6  phone-number  error\n"
        "    Gives a phone number.\n"
        "     2 | call +1 206 555 0100 now\n"
        "       |      ^^^^^^^^^^^^^^^\n"
        "    Instead: Leave it out.\n"
        "    Policy: Communication Guidelines, policy.example, seen 2026-11\n"
        "\n"
        "1 message: 1 block; 1 error\n"
    )
    assert err == ""


def test_the_part_is_named_where_it_is_not_the_file():
    text = "call 0100"
    out, _ = written((draft(text, part=None, line=7, file="in.jsonl"), report(violation(text, "0100"))))
    assert "in.jsonl:7  block\n" in out
    assert "in.jsonl:7 text:1:6  phone-number  error\n" in out


def test_what_is_absent_has_a_field_and_no_line():
    found = violation("x", "x", location=Location(part="order.status"), excerpt=None)
    out, _ = written((draft("x"), report(found)))
    assert "a.txt order.status  phone-number" in out
    assert "|" not in out


def test_an_attachment_shows_its_excerpt_and_page():
    location = Location(part="attachments[0]", start=5, end=9, line=3, column=2, page=4)
    out, _ = written((draft("x"), report(violation("0100", "0100", location=location))))
    assert "a.txt attachments[0] page 4:3:2  phone-number" in out
    assert "| 0100" in out


def test_confidence_and_doubtful_sources_are_said():
    policy = Policy(title="T", site="s.example", confidence="low")
    out, _ = written((draft("x"), report(violation("x", "x", confidence=0.85, policy=policy))))
    assert "Policy: T, s.example (low confidence in the source); confidence 0.85" in out


def test_only_active_violations_are_shown_and_all_are_counted():
    kept = violation("x", "x", rule="kept", severity="warning")
    gone = violation("x", "x", rule="gone", status="suppressed")
    out, _ = written((draft("x"), report(kept, gone)), (draft("y"), report()))
    assert "gone" not in out
    assert out.endswith("2 messages: 1 warn, 1 pass; 1 warning, 1 suppressed\n")


def test_what_was_not_evaluated_is_grouped_by_what_is_missing():
    entries = (
        NotEvaluated(rule="a", why="missing", needs=("order.status",)),
        NotEvaluated(rule="b", why="missing", needs=("order.status", "sent_at")),
        NotEvaluated(rule="c", why="missing", needs=("order.status",)),
        NotEvaluated(rule="c", why="missing", needs=("order.status",)),
        NotEvaluated(rule="d", why="crash", detail="KeyError in check d"),
        NotEvaluated(
            rule="*", why="not-covered", needs=("channel",), detail="the ruleset test does not cover channel web"
        ),
    )
    out, _ = written((draft("x"), report(not_evaluated=entries)))
    assert out == (
        "a.txt  review\n"
        "\n"
        "  Not evaluated:\n"
        "    the check failed, a person has to look (KeyError in check d): d\n"
        "    order.status is not known: a, c\n"
        "    order.status, sent_at are not known: b\n"
        "    the ruleset test does not cover channel web: all rules\n"
        "\n"
        "1 message: 1 review\n"
    )


@pytest.mark.parametrize(
    "why",
    ["missing", "not-installed", "undetermined", "not-covered", "timeout", "crash", "unreadable", "too-large"],
)
def test_every_reason_has_words(why):
    (head, line) = not_evaluated_lines([NotEvaluated(rule="some-rule", why=why)], Terminal(io.StringIO()))
    assert head == "Not evaluated:"
    assert line.endswith(": some-rule")
    assert why not in line.split(":")[0] or why == "missing"


def test_long_lists_of_rules_are_wrapped():
    entries = [NotEvaluated(rule=f"some-long-rule-{n}", why="missing", needs=("order.status",)) for n in range(30)]
    lines = not_evaluated_lines(entries, Terminal(io.StringIO(), width=60))
    assert len(lines) > 5
    assert all(len(line) <= 60 for line in lines)
    assert "".join(lines).count("some-long-rule") == 30


def test_errors_go_to_the_other_stream_and_into_the_sum():
    troubles = [Trouble("unknown key", "did you mean 'text'?", 3, 4, "txet"), Trouble("is empty", line=5)]
    out, err = written((draft("x"), report()), InputError("in.json", troubles))
    assert err == "error: in.json:3:4: txet: unknown key (did you mean 'text'?)\nerror: in.json:5: is empty\n"
    assert out == "a.txt  pass\n1 message: 1 pass; 1 input could not be used\n"


def test_no_message_at_all():
    assert written() == ("0 messages\n", "")


def test_colour_is_where_it_is_asked_for():
    text = "call 0100"
    item = (draft(text), report(violation(text, "0100")))
    plain, _ = written(item)
    colored, _ = written(item, color=True)
    assert "\x1b" not in plain
    assert "\x1b[31m" in colored
    import re

    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


HOSTILE = "a\x1b[31mred\u202egnp.exe\u2066b\u200bc\x07d\x9b2Je\u2028f\ufe0fg\U000e0041h"


def test_nothing_in_a_message_reaches_the_terminal_raw():
    found = violation(HOSTILE, HOSTILE, message=f"Says {HOSTILE}.", suggestion=f"Not {HOSTILE}\n.")
    policy = Policy(title=HOSTILE, site=HOSTILE, seen=HOSTILE)
    entry = NotEvaluated(rule=HOSTILE, why="crash", needs=(HOSTILE,), detail=HOSTILE)
    items = (
        draft(HOSTILE, file=f"{HOSTILE}.txt"),
        report(
            found,
            violation("x", "x", policy=policy),
            violation("x", "x", location=Location(part=HOSTILE, start=0, end=1), excerpt=HOSTILE),
            not_evaluated=(entry,),
        ),
    )
    out, err = written(items, InputError(HOSTILE, [Trouble(HOSTILE, HOSTILE, path=HOSTILE)]))
    for char in out + err:
        assert char == "\n" or (unicodedata.category(char)[0] not in "C" and char not in "\u2028\ufe0f"), ascii(char)
    assert "\\u202e" in out
    assert "\\x1b" in out
    assert "\\u202e" in err


def test_an_ascii_terminal_gets_escapes_and_no_error():
    text = "Grüße, ruf an: 0100 日本 " + "ü" * 200
    stream = ascii_stream()
    with TextReporter(Terminal(stream), Terminal(stream)) as reporter:
        reporter.report(draft(text, file="ü.txt"), report(violation(text, "0100", message="Telefon — nein.")))
        reporter.error(InputError("ö", [Trouble("ä")]))
    lines = stream.buffer.getvalue().decode("ascii").split("\n")
    line = next(line for line in lines if "|" in line)
    pointer = lines[lines.index(line) + 1]
    assert line[pointer.index("^") :].startswith("0100")
    assert line.endswith("...")
    assert "\\u2014" in "".join(lines)


# The line and the pointer under it


def columns_under(shown: str, pointer: str) -> str:
    """What stands above the signs of a pointer, by the width of each code point."""
    start, count = pointer.index("^"), pointer.count("^")
    out, column = "", 0
    for char in shown:
        width = 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if start <= column < start + count or (out and not width):
            out += char
        column += width
    return out


@pytest.mark.parametrize(
    ("text", "found", "shown"),
    [
        ("call 0100 now", "0100", "0100"),
        ("\tcall\t0100", "0100", "0100"),
        ("お電話は 0100 まで", "0100", "0100"),
        ("電話０１００番", "０１００", "０１００"),
        ("cafe\u0301 0100", "0100", "0100"),
        ("cafe\u0301 0100", "cafe\u0301", "cafe\u0301"),
        ("a\u200bb 0100", "0100", "0100"),
        ("a 01\u200b00 b", "01\u200b00", "01\\u200b00"),
        ("👍 0100", "0100", "0100"),
        ("one\r\ntwo 0100\r\nthree", "0100", "0100"),
        ("one\rtwo 0100\rthree", "0100", "0100"),
        ("prix\u00a0: 0100", "0100", "0100"),
    ],
)
def test_the_pointer_stands_under_the_place(text, found, shown):
    start = text.index(found)
    line, pointer = excerpt(Terminal(io.StringIO()), text, start, start + len(found), 80)
    assert columns_under(line, pointer) == shown


@pytest.mark.parametrize("wide", ["x", "電"])
@pytest.mark.parametrize(("before", "after"), [(0, 500), (500, 0), (500, 500), (3, 500), (500, 3)])
def test_long_lines_are_cut_around_the_place(wide, before, after):
    text = "\n" + wide * before + "0100" + wide * after + "\nnext"
    start = text.index("0100")
    line, pointer = excerpt(Terminal(io.StringIO()), text, start, start + 4, 60)
    assert columns_under(line, pointer) == "0100"
    assert line.startswith("…") == (before == 500)
    assert line.endswith("…") == (after == 500)
    terminal = Terminal(io.StringIO())
    assert 55 <= width_of(terminal.cells(line)) <= 62


def test_a_span_over_several_lines_points_to_its_first():
    text = "one two\nthree"
    assert excerpt(Terminal(io.StringIO()), text, 4, 13, 60) == ("one two…", "    ^^^")


def test_a_span_longer_than_the_line_is_cut():
    line, pointer = excerpt(Terminal(io.StringIO()), "a" + "b" * 500, 1, 501, 60)
    assert line.count("b") == pointer.count("^") <= 60
    assert line.endswith("…")


def test_an_empty_span_has_one_sign():
    assert excerpt(Terminal(io.StringIO()), "abc", 1, 1, 60) == ("abc", " ^")


def test_marks_piled_on_a_letter_are_written_out():
    terminal = Terminal(io.StringIO())
    assert terminal.safe("e" + "\u0301" * 50).count("\\u0301") == 46
    assert terminal.safe("\u0301a") == "\\u0301a"


def test_a_huge_line_costs_no_more_than_its_neighbourhood():
    class Watched(str):
        """Gives slices, counts what is taken, and knows no search of the whole."""

        taken = 0

        def __getitem__(self, key: Any) -> str:
            part = super().__getitem__(key)
            Watched.taken += len(part)
            return part

        find = rfind = index = rindex = count = split = splitlines = partition = __iter__ = None

    text = Watched("x" * 5_000_000)
    found = excerpt(Terminal(io.StringIO()), text, 1_000_000, 1_000_010, 80)
    assert "x" * 10 in found.line
    assert 0 < Watched.taken < 1000


@given(st.text(max_size=40), st.data(), st.integers(10, 60))
def test_any_text_gives_one_line_with_the_pointer_within(text, data, columns):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    terminal = Terminal(io.StringIO())
    line, pointer = excerpt(terminal, text, start, end, columns)
    assert len((line + "x").splitlines()) == 1
    assert pointer.strip(" ").strip("^") == ""
    assert len(pointer) <= columns + 2
    assert all(char.isprintable() or unicodedata.category(char) in ("Mn", "Me") for char in line)


# JSON and JSON Lines

TROUBLE = Trouble("unknown key", "did you mean 'text'?", 3, 4, "txet")


def test_json_is_one_array_in_order():
    out = io.BytesIO()
    with JsonReporter(out.write) as reporter:
        reporter.report(draft("ü"), report(violation("ü", "ü"), source=Source(file="a.txt")))
        reporter.error(InputError("in.json", [TROUBLE]))
    first, second = json.loads(out.getvalue())
    assert first["violations"][0]["excerpt"] == "ü"
    assert first["source"]["file"] == "a.txt"
    assert second == {
        "schema": 1,
        "error": {
            "why": "txet: unknown key",
            "hint": "did you mean 'text'?",
            "problems": [
                {"path": "txet", "message": "unknown key", "hint": "did you mean 'text'?", "line": 3, "column": 4}
            ],
        },
        "source": {"file": "in.json", "line": 3},
    }


def test_an_empty_array():
    out = io.BytesIO()
    with JsonReporter(out.write):
        pass
    assert json.loads(out.getvalue()) == []


def test_the_array_is_closed_when_something_breaks():
    out = io.BytesIO()
    reporter = JsonReporter(out.write)

    def judge() -> None:
        with reporter:
            reporter.report(draft("x"), report())
            raise KeyError

    with pytest.raises(KeyError):
        judge()
    assert len(json.loads(out.getvalue())) == 1


def test_jsonl_is_one_line_each_flushed_at_once():
    out = io.BytesIO()
    flushed = []
    with JsonlReporter(out.write, lambda: flushed.append(out.tell())) as reporter:
        reporter.report(draft("a\nb\u2028"), report(violation("a\nb\u2028", "a\nb\u2028")))
        reporter.error(InputError("in.json", [TROUBLE]))
    lines = out.getvalue().split(b"\n")
    assert [sorted(json.loads(line))[0] for line in lines[:-1]] == ["message_id", "error"]
    assert lines[-1] == b""
    assert flushed == [len(lines[0]) + 1, len(out.getvalue())]


def test_a_report_read_back_is_the_same():
    out = io.BytesIO()
    original = report(violation("call 0100", "0100"), not_evaluated=(NotEvaluated(rule="a", why="missing"),))
    with JsonlReporter(out.write) as reporter:
        reporter.report(draft("call 0100"), original)
    assert Report.from_json(out.getvalue()) == original
