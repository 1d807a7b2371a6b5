"""Declarations, lengths and colours, as browsers read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.style.colors import TRANSPARENT, WHITE, Color, css_color, html_color
from msgpolicy.facts.style.css import parse_declarations
from msgpolicy.facts.style.lengths import font_size, length


def values(text: str) -> dict[str, str]:
    return {name: declaration.value for name, declaration in parse_declarations(text).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("color:red", {"color": "red"}),
        (" COLOR : Red ; Display:NONE ; ", {"color": "red", "display": "none"}),
        ("color:red;color:blue", {"color": "blue"}),
        ("color:red !important;color:blue", {"color": "red"}),
        ("color:red ! IMPORTANT;color:blue!important", {"color": "blue"}),
        ("color:red;color:notacolor", {"color": "red"}),
        ("display:none;display:nonsense", {"display": "none"}),
        ("display:nonsense", {}),
        ("font-size:0;font-size:big", {"font-size": "0"}),
        ("opacity:0;opacity:full", {"opacity": "0"}),
        ("display:var(--x)", {"display": "var(--x)"}),
        ("/* a;b:c */color/**/:/**/red/* ; */", {"color": "red"}),
        ("dis/**/play:none", {"dis play": "none"}),
        ("display:no/**/ne", {}),
        ("/* never closed; color:red", {}),
        (r"dis\70lay:\6e one", {"display": "none"}),
        (r"display:n\one", {"display": "none"}),
        (r"display:none\!important", {}),
        (r"color:red !imp\6frtant;color:blue", {"color": "red"}),
        (r"font-size:\30 px", {}),
        (r"color:rgb\(0,0,0)", {}),
        ("content:'a;b:c';color:red", {"content": "'a;b:c'", "color": "red"}),
        ('font-family:"A\\"; B";color:red', {"font-family": '"A\\"; B"', "color": "red"}),
        ("list-style:url(data:a;b:C);color:red", {"list-style": "url(data:a;b:C)", "color": "red"}),
        ("width:calc(1px; 2px);color:red", {"width": "calc(1px; 2px)", "color": "red"}),
        ("width:calc(1px;color:red", {"width": "calc(1px;color:red"}),
        ("a;b:;:c;color:red", {"color": "red"}),
        ("color:red}", {}),
        ("mso-hide:all", {"mso-hide": "all"}),
        ("--Own: X", {"--own": "x"}),
    ],
)
def test_declarations_that_count(text: str, expected: dict[str, str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("margin:1px", ["1px", "1px", "1px", "1px"]),
        ("margin:1px 20%", ["1px", "20%", "1px", "20%"]),
        ("margin:1px 20% 3px", ["1px", "20%", "3px", "20%"]),
        ("margin:1px 2px 3px auto", ["1px", "2px", "3px", "auto"]),
        ("margin:calc(1px + (2px * 3)) 5px", ["calc(1px + (2px * 3))", "5px", "calc(1px + (2px * 3))", "5px"]),
        ("margin:1px 2px;margin:1px nonsense", ["1px", "2px", "1px", "2px"]),
        ("margin:1px 2px;margin:1px 2px 3px 4px 5px", ["1px", "2px", "1px", "2px"]),
        ("margin:1px;margin-left:25%", ["1px", "1px", "1px", "25%"]),
        ("margin-left:25%;margin:1px", ["1px", "1px", "1px", "1px"]),
        ("margin-left:25% !important;margin:1px", ["1px", "1px", "1px", "25%"]),
    ],
)
def test_margins_by_side(text: str, expected: list[str]) -> None:
    for name in ("margin", "padding"):
        found = values(text.replace("margin", name))
        assert [found[f"{name}-{side}"] for side in ("top", "right", "bottom", "left")] == expected


def test_declarations_have_spans() -> None:
    text = "color: red ;\n font-size:/* x */0 !important"
    found = parse_declarations(text)
    assert [text[item.start : item.end] for item in found.values()] == ["color: red", "font-size:/* x */0 !important"]
    assert [item.important for item in found.values()] == [False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("font:0/0 a", {"font-size": "0", "line-height": "0", "font-family": "a"}),
        (
            "font:italic bold 12px/1.5 Arial, serif",
            {"font-size": "12px", "line-height": "1.5", "font-family": "arial, serif"},
        ),
        ("font-size:10px;font:inherit", {"font-size": "10px"}),
        ("background:#fff", {"background-color": "#fff", "background-image": "none"}),
        ("background:rgb(1, 2, 3) no-repeat", {"background-color": "rgb(1, 2, 3)", "background-image": "none"}),
        ("background:url(a.png) white", {"background-color": "white", "background-image": "url"}),
        ("background-color:red;background:none", {"background-color": "transparent", "background-image": "none"}),
        ("background:none;background-color:red", {"background-color": "red", "background-image": "none"}),
    ],
)
def test_shorthands_are_spelled_out(text: str, expected: dict[str, str]) -> None:
    assert expected.items() <= values(text).items()


STYLE_PIECES = [
    *":;(){}[]\"'\\/*! ",
    "/*",
    "*/",
    "url(",
    "color",
    "red",
    "font",
    "0",
    "background",
    "important",
    "\n",
    "px",
]


@given(st.text() | st.lists(st.sampled_from(STYLE_PIECES)).map("".join))
def test_any_text_is_read(text: str) -> None:
    for name, declaration in parse_declarations(text).items():
        assert name
        assert declaration.value
        assert 0 <= declaration.start < declaration.end <= len(text)


@pytest.mark.parametrize("piece", STYLE_PIECES)
@pytest.mark.parametrize("start", ["", "color:", "font:", "background:"])
def test_repetition_stays_quick(start: str, piece: str) -> None:
    parse_declarations(start + piece * 20_000)
    parse_declarations(f"{start}x{piece * 20_000}x")


@pytest.mark.parametrize(
    ("value", "px"),
    [
        ("12px", 12.0),
        ("0", 0.0),
        ("-9999px", -9999.0),
        ("9pt", 12.0),
        ("1in", 96.0),
        ("2em", 40.0),
        ("2rem", 32.0),
        (".5px", 0.5),
        ("1e2px", 100.0),
        ("+3", 3.0),
        ("0%", 0.0),
        ("50%", None),
        ("auto", None),
        ("calc(1px)", 1.0),
        ("calc(10px - 9px)", 1.0),
        ("calc(0.5 * 2px)", 1.0),
        ("calc(4px / 2 + 1em)", 22.0),
        ("calc(100% - 20px)", None),
        ("calc(1px / 0)", None),
        ("calc(1px, 2px)", None),
        ("min(1px, 2em)", 1.0),
        ("max(1px, 2em)", 40.0),
        ("clamp(1px, 5px, 3px)", 3.0),
        ("clamp(1px, 5px)", None),
        ("max(1px, 1vq)", None),
        ("5bananas", None),
        ("", None),
        (None, None),
    ],
)
def test_lengths(value: str | None, px: float | None) -> None:
    found = length(value, font_size=20.0)
    assert found == (None if px is None else pytest.approx(px))


def test_shares_of_a_whole() -> None:
    assert length("50%", whole=80.0) == 40.0


@pytest.mark.parametrize(
    ("value", "px"),
    [
        (None, 20.0),
        ("0", 0.0),
        ("1.5em", 30.0),
        ("50%", 10.0),
        ("small", 13.0),
        ("larger", 24.0),
        ("-1px", 20.0),
        ("calc(2px)", 2.0),
        ("calc(2px + )", 20.0),
    ],
)
def test_font_sizes(value: str | None, px: float) -> None:
    assert font_size(value, 20.0) == pytest.approx(px)


@pytest.mark.parametrize(
    ("value", "color"),
    [
        ("white", WHITE),
        ("#fff", WHITE),
        ("#ffffff", WHITE),
        ("#ffff", WHITE),
        ("#ffffff00", Color(255, 255, 255, 0)),
        ("rgb(255,255,255)", WHITE),
        ("rgb(255 255 255 / 0%)", Color(255, 255, 255, 0)),
        ("rgba(100%, 100%, 100%, 1)", WHITE),
        ("rgb(300, -5, 0)", Color(255, 0, 0)),
        ("hsl(0, 0%, 100%)", WHITE),
        ("hsl(120deg 100% 50%)", Color(0, 255, 0)),
        ("transparent", TRANSPARENT),
        ("currentcolor", None),
        ("ffffff", None),
        ("#ff", None),
        ("rgb(1,2)", None),
        ("rgb(a,b,c)", None),
        ("var(--x)", None),
    ],
)
def test_css_colors(value: str, color: Color | None) -> None:
    assert css_color(value) == color


@pytest.mark.parametrize(
    ("value", "color"),
    [
        ("white", WHITE),
        (" #FFFFFF ", WHITE),
        ("ffffff", WHITE),
        ("#fff", WHITE),
        # The two examples that the standard is known for.
        ("chucknorris", Color(0xC0, 0, 0)),
        ("sick", Color(0, 0xC0, 0)),
        ("", None),
        ("transparent", None),
    ],
)
def test_html_colors(value: str, color: Color | None) -> None:
    assert html_color(value) == color


@given(st.text())
def test_any_color_is_read(value: str) -> None:
    css_color(value)
    html_color(value)


def test_looking_like_a_ground() -> None:
    assert Color(250, 255, 255).looks_like(WHITE)
    assert not Color(230, 255, 255).looks_like(WHITE)
    assert Color(0, 0, 0, 0.5).over(WHITE) == Color(127.5, 127.5, 127.5)
