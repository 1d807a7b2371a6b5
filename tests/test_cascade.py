"""Which declaration wins for an element, and where it is written."""

from __future__ import annotations

import pytest

from msgpolicy.facts.html.reading import read_html
from msgpolicy.facts.style.cascade import Winner, cascade
from msgpolicy.facts.style.css import Declaration
from msgpolicy.facts.style.styles import styles_of


def test_later_layers_and_importance() -> None:
    def layer(value: str, important: bool = False) -> dict[str, Declaration]:
        return {"color": Declaration(value, important, 0, 0)}

    def winner(*layers: dict[str, Declaration]) -> str:
        return cascade(("sheet", layer) for layer in layers)["color"][1].value

    assert winner(layer("a"), layer("b")) == "b"
    assert winner(layer("a", important=True), layer("b")) == "a"
    assert winner(layer("a", important=True), layer("b", important=True)) == "b"
    assert cascade([]) == {}


def winners(source: str, tag: str) -> dict[str, tuple[str, str, str]]:
    """Value, origin and the source of each declaration that wins for the first element of a tag."""
    document = read_html(source)
    found = styles_of(document).winning(document.find(tag)[0])
    return {name: (item.value, item.origin, source[item.start : item.end]) for name, item in found.items()}


@pytest.mark.parametrize(
    ("source", "tag", "expected"),
    [
        ("<p style='Color: RED ; margin-top:1px'>", "p", ("color", "red", "inline", "Color: RED")),
        ("<p style=color:red>", "p", ("color", "red", "inline", "color:red")),
        ('<font\n COLOR = "red" face=a>', "font", ("color", "#ff0000", "attribute", 'COLOR = "red"')),
        ("<font size=7>", "font", ("font-size", "48px", "attribute", "size=7")),
        ("x<center id=a>", "center", ("text-align", "center", "attribute", "<center id=a>")),
        ("<p align=right>", "p", ("text-align", "right", "attribute", "align=right")),
        ("<p align=right style='text-align:left'>", "p", ("text-align", "left", "inline", "text-align:left")),
        ("<p style='margin: 0 9%;x:y'>", "p", ("margin-left", "9%", "inline", "margin: 0 9%")),
        ("<p style='font:10px/2 serif'>", "p", ("line-height", "2", "inline", "font:10px/2 serif")),
        (
            "<p style='a:&quot;&amp;&quot;;font-family:&quot;Own Face&quot; ;x:y'>",
            "p",
            ("font-family", '"Own Face"', "inline", "font-family:&quot;Own Face&quot;"),
        ),
        ("<p style='a:b;\r\ncolor:\r\nred;c:d'>", "p", ("color", "red", "inline", "color:\r\nred")),
        ("<p style='a:\0;color&colon;red&semi;'>", "p", ("color", "red", "inline", "color&colon;red")),
        ("<p style='color:red!important'>", "p", ("color", "red", "inline", "color:red!important")),
    ],
)
def test_spans(source: str, tag: str, expected: tuple[str, str, str, str]) -> None:
    name, *found = expected
    assert winners(source, tag)[name] == tuple(found)


def test_importance_is_told() -> None:
    document = read_html("<p style='color:red!important;margin-top:1px'>")
    found = styles_of(document).winning(document.find("p")[0])
    assert found["color"] == Winner("red", "inline", 10, 29, True)
    assert not found["margin-top"].important


def test_nothing_is_inherited() -> None:
    assert winners("<div style='color:red'><p>x", "p") == {}


def test_a_second_body_tag_has_its_own_place() -> None:
    source = "<body text=red>x<body style='color:blue' bgcolor=red>"
    found = winners(source, "body")
    assert found["color"] == ("blue", "inline", "color:blue")
    assert found["background-color"] == ("#ff0000", "attribute", "bgcolor=red")


def test_a_copied_element_has_the_place_of_the_first() -> None:
    source = "<p><b style='color:red'>x<p>y"
    document = read_html(source)
    spans = {styles_of(document).winning(index)["color"][2:4] for index in document.find("b")}
    assert [source[start:end] for start, end in spans] == ["color:red"]
