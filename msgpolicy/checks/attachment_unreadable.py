"""Finds attachments that nobody can open or judge: encrypted, truncated, empty, or grown beyond all bounds."""

from __future__ import annotations

from collections.abc import Iterator

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The check `attachment-unreadable` has no options."""


FILLS = {"filename": "name of the attachment", "why": "why it cannot be read"}
OWN_WORDS = ("why",)


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    for index, attachment, known in facts.attachments:
        part = f"attachments[{index}]"
        if known.unreadable:
            fills = {"filename": attachment.filename or part, "why": known.unreadable}
            yield Hit(Place(part), fills, {"why": known.unreadable})
        elif attachment.content is None:
            yield Unknown((f"{part}.content",))
