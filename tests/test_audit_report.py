"""The page of an audit: what it counts and groups, what it tells of what it leaves out; all on it is text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

import html5lib
from bs4 import BeautifulSoup

from msgpolicy.audit.report import write_report
from msgpolicy.audit.report.figures import over_time
from msgpolicy.audit.report.frames import frame_of
from msgpolicy.audit.report.groups import MOST_MESSAGES, groups, make_groups
from msgpolicy.audit.report.page import percent
from msgpolicy.audit.report.response_times import ResponseTimes, length, response_times
from msgpolicy.audit.report.tables import open_tables
from tests.audit_folder import FILE, Row, asked, example, found, linter, message, time, write_tables

HOSTILE = "</code></details><script>document.title='owned'</script><img src=x onerror=alert(1)>\u202e\x00&amp;"


def page(out: Path, tables: Mapping[str, Sequence[Row]], *, files: int = 1, **options: Any) -> BeautifulSoup:
    """The page as a browser reads it; every test sees that it is valid HTML."""
    write_tables(out, tables, files=files)
    text = Path(write_report(str(out), asked(**options), linter())).read_text("utf-8")
    html5lib.HTMLParser(strict=True).parse(text)
    return BeautifulSoup(text, "html.parser")


def table(soup: BeautifulSoup, caption: str) -> list[list[str]]:
    """The cells of a table, row by row, without its head."""
    for found_table in soup.find_all("table"):
        if caption in found_table.caption.get_text():
            return [
                [cell.get_text() for cell in row.find_all(["th", "td"])] for row in found_table.tbody.find_all("tr")
            ]
    raise AssertionError(caption)


def section(soup: BeautifulSoup, name: str) -> str:
    return str(soup.find("section", attrs={"aria-labelledby": name}).get_text(" "))


def test_counts_add_up(tmp_path: Path) -> None:
    soup = page(
        tmp_path,
        {
            "messages": [message(1, "block"), message(2, "warn"), message(3), message(4), message(5, "review")],
            "violations": [
                found(1),
                found(1, "email-address"),
                found(2, "tone", severity="warning"),
                found(3, status="suppressed"),
                found(4, "late-reply", severity="warning", scope="conversation"),
            ],
            "rejected": [{"file": FILE, "position": "line 9", "why": "not JSON", "number": 9}],
        },
    )
    told = " ".join(section(soup, "summary").replace(";", " ; ").split())
    assert "6 records read = 5 judged + 1 rejected" in told
    assert "2 errors, 2 warnings, 0 for information ; 1 of them by comparing" in told
    assert "1 by exceptions, 0 as false alarms" in told
    assert [item.b.get_text() for item in soup.find(class_="counts").find_all("li")] == ["1", "1", "1", "2"]
    rules = {row[0]: row for row in table(soup, "Findings by rule")}
    assert rules["phone-number"][1:] == ["one message", "1", "0", "0", "1", "1", "20.0 %"]
    assert rules["late-reply"][1:] == ["several messages", "0", "1", "0", "0", "1", "20.0 %"]
    assert "line 9" in section(soup, "unjudged")


def test_an_audit_of_nothing(tmp_path: Path) -> None:
    soup = page(tmp_path, {})
    assert "0 records read = 0 judged + 0 rejected" in section(soup, "summary")
    assert not soup.find_all("article")


def test_nothing_from_outside_is_markup(tmp_path: Path) -> None:
    hostile = dict.fromkeys(("sender", "language", "marketplace", "message_id", "channel", "kind"), HOSTILE)
    soup = page(
        tmp_path,
        {
            "messages": [message(1, "block", **hostile), message(2, template="t2")],
            "violations": [
                found(1, message=HOSTILE, suggestion=HOSTILE, excerpt=HOSTILE, part=HOSTILE, fingerprint=HOSTILE),
                found(1, "late-reply", scope="conversation", message=HOSTILE, excerpt=HOSTILE),
            ],
            "not_evaluated": [{"file": FILE, "number": 1, "rule": HOSTILE, "why": "missing", "needs": [HOSTILE]}],
            "rejected": [{"file": HOSTILE, "position": HOSTILE, "why": HOSTILE, "hint": HOSTILE}],
            "shown": [
                example(1, HOSTILE, subject=HOSTILE),
                example(2, HOSTILE, "sample", subject=HOSTILE, draw=1),
            ],
        },
        settings={"x": HOSTILE},
    )
    assert not soup.find_all(["script", "img", "iframe", "object", "embed", "link[href^=http]"])
    assert not [tag for tag in soup.find_all() if any(name.startswith("on") or name == "style" for name in tag.attrs)]
    text = soup.get_text()
    assert "\u202e" not in text
    assert "\x00" not in text
    assert "document.title='owned'" in text
    policy = soup.find("meta", attrs={"http-equiv": True})["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_the_same_tables_give_the_same_page(tmp_path: Path) -> None:
    tables = {
        "messages": [message(n, "block", template=f"t{n % 7}", sender=f"s{n % 3}") for n in range(1, 60)],
        "violations": [found(n, f"rule-{n % 4}") for n in range(1, 60)],
    }
    made = []
    for files in (1, 3):
        write_tables(tmp_path / str(files), tables, files=files)
        text = Path(write_report(str(tmp_path / str(files)), asked(), linter())).read_text("utf-8")
        made.append(text if files == 1 else text.replace("0 to 00002.parquet", "0.parquet").replace("0 and 00001", "0"))
    write_report(str(tmp_path / "1"), asked(), linter())
    assert Path(tmp_path / "1" / "report.html").read_text("utf-8") == made[0]
    # Dealt out to other files, all but the names of the files is the same.
    assert [line for line in made[0].splitlines() if "parquet" not in line] == [
        line for line in made[1].splitlines() if "parquet" not in line
    ]


# --- groups -----------------------------------------------------------------------------------------------------------


def grouped(out: Path, tables: Mapping[str, Sequence[Row]]) -> list[Row]:
    write_tables(out, tables)
    with open_tables(str(out)) as opened:
        make_groups(opened)
        return groups(opened)


def letter(product: str, name: str = "Anna") -> str:
    return f"Dear {name}, your {product} is on its way to you. Please write to us at our own address if it is late."


def test_templates_that_differ_in_a_name_are_one_group_and_the_largest_comes_first(tmp_path: Path) -> None:
    made = grouped(
        tmp_path,
        {
            "messages": [message(n, "block", template=t) for n, t in enumerate(("t1", "t2", "t3", "t3", "t5"), 1)],
            "violations": [found(n) for n in (1, 2, 3, 4)] + [found(5, "tone", severity="warning")],
            "shown": [
                example(1, letter("Falcon Lamp")),
                example(2, letter("River Mug", "Zoe")),
                example(3, "We are sorry. Call us on this number, whenever you want to."),
                example(5, letter("Falcon Lamp")),
            ],
        },
    )
    assert [(group["messages"], group["templates"]) for group in made] == [(2, 2), (2, 1), (1, 1)]
    assert [group["example"]["number"] for group in made] == [1, 3, 5]
    # The same words with another rule broken are another group: they are mended otherwise.
    assert [rule["rule"] for rule in made[2]["rules"]] == ["tone"]
    assert [group["template_group"] for group in made] == [1, 2, 3]


def test_a_difference_in_other_words_keeps_groups_apart(tmp_path: Path) -> None:
    made = grouped(
        tmp_path,
        {
            "messages": [message(1, "block"), message(2, "block")],
            "violations": [found(1), found(2)],
            "shown": [example(1, letter("lamp")), example(2, letter("mug"))],
        },
    )
    assert [group["messages"] for group in made] == [1, 1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Your River Mug is on its way to you now.", "Your Falcon Lamp 2 is on its way to you now.", True),
        ("Hello Zoë, this is what we have to say.", "Hello Anna, this is what we have to say.", True),
        ("Here it is: order ••• of the day, as asked.", "Here it is: order 77 of the day, as asked.", True),
        ("This is what we have to say.", "This is not what we have to say.", False),
        ("Call us when it is late, please do.", "Write us when it is late, please do.", False),
        ("All of this is late. Wait for us, please.", "All of this is late. Call for us, please.", False),
    ],
)
def test_names_and_numbers_are_left_out_of_frames_and_nothing_else(one: str, other: str, same: bool) -> None:
    assert frame_of(one) is not None
    assert (frame_of(one) == frame_of(other)) is same


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello Anna",
        "BUY THE NEW FALCON LAMP TODAY",
        "请写信给我们。谢谢！",
        "•••••• ••• 12 34",
        "Four words are few",
    ],
)
def test_where_too_little_is_left_nothing_is_compared(text: str) -> None:
    assert frame_of(text) is None


def test_what_is_set_aside_or_for_information_makes_no_group(tmp_path: Path) -> None:
    tables = {
        "messages": [message(1), message(2), message(3)],
        "violations": [
            found(1, status="suppressed"),
            found(2, severity="info"),
            found(3, "late-reply", scope="conversation"),
        ],
    }
    assert grouped(tmp_path, tables) == []


def test_messages_without_words_are_a_group(tmp_path: Path) -> None:
    tables = {
        "messages": [message(1, "block", template=None), message(2, "block", template=None)],
        "violations": [found(1), found(2)],
    }
    made = grouped(tmp_path, tables)
    assert [(group["messages"], group["example"]) for group in made] == [(2, None)]


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    count = MOST_MESSAGES + 4
    tables = {
        "messages": [message(n, "block", template="t") for n in range(1, count + 1)],
        "violations": [found(n) for n in range(1, count + 1)],
        "shown": [example(1, "Call 123.", template="t")],
    }
    soup = page(tmp_path, tables, files=2)
    group = soup.find("article")
    assert group.h3.get_text() == f"Group 1: {count} messages"
    assert len(group.find_all("details", class_="message")) == MOST_MESSAGES
    told = " ".join(group.get_text(" ").split())
    assert "4 further messages not listed here" in told
    assert "violations/00000.parquet and 00001.parquet" in told


def test_the_query_on_the_page_finds_the_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb

    soup = page(
        tmp_path,
        {
            "messages": [message(n, "block", template="t" if n < 4 else None) for n in range(1, 6)],
            "violations": [found(n) for n in range(1, 6)] + [found(1, severity="info"), found(2, status="suppressed")],
        },
    )
    monkeypatch.chdir(tmp_path)
    queries = [code.get_text() for code in soup.select("article code.copy") if code.get_text().startswith("SELECT")]
    numbers = [sorted(row[1] for row in duckdb.sql(query).fetchall()) for query in queries]
    assert numbers == [[1, 2, 3], [4, 5]]


def test_what_was_found_is_marked_where_its_place_is_sure(tmp_path: Path) -> None:
    text = "Hello ••••, please call +•• •• •••••• soon."
    start = text.index("+")
    place = {"part": "text", "start": start, "end": start + 13}
    soup = page(
        tmp_path,
        {
            "messages": [message(1, "block")],
            "violations": [
                found(1, excerpt="+49 30 •••••••"[:13], **place),
                found(1, "email-address", excerpt="elsewhere", part="text", start=0, end=9),
                found(1, "link", excerpt="Hello", part="html", start=0, end=5),
            ],
            "shown": [example(1, text)],
        },
    )
    assert [mark.get_text() for mark in soup.find_all("mark")] == [text[start : start + 13]]


# --- time -------------------------------------------------------------------------------------------------------------


def times(out: Path, *messages: Row) -> tuple[str, list[tuple[str, int]]]:
    write_tables(out, {"messages": messages})
    with open_tables(str(out)) as tables:
        unit, shares = over_time(tables)
        return unit, [(share.name, share.messages) for share in shares]


def test_time_has_no_gaps_and_says_what_is_not_known(tmp_path: Path) -> None:
    sent = [time(1, 23.9), time(2), time(5), None]
    unit, shares = times(tmp_path, *(message(n, sent_at=at) for n, at in enumerate(sent, 1)))
    assert unit == "day"
    assert shares == [
        ("2026-03-01", 1), ("2026-03-02", 1), ("2026-03-03", 0), ("2026-03-04", 0), ("2026-03-05", 1), ("not known", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("last", "unit", "first_name"),
    [
        (time(1, month=4), "day", "2026-03-01"),
        (time(1, month=12), "week", "2026-02-23"),
        (time(1, year=2029), "month", "2026-03"),
        (time(1, year=2036), "quarter", "2026, quarter 1"),
        (time(1, year=2066), "year", "2026"),
    ],
)
def test_the_unit_fits_the_span(tmp_path: Path, last: Any, unit: str, first_name: str) -> None:
    found_unit, shares = times(tmp_path, message(1), message(2, sent_at=last))
    assert (found_unit, shares[0]) == (unit, (first_name, 1))
    assert shares[-1][1] == 1
    assert len(shares) <= 62


def test_a_wrong_year_does_not_stretch_time(tmp_path: Path) -> None:
    sent = [time(1 + n % 3) for n in range(3000)] + [time(1, year=1), time(1, year=9999)]
    unit, shares = times(tmp_path, *(message(n, sent_at=at) for n, at in enumerate(sent, 1)))
    assert unit == "day"
    assert shares[0] == ("before 2026-03-01", 1)
    assert shares[-1] == ("after 2026-03-03", 1)
    assert sum(count for _, count in shares) == 3002


def test_years_at_both_ends_of_the_calendar(tmp_path: Path) -> None:
    unit, shares = times(
        tmp_path, message(1, sent_at=time(1, year=1)), message(2, sent_at=time(30, month=12, year=9999))
    )
    assert unit == "year"
    assert sum(count for _, count in shares) == 2


def waits(out: Path, *messages: Row) -> ResponseTimes:
    write_tables(out, {"messages": messages})
    with open_tables(str(out)) as tables:
        return response_times(tables, linter())


def buyer(number: int, hours: float, **fields: Any) -> Row:
    values = {"direction": "buyer_to_seller", "thread": "th", "sent_at": time(1) + timedelta(hours=hours)}
    return message(number, **{**values, **fields})


def reply(number: int, hours: float, **fields: Any) -> Row:
    return buyer(number, hours, **{"direction": "seller_to_buyer", "kind": "reply", **fields})


def test_answers_are_measured_against_the_limit(tmp_path: Path) -> None:
    made = waits(
        tmp_path,
        buyer(1, 0), buyer(2, 5), reply(3, 24),  # 24 hours from the first: in time
        reply(4, 26),  # answers nothing
        buyer(5, 30), reply(6, 54.1),  # 24 hours and 6 minutes
        buyer(7, 60), # never answered
        buyer(8, 0, thread="u", stop_request=True),  # wants no answer
        buyer(9, 0, thread=None),  # nobody can tell
    )  # fmt: skip
    assert made.limit == timedelta(hours=24)
    assert (made.answered, made.late, made.open, made.unplaced) == (2, 1, 1, 1)
    assert [(bucket.name, bucket.answers, bucket.late) for bucket in made.buckets if bucket.answers] == [
        ("12 hours to 24 hours", 1, False),
        ("24 hours to 2 days", 1, True),
    ]
    assert made.median == timedelta(hours=24)


@pytest.mark.parametrize(
    ("time_", "said"),
    [
        (timedelta(hours=24), "24 hours"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(minutes=61), "1 hour 1 minute"),
        (timedelta(days=3), "3 days"),
        (timedelta(seconds=30), "0 minutes"),
    ],
)
def test_lengths_of_time(time_: timedelta, said: str) -> None:
    assert length(time_) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "–"), (0, 5, "0.0 %"), (1, 100_000, "< 0.1 %"), (99_999, 100_000, "> 99.9 %"), (5, 5, "100.0 %")],
)
def test_shares_never_say_all_or_nothing_where_it_is_not(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


def test_facts_that_would_settle_it(tmp_path: Path) -> None:
    lacking = [
        {"file": FILE, "number": n, "rule": rule, "why": "missing", "needs": needs}
        for n, rule, needs in ((1, "a", ["order.id"]), (1, "b", ["order.id", "kind"]), (2, "a", ["order.id"]))
    ]
    other = {"file": FILE, "number": 2, "rule": "c", "why": "unreadable", "needs": []}
    soup = page(tmp_path, {"messages": [message(1), message(2)], "not_evaluated": [*lacking, other]})
    assert table(soup, "Facts that would settle it") == [["order.id", "2", "a, b"], ["kind", "1", "b"]]
    assert [row[0] for row in table(soup, "Why rules gave no judgement")] == ["missing", "unreadable"]


def test_masking_is_told_as_it_was_asked(tmp_path: Path) -> None:
    said = [
        page(tmp_path / str(nth), {}, **options).find(class_="note").get_text()
        for nth, options in enumerate(({}, {"show_text": True}, {"redacted": False}))
    ]
    assert [text.split(".")[0].split(" (")[0] for text in said] == ["Redacted", "Texts are not masked", "Not redacted"]
