"""Both readers give the same facts of plain mail; of other markup the fallback says that it is in doubt."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup_pieces import PIECES

from msgpolicy.facts.html import soup as html_soup
from msgpolicy.facts.html import turbo as html_turbo
from msgpolicy.facts.html.reading import Document, read_html
from msgpolicy.facts.style.styles import hidden_reason

WORDS = 'word|par|cel | |\n|\r\n  |&amp;|&nbsp;|&copy|5 < 6|a&b|é|&#x41;|<!-- c -->|<br>|<img alt="a &lt; b" width=1>'
TEXTS = st.sampled_from(WORDS.split("|"))
INLINE = ["b", "i", "span hidden", 'span style="color:#fff"', "font color=red", "o:p", 'abbr title="&gt;"', "STRONG"]
BLOCK = ["div", 'div style="display:none"', "blockquote", "center"]
GAPS = st.sampled_from(["", "", "\n", " \r\n "])


def element(tag: str, content: str) -> str:
    return f"<{tag}>{content}</{tag.split()[0]}>"


def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(parts, max_size=4).map("".join)


def phrasing(depth: int = 2) -> st.SearchStrategy[str]:
    if not depth:
        return joined(TEXTS)
    return joined(TEXTS | st.builds(element, st.sampled_from(INLINE), phrasing(depth - 1)))


def tables(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cells = joined(
        st.builds(lambda tag, inner, gap: element(tag, inner) + gap, st.sampled_from(["td", "th"]), content, GAPS)
    )
    rows = joined(st.builds(lambda inner, gap: element('tr bgcolor="#eee"', inner) + gap, cells, GAPS))
    heads = st.sampled_from(
        ["", "\n", "<caption>c</caption>", "<colgroup><col></colgroup>", "<thead><tr><th>h</th></tr></thead>"]
    )
    body = rows | rows.map(lambda inner: element("tbody", inner))
    return st.builds(lambda head, inner: element("table", head + inner), heads, body)


def flow(depth: int = 2) -> st.SearchStrategy[str]:
    leaf = phrasing(1) | st.builds(element, st.sampled_from(["p", "h2", 'a href="?a=1&copy=2"', "pre"]), phrasing(1))
    if not depth:
        return joined(leaf)
    inner = flow(depth - 1)
    items = joined(st.builds(lambda content, gap: element("li", content) + gap, inner, GAPS))
    blocks = st.builds(element, st.sampled_from(BLOCK), inner)
    return joined(leaf | blocks | tables(inner) | st.builds(element, st.sampled_from(["ul", "ol"]), items))


@st.composite
def mails(draw: st.DrawFn) -> str:
    """Whole documents and parts of them, all properly nested and closed."""
    content, gaps = draw(flow()), [draw(GAPS) for _ in range(6)]
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return content
    if kind == 1:
        return f"{gaps[0]}<style>p &gt; a</style>{gaps[1]}<p>x</p>{content}"
    if kind == 2:
        return f"<body>{content}</body>{gaps[0]}"
    if kind == 3:
        return f"<html><p>x</p>{content}{gaps[0]}</html>{gaps[1]}"
    head = f"<head>{gaps[0]}<title>t &amp; u</title><meta charset=utf-8>{gaps[1]}</head>"
    body = f"<body bgcolor=white>{gaps[3]}{content}{gaps[4]}</body>"
    return f"<!DOCTYPE html>{gaps[5]}<html lang=en>{gaps[0]}{head}{gaps[2]}{body}{gaps[4]}</html>{gaps[5]}"


def all_facts(document: Document) -> dict[str, object]:
    readings = document.readings("html", lambda index: hidden_reason(document, index))
    return {
        "elements": [
            (e.tag, e.namespace, e.parent, e.start, e.end, e.last, e.first_text, e.last_text, e.attrs)
            for e in document.elements
        ],
        "ends": [(e.content_end, e.outer_end) for e in document.elements if e.start is not None],
        "texts": [
            (t.parent, t.before, t.text, [t.span(at, at + 1) for at in range(len(t.text))]) for t in document.texts
        ],
        "comments": document.comments,
        "readings": [(r.shown, r.text, [r.span(at, at + 1) for at in range(len(r.text))]) for r in readings],
        "selectors": [document.selector(index) for index in range(len(document.elements))],
        "spans": [document.visible_span(index) for index in range(len(document.elements))],
    }


def assert_equal_facts(source: str) -> None:
    ours, theirs = all_facts(html_soup.read(source)), all_facts(html_turbo.read(source))
    for name, value in ours.items():
        assert value == theirs[name], name


@given(mails())
@settings(max_examples=60)
def test_readers_agree_on_plain_mail(source: str) -> None:
    document = html_soup.read(source)
    assert document.reliable, document.doubt
    assert html_turbo.read(source).reliable
    assert_equal_facts(source)


@pytest.mark.slow
@given(mails())
@settings(max_examples=3000, deadline=None)
def test_readers_agree_on_much_plain_mail(source: str) -> None:
    assert html_soup.read(source).reliable
    assert_equal_facts(source)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_fallback_is_in_doubt_or_right(source: str) -> None:
    document = html_soup.read(source)
    all_facts(document)
    if document.reliable:
        assert_equal_facts(source)


@given(st.text(max_size=40))
def test_fallback_reads_any_text(source: str) -> None:
    all_facts(html_soup.read(source))


@pytest.mark.parametrize(
    "source",
    [
        "<p>a<p>b",
        "<ul><li>a<li>b</ul>",
        "<p>a<div>b</div></p>",
        "<b><i>a</b></i>",
        "<table>a<tr><td>b</td></tr></table>",
        "<table><td>b</td></table>",
        "<div><td>b</td></div>",
        "<a href=x>a<a href=y>b</a></a>",
        "<div/>a",
        "<svg><title>a</title></svg>",
        "<p>a</p></p>",
        "<html><body>a</body></html>b",
        "<body>a</body><body>b</body>",
        "<select><p>a</p></select>",
        "<script><!-- <script></script> --></script>",
        "<h1>a<h2>b</h2></h1>",
        "<button>a<button>b</button></button>",
        "<form><div><form>a</form></div></form>",
        "a\0b",
        "<template><p>a</p></template>",
        "<p>a</p x='>'>",
        "<p>a<a href='x",
        "<div>" * 600 + "</div>" * 600,
    ],
)
def test_fallback_doubts_what_a_browser_mends(source: str) -> None:
    document = html_soup.read(source)
    assert not document.reliable
    assert document.reader.startswith("beautifulsoup4 ")


@pytest.mark.parametrize(
    "source",
    [
        "a < b &amp; c",
        "<p>a<br>b<img src=x></p>",
        "<P>a</P >",
        "<table><tr><td>a</td></tr></table>",
        "<!-- a --!>b",
        "<![if !mso]>a<![endif]>",
        "<ul>\n<li>a<ul><li>b</li></ul></li>\n</ul>",
        "<p><a href=x>a</a> <a href=y>b</a></p>",
        "<style>a > b</style><p>c</p>",
        "<pre>\na</pre>",
        "<textarea>\n<b>a</textarea>",
    ],
)
def test_fallback_trusts_what_is_plain(source: str) -> None:
    assert html_soup.read(source).doubt is None
    assert_equal_facts(source)


def test_fallback_reads_on_after_what_html_parser_raises_on() -> None:
    source = "<![foo<p>a &#; <!x <b>b</b>"
    document = html_soup.read(source)
    reading = document.readings("html", lambda _: None)[0]
    assert "b" in reading.text


@pytest.mark.parametrize("piece", ["<div></x>", "<table><tr><td>x</td>y", "<!", "<a ", "<![CDATA[", "</b>", "<p>x"])
def test_fallback_stays_quick(piece: str) -> None:
    all_facts_of = html_soup.read(piece * 3_000)
    assert all_facts_of.readings("html", lambda _: None)


def test_without_turbohtml_beautifulsoup_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_html("<p>a</p>").reader.startswith("turbohtml ")
    monkeypatch.setitem(sys.modules, "turbohtml", None)
    monkeypatch.delitem(sys.modules, "msgpolicy.facts.html.turbo")
    monkeypatch.delattr("msgpolicy.facts.html.turbo")
    document = read_html("<p>a</p>")
    assert document.reader.startswith("beautifulsoup4 ")
    assert document.reliable
