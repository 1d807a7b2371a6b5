"""The tree of an HTML part, and where each piece of it stands in the source."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup_pieces import PIECES

from msgpolicy.facts.html.markup import decode
from msgpolicy.facts.html.reading import Document, Element, read_html
from msgpolicy.facts.style.styles import hidden_reason

SPACE = "\t\n\f\r "


def only(document: Document, tag: str) -> Element:
    (index,) = document.find(tag)
    return document.elements[index]


def texts_of(document: Document) -> list[tuple[str, str, str]]:
    """Each text with the tag that it is in and the source that it was read from, the source's order disregarded."""
    return [
        (
            document.elements[text.parent].tag,
            text.text,
            document.source[slice(*text.span(0, len(text.text)))],
        )
        for text in document.texts
    ]


def visible(document: Document) -> str:
    return document.readings("html", lambda index: hidden_reason(document, index))[0].text


# --- elements and attributes ------------------------------------------------------------------------------------------


def test_spans_of_elements() -> None:
    source = '<p>one <A Class="k" href=x>two</a\n> three</p>'
    document = read_html(source)
    link, paragraph = only(document, "a"), only(document, "p")
    assert source[link.start : link.end] == '<A Class="k" href=x>'
    assert source[link.end : link.content_end] == "two"
    assert source[link.content_end : link.outer_end] == "</a\n>"
    assert source[paragraph.start : paragraph.outer_end] == source
    assert link.attrs["class"].value == "k"
    assert link.get("href") == "x"
    assert link.get("title") is None
    assert link.parent == paragraph.index
    assert document.reliable
    assert document.doubt is None


def test_spans_count_crlf_as_it_stands() -> None:
    source = "<p>a\r\n\r\nb</p>\r\n<p>c <b>d</b></p>"
    document = read_html(source)
    bold = only(document, "b")
    assert source[bold.start : bold.end] == "<b>"
    assert texts_of(document) == [
        ("p", "a\n\nb", "a\r\n\r\nb"),
        ("body", "\n", "\r\n"),
        ("p", "c ", "c "),
        ("b", "d", "d"),
    ]


def test_spans_count_code_points() -> None:
    source = "<p>\U0001f600\u0301\ufeff</p>\r<i>\U0001f600</i>"
    document = read_html(source)
    element = only(document, "i")
    assert source[element.start : element.end] == "<i>"
    assert texts_of(document)[-1] == ("i", "\U0001f600", "\U0001f600")


def test_implied_elements_have_no_place() -> None:
    document = read_html("<table><tr><td>x</table>")
    assert [(element.tag, element.start is None) for element in document.elements] == [
        ("html", True),
        ("head", True),
        ("body", True),
        ("table", False),
        ("tbody", True),
        ("tr", False),
        ("td", False),
    ]
    assert only(document, "tbody").attrs == {}


def test_unclosed_link_goes_on_in_the_next_block() -> None:
    source = '<a href="1">x<p>y<a href="2">z</a>'
    document = read_html(source)
    first, again, second = (document.elements[index] for index in document.find("a"))
    assert again.copy_of == first.index
    assert (again.start, again.end) == (first.start, first.end)
    assert again.get("href") == "1"
    assert second.copy_of is None
    assert source[second.start : second.end] == '<a href="2">'
    assert texts_of(document) == [("a", "x", "x"), ("a", "y", "y"), ("a", "z", "z")]


def test_second_body_tag_adds_its_attributes() -> None:
    source = '<body text=red>a<body bgcolor="white" text=blue>b'
    body = only(read_html(source), "body")
    assert {name: attribute.value for name, attribute in body.attrs.items()} == {"text": "red", "bgcolor": "white"}
    ground = body.attrs["bgcolor"]
    assert source[ground.start : ground.end] == 'bgcolor="white"'


def test_comments_have_spans() -> None:
    source = "<!-- a --><p>b<!--[if mso]><i>c</i><![endif]-->d</p></body><!--e-->\n"
    document = read_html(source)
    assert [source[comment.start : comment.end] for comment in document.comments] == [
        "<!-- a -->",
        "<!--[if mso]><i>c</i><![endif]-->",
        "<!--e-->",
    ]
    assert visible(document) == "bd"


def test_raw_text_is_not_markup() -> None:
    source = (
        "<title>a &amp; <b></title><style>p > a {}\r\n&amp;</style><script>'<p>'</script>"
        "<textarea>\r\n<i>&lt;</textarea>"
    )
    document = read_html(source)
    assert texts_of(document) == [
        ("title", "a & <b>", "a &amp; <b>"),
        ("style", "p > a {}\n&amp;", "p > a {}\r\n&amp;"),
        ("script", "'<p>'", "'<p>'"),
        ("textarea", "<i><", "<i>&lt;"),
    ]
    assert document.find("b", "i", "p") == []


# --- texts ------------------------------------------------------------------------------------------------------------


def test_entities_and_tags_inside_words() -> None:
    source = "<p>B&uuml;<b>ro</b>&#x6d;ö<!-- - -->bel</p>"
    document = read_html(source)
    reading = document.readings("html", lambda _: None)[0]
    assert reading.text == "Büromöbel"
    at = {character: source[slice(*reading.span(index, index + 1))] for index, character in enumerate(reading.text)}
    assert at["ü"] == "&uuml;"
    assert at["m"] == "&#x6d;"
    assert source[slice(*reading.span(1, 6))] == "&uuml;<b>ro</b>&#x6d;ö"


def test_text_in_a_table_but_in_no_cell_stands_before_it() -> None:
    # Equal texts: only their positions tell them apart.
    source = "<table><tr><td>10</td></tr>10</table>"
    document = read_html(source)
    cell = source.index("10")
    assert [(document.elements[text.parent].tag, text.start) for text in document.texts] == [
        ("body", source.index("10", cell + 1)),
        ("td", cell),
    ]
    assert document.reliable


def test_texts_from_several_places_become_one() -> None:
    source = "<table>a &amp;<tr>b<td>x</td>c\r\n d<!-- -->e</table>f"
    document = read_html(source)
    text = document.texts[0]
    assert text.text == "a &bc\n de"
    assert [source[slice(*text.span(index, index + 1))] for index in range(9)] == [
        *"a ",
        "&amp;",
        *"bc",
        "\r\n",
        *" de",
    ]
    assert [text.text for text in document.texts] == ["a &bc\n de", "x", "f"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<svg><text>a<![CDATA[&lt;]]>b</text></svg>", "a&lt;b"),
        ("<svg><text>a<![CDATA[c", "ac"),
        ("<script>a('&lt;')</script>", "a('&lt;')"),
        ("<textarea>\n<b>&amp;</textarea>", "<b>&"),
        ("<p>\U000f0000x<\U00100000</p>", "\U000f0000x<\U00100000"),
        ("<p>a\0b</p>", "ab"),
        ("<p>&#xF0000;&#x10FFFD;</p>", "\U000f0000\U0010fffd"),
        ("<pre>\r\n\r\na</pre>", "\na"),
        ("<plaintext>a&amp;</plaintext>", "a&amp;</plaintext>"),
        ("<p>&#32; a</p></i>b", " \u0020ab"),
    ],
)
def test_all_kinds_of_text_are_found_in_a_document_out_of_order(inside: str, text: str) -> None:
    source = f"<table><tr><td>cell</td></tr>moved</table>{inside}"
    document = read_html(source)
    assert document.reliable
    assert [text.text for text in document.texts][:2] == ["moved", "cell"]
    rest = document.texts[2:]
    assert "".join(node.text for node in rest) == text
    for node in rest:
        for index, character in enumerate(node.text):
            start, end = node.span(index, index + 1)
            assert start >= source.index(inside)
            assert character.isspace() or source[start:end].replace("&amp;", "&") in (
                character,
                f"&#x{ord(character):X};",
            )


def test_misnested_formatting() -> None:
    source = "<b>1<p>2</b>3</p></i>4"
    document = read_html(source)
    assert texts_of(document) == [("b", "1", "1"), ("b", "2", "2"), ("p", "3", "3"), ("body", "4", "4")]
    assert document.elements[document.texts[1].parent].copy_of == document.texts[0].parent


def test_stray_end_tags_do_not_cut_a_text() -> None:
    source = "<div>ab</span>c</i >d</div>"
    assert texts_of(read_html(source)) == [("div", "abcd", "ab</span>c</i >d")]


def test_text_after_the_end_of_the_body() -> None:
    source = "<html><body><p>a</p></body>\n<!-- c --></html>\r\nb"
    document = read_html(source)
    assert [(text.text, document.elements[text.parent].tag) for text in document.texts] == [
        ("a", "p"),
        ("\n\nb", "body"),
    ]
    text = document.texts[1]
    assert source[slice(*text.span(2, 3))] == "b"
    assert text.span(2, 3) == (len(source) - 1, len(source))


def test_space_around_the_head_is_no_text_of_the_body() -> None:
    source = "\n <style>x</style>\n Hello"
    document = read_html(source)
    assert texts_of(document) == [("style", "x", "x"), ("head", "\n ", "\n "), ("body", "Hello", "Hello")]


def test_cdata_in_foreign_elements() -> None:
    source = "<svg><text>a<![CDATA[<b>&amp;]]>c</text></svg>"
    document = read_html(source)
    assert document.texts[0].text == "a<b>&amp;c"
    assert source[slice(*document.texts[0].span(1, 4))] == "<b>"
    assert only(document, "svg").namespace == "svg"


def test_less_than_signs_that_begin_no_tag() -> None:
    source = "<p>1 < 2 <3 a<b</p>"
    document = read_html(source)
    assert texts_of(document)[0] == ("p", "1 < 2 <3 a", "1 < 2 <3 a")


# --- what a document offers -------------------------------------------------------------------------------------------


def test_selector_counts_siblings_of_the_same_tag() -> None:
    document = read_html("<p>a</p><div>x</div><p>b <a href=x>c</a></p><table><tr><td><i>d</i></table>")
    assert document.selector(only(document, "a").index) == "p:nth-of-type(2) > a"
    assert document.selector(only(document, "i").index) == "table > tbody > tr > td > i"
    assert document.selector(only(document, "body").index) == "body"
    document = read_html("<html><head><title>t</title></head>")
    assert document.selector(only(document, "title").index) == "head > title"


def test_ancestors_from_the_inside_out() -> None:
    document = read_html("<div><p><b>x</b></p></div>")
    names = [document.elements[index].tag for index in document.ancestors(only(document, "b").index)]
    assert names == ["p", "div", "body", "html"]


@pytest.mark.parametrize(
    ("needle", "tag"),
    [
        ("<div", "div"),
        ("one", "div"),
        ("<b>", "b"),
        ("two", "b"),
        ("</b>", "b"),
        ("three", "div"),
        ("<!--", "div"),
        ("</div>", "div"),
        ("four", "body"),
        ("five", "i"),
        ("</p>", "p"),
        ("six", "body"),
    ],
)
def test_element_at_an_offset(needle: str, tag: str) -> None:
    source = "<div>one<b>two</b>three<!-- c --></div>four<p><i>five</p></i>six"
    document = read_html(source)
    assert document.elements[document.element_at(source.index(needle))].tag == tag


def test_element_at_follows_moved_text() -> None:
    source = "<p>a</p><table><tr><td>b</td></tr>moved</table>"
    document = read_html(source)
    assert document.elements[document.element_at(source.index("moved"))].tag == "body"
    assert document.selector_at(source.index("b<")) == "table > tbody > tr > td"
    assert read_html("<!-- -->").element_at(2) == -1
    assert read_html("<!-- -->").selector_at(2) is None


def test_visible_span_of_an_element() -> None:
    source = "<p>See <a href=x><b>our</b>\n  <i hidden>secret</i> shop </a>.</p><p><a href=y><img src=z></a></p>"
    document = read_html(source)
    with pytest.raises(RuntimeError):
        document.visible_span(0)
    reading = document.readings("html", lambda index: hidden_reason(document, index))[0]
    link, picture = document.find("a")
    assert reading.text == "See our shop ."
    span = document.visible_span(link)
    assert span is not None
    assert reading.text[slice(*span)] == "our shop"
    assert document.visible_span(picture) is None
    assert document.visible_span(only(document, "i").index) is None


# --- hostile input ----------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40))
def test_every_character_is_found_in_the_source(source: str) -> None:
    document = read_html(source)
    readings = document.readings("html", lambda index: hidden_reason(document, index))
    assert sum(reading.shown == "visible" for reading in readings) == 1
    if document.doubt:
        return
    for reading in readings:
        for index, character in enumerate(reading.text):
            start, end = reading.span(index, index + 1)
            assert 0 <= start <= end <= len(source)
            if character not in SPACE:
                assert character in decode(source, start, end)[0], (character, start, end)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_elements_stand_where_they_say(source: str) -> None:
    document = read_html(source)
    for element in document.elements:
        if element.start is not None and element.end is not None:
            assert source[element.start] == "<"
            assert source[element.end - 1] == ">"
            written = source[element.start + 1 : element.end].lower()
            assert written.startswith("image" if element.tag == "img" and "image" in written else element.tag)
        assert element.parent < element.index < element.last <= len(document.elements)
        assert element.first_text <= element.last_text <= len(document.texts)
        document.selector(element.index)
    for offset in range(len(source)):
        assert -1 <= document.element_at(offset) < len(document.elements)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_source_is_read_twice(source: str) -> None:
    document = read_html(source)
    spans = sorted(
        (piece.source_start, piece.source_end)
        for text in document.texts
        for piece in text.pieces
        if piece.source_start < piece.source_end
    )
    if document.reliable:
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("rest", ["<img src='x>", "<i class=a ", "</b", '</b title="', "<i"])
def test_a_tag_that_is_cut_off_is_dropped(rest: str) -> None:
    document = read_html(f"<p>one <b>two{rest}")
    assert visible(document) == "one two"
    assert document.doubt is None
    assert [element.tag for element in document.elements][-2:] == ["p", "b"]


def test_nesting_beyond_a_browsers_is_doubted() -> None:
    assert read_html("<div>" * 400 + "x").reliable
    document = read_html("<div>" * 100_000 + "deep")
    assert document.doubt == "elements are nested 512 deep or deeper"
    assert visible(document) == "deep"
    assert len(document.selector(len(document.elements) - 1).split(" > ")) == 40


def test_growing_markup_is_not_built() -> None:
    # Every <p> would repeat 500 unclosed <b>: some hundred million elements.
    source = "".join(f"<b id={number}>" for number in range(500)) + "<p>word " * 100_000
    document = read_html(source)
    assert document.doubt == "too many unclosed formatting tags"
    assert len(document.elements) < 200_000
    assert visible(document).startswith("word\nword")


def test_growth_hidden_behind_tables_is_seen() -> None:
    # The </b> in the cell closes nothing outside of it.
    source = "".join(f"<b id={number}><table><td></b></table>" for number in range(400)) + "<p>x" * 50_000
    assert read_html(source).doubt == "too many unclosed formatting tags"


def test_many_body_tags_are_not_parsed() -> None:
    document = read_html("".join(f"<body a{number}=1>" for number in range(5_000)) + "word")
    assert document.doubt == "more than 100 <body> or <html> tags"
    assert visible(document) == "word"


def test_large_plain_mail_is_not_doubted() -> None:
    row = "<tr><td><font color=red><b>Item</b></font> <a href='https://shop.example/{0}'>{0}</a></td></tr>"
    source = "<table>" + "".join(row.format(number) for number in range(3_000)) + "</table>"
    assert read_html(source).reliable


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        '<a b="',
        "<!--",
        "<!",
        "</",
        "&",
        "&#",
        "<title>",
        "<svg><![CDATA[",
        "\r",
        "\0",
        " ",
        "<table>x",
        "</b>",
    ],
)
def test_repeated_oddities_stay_quick(piece: str) -> None:
    document = read_html(piece * 20_000)
    visible(document)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["<p>word ", "<b>", "<table><tr><td>x</td>y", "<a href=x><p>y", "&amp;", "<!---->x", "<i>x</i>"]
)
def test_five_megabytes_are_read(piece: str) -> None:
    document = read_html(piece * (5_000_000 // len(piece)))
    visible(document)


def test_very_many_hidden_texts_are_read_as_lines_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgpolicy.facts.html.text.MAX_HIDDEN_TEXTS", 2)
    source = "".join(f"<p hidden>Text {number}</p><p>Hello</p>" for number in range(5))
    document = read_html(source)
    hidden = document.readings("html", lambda index: hidden_reason(document, index))[1:]
    assert [reading.text for reading in hidden] == ["Text 0", "Text 1", "Text 2\nText 3\nText 4"]
    start, end = hidden[2].span(14, 20)
    assert source[start:end] == "Text 4"
