from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from msgpolicy.rules.patterns import MAX_PATTERN, pattern_mistake
from tests.growth import assert_linear


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+", r"(a*)*", r"(\w+\s?)*", r"(?:a+,)+", r"((a+)b?)*", r"(?P<x>a+)*", r"(?i:(a+))+", r"(a|b+)*",
        r"(?>(?:a+)+)", r"([^x]+)*", r"(?:[]a]+)+", r"(a{2,})+", r"(.*)*", r"(a+)+?", r"(\p{L}+)*", r"(?:(?:a+)?)*",
        r"x(?=(a+)+)", r"(?:\w+\s?){1,10}", r"(?:\w{1,15}\s?)*", r"(a{1,30})*", "(?x)( a+ # a ) b\n)+",
        r"(?V1)([a--[b]]+)+", r"(?:a+|b)+", r"(?#x)(a+)+", r"(?:\(a+\)?)*",
    ],
)  # fmt: skip
def test_what_is_already_repeated_is_not_repeated_again(pattern: str) -> None:
    mistake = pattern_mistake(pattern)
    assert mistake is not None
    assert "repeats what is already repeated" in mistake[0]
    assert "possessive" in mistake[1]


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:a++,)+", r"(?:\w++\s?)*", r"(?>a+)+", r"(?:a+)*+", r"a+b+", r"(a+)?", r"(a+){1,3}", r"(?=a+)*x",
        r"[(a+)+]+", r"\(a+\)+", r"\p{Lu}+", r"(?i)foo", r"(?:abc|def)+", r"[[:alpha:]]+x", r"a{,5}", r"a{b",
        r"(?:a{1,5}b)*", r"(\d{3}-){2}\d+", r"(?<!a)b+", r"(?<=x)(?P<n>y)(?P=n)+", r"(?:\s+|$)", r"(?(?=a)b|c)+",
        r"(?V1)[a--[b]]+(c)+", r"(?:\w+\W+){0,10}", r"[]a]+", r"[^]a]+", "(?x) a+ # (a+)+\nb", r"(?#(a)x",
        r"\Q(a)", r"(?:a?b)*", r"a|b|", r"(?|a|b)+",
    ],
)  # fmt: skip
def test_what_keeps_its_text_or_is_counted_passes(pattern: str) -> None:
    mistake = pattern_mistake(pattern)
    assert mistake is None or "does not compile" in mistake[0]
    assert mistake is None or pattern == r"\Q(a)"


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(a", "missing )"),
        ("[a", "unterminated"),
        ("a**", "multiple repeat"),
        ("(" * 3000, "groups in each other"),
        ("(?:" * 101 + "a" + ")" * 101, "groups in each other"),
        ("a" * (MAX_PATTERN + 1), "longer than"),
        ("a{1001}", "more than 1,000 times"),
        ("((a{100}){100}){100}", "more than 10,000 times in all"),
        ("(?:(?:(?:a{1,900}){1,900}){1,900}){1,900}", "more than 10,000 times in all"),
        ("(?R)", "calls itself"),
        ("(a)(?1)", "calls itself"),
        ("(?P<n>a)(?&n)", "calls itself"),
        ("(?:foo){e<=1}", "approximately"),
        (r"\L<words>", "does not compile"),
    ],
)
def test_what_cannot_be_used_says_why(pattern: str, says: str) -> None:
    mistake = pattern_mistake(pattern)
    assert mistake is not None
    assert says in mistake[0]


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="()[]{}|*+?\\^$.ab1,:<>=!#P&-x \n", max_size=40))
def test_any_text_is_judged(pattern: str) -> None:
    pattern_mistake(pattern)


@pytest.mark.parametrize("piece", ["(a+", "[", "(?#", "\\", "a{1", "(?:a|"])
def test_long_patterns_are_judged_in_linear_time(piece: str) -> None:
    def judge(pattern: str) -> None:
        regex.purge()  # else only the first run would count
        pattern_mistake(pattern)

    tail = ")" if piece == "(a+" else ""
    assert_linear(lambda size: piece * (size // len(piece)) + tail * (size // len(piece)), judge, 450)
