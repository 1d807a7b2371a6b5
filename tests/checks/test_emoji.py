"""Emoji by Unicode's data, emoticons, and all that only looks like either."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.checks.base import Unknown
from msgpolicy.facts.emoji import find_emoji, find_emoticons
from msgpolicy.facts.limits import MAX_PICTURES
from tests.checks.support import excerpts, mended, only, run
from tests.growth import assert_linear

# The flag of a region: a black flag and tags that spell its name.
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thanks 😀!", ["😀"]),
        ("Thanks😀🎉🎉", ["😀🎉🎉"]),
        ("😀 and 🎉", ["😀", "🎉"]),
        ("a ❤️ b", ["❤️"]),  # text made a picture by U+FE0F
        ("1️⃣😀 Shelf™️🎉", ["😀", "🎉"]),  # what is none beside what is one
        ("☝🏽 this", ["☝🏽"]),  # a skin tone makes it one
        ("👨‍👩‍👧‍👦.", ["👨‍👩‍👧‍👦"]),
        ("🏳️‍🌈", ["🏳️‍🌈"]),
        ("👁‍🗨", ["👁‍🗨"]),
        ("❤️‍🔥", ["❤️‍🔥"]),
        ("from 🇩🇪 to 🇵🇱", ["🇩🇪", "🇵🇱"]),
        (ENGLAND, [ENGLAND]),
        ("done ✅ ⭐", ["✅", "⭐"]),
    ],
)  # fmt: skip
def test_emoji(text: str, expected: list[str]) -> None:
    assert excerpts("emoji", {"text": text}) == expected
    assert excerpts("emoji", {"subject": text}) == expected
    assert excerpts("emoji", {"html": f"<p>{text}</p>"}) == expected


@pytest.mark.parametrize(
    "text",
    [
        "☎ ✂ ✉ ✔ ✓ ★ ☆ ❤ ♥ © ® ™ № ↔ → ➡ ▶ • ‼ ㊗ ☐ ☑ ♀ ⚠",  # text by default
        "☎\ufe0e ⌚\ufe0e 😀\ufe0e",  # marked as text
        "0 1 # * 1⃣ order 305-1234567-1234567",
        "press 1️⃣ or #️⃣ or *️⃣, then 2\ufe0f",
        "Shelf™️ ©️ 2026 ®️",
        "Größe Ж 日本 שלום",
        "½ ² ° µ € £ § ¶",
        "\u200d\ufe0f\u20e3",
    ],
)
def test_text_symbols_and_digits_are_no_emoji(text: str) -> None:
    assert run("emoji", {"text": text}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thank you :-)", [":-)"]),
        ("Thank you:) Bye", [":)"]),
        ("Thank you! ;)", [";)"]),
        ("great :D!", [":D"]),
        ("sorry :( really", [":("]),
        ("sorry :-(", [":-("]),
        ("oh :'(", [":'("]),
        (":))) hello", [":)))"]),
        ("(thank you :))", [":)"]),  # the second one closes the parenthesis
        ("see :-P", [":-P"]),
        ("hm :-/ well", [":-/"]),
        ("=)", ["=)"]),
        ("we <3 ", ["<3"]),
        ("Thanks <3!", ["<3"]),
        ("hi ^_^", ["^_^"]),
        ("(^_^) hi", ["(^_^)"]),
        ("-_- T_T >_< o_O", ["-_-", "T_T", ">_<", "o_O"]),
        (r"¯\_(ツ)_/¯", [r"¯\_(ツ)_/¯"]),
        ("ok \\o/", ["\\o/"]),
        ("☺", ["☺"]),
        ("好的：）", ["：）"]),
        ("😀:)", ["😀", ":)"]),
    ],
)
def test_emoticons(text: str, expected: list[str]) -> None:
    assert sorted(excerpts("emoji", {"text": text})) == sorted(expected)
    assert [hit for hit in run("emoji", {"text": text}, emoticons=False) if hit.evidence["kind"] != "emoji"] == []  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "order (ref:) and (no;)",
        "(see the colours: red;)",
        "(注：）",
        "16:00 8:30, 8) 9)",
        "ratio 4:3, 16:9, 10:8",
        "http://shop.example https://shop.example/a:/b",
        "a) b) c) 1) 2)",
        "Size:D, size:P, class:D",
        "C:/files and C:\\x",
        "delivery <3 days, weight <3 kg, if x <3 then, <3.5 and >=2,<3",
        "array(1; 2;)",
        "the colours :( red, blue )",
        "item :(small)",
        "Note:-(a) first",
        "f(x=) and =D5",
        "x^2^3 and 2^^3",
        "-_-_-_-_-",
        "foo_o_o_bar __init__",
        "xD-Picture card, XD card",
        "a&nbsp;) b",
        "Total: 5;-",
        "A:B:C, 10:D",
        "::) ;;",
        "o.O. and T.T.",
    ],
)
def test_what_only_looks_like_an_emoticon(text: str) -> None:
    assert run("emoji", {"text": text}) == []


def test_a_parenthesis_of_another_line_is_not_closed_by_a_smile() -> None:
    assert excerpts("emoji", {"text": "(open\nThank you :)"}) == [":)"]


def test_html_is_found_where_it_stands() -> None:
    html = '<p>Hi &#128512;! <b>I &lt;3</b></p><p hidden>x 🎉</p><img src="cid:a" alt="🎁"><p title=":-)">y</p>'
    assert sorted(excerpts("emoji", {"html": html})) == sorted(["&#128512;", "&lt;3", "🎉", "🎁", ":-)"])
    shown = {hit.evidence.get("shown") for hit in run("emoji", {"html": html})}  # type: ignore[union-attr]
    assert shown == {None, "hidden", "alt", "title"}


def test_evidence_tells_kind_and_number() -> None:
    hit = only("emoji", {"text": "a 🎉🎉🇩🇪"})
    assert hit.evidence == {"kind": "emoji", "number": 3, "found": "🎉🎉🇩🇪"}


def test_to_take_it_out_is_offered_but_not_safe() -> None:
    hit = only("emoji", {"text": "Thank you 🎉!"})
    assert hit.fix is not None
    assert not hit.fix.safe
    assert mended("emoji", {"text": "Thank you 🎉!"}, "text") == "Thank you!"
    assert mended("emoji", {"text": "🎉 Hi :) you"}, "text") == " Hi you"


def test_more_pictures_than_are_looked_at() -> None:
    found = list(run("emoji", {"text": ":-) " * (MAX_PICTURES + 1)}))
    assert len(found) == MAX_PICTURES + 1
    assert isinstance(found[-1], Unknown)
    assert found[-1].why == "too-large"
    assert not any(isinstance(item, Unknown) for item in run("emoji", {"text": "🎉 " * MAX_PICTURES}))


@pytest.mark.parametrize(
    "piece", [":-", ":", ")", ":)", "(:)", "<3", "<3 ", "^_", "😀", "👨\u200d", "\U000e0067", "&a", "(", "'-", "\\_("]
)
def test_linear_in_hostile_text(piece: str) -> None:
    def find(text: str) -> None:
        deque(find_emoji(text), maxlen=0)
        deque(find_emoticons(text), maxlen=0)

    assert_linear(lambda size: piece * (size // len(piece)), find, 2000)


@given(st.text(alphabet="😀🎉❤\ufe0f\u200d🏽🇩🇪1#\u20e3a :;-()D3<^_=\n", max_size=40))
def test_spans_are_in_order_and_never_overlap(text: str) -> None:
    for found in (list(find_emoji(text)), list(find_emoticons(text))):
        ends = [0]
        for picture in found:
            assert ends[-1] <= picture.start < picture.end <= len(text)
            assert picture.number >= 1
            ends.append(picture.end)
