"""Style sheets: what they say, where it is written, and what the buyer sees of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgpolicy.facts.html import soup as html_soup
from msgpolicy.facts.html import turbo as html_turbo
from msgpolicy.facts.html.reading import read_html
from msgpolicy.facts.html.tree import Document
from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.style import matching, sheet_rules, sheets
from msgpolicy.facts.style.cascade import Winner
from msgpolicy.facts.style.media import ALL_SCREENS
from msgpolicy.facts.style.sheet_rules import SheetRule
from msgpolicy.facts.style.styles import declared_size, hidden_reason, styles_of

NO_SCREEN = 0


def rules(source: str) -> list[SheetRule]:
    return list(styles_of(read_html(source)).sheet_rules)


def written(css: str) -> list[tuple[str, dict[str, str]]]:
    """Each rule that browsers keep: its selector, and its declarations as written in the source."""
    source = f"<style>{css}</style>"
    return [
        (rule.selector, {name: source[item.start : item.end] for name, item in rule.declarations.items()})
        for rule in rules(source)
        if rule.selectors
    ]


def reason(source: str, tag: str = "i") -> str | None:
    document = read_html(source)
    return hidden_reason(document, document.find(tag)[0])


def winner(source: str, name: str, tag: str = "i") -> Winner | None:
    document = read_html(source)
    return styles_of(document).winning(document.find(tag)[0]).get(name)


def refusal(source: str) -> str:
    """Why a document is not read, or that it is: "style sheet steps read"."""
    try:
        hidden_reason(read_html(source), 0)
    except TooLargeError as error:
        return str(error)
    return "style sheet steps read"


def value(css: str, name: str, html: str = "<i class=a id=b>x</i>", tag: str = "i") -> str | None:
    found = winner(f"<style>{css}</style>{html}", name, tag)
    return found.value if found else None


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("", []),
        ("p{}", []),
        ("p{color:red}", [("p", {"color": "color:red"})]),
        (" p , .a > b { Color : RED ; } ", [("p , .a > b", {"color": "Color : RED"})]),
        ("p{color:red;top:0}b{left:0}", [("p", {"color": "color:red", "top": "top:0"}), ("b", {"left": "left:0"})]),
        ("/* a{b:c} */p/* x */{ /*y*/ color:/* z */red/* } */}", [("p/* x */", {"color": "color:/* z */red/* } */"})]),
        ("<!-- p{color:red} --> b{top:0}", [("p", {"color": "color:red"}), ("b", {"top": "top:0"})]),
        ("<!--\n-->\n<!-- b{top:0} -->", [("b", {"top": "top:0"})]),
        ("p{color:red} <!-- } b{top:0}", [("p", {"color": "color:red"})]),
        ("} p{color:red} b{top:0}", [("b", {"top": "top:0"})]),
        ("; p{color:red} b{top:0}", [("b", {"top": "top:0"})]),
        ("p;q{color:red} b{top:0}", [("b", {"top": "top:0"})]),
        ("p:unknown{color:red} b{top:0}", [("b", {"top": "top:0"})]),
        ("p{color:red", [("p", {"color": "color:red"})]),
        ("p{color:red;b{top:0}", [("p", {"color": "color:red"}), ("b", {"top": "top:0"})]),
        ("p{content:'}';color:red}", [("p", {"content": "content:'}'", "color": "color:red"})]),
        ("p{content:'a\n;color:red}", [("p", {"content": "content:'a", "color": "color:red"})]),
        ("p{src:url(a}b)} b{top:0}", [("p", {"src": "src:url(a}b)"}), ("b", {"top": "top:0"})]),
        ("p{width:calc((1px} b{top:0}", [("p", {"width": "width:calc((1px} b{top:0}"})]),
        ("[title='{']{top:0}", [("[title='{']", {"top": "top:0"})]),
        (r"p\{{top:0}", [(r"p\{", {"top": "top:0"})]),
        (r".\31 23{t\6fp:0}", [(r".\31 23", {"top": r"t\6fp:0"})]),
        ("p{--own:{a:b};top:0}", [("p", {"--own": "--own:{a:b}", "top": "top:0"})]),
        ("@charset 'utf-8';p{top:0}", [("p", {"top": "top:0"})]),
        ("@import url(x;y) screen;p{top:0}", [("p", {"top": "top:0"})]),
        ("@import 'x{y'\n;p{top:0}", [("p", {"top": "top:0"})]),
        ("@unknown x{p{top:0}}b{top:0}", [("b", {"top": "top:0"})]),
        ("@unknown x;b{top:0}", [("b", {"top": "top:0"})]),
        ("@keyframes a{from{top:0}to{top:9px}}b{top:0}", [("b", {"top": "top:0"})]),
        ("@page{margin:0}b{top:0}", [("b", {"top": "top:0"})]),
        ("@media screen{p{top:0}}b{left:0}", [("p", {"top": "top:0"}), ("b", {"left": "left:0"})]),
        ("@media screen{top:0;p{top:0}b{top:0}}", [("b", {"top": "top:0"})]),
        ("p{b:c;top:0{left:0", [("p", {"b": "b:c"})]),
        ("p{src:url(a\\)b;c}d);left:0}", [("p", {"src": "src:url(a\\)b;c}d)", "left": "left:0"})]),
        ("p{src:url( 'a)b' );left:0}", [("p", {"src": "src:url( 'a)b' )", "left": "left:0"})]),
        ("p{src:url(a;left:0}b{top:0}", [("p", {"src": "src:url(a;left:0}b{top:0}"})]),
        ("@media screen{p{top:0", [("p", {"top": "top:0"})]),
    ],
)  # fmt: skip
def test_rules(css: str, expected: list[tuple[str, dict[str, str]]]) -> None:
    assert written(css) == expected


def test_everything_knows_where_it_is_written() -> None:
    source = "<p>\u20ac<style>\r\n/* x */ p > b ,\r\n#i { COLOR:\r\nred !important ; top : 0 }\r\n</style>"
    (rule,) = rules(source)
    assert source[rule.start : rule.end] == "p > b ,\r\n#i { COLOR:\r\nred !important ; top : 0 }"
    assert rule.selector == "p > b ,\n#i"
    assert source[slice(*rule.declarations["color"][2:])] == "COLOR:\r\nred !important"
    assert source[slice(*rule.declarations["top"][2:])] == "top : 0"
    assert rule.declarations["color"].important
    assert not rule.declarations["top"].important


def test_places_in_svg_where_references_count() -> None:
    source = "<svg><style>i{content:'&amp;&lt;';top&colon;0}<![CDATA[b{left:0}]]></style></svg><i>x</i>"
    first, second = rules(source)
    assert source[slice(*first.declarations["content"][2:])] == "content:'&amp;&lt;'"
    assert source[slice(*first.declarations["top"][2:])] == "top&colon;0"
    assert source[slice(*second.declarations["left"][2:])] == "left:0"
    found = winner(source, "top")
    assert found is not None
    assert source[found.start : found.end] == "top&colon;0"


@pytest.mark.parametrize(
    ("css", "conditions", "screens"),
    [
        ("i{top:0}", (), ALL_SCREENS),
        ("@media screen{i{top:0}}", ("@media screen",), ALL_SCREENS),
        ("@MEDIA Screen/**/ and (color){i{top:0}}", ("@media Screen  and (color)",), ALL_SCREENS),
        ("@media print{i{top:0}}", ("@media print",), NO_SCREEN),
        ("@media screen{@media print{i{top:0}}}", ("@media screen", "@media print"), NO_SCREEN),
        ("@media print{@media screen{i{top:0}}}", ("@media print", "@media screen"), NO_SCREEN),
        ("@media print{}i{top:0}", (), ALL_SCREENS),
        ("@supports (display:grid){i{top:0}}", ("@supports (display:grid)",), ALL_SCREENS),
        ("@supports not (display:grid){i{top:0}}", ("@supports not (display:grid)",), NO_SCREEN),
        ("@container (width > 1px){i{top:0}}", ("@container (width > 1px)",), NO_SCREEN),
        ("@layer a{i{top:0}}", ("@layer a",), ALL_SCREENS),
        ("@layer{i{top:0}}", ("@layer",), ALL_SCREENS),
        ("@scope (p){i{top:0}}", ("@scope (p)",), NO_SCREEN),
        ("@starting-style{i{top:0}}", ("@starting-style",), NO_SCREEN),
        ("i{@media print{top:0}}", ("@media print",), NO_SCREEN),
    ],
)
def test_conditions(css: str, conditions: tuple[str, ...], screens: int) -> None:
    (rule,) = rules(f"<style>{css}</style>")
    assert rule.conditions == conditions
    assert rule.screens == screens


def test_the_media_attribute_is_a_condition() -> None:
    (rule,) = rules("<style media=' print '>i{top:0}</style>")
    assert rule.conditions == ("@media print",)
    assert rule.screens == NO_SCREEN
    assert reason("<style media=print>i{display:none}</style><i>x") is None
    assert reason("<style media=screen>i{display:none}</style><i>x") == "display: none"
    assert reason("<style media>i{display:none}</style><i>x") == "display: none"


@pytest.mark.parametrize(
    "head",
    [
        "<style>i{display:none}</style>",
        "<style type=''>i{display:none}</style>",
        "<style type='TEXT/CSS'>i{display:none}</style>",
        "<noscript><style>i{display:none}</style></noscript>",
        "<svg><style>i{display:none}</style></svg>",
        "<svg><style>i{display&colon;none}</style></svg>",
        "<style title=a>i{display:none}</style>",
        "<style>i{top:0}</style><style>i{display:none}</style>",
        "<style>i{top:0</style><style>i{display:none}</style>",
        "<style>/* </style><style>i{display:none}</style>",
        "<style>'</style><style>i{display:none}</style>",
        "<style>i{display:none}</style foo=bar>",
        "<style>i{display:none}</STYLE\n>",
        "<style>i{display:none}</styles></style>",
        "<!--[if !mso]><!--><style>i{display:none}</style><!--<![endif]-->",
        "<style><!--i{display:none}--></style>",
        "<style></style><style>i{display:none}",
        "<style>@layer a{i{display:none}}</style>",
    ],
)
def test_sheets_that_count(head: str) -> None:
    assert reason("<body><i>x</i>" + head) == "display: none"


@pytest.mark.parametrize(
    "head",
    [
        "<style type=text/plain>i{display:none}</style>",
        "<style type=' text/css'>i{display:none}</style>",
        "<style type='text/css;charset=utf-8'>i{display:none}</style>",
        "<template><style>i{display:none}</style></template>",
        "<template><p><style>i{display:none}</style></p></template>",
        "<math><style>i{display:none}</style></math>",
        "<style title=a></style><style title=b>i{display:none}</style>",
        "<!--<style>i{display:none}</style>-->",
        "<!--[if mso]><style>i{display:none}</style><![endif]-->",
        "<script><style>i{display:none}</style></script>",
        "<textarea><style>i{display:none}</style></textarea>",
        "<title><style>i{display:none}</style></title>",
        "<style></style>i{display:none}",
        "<style></style/>i{display:none}</style>",
        "<link rel=stylesheet href='data:text/css,i{display:none}'>",
        "<style>@import 'data:text/css,i{display:none}';</style>",
    ],
)
def test_sheets_that_do_not_count(head: str) -> None:
    assert reason("<body><i>x</i>" + head) is None


def test_what_would_be_fetched_is_noted() -> None:
    source = "<style>@import url(a.css) screen;@font-face{src:url(b)}p{top:0}@font-face{src:url(c)</style>"
    read = styles_of(read_html(source)).sheets
    assert read is not None
    assert [(item.name, source[item.start : item.end]) for item in read.noted] == [
        ("import", "@import url(a.css) screen"),
        ("font-face", "@font-face{src:url(b)}"),
        ("font-face", "@font-face{src:url(c)"),
    ]


@pytest.mark.parametrize(
    ("css", "html", "expected"),
    [
        # Origin
        ("i{color:blue}", "<i>", "blue"),
        ("font{color:blue}", "<font color=red>", "blue"),
        ("i{color:blue}", "<i style='color:red'>", "red"),
        ("i{color:blue!important}", "<i style='color:red'>", "blue"),
        ("i{color:blue!important}", "<i style='color:red!important'>", "red"),
        # Specificity
        (".a{color:red}i{color:blue}", "<i class=a>", "red"),
        ("#b{color:red}.a.a.a{color:blue}", "<i class=a id=b>", "red"),
        ("i.a{color:red}.a{color:blue}", "<i class=a>", "red"),
        ("*{color:red}i{color:blue}*{color:green}", "<i>", "blue"),
        ("#b, i{color:red}.a{color:blue}", "<i class=a>", "blue"),
        ("#b, i{color:red}.a{color:blue}", "<i class=a id=b>", "red"),
        (":where(#b){color:red}i{color:blue}", "<i id=b>", "blue"),
        (":is(#x, i){color:red}.a{color:blue}", "<i class=a>", "red"),
        # Order
        ("i{color:red}i{color:blue}", "<i>", "blue"),
        ("i{color:red}</style><style>i{color:blue}", "<i>", "blue"),
        ("i{color:red;color:blue}", "<i>", "blue"),
        ("i{color:red;color:nonsense}", "<i>", "red"),
        # Importance
        ("i{color:red!important}#b{color:blue}", "<i id=b>", "red"),
        ("i{color:red!important}#b{color:blue!important}", "<i id=b>", "blue"),
        # Layers: those named first are the weakest, what is in none is the strongest; turned for what is important
        ("i{color:red}@layer a{#b{color:blue}}", "<i id=b>", "red"),
        ("@layer a{i{color:red}}@layer b{i{color:blue}}", "<i>", "blue"),
        ("@layer b,a;@layer a{i{color:red}}@layer b{i{color:blue}}", "<i>", "red"),
        ("@layer a{i{color:red}}@layer{i{color:blue}}", "<i>", "blue"),
        ("@layer a{i{color:red}@layer b{i{color:blue}}}", "<i>", "red"),
        ("@layer a{i{color:red}}@layer b{i{color:green}}@layer a{#b{color:blue}}", "<i id=b>", "green"),
        ("@layer a.b{i{color:red}}@layer a{@layer c{i{color:blue}}}@layer a.b{i{color:green}}", "<i>", "blue"),
        ("@layer a{i{color:red!important}}i{color:blue!important}", "<i>", "red"),
        ("@layer a{i{color:red!important}}@layer b{i{color:blue!important}}", "<i>", "red"),
        ("@layer a{i{color:red!important}}", "<i style='color:blue!important'>", "blue"),
        ("i{color:red}@layer a,b{i{color:blue!important}}", "<i>", "red"),
        ("i{color:red}@layer 1{i{color:blue!important}}", "<i>", "red"),
        ("@layer b , /**/ a;@layer a{i{color:red}}@layer b{i{color:blue}}", "<i>", "red"),
        ("@layer b,1;@layer a{i{color:red}}@layer b{i{color:blue}}", "<i>", "blue"),
        # Conditions
        ("i{color:red}@media print{i{color:blue}}", "<i>", "red"),
        ("i{color:red}@media (min-width:800px){i{color:blue}}", "<i>", "blue"),
        ("i{color:red}@media (max-width:480px){i{color:blue}}", "<i>", "red"),
        ("i{color:red}@supports not (color:red){i{color:blue}}", "<i>", "red"),
        # Nested rules, in the order that they are written in
        ("i{color:red;&.a{color:blue}}", "<i class=a>", "blue"),
        ("i{&.a{color:blue}color:red}", "<i class=a>", "blue"),
        ("i{color:red;@media screen{color:blue}}", "<i>", "blue"),
        ("p{i &{color:blue}}", "<i>", None),
        ("body{i{color:blue}}", "<i>", "blue"),
        ("b:unknown{i{color:blue}}", "<i>", None),
        # Everything taken back
        ("i{color:red;all:initial}", "<i>", None),
        ("i{all:initial;color:red}", "<i>", "red"),
        ("i{color:red!important;all:initial}", "<i>", "red"),
        ("i{all:initial!important}", "<i style='color:red'>", None),
        ("i{all:initial}", "<i style='color:red'>", "red"),
        # What never styles the element
        ("i:hover{color:blue}i::before{color:red}i:first-line{color:green}", "<i>", None),
        ("b{color:blue}", "<i>", None),
    ],
)
def test_cascade(css: str, html: str, expected: str | None) -> None:
    tag = html.strip("<>").split()[0]
    assert value(css, "color", html + "x", tag) == expected


def test_winner_of_a_sheet() -> None:
    source = "<style>p{x:y}\n.a { Margin: 0 9% !important }</style><p class=a style='margin-left:0'>"
    found = winner(source, "margin-left", "p")
    assert found is not None
    assert found[:2] == ("9%", "sheet")
    assert source[found.start : found.end] == "Margin: 0 9% !important"
    assert found.important


HIDING = [
    ("display:none", "display: none"),
    ("visibility:hidden", "visibility: hidden"),
    ("opacity:0", "opacity: 0"),
    ("font-size:0", "font-size: 0px"),
    ("color:#fff", "color: #ffffff on #ffffff"),
    ("position:absolute;left:-9999px", "left: -9999px"),
    ("text-indent:-9999px", "text-indent: -9999px"),
    ("clip-path:inset(50%)", "clip-path: inset(50%)"),
    ("display:block;max-height:0;overflow:hidden", "max-height: 0"),
    ("margin:-9999px 0 0", "margin-top: -9999px"),
]


@pytest.mark.parametrize(("style", "expected"), HIDING)
def test_hidden_by_a_sheet(style: str, expected: str) -> None:
    assert reason(f"<style>.x i{{{style}}}</style><p class=x><i>x</i></p>") == expected
    assert reason(f"<style>.x i{{{style}}}</style><p class=y><i>x</i></p>") is None
    assert reason(f"<style>@media print{{.x i{{{style}}}}}</style><p class=x><i>x</i></p>") is None


def test_hidden_with_all_in_it() -> None:
    document = read_html("<style>.x{display:none}</style><p class=x>a<i>b</i></p><p>c</p>")
    readings = document.readings("html", lambda index: hidden_reason(document, index))
    assert [(reading.shown, reading.text) for reading in readings] == [("visible", "c"), ("hidden", "ab")]


def test_colours_of_several_rules_meet() -> None:
    source = "<style>td{background:#333}.t{color:#333}</style><table><tr><td><i class=t>x</i></table>"
    assert reason(source) == "color: #333333 on #333333"
    assert reason(source.replace("td{", "th{")) is None


@pytest.mark.parametrize(
    "css",
    [
        "@media (max-width:480px){i{display:none}}",
        "@media (min-width:481px){i{display:none}}",
        "i{display:none}@media (max-width:480px){i{display:inline!important}}",
        "i{display:none}@media (prefers-color-scheme:dark){i{display:inline}}",
        "i{display:none}@media screen and (-webkit-min-device-pixel-ratio:2){i{display:inline}}",
    ],
)
def test_what_some_screen_shows_is_not_hidden(css: str) -> None:
    assert reason(f"<style>{css}</style><i>x</i>") is None


@pytest.mark.parametrize(
    "css",
    [
        "@media (max-width:480px){i{display:none}}@media (min-width:481px){i{display:none}}",
        "i{display:none}@media print{i{display:inline}}",
        "i{display:none}@media (min-width:9000px){i{display:inline}}",
        "i{display:none}@media (max-width:480px){i{color:red}}",
        "@media screen{@media (color){@supports (color:red){i{display:none}}}}",
    ],
)
def test_what_no_screen_shows_is_hidden(css: str) -> None:
    assert reason(f"<style>{css}</style><i>x</i>") == "display: none"


def test_shown_on_a_phone_with_all_in_it() -> None:
    source = (
        "<style>.m{display:none}@media (max-width:480px){.m{display:block!important}}</style>"
        "<div class=m>a<i style='display:none'>b</i></div><p>c"
    )
    document = read_html(source)
    readings = document.readings("html", lambda index: hidden_reason(document, index))
    assert [(reading.shown, reading.text) for reading in readings] == [("visible", "a\nc"), ("hidden", "b")]


def test_declared_sizes() -> None:
    def size(css: str) -> tuple[float | None, float | None]:
        document = read_html(f"<style>{css}</style><img class=a>")
        return declared_size(document, document.find("img")[0])

    assert size(".a{width:1px;height:1px}") == (1.0, 1.0)
    assert size(".b{width:1px;height:1px}") == (None, None)
    assert size("@media print{.a{width:1px;height:1px}}") == (None, None)
    # An image for phones only is as large as it is there.
    assert size(".a{width:0;height:0}@media (max-width:480px){.a{width:300px;height:auto}}") == (300.0, None)
    assert size(".a{width:300px}@media (max-width:480px){.a{width:1px;height:1px}}") == (300.0, None)


def test_a_document_without_sheets_has_none() -> None:
    styles = styles_of(read_html("<p style='color:red'>x"))
    assert styles.sheets is None
    assert list(styles.sheet_rules) == []


def winners(document: Document) -> list[tuple[str, dict[str, Winner], str | None]]:
    styles = styles_of(document)
    return [
        (element.tag, dict(styles.winning(element.index)), hidden_reason(document, element.index))
        for element in document.elements
    ]


PAGE = """<html><head><style type="text/css">
/* A letter */
body { margin: 0; font: 14px/1.5 Arial, sans-serif }
.note, td > b { color: #888 !important }
@media only screen and (max-width: 600px) { .wide { display: none } }
.gone { display: none }
</style></head><body><table width="100%"><tbody><tr><td class="wide">One <b>two</b></td></tr></tbody></table>
<p class="note gone" style="color: red">Three &amp; four</p></body></html>"""


def test_both_readers_give_the_same_styles() -> None:
    for source in (PAGE, PAGE.replace("\n", "\r\n")):
        assert winners(html_turbo.read(source)) == winners(html_soup.read(source))


PROPERTIES = ["top", "left", "right", "bottom"]
SELECTORS = [
    "*",
    "div",
    "p",
    "b",
    ".a",
    ".b",
    "#x",
    "div p",
    "div > b",
    "p.a",
    ".a.b",
    "b, #x",
    "p:not(.a)",
    ":is(p, .a)",
]
BLOCKS = st.builds(
    lambda selector, declarations: f"{selector}{{{';'.join(declarations)}}}",
    st.sampled_from(SELECTORS),
    st.lists(
        st.builds(
            lambda name, value, important: f"{name}:{value}px{important}",
            st.sampled_from(PROPERTIES),
            st.integers(0, 99),
            st.sampled_from(["", "", "!important"]),
        ),
        min_size=1,
        max_size=3,
    ),
)
BODIES = st.lists(
    st.builds(
        lambda tag, attributes, style: f"<{tag}{attributes}{style}><b class=b>x</b></{tag}>",
        st.sampled_from(["div", "section"]),
        st.sampled_from(["", " class=a", " class='a b'", " id=x", " id=x class=b"]),
        st.sampled_from(["", " style='top:1px'", " style='left:2px!important;top:3px'"]),
    ),
    max_size=4,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(BLOCKS, max_size=6), BODIES)
def test_the_cascade_of_turbohtml(sheet: list[str], body: list[str]) -> None:
    turbohtml = pytest.importorskip("turbohtml")
    from turbohtml.cssom import computed_style

    source = f"<html><head><style>{''.join(sheet)}</style></head><body>{''.join(body)}</body></html>"
    nodes = [node for node in turbohtml.parse(source).descendants if isinstance(node, turbohtml.Element)]
    styles = styles_of(read_html(source))
    for number, node in enumerate(nodes):
        expected = computed_style(node)
        found = styles.winning(number)
        for name in PROPERTIES:
            assert (found[name].value if name in found else "auto") == expected.get(name, "auto")


PIECES = [
    *("{", "}", "(", ")", "[", "]", ";", ":", "'", '"', "\\", "@", ",", "/*", "*/", "<!--", "-->", "\0", "\r\n", " "),
    *("p", ".a", "i", "color", "red", "display:none", "@media screen", "@media print", "@layer a", "@import x", "url("),
    *("</style>", "<style>", "&", "!important", "--x:{", "@supports", "</p>", "<i>"),
]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_sheet_stops_the_reading(css: str) -> None:
    source = f"<style>{css}</style><p class=a><i>x</i>"
    for document in (html_turbo.read(source), html_soup.read(source)):
        styles = styles_of(document)
        for rule in styles.sheet_rules:
            assert 0 <= rule.start < rule.end <= len(source)
            for item in rule.declarations.values():
                assert rule.start <= item.start < item.end <= rule.end
        for element in document.elements:
            for found in styles.winning(element.index).values():
                assert 0 <= found.start < found.end <= len(source)
        document.readings("html", lambda index, document=document: hidden_reason(document, index))


@pytest.mark.parametrize("piece", PIECES)
def test_repetition_is_read_or_refused(piece: str) -> None:
    for start in ("", "p{", "@media screen{", "p{color:", "/* x */ p"):
        assert "style sheet" in refusal(f"<style>{start}{piece * 20_000}</style><p class=a><i>x</i>")


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("@media screen{" * 1_000, "nests blocks deeper"),
        ("p{" * 1_000, "nests blocks deeper"),
        ("p{top:0}" * 30_000, "rules"),
        ("p,b," * 4_000 + "i{top:0}" + ("p,b," * 4_000 + "i{top:0}") * 10, "selectors"),
        ("".join(f"p{{{';'.join(f'{name}:0' for name in 'abcdefghij')}}}" for _ in range(12_000)), "declarations"),
        ("p{" + "".join(f"--a{number}:0;" for number in range(600)) + "}", "properties"),
        ("".join(f"@media (width:{number}px){{}}" for number in range(3_000)), "conditions"),
        ("@layer " + ",".join(f"a{number}" for number in range(3_000)) + ";", "layers"),
        ("@layer " + ".".join("a" * 100) + "{p{top:0}}", "layers"),
        ("@import 'a';" * 30_000, "rules"),
        ("a " * 100 + "{top:0}", "steps"),
        ("a" * 30_000 + "{top:0}", "code points"),
        ("@media " + "(" * 100 + "{p{top:0}}" + ")" * 100 + "{p{top:0}}", "nests deeper"),
    ],
)
def test_what_nobody_writes_is_refused_not_left_out(css: str, message: str) -> None:
    styles = styles_of(read_html(f"<style>{css}</style><i>x</i>"))
    for _ in range(2):
        with pytest.raises(TooLargeError, match=message):
            _ = styles.computed


@pytest.mark.parametrize("selector", ["i", ".a", "#b", "*", "p i", ":is(i)", "[class]", "i:nth-child(2n)", "p > i ~ i"])
def test_rules_times_elements_is_bounded(selector: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MAX_STEPS", 100_000)
    source = f"<style>{(selector + '{top:0}') * 1_000}</style><p>{'<i class=a id=b>x</i>' * 1_000}"
    assert "steps" in refusal(source)


def test_what_elements_are_given_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_APPLIED", 1_000)
    css = f"<style>p{{{';'.join(f'--a{number}:0' for number in range(100))}}}</style>"
    # Those without attributes look alike.
    assert refusal(css + "<p>x</p>" * 500) == "style sheet steps read"
    assert refusal(css + "<p title=x>x</p>" * 10) == "style sheet steps read"
    assert "more than 1,000 declarations" in refusal(css + "<p title=x>x</p>" * 11)


def test_rules_for_other_elements_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the rules for ids and classes that an element does not have: not one step more."""
    monkeypatch.setattr(matching, "MAX_STEPS", 3_000)
    for count in (100, 1_000):
        css = "".join(f".c{number} b, #d{number}, x{number} {{top:0}}" for number in range(count))
        assert hidden_reason(read_html(f"<style>{css}</style>{'<i class=a id=b>x</i>' * 500}"), 0) is None


def test_limits_leave_room_for_real_sheets() -> None:
    css = "".join(f".c{number} td.x{number} > a, .d{number} {{color:red;top:0}}" for number in range(1_500))
    rows = "".join(f"<tr class=c{number}><td class=x{number}><a>x</a></td></tr>" for number in range(1_000))
    document = read_html(f"<style>{css}</style><table>{rows}</table>")
    winning = [styles_of(document).winning(index)["color"].value for index in document.find("a")]
    assert winning == ["red"] * 1_000
    assert len(styles_of(document).sheet_rules) < sheet_rules.MAX_RULES
