"""Defaults of the font that are overridden."""

from __future__ import annotations

import pytest

from tests.checks.support import excerpts, mended, only, run
from tests.growth import assert_linear

CHECK = "font-override"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p style="font-family: Arial, sans-serif">Hi</p>', ["font-family: Arial, sans-serif"]),
        ('<p style="color:#c00; margin:0">Hi</p>', ["color:#c00"]),
        ('<p style="line-height:1.5">Hi</p>', ["line-height:1.5"]),
        ('<p style="font:12px/1.5 Arial">Hi</p>', ["font:12px/1.5 Arial"]),  # one declaration, one violation
        ('<font color="red" face=Arial size=2>Hi</font>', ['color="red"', "face=Arial"]),
        ('<body text="#333333">Hi</body>', ['text="#333333"']),
        ('<body link="red"><a href="https://www.amazon.de/">Orders</a></body>', ['link="red"']),
        ('<a href="https://www.amazon.de/" style="color:#000">Orders</a>', ["color:#000"]),
        ('<div style="font-family:Arial"><p style="font-family:Verdana">Hi</p></div>',
         ["font-family:Arial", "font-family:Verdana"]),
        ('<p style="font-family:&quot;A B&quot;; color:blue">Hi</p>', ["font-family:&quot;A B&quot;", "color:blue"]),
        ('<table><tr><td style="color:#c00"><b><i>Hi</i></b></td></tr></table>', ["color:#c00"]),
    ],
)  # fmt: skip
def test_overridden(html: str, expected: list[str]) -> None:
    assert excerpts(CHECK, {"html": html}) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p>Hi <b>you</b> <i>there</i></p>",
        '<p style="color:inherit;font-family:initial;line-height:normal">Hi</p>',
        '<p style="color:#000">Hi</p><p style="color:black">Hi</p><p style="color:rgb(0,0,0)">Hi</p>',
        '<a href="https://www.amazon.de/" style="color:#0000ee">Orders</a>',
        '<body link="red"><a name="x">no link</a></body>',
        '<p style="font-size:18px;font-weight:bold;text-decoration:underline">Hi</p>',
        '<font size="4">Hi</font>',
        '<td style="font-family:Arial;line-height:0"><img src="cid:logo" alt="Shop"></td>',
        '<p style="line-height:20px">&nbsp;</p>',
        '<div style="display:none;color:#c00;font-family:Arial">hidden</div>',
        "<style>.none { color: red }</style><p>Hi</p>",
        '<p style="color:nonsense">Hi</p>',
        '<p style="background-color:#eee">Hi</p>',
        '<p style="mso-line-height-rule:exactly">Hi</p>',
        "<!-- <font color=red>Hi</font> -->",
        "<h1>Order</h1><code>x</code>",
    ],
)
def test_left_as_it_is(html: str) -> None:
    assert run(CHECK, {"html": html}) == []


def test_what_is_overridden_is_told() -> None:
    hit = only(CHECK, {"html": '<p style="font:12px/1.5 Arial">Hi</p><p style="">you</p>'})
    assert hit.evidence["property"] == "font-family, line-height"
    assert hit.evidence["origin"] == "inline"
    assert hit.fills["found"] == "font:12px/1.5 Arial"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p style="color:#c00;margin:0">Hi</p>', '<p style="margin:0">Hi</p>'),
        ('<p style="margin:0; color:#c00">Hi</p>', '<p style="margin:0; ">Hi</p>'),
        ('<p style="color:#c00; font-family:Arial ;margin:0">Hi</p>', '<p style="margin:0">Hi</p>'),
        ('<font color="red" face=Arial size=2>Hi</font>', "<font size=2>Hi</font>"),
    ],
)
def test_the_fix_takes_the_declaration_out(html: str, expected: str) -> None:
    assert mended(CHECK, {"html": html}) == expected
    assert run(CHECK, {"html": expected}) == []
    assert all(hit.fix is not None and hit.fix.safe for hit in run(CHECK, {"html": html}))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("font", "safe"),
    [
        ("12px/1.5 Arial", True),
        ("normal 400 12px Boldini", True),
        ("italic 12px Arial", False),
        ("BOLD 12px Arial", False),
        ("700 12px Arial", False),
    ],
)
def test_what_also_takes_emphasis_out_is_no_safe_fix(font: str, safe: bool) -> None:
    fix = only(CHECK, {"html": f'<p style="font:{font}">Hi</p>'}).fix
    assert fix is not None
    assert fix.safe is safe


def test_linear_in_hostile_markup() -> None:
    def markup(size: int) -> str:
        return '<div style="color:red;font-family:Arial">x' * size + "<font color=red face=Arial>x</font>" * (10 * size)

    assert_linear(markup, lambda html: run(CHECK, {"html": html}), 10)
