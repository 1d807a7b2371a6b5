"""What a request says: its query, what its body is, and the body itself, within limits."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from msgpolicy.call import language, point_in_time
from msgpolicy.service.jobs import Options
from msgpolicy.service.problems import ProblemError
from msgpolicy.service.settings import Limits
from msgpolicy.typed import nearest

T = TypeVar("T")

JSON, MAIL = "application/json", "message/rfc822"
_BLANK = b" \t\r\n"
_MARK = b"\xef\xbb\xbf"
_SWITCH = {"true": True, "1": True, "false": False, "0": False}
_ONLY_ONCE = "stands there more than once"


def options_of(request: Request) -> Options:
    """How the query asks to judge.

    Raises:
        ProblemError: a parameter is not known, or its value is none.
    """
    given = parameters(request, {"lang": language, "as_of": point_in_time, "strict": _switch})
    return Options(**given)


def parameters(request: Request, known: dict[str, Callable[[str], Any]]) -> dict[str, Any]:
    """The query's parameters, each as its function reads it.

    Raises:
        ProblemError: one is not known, stands there twice, or cannot be read; all of them are listed.
    """
    found: dict[str, Any] = {}
    errors = list(_read(request, known, found))
    if errors:
        raise ProblemError(400, "bad-query", "the query cannot be used; `errors` lists every reason", errors=errors)
    return found


def _read(request: Request, known: dict[str, Callable[[str], Any]], found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name, value in request.query_params.multi_items():
        if name not in known:
            yield {"path": name[:80], "message": "unknown parameter", "hint": nearest(name, known) or None}
        elif name in found:
            yield {"path": name, "message": _ONLY_ONCE, "hint": None}
        else:
            try:
                found[name] = known[name](value)
            except ValueError as error:
                found[name] = None
                yield {"path": name, "message": str(error)[:200], "hint": None}


def _switch(text: str) -> bool:
    try:
        return _SWITCH[text.lower()]
    except KeyError:
        raise ValueError(f"{text!r} is neither true nor false") from None


def media_type(request: Request, *allowed: str) -> str:
    """What the body is said to be.

    Raises:
        ProblemError: it is none of those allowed, or packed.
    """
    given, _, rest = request.headers.get("content-type", "").partition(";")
    charset = rest.partition("charset=")[2].split(";")[0].strip(' "').lower()
    if given.strip().lower() not in allowed or (given.strip().lower() == JSON and charset not in ("", "utf-8")):
        raise ProblemError(
            415, "media-type", f"the body has to be {' or '.join(allowed)}", headers={"Accept-Post": ", ".join(allowed)}
        )
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise ProblemError(
            415, "content-encoding", "the body may not be packed", headers={"Accept-Encoding": "identity"}
        )
    return given.strip().lower()


async def body_of(request: Request, limits: Limits) -> bytes:
    """The body.

    Raises:
        ProblemError: it is larger than allowed, takes longer to arrive, or is empty.
        ClientDisconnect: whoever asked has gone.
    """
    said = request.headers.get("content-length", "")
    if said.isascii() and said.isdigit() and int(said[:20]) > limits.body:
        raise _too_large(limits)
    body = bytearray()
    try:
        async with asyncio.timeout(limits.body_timeout):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limits.body:
                    raise _too_large(limits)
    except TimeoutError:
        detail = f"the body did not arrive within {limits.body_timeout:g} seconds"
        raise ProblemError(408, "slow-body", detail, headers={"Connection": "close"}) from None
    if not body:
        raise ProblemError(400, "no-body", "the request has no body")
    return bytes(body)


def _too_large(limits: Limits) -> ProblemError:
    detail = f"the body is larger than {limits.body} bytes"
    return ProblemError(413, "too-large", detail, headers={"Connection": "close"})


def records_in(body: bytes, limits: Limits) -> list[bytes] | None:
    """The items of a JSON array, each as it stands there; None where the body is something else, or no JSON.

    Raises:
        ProblemError: there are more than allowed.
    """
    if not body.removeprefix(_MARK).lstrip(_BLANK).startswith(b"["):
        return None
    try:
        items = msgspec.json.decode(body.removeprefix(_MARK), type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if len(items) > limits.batch:
        raise ProblemError(413, "too-many", f"{len(items)} messages in one request; {limits.batch} are allowed")
    return [bytes(item) for item in items]


async def while_connected(request: Request, work: Awaitable[T]) -> T:
    """What comes of the work; it is given up when whoever asked has gone.

    Raises:
        ClientDisconnect: that is so.
    """
    doing = asyncio.ensure_future(work)
    going = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((doing, going), return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise ClientDisconnect
        return doing.result()
    finally:
        going.cancel()
        doing.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
