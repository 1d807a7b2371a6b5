"""Text that stands out too little from its ground."""

from __future__ import annotations

import pytest

from msgpolicy.facts.style.colors import BLACK, WHITE, Color
from msgpolicy.facts.style.contrast import contrast
from tests.checks.support import excerpts, only, run

CHECK = "low-contrast"


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == pytest.approx(1)
    assert contrast(Color(0x76, 0x76, 0x76), WHITE) == pytest.approx(4.54, abs=0.005)
    assert contrast(Color(0x77, 0x77, 0x77), WHITE) == pytest.approx(4.48, abs=0.005)
    assert contrast(WHITE, Color(255, 0, 0)) == pytest.approx(4.0, abs=0.005)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p style="color:#777"> Which colour? </p>', ["Which colour?"]),
        ('<p style="background:#333">Which colour?</p>', ["Which colour?"]),
        ('<table bgcolor="#ff9900"><tr><td><font color="white">Which&nbsp;colour?</font></td></tr></table>',
         ["Which&nbsp;colour?"]),
        ('<p style="color:rgba(0,0,0,.4)">Hi</p>', ["Hi"]),
        ('<p style="color:#999;font-size:24px">Hi</p>', ["Hi"]),  # 2.85 to 1: not even for large text
        ('<p style="color:#888;font-size:18px;font-weight:bold">Hi</p>', ["Hi"]),  # not yet large
        ('<p style="color:#999">One</p><p style="color:#999">Two</p><p style="color:#aaa">Three</p>', ["One", "Three"]),
        ('<div style="background:#808080"><a href="https://www.amazon.de/">Orders</a></div>', ["Orders"]),
    ],
)  # fmt: skip
def test_too_little(html: str, expected: list[str]) -> None:
    assert excerpts(CHECK, {"html": html}) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p>Hi <a href='https://www.amazon.de/'>Orders</a></p>",
        '<p style="color:#767676">Hi</p>',
        '<p style="color:#888;font-size:24px">Hi</p>',
        '<p style="color:#888;font-size:14pt"><b>Hi</b></p><h2 style="color:#888">Hi</h2>',
        '<p style="color:#fff;background:#000">Hi</p>',
        '<p style="color:#fff">hidden, which is another rule</p>',
        '<p style="color:#999;background:url(a.png)">what is behind is not known</p>',
        '<p style="color:#999"><img src="cid:a" alt="x">&nbsp;</p>',
        '<p style="color:var(--x)">Hi</p>',
        '<p style="color:#999;display:none">Hi</p>',
        '<p style="color:#777;opacity:.99">Hi</p>',
    ],
)
def test_enough_or_not_known(html: str) -> None:
    assert run(CHECK, {"html": html}) == []


def test_the_ratio_is_told_rounded_down() -> None:
    hit = only(CHECK, {"html": '<p style="color:#777">One</p><b style="color:#777">Two</b>'})
    assert hit.fills == {"ratio": "4.47", "least": "4.5", "color": "#777777", "ground": "#ffffff"}
    assert hit.evidence["elements"] == 2
    assert hit.evidence["large"] is False
