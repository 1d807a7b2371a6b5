"""The API that the page asks, as small as the contract allows, for tests of the page."""

from __future__ import annotations

from functools import cache

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from msgpolicy import Linter, Message
from msgpolicy.explain import rule_page, text_in
from msgpolicy.message import MessageError
from msgpolicy.service.page_routes import routes


@cache
def linter(lang: str) -> Linter:
    return Linter("amazon", lang=lang)


async def check(request: Request) -> Response:
    try:
        message = Message.from_json(await request.body())
    except MessageError as error:
        errors = [
            {"path": ".".join(str(key) for key in problem.path), "message": problem.message, "hint": problem.hint}
            for problem in error.problems
        ]
        return JSONResponse({"title": "the record cannot be used", "status": 422, "errors": errors}, 422)
    report = await run_in_threadpool(linter(request.query_params["lang"]).check, message)
    return Response(report.to_json(), media_type="application/json")


async def rules(request: Request) -> Response:
    ruleset = linter("en").ruleset
    rows = [
        {
            "id": rule.id,
            "group": rule.group,
            "severity": rule.newest.severity,
            "message": text_in(rule.newest.message, request.query_params["lang"]),
        }
        for rule in ruleset.rules
    ]
    return JSONResponse({"ruleset": ruleset.name, "version": ruleset.version, "rules": rows})


async def rule(request: Request) -> Response:
    ruleset = linter("en").ruleset
    found = next(rule for rule in ruleset.rules if rule.id == request.path_params["id"])
    page = rule_page(ruleset, found, lang=request.query_params["lang"])
    sections = [{"title": one.title, "paragraphs": one.paragraphs, "items": one.items} for one in page]
    return JSONResponse({"id": found.id, "sections": sections})


def create_app() -> Starlette:
    return Starlette(
        routes=[
            *routes(),
            Route("/v1/check", check, methods=["POST"]),
            Route("/v1/rules", rules),
            Route("/v1/rules/{id}", rule),
        ]
    )
