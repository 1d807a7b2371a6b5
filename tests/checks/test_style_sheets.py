"""Declarations of style sheets: reported once, at their place, with how many elements they shape."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.support import excerpts, mended, only, run
from tests.growth import assert_linear

OPTIONS: dict[str, dict[str, Any]] = {
    "wide-margin": {"most": 20},
    "wide-image": {"most": 80},
    "font-size-count": {"most": 3},
}


@pytest.mark.parametrize(
    ("check", "html", "expected"),
    [
        ("text-alignment", "<style>p { text-align: center }</style><p>a</p><p>b</p>", "text-align: center"),
        ("font-override", "<style>p { color: #c00 } p.x { margin: 0 }</style><p>a</p><p>b</p>", "color: #c00"),
        ("wide-margin", "<style>p { margin: 0 30% }</style><p>a</p><p>b</p>", "margin: 0 30%"),
        ("wide-image", "<style>img { width: 100% }</style><img src=a><img src=b>", "width: 100%"),
        (
            "insecure-image",
            "<style>p { background: url(http://a.example/b.png) }</style><p>x</p><p>y</p>",
            "http://a.example/b.png",
        ),
    ],
)
def test_reported_once_where_it_is_written(check: str, html: str, expected: str) -> None:
    options = OPTIONS.get(check, {})
    assert excerpts(check, {"html": html}, **options) == [expected]
    if check != "insecure-image":
        assert only(check, {"html": html}, **options).evidence["elements"] == 2


@pytest.mark.parametrize("check", ["text-alignment", "font-override", "wide-margin", "wide-image", "font-size-count"])
@pytest.mark.parametrize("matched", ["", "<i class=x></i>", "<i class=x hidden>a</i>", "<i class=x>&nbsp;</i>"])
def test_what_shapes_nothing_that_is_shown_is_no_violation(check: str, matched: str) -> None:
    sheet = ".x{display:block;text-align:center;color:red;margin:0 30%;width:100%;font-size:1px} .y{font-size:2px}"
    html = f"<style>{sheet} .z{{font-size:3px}}</style><p>a</p>{matched}"
    assert run(check, {"html": html}, **OPTIONS.get(check, {})) == []


def test_sizes_of_a_sheet_are_counted() -> None:
    html = "<style>.a{font-size:9px}.b{font-size:11px}.c{font-size:30px}</style>"
    html += "<p>0<i class=a>1</i><i class=b>2</i><i class=c>3</i>"
    assert excerpts("font-size-count", {"html": html}, most=3) == ["<i class=c>"]


def test_colours_of_a_sheet_are_compared() -> None:
    assert excerpts("low-contrast", {"html": "<style>p{color:#999}</style><p>Hi</p>"}) == ["Hi"]


@pytest.mark.parametrize(
    ("check", "html", "expected"),
    [
        (
            "text-alignment",
            "<style>p{text-align:center;margin:0}</style><p>a</p>",
            "<style>p{margin:0}</style><p>a</p>",
        ),
        (
            "font-override",
            "<style>p{margin:0;color:#c00}</style><p>a</p><p>b</p>",
            "<style>p{margin:0;}</style><p>a</p><p>b</p>",
        ),
    ],
)
def test_the_fix_takes_it_out_of_the_sheet(check: str, html: str, expected: str) -> None:
    assert mended(check, {"html": html}) == expected
    assert run(check, {"html": expected}) == []


def test_an_inner_alignment_wins_over_the_sheet() -> None:
    html = "<style>td{text-align:center}</style><table><tr><td><p style='text-align:left'>a</p></td></tr></table>"
    assert run("text-alignment", {"html": html}) == []


def test_what_is_for_phones_or_paper_alone_is_not_judged() -> None:
    sheet = "<style>@media (max-width:480px){p{text-align:center}} @media print{p{color:red}}</style>"
    assert run("text-alignment", {"html": sheet + "<p>a</p>"}) == []
    assert run("font-override", {"html": sheet + "<p>a</p>"}) == []
    assert excerpts("text-alignment", {"html": "<style>@media screen{p{text-align:center}}</style><p>a</p>"}) == [
        "text-align:center"
    ]


@pytest.mark.parametrize("check", ["font-override", "wide-margin", "text-alignment"])
def test_many_declarations_for_many_elements(check: str) -> None:
    def page(size: int) -> str:
        declarations = "".join(f"x{number}:1;" for number in range(size))
        return f"<style>p{{{declarations}color:red}}</style>" + "<p>a" * (10 * size)

    assert_linear(page, lambda html: run(check, {"html": html}, **OPTIONS.get(check, {})), 40)
