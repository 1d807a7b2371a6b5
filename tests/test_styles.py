"""What is seen of an element, by its own style and what is around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.html.reading import read_html
from msgpolicy.facts.style.styles import declarations, declared_size, hidden_reason, styles_of


def reason(source: str, tag: str = "i") -> str | None:
    """Why the first element of a tag is not seen."""
    document = read_html(source)
    return hidden_reason(document, document.find(tag)[0])


HIDING = [
    ("font-size:2px", "font-size: 2px"),
    ("scale:0.01", "scale: 0.01"),
    ("zoom:1%", "zoom: 1%"),
    ("transform:matrix(0.001,0,0,0.001,0,0)", "transform: matrix(0.001,0,0,0.001,0,0)"),
    ("transform:rotateY(90deg)", "transform: rotatey(90deg)"),
    ("translate:-9999px", "translate: -9999px"),
    ("position:absolute;inset:-9999px auto auto 0", "inset: -9999px auto auto 0"),
    ("position:absolute;left:-100vw", "left: -100vw"),
    ("-webkit-text-fill-color:#fff", "color: #ffffff on #ffffff"),
    ("color:#000;-webkit-text-fill-color:transparent", "color: transparent"),
    ("display:none", "display: none"),
    ("DISPLAY : None !important", "display: none"),
    (r"d\69splay:none", "display: none"),
    ("visibility:hidden", "visibility: hidden"),
    ("visibility:collapse", "visibility: hidden"),
    ("opacity:0", "opacity: 0"),
    ("opacity:0.0", "opacity: 0"),
    ("opacity:1%", "opacity: 0"),
    ("filter:opacity(0)", "filter: opacity(0)"),
    ("font-size:0", "font-size: 0px"),
    ("font-size:1px", "font-size: 1px"),
    ("font-size:.01em", "font-size: 0.16px"),
    ("font:0/0 a", "font-size: 0px"),
    ("color:#fff", "color: #ffffff on #ffffff"),
    ("color:rgb(254, 254, 254)", "color: #fefefe on #ffffff"),
    ("color:transparent", "color: transparent"),
    ("color:rgba(0,0,0,0)", "color: transparent"),
    ("background:#123456;color:#123456", "color: #123456 on #123456"),
    ("text-indent:-9999px", "text-indent: -9999px"),
    ("text-indent:100%;white-space:nowrap;overflow:hidden", "text-indent: 100%"),
    ("position:absolute;left:-9999px", "left: -9999px"),
    ("position:fixed;top:-999em", "top: -999em"),
    ("position:relative;left:20000px", "left: 20000px"),
    ("margin-left:-9999px", "margin-left: -9999px"),
    ("position:absolute;clip:rect(0,0,0,0)", "clip: rect(0,0,0,0)"),
    ("position:absolute;clip:rect(1px 1px 1px 1px)", "clip: rect(1px 1px 1px 1px)"),
    ("clip-path:inset(100%)", "clip-path: inset(100%)"),
    ("clip-path:inset(50%)", "clip-path: inset(50%)"),
    ("clip-path:circle(0)", "clip-path: circle(0)"),
    ("clip-path:polygon(0 0, 0 0)", "clip-path: polygon(0 0, 0 0)"),
    ("transform:scale(0)", "transform: scale(0)"),
    ("transform:translateX(-9999px)", "transform: translatex(-9999px)"),
    ("content-visibility:hidden", "content-visibility: hidden"),
]

SHOWING = [
    "display:block",
    "display:none;display:block",
    "display:none !ie",
    "display:nonsense",
    "visibility:visible",
    "opacity:.3",
    "opacity:1",
    "font-size:9px",
    "font-size:0;font-size:12px",
    "font-size:bogus",
    "font-size:-1px",
    "color:#eee",
    "color:white;background:#333",
    "color:white;background-image:url(dark.png)",
    "color:white;background:linear-gradient(red, blue)",
    "color:var(--own)",
    "background:#000;color:#fff",
    "background:rgba(0,0,0,.8);color:#fff",
    "text-indent:-20px",
    "text-indent:100%",
    "position:absolute;left:-10px",
    "left:-9999px",
    "clip:rect(0,0,0,0)",
    "position:absolute;clip:rect(0,100px,20px,0)",
    "clip-path:inset(10%)",
    "transform:scale(.5)",
    "transform:translate(-50%, -50%)",
    "max-height:0;overflow:hidden",  # without effect on inline elements
    "mso-hide:none",
    "mso-hide:all",  # in Outlook only
    "font-size:2.1px",
    "zoom:0",
    "zoom:0.5",
    "scale:0.02",
    "transform:matrix(1,0,0,1,0,0)",
    "transform:rotateY(45deg)",
    "translate:-50% -50%",
    "position:absolute;left:-100%",
    "position:absolute;left:-99vw",
    "color:#000;-webkit-text-fill-color:currentcolor",
    "-webkit-text-fill-color:#fff;background:#000",
    "/* display:none */",
    "content:'display:none'",
]


@pytest.mark.parametrize(("style", "expected"), HIDING)
def test_hiding_styles(style: str, expected: str) -> None:
    assert reason(f'<p><i style="{style}">x</i></p>') == expected


@pytest.mark.parametrize("style", SHOWING)
def test_near_misses(style: str) -> None:
    assert reason(f'<p><i style="{style}">x</i></p>') is None


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("max-height:0;overflow:hidden", "max-height: 0"),
        ("max-height:0px;max-width:0px;overflow:hidden", "max-height: 0px"),
        ("height:1px;overflow:hidden", "height: 1px"),
        ("width:0;overflow-x:clip", "width: 0"),
        ("height:0", None),
        ("max-height:0;overflow:visible", None),
        ("height:0;overflow:hidden;min-height:20px", None),
        ("height:0;overflow:hidden;padding-bottom:50px", None),
        ("height:0;overflow:hidden;padding:0 0 56%", None),
        ("height:20px;overflow:hidden", None),
        ("display:inline;height:0;overflow:hidden", None),
        ("display:table;height:0;overflow:hidden", None),
        ("display:inline-block;width:0;overflow:hidden", "width: 0"),
        ("display:inline-table;width:0;overflow:hidden", None),
    ],
)
def test_boxes_without_room(style: str, expected: str | None) -> None:
    assert reason(f'<div style="{style}">x</div>', "div") == expected


def test_cells_grow_with_their_text() -> None:
    assert reason('<table><tr><td height=0 style="overflow:hidden">x</table>', "td") is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<div style="display:none"><i style="display:block">x</i></div>', "display: none"),
        ('<div style="visibility:hidden"><i>x</i></div>', "visibility: hidden"),
        ('<div style="visibility:hidden"><i style="visibility:visible">x</i></div>', None),
        ('<div style="opacity:0"><i style="opacity:1">x</i></div>', "opacity: 0"),
        ('<div style="opacity:.2"><i style="opacity:.2">x</i></div>', "opacity: 0"),
        ('<div style="font-size:0"><i>x</i></div>', "font-size: 0px"),
        ('<div style="font-size:0"><i style="font-size:12px">x</i></div>', None),
        ('<div style="font-size:0"><i style="font-size:2em">x</i></div>', "font-size: 0px"),
        ('<div style="color:#fff"><i>x</i></div>', "color: #ffffff on #ffffff"),
        ('<div style="color:#fff"><i style="color:#000">x</i></div>', None),
        ('<div style="color:#fff"><i style="color:inherit">x</i></div>', "color: #ffffff on #ffffff"),
        ('<body bgcolor="#000000" text=black><i>x</i>', "color: #000000 on #000000"),
        ("<body bgcolor=black text=white><i>x</i>", None),
        ('<table bgcolor="#222"><tr><td><font color="#222222"><i>x</i></font>', "color: #222222 on #222222"),
        ('<table bgcolor="#222"><tr><td style="color:#fff"><i>x</i>', None),
        ('<table background="night.png"><tr><td style="color:#fff"><i>x</i>', None),
        (
            '<div style="background:url(n.png)"><p style="background:#fff;color:#fff"><i>x</i>',
            "color: #ffffff on #ffffff",
        ),
        ('<div style="background:#000"><p style="background:none;color:#000"><i>x</i>', "color: #000000 on #000000"),
        ('<div style="text-indent:-9999px"><i>x</i></div>', "text-indent: -9999px"),
        ('<div style="text-indent:-9999px"><p style="text-indent:0"><i>x</i></div>', None),
        ('<div style="position:absolute;left:-9999px"><i style="position:static">x</i></div>', "left: -9999px"),
        ("<div hidden><i>x</i></div>", "display: none"),
        ("<i hidden>x</i>", "display: none"),
        ('<i hidden style="display:inline">x</i>', None),
        ("<template><i>x</i></template>", "display: none"),
        ("<dialog><i>x</i></dialog>", "display: none"),
        ("<dialog open><i>x</i></dialog>", None),
        ("<noscript><i>x</i></noscript>", None),
        ("<i width=0 height=0 color=white>x</i>", None),
    ],
)
def test_what_is_around_counts(source: str, expected: str | None) -> None:
    assert reason(source) == expected


def test_links_have_their_own_color() -> None:
    source = '<div style="color:#fff">a<a href=x>b</a><a name=c>d</a></div>'
    document = read_html(source)
    assert [hidden_reason(document, index) for index in document.find("a")] == [None, "color: #ffffff on #ffffff"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<p style="font-size:0;color:#fff;text-indent:-9999px"><img src=x></p>', None),
        ('<p style="visibility:hidden"><img src=x></p>', "visibility: hidden"),
        ('<img src=x style="display:none">', "display: none"),
        ('<img src=x style="opacity:0">', "opacity: 0"),
        ('<div style="height:0;overflow:hidden"><img src=x></div>', "height: 0"),
    ],
)
def test_images_are_hidden_by_boxes_not_by_letters(source: str, expected: str | None) -> None:
    assert reason(source, "img") == expected


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("width=1 height=1", (1.0, 1.0)),
        ('width="1px" height=" 2 "', (1.0, 2.0)),
        ('width="100%" height=50', (None, 50.0)),
        ('width="0%"', (0.0, None)),
        ("", (None, None)),
        ("width=wide", (None, None)),
        ('width=600 style="width:1px;height:1pt"', (1.0, pytest.approx(4 / 3))),
        ('width=600 style="max-width:1px"', (1.0, None)),
        ('style="max-height:0"', (None, 0.0)),
        ('style="max-width:600px"', (None, None)),
        ('width=1 style="min-width:200px"', (200.0, None)),
        ('width=1 style="width:auto"', (None, None)),
        ('style="width:2em;font-size:10px"', (20.0, None)),
        ('width=1.5 style="width:broken"', (1.5, None)),
    ],
)
def test_declared_size(attributes: str, expected: tuple[float | None, float | None]) -> None:
    document = read_html(f"<img src=x {attributes}>")
    assert declared_size(document, document.find("img")[0]) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<i bgcolor=red style="color:Blue">', {"color": "blue"}),
        ('<table bgcolor=red width="50%">', {"background-color": "#ff0000", "width": "50%"}),
        (
            '<font size=1 color=red face="Arial, sans">',
            {"font-size": "10px", "color": "#ff0000", "font-family": "Arial, sans"},
        ),
        ('<font size="+2">', {"font-size": "24px"}),
        ("<p align=CENTER>", {"text-align": "center"}),
        ("<center>", {"text-align": "center"}),
        ("<img hspace=5>", {"margin-left": "5px", "margin-right": "5px"}),
        ('<body text="#111">', {"color": "#111111"}),
        ('<p style="top:0;top:1px!important;top:2px">', {"top": "1px"}),
        ("<b>", {}),
    ],
)
def test_declarations_of_attributes_and_style(source: str, expected: dict[str, str]) -> None:
    document = read_html(source)
    tag = source.strip("<>").split()[0]
    for index in document.find(tag):
        assert dict(declarations(document, index)) == expected


def test_style_wins_over_attributes() -> None:
    document = read_html('<table bgcolor=red style="background-color:blue">')
    assert dict(declarations(document, document.find("table")[0])) == {"background-color": "blue"}


def test_an_open_dialog_is_seen_beside_a_closed_one() -> None:
    assert reason("<dialog class=a><b>x</b></dialog><dialog open><i>x</i></dialog>", "b") == "display: none"
    assert reason("<dialog class=a><b>x</b></dialog><dialog open><i>x</i></dialog>", "i") is None


def test_elements_that_share_a_look_keep_their_own_places() -> None:
    source = "<p style='color:red'>a</p><p style='color:red'>b</p><p style='&#99;olor:red'>c</p>"
    document = read_html(source)
    written = [styles_of(document).winning(index)["color"] for index in document.find("p")]
    assert [source[winner.start : winner.end] for winner in written] == ["color:red", "color:red", "&#99;olor:red"]
    assert len({winner.start for winner in written}) == 3


def test_styles_of_a_deep_document() -> None:
    document = read_html('<span style="font-size:2em;opacity:.9">' * 3_000 + "x")
    computed = styles_of(document).computed
    assert len(computed) == len(document.elements)
    assert computed[-1].font_size <= 1e6
    assert computed[-1].hidden == "opacity: 0"


WORDS = """
    display none font-size 0 color white -9999px left : ; ( ) rgb( url( 1e9 % transform scale( 0 clip rect( inset( calc(
    opacity background text-indent
"""


@given(
    st.lists(st.sampled_from([*WORDS.split(), " ", ",", "position:absolute;"]), max_size=15).map("".join)
    | st.text(max_size=40)
)
def test_no_style_stops_the_reading(style: str) -> None:
    escaped = style.replace("&", "&amp;").replace("'", "&#39;")
    document = read_html(f"<div style='{escaped}'><img style='{escaped}' width='{escaped}'><font size='{escaped}'>x")
    for element in document.elements:
        hidden_reason(document, element.index)
        declared_size(document, element.index)
    document.readings("html", lambda index: hidden_reason(document, index))
