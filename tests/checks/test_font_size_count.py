"""How many font sizes a message has."""

from __future__ import annotations

import pytest

from tests.checks.support import excerpts, only, run

MOST = {"most": 3}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>a</h1><h2>b</h2><p>c</p><small>d</small>", "<small>"),
        ("<p>a<font size=1>b</font><font size=5>c</font><font size=7>d</font></p>", "<font size=7>"),
        ("<p>a<sub>b<sub>c<sub>d</sub></sub></sub></p>", "<sub>"),
        ('<p style="font-size:12px">a</p><p style="font-size:14px">b</p>c<div style="font-size:20px"><p>d</p></div>',
         '<div style="font-size:20px">'),
        ('<p style="font-size:50%">a</p><p style="font-size:3em">b</p><p style="font-size:18pt">c</p><p>d</p>', "<p>"),
    ],
)  # fmt: skip
def test_one_size_too_many(html: str, expected: str) -> None:
    assert excerpts("font-size-count", {"html": html}, **MOST) == [expected]


@pytest.mark.parametrize(
    "html",
    [
        "<h1>a</h1><h2>b</h2><p>c</p>",
        "<h1>a</h1><h2>b</h2><h4>c</h4><p>d</p>",  # an h4 is as large as text
        '<h1>a</h1><h2>b</h2><p>c</p><p style="font-size:16.3px">d</p><p style="font-size:12pt">e</p>',
        "<h1>a</h1><h2>b</h2><p>c</p><small>&nbsp;</small><small><img src=x></small>",
        '<h1>a</h1><h2>b</h2><p>c</p><div style="display:none;font-size:50px">d</div>',
        '<div style="font-size:0"><p style="font-size:16px">a</p></div><h1>b</h1><h2>c</h2>',
        "<style>i{font-size:5px}b{font-size:6px}u{font-size:7px}</style><p>a</p>",
    ],
)
def test_few_enough(html: str) -> None:
    assert run("font-size-count", {"html": html}, **MOST) == []


def test_the_sizes_are_told() -> None:
    hit = only("font-size-count", {"html": "<h1>a</h1><h2>b</h2><p>c</p><small>d</small><h3>e</h3>"}, **MOST)
    assert hit.evidence == {"sizes": [13, 16, 19, 24, 32], "most": 3}
    assert hit.fills == {"count": 5, "most": 3, "sizes": "13, 16, 19, 24, 32"}


def test_deep_markup_is_no_trouble() -> None:
    html = "".join(f'<div style="font-size:{size}px">x' for size in range(10, 400))
    assert excerpts("font-size-count", {"html": html}, **MOST) == ['<div style="font-size:13px">']
