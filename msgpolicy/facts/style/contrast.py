"""How well letters stand out from their ground, as WCAG 2 measures it."""

from __future__ import annotations

from msgpolicy.facts.style.colors import Color


def contrast(text: Color, ground: Color) -> float:
    """The contrast ratio of text on an opaque ground, from 1 (none) to 21 (black on white)."""
    light, dark = sorted((_luminance(text.over(ground)), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    """Relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in color[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
