"""Colours as HTML and CSS write them, as (red, green, blue, opacity)."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb
from typing import NamedTuple


class Color(NamedTuple):
    """Channels from 0 to 255, opacity from 0 to 1."""

    red: float
    green: float
    blue: float
    opacity: float = 1.0

    def over(self, below: Color) -> Color:
        """What is seen when this colour lies over an opaque one."""
        share = self.opacity
        return Color(*(upper * share + lower * (1 - share) for upper, lower in zip(self[:3], below[:3], strict=True)))

    @property
    def hex(self) -> str:
        """Its channels as "#rrggbb"."""
        return "#" + "".join(f"{round(channel):02x}" for channel in self[:3])

    def looks_like(self, other: Color) -> bool:
        """Whether text in one of them cannot be told from a ground in the other."""
        return all(abs(mine - theirs) <= _SAME for mine, theirs in zip(self[:3], other[:3], strict=True))


# Steps of a channel (of 255) that no reader sees between letters and their ground: #fff and #f8f8f8 are one to the eye.
_SAME = 8

BLACK = Color(0, 0, 0)
WHITE = Color(255, 255, 255)
TRANSPARENT = Color(0, 0, 0, 0.0)

_TABLE = """
    aliceblue:f0f8ff antiquewhite:faebd7 aqua:00ffff aquamarine:7fffd4 azure:f0ffff beige:f5f5dc bisque:ffe4c4
    black:000000 blanchedalmond:ffebcd blue:0000ff blueviolet:8a2be2 brown:a52a2a burlywood:deb887 cadetblue:5f9ea0
    chartreuse:7fff00 chocolate:d2691e coral:ff7f50 cornflowerblue:6495ed cornsilk:fff8dc crimson:dc143c
    cyan:00ffff darkblue:00008b darkcyan:008b8b darkgoldenrod:b8860b darkgray:a9a9a9 darkgreen:006400
    darkgrey:a9a9a9 darkkhaki:bdb76b darkmagenta:8b008b darkolivegreen:556b2f darkorange:ff8c00 darkorchid:9932cc
    darkred:8b0000 darksalmon:e9967a darkseagreen:8fbc8f darkslateblue:483d8b darkslategray:2f4f4f
    darkslategrey:2f4f4f darkturquoise:00ced1 darkviolet:9400d3 deeppink:ff1493 deepskyblue:00bfff dimgray:696969
    dimgrey:696969 dodgerblue:1e90ff firebrick:b22222 floralwhite:fffaf0 forestgreen:228b22 fuchsia:ff00ff
    gainsboro:dcdcdc ghostwhite:f8f8ff gold:ffd700 goldenrod:daa520 gray:808080 green:008000 greenyellow:adff2f
    grey:808080 honeydew:f0fff0 hotpink:ff69b4 indianred:cd5c5c indigo:4b0082 ivory:fffff0 khaki:f0e68c
    lavender:e6e6fa lavenderblush:fff0f5 lawngreen:7cfc00 lemonchiffon:fffacd lightblue:add8e6 lightcoral:f08080
    lightcyan:e0ffff lightgoldenrodyellow:fafad2 lightgray:d3d3d3 lightgreen:90ee90 lightgrey:d3d3d3
    lightpink:ffb6c1 lightsalmon:ffa07a lightseagreen:20b2aa lightskyblue:87cefa lightslategray:778899
    lightslategrey:778899 lightsteelblue:b0c4de lightyellow:ffffe0 lime:00ff00 limegreen:32cd32 linen:faf0e6
    magenta:ff00ff maroon:800000 mediumaquamarine:66cdaa mediumblue:0000cd mediumorchid:ba55d3 mediumpurple:9370db
    mediumseagreen:3cb371 mediumslateblue:7b68ee mediumspringgreen:00fa9a mediumturquoise:48d1cc
    mediumvioletred:c71585 midnightblue:191970 mintcream:f5fffa mistyrose:ffe4e1 moccasin:ffe4b5
    navajowhite:ffdead navy:000080 oldlace:fdf5e6 olive:808000 olivedrab:6b8e23 orange:ffa500 orangered:ff4500
    orchid:da70d6 palegoldenrod:eee8aa palegreen:98fb98 paleturquoise:afeeee palevioletred:db7093
    papayawhip:ffefd5 peachpuff:ffdab9 peru:cd853f pink:ffc0cb plum:dda0dd powderblue:b0e0e6 purple:800080
    rebeccapurple:663399 red:ff0000 rosybrown:bc8f8f royalblue:4169e1 saddlebrown:8b4513 salmon:fa8072
    sandybrown:f4a460 seagreen:2e8b57 seashell:fff5ee sienna:a0522d silver:c0c0c0 skyblue:87ceeb slateblue:6a5acd
    slategray:708090 slategrey:708090 snow:fffafa springgreen:00ff7f steelblue:4682b4 tan:d2b48c teal:008080
    thistle:d8bfd8 tomato:ff6347 turquoise:40e0d0 violet:ee82ee wheat:f5deb3 white:ffffff whitesmoke:f5f5f5
    yellow:ffff00 yellowgreen:9acd32
"""
_NAMES = {name: Color(*bytes.fromhex(code)) for name, code in (pair.split(":") for pair in _TABLE.split())}
_NAMES["transparent"] = TRANSPARENT

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_NUMBER = re.compile(r"([+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}))(%|deg)?")


def css_color(value: str) -> Color | None:
    """The colour that a lower-case CSS value names; None for any other value (`currentcolor`, `var(...)`)."""
    named = _NAMES.get(value)
    if named is not None:
        return named
    if _HEX.fullmatch(value):
        digits = value[1:]
        if len(digits) < 6:
            digits = "".join(digit * 2 for digit in digits)
        red, green, blue, *rest = bytes.fromhex(digits)
        return Color(red, green, blue, rest[0] / 255 if rest else 1.0)
    function = _FUNCTION.fullmatch(value)
    return _from_function(function[1], function[2]) if function else None


def _from_function(kind: str, arguments: str) -> Color | None:
    numbers = [_NUMBER.fullmatch(word) for word in re.split(r"[\s,/]+", arguments.strip())]
    if len(numbers) not in (3, 4):
        return None
    values: list[float] = []
    for place, number in enumerate(numbers):
        if number is None:
            return None
        whole = (1.0, 1.0, 1.0, 1.0) if kind == "hsl" else (255.0, 255.0, 255.0, 1.0)
        values.append(float(number[1]) * whole[place] / 100 if number[2] == "%" else float(number[1]))
    opacity = min(max(values[3], 0.0), 1.0) if len(values) == 4 else 1.0
    if kind == "hsl":
        saturation, lightness = (min(max(value, 0.0), 1.0) for value in values[1:3])
        values = [channel * 255 for channel in hls_to_rgb(values[0] / 360 % 1, lightness, saturation)]
    red, green, blue = (min(max(value, 0.0), 255.0) for value in values[:3])
    return Color(red, green, blue, opacity)


def html_color(value: str) -> Color | None:
    """The colour of an attribute such as bgcolor, where browsers make something of any word; None if it is empty."""
    text = value.strip("\t\n\f\r ").lower()
    if not text or text == "transparent":
        return None
    named = _NAMES.get(text)
    if named is not None:
        return named
    if re.fullmatch(r"#[0-9a-f]{3}", text):
        return Color(*(int(digit * 2, 16) for digit in text[1:]))
    digits = "".join("00" if ord(letter) > 0xFFFF else letter for letter in text)[:128].removeprefix("#")
    digits = re.sub(r"[^0-9a-f]", "0", digits)
    digits = digits.ljust(max(len(digits) + (-len(digits)) % 3, 3), "0")
    third = len(digits) // 3
    parts = [digits[at : at + third][-8:] for at in range(0, len(digits), third)]
    while len(parts[0]) > 2 and all(part[0] == "0" for part in parts):
        parts = [part[1:] for part in parts]
    return Color(*(int(part[:2], 16) for part in parts))
