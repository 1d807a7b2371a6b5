"""How a service runs: by which gate, for whom, and within which limits."""

from __future__ import annotations

import msgspec

from msgpolicy.hooks.settings import GateSettings

MIB = 1024 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one request, and all of them together, may take.

    Args:
        body: bytes of a request's body.
        batch: messages in one request.
        concurrency: requests that are being judged or wait for it; further ones are turned away.
        body_timeout: seconds in which a body has to arrive.
        time_limit: seconds until a request that has arrived is answered, judged or not.
    """

    body: int = 16 * MIB
    batch: int = 1000
    concurrency: int = 64
    body_timeout: float = 30.0
    time_limit: float = 60.0


class ServiceSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What `create_app` needs to know.

    Args:
        gate: settings of the gate, or the path of their file, which a reload reads again.
        tokens: path of a file with a token on each line; one of them has to be sent.
        token: more tokens, parted by blanks or commas (as the environment variable MSGPOLICY_TOKEN gives them).
        hosts: host names by which the service may be asked when there is no token; any when None.
        allowed: host names whose pages may ask, beside the one that a request names.
        workers: processes that judge; 0 judges in a thread of the server's process.
        access_log: whether one line is written for each request.
    """

    gate: GateSettings | str = GateSettings()
    tokens: str | None = None
    token: str = ""
    hosts: tuple[str, ...] | None = None
    allowed: tuple[str, ...] = ()
    workers: int = 0
    limits: Limits = Limits()
    access_log: bool = False
