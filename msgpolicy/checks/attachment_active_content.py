"""Finds attachments that can act by themselves: programs, scripts, macros, PDF actions, embedded files."""

from __future__ import annotations

from collections.abc import Iterator

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.report import Why


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The check `attachment-active-content` has no options."""


FILLS = {"filename": "name of the attachment", "why": "what it can do"}
OWN_WORDS = ("why",)


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    for index, attachment, known in facts.attachments:
        part = f"attachments[{index}]"
        if known.active:
            fills = {"filename": attachment.filename or part, "why": ", ".join(known.active)}
            yield Hit(Place(part), fills, {"media_type": known.media_type, "active": tuple(known.active)})
        elif known.active is None:
            why: Why = "missing" if attachment.content is None else "undetermined"
            yield Unknown((f"{part}.content",), why=why)
