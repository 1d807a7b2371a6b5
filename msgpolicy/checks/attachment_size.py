"""Adds up the sizes of all attachments of a message, in bytes of the files themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts, MissingFactError
from msgpolicy.facts.spans import Place


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `attachment-size`."""

    max_bytes: Annotated[int, Meta(ge=1, description="Bytes that all attachments together may have.")]


FILLS = {"bytes": "size of all attachments in bytes", "max_bytes": "what is allowed"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    attachments = facts.message.attachments
    if attachments is None:
        raise MissingFactError("attachments")
    total = sum(attachment.byte_count or 0 for attachment in attachments)
    if total > params.max_bytes:
        largest = max(range(len(attachments)), key=lambda index: attachments[index].byte_count or 0)
        fills = {"bytes": f"{total:,}", "max_bytes": f"{params.max_bytes:,}"}
        yield Hit(Place(f"attachments[{largest}]"), fills, {"bytes": total, "max_bytes": params.max_bytes})
        return
    unknown = tuple(f"attachments[{index}].size" for index, item in enumerate(attachments) if item.byte_count is None)
    if unknown:
        yield Unknown(unknown)
