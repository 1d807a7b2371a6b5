"""Finds attachments that are something else than their name or declared type says."""

from __future__ import annotations

from collections.abc import Iterator

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The check `attachment-mismatch` has no options."""


FILLS = {"filename": "name of the attachment", "why": "what disagrees"}
OWN_WORDS = ("why",)


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    for index, attachment, known in facts.attachments:
        part = f"attachments[{index}]"
        if known.mismatch:
            fills = {"filename": attachment.filename or part, "why": known.mismatch}
            yield Hit(Place(part), fills, {"media_type": known.media_type, "declared": known.declared_type})
        elif attachment.content is None:
            yield Unknown((f"{part}.content",))
