"""Which elements a selector names, and what it weighs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgpolicy.facts.html.reading import read_html
from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.style import matching, selectors
from msgpolicy.facts.style.matching import Tree
from msgpolicy.facts.style.selectors import BadSelectorError, parse_selectors

PAGE = """<html lang=en-GB><head></head><body>
<div id=top class="Box wide" title="Big Box">
  <h1>One</h1>
  <p class="first lead" lang=de>Two <a href="https://shop.example/a">l</a> <a>n</a></p>
  <p data-x="a-b c">Three <b>x</b></p>
  <ul dir=rtl><li id=li1>1</li><li id=li2 class=mid>2</li><li id=li3>3</li><li id=li4>4</li></ul>
</div>
<form><input id=in1 type=CheckBox checked><input id=in2 disabled><textarea id=ta required></textarea></form>
<span id=none></span><span id=full> </span>
</body></html>"""


def named(selector: str, source: str = PAGE) -> list[str]:
    """Tags (with ids) of the elements that a list of selectors names."""
    document = read_html(source)
    tree = Tree(document)
    found = parse_selectors(selector)
    return [
        element.tag + (f"#{element.get('id')}" if element.get("id") else "")
        for element in document.elements
        if any(tree.matches(one, element.index) for one in found)
    ]


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("h1", ["h1"]),
        ("H1", ["h1"]),
        ("h1, b", ["h1", "b"]),
        ("*|b", ["b"]),
        ("|b", []),
        ("div.Box", ["div#top"]),
        ("div.box", []),
        (".wide.Box", ["div#top"]),
        ("#top", ["div#top"]),
        ("#TOP", []),
        ("#top#li1", []),
        (r"#\74 op", ["div#top"]),
        (r".B\6fx", ["div#top"]),
        ("/* a */ div/* b */.Box /* c */ > /**/ h1 /* d */", ["h1"]),
        ("div b", ["b"]),
        ("div > b", []),
        ("p>b", ["b"]),
        ("h1 + p", ["p"]),
        ("h1 ~ p", ["p", "p"]),
        ("p + p b", ["b"]),
        ("li + li ~ li", ["li#li3", "li#li4"]),
        ("body * li.mid + li", ["li#li3"]),
        ("[title]", ["div#top"]),
        ("[TITLE='Big Box']", ["div#top"]),
        ("[title='big box']", []),
        ("[title='big box' i]", ["div#top"]),
        ("[title^=Big]", ["div#top"]),
        ("[title$=Box]", ["div#top"]),
        ("[title*='g B']", ["div#top"]),
        ("[title*='']", []),
        ("[title^='']", []),
        ("[title$='']", []),
        ("[data-x~=c]", ["p"]),
        ("[data-x~='']", []),
        ("[data-x|=a]", ["p"]),
        ("[lang|=en]", ["html"]),
        ("[type=checkbox]", ["input#in1"]),
        ("[ |title /**/ = Big\\ Box ]", ["div#top"]),
        ("li:first-child", ["li#li1"]),
        ("li:last-child", ["li#li4"]),
        ("b:only-child", ["b"]),
        ("h1:only-of-type", ["h1"]),
        ("p:first-of-type", ["p"]),
        ("li:nth-child(2)", ["li#li2"]),
        ("li:nth-child(odd)", ["li#li1", "li#li3"]),
        ("li:nth-child(EVEN)", ["li#li2", "li#li4"]),
        ("li:nth-child(2n+1)", ["li#li1", "li#li3"]),
        ("li:nth-child( 2N + 1 )", ["li#li1", "li#li3"]),
        ("li:nth-child(-n+2)", ["li#li1", "li#li2"]),
        ("li:nth-child(n+3)", ["li#li3", "li#li4"]),
        ("li:nth-child(-3n-1)", []),
        ("li:nth-child(99999999999999999999)", []),
        ("li:nth-last-child(2)", ["li#li3"]),
        ("p:nth-of-type(2)", ["p"]),
        ("li:nth-child(2 of :not(.mid))", ["li#li3"]),
        ("li:nth-last-child(2 of :not(.mid))", ["li#li3"]),
        (":root", ["html"]),
        (":root > body > span:empty", ["span#none"]),
        ("a:link", ["a"]),
        ("a:any-link", ["a"]),
        ("a:not(:link)", ["a"]),
        ("a:visited", []),
        ("a:hover, li:focus, b:active", []),
        ("b:not(:hover)", ["b"]),
        (":checked", ["input#in1"]),
        (":disabled", ["input#in2"]),
        ("form :enabled", ["input#in1", "textarea#ta"]),
        (":required", ["textarea#ta"]),
        (":read-write", ["textarea#ta"]),
        ("li:is(.mid, #li4)", ["li#li2", "li#li4"]),
        ("li:is(.mid, :unknown, a|b, , #li4)", ["li#li2", "li#li4"]),
        (":is()", []),
        ("li:where(.mid)", ["li#li2"]),
        ("li:not(.mid, #li4)", ["li#li1", "li#li3"]),
        (":is(div > p, ul) b", ["b"]),
        ("div:has(> h1)", ["div#top"]),
        ("body:has(> h1)", []),
        ("li:has(+ .mid)", ["li#li1"]),
        ("li:has(~ .mid)", ["li#li1"]),
        ("p:has(a:link)", ["p"]),
        (":lang(de) > a", ["a", "a"]),
        ("b:lang(en)", ["b"]),
        ("b:lang('en-gb', fr)", ["b"]),
        ("b:lang(e)", []),
        ("li.mid:dir(rtl)", ["li#li2"]),
        ("b:dir(ltr)", ["b"]),
        ("&", ["html"]),
    ],
)
def test_names(selector: str, expected: list[str]) -> None:
    assert named(selector) == expected


@pytest.mark.parametrize(
    "selector",
    [
        *("", " ", ",", "a,", ",a", "a,,b", ">", "> a", "a >", "a > > b", "a + ", "a ~ ~ b", "a//b", "a/**/b"),
        *("..a", ".1", "#1", "#", ".", "a.", "a#", "1", "a b}", "} a", "a;b", "@media", "a!b", "a$"),
        *("[", "[]", "[=a]", "[a=]", "[a==b]", "[a=b", "[a!=b]", "[a='b]", "[a=b s]", "[a=1]"),
        *(
            ":",
            "::",
            ": a",
            ":unknown",
            "a:-moz-any-link",
            "::unknown",
            ":-ms-fullscreen",
            ":matches(a)",
            "::part",
            "::before(a)",
        ),
        *(":not()", ":not(:unknown)", ":not(::before)", ":nth-child()", ":nth-child(x)", ":nth-child(2n + -1)"),
        *(":nth-child(2 of)", ":nth-of-type(2 of a)", ":has(:has(a))", ":has()", ":lang()", ":lang(", ":is(a"),
        *("a::before b", "a::before.c d", "ns|a", "a)", "a(", "a:hover()", "a:first-child(1)", "<!-- a", "a -->"),
    ],
)
def test_what_browsers_do_not_know_drops_the_rule(selector: str) -> None:
    with pytest.raises(BadSelectorError):
        parse_selectors(selector)


@pytest.mark.parametrize(
    ("selector", "weight"),
    [
        ("*", (0, 0, 0)),
        ("a", (0, 0, 1)),
        ("a b > c", (0, 0, 3)),
        (".a", (0, 1, 0)),
        ("#a.b[c]:hover d", (1, 3, 1)),
        ("a::before", (0, 0, 2)),
        (":is(a, #b, .c)", (1, 0, 0)),
        (":where(#b) a", (0, 0, 1)),
        (":not(.a, b c)", (0, 1, 0)),
        (":has(> .a b)", (0, 1, 1)),
        (":nth-child(2n+1)", (0, 1, 0)),
        (":nth-child(2 of #a, b)", (1, 1, 0)),
    ],
)
def test_weight(selector: str, weight: tuple[int, int, int]) -> None:
    (found,) = parse_selectors(selector)
    assert found.weight == weight


@pytest.mark.parametrize(
    "name", ["before", "AFTER", "first-line", ":before", ":marker", ":selection", ":-webkit-any-x"]
)
def test_pseudo_elements_are_known_and_style_no_element(name: str) -> None:
    (found,) = parse_selectors(f"p:{name}")
    assert found.names_part


@pytest.mark.parametrize(
    ("parent", "nested", "expected", "weight"),
    [
        ("ul", "li.mid", ["li#li2"], (0, 1, 2)),
        ("ul", "& > li.mid", ["li#li2"], (0, 1, 2)),
        ("ul", "> li.mid", ["li#li2"], (0, 1, 2)),
        ("li", "&.mid", ["li#li2"], (0, 1, 1)),
        ("li", ".mid&", ["li#li2"], (0, 1, 1)),
        ("h1, #li1", "+ li", ["li#li2"], (1, 0, 1)),
        ("p", "body &:has(b)", ["p"], (0, 0, 3)),
        ("li::before", "&", [], (0, 0, 0)),
    ],
)
def test_nested_rules(parent: str, nested: str, expected: list[str], weight: tuple[int, int, int]) -> None:
    document = read_html(PAGE)
    tree = Tree(document)
    (found,) = parse_selectors(nested, parse_selectors(parent))
    names = [
        e.tag + (f"#{e.get('id')}" if e.get("id") else "") for e in document.elements if tree.matches(found, e.index)
    ]
    assert names == expected
    assert found.weight == weight


COMPOUNDS = [
    *(
        "*",
        "div",
        "p",
        "b",
        "SPAN",
        ".a",
        ".b",
        "#x",
        "p.a",
        "div.b.a",
        "[t]",
        "[t=u]",
        "[t^=u]",
        "[t~=v]",
        "[t*='u v']",
    ),
    *(":first-child", "p:last-child", ":only-child", ":nth-child(2n+1)", ":nth-last-child(-n+2)", ":first-of-type"),
    *("p:nth-of-type(2)", ":empty", ":root", ":not(.a)", ":is(p, .b)", "b:not(p > b)", ":where(#x, b)", "div:has(> p)"),
    *(":not(:first-child):not(.b)", "p:has(+ p)", ":nth-child(2 of .a)"),
]
COMPLEX = st.lists(
    st.tuples(st.sampled_from(COMPOUNDS), st.sampled_from([" ", ">", "+", "~"])), min_size=1, max_size=4
).map(lambda parts: "".join(compound + combinator for compound, combinator in parts)[: -len(parts[-1][1])])
ATTRIBUTES = st.sampled_from(["", " class=a", " class='b a'", " class=b", " id=x", " t", " t=u", " t='u v'"])


def elements(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Elements with attributes around what `children` gives."""
    return st.builds(
        lambda tag, attributes, inside: f"<{tag}{attributes}>{''.join(inside)}</{tag}>",
        st.sampled_from(["div", "section", "span", "b", "i"]),
        ATTRIBUTES,
        st.lists(children, max_size=4),
    )


PAGES = st.lists(
    st.recursive(st.sampled_from(["x", "<p>y</p>", "<p class=a></p>"]), elements, max_leaves=12), max_size=4
).map(lambda parts: f"<html><head></head><body>{''.join(parts)}</body></html>")


@settings(max_examples=400, deadline=None)
@given(PAGES, COMPLEX)
def test_names_what_turbohtml_names(source: str, selector: str) -> None:
    turbohtml = pytest.importorskip("turbohtml")
    root = turbohtml.parse(source)
    nodes = [node for node in root.descendants if isinstance(node, turbohtml.Element)]
    numbers = {node: number for number, node in enumerate(nodes)}
    document = read_html(source)
    tree = Tree(document)
    (found,) = parse_selectors(selector)
    names = [element.index for element in document.elements if tree.matches(found, element.index)]
    assert names == sorted(numbers[node] for node in root.select(selector))


@settings(max_examples=200, deadline=None)
@given(PAGES, COMPLEX)
def test_names_what_soupsieve_names(source: str, selector: str) -> None:
    from bs4 import BeautifulSoup, Tag

    soup = BeautifulSoup(source, "html.parser")
    tags = [tag for tag in soup.descendants if isinstance(tag, Tag)]
    document = read_html(source)
    tree = Tree(document)
    (found,) = parse_selectors(selector)
    names = [element.index for element in document.elements if tree.matches(found, element.index)]
    selected = {id(tag) for tag in soup.select(selector)}
    # Some versions take the document for an element around the root.
    root = 0
    assert [name for name in names if name != root] == [
        number for number, tag in enumerate(tags) if id(tag) in selected and number != root
    ]


PIECES = [
    *" >+~,.#[]():*&|='\"\\/-n1a",
    "/*",
    "*/",
    "::",
    ":is(",
    ":not(",
    ":has(",
    ":nth-child(",
    "2n+1",
    " of ",
    "b",
    "\n",
]


@settings(deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_read(text: str) -> None:
    document = read_html(PAGE)
    tree = Tree(document)
    try:
        found = parse_selectors(text)
    except (BadSelectorError, TooLargeError):
        return
    for selector in found:
        assert len(selector.combinators) == len(selector.compounds) - 1
        for element in document.elements:
            tree.matches(selector, element.index)


@pytest.mark.parametrize("piece", PIECES)
def test_repetition_is_read_or_refused(piece: str) -> None:
    try:
        parse_selectors("a" + piece * (selectors.MAX_SELECTOR // len(piece) - 1))
    except (BadSelectorError, TooLargeError):
        return


@pytest.mark.parametrize(
    "selector",
    ["a" * (selectors.MAX_SELECTOR + 1), " ".join("a" * 100), ":is(" * 100, ":not(" * 100 + "a" + ")" * 100],
)
def test_what_nobody_writes_is_refused_not_dropped(selector: str) -> None:
    with pytest.raises(TooLargeError):
        parse_selectors(selector)


def steps(selector: str, source: str) -> int:
    """How many steps it takes to ask of each element whether it is named."""
    document = read_html(source)
    tree = Tree(document)
    (found,) = parse_selectors(selector)
    for element in document.elements:
        tree.matches(found, element.index)
    return tree.steps


@pytest.mark.parametrize(
    "selector", ["b div div div div div div", "b > div div > div div", "b ~ div ~ div + div ~ div"]
)
def test_no_selector_tries_all_ways(selector: str) -> None:
    """A naive search takes the number of ways to choose its steps: here hundreds of times as many."""
    deep = "<div>" * 100
    wide = "<div></div>" * 100
    for source in (deep, wide):
        assert steps(selector, source) <= 8 * 100 * 100


def test_steps_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MAX_STEPS", 50)
    with pytest.raises(TooLargeError, match="50 steps"):
        steps("b div", "<div>" * 30)
