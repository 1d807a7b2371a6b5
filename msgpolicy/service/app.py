"""The HTTP service as an ASGI application: routes, and what each answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from msgpolicy.call import language
from msgpolicy.service import metrics as text_of_metrics
from msgpolicy.service import page_routes
from msgpolicy.service.guard import FAULT, Guard
from msgpolicy.service.jobs import Job
from msgpolicy.service.openapi import document
from msgpolicy.service.problems import ProblemError
from msgpolicy.service.requests import (
    JSON,
    MAIL,
    body_of,
    media_type,
    options_of,
    parameters,
    records_in,
    while_connected,
)
from msgpolicy.service.rules import rule_record, rules_record
from msgpolicy.service.service import Service
from msgpolicy.service.settings import ServiceSettings

# Nobody gets it; it is counted.
CLIENT_GONE = 499


def create_app(settings: ServiceSettings | None = None, *, service: Service | None = None) -> ASGIApp:
    """The application; `service`, where one is given, is started and stopped by whoever made it.

    Raises:
        GateSettingsError: the gate's settings cannot be used.
        RulesetError: the ruleset, one of its settings or the suppressions cannot be used.
        TokenError: the tokens cannot be used.
    """
    given = service is not None
    used = service or Service(settings or ServiceSettings())
    answers = _Answers(used)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if not given:
            await used.start()
        yield
        if not given:
            await used.stop()

    routes = [
        Route("/v1/check", answers.check, methods=["POST"]),
        Route("/v1/decide", answers.decide, methods=["POST"]),
        Route("/v1/rules", answers.rules),
        Route("/v1/rules/{id}", answers.rule),
        Route("/livez", answers.livez),
        Route("/readyz", answers.readyz),
        Route("/metrics", answers.metrics),
        Route("/openapi.json", answers.openapi),
        *page_routes.routes(),
    ]
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={
            HTTPException: _not_routed,
            ProblemError: _problem,
            ClientDisconnect: _gone,
            Exception: _fault,
        },
    )
    app.router.redirect_slashes = False
    return Guard(app, used)


class _Answers:
    """What each path answers."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def check(self, request: Request) -> Response:
        """One report for an object or a mail, an array of them for an array."""
        kind = media_type(request, JSON, MAIL)
        options = options_of(request)
        return await self._judged(
            request, lambda body: Job("mail" if kind == MAIL else "record", [body], options), batch=kind == JSON
        )

    async def decide(self, request: Request) -> Response:
        """The gate's decision on one message."""
        kind = media_type(request, JSON, MAIL)
        parameters(request, {})
        return await self._judged(
            request, lambda body: Job("decide-mail" if kind == MAIL else "decide-record", [body]), batch=False
        )

    async def _judged(self, request: Request, job: Callable[[bytes], Job], *, batch: bool) -> Response:
        service, limits = self._service, self._service.settings.limits
        async with service.slot():
            body = await body_of(request, limits)
            records = records_in(body, limits) if batch else None
            work: Awaitable[bytes]
            if records is None:
                work = service.one(job(body))
            else:
                work = service.many(records, options_of(request))
            try:
                async with asyncio.timeout(limits.time_limit):
                    return Response(await while_connected(request, work), media_type=JSON)
            except TimeoutError:
                detail = f"it was not judged within {limits.time_limit:g} seconds"
                raise ProblemError(503, "too-slow", detail, headers={"Retry-After": "1"}) from None

    async def rules(self, request: Request) -> Response:
        """All rules."""
        lang = parameters(request, {"lang": language}).get("lang", "en")
        return Response(rules_record(self._service.linter, lang), media_type=JSON)

    async def rule(self, request: Request) -> Response:
        """One rule."""
        lang = parameters(request, {"lang": language}).get("lang", "en")
        try:
            record = rule_record(self._service.linter, request.path_params["id"], lang)
        except LookupError as error:
            raise ProblemError(404, "no-such-rule", str(error.args[0])[:300]) from None
        return Response(record, media_type=JSON)

    async def livez(self, _: Request) -> Response:
        """Whether the server answers at all."""
        return Response("ok\n", media_type="text/plain")

    async def readyz(self, _: Request) -> Response:
        """Whether new requests are welcome."""
        service = self._service
        if service.ready:
            return Response("ok\n", media_type="text/plain")
        why = "it is ending" if service.draining else "nobody is ready to judge yet"
        raise ProblemError(503, "not-ready", why, headers={"Retry-After": "1"})

    async def metrics(self, _: Request) -> Response:
        """What is counted."""
        service = self._service
        text = service.metrics.text(ready=service.ready, workers=service.crew.ready)
        return Response(text, media_type=text_of_metrics.MEDIA_TYPE)

    async def openapi(self, _: Request) -> Response:
        """What there is to ask."""
        return Response(document(), media_type=JSON)


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return error.response()


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=CLIENT_GONE)


async def _fault(_: Request, __: Exception) -> Response:
    return FAULT.response()


async def _not_routed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 405 and request.method == "OPTIONS":
        return Response(status_code=204, headers=headers)
    if error.status_code == 405:
        return ProblemError(405, "method", f"this path takes {headers.get('Allow', '')}", headers=headers).response()
    return ProblemError(error.status_code, "not-found", "there is nothing at this path", headers=headers).response()
