"""Finds what is loaded to report that the mail was opened.

- Images that cannot be seen: declared at most `max_size` pixels wide and high, without any width or height, not
  displayed; also as other sizes of an image, posters, buttons and backgrounds, and backgrounds of boxes without extent.
- Images of a known tracker, whatever their size: its host (`trackers`) or an address of its kind (`addresses`). An
  address that is meant on any host does not count for an image that is declared large enough to be seen.
- Frames and sounds that are neither seen nor asked for, and whatever else a tracker is known to serve: style sheets,
  icons, `@import`, rules for printing. A style sheet whose address seems to name the reader is a warning.

A thin line across the page is layout, and what travels with the mail or comes from the marketplace (`own_hosts`)
reports nothing to the seller. A picture for other screens is none either: it is hidden by its box, has the extent of a
picture, an address that is the same for everybody, and a host that also serves what is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.checks.link import normalized
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.links.finding import Link, host_in
from msgpolicy.facts.links.image_sources import ImageSource
from msgpolicy.facts.links.open_tracking import is_individual, names_picture, shapes
from msgpolicy.facts.links.placed import too_small
from msgpolicy.facts.links.remote_loads import Load, remote_loads
from msgpolicy.facts.spans import Place
from msgpolicy.facts.style.styles import declarations, declared_size
from msgpolicy.mending import without_element
from msgpolicy.report import Fix, Severity

# CSS pixels that make a picture; below, and with one side too small, an image is a mark that nobody looks at.
PICTURE_SIDE = 10
# What hides a picture that is meant for other screens. Mails that mean this one use none of the other ways.
_FOR_OTHERS = ("display: none", "max-height", "height", "max-width", "width")
# What gives a box an extent although nothing is in it, and elements that take theirs from what is around.
_EXTENT = (
    "height",
    "min-height",
    "padding",
    "padding-top",
    "padding-bottom",
    "aspect-ratio",
    "border",
    "flex",
    "float",
)
_STRETCHED = frozenset(
    {"body", "html", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "hr", "br", "img", "input"}
)
_REMOVABLE = frozenset({"img", "input", "bgsound", "link", "embed"})


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `tracking-pixel`."""

    trackers: Annotated[ListName, Meta(description="List of hosts that serve tracking pixels.")]
    addresses: Annotated[ListName | None, Meta(description="List of addresses that tracking pixels have.")] = None
    own_hosts: Annotated[tuple[ListName, ...], Meta(description="Lists of hosts that belong to the marketplace.")] = ()
    max_size: Annotated[
        float, Meta(ge=0, description="CSS pixels up to which width and height are too little to be seen.")
    ] = 2


FILLS = {"host": "the host that the image is loaded from"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    document = facts.document
    if document is None:
        return
    judge = _Judge(facts, params)
    reported: set[int] = set()
    seen: set[tuple[int, int]] = set()
    for source in facts.image_sources:
        seen.add((source.start, source.end))
        owner = judge.owner(source.element)
        if owner not in reported and (hit := judge.image(source, owner)):
            reported.add(owner)
            yield hit
    for load in remote_loads(facts.declared):
        place = load.start, load.end
        if place not in seen and (hit := judge.load(load)):
            seen.add(place)
            yield hit


class _Judge:
    """Tells of each address that one message loads whether it is there to report."""

    def __init__(self, facts: Facts, params: Params) -> None:
        assert facts.document is not None
        self.facts = facts
        self.params = params
        self.document = facts.document
        self.declared = facts.declared
        self.shapes = shapes(facts.lists[params.addresses]) if params.addresses else None
        elements = self.document.elements
        self._shown_by = {
            elements[index].parent: index
            for index in self.document.find("img")
            if elements[index].parent >= 0 and elements[elements[index].parent].tag == "picture"
        }
        until = 0
        self._inert: set[int] = set()
        for index in self.document.find("template"):
            self._inert.update(range(max(index, until), elements[index].last))
            until = max(until, elements[index].last)

    def owner(self, index: int) -> int:
        """The element that shows what another one names: the image of a <picture>, the <video> of a <source>."""
        element = self.document.elements[index]
        if element.tag != "source" or element.parent < 0:
            return index
        return self._shown_by.get(element.parent, element.parent)

    def image(self, source: ImageSource, owner: int) -> Hit | None:
        link = source.link
        if not self._reports(link) or self._is_inert(owner):
            return None
        is_ground = source.how in ("background", "style") and self.document.elements[owner].tag != "img"
        unseen = self._unseen_ground(owner) if is_ground else self._unseen_image(link, owner)
        known = self._known(link, self._size(owner))
        if unseen is None and known is None:
            return None
        return self._hit(link, Place("html", source.start, source.end), known, unseen, owner)

    def load(self, load: Load) -> Hit | None:
        link = load.link
        owner = self.owner(load.element)
        if not self._reports(link) or self._is_inert(owner):
            return None
        place = Place("html", load.start, load.end)
        known = self._known(link, (None, None))
        unseen = self._unseen_load(load, owner)
        if known is not None or unseen is not None:
            return self._hit(link, place, known, unseen, owner)
        if load.kind == "sheet" and is_individual(link):
            return self._hit(link, place, None, "style sheet of one reader", owner, severity="warning")
        return None

    def _hit(
        self,
        link: Link,
        place: Place,
        known: str | None,
        unseen: str | None,
        owner: int,
        *,
        severity: Severity | None = None,
    ) -> Hit:
        host = link.host or link.raw.strip()
        evidence = {"host": host, "why": "known tracker" if known else unseen, "normalized": normalized(link)}
        if known and known != link.ascii_host:
            evidence["address"] = known
        fix = self._fix(owner, unseen is not None)
        return Hit(place, {"host": host}, evidence, severity=severity, fix=fix, acts=True)

    def _fix(self, owner: int, unseen: bool) -> Fix | None:
        """The element removed; that says the same where nothing of it is seen, its alternative text neither."""
        element = self.document.elements[owner]
        if element.tag not in _REMOVABLE:
            return None
        edit = without_element(self.document, owner)
        silent = not (element.get("alt") or "").strip()
        return Fix(safe=unseen and silent and element.tag == "img", edits=(edit,)) if edit else None

    def _reports(self, link: Link) -> bool:
        """Whether loading an address tells anybody but the marketplace; in a template it may be filled in later."""
        if not link.host:
            return link.kind == "placeholder"
        return not any(host_in(link, self.facts.lists[name]) for name in self.params.own_hosts)

    def _is_inert(self, index: int) -> bool:
        """Whether an element stands in a <template>, of which nothing is loaded."""
        return index in self._inert

    def _known(self, link: Link, size: tuple[float | None, float | None]) -> str | None:
        """The host or the shape of address by which a tracker is known."""
        if not link.host:
            return None
        if host_in(link, self.facts.lists[self.params.trackers]):
            return link.ascii_host
        shape = self.shapes.find(link) if self.shapes else None
        is_shown = all(side is not None and side > PICTURE_SIDE for side in size)
        return None if shape is None or (shape.startswith("/") and is_shown) else shape

    def _unseen_image(self, link: Link, index: int) -> str | None:
        size = self._size(index)
        hidden = self._hidden(index)
        if hidden is not None and not self._is_for_others(link, size, hidden):
            return hidden
        return too_small(size, self.params.max_size) or self._nearly_unseen(link, index, size)

    def _unseen_ground(self, index: int) -> str | None:
        """Why the background of an element is not seen."""
        computed = self.declared.computed[index]
        if not computed.visible:
            return "visibility: hidden"
        small = too_small(self._size(index), self.params.max_size)
        if small or self.document.elements[index].tag in _STRETCHED or self.declared.shows(index):
            return small
        if computed.display != "block" or not declarations(self.document, index).keys().isdisjoint(_EXTENT):
            return None
        return "background of an empty box" if self._is_empty(index) else None

    def _unseen_load(self, load: Load, owner: int) -> str | None:
        element = self.document.elements[owner]
        if load.kind == "media":
            if element.tag == "bgsound" or (element.tag == "audio" and "controls" not in element.attrs):
                return "sound without controls"
            return self._unseen_frame(owner) if element.tag == "video" else None
        return self._unseen_frame(owner) if load.kind == "frame" else None

    def _unseen_frame(self, index: int) -> str | None:
        """Why a frame is not seen. The text in an <iframe> is not displayed, so that its own look does not tell."""
        values = declarations(self.document, index)
        for name, value in (("display", "none"), ("visibility", "hidden"), ("opacity", "0")):
            if values.get(name) == value:
                return f"{name}: {value}"
        parent = self.document.elements[index].parent
        around = self._hidden(parent) if parent >= 0 and self.document.elements[parent].tag != "head" else None
        return around or too_small(self._size(index), self.params.max_size)

    def _size(self, index: int) -> tuple[float | None, float | None]:
        """Declared width and height; a share of a box that is too small itself is too small."""
        width, height = declared_size(self.document, index)
        parent = self.document.elements[index].parent
        if (width is None or height is None) and parent >= 0:
            box = declared_size(self.document, parent)
            small = [side if side is not None and side <= self.params.max_size else None for side in box]
            width = small[0] if width is None and self._is_share(index, "width") else width
            height = small[1] if height is None and self._is_share(index, "height") else height
        return width, height

    def _is_share(self, index: int, name: str) -> bool:
        return declarations(self.document, index).get(name, "").endswith("%")

    def _hidden(self, index: int) -> str | None:
        computed = self.declared.computed[index]
        return computed.gone or (None if computed.visible else "visibility: hidden")

    def _is_for_others(self, link: Link, size: tuple[float | None, float | None], hidden: str) -> bool:
        sides = [side for side in size if side is not None]
        return (
            hidden.startswith(_FOR_OTHERS)
            and bool(sides)
            and min(sides) >= PICTURE_SIDE
            and link.ascii_host in self._hosts_shown
            and not is_individual(link)
        )

    @cached_property
    def _hosts_shown(self) -> frozenset[str]:
        """Hosts of the images that are seen."""
        return frozenset(
            source.link.ascii_host
            for source in self.facts.image_sources
            if source.how == "src"
            and self._hidden(source.element) is None
            and names_picture(source.link)
            and all(side is None or side >= PICTURE_SIDE for side in self._size(source.element))
            and not is_individual(source.link)
        )

    def _nearly_unseen(self, link: Link, index: int, size: tuple[float | None, float | None]) -> str | None:
        """With one side too small, and the other as the file has it or small too, the address decides."""
        sides = [side for side in size if side is not None]
        if not sides or min(sides) > self.params.max_size or max(sides) > PICTURE_SIDE:
            return None
        if len(sides) == 2:
            return f"size {sides[0]:g} x {sides[1]:g}" if is_individual(link) else None
        name, other = ("width", "height") if size[0] is not None else ("height", "width")
        if self._is_share(index, other) or (names_picture(link) and not is_individual(link)):
            return None
        return f"{name} {sides[0]:g}"

    def _is_empty(self, index: int) -> bool:
        element = self.document.elements[index]
        texts = self.document.texts[element.first_text : element.last_text]
        return element.last == index + 1 and not any(node.text.strip() for node in texts)
