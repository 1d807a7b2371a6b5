"""HTML source grammar: attributes, character references."""

from __future__ import annotations

import html

import pytest
import turbohtml
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.html.markup import COMMENT, START_TAG, attributes, decode, value_map
from msgpolicy.facts.spans import OffsetMap

TAG_PIECES = [*"<ab =\"'/>\n\t", "href", "&amp;", "&copy", "&#65;", "\r\n", "É", "x=1", ' style="a:b"', "HREF"]


def tag_attributes(tag: str) -> dict[str, str]:
    match = START_TAG.match(tag)
    assert match is not None
    return {name: attribute.value for name, attribute in attributes(tag, 0, match.end()).items()}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("<a href=x>", {"href": "x"}),
        ('<A HREF="x y"\n  Title=\'it is "so"\'>', {"href": "x y", "title": 'it is "so"'}),
        ("<input disabled value=>", {"disabled": "", "value": ""}),
        ("<a x=1 X=2>", {"x": "1"}),
        ('<a href="?a=1&amp;b=2&copy=3&copy;">', {"href": "?a=1&b=2&copy=3©"}),
        ("<a href=x/>", {"href": "x/"}),
        ("<a/b/c>", {"b": "", "c": ""}),
        ('<a title="a > b">', {"title": "a > b"}),
        ('<a =x="1">', {"=x": "1"}),
        ("<a x\0=1>", {"x\ufffd": "1"}),
        ("<a x='1'y='2'>", {"x": "1", "y": "2"}),
        ('<a x="\r\n">', {"x": "\n"}),
        ("<br/>", {}),
    ],
)
def test_attributes_as_browsers_read_them(tag: str, expected: dict[str, str]) -> None:
    assert tag_attributes(tag) == expected


def test_spans_of_attributes() -> None:
    source = '<p><a class=k HREF = "x&amp;y" hidden>'
    found = attributes(source, 3, len(source))
    spans = {name: (source[a.start : a.end], source[a.value_start : a.value_end]) for name, a in found.items()}
    assert spans == {
        "class": ("class=k", "k"),
        "href": ('HREF = "x&amp;y"', "x&amp;y"),
        "hidden": ("hidden", ""),
    }
    assert found["hidden"].value_start == found["hidden"].value_end == source.index("hidden") + len("hidden")


def test_value_map_leads_into_the_source() -> None:
    source = '<a href="a&amp;b">'
    attribute = attributes(source, 0, len(source))["href"]
    start, end = value_map(source, attribute).span(1, 2)
    assert source[start:end] == "&amp;"


@given(st.lists(st.sampled_from(TAG_PIECES), max_size=12).map("".join))
def test_tags_end_and_read_as_in_turbohtml(inner: str) -> None:
    tag = f"<i {inner}>"
    element = turbohtml.parse(tag, source_locations=True).find("i")
    match = START_TAG.match(tag)
    if element is None:
        assert match is None
        return
    assert match is not None
    known = {k: " ".join(v) if isinstance(v, list) else v or "" for k, v in element.attrs.items()}
    assert tag_attributes(tag) == known
    location = element.source_location
    assert location is not None
    if "\r" not in tag:
        assert location.start_tag.end_offset == match.end()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a&amp;b", "a&b"),
        ("&lt;&#60;&#x3C;&#X3c", "<<<<"),
        ("&notit;&not;", "¬it;¬"),
        ("&copy2", "©2"),
        ("&unknown; & &# &#x; &", "&unknown; & &# &#x; &"),
        ("&#0;&#xD800;&#x110000;&#99999999999999999999;", "\ufffd" * 4),
        ("&#128;&#x9f;&#x81;", "€Ÿ\x81"),
        ("&NotEqualTilde;", "≂̸"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
    ],
)
def test_character_references(text: str, expected: str) -> None:
    assert decode(text, 0, len(text))[0] == expected


@given(
    st.lists(st.sampled_from(["&", "a", "m", "p", ";", "#", "x", "65", "lt", "&amp;", "\r", "\n", " "])).map("".join)
)
def test_decoding_maps_every_character(text: str) -> None:
    decoded, pieces = decode(text, 0, len(text))
    assert decoded == html.unescape(text).replace("\r\n", "\n").replace("\r", "\n")
    offsets = OffsetMap(pieces)
    for index, character in enumerate(decoded):
        start, end = offsets.span(index, index + 1)
        assert decode(text, start, end)[0] == character
    # What stands between two characters of the text stands between their places in the source.
    places = [offsets.span(index, index + 1) for index in range(len(decoded))]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("source", "comment"),
    [
        ("<!-- a -->b", "<!-- a -->"),
        ("<!-->b", "<!-->"),
        ("<!--->b", "<!--->"),
        ("<!--a--!>b", "<!--a--!>"),
        ("<!--a--!->b-->c", "<!--a--!->b-->"),
        ("<!-- never closed", "<!-- never closed"),
        ("<![if !mso]>b", "<![if !mso]>"),
        ("<?xml version='1'?>b", "<?xml version='1'?>"),
        ("</ x>b", "</ x>"),
    ],
)
def test_comments(source: str, comment: str) -> None:
    match = COMMENT.match(source)
    assert match is not None
    assert match[0] == comment
