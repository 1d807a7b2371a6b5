"""Conditions of a style sheet: on which of the screens that buyers ordinarily have they are met.

Nobody knows the buyer's screen. So a condition is not simply true or false but true on some of a few screens that
stand for all. `print`, `speech`, and what no browser knows, are met on none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import eq, ge, gt, le, lt
from typing import NamedTuple

from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.style.css import is_valid
from msgpolicy.facts.style.lengths import length
from msgpolicy.facts.style.selectors import BadSelectorError, parse_selectors
from msgpolicy.later import re_later


class Screen(NamedTuple):
    """A window in which a message is read: its size in CSS px, device pixels to a CSS px, and what it is like."""

    width: int
    height: int
    density: int
    touch: bool = False
    dark: bool = False


# The first is the one that counts where only one can.
SCREENS = (
    Screen(1280, 800, 1),
    Screen(390, 844, 3, touch=True),
    Screen(600, 960, 2, touch=True),
    Screen(800, 600, 1),
    Screen(1920, 1080, 1),
    Screen(1280, 800, 1, dark=True),
    Screen(390, 844, 3, touch=True, dark=True),
)
# A set of screens is a number that has a bit for each, the lowest for the first.
ALL_SCREENS = (1 << len(SCREENS)) - 1

# None: browsers do not know what is asked. Then neither it nor its opposite is met.
Answer = bool | None
Leaf = Callable[["_Group"], Answer]

# Code points of one condition, and how deep its parentheses nest.
_LONGEST = 2_000
_DEEPEST = 20
_TOKEN = re_later(r"[a-z_-][a-z0-9_-]*+|\"[^\"]*+\"?|'[^']*+'?|(?s:.)", re.IGNORECASE)
_GAP = re_later(r"(?:/\*(?s:.)*?(?:\*/|\Z)|[\t\n\f\r ])++")
_NAME = r"-?[a-z][a-z0-9-]*+"
_PLAIN = re_later(rf"({_NAME})(?: ?: ?(.+))?", re.DOTALL)
_RANGE = re_later(rf"(?:([^<>=]+)([<>]=?|=) ?)?({_NAME})(?: ?([<>]=?|=)([^<>=]+))?", re.DOTALL)
_RATIO = re_later(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(?:\s*/\s*([0-9]{1,9}(?:\.[0-9]{1,9})?))?")
_DENSITY = re_later(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(dppx|x|dpi|dpcm)")
_PER_PIXEL = {"dppx": 1.0, "x": 1.0, "dpi": 1 / 96, "dpcm": 2.54 / 96}
_COMPARE: dict[str, Callable[[float, float], bool]] = {"<": lt, "<=": le, "=": eq, ">": gt, ">=": ge}
_TURNED = {"<": ">", "<=": ">=", "=": "=", ">": "<", ">=": "<="}
# What is the same on every screen. A mail runs no scripts.
_KEYWORDS = {
    "prefers-reduced-motion": "no-preference",
    "prefers-reduced-transparency": "no-preference",
    "prefers-reduced-data": "no-preference",
    "prefers-contrast": "no-preference",
    "forced-colors": "none",
    "inverted-colors": "none",
    "scripting": "none",
    "update": "fast",
    "overflow-block": "scroll",
    "overflow-inline": "scroll",
    "color-gamut": "srgb",
    "dynamic-range": "standard",
    "display-mode": "browser",
}
_VENDORS = ("-ms-", "-moz-", "-o-", "-khtml-", "mso-")


class _Group:
    """Something in parentheses: `name` of the function (or none), the items in it, and its text."""

    def __init__(self, name: str, start: int) -> None:
        self.name = name
        self.items: list[str | _Group] = []
        self.start = start
        self.text = ""


def screens_of_media(queries: str) -> int:
    """The screens on which a list of media queries is met, as a set of bits."""
    group = _nested(queries)
    if group is None:
        return 0
    return sum(1 << number for number, screen in enumerate(SCREENS) if _is_media_met(group, screen))


def is_supported(condition: str) -> bool:
    """Whether the browsers of today meet a @supports condition."""
    group = _nested(condition)
    return group is not None and _condition(group.items, _supports) is True


def _nested(text: str) -> _Group | None:
    """The text as groups in groups; None where parentheses are not closed, or too deep or long for any person."""
    if len(text) > _LONGEST:
        raise TooLargeError(f"a condition in a style sheet has more than {_LONGEST:,} code points")
    text = _GAP.sub(" ", text)
    stack = [_Group("", 0)]
    for match in _TOKEN.finditer(text):
        sign = match[0]
        if sign == "(":
            items = stack[-1].items
            before = items[-1] if items else None
            group = _Group("", match.end())
            # A word right before makes a function, "and(" too.
            if isinstance(before, str) and text.endswith(before, 0, match.start()):
                group.name = before.lower()
                items.pop()
            items.append(group)
            stack.append(group)
            if len(stack) > _DEEPEST:
                raise TooLargeError(f"a condition in a style sheet nests deeper than {_DEEPEST}")
        elif sign == ")":
            if len(stack) == 1:
                return None
            group = stack.pop()
            group.text = text[group.start : match.start()].strip()
        elif sign != " ":
            stack[-1].items.append(sign.lower())
    return stack[0] if len(stack) == 1 else None


_JOINTS = frozenset({"and", "or", "not", "only", ","})


def _is_media_met(group: _Group, screen: Screen) -> bool:
    def leaf(group: _Group) -> Answer:
        return None if group.name else _feature(screen, group.text.lower())

    queries: list[list[str | _Group]] = [[]]
    for item in group.items:
        if item == ",":
            queries.append([])
        else:
            queries[-1].append(item)
    if queries == [[]]:
        return True
    return any(_query(items, leaf) is True for items in queries)


def _query(items: list[str | _Group], leaf: Leaf) -> Answer:
    opposite = False
    if len(items) > 1 and items[0] in ("not", "only") and isinstance(items[1], str):
        opposite = items[0] == "not"
        items = items[1:]
    kind = items[0] if items else None
    if not isinstance(kind, str) or kind == "not":
        return _condition(items, leaf)
    if kind in _JOINTS or not re.fullmatch(_NAME, kind):
        return None
    answer: Answer = kind in ("all", "screen")
    if len(items) > 1:
        if items[1] != "and" or "or" in items:
            return None
        answer = _both(answer, _condition(items[2:], leaf))
    return _opposite(answer) if opposite else answer


def _condition(items: Sequence[str | _Group], leaf: Leaf) -> Answer:
    """What `not X`, `X and X and X` or `X or X or X` comes to."""
    if len(items) == 2 and items[0] == "not":
        return _opposite(_unit(items[1], leaf))
    if len(items) % 2 == 0:
        return None
    joints = set(items[1::2])
    answer = _unit(items[0], leaf)
    if not joints:
        return answer
    if joints not in ({"and"}, {"or"}):
        return None
    for item in items[2::2]:
        other = _unit(item, leaf)
        answer = _both(answer, other) if joints == {"and"} else _opposite(_both(_opposite(answer), _opposite(other)))
    return answer


def _unit(item: str | _Group, leaf: Leaf) -> Answer:
    if isinstance(item, str):
        return None
    if not item.name and item.items and (isinstance(item.items[0], _Group) or item.items[0] == "not"):
        return _condition(item.items, leaf)
    return leaf(item)


def _both(one: Answer, other: Answer) -> Answer:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _opposite(answer: Answer) -> Answer:
    return None if answer is None else not answer


def _supports(group: _Group) -> Answer:
    if group.name == "selector":
        try:
            return bool(parse_selectors(group.text))
        except BadSelectorError:
            return False
    if group.name:
        return group.name in ("font-tech", "font-format")
    name, colon, value = group.text.partition(":")
    name = name.strip().lower()
    return bool(colon) and not name.startswith(_VENDORS) and is_valid(name, value.strip().lower())


def _feature(screen: Screen, text: str) -> Answer:
    """Whether a screen is as `max-width: 480px`, `width < 480px` or `hover` says."""
    plain = _PLAIN.fullmatch(text)
    if plain is None:
        return _range(screen, text)
    name, value = plain[1].removeprefix("-webkit-"), plain[2]
    if value is None:
        known = _value(screen, name)
        return known if known is None else known not in (0.0, "none", "no-preference")
    operator = "="
    if name.startswith(("min-", "max-")):
        operator = ">=" if name.startswith("min-") else "<="
        name = name[4:]
    return _compared(screen, name, operator, value)


def _range(screen: Screen, text: str) -> Answer:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    before, turned, name, operator, after = match.groups()
    answer: Answer = True
    if before:
        answer = _both(answer, _compared(screen, name, _TURNED[turned], before))
    if after:
        answer = _both(answer, _compared(screen, name, operator, after))
    return answer


def _compared(screen: Screen, name: str, operator: str, value: str) -> Answer:
    known = _value(screen, name)
    value = value.strip()
    if isinstance(known, str):
        return known == value if operator == "=" else None
    wanted = _wanted(name, value)
    return None if known is None or wanted is None else _COMPARE[operator](known, wanted)


def _value(screen: Screen, name: str) -> float | str | None:
    if name in ("width", "device-width"):
        return float(screen.width)
    if name in ("height", "device-height"):
        return float(screen.height)
    if name in ("aspect-ratio", "device-aspect-ratio"):
        return screen.width / screen.height
    if name in ("resolution", "device-pixel-ratio"):
        return float(screen.density)
    if name == "orientation":
        return "landscape" if screen.width > screen.height else "portrait"
    if name in ("hover", "any-hover"):
        return "none" if screen.touch else "hover"
    if name in ("pointer", "any-pointer"):
        return "coarse" if screen.touch else "fine"
    if name == "prefers-color-scheme":
        return "dark" if screen.dark else "light"
    numbers = {"color": 8.0, "color-index": 0.0, "monochrome": 0.0, "grid": 0.0, "transform-3d": 1.0}
    return numbers.get(name, _KEYWORDS.get(name))


def _wanted(name: str, value: str) -> float | None:
    """The number that a value stands for, None if it is none for this feature."""
    if name == "resolution":
        density = _DENSITY.fullmatch(value)
        return float(density[1]) * _PER_PIXEL[density[2]] if density else None
    if name.endswith(("width", "height")):
        # A number without a unit is a length only if it is zero.
        return None if value.strip("+-0.") and value[-1:].isdigit() else length(value)
    ratio = _RATIO.fullmatch(value)
    if ratio is None:
        return None
    return float(ratio[1]) / (float(ratio[2]) or 1e-9) if ratio[2] else float(ratio[1])
