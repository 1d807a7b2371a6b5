"""The Messaging and Solicitations clients of python-amazon-sp-api, which ask before each POST: replace the import.

What is judged is what the operation would send, with its own limits (ruleset `amazon-sp-api`, to which `amazon` hands
such messages). Calls that only read go through.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple
from urllib.parse import unquote

import regex
from sp_api import api
from sp_api.asyncio import api as async_api

from msgpolicy.hooks.gate import Gate
from msgpolicy.hooks.plain import shared_gate
from msgpolicy.message import Message, MessageError
from msgpolicy.overlay import overlaid
from msgpolicy.typed import Problem

# Facts of an order that the guard cannot know, by its id; shaped like a record.
FactsOf = Callable[[str], Mapping[str, Any] | None]

_PATH = regex.compile(r"/(?:messaging|solicitations)/[^/]++/orders/([^/]++)/(?:messages|solicitations)/([^/?]++)")
# What the attachments of these operations are.
_PURPOSES = {"invoice": "invoice", "warranty": "warranty", "legalDisclosure": "legal_disclosure"}


class _Anyway(NamedTuple):
    reason: str
    by: str | None


_anyway: ContextVar[_Anyway | None] = ContextVar("msgpolicy_send_anyway", default=None)


@contextmanager
def send_anyway(reason: str, by: str | None = None) -> Iterator[None]:
    """Inside, messages are sent whatever is decided, where the gate's settings allow it. The reason is recorded."""
    token = _anyway.set(_Anyway(reason, by))
    try:
        yield
    finally:
        _anyway.reset(token)


class _Guard:
    """What all clients add. `_request` is where every operation of a client ends, those that come later included."""

    marketplace_id: str

    def __init__(self, *args: Any, gate: Gate | None = None, facts: FactsOf | None = None, **kwargs: Any) -> None:
        """Like the client that it stands in for.

        Args:
            gate: the one to ask; by default one for the whole process.
            facts: gives what is known of an order (its status and dates, the buyer's language, `available_reasons`), by
                its id. What it raises is raised by the call, and nothing is sent.
        """
        self._gate = gate or shared_gate()
        self._facts = facts
        super().__init__(*args, **kwargs)

    def _require(self, path: str, data: Any, params: Any) -> None:
        if _method(params, data) == "GET":
            return
        match = _PATH.search(path)
        order = unquote(match[1]) if match else None
        known = (self._facts(order) if self._facts and order else None) or {}
        anyway = _anyway.get()
        self._gate.require(
            lambda: _message(order, match[2] if match else None, data, self.marketplace_id, known),
            send_anyway=anyway.reason if anyway else None,
            by=anyway.by if anyway else None,
            hook="sp-api",
        )


class _Blocking(_Guard):
    def _request(self, path: str, *, data: Any = None, params: Any = None, **kwargs: Any) -> Any:
        self._require(path, data, params)
        return super()._request(path, data=data, params=params, **kwargs)  # type: ignore[misc]


class _Awaited(_Guard):
    async def _request(self, path: str, *, data: Any = None, params: Any = None, **kwargs: Any) -> Any:
        await asyncio.to_thread(self._require, path, data, params)
        return await super()._request(path, data=data, params=params, **kwargs)  # type: ignore[misc]


class Messaging(_Blocking, api.Messaging):  # type: ignore[misc]
    """`sp_api.api.Messaging` behind a gate: operations raise HeldError or RefusedError instead of sending."""


class Solicitations(_Blocking, api.Solicitations):  # type: ignore[misc]
    """`sp_api.api.Solicitations` behind a gate: the operation raises HeldError or RefusedError instead of sending."""


class AsyncMessaging(_Awaited, async_api.Messaging):  # type: ignore[misc]
    """`sp_api.asyncio.api.Messaging` behind a gate."""


class AsyncSolicitations(_Awaited, async_api.Solicitations):  # type: ignore[misc]
    """`sp_api.asyncio.api.Solicitations` behind a gate."""


def _method(params: Any, data: Any) -> str:
    """The HTTP method, which the client carries among parameters or data."""
    for place in (params, data):
        if isinstance(place, Mapping) and "method" in place:
            return str(place["method"]).upper()
    return "GET"


def _message(
    order: str | None, operation: str | None, body: Any, marketplace: str, known: Mapping[str, Any]
) -> Message:
    if order is None or operation is None:
        raise MessageError([Problem((), "not an operation of the Messaging or Solicitations API")])
    body = {} if body is None else body
    if not isinstance(body, Mapping):
        raise MessageError([Problem(("body",), f"expected an object, got {type(body).__name__}")])
    record: dict[str, Any] = {
        "id": f"{order}:{operation}",
        "channel": "sp_api",
        "kind": "proactive",
        "reason": operation,
        "marketplace": marketplace,
        "text": body.get("text"),
        "attachments": _attachments(body.get("attachments"), _PURPOSES.get(operation)),
        "order": {"id": order},
    }
    # Facts are about the order; what is sent is what the call says.
    return Message.from_dict({**overlaid(record, known), "text": body.get("text")})


def _attachments(given: Any, purpose: str | None) -> list[dict[str, Any]]:
    if given is None:
        return []
    if not isinstance(given, list | tuple) or not all(isinstance(item, Mapping) for item in given):
        raise MessageError([Problem(("body", "attachments"), "expected a list of objects")])
    return [{"filename": item.get("fileName"), "purpose": purpose} for item in given]
