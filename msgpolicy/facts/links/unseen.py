"""Why what a document loads is not seen: its size, its place, what hides it."""

from __future__ import annotations

from msgpolicy.facts.links.remote_loads import Load
from msgpolicy.facts.style.boxes import Boxes, Size, too_small
from msgpolicy.facts.style.declared import DeclaredStyles
from msgpolicy.facts.style.lengths import length
from msgpolicy.facts.style.styles import declarations
from msgpolicy.later import regex_later

# What gives a box an extent although nothing is in it, and elements that take theirs from what is around.
_BOX_EXTENT = """
    height min-height block-size min-block-size padding padding-top padding-bottom aspect-ratio border border-top
    border-bottom border-width flex float line-height inset position
"""
# What gives one to an inline box, of which neither width nor height counts.
_INLINE_EXTENT = "padding padding-left padding-right border border-left border-right border-width"
_EXTENT = {"block": frozenset(_BOX_EXTENT.split()), "inline": frozenset(_INLINE_EXTENT.split())}
_STRETCHED = frozenset(
    {"body", "html", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "hr", "br", "img", "input"}
)
# Letters of this size (px) take no room.
_NO_LETTER = 1.0
# No background is so large (px) that it is moved so far to show a part of it.
_FAR_OUT = -5000.0
_TILED = regex_later(r"(?<![\w-])no-repeat(?![\w-])")
_URL = regex_later(r"url\([^)]*+\)?+")
# The size in the shorthand `background`: behind the position.
_SIZED = regex_later(r"/\s*+([^\s,;/)]++)(?:\s++([^\s,;/)]++))?+")


class Unseen:
    """Tells of what one document loads why it is not seen; `most` px both ways are too little to be seen."""

    def __init__(self, declared: DeclaredStyles, most: float) -> None:
        self.declared = declared
        self.document = declared.document
        self.most = most
        self._boxes = Boxes(declared.document, most)
        self._sizes: dict[int, Size] = {}

    def size(self, index: int) -> Size:
        """Declared width and height in px; of shares (%) those that come to too little."""
        known = self._sizes.get(index)
        if known is None:
            known = self._sizes[index] = self._boxes.size(index)
        return known

    def hidden(self, index: int) -> str | None:
        """What hides an image wherever it stands; None if nothing does."""
        computed = self.declared.computed[index]
        return computed.gone or (None if computed.visible else "visibility: hidden")

    def ground(self, index: int) -> str | None:
        """Why the background of an element is not seen."""
        computed = self.declared.computed[index]
        if not computed.visible:
            return "visibility: hidden"
        small = too_small(self.size(index), self.most) or self._tiny_ground(index)
        if small or self.document.elements[index].tag in _STRETCHED or self.declared.shows(index):
            return small
        extent = _EXTENT.get(computed.display)
        if extent is None or not declarations(self.document, index).keys().isdisjoint(extent):
            return None
        return "background of an empty box" if self._is_empty(index) else None

    def load(self, load: Load, owner: int) -> str | None:
        """Why a frame, a sound or a script is not seen; None for what is, or what is nothing to be seen."""
        element = self.document.elements[owner]
        if load.kind == "media":
            if element.tag == "bgsound" or (element.tag == "audio" and "controls" not in element.attrs):
                return "sound without controls"
            return self._frame(owner) if element.tag == "video" else None
        if load.kind == "script":
            return "script"
        return self._frame(owner) if load.kind == "frame" else None

    def _frame(self, index: int) -> str | None:
        """Why a frame is not seen. The text in an <iframe> is not displayed, so that its own look does not tell."""
        values = declarations(self.document, index)
        for name, value in (("display", "none"), ("visibility", "hidden"), ("opacity", "0")):
            if values.get(name) == value:
                return f"{name}: {value}"
        parent = self.document.elements[index].parent
        around = self.hidden(parent) if parent >= 0 and self.document.elements[parent].tag != "head" else None
        return around or too_small(self.size(index), self.most)

    def _tiny_ground(self, index: int) -> str | None:
        """Whether a background is drawn once, and so small or so far out that it is not seen; or with no size."""
        values = declarations(self.document, index)
        short = _URL.sub(" ", values.get("background", ""))
        written = _SIZED.search(short)
        size = values.get("background-size") or (" ".join(filter(None, written.groups())) if written else "")
        sides = [length(side) for side in size.split(",", 1)[0].split()]
        known = [side for side in sides if side is not None]
        if known and min(known) == 0:
            return f"background-size: {size[:80]}"
        if not _TILED.search(values.get("background-repeat", short)):
            return None
        if known and len(known) == len(sides) and max(known) <= self.most:
            return f"background-size: {size[:80]}"
        position = values.get("background-position", "" if "background-position" in values else short)
        moves = (length(part) for part in position.split())
        return "background far out" if any(move is not None and move <= _FAR_OUT for move in moves) else None

    def _is_empty(self, index: int) -> bool:
        element = self.document.elements[index]
        if element.last != index + 1:
            return False
        texts = self.document.texts[element.first_text : element.last_text]
        is_small = self.declared.computed[index].font_size <= _NO_LETTER
        return is_small or not any(node.text.strip() for node in texts)
