"""What the server and the processes that judge say to each other, in msgpack."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

Kind = Literal["record", "records", "mail", "decide-record", "decide-mail"]


class Options(msgspec.Struct, frozen=True):
    """How to judge, where the request says so; None is what the service's settings say."""

    lang: str | None = None
    as_of: datetime | None = None
    strict: bool = False


class Job(msgspec.Struct, frozen=True):
    """Messages to be judged. `bodies` holds one, or of `records` several, the first of which has the index `first`."""

    kind: Kind
    bodies: list[bytes]
    options: Options = Options()
    first: int = 0


class Refusal(msgspec.Struct, frozen=True):
    """Why a body gets no judgement: see ProblemError."""

    status: int
    kind: str
    detail: str
    errors: list[dict[str, Any]]


class Answer(msgspec.Struct, frozen=True):
    """Encoded answers in the order of the bodies, or a refusal; and what is counted of them."""

    parts: list[bytes] = []
    refusal: Refusal | None = None
    verdicts: list[str] = []
    rules: list[str] = []
