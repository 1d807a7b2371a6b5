"""Judges the format of attachments against a list of media types.

The bytes tell the format where they are known; otherwise the declared type, then the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `attachment-format`."""

    allowed: Annotated[tuple[str, ...], Meta(description="Media types that are accepted, such as application/pdf.")]


FILLS = {"filename": "name of the attachment", "format": "its media type"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    for index, attachment, known in facts.attachments:
        part = f"attachments[{index}]"
        if known.unreadable is not None:
            continue  # what cannot be read is another rule's matter
        media_type = known.media_type
        if media_type is None:
            yield Unknown((f"{part}.content",), why="undetermined")
        elif media_type not in params.allowed:
            fills = {"filename": attachment.filename or part, "format": media_type}
            yield Hit(Place(part), fills, {"media_type": media_type})
