"""Text that is not aligned as it would be by default."""

from __future__ import annotations

import pytest

from tests.checks.support import excerpts, mended, only, run
from tests.growth import assert_linear

CHECK = "text-alignment"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<center>Hi <b>you</b></center>", ["<center>"]),
        ('<p align="center">Hi</p>', ['align="center"']),
        ("<div ALIGN=middle>Hi</div>", ["ALIGN=middle"]),
        ('<p style="margin:0; text-align : center ;">Hi</p>', ["text-align : center"]),
        ('<p style="text-align:justify!important">Hi</p>', ["text-align:justify!important"]),
        ('<p style="text-align:right">Hi</p>', ["text-align:right"]),
        ('<p style="text-align:end">Hi</p>', ["text-align:end"]),
        ('<div style="text-align:center"><table><tr><td>Hi</td></tr></table></div>', ["text-align:center"]),
        ('<div style="text-align:center"><p style="text-align:inherit">Hi</p></div>', ["text-align:center"]),
        ('<p dir="rtl" style="text-align:left">שלום</p>', ["text-align:left"]),
        ('<div dir="rtl"><p align="center">שלום</p></div>', ['align="center"']),
        # Were the inner one taken away, the outer one would centre the text.
        (
            '<div align="center"><p style="text-align:center">Hi</p></div>',
            ['align="center"', "text-align:center"],
        ),
        ('<table><tr><td align="right">12.00</td></tr></table>', ['align="right"']),
    ],
)
def test_changed_alignment(html: str, expected: list[str]) -> None:
    assert excerpts(CHECK, {"html": html}) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p>Hi</p>",
        '<p style="text-align:left">Hi</p><p align="left">Hi</p><p style="text-align:start">Hi</p>',
        '<table align="center" width="600"><tr><td>Hi</td></tr></table>',
        # Mail tools centre the box in its cell, and turn its text back.
        '<table><tr><td align="center"><table><tr><td align="left">Hi</td></tr></table></td></tr></table>',
        '<center><table><tr><td style="text-align:left">Hi</td></tr></table></center>',
        '<p align="center"><img src="cid:logo" alt="Shop"></p>',
        '<table><tr><td align="center">&nbsp;</td><td align="center"> <br> </td></tr></table>',
        '<p dir="rtl" style="text-align:right">שלום</p>',
        '<p style="text-align:right">مرحبا بكم في متجر Shop</p>',  # the letters tell the direction
        '<div dir="rtl"><p align="right">12.00</p></div>',
        '<p style="direction:rtl;text-align:right">12</p>',
        '<p dir="auto" style="text-align:right">שלום</p>',
        '<p dir="rtl" style="text-align:left">Order 4711</p>',  # left is where these letters begin
        '<span style="text-align:center">no block, no effect</span>',
        '<p style="text-align:center;display:none">Hi</p>',
        '<p style="text-align:initial">Hi</p>',
        "<style>.none { text-align: center }</style><p>Hi</p>",
        '<p align="absmiddle">Hi</p><p style="text-align:middle">Hi</p>',
        "<table><tr><th>Head</th></tr></table>",
        "<!-- <center>Hi</center> -->",
    ],
)
def test_default_alignment(html: str) -> None:
    assert run(CHECK, {"html": html}) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<CENTER class=x>Hi</CENTER >", "<div class=x>Hi</div >"),
        ("<center>Hi", "<div>Hi"),
        ('<p class="a" align="center" id="b">Hi</p>', '<p class="a" id="b">Hi</p>'),
        ('<p style="color:red; text-align:center ; margin:0">Hi</p>', '<p style="color:red; margin:0">Hi</p>'),
        ('<p style="text-align:center">Hi</p>', '<p style="">Hi</p>'),
    ],
)
def test_the_fix_takes_the_declaration_out(html: str, expected: str) -> None:
    hit = only(CHECK, {"html": html})
    assert hit.fix is not None
    assert hit.fix.safe
    assert mended(CHECK, {"html": html}) == expected
    assert run(CHECK, {"html": expected}) == []


def test_linear_in_hostile_markup() -> None:
    def markup(size: int) -> str:
        return '<div align="center">x' * size + '<p style="text-align:center">x' * (10 * size)

    assert_linear(markup, lambda html: run(CHECK, {"html": html}), 15)
