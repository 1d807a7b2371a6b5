"""How much of a message's width something takes, as far as declarations tell.

The message is as wide as the widest box around that declares a width. Where none does, a width that the caller assumes
stands in for it, and the result says so. Shares (%) of boxes without a declared width are multiplied up to the page.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from msgpolicy.facts.style.declared import DeclaredStyles
from msgpolicy.facts.style.lengths import length
from msgpolicy.facts.style.presentation import REPLACED
from msgpolicy.facts.style.widths import Widths


class PageShare(NamedTuple):
    """A part of the message's width (1.0 is all of it), and the width in CSS px that it was measured against.

    `width` is None where only shares were declared; `assumed` says that no box around declares a width.
    """

    share: float
    width: float | None = None
    assumed: bool = False

    def exceeds(self, percent: float) -> bool:
        """Whether it is more than so many percent, whatever divisions have lost."""
        return self.share * 100 > percent + 1e-6

    def evidence(self, most: float) -> dict[str, Any]:
        """What it is, for a report; `most` is what is allowed (percent)."""
        found: dict[str, Any] = {"percent": round(self.share * 100, 1), "most": most}
        if self.width is not None:
            found["message_width"] = self.width
            found["width_assumed"] = self.assumed
        return found


class PageShares:
    """Shares of the message's width in one document; `assumed_width` (CSS px) is for messages that declare none."""

    def __init__(self, declared: DeclaredStyles, assumed_width: float) -> None:
        self.declared = declared
        self.assumed_width = assumed_width
        self._widths = Widths(declared.document)
        self._cells = Counter(declared.document.elements[cell].parent for cell in declared.document.find("td", "th"))
        # By element, for what stands in it: the widest declared box around in px, and the box's share of the page
        # where that is known without one.
        self._pages: list[float | None] = []
        self._parts: list[float | None] = []
        for element in declared.document.elements:
            page = self._pages[element.parent] if element.parent >= 0 else None
            part = self._parts[element.parent] if element.parent >= 0 else 1.0
            box = self._widths.boxes[element.index]
            # An image holds nothing, and its own width is no page.
            if box is not None and element.tag not in REPLACED:
                page = max(box, page or 0.0)
            self._pages.append(page)
            self._parts.append(self._part(element.index, part))

    def of(self, index: int, name: str) -> PageShare | None:
        """What an element declares for a property such as `margin-left` or `width`; None where that is not known."""
        winner = self.declared.winners[index].get(name)
        if winner is None:
            return None
        if winner.value.endswith("vw"):
            window = length(winner.value.removesuffix("vw") + "%", whole=1.0)
            return None if window is None else PageShare(window)
        parent = self.declared.document.elements[index].parent
        extent = self._widths.extent(index, name)
        if extent.px is not None:
            page = self._pages[parent] if parent >= 0 else None
            width = page or self.assumed_width
            return PageShare(extent.px / width, width, assumed=not page)
        part = self._parts[parent] if parent >= 0 else 1.0
        return None if extent.share is None or part is None else PageShare(extent.share * part)

    def _part(self, index: int, around: float | None) -> float | None:
        """The share of the page that an element's box takes, where `around` is that of the box around."""
        if around is None:
            return None
        element = self.declared.document.elements[index]
        winner = self.declared.winners[index].get("width")
        if winner is not None and winner.value.endswith("%"):
            own = length(winner.value, whole=1.0)
            return None if own is None else own * around
        # Cells share a row in a way that only a browser works out.
        return None if element.tag in ("td", "th") and self._cells[element.parent] > 1 else around
