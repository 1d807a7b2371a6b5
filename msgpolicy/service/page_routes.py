"""The page at `/`: fixed files of this package, each read once, with headers that let it load nothing from elsewhere.

They hold no data, so they are served without a token: the page asks for it when the API does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_TYPES = {
    "css": "text/css",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
}
HEADERS = {
    # No markup from a script either: whatever reaches the page is text.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    # Kept, but asked about each time, so that a new version is there at once.
    "Cache-Control": "no-cache",
}


class _File(NamedTuple):
    content: bytes
    media_type: str
    etag: str


def routes() -> list[Route]:
    """The page (`/`) and its files (`/assets/…`)."""
    return [Route("/", _page, methods=["GET"]), Route("/assets/{name:path}", _asset, methods=["GET"])]


async def _page(request: Request) -> Response:
    return _answer(request, _files()["index.html"])


async def _asset(request: Request) -> Response:
    found = _files().get(request.path_params["name"])
    return _answer(request, found) if found else Response("not found\n", 404, media_type="text/plain")


def _answer(request: Request, file: _File) -> Response:
    headers = {**HEADERS, "ETag": file.etag}
    if file.etag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(file.content, headers=headers, media_type=file.media_type)


@cache
def _files() -> dict[str, _File]:
    """All files by their name: no name from a request ever becomes a path."""
    found: dict[str, _File] = {}
    for name, file in _below(files("msgpolicy.service") / "page"):
        if media_type := _TYPES.get(name.rpartition(".")[2]):
            content = file.read_bytes()
            found[name] = _File(content, media_type, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
    return found


def _below(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _below(item, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name, item
