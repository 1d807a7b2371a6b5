"""Declared widths, and what is a share of them."""

from __future__ import annotations

import pytest

from msgpolicy.facts.html.reading import read_html
from msgpolicy.facts.style.widths import Extent, Widths


def extent(source: str, name: str, tag: str = "i") -> Extent:
    document = read_html(source)
    return Widths(document).extent(document.find(tag)[0], name)


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        ("<i style='display:block;margin-left:25%'>", "margin-left", Extent(None, 0.25)),
        ("<div style='width:400px'><i style='margin-left:25%'>", "margin-left", Extent(100.0, 0.25)),
        ("<div style='width:400px'><i style='margin:0 0 0 100px'>", "margin-left", Extent(100.0, 0.25)),
        ("<div style='width:400px'><i style='margin:0 0 0 100px'>", "margin-top", Extent(0.0, 0.0)),
        ("<div style='width:400px'><i style='margin:1px 10%'>", "margin-right", Extent(40.0, 0.1)),
        ("<div style='width:400px'><i style='margin:1px 20px 3px'>", "margin-left", Extent(20.0, 0.05)),
        ("<div style='width:400px'><i style='font-size:20px;padding-left:2em'>", "padding-left", Extent(40.0, 0.1)),
        ("<i style='margin-left:100px'>", "margin-left", Extent(100.0, None)),
        ("<i style='margin-left:auto'>", "margin-left", Extent(None, None)),
        ("<i>", "margin-left", Extent(None, None)),
        ("<table width=600><tr><td><i style='width:300px'>", "width", Extent(300.0, 0.5)),
        ("<table width=600><tr><td><i style='width:300px'></td><td>", "width", Extent(300.0, None)),
        ("<table width=600><tr><td width='50%'><i style='width:150px'></td><td>", "width", Extent(150.0, 0.5)),
        ("<table width=600><tr><td width=300><i style='width:150px'></td><td>", "width", Extent(150.0, 0.5)),
        ("<div style='width:100%;max-width:500px'><i style='width:250px'>", "width", Extent(250.0, 0.5)),
        ("<div style='width:800px;max-width:500px'><i style='width:250px'>", "width", Extent(250.0, 0.5)),
        ("<div style='width:800px'><b style='width:9px'><i style='width:400px'>", "width", Extent(400.0, 0.5)),
        ("<div style='width:800px'><p style='width:50%'><i style='width:400px'>", "width", Extent(400.0, 1.0)),
    ],
)
def test_extents(source: str, name: str, expected: Extent) -> None:
    assert extent(source, name) == pytest.approx(expected)


def test_image_width_by_attribute() -> None:
    assert extent("<div style='width:600px'><img width=540>", "width", "img") == Extent(540.0, 0.9)
    assert extent("<div style='width:600px'><img width='85%'>", "width", "img") == Extent(510.0, 0.85)


def test_a_deep_document() -> None:
    document = read_html("<div style='width:50%'>" * 3_000)
    assert len(Widths(document).boxes) == len(document.elements)
