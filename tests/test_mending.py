"""What each check's fix does to a message; where none would leave a message that reads well, there is none."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from msgpolicy import Message, Report, Violation
from msgpolicy.fixing import Mended, apply_fixes, mend
from tests.linters import linter

ORDER = "305-1234567-1234567"
HELLO = f"Could you tell us the colour that you would like for your order {ORDER}?"
P = f"<p>{HELLO}</p>"


def judge(message: Message) -> Report:
    return linter().check(message)


def fixed(*, unsafe: bool = True, **fields: object) -> Message:
    message = Message(kind="proactive", **fields)  # type: ignore[arg-type]
    return judge(message).fixed(message, unsafe=unsafe)


def rules(message: Message) -> set[str]:
    return {violation.rule for violation in judge(message).violations}


# --- safe -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "mended"),
    [
        ("http://www.amazon.de/orders", "https://www.amazon.de/orders"),
        ("HTTP://amazon.co.uk", "HTTPs://amazon.co.uk"),
        (" http://www.amazon.de/a?x=1&amp;y=2", " https://www.amazon.de/a?x=1&amp;y=2"),
    ],
)
def test_insecure_links_to_the_marketplace_are_made_secure(link: str, mended: str) -> None:
    source = '{}See <a class="x" href="{}">your orders</a>'
    assert fixed(unsafe=False, html=source.format(P, link)).html == source.format(P, mended)
    assert fixed(unsafe=False, text=f"{HELLO} See {link} 𝒜").text == f"{HELLO} See {mended} 𝒜"


@pytest.mark.parametrize(
    "link", ["http://amazon.de.shop.example/", "http://shop.example/amazon.de", "&#104;ttp://x.example"]
)
def test_insecure_links_to_others_are_not(link: str) -> None:
    source = f'{P}See <a href="{link}">your orders</a>'
    assert fixed(unsafe=False, html=source).html == source


def test_tracking_pixels_are_removed() -> None:
    pixel = '<img src="https://t.mail.example/o.gif?u=1" width=1 height=1 alt="">'
    assert fixed(unsafe=False, html=f"{P}{pixel}<p>Bye</p>").html == f"{P}<p>Bye</p>"


def test_a_pixel_that_says_something_is_removed_only_when_asked_for() -> None:
    source = f'{P}<img src="https://t.mail.example/o.gif" width=1 height=1 alt="Five days">'
    assert fixed(unsafe=False, html=source).html == source
    assert fixed(unsafe=True, html=source).html == P


def test_logos_lose_their_link() -> None:
    logo = '<img src="cid:logo" alt="Shop" width="120" height="40">'
    source = f'{P}<A\n href="https://shop.example/"\n>{logo}</a ><p>Bye</p>'
    assert fixed(unsafe=False, html=source).html == f"{P}{logo}<p>Bye</p>"


def test_a_link_around_logo_and_words_is_undone_only_when_asked_for() -> None:
    inside = '<img src="cid:logo" alt="Shop" width="120" height="40"> Our garden'
    source = f'{P}<a href="https://shop.example/">{inside}</a>'
    assert fixed(unsafe=False, html=source).html == source
    assert fixed(unsafe=True, html=source).html == P + inside


NO_ID = "Could you please tell us which colour you would like to have? Thank you."


@pytest.mark.parametrize(
    ("text", "added"),
    [
        (NO_ID, f"{NO_ID}\n\nOrder {ORDER}"),
        (f"{NO_ID}\r\nBye \r\n", f"{NO_ID}\r\nBye\r\n\r\nOrder {ORDER} \r\n"),
        (f"{NO_ID}\rBye\r", f"{NO_ID}\rBye\r\rOrder {ORDER}\r"),
        ("Welche Farbe möchten Sie? Bitte sagen Sie es uns, oder wir wählen für Sie.", f"\n\nBestellung {ORDER}"),
        ("Proszę nam napisać, jaki kolor mamy wybrać, bo nie wiemy tego i czekamy.", f"\n\nZamówienie {ORDER}"),
        ("Quelle couleur souhaitez-vous ? Dites-le nous, et nous vous envoyons le coffret.", f"\n\n{ORDER}"),
        ("??", f"\n\n{ORDER}"),
    ],
)
def test_a_missing_order_id_is_added_at_the_end_in_the_language_of_the_message(text: str, added: str) -> None:
    found = fixed(unsafe=False, text=text, order={"id": ORDER}).text
    assert found in (added, text + added)


@pytest.mark.parametrize(
    ("html", "added"),
    [
        (f"<p>{NO_ID}</p>\n", f"<p>{NO_ID}</p><p>Order {ORDER}</p>\n"),
        (
            f"<html><body><p>{NO_ID}</p>\n</body></html>",
            f"<html><body><p>{NO_ID}</p>\n<p>Order {ORDER}</p></body></html>",
        ),
        (f"<body><p>{NO_ID}", f"<body><p>{NO_ID}<p>Order {ORDER}</p>"),
        (f"<table><tr><td>{NO_ID}", f"<table><tr><td>{NO_ID}<p>Order {ORDER}</p>"),
        (NO_ID, f"{NO_ID}<p>Order {ORDER}</p>"),
        (f"<p>{NO_ID}</p><!-- not closed", f"<p>{NO_ID}</p><!-- not closed"),
        (f"<p>{NO_ID}</p><div hidden>", f"<p>{NO_ID}</p><div hidden>"),
        (f"<p>{NO_ID}</p><style>", f"<p>{NO_ID}</p><style>"),
    ],
)
def test_a_missing_order_id_is_added_to_html_where_it_is_seen(html: str, added: str) -> None:
    assert fixed(unsafe=False, html=html, order={"id": ORDER}).html == added


def test_a_missing_order_id_is_added_to_both_readings_of_a_message_and_escaped() -> None:
    found = fixed(unsafe=False, text=NO_ID, html=f"<p>{NO_ID}</p>", order={"id": "A<B>&1"})
    assert found.text == f"{NO_ID}\n\nOrder A<B>&1"
    assert found.html == f"<p>{NO_ID}</p><p>Order A&lt;B&gt;&amp;1</p>"


def test_an_order_id_that_is_not_known_is_not_made_up() -> None:
    assert fixed(text=NO_ID).text == NO_ID


# --- what changes what is said ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "info@shop.example",
        "E-mail: info@shop.example",
        "Tel.: +49 30 1234567 | E-Mail: info@shop.example · www.shop.example",
        "  Web www.shop.example",
        "Our website: https://shop.example/a",
        "WhatsApp: +49 30 1234567",
        "[ info (at) shop (dot) com ]",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_line_of_contacts_goes_as_a_whole(line: str, newline: str) -> None:
    before, after = f"{HELLO}{newline}", f"Your shop{newline}"
    message = Message(kind="proactive", text=f"{before}{line}{newline}{after}")
    assert judge(message).fixed(message) is message
    mended = mend(message, judge, unsafe=True)
    assert mended.message.text == before + after
    assert mended.after.violations == ()


def test_of_two_empty_lines_that_would_meet_one_goes_too() -> None:
    assert fixed(text=f"{HELLO}\n\nTel. +49 30 1234567\n\nYour shop").text == f"{HELLO}\n\nYour shop"


@pytest.mark.parametrize(
    "text",
    [
        f"{HELLO} Write to info@shop.example today.",
        f"{HELLO}\nPlease write to us: info@shop.example",
        "info@shop.example",
        "Mail info@shop.example",
        f"{HELLO}\nTel. +49 30 1234567, https://www.amazon.de/orders",
    ],
)
def test_a_contact_within_a_sentence_has_no_fix(text: str) -> None:
    assert fixed(text=text).text == text


def test_what_stands_in_brackets_goes_with_them() -> None:
    found = fixed(text=f"{HELLO} Ask our team (info@shop.example) for more.").text
    assert found == f"{HELLO} Ask our team for more."


@pytest.mark.parametrize(
    ("html", "mended"),
    [
        (
            f'{P}<p>See <a href="https://shop.example/">our <b>care</b> guide</a>.</p>',
            f"{P}<p>See our <b>care</b> guide.</p>",
        ),
        (f'{P}<p>Our <a href="mailto:a@shop.example">team</a> helps.</p>', f"{P}<p>Our team helps.</p>"),
        (f'{P}<p>Tel: <a href="tel:+49301234567">+49 30 1234567</a></p><p>Bye</p>', f"{P}<p>Bye</p>"),
        (f"{P}<div><p>info@shop.example</p></div>Bye", f"{P}Bye"),
        (f"{P}Bye<br>E-mail: <b>info</b>&#64;shop.example<br>Shop", f"{P}Bye<br><b></b>Shop"),
        (f'{P}Bye<br><a href="https://shop.example">shop.example</a><br>Shop', f"{P}Bye<br>Shop"),
        (f'{P}<p>Ask (<a href="mailto:a@shop.example">a@shop.example</a>) us</p>', f"{P}<p>Ask us</p>"),
    ],
)
def test_in_html_markup_stays_valid(html: str, mended: str) -> None:
    assert fixed(html=html).html == mended
    assert fixed(html=html, unsafe=False).html == html


@pytest.mark.parametrize(
    "html",
    [
        f'{P}<a href="https://shop.example/">one<p>two</a>',  # a browser makes two links of it
        f'{P}<form action="https://shop.example/"><input></form>',
        f'{P}<p>Read more at <a href="https://shop.example/">shop.example</a> today.</p>',
    ],
)
def test_links_that_cannot_be_undone_have_no_fix(html: str) -> None:
    assert fixed(html=html).html == html


def test_an_unclosed_link_loses_its_start() -> None:
    found = fixed(html=f'{P}<p>See <a href="https://shop.example/">our guide')
    assert found.html == f"{P}<p>See our guide"


def test_hidden_words_are_removed_when_asked_for() -> None:
    source = f'{P}<div style="display:none">secret <b>words &amp;</b> more</div>'
    assert fixed(html=source, unsafe=False).html == source
    assert fixed(html=source).html == f'{P}<div style="display:none"><b></b></div>'


def test_what_an_answer_quotes_stays() -> None:
    text = "Sorry, we have no other colour.\n\n> info@shop.example\n"
    message = Message(kind="reply", text=text)
    assert [item.severity for item in judge(message).violations] == ["info"]
    assert judge(message).fixed(message, unsafe=True) is message


def test_more_than_a_report_lists_is_mended_too() -> None:
    line = f"See http://www.amazon.de/orders for {ORDER}.\n"
    message = Message(kind="proactive", text=line * 150)
    found = judge(message)
    assert len(found.violations) == 100
    assert found.fixed(message).text == line.replace("http", "https") * 150


# --- over many messages -----------------------------------------------------------------------------------------------


def counted(violations: Iterable[Violation]) -> Counter[tuple[str, str]]:
    return Counter((item.rule, item.location.part) for item in violations)


def assert_gone(before: Report, applied: Iterable[Violation], after: Report) -> None:
    """Of each rule and part there are fewer violations, by those that were fixed."""
    was, fixed, left = counted(before.violations), counted(applied), counted(after.violations)
    for place in fixed:
        assert left[place] <= was[place] - fixed[place], place


def held(message: Message, *, unsafe: bool) -> Mended:
    """What must hold of every fix."""
    before = judge(message)
    once = apply_fixes(before, message, unsafe=unsafe)
    found = {violation.rule for violation in before.violations if violation.severity == "error"}
    after = judge(once.message)
    assert_gone(before, once.applied, after)
    assert {item.rule for item in after.violations if item.severity == "error"} <= found
    mended = mend(message, judge, unsafe=unsafe)
    assert mend(mended.message, judge, unsafe=unsafe).message == mended.message
    if not unsafe:
        assert all(item.fix and item.fix.safe for item in mended.applied)
    return mended


def test_messages_as_people_write_them() -> None:
    folder = Path(__file__).parent.parent / "benchmarks" / "accuracy"
    records = [
        json.loads(line)["record"] for file in folder.glob("*/*.jsonl") for line in file.read_text().splitlines()
    ]
    applied = 0
    for record in (record for record in records if "href" in str(record) or "@" in str(record) or "+4" in str(record)):
        message = Message.from_dict({"kind": "proactive", "order": {"id": ORDER}} | record)
        held(message, unsafe=False)
        applied += len(held(message, unsafe=True).applied)
    assert applied


PIECES = [
    "Could you tell us the colour?", " ", "\n", "\r\n", "info@shop.example", "Tel. +49 30 1234567", "(", ")", ORDER,
    "http://www.amazon.de/orders", "www.shop.example", "> quoted ", "WhatsApp: +49 30 1234567", "É", "𝒜", "E-mail: ",
    "<p>", "</p>", "<br>", "<b>", "</b>", '<a href="http://amazon.de/x">', '<a href="https://shop.example">', "</a>",
    '<a href="mailto:info@shop.example">', '<img src="https://t.example/o.gif" width=1 height=1>', "<div hidden>",
    "</div>", '<img src="cid:a" alt="Logo">', "<table><tr><td>", "</table>", "<!-- ", " -->", "</body>", "&amp;",
]  # fmt: skip
sources = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(max_examples=60, deadline=None)
@given(sources, sources, st.sampled_from(["proactive", "reply"]), st.booleans())
@example(
    "Hello (info@shop.example) (", "<a href='https://shop.example'><a href='http://amazon.de/x'>x", "proactive", True
)
def test_messages_as_nobody_writes_them(text: str, html: str, kind: str, unsafe: bool) -> None:
    message = Message(subject="Hello", text=text, html=html, kind=kind, order={"id": ORDER})  # type: ignore[arg-type]
    mended = mend(message, judge, unsafe=unsafe)
    assert mend(mended.message, judge, unsafe=unsafe).message == mended.message
    once = apply_fixes(mended.before, message, unsafe=unsafe)
    assert_gone(mended.before, once.applied, judge(once.message))
