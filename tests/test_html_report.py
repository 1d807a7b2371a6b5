from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from msgpolicy.cli import main
from msgpolicy.inputs import Draft, InputError, Trouble
from msgpolicy.message import Message
from msgpolicy.report import Excuse, Location, NotEvaluated, Policy, Receipt, Report, Source, Violation, verdict_of
from msgpolicy.reporters.html import MAX_FINDINGS, HtmlReporter
from msgpolicy.reporters.source_rows import AROUND, WHOLE

RECEIPT = Receipt(ruleset="test", version="1", digest="sha256:0", engine="0", settings={"brand": "<b>Nord</b>"})
POLICY = Policy(title="Communication Guidelines", site="policy.example", seen="2026-11", confidence="medium")
_TAGS = """
html head meta link title style body a header h1 h2 h3 h4 p b bdi ul ol li span main section details summary div table
caption thead tbody tr th td code fieldset legend label input select option article mark sup dl dt dd footer
"""
_ATTRIBUTES = """
lang charset http-equiv content name rel href class id aria-labelledby aria-label role scope tabindex type checked
selected value data-rules dir
"""
TAGS, ATTRIBUTES = frozenset(_TAGS.split()), frozenset(_ATTRIBUTES.split())
HOSTILE = (
    "</script><script>x=1</script><img src=x onerror=x()></bdi></style>{{ 7*7 }}{% raw %}&lt;b&gt;\x00\u202e\ud800"
)


def violation(start: int, end: int, *, part: str = "text", **changes: Any) -> Violation:
    values: dict[str, Any] = {
        "rule": "some-rule",
        "severity": "error",
        "confidence": 0.8,
        "message": "Is wrong.",
        "suggestion": "Leave it out.",
        "location": Location(part=part, start=start, end=end, line=1, column=start + 1),
        "policy": POLICY,
        "fingerprint": "f",
    }
    return Violation(**{**values, **changes})


def report(*violations: Violation, not_evaluated: tuple[NotEvaluated, ...] = (), **changes: Any) -> Report:
    values = {
        "verdict": verdict_of(violations, not_evaluated),
        "receipt": RECEIPT,
        "violations": violations,
        "not_evaluated": not_evaluated,
        **changes,
    }
    return Report(**values)


def page(*entries: tuple[Message, Report] | InputError, redact: bool = False, notices: Iterable[str] = ()) -> str:
    out: list[bytes] = []
    with HtmlReporter(out.append, redact=redact) as reporter:
        for entry in entries:
            if isinstance(entry, InputError):
                reporter.error(entry)
            else:
                reporter.report(Draft(entry[0], Source(file="in.jsonl", line=1)), entry[1])
        for notice in notices:
            reporter.notice(notice, None)
        assert not out
    return b"".join(out).decode()


def parsed(text: str) -> BeautifulSoup:
    """The page as a browser reads it; every test sees that it is valid and holds no markup but ours."""
    html5lib.HTMLParser(strict=True).parse(text)
    soup = BeautifulSoup(text, "html5lib")
    for element in soup.find_all(True):
        assert isinstance(element, Tag)
        assert element.name in TAGS
        assert set(element.attrs) <= ATTRIBUTES
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for link in soup.select("a"):
        assert str(link["href"])[1:] in ids
    return soup


def source_shown(soup: BeautifulSoup) -> str:
    """The source of a part, read back from the page. Takes the page apart."""
    for sup in soup.select(".row sup"):
        sup.decompose()
    for escape in soup.select(".row .esc"):
        text = escape.get_text()
        escape.string = (
            ""
            if text == "↵"
            else re.sub(
                r"\\(?:x(..)|u(....)|U(.{8}))", lambda match: chr(int(match[1] or match[2] or match[3], 16)), text
            )
        )
    return "\n".join(row.get_text() for row in soup.select(".row bdi"))


def test_a_finding_is_marked_in_its_place_and_told_in_full() -> None:
    text = "Hello,\ncall +49 30 901820 now"
    start = text.index("+49")
    found = violation(
        start,
        start + 13,
        rule="phone-number",
        message="Gives a number.",
        suggestion="Leave the number out.",
        location=Location(part="text", start=start, end=start + 13, line=2, column=6),
        evidence={"normalized": "+4930901820", "obfuscated": False},
    )
    soup = parsed(page((Message(text=text, subject="Your order"), report(found, message_id="m-1"))))
    assert [mark.get_text() for mark in soup.select("mark")] == ["+49 30 901820"]
    assert [row.select_one(".at").get_text() for row in soup.select(".row")] == ["1", "2"]  # type: ignore[union-attr]
    told = " ".join(soup.select("ol.findings li")[0].get_text(" ").split())
    for piece in (
        "phone-number error text, line 2, column 6",
        "Gives a number.",
        "Instead: Leave the number out.",
        "Communication Guidelines, policy.example, seen 2026-11. Confidence: medium in the source, 80% in the finding.",
        "normalized +4930901820 obfuscated no",
    ):
        assert piece in told
    assert soup.select_one("sup a")["href"] == "#" + str(soup.select("ol.findings li")[0]["id"])  # type: ignore[index]
    assert "Your order" in soup.select("article header")[0].get_text()
    assert "m-1" in soup.select("article")[0].get_text()


def test_overlapping_places_are_each_told_from_the_other() -> None:
    text = "0123456789"
    soup = parsed(
        page((Message(text=text), report(violation(2, 8, severity="warning"), violation(4, 6), violation(9, 9))))
    )
    marks = [(mark.get_text(), mark["class"][0]) for mark in soup.select("mark")]
    assert marks == [("23", "warning"), ("45", "error"), ("67", "warning"), ("", "error")]
    assert [ref.get_text() for ref in soup.select("sup")] == ["2", "1", "3"]
    assert source_shown(soup) == text


def test_line_breaks_that_are_wrong_are_shown() -> None:
    text = "one\r\n\r\n\r\ntwo"
    soup = parsed(page((Message(text=text), report(violation(3, 9)))))
    assert [mark.get_text() for mark in soup.select("mark")] == ["↵", "↵", "↵"]
    assert source_shown(soup) == "one\n\n\ntwo"


@pytest.mark.parametrize("part", ["subject", "text", "html"])
def test_hostile_text_is_text(part: str) -> None:
    source = HOSTILE.replace("\ud800", "")
    soup = parsed(page((Message.from_dict({part: source}), report(violation(2, 5, part=part)))))
    assert [escape.get_text() for escape in soup.select(".row .esc")] == ["\\x00\\u202e"]
    assert source_shown(soup) == source


def test_hostile_values_are_text_everywhere() -> None:
    found = violation(
        0,
        1,
        message=HOSTILE,
        suggestion=HOSTILE,
        excerpt=HOSTILE,
        evidence={HOSTILE: HOSTILE},
        location=Location(part="attachments[0]", start=0, end=1, page=2),
        policy=Policy(title=HOSTILE, site=HOSTILE, seen=HOSTILE),
    )
    judged = report(
        found,
        not_evaluated=(
            NotEvaluated(rule="a", why="crash", detail=HOSTILE),
            NotEvaluated(rule="b", why="missing", needs=(HOSTILE,)),
        ),
        message_id=HOSTILE,
        source=Source(file=HOSTILE),
        receipt=Receipt(ruleset=HOSTILE, version="1", digest="d", engine="0", settings={HOSTILE: HOSTILE}),
    )
    error = InputError(HOSTILE, [Trouble(HOSTILE, HOSTILE, 1, 2)])
    text = page((Message(text="x", subject="s"), judged), error, notices=[HOSTILE])
    soup = parsed(text)
    told = soup.get_text()
    assert told.count("<script>x=1</script>") > 15
    for forbidden in "\x00\u202e":
        assert forbidden not in text


def test_joiners_of_emoji_and_scripts_stay_and_others_are_written_out() -> None:
    text = "👩\u200d🔧 می\u200cخواهم ❤\ufe0f a\u200db"
    soup = parsed(page((Message(text=text), report(violation(0, 1)))))
    assert [escape.get_text() for escape in soup.select(".row .esc")] == ["\\u200d"]
    assert source_shown(soup) == text


def test_heaps_of_marks_are_written_out() -> None:
    soup = parsed(page((Message(text="z" + "\u0301" * 40), report(violation(0, 1)))))
    assert soup.select(".row .esc")[0].get_text() == "\\u0301" * 36
    assert source_shown(soup) == "z" + "\u0301" * 40


def assert_shown_as_it_is(text: str, places: list[list[int]]) -> None:
    soup = parsed(page((Message(text=text), report(*(violation(start, end) for start, end in places)))))
    lines = re.split(r"\r\n|\r|\n", text)
    if not lines[-1] and not any(start == end == len(text) for start, end in places):
        lines.pop()
    refs = {ref.get_text() for ref in soup.select(".row sup")}
    assert refs == {str(number) for number in range(1, len(places) + 1)}
    assert source_shown(soup) == "\n".join(lines)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[list[int]]]:
    text = draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    return text, draw(st.lists(place, min_size=1, max_size=4))


@settings(max_examples=25)  # html5lib reads a whole page for each
@given(marked_texts())
def test_any_text_is_shown_as_it_is(case: tuple[str, list[list[int]]]) -> None:
    assert_shown_as_it_is(*case)


@pytest.mark.slow
@settings(max_examples=500)
@given(marked_texts())
def test_much_text_is_shown_as_it_is(case: tuple[str, list[list[int]]]) -> None:
    assert_shown_as_it_is(*case)


def test_of_a_long_text_the_neighbourhood_is_shown_and_the_cut_is_told() -> None:
    text = "line\n" * 1000 + "call 0049 now\n" + "y" * 1_000_000
    start = text.index("0049")
    made = page((Message(text=text), report(violation(start, start + 4))))
    soup = parsed(made)
    assert len(made) < 30_000
    assert [gap.get_text() for gap in soup.select(".gap")] == [
        f"… {start - AROUND:,} characters are not shown",
        f"… {len(text) - start - 4 - AROUND:,} characters are not shown",
    ]
    row = next(row for row in soup.select(".row") if "0049" in row.get_text())
    assert row.select_one(".at").get_text() == "1001"  # type: ignore[union-attr]
    assert "…" not in page((Message(text="x" * WHOLE), report(violation(0, 1)))).split("</article>")[0]


def test_a_place_of_great_length_shows_both_ends() -> None:
    text = "a" * 300 + "b" * 10_000 + "c" * 300
    soup = parsed(page((Message(text=text), report(violation(300, 10_300)))))
    assert len(soup.select(".gap")) == 3
    assert [set(mark.get_text()) for mark in soup.select("mark")] == [{"b"}, {"b"}]


def test_findings_beyond_what_is_readable_are_counted() -> None:
    found = [violation(index, index + 1) for index in range(MAX_FINDINGS + 7)]
    soup = parsed(page((Message(text="x" * 300), report(*found))))
    assert len(soup.select("ol.findings li")) == MAX_FINDINGS
    assert "7 more findings are not listed" in soup.get_text()
    assert f"{MAX_FINDINGS + 7} errors" in soup.get_text()


def test_what_is_set_aside_stands_apart_and_counts_apart() -> None:
    excuse = Excuse(kind="suppression", source="exceptions.yaml:3", reason="By <b>Legal</b>", author="Mia Muster")
    ended = Excuse(kind="suppression", source="exceptions.yaml:9", reason="Was agreed", author="Mia Muster", ended=True)
    found = (
        violation(0, 1, excuse=ended),
        violation(1, 2, status="suppressed", excuse=excuse),
        violation(2, 3, status="baselined", excuse=Excuse(kind="baseline", source="known.json")),
    )
    soup = parsed(page((Message(text="xyz"), report(*found))))
    lists = soup.select("ol.findings")
    assert [len(listed.select("li")) for listed in lists] == [1, 2]
    assert [badge.get_text() for badge in lists[1].select(".badge")] == ["error", "suppressed", "error", "baselined"]
    told = [" ".join(item.get_text(" ").split()) for item in soup.select("ol.findings li")]
    for piece in ("Excused no longer:", "Was agreed", "exceptions.yaml:9"):
        assert piece in told[0]
    for piece in ("Excused:", "By <b>Legal</b>", "Mia Muster", "exceptions.yaml:3"):
        assert piece in told[1]
    assert "known.json" in told[2]
    assert "1 message judged: 1 error, 0 warnings, 1 suppressed, 1 baselined." in soup.get_text()


def test_the_summary_counts() -> None:
    soup = parsed(
        page(
            (Message(text="x"), report(violation(0, 1), violation(0, 1, rule="other", severity="warning"))),
            (Message(text="x"), report(violation(0, 1, severity="warning"))),
            (Message(text="x"), report()),
            InputError("bad.json", [Trouble("not JSON", "mend it", 1, 2)]),
            notices=["nothing used it"],
        )
    )
    counts = [(item.select_one("b").get_text(), item["class"][0]) for item in soup.select(".counts li")]  # type: ignore[union-attr]
    assert counts == [("1", "block"), ("0", "review"), ("1", "warn"), ("1", "pass"), ("1", "unusable")]
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in soup.select("tbody tr")]
    assert rows == [["other", "0", "1", "message 1"], ["some-rule", "1", "1", "message 1"]]
    assert [article["class"] for article in soup.select("article")] == [["block"], ["warn"], ["pass"], ["unusable"]]
    assert "bad.json:1:2: not JSON (mend it)" in soup.get_text()
    assert "nothing used it" in soup.select("main .note")[0].get_text()
    assert soup.title is not None
    assert soup.title.get_text() == "msgpolicy: 1 block, 1 warn, 1 pass"


def test_what_was_not_evaluated_is_told_once_and_failures_in_place() -> None:
    lacking = tuple(NotEvaluated(rule=f"r{number}", why="missing", needs=("order.status",)) for number in range(3))
    failing = NotEvaluated(rule="slow", why="timeout")
    judged = report(not_evaluated=(*lacking, failing))
    soup = parsed(page((Message(text="x"), judged), (Message(text="y"), judged)))
    assert soup.get_text().count("order.status is not known: r0, r1, r2") == 1
    links = [link["href"] for link in soup.select("article a") if "lacking" in str(link["href"])]
    assert links == ["#lacking-1", "#lacking-1"]
    assert all("a person has to look: slow" in article.get_text() for article in soup.select("article"))


def test_receipts_are_told_once() -> None:
    soup = parsed(page((Message(text="x"), report()), (Message(text="y"), report())))
    assert len(soup.select("[id^=receipt-]")) == 1
    told = soup.select("[aria-labelledby=receipts]")[0].get_text()
    assert "sha256:0" in told
    assert "<b>Nord</b>" in told


def test_the_page_is_redacted_unless_told_otherwise() -> None:
    message = Message.from_dict({"text": "Hi Anna, call +49 30 901820", "buyer": {"name": "Anna"}})
    found = violation(9, 27, excerpt="call +49 30 901820")
    closed, opened = page((message, report(found)), redact=True), page((message, report(found)), redact=False)
    for secret in ("Anna", "901820"):
        assert secret not in closed
        assert secret in opened
    assert "Redacted." in closed
    assert "Not redacted." in opened
    assert [mark.get_text() for mark in parsed(closed).select("mark")] == ["call +•• •• ••••••"]


def test_the_page_allows_nothing_but_its_own_style() -> None:
    soup = parsed(page((Message(text="x"), report(violation(0, 1)))))
    meta = soup.find("meta", {"http-equiv": "Content-Security-Policy"})
    assert isinstance(meta, Tag)
    style = soup.select("style")[0].string or ""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert str(meta["content"]).split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert "url(" not in style
    assert "@import" not in style


def test_an_empty_page_is_a_page() -> None:
    soup = parsed(page())
    assert "There are no messages." in soup.get_text()


def test_nothing_is_written_when_the_run_breaks_off() -> None:
    out: list[bytes] = []
    reporter = HtmlReporter(out.append)
    reporter.report(Draft(Message(text="x"), Source(file="a")), report())
    reporter.__exit__(RuntimeError, RuntimeError(), None)
    assert not out


def test_the_command_writes_it(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Hello, call +49 30 901820 now", encoding="utf-8")
    pages = [tmp_path / "closed.html", tmp_path / "open.html"]
    for path, extra in zip(pages, ([], ["--no-redact"]), strict=True):
        out = io.StringIO()
        assert main(["check", str(draft), "--output", f"html:{path}", *extra], io.BytesIO(), out, out) == 1
    closed, opened = (path.read_text("utf-8") for path in pages)
    assert "901820" not in closed
    assert "+49 30 901820" in [mark.get_text() for mark in parsed(opened).select("mark")]
    assert parsed(closed)
