"""Finds what is loaded to report that the mail was opened.

- Images that cannot be seen: declared at most `max_size` pixels wide and high, without any width or height, not
  displayed; also as other sizes of an image, posters, buttons and backgrounds, backgrounds of boxes without extent, and
  in what only Outlook shows (conditional comments, VML).
- Images of a known tracker, whatever their size: its host (`trackers`) or an address of its kind (`addresses`). An
  address that is meant on any host does not count for an image that is declared large enough to be seen.
- Frames and sounds that are neither seen nor asked for, scripts, and whatever else a tracker is known to serve: style
  sheets, icons, `@import`, rules for printing.
- A warning: a style sheet, or a style that nothing on ordinary screens has, whose address seems to name the reader; and
  an image with such an address, no size and no alternative text before the first or after the last words.

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
from msgpolicy.facts.links.open_tracking import is_individual, names_picture, names_reader, shapes
from msgpolicy.facts.links.remote_loads import Load, remote_loads
from msgpolicy.facts.links.unseen import Unseen
from msgpolicy.facts.spans import Place
from msgpolicy.facts.style.boxes import Size, is_share, too_small
from msgpolicy.facts.style.declared import DeclaredStyles
from msgpolicy.mending import without_element
from msgpolicy.report import Fix, Severity

# CSS pixels that make a picture; below, and with one side too small, an image is a mark that nobody looks at.
PICTURE_SIDE = 10
# Nobody looks at a dot of these either; but there are bullets of the size, so that the address decides.
_DOT = 5
# What hides a picture that is meant for other screens. Mails that mean this one use none of the other ways.
_FOR_OTHERS = ("display: none", "max-height", "height", "max-width", "width")
_REMOVABLE = frozenset({"img", "input", "bgsound", "link", "embed", "amp-pixel"})
# How an address is loaded of which the element's content, not its ground, is the picture.
_GROUNDS = ("background", "style")
_SHAPES = frozenset({"v:fill", "v:imagedata", "v:stroke"})


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
    if facts.document is None:
        return
    yield from _Judge(facts, params, facts.declared, facts.image_sources).hits()
    if facts.outlook_declared is not None:
        yield from _Judge(facts, params, facts.outlook_declared, facts.outlook_image_sources).hits()


class _Judge:
    """Tells of each address that one document loads whether it is there to report."""

    def __init__(
        self, facts: Facts, params: Params, declared: DeclaredStyles, sources: tuple[ImageSource, ...]
    ) -> None:
        self.facts = facts
        self.params = params
        self.declared = declared
        self.document = declared.document
        self.sources = sources
        self.unseen = Unseen(declared, params.max_size)
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

    def hits(self) -> Iterator[Hit]:
        reported: set[int] = set()
        seen: set[tuple[int, int]] = set()
        for source in self.sources:
            seen.add((source.start, source.end))
            owner = self._owner(source.element)
            if owner not in reported and (hit := self._image(source, owner)):
                reported.add(owner)
                yield hit
        for load in remote_loads(self.declared):
            place = load.start, load.end
            if place not in seen and (hit := self._load(load)):
                seen.add(place)
                yield hit

    def _owner(self, index: int) -> int:
        """The element that shows what another one names: of a <picture>, a <video>, a shape of VML."""
        element = self.document.elements[index]
        if element.parent < 0:
            return index
        if element.tag == "source":
            return self._shown_by.get(element.parent, element.parent)
        return element.parent if element.tag in _SHAPES else index

    def _image(self, source: ImageSource, owner: int) -> Hit | None:
        link = source.link
        if not self._reports(link) or self._is_inert(owner):
            return None
        is_ground = source.how in _GROUNDS and self.document.elements[owner].tag != "img"
        unseen = self.unseen.ground(owner) if is_ground else self._unseen_image(link, owner)
        known = self._known(link, self.unseen.size(owner))
        place = Place("html", source.start, source.end)
        if unseen is not None or known is not None:
            return self._hit(link, place, known, unseen, owner)
        if self._is_beside_words(source, owner):
            return self._hit(link, place, None, "address of one reader", owner, severity="warning")
        return None

    def _load(self, load: Load) -> Hit | None:
        link = load.link
        owner = self._owner(load.element)
        if not self._reports(link) or self._is_inert(owner):
            return None
        place = Place("html", load.start, load.end)
        known = self._known(link, (None, None))
        unseen = self.unseen.load(load, owner)
        if known is not None or unseen is not None:
            return self._hit(link, place, known, unseen, owner)
        if load.kind == "sheet" and is_individual(link):
            return self._hit(link, place, None, "style sheet of one reader", owner, severity="warning")
        if load.kind == "style" and is_individual(link) and not names_picture(link):
            return self._hit(link, place, None, "style of one reader", owner, severity="warning")
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
        fix = self._fix(owner, unseen is not None and severity is None)
        return Hit(place, {"host": host}, evidence, severity=severity, fix=fix, acts=True)

    def _fix(self, owner: int, unseen: bool) -> Fix | None:
        """The element removed; that says the same where nothing of it is seen, its alternative text neither."""
        element = self.document.elements[owner]
        if element.tag not in _REMOVABLE or self.document is not self.facts.document:
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

    def _known(self, link: Link, size: Size) -> str | None:
        """The host or the shape of address by which a tracker is known."""
        if not link.host:
            return None
        if host_in(link, self.facts.lists[self.params.trackers]):
            return link.ascii_host
        shape = self.shapes.find(link) if self.shapes else None
        is_shown = all(side is not None and side > PICTURE_SIDE for side in size)
        return None if shape is None or (is_shown and shape.startswith("/")) else shape

    def _unseen_image(self, link: Link, index: int) -> str | None:
        if self.document.elements[index].tag == "amp-pixel":
            return "pixel"
        size = self.unseen.size(index)
        hidden = self.unseen.hidden(index)
        if hidden is not None and not self._is_for_others(link, size, hidden):
            return hidden
        return too_small(size, self.params.max_size) or self._nearly_unseen(link, index, size)

    def _is_for_others(self, link: Link, size: Size, hidden: str) -> bool:
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
            for source in self.sources
            if source.how == "src"
            and self.unseen.hidden(source.element) is None
            and names_picture(source.link)
            and all(side is None or side >= PICTURE_SIDE for side in self.unseen.size(source.element))
            and not is_individual(source.link)
        )

    def _nearly_unseen(self, link: Link, index: int, size: Size) -> str | None:
        """With one side too small, and the other as the file has it or small too, the address decides."""
        sides = [side for side in size if side is not None]
        if not sides or max(sides) > PICTURE_SIDE or (min(sides) > self.params.max_size and max(sides) > _DOT):
            return None
        if len(sides) == 2:
            return f"size {sides[0]:g} x {sides[1]:g}" if is_individual(link) else None
        name, other = ("width", "height") if size[0] is not None else ("height", "width")
        if sides[0] > self.params.max_size or is_share(self.document, index, other):
            return None
        return None if names_picture(link) and not is_individual(link) else f"{name} {sides[0]:g}"

    def _is_beside_words(self, source: ImageSource, index: int) -> bool:
        """Whether an image that says nothing stands before or after all words, with an address of one reader's own."""
        element = self.document.elements[index]
        if source.how != "src" or element.tag != "img" or self.document is not self.facts.document:
            return False
        if (element.get("alt") or "").strip() or self.unseen.size(index) != (None, None):
            return False
        if names_picture(source.link):
            # Nothing but pixels are GIFs that are made for one reader.
            if not (source.link.path.lower().endswith(".gif") and names_reader(source.link)):
                return False
        elif not is_individual(source.link):
            return False
        if any(is_share(self.document, index, name) for name in ("width", "max-width", "height")):
            return False
        first, last = self._words
        return source.start < first or source.start > last

    @cached_property
    def _words(self) -> tuple[int, int]:
        """Where the first words stand in the source and where the last ones end."""
        shown = [
            node
            for node in self.document.texts
            if node.parent >= 0
            and node.text.strip()
            and self.declared.computed[node.parent].hidden is None
            and self.document.elements[node.parent].tag not in _UNREAD
        ]
        return (shown[0].start, shown[-1].pieces[-1].source_end) if shown else (0, 0)


_UNREAD = frozenset({"script", "style", "title", "head"})
