from __future__ import annotations

import random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from msgpolicy.rules import yaml_tree
from msgpolicy.rules.located import MAX_BYTES, MAX_NODES, File, Mapping, Node, Scalar, Sequence, find, plain, read, walk

Found = list[tuple[int, int, str, str]]


def parse(text: str | bytes) -> tuple[Node | None, Found]:
    found: Found = []

    def report(file: File, index: int, message: str, hint: str) -> None:
        found.append((*file.place(index), message, hint))

    data = text if isinstance(text, bytes) else text.encode()
    return read("test.yaml", data, report)[1], found


def tree_of(text: str) -> Node:
    tree, found = parse(text)
    assert found == []
    assert tree is not None
    return tree


def one_problem(text: str | bytes) -> tuple[int, int, str, str]:
    _, found = parse(text)
    assert len(found) == 1, found
    return found[0]


@pytest.fixture(params=["C", "Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "Python":
        monkeypatch.setattr(yaml_tree, "_Loader", yaml.SafeLoader)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML without libyaml")
    return str(request.param)


def test_scalars_stay_as_written(loader: str) -> None:
    text = "a: off\nb: no\nc: NO\nd: 1.10\ne: 24:00\nf: 0x1F\ng: 2026-11-01\nh: 'null'\ni: \"~\"\nj: true\nk: 1_000\n"
    assert plain(tree_of(text)) == {
        "a": "off", "b": "no", "c": "NO", "d": "1.10", "e": "24:00", "f": "0x1F", "g": "2026-11-01",
        "h": "null", "i": "~", "j": "true", "k": "1_000",
    }  # fmt: skip


def test_nothing_is_an_empty_plain_scalar_a_tilde_or_null(loader: str) -> None:
    assert plain(tree_of("a:\nb: ~\nc: null\nd: ''\ne: [null, Null, 'x']\n")) == {
        "a": None, "b": None, "c": None, "d": "", "e": [None, None, "x"],
    }  # fmt: skip


def test_quoted_scalars_are_known_from_plain_ones(loader: str) -> None:
    tree = tree_of("- 5\n- '5'\n- \"5\"\n- |\n  5\n")
    assert isinstance(tree, Sequence)
    assert [item.plain for item in tree.items if isinstance(item, Scalar)] == [True, False, False, False]


def test_places_count_code_points_also_after_wide_and_joined_characters(loader: str) -> None:
    text = 'ключ: {日本語: "𝒳𝒳", é: [e\u0301x, ok]}\nz: 👩‍👩‍👧 text\n'
    tree = tree_of(text)
    for path, start in [(("ключ", "日本語"), '"𝒳𝒳"'), (("ключ", "é", 1), "ok"), (("z",), "👩‍👩‍👧")]:
        node = find(tree, path)
        assert text[node.index :].startswith(start)
    assert find(tree, ("ключ", "é", 1)).file.place(text.index("ok")) == (1, text.index("ok") + 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_in_editors(loader: str, end: str) -> None:
    text = end.join(["a: 1", "b:", "  c: ü2", "d: 3"])
    node = find(tree_of(text), ("b", "c"))
    assert node.file.place(node.index) == (3, 6)
    assert node.file.line(3) == "  c: ü2"


def test_a_line_separator_inside_a_text_is_no_line_end_of_the_file(loader: str) -> None:
    text = 'a: "x\u2028y\x85z"\nb: here\n'
    node = find(tree_of(text), ("b",))
    assert node.file.place(node.index) == (2, 4)


def test_a_byte_order_mark_does_not_shift_places(loader: str) -> None:
    tree, found = parse(b"\xef\xbb\xbfa: b\n")
    assert tree is not None
    assert found == []
    node = find(tree, ("a",))
    assert (node.index, node.file.text) == (3, "a: b\n")


def test_every_duplicate_key_names_both_places(loader: str) -> None:
    tree, found = parse("a: 1\nb: {c: 2, c: 3}\na: 4\n")
    assert [(line, column) for line, column, _, _ in found] == [(2, 11), (3, 1)]
    assert found[0][2:] == ("the key 'c' stands here twice", "first at 2:5")
    assert found[1][2:] == ("the key 'a' stands here twice", "first at 1:1")
    assert tree is not None
    assert plain(tree) == {"a": "1", "b": {"c": "2"}}


@pytest.mark.parametrize(
    ("text", "place", "says", "hint"),
    [
        ("a: &b c\n", (1, 4), "anchors", "'&'"),
        ("a: [x]\nb: *bewertung\n", (2, 4), "aliases", "*"),
        ("a: !important x\n", (1, 4), "tags", "!"),
        ("a: !!python/object/apply:os.system [x]\n", (1, 4), "tags", "!"),
        ("<<: {a: b}\n", (1, 1), "merge keys", "extends"),
        ("a: b\n---\nc: d\n", (2, 1), "second document", "one document"),
        ("? [a]\n: b\n", (1, 3), "a key has to be a text", ""),
        ("? {a: b}\n: b\n", (1, 3), "a key has to be a text", ""),
        ("~: b\n", (1, 1), "a key has to be a text", ""),
        ("k" * 201 + ": b\n", (1, 1), "longer than 200", ""),
        ("", (1, 1), "empty", ""),
        ("# only a comment\n", (1, 1), "empty", ""),
        ("a:\n\t- b\n", (2, 1), "cannot start any token", "spaces"),
        ("a: @b\n", (1, 4), "cannot start any token", "@"),
        ("a: b: c\n", (1, 5), "mapping values", ":"),
        ("a: 'b\n", (2, 1), "unexpected end", "not closed"),
        ("a: x\x07y\n", (1, 5), "U+0007", "remove"),
    ],
)
def test_what_is_refused_is_refused_at_its_place(
    loader: str, text: str, place: tuple[int, int], says: str, hint: str
) -> None:
    line, column, message, given = one_problem(text)
    assert (line, column) == place
    assert says in message
    assert hint.strip("'") in given


def test_a_quoted_phrase_may_start_with_what_yaml_reserves(loader: str) -> None:
    assert plain(tree_of("['*x', \"&y\", '!z', '<<', '- a: b']\n")) == ["*x", "&y", "!z", "<<", "- a: b"]
    assert plain(tree_of("'<<': a\n")) == {"<<": "a"}


def test_bytes_that_are_no_utf8_are_named_by_position() -> None:
    line, column, message, hint = one_problem("a: ü\nb: ".encode() + b"\xff\n")
    assert (line, column) == (2, 4)
    assert "byte 9" in message
    assert "UTF-8" in hint


def test_utf16_is_no_utf8() -> None:
    assert "byte 0" in one_problem("a: b".encode("utf-16"))[2]


def test_size_depth_and_number_of_values_are_limited() -> None:
    assert parse(b"# " + b"x" * (MAX_BYTES - 7) + b"\na: b")[1] == []
    assert "larger" in one_problem(b"x" * (MAX_BYTES + 1))[2]
    assert parse("[" * 50 + "]" * 50)[1] == []
    assert "deeper than 50" in one_problem("[" * 51 + "]" * 51)[2]
    assert "deeper than 50" in one_problem("{a: " * 40_000)[2]
    assert "deeper than 50" in one_problem("- " * 100_000)[2]
    assert parse("- a\n" * (MAX_NODES - 1))[1] == []
    assert "more than 200,000" in one_problem("- a\n" * MAX_NODES)[2]


def test_aliases_cannot_multiply_what_is_read() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    tree, found = parse(bomb)
    assert len(found) == 9 + 8 * 9
    assert tree is not None
    assert sum(1 for _ in walk(tree)) < 200


def test_find_gives_the_nearest_node_above_what_is_absent() -> None:
    tree = tree_of("a: {b: [c]}\n")
    assert isinstance(tree, Mapping)
    assert find(tree, ("a", "b", 7)) is find(tree, ("a", "b"))
    assert find(tree, ("x", "y")) is tree
    key = find(tree, ("a", "b"), on_key=True)
    assert isinstance(key, Scalar)
    assert (key.value, key.index) == ("b", 4)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="[]{}:,-?&*!|>'\"%@` \n\tab~<#\ufeffé", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    tree, found = parse(text.encode("utf-8", "surrogatepass"))
    assert tree is not None or found
    for line, column, _, _ in found:
        assert line >= 1
        assert column >= 1


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    tree, found = parse(data)
    assert tree is not None or found


_TEXTS = st.text(alphabet=st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cc", "Cn")), max_size=20)
_TREES = st.recursive(
    _TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS.filter(bool), inner, max_size=4)
)


@settings(max_examples=150, deadline=None)
@given(_TREES)
def test_what_yaml_writes_is_read_back(data: Any) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_style='"', width=1_000_000)
    assert plain(tree_of(text)) == data


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["ä", "日", "𝒳", "x", "é\u0301", "🙂"]), min_size=1, max_size=8), st.randoms())
def test_every_scalar_stands_where_its_place_says(words: list[str], rng: random.Random) -> None:
    text = "".join(
        rng.choice([f"k{i}{word}: {word}\n", f"k{i}: [{word}, {{{word}: {word}}}]\n", f"# {word}\nk{i}:\n  - {word}\n"])
        for i, word in enumerate(words)
    )
    for _, node in walk(tree_of(text)):
        if isinstance(node, Scalar) and node.value is not None:
            assert text[node.index : node.index + len(node.value)] == node.value
        elif isinstance(node, Mapping):
            for key in node.keys.values():
                assert text[key.index : key.index + len(str(key.value))] == key.value


def test_both_parsers_give_the_same_tree_and_places(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: [é, 'x''y', \"\\u00e9\"]\nb: |\n  line\n\n  日本\nc: >-\n  folded\n  text\nd: {e: x, f: ~}\n? g\n: h\n"
    first = [(path, node.index, type(node)) for path, node in walk(tree_of(text))]
    monkeypatch.setattr(yaml_tree, "_Loader", yaml.SafeLoader)
    assert [(path, node.index, type(node)) for path, node in walk(tree_of(text))] == first
