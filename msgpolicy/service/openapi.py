"""The OpenAPI document (3.1) of the service; its records are those of `msgpolicy schema`."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from msgpolicy._version import __version__
from msgpolicy.schemas import record_schema
from msgpolicy.service.problems import MEDIA_TYPE
from msgpolicy.service.requests import JSON, MAIL

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_ACTION: Schema = {"enum": ["send", "hold", "refuse"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: Schema, optional: Schema | None = None, **more: Any) -> Schema:
    return {"type": "object", "required": list(required), "properties": {**required, **(optional or {})}, **more}


@cache
def document() -> bytes:
    """The document as JSON."""
    return (json.dumps(_document(), indent=2, ensure_ascii=False) + "\n").encode()


def _document() -> Schema:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "msgpolicy",
            "version": __version__,
            "summary": "Judges what a marketplace seller may write to a buyer.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}, {}],
        "paths": {
            "/v1/check": {"post": _check()},
            "/v1/decide": {"post": _decide()},
            "/v1/rules": {"get": _get("listRules", "All rules.", _ref("Rules"), [_LANG], 400)},
            "/v1/rules/{id}": {
                "get": _get("explainRule", "What a rule asks for, and why.", _ref("Rule"), [_ID, _LANG], 400, 404)
            },
            "/livez": {"get": _plain("live", "Whether the server answers.")},
            "/readyz": {"get": _plain("ready", "Whether it can judge.", 503)},
            "/metrics": {"get": _plain("metrics", "What is counted, for Prometheus.", token=True)},
            "/openapi.json": {"get": _get("openapi", "This document.", {"type": "object"}, [])},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {**_records(), **_OWN},
            "responses": {str(status): _problem(about) for status, about in _PROBLEMS.items()},
        },
    }


def _records() -> Schema:
    """The schemas of messages and reports, with their parts."""
    found: Schema = {}
    for kind in ("message", "report"):
        text = json.dumps(record_schema(kind)["$defs"]).replace("#/$defs/", "#/components/schemas/")
        found |= json.loads(text)
    return found


_LANG: Schema = {
    "name": "lang",
    "in": "query",
    "description": "Language of messages and suggestions; English where there is no text in it.",
    "schema": {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,8}$"},
}
_AS_OF: Schema = {
    "name": "as_of",
    "in": "query",
    "description": "Judge by the policy of this day, or this time with an offset from UTC.",
    "schema": {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]},
}
_STRICT: Schema = {
    "name": "strict",
    "in": "query",
    "description": "Whether a rule that lacks a fact makes the verdict `review`.",
    "schema": {"type": "boolean"},
}
_ID: Schema = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "A rule's id, or an old name of it.",
    "schema": {"type": "string", "minLength": 1, "pattern": "^[^/]+$"},
}
_PROBLEMS = {
    400: "The body is not JSON, or the query cannot be used.",
    401: "No token, or one that is not known.",
    403: "A browser asks for a page of another site.",
    404: "There is no such rule.",
    405: "The path does not take this method.",
    408: "The body did not arrive in time.",
    413: "The body is too large, or holds too many messages.",
    415: "The body is of a kind that is not taken.",
    421: "The service is not known by this host name.",
    422: "The message cannot be used; every bad field is listed.",
    500: "msgpolicy failed. The message was not judged.",
    503: "Busy, not ready, or judging took too long. The message was not judged.",
}
_MANY: Schema = {
    "type": "array",
    "items": {"description": "A message record; what is none gives an error in its place."},
}
_MAIL_BODY: Schema = {"schema": {"type": "string", "contentMediaType": MAIL}}
_OWN: Schema = {
    "ErrorRecord": _object(
        {
            "schema": {"const": 1},
            "error": _object({"why": _TEXT, "hint": _MAYBE}),
            "source": _object({"index": {"type": "integer", "minimum": 0}}),
        }
    ),
    "DecideRequest": _object(
        {"message": _ref("Message")},
        {
            "send_anyway": {**_MAYBE, "description": "Why it is to be sent whatever is decided."},
            "by": {**_MAYBE, "description": "Who says so."},
        },
        additionalProperties=False,
    ),
    "Decision": _object(
        {
            "schema": {"const": 1},
            "id": _TEXT,
            "decision": {**_ACTION, "description": "What to do."},
            "judged": {**_ACTION, "description": "The same before dry run and `send_anyway`."},
            "rules": _TEXTS,
            "reasons": {
                "type": "array",
                "items": _object(
                    {"action": _ACTION, "rule": _TEXT, "why": _TEXT, "message": _TEXT, "suggestion": _TEXT}
                ),
            },
            "explanation": {"type": "string", "description": "For the author of the message; it may quote it."},
            "failure": _MAYBE,
            "dry_run": {"type": "boolean"},
            "override": {
                "anyOf": [
                    {"type": "null"},
                    _object({"reason": _TEXT, "by": _MAYBE, "allowed": {"type": "boolean"}}),
                ]
            },
            "duration": {"type": "number", "minimum": 0, "description": "Seconds."},
            "report": {"anyOf": [{"type": "null"}, _ref("Report")]},
        }
    ),
    "RuleSummary": _object(
        {
            "id": _TEXT,
            "group": _TEXT,
            "severity": {"enum": ["error", "warning", "info", "off"]},
            "message": _TEXT,
            "aliases": _TEXTS,
            "scopes": {"type": "array", "items": {"enum": ["message", "conversation"]}},
            "check": _TEXT,
        }
    ),
    "RulesOfOne": _object(
        {
            "ruleset": _TEXT,
            "version": _TEXT,
            "digest": _TEXT,
            "rules": {"type": "array", "items": _ref("RuleSummary")},
        }
    ),
    "Rules": {
        "allOf": [_ref("RulesOfOne")],
        **_object({"routed": {"type": "array", "items": _ref("RulesOfOne")}}),
        "description": "`routed` are rulesets that some messages are handed to.",
    },
    "Rule": {
        "allOf": [_ref("RuleSummary")],
        **_object(
            {
                "ruleset": _TEXT,
                "version": _TEXT,
                "suggestion": _MAYBE,
                "why": _MAYBE,
                "suppressible": _TEXT,
                "sources": {"type": "array", "items": _ref("Policy")},
                "assumed": _MAYBE,
                "sections": {
                    "type": "array",
                    "description": "What `msgpolicy explain` tells; `…` and ``…`` stand around code.",
                    "items": _object({"title": _TEXT, "paragraphs": _TEXTS, "items": _TEXTS}),
                },
            }
        ),
    },
    "Problem": _object(
        {
            "type": {"type": "string", "format": "uri"},
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
        },
        {
            "errors": {
                "type": "array",
                "items": _object(
                    {"path": _TEXT, "message": _TEXT, "hint": _MAYBE},
                    {"line": {"type": ["integer", "null"]}, "column": {"type": ["integer", "null"]}},
                ),
            }
        },
        description="Problem details (RFC 9457).",
    ),
}


def _check() -> Schema:
    record_or_error: Schema = {"anyOf": [_ref("Report"), _ref("ErrorRecord")]}
    return {
        "operationId": "check",
        "summary": "Judges one message, or many.",
        "description": "An object or a mail gives one report; an array gives an array in the same order.",
        "parameters": [_LANG, _AS_OF, _STRICT],
        "requestBody": {
            "required": True,
            "content": {
                JSON: {"schema": {"anyOf": [_ref("Message"), _MANY]}},
                MAIL: _MAIL_BODY,
            },
        },
        "responses": {
            "200": _answer({"anyOf": [_ref("Report"), {"type": "array", "items": record_or_error}]}),
            **_problems(400, 401, 403, 408, 413, 415, 421, 422, 500, 503),
        },
    }


def _decide() -> Schema:
    return {
        "operationId": "decide",
        "summary": "Decides by the gate whether one message may leave, and records it.",
        "description": "Send where `decision` is `send`, and only there: no other answer says that it may leave.",
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": _ref("DecideRequest")}, MAIL: _MAIL_BODY},
        },
        "responses": {
            "200": _answer(_ref("Decision")),
            **_problems(400, 401, 403, 408, 413, 415, 421, 422, 500, 503),
        },
    }


def _get(name: str, summary: str, schema: Schema, parameters: list[Schema], *statuses: int) -> Schema:
    responses = {"200": _answer(schema), **_problems(*statuses, 401, 421, 500)}
    return {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}


def _plain(name: str, summary: str, *statuses: int, token: bool = False) -> Schema:
    answer = {"description": "Text.", "content": {"text/plain": {"schema": _TEXT}}}
    responses = {"200": answer, **_problems(*statuses, *([401] if token else []), 421, 500)}
    return {
        "operationId": name,
        "summary": summary,
        "responses": responses,
        **({} if token else {"security": []}),
    }


def _answer(schema: Schema) -> Schema:
    return {"description": "The answer.", "content": {JSON: {"schema": schema}}}


def _problems(*statuses: int) -> Schema:
    return {str(status): {"$ref": f"#/components/responses/{status}"} for status in sorted(statuses)}


def _problem(about: str) -> Schema:
    return {"description": about, "content": {MEDIA_TYPE: {"schema": _ref("Problem")}}}
