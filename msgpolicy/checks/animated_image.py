"""Finds GIF images, in the HTML and among the attachments, and attached images of other formats that move.

An image of the HTML is a GIF by its address (`.gif`, `data:image/gif`), an attachment by its bytes, else by its
declared type or name. GIFs are found whether they move or not, for the policy names the format. That it means other
formats that move is assumed: they are warnings at most. An image too small to be seen is a tracking pixel and left to
that rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import unquote

import regex
from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.links.image_sources import ImageSource
from msgpolicy.facts.spans import Place

_GIF = "image/gif"
_DATA = regex.compile(r"\s*+data:\s*+image/gif\b", regex.IGNORECASE)
_NAME = regex.compile(r"\.gif\s*+\Z", regex.IGNORECASE)


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `animated-image`."""

    max_pixel: Annotated[float, Meta(ge=0, description="CSS pixels up to which an image is too small to be seen.")] = 2


FILLS = {"name": "address or name of the image", "format": "its media type"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    unseen = {image.element for image in facts.images if image.hidden or image.too_small(params.max_pixel)}
    for source in facts.image_sources:
        if source.element not in unseen and _is_gif(source):
            shown = "data:image/gif" if source.link.kind == "data" else source.link.raw.strip()
            yield Hit(Place("html", source.start, source.end), {"name": shown, "format": _GIF}, {"format": _GIF})
    if facts.message.attachments is None:
        yield Unknown(("attachments",))
        return
    for index, attachment, known in facts.attachments:
        part = f"attachments[{index}]"
        media_type = known.media_type
        if media_type == _GIF or _GIF in known.also or known.animated:
            media_type = media_type if known.animated and media_type else _GIF
            evidence = {"format": media_type, "animated": known.animated}
            fills = {"name": attachment.filename or part, "format": media_type}
            yield Hit(Place(part), fills, evidence, severity=None if media_type == _GIF else "warning")


def _is_gif(source: ImageSource) -> bool:
    link = source.link
    if link.kind == "data":
        return bool(_DATA.match(link.raw, 0, 100))
    if link.kind == "cid":
        # The name of an image that travels with the mail: "cid:image001.gif@01DA2B3C".
        return link.raw[:1000].partition("@")[0].rstrip().lower().endswith(".gif")
    return link.kind in ("web", "relative", "file") and bool(_NAME.search(unquote(link.path[-200:])))
