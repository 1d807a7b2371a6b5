"""`msgpolicy serve`: its options; the work itself is `msgpolicy.service`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgpolicy.call import OK, CallError, Streams

if TYPE_CHECKING:  # `msgpolicy --help` shows the options: nothing heavy is imported for it
    from msgpolicy.hooks.settings import GateSettings
    from msgpolicy.service.server import Binding
    from msgpolicy.service.settings import ServiceSettings

TOKEN = "MSGPOLICY_TOKEN"  # noqa: S105, the name of the variable
HELP = """paths:
  /               a page on which a draft is judged while it is written
  POST /v1/check  a message record (application/json), a list of them, or a mail (message/rfc822) in, reports out
  POST /v1/decide send, hold or refuse, by the settings of --gate, recorded
  GET  /v1/rules, /v1/rules/ID, /livez, /readyz, /metrics, /openapi.json

tokens:
  Who can reach no more than this machine needs none. For any other address --token-file or the environment variable
  MSGPOLICY_TOKEN is needed, and requests carry `Authorization: Bearer TOKEN`. Several tokens (one a line) are all
  good. Without tokens only requests to localhost, 127.0.0.1, [::1] and --allow-host are answered, so that a web page
  in a browser on this machine cannot ask by a name of its own.

signals:
  SIGTERM, SIGINT  takes no more requests, finishes those it has (--grace), ends; a second one ends at once
  SIGHUP           reads gate, rules and tokens again; broken ones leave the old ones in force

examples:
  msgpolicy serve
  msgpolicy serve --gate gate.toml --uds /run/msgpolicy/http.sock
  msgpolicy serve --host 0.0.0.0 --token-file tokens --workers 4
  curl --data '{"text": "Call +1 206 555 0100"}' -H 'Content-Type: application/json' http://127.0.0.1:8731/v1/check

exit status:
  0  it was told to end
  2  it cannot begin: the call, the rules, the settings or the address cannot be used
"""
_INSTALL = "msgpolicy serve needs starlette and uvicorn: pip install 'msgpolicy[serve]'"
_LOCAL = ("localhost", "127.0.0.1", "::1")
# Processes that judge; each takes some 150 MB.
_MOST_BY_DEFAULT = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command that no other command has."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (127.0.0.1)")
    parser.add_argument("--port", type=_whole(0, 65535), default=8731, help="port; 0 takes a free one (8731)")
    parser.add_argument("--uds", metavar="PATH", help="a unix socket instead of host and port")
    parser.add_argument(
        "--gate", metavar="FILE", help="settings of the gate (TOML): rules, language, what is held and refused"
    )
    parser.add_argument("--suppressions", metavar="FILE", help="exceptions (YAML), where --gate is not given")
    who = parser.add_argument_group("who may ask")
    who.add_argument("--token-file", metavar="FILE", help="tokens, one a line")
    who.add_argument(
        "--allow-host",
        metavar="NAME",
        action="append",
        default=[],
        help="a further host name by which it may be asked, without tokens or by a page; may be given several times",
    )
    limits = parser.add_argument_group("limits")
    limits.add_argument(
        "--workers", metavar="N", type=_whole(0, 256), help="processes that judge (one a processor, at most 4)"
    )
    limits.add_argument(
        "--concurrency", metavar="N", type=_whole(1, 100_000), default=64, help="requests that are taken at a time (64)"
    )
    limits.add_argument("--max-body", metavar="MIB", type=_whole(1, 1024), default=16, help="size of a request (16)")
    limits.add_argument(
        "--max-batch", metavar="N", type=_whole(1, 1_000_000), default=1000, help="messages in a request (1000)"
    )
    limits.add_argument("--body-timeout", metavar="S", type=_seconds, default=30.0, help="for a body to arrive (30)")
    limits.add_argument("--time-limit", metavar="S", type=_seconds, default=60.0, help="for a request's answer (60)")
    limits.add_argument(
        "--drain", metavar="S", type=_seconds, default=0.0, help="/readyz says so before it takes no more (0)"
    )
    limits.add_argument("--grace", metavar="S", type=_seconds, default=30.0, help="to finish what it has taken (30)")
    parser.add_argument("--access-log", action="store_true", help="one JSON line for each request on standard error")


def run_serve(args: argparse.Namespace, streams: Streams) -> int:
    """Carries out the call; gives the exit status."""
    try:
        from msgpolicy.service.server import Binding, BindingError, address_of, listen, run
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn", "h11", "anyio", "click"):
            raise
        raise CallError(_INSTALL) from None
    from msgpolicy.rules import RulesetError
    from msgpolicy.service.service import Service
    from msgpolicy.service.tokens import TokenError
    from msgpolicy.typed import RecordError

    binding = Binding(host=args.host, port=args.port, uds=args.uds, drain=args.drain, grace=args.grace)
    settings = _settings(args, binding)
    try:
        service = Service(settings)
        if not service.tokens and not binding.is_loopback:
            raise CallError(
                f"msgpolicy serve: {binding.host} can be reached from elsewhere: give --token-file FILE, or set {TOKEN}"
            )
        listening = listen(binding)
    except (RecordError, RulesetError, TokenError, BindingError) as error:
        raise CallError(f"msgpolicy serve: {error}") from None

    def ready() -> None:
        ruleset = service.linter.ruleset
        streams.stderr.write(f"msgpolicy serves {ruleset.name} {ruleset.version} at {address_of(listening)}\n")
        streams.stderr.flush()

    failure = run(service, binding, listening, ready)
    if failure:
        raise CallError(f"msgpolicy serve: {failure}")
    return OK


def _settings(args: argparse.Namespace, binding: Binding) -> ServiceSettings:
    from msgpolicy.service.settings import MIB, Limits, ServiceSettings

    hosts = tuple(name.lower() for name in (*_LOCAL, *args.allow_host))
    return ServiceSettings(
        gate=_gate(args),
        tokens=args.token_file,
        token=os.environ.get(TOKEN, ""),
        # No browser reaches a unix socket: what stands in front of it answers for the name.
        hosts=None if binding.uds is not None else hosts,
        allowed=tuple(args.allow_host),
        workers=_workers() if args.workers is None else args.workers,
        limits=Limits(
            body=args.max_body * MIB,
            batch=args.max_batch,
            concurrency=args.concurrency,
            body_timeout=args.body_timeout,
            time_limit=args.time_limit,
        ),
        access_log=args.access_log,
    )


def _gate(args: argparse.Namespace) -> GateSettings | str:
    from msgpolicy.hooks.gate import VARIABLE
    from msgpolicy.hooks.settings import GateSettings

    own = {
        "ruleset": args.ruleset,
        "ruleset_settings": dict(args.set) or None,
        "suppressions": args.suppressions,
        "lang": args.lang,
    }
    given = {name: value for name, value in own.items() if value is not None}
    file = args.gate or os.environ.get(VARIABLE)
    if file is None:
        return GateSettings(**given)
    if given:
        options = {"ruleset_settings": "--set"}
        names = ", ".join(options.get(name, f"--{name}") for name in given)
        raise CallError(f"msgpolicy serve: {names}: the gate's settings say it ({file})")
    return str(file)


def _workers() -> int:
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(count, _MOST_BY_DEFAULT)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text[:12]) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")
        return int(text)

    return read


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds
