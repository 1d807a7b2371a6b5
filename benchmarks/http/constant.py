"""The application that judges nothing: reads the body and returns a constant of a report's size, by the same server."""

from __future__ import annotations

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from msgpolicy.service.protocol import Protocol
from msgpolicy.service.server import Binding, address_of, listen


def main(size: int) -> None:
    """Serves at a free port, which it tells on standard error, until it is ended."""
    constant = b'"' + b"x" * (size - 2) + b'"'

    async def answer(request: Request) -> Response:
        await request.body()
        return Response(constant, media_type="application/json")

    listening = listen(Binding(port=0))
    app = Starlette(routes=[Route("/v1/check", answer, methods=["POST"])])
    config = uvicorn.Config(app, http=Protocol, ws="none", lifespan="off", log_config=None, access_log=False)
    sys.stderr.write(address_of(listening) + "\n")
    sys.stderr.flush()
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(int(sys.argv[1]))
