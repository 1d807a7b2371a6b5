"""What an answer says that is none: problem details (RFC 9457), `application/problem+json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:msgpolicy:problem:"


class ProblemError(Exception):
    """A request that gets no other answer.

    Args:
        status: of HTTP.
        kind: the kind of problem, in words with hyphens; `type` is made of it.
        detail: what is wrong, for people. It holds no text of a message.
        errors: each thing that is wrong with what was sent: `path`, `message`, `hint`, `line`, `column`.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def body(self) -> bytes:
        """The JSON object."""
        details: dict[str, Any] = {
            "type": TYPE + self.kind,
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            details["errors"] = self.errors
        return msgspec.json.encode(details)

    def response(self) -> Response:
        """The whole answer."""
        return Response(self.body(), self.status, self.headers, MEDIA_TYPE)
