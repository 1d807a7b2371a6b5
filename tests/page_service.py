"""The HTTP service on a port of its own, behind something that can hold answers back, or give others."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from msgpolicy.service.app import create_app
from msgpolicy.service.settings import ServiceSettings

PROBLEM = b"application/problem+json"


class Front:
    """Stands before the application: knows the records that were asked about, and decides how they are answered."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.origin = ""
        self.reset()

    def reset(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.given_up = 0
        self.held = False
        self.down = False
        self.instead: tuple[int, dict[str, str], dict[str, Any]] | None = None
        self.token: str | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        if self.down:
            await _answer(send, 503, {}, {"title": "not now", "status": 503})
            return
        if self.token is not None and dict(scope["headers"]).get(b"authorization") != f"Bearer {self.token}".encode():
            await _answer(send, 401, {"WWW-Authenticate": "Bearer"}, {"title": "a token is needed", "status": 401})
            return
        if scope["path"] != "/v1/check":
            await self._app(scope, receive, send)
            return
        parts = []
        while True:
            event = await receive()
            parts.append(event.get("body", b""))
            if not event.get("more_body"):
                break
        body = b"".join(parts)
        self.asked.append(json.loads(body))
        if self.held and not await self._released(receive):
            self.given_up += 1
            return
        if self.instead is not None:
            await _answer(send, *self.instead)
            return
        rest = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def replayed() -> Any:
            return next(rest, None) or await receive()

        await self._app(scope, replayed, send)

    async def _released(self, receive: Any) -> bool:
        """Whether the answer is still wanted when it is no longer held."""
        gone = asyncio.ensure_future(receive())
        while self.held and not gone.done():
            await asyncio.sleep(0.01)
        return not gone.done() or gone.result()["type"] != "http.disconnect"


async def _answer(send: Any, status: int, headers: dict[str, str], problem: dict[str, Any]) -> None:
    named = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send(
        {"type": "http.response.start", "status": status, "headers": [(b"content-type", PROBLEM), *named]},
    )
    await send({"type": "http.response.body", "body": json.dumps(problem).encode()})


@contextmanager
def served(settings: ServiceSettings | None = None) -> Iterator[Front]:
    """The service on a free port of this machine, while the block runs."""
    front = Front(create_app(settings or ServiceSettings()))
    config = uvicorn.Config(front, host="127.0.0.1", port=0, ws="none", log_level="error", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the service did not start"
        thread.join(0.02)
    front.origin = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield front
    finally:
        front.held = False
        server.should_exit = True
        thread.join(10)
