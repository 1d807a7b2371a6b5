"""Where each value of a JSON text stands."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.inputs.located import JsonError, Ruler, children, decode, place


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
        max_leaves=20,
    ),
    st.sampled_from([None, 1]),
)
def test_every_value_is_found_where_it_stands(value, indent):
    text = " " + json.dumps(value, indent=indent, ensure_ascii=False)
    read_value, start = decode(text)
    assert read_value == value

    def visit(value, path):
        offset = place(text, start, path)
        if path and isinstance(path[-1], str):
            key = json.dumps(path[-1], ensure_ascii=False)
            assert text[offset:].startswith(key)
            offset = offset + len(key) + 2
        assert text[offset:].startswith(json.dumps(value, indent=indent, ensure_ascii=False)[:1])
        for step, item in (
            value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
        ):
            visit(item, (*path, step))

    visit(value, ())


@given(st.text(alphabet='{}[]",:1a \n\\', max_size=30))
def test_the_walker_and_the_decoder_agree_on_what_is_json(text):
    if text.strip(" \n")[:1] not in ("{", "["):
        return
    try:
        value = json.loads(text)
    except ValueError:
        with pytest.raises(JsonError) as caught:
            list(children(text))
        assert 0 <= caught.value.offset <= len(text)
    else:
        found = list(children(text))
        if isinstance(value, list):
            assert [child.value for child in found] == value
        else:
            assert {child.step: child.value for child in found} == value


@given(st.text(alphabet="ab\n\r", max_size=30), st.data())
def test_lines_and_columns_are_those_of_splitting(text, data):
    ruler = Ruler(text)
    last = 0
    for _ in range(3):
        last = data.draw(st.integers(last, len(text)))
        before = text[:last].split("\n")
        assert ruler.at(last) == (len(before), len(before[-1]) + 1)
        assert ruler.advance(last) == len(before)
