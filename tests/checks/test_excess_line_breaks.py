"""More than two line breaks in a row, in texts and in HTML."""

from __future__ import annotations

import pytest

from tests.checks.support import excerpts, mended, only, run
from tests.growth import assert_linear

MOST = {"most": 2}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n\nb", ["\n\n\n"]),
        ("a\r\n\r\n\r\nb", ["\r\n\r\n\r\n"]),  # a pair is one break
        ("a\r\r\rb", ["\r\r\r"]),
        ("a\n \t\n\u00a0\u200b\nb", ["\n \t\n\u00a0\u200b\n"]),
        ("\n\n\na", ["\n\n\n"]),
        ("a\n\n\n\n\nb\n\n\nc", ["\n\n\n\n\n", "\n\n\n"]),
        ("a\u2028\u2028\u2029b", ["\u2028\u2028\u2029"]),
        ("Regards\n\n\n-- \nShop", ["\n\n\n"]),
    ],
)
def test_too_many_in_a_text(text: str, expected: list[str]) -> None:
    assert excerpts("excess-line-breaks", {"text": text}, **MOST) == expected


@pytest.mark.parametrize(
    "text",
    ["a\n\nb", "a\r\n\r\nb", "a\n \nb", "a\n\nb\n\n\n\n", "a\n\n\n \t\u00a0", "\n\na", "\n\n\n", "-- \nShop\n\n"],
)
def test_few_enough_in_a_text(text: str) -> None:
    assert run("excess-line-breaks", {"text": text}, **MOST) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<br><br><br>b", ["<br><br><br>"]),
        ("a<br/>\n<BR />\r\n<br >b", ["<br/>\n<BR />\r\n<br >"]),
        ("<p>a</p><br><br><p>b</p>", ["<br><br>"]),  # the end of a paragraph is a break too
        ("<p>a</p><p>&nbsp;</p><p>&nbsp;</p><p>b</p>", ["<p>&nbsp;</p><p>&nbsp;</p>"]),
        ("<p>a</p>\n<p> </p>\n<p></p>\n<p>b</p>", ["<p> </p>\n<p></p>"]),
        ("<div>a</div><div><br></div><div><br></div><div>b</div>", ["<div><br></div><div><br></div>"]),
        ("<p>a<br><br></p><p>&nbsp;</p><p>b</p>", ["<br><br></p><p>&nbsp;</p>"]),
        ("a<br>&nbsp;<br>&nbsp;<br>b", ["<br>&nbsp;<br>&nbsp;<br>"]),
        ("<pre>a\n\n\nb</pre>", ["\n\n\n"]),
        ('<p style="white-space:pre-wrap">a\r\n\r\n\r\nb</p>', ["\r\n\r\n\r\n"]),
        ("<br><br><br>a", ["<br><br><br>"]),
        ("a<br><br><br hidden><br>b", ["<br><br><br hidden><br>"]),
        ("<table><tr><td>a<br><br><br>b</td></tr></table>", ["<br><br><br>"]),
        ("<p>a<p>&nbsp;<p>&nbsp;<p>b", ["<p>&nbsp;<p>&nbsp;"]),
        ("<p>a</p><p><span></span></p><p><b><br></b></p><p>b</p>", ["<p><span></span></p><p><b><br></b></p>"]),
    ],
)
def test_too_many_in_html(html: str, expected: list[str]) -> None:
    assert excerpts("excess-line-breaks", {"html": html}, **MOST) == expected


@pytest.mark.parametrize(
    "html",
    [
        "a<br><br>b",
        "<p>a</p><p>b</p><p>c</p><p>d</p>",
        "<p>a</p><p>&nbsp;</p><p>b</p>",
        "<p>a</p><br><p>b</p>",
        "<p>a<br><br></p><p>b</p>",  # the last <br> only ends its line
        "<div>a</div><div><br></div><div>b</div>",
        "a\n\n\n\nb",
        "a<br><br><br>",
        "<p>a</p><br><br><br><br></body>",
        '<p>a</p><br><br><br><span style="display:none">x</span>',
        "<p>a</p><div></div><div></div><div></div><p>b</p>",  # layout, of no height
        "<ul><li>a</li><li></li><li></li><li></li><li>b</li></ul>",
        '<br><br><img src="cid:a" width="90" height="90"><br><br>a',
        "a<br><br><hr><br>b",
        "<table><tr><td>a</td></tr><tr><td>&nbsp;</td></tr><tr><td><br><br></td></tr><tr><td>b</td></tr></table>",
        "<style>\n\n\n\np{}</style>a<script>\n\n\n</script>b",
        '<div style="display:none">a<br><br><br>b</div>',
        "<!-- \n\n\n -->a",
    ],
)
def test_few_enough_in_html(html: str) -> None:
    assert run("excess-line-breaks", {"html": html}, **MOST) == []


def test_each_reading_is_judged() -> None:
    parts = [
        hit.place.part for hit in run("excess-line-breaks", {"text": "a\n\n\nb", "html": "a<br><br><br>b"}, **MOST)
    ]  # type: ignore[union-attr]
    assert parts == ["text", "html"]


def test_the_number_is_told() -> None:
    hit = only("excess-line-breaks", {"text": "a\n\n\n\n\nb"}, **MOST)
    assert hit.evidence == {"count": 5, "most": 2}


@pytest.mark.parametrize(
    ("part", "source", "expected"),
    [
        ("text", "a\n\n\n\nb", "a\n\nb"),
        ("text", "a\r\n \r\n\t\r\n  b", "a\r\n \r\n  b"),
        ("html", "a<br><br><br><br>b", "a<br><br>b"),
        ("html", "<p>a</p><br><br><p>b</p>", "<p>a</p><br><p>b</p>"),
        ("html", "<p>a</p><p>&nbsp;</p><p>&nbsp;</p><p>b</p>", "<p>a</p><p>&nbsp;</p><p>b</p>"),
        ("html", "a<div><br></div><div><br></div>b", "a<div><br></div>b"),
        ("html", "<p>a</p><p></p><p></p><p></p><p>b</p>", "<p>a</p><p></p><p>b</p>"),
        ("html", "<pre>a\n\n\n\nb</pre>", "<pre>a\n\nb</pre>"),
        ("html", "a<div><br><br><br></div>b", "a<div><br></div>b"),
    ],
)
def test_the_fix_keeps_two_and_is_safe(part: str, source: str, expected: str) -> None:
    hit = only("excess-line-breaks", {part: source}, **MOST)
    assert hit.fix is not None
    assert hit.fix.safe
    assert mended("excess-line-breaks", {part: source}, part, **MOST) == expected
    assert run("excess-line-breaks", {part: expected}, **MOST) == []


@pytest.mark.parametrize("piece", ["\n", "\n ", "\r", "a\n\n\n", " " * 999 + "\n"])
def test_linear_in_a_hostile_text(piece: str) -> None:
    assert_linear(
        lambda size: piece * (size // len(piece)) + "a",
        lambda text: run("excess-line-breaks", {"text": text}, **MOST),
        3_000,
    )


@pytest.mark.parametrize("piece", ["<br>", "<p>", "<div>", "<p>&nbsp;</p>", "<div><br></div>a", "<table><td>"])
def test_linear_in_hostile_html(piece: str) -> None:
    assert_linear(
        lambda size: piece * (size // len(piece)) + "a",
        lambda html: run("excess-line-breaks", {"html": html}, **MOST),
        1_000,
    )


def test_nothing_is_taken_out_of_markup_that_is_not_surely_understood() -> None:
    (found,) = run("excess-line-breaks", {"html": "<div>" * 600 + "a<br><br><br>b"}, most=2)
    assert found.fix is None
