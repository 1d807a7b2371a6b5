"""On which screens conditions of style sheets are met."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.style.media import ALL_SCREENS, SCREENS, is_supported, screens_of_media


def widths(query: str) -> set[int]:
    """The widths of the light screens that meet a media query."""
    met = screens_of_media(query)
    return {screen.width for number, screen in enumerate(SCREENS) if met >> number & 1 and not screen.dark}


EVERY = {390, 600, 800, 1280, 1920}


def test_the_first_screen_is_an_ordinary_window() -> None:
    assert 600 <= SCREENS[0].width <= 1920
    assert not SCREENS[0].dark
    assert not SCREENS[0].touch


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EVERY),
        ("all", EVERY),
        ("screen", EVERY),
        ("SCREEN", EVERY),
        ("only screen", EVERY),
        ("print, screen", EVERY),
        ("not print", EVERY),
        ("/* x */ screen", EVERY),
        ("print", set()),
        ("speech", set()),
        ("handheld", set()),
        ("tv", set()),
        ("not screen", set()),
        ("not all", set()),
        ("(max-width: 480px)", {390}),
        ("only screen and (max-width:480px)", {390}),
        ("screen and (max-width: 600px)", {390, 600}),
        ("screen and (max-width: 37.5em)", {390, 600}),
        ("(min-width: 601px)", {800, 1280, 1920}),
        ("(min-width: 700px) and (max-width: 1300px)", {800, 1280}),
        ("(max-device-width: 480px)", {390}),
        ("(width: 1280px)", {1280}),
        ("(width <= 480px)", {390}),
        ("(480px < width)", {600, 800, 1280, 1920}),
        ("(600px <= width < 1280px)", {600, 800}),
        ("(1280px > width >= 600px)", {600, 800}),
        ("(width > 5000px)", set()),
        ("(max-width: 480px), print and (color)", {390}),
        ("not screen and (max-width: 480px)", EVERY - {390}),
        ("not (max-width: 480px)", EVERY - {390}),
        ("(not (max-width: 480px))", EVERY - {390}),
        ("(max-width: 480px) or (min-width: 1900px)", {390, 1920}),
        ("screen and ((max-width: 480px) or (min-width: 1900px))", {390, 1920}),
        ("(orientation: portrait)", {390, 600}),
        ("(max-aspect-ratio: 1/1)", {390, 600}),
        ("(min-height: 900px)", {600, 1920}),
        ("(-webkit-min-device-pixel-ratio: 0)", EVERY),
        ("(-webkit-min-device-pixel-ratio: 2)", {390, 600}),
        ("(min-resolution: 192dpi)", {390, 600}),
        ("(min-resolution: 2dppx)", {390, 600}),
        ("(hover: none)", {390, 600}),
        ("(hover)", {800, 1280, 1920}),
        ("(pointer: fine)", {800, 1280, 1920}),
        ("(color)", EVERY),
        ("(monochrome)", set()),
        ("(prefers-reduced-motion)", set()),
        ("(prefers-reduced-motion: reduce)", set()),
        ("(prefers-color-scheme: light)", EVERY),
        ("(prefers-color-scheme: dark)", set()),
    ],
)
def test_media(query: str, expected: set[int]) -> None:
    assert widths(query) == expected


def test_dark_screens() -> None:
    met = screens_of_media("(prefers-color-scheme: dark)")
    assert [screen.dark for number, screen in enumerate(SCREENS) if met >> number & 1] == [True, True]


@pytest.mark.parametrize(
    "query",
    [
        "(max-width: 480)",
        "(max-width: wide)",
        "(max-width)",
        "(max-width:)",
        "(unknown: 1)",
        "not (unknown: 1)",
        "not screen and (unknown)",
        "(max-width: 9999px",
        "max-width: 9999px",
        "screen (color)",
        "screen and",
        "screen and screen",
        "screen and(color)",
        "screen or (color)",
        "and",
        "not",
        "only",
        "only (color)",
        "not not screen",
        "(color) and (color) or (color)",
        "screen and (color) or (color)",
        "func(color)",
        "(func(color))",
        "()",
        ")",
        "<script>",
        ",",
    ],
)
def test_what_browsers_do_not_know_is_met_nowhere(query: str) -> None:
    assert screens_of_media(query) == 0


def test_only_what_is_known_counts_in_a_list() -> None:
    assert screens_of_media("(unknown), screen") == ALL_SCREENS
    assert screens_of_media("(unknown) or (color)") == ALL_SCREENS
    assert screens_of_media("(unknown) and (color)") == 0


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("(display: grid)", True),
        ("(display:grid) and (not (display:nonsense))", True),
        ("not (display: grid)", False),
        ("(display: nonsense)", False),
        ("(display: nonsense) or (color: red)", True),
        ("(-ms-ime-align: auto)", False),
        ("(--own: x)", True),
        ("selector(:is(a))", True),
        ("selector(:unknown)", False),
        ("not selector(:unknown)", True),
        ("unknown(x)", False),
        ("not unknown(x)", True),
        ("display: grid", False),
        ("", False),
    ],
)
def test_supports(condition: str, expected: bool) -> None:
    assert is_supported(condition) is expected


PIECES = [
    *"(),:/ <>=",
    "screen",
    "not",
    "and",
    "or",
    "only",
    "max-width",
    "480px",
    "<=",
    "/*",
    "*/",
    '"',
    "color",
    "1/0",
    "0dpi",
]


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_any_text_is_read(text: str) -> None:
    try:
        assert 0 <= screens_of_media(text) <= ALL_SCREENS
        assert is_supported(text) in (True, False)
    except TooLargeError:
        assert text.count("(") > 10


@pytest.mark.parametrize("piece", PIECES)
def test_repetition_is_read_or_refused(piece: str) -> None:
    for start in ("", "(", "(width:", "screen and ("):
        text = start + piece * (1_900 // len(piece))
        try:
            assert 0 <= screens_of_media(text) <= ALL_SCREENS
        except TooLargeError:
            refused = True
        else:
            refused = False
        assert not refused or piece == "("


@pytest.mark.parametrize("query", ["(" * 50 + "color" + ")" * 50, "screen," * 5_000])
def test_what_nobody_writes_is_refused(query: str) -> None:
    with pytest.raises(TooLargeError):
        screens_of_media(query)
