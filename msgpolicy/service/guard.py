"""Around the application: who may ask, headers of every answer, one count and one line for each request."""

from __future__ import annotations

import time
import traceback
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from msgpolicy.service.problems import ProblemError
from msgpolicy.service.service import Service

# Free of the token: whether it runs, and the page, which holds no data and asks for the token.
OPEN = frozenset({"/livez", "/readyz", "/"})
OPEN_BELOW = "/assets/"
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
# Nothing in an answer may be kept by a browser, taken for another kind of thing, shown in a page of somebody else's, or
# read by one.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

FAULT = ProblemError(500, "fault", "msgpolicy failed; the message was not judged")


class Guard:
    """An ASGI application in front of another."""

    def __init__(self, app: Starlette, service: Service) -> None:
        self.app = app
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the application's life."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            try:
                self._admit(scope)
                await self.app(scope, receive, sending)
            except ProblemError as problem:
                await problem.response()(scope, receive, sending)
        except Exception as error:
            self.service.tell("fault", error=type(error).__name__, where=_where(error))
            if not status:
                await FAULT.response()(scope, receive, sending)
        finally:
            self._count(scope, status, time.perf_counter() - began)

    def _admit(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        hosts, tokens = self.service.settings.hosts, self.service.tokens
        if hosts is not None and not tokens and _host(headers.get("host", "")) not in hosts:
            detail = "the service is not known by this host name (msgpolicy serve --allow-host)"
            raise ProblemError(421, "host", detail)
        if scope["method"] not in ("GET", "HEAD") and _is_foreign(headers, self.service.settings.allowed):
            raise ProblemError(403, "origin", "pages of other sites may not ask")
        path: str = scope["path"]
        is_open = path in OPEN or path.startswith(OPEN_BELOW)
        if not is_open and not tokens.accept(headers.get("authorization")):
            raise ProblemError(
                401, "token", "send `Authorization: Bearer …` with a token", headers={"WWW-Authenticate": "Bearer"}
            )

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope.get("route")
        path = getattr(route, "path", "none")
        method = scope["method"] if scope["method"] in METHODS else "other"
        self.service.metrics.answered(method, path, status, seconds)
        if self.service.settings.access_log:
            self.service.tell("request", method=method, route=path, status=status, duration=round(seconds, 6))


def _host(value: str) -> str:
    """The name in a header `Host`, without port."""
    try:
        return (urlsplit(f"//{value}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_foreign(headers: Headers, hosts: tuple[str, ...]) -> bool:
    """Whether a browser asks for a page of another site. What is no browser sends neither header."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        parts = urlsplit(origin)
    except ValueError:
        return True
    return parts.netloc.lower() != headers.get("host", "").lower() and (parts.hostname or "") not in hosts


def _where(error: Exception) -> list[str]:
    """The last places in our code, and nothing of what was read."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "msgpolicy" in frame.filename]
    return [f"{frame.filename.rpartition('msgpolicy')[2][1:]}:{frame.lineno}" for frame in frames[-4:]]
