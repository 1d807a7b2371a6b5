"""Offset maps: every position of a view leads back to where it stands in the source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.spans import OffsetMap, Piece, Place, Reading, rewritten


def test_a_map_without_edits_is_none() -> None:
    assert rewritten(10, []) is None


def test_deletions_and_replacements() -> None:
    # "a&amp;b" read as "a&b"
    offsets = rewritten(7, [(1, 6, 1)])
    assert offsets is not None
    assert [offsets.span(i, i + 1) for i in range(3)] == [(0, 1), (1, 6), (6, 7)]
    assert offsets.span(0, 3) == (0, 7)


def test_a_deleted_run_lies_inside_the_span_around_it() -> None:
    # "re" + zero-width space + "view" read as "review"
    offsets = rewritten(7, [(2, 3, 0)])
    assert offsets is not None
    assert offsets.span(0, 6) == (0, 7)
    assert offsets.span(2, 3) == (3, 4)


def test_source_positions_need_not_ascend() -> None:
    offsets = OffsetMap([Piece(0, 50, 54, True), Piece(4, 10, 14, True)])
    assert offsets.span(0, 4) == (50, 54)
    assert offsets.span(4, 8) == (10, 14)
    assert offsets.span(0, 8) == (50, 54)


def test_empty_span_and_empty_map() -> None:
    offsets = rewritten(7, [(1, 6, 1)])
    assert offsets is not None
    assert offsets.span(2, 2) == (6, 6)
    assert OffsetMap([]).span(3, 4) == (0, 0)


def test_a_reading_without_a_map_is_its_source() -> None:
    reading = Reading("text", "abc", "abc")
    assert reading.span(1, 2) == (1, 2)
    assert Place.of(reading, 1, 2) == Place("text", 1, 2)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, list[tuple[int, int, int]]]:
    source = draw(st.text("abcdef", max_size=30))
    edits, view, at = [], "", 0
    while at < len(source):
        start = draw(st.integers(at, len(source)))
        end = draw(st.integers(start, min(start + 4, len(source))))
        if end == start:
            break
        replacement = draw(st.text("XYZ", max_size=3))
        edits.append((start, end, len(replacement)))
        view += source[at:start] + replacement
        at = end
    return source, view + source[at:], edits


@given(edited())
def test_what_was_copied_maps_to_itself(case: tuple[str, str, list[tuple[int, int, int]]]) -> None:
    source, view, edits = case
    offsets = rewritten(len(source), edits)
    for index, char in enumerate(view):
        start, end = offsets.span(index, index + 1) if offsets else (index, index + 1)
        assert 0 <= start <= end <= len(source)
        if char.islower():
            assert source[start:end] == char
        else:
            assert (start, end) in [(low, high) for low, high, _ in edits]


@given(edited())
def test_any_span_maps_as_by_the_pieces(case: tuple[str, str, list[tuple[int, int, int]]]) -> None:
    source, view, edits = case
    offsets = rewritten(len(source), edits)
    if offsets is None:
        return
    pieces, at, shown = [], 0, 0
    for start, end, size in [*edits, (len(source), len(source), 0)]:
        pieces += [Piece(shown, at, start, True)] * (start > at)
        shown += start - at
        pieces += [Piece(shown, start, end, False)] * (size > 0)
        at, shown = end, shown + size
    for start in range(len(view)):
        for end in range(start, len(view) + 1):
            assert offsets.span(start, end) == OffsetMap(pieces).span(start, end)
