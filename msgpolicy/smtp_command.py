"""`msgpolicy smtp`: its options, and the filter that they make; the filter itself is `msgpolicy.mailfilter`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from msgpolicy import mail_options
from msgpolicy.call import OK, CallError, Streams

if TYPE_CHECKING:  # `msgpolicy --help` shows the options: nothing heavy is imported for it
    import ssl

    from msgpolicy.mailfilter.server import Options

HELP = """what happens to a mail:
  One with a recipient at a host that the gate judges (marketplace.amazon.* by default) is judged as a whole, for all of
  its recipients. What may leave is handed to the relay; its answer is the client's. What is refused is answered
  550 5.7.1 with the rules and the first suggestion. What is to be held is answered 450 4.7.1, or handed on with
  the header X-Msgpolicy-Hold (--hold mark). Where there is no judgement, or no relay, the answer is 4xx.
  All other mail is handed on. Headers X-Msgpolicy-* are always taken out; nothing else is changed.

facts:
  Clients at --trust networks may say facts in headers: X-Msgpolicy-Order-Status: Shipped,
  X-Msgpolicy-Context: {"order": {"status": "Shipped"}}, X-Msgpolicy-Send-Anyway: REASON, X-Msgpolicy-By: NAME.
  For clients of a Postfix in front, that speaks XFORWARD, the address counts that it says.
  --orders looks facts up by the order ids that subject and text name; what it says wins over headers.

signals:
  SIGHUP reads the gate's settings, ruleset and suppressions again; SIGTERM finishes the mails that are coming in.

examples:
  msgpolicy smtp --listen 127.0.0.1:10025 --relay 127.0.0.1:10026
  msgpolicy smtp --listen 0.0.0.0:25 --relay mail.shop.example:587 --relay-tls require --tls-cert c.pem --tls-key k.pem
  msgpolicy smtp --listen 127.0.0.1:10025 --relay 127.0.0.1:10026 --gate gate.toml --trust 127.0.0.1
  msgpolicy smtp --listen 127.0.0.1:10025 --relay 127.0.0.1:10026 --orders orders.csv

docs/hooks-smtp.md has the lines for Postfix and systemd.

exit status:
  0  it was told to stop
  2  the call, the settings or the ruleset could not be used, or the address is taken
"""

_INSTALL = "msgpolicy smtp needs aiosmtpd: pip install 'msgpolicy[smtp]'"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--listen", metavar="HOST:PORT", type=mail_options.address, required=True, help="where clients connect"
    )
    parser.add_argument(
        "--relay", metavar="HOST:PORT", type=mail_options.address, required=True, help="where mail goes"
    )
    parser.add_argument(
        "--hold",
        choices=("tempfail", "mark"),
        default="tempfail",
        help="mail to be held: answered 4xx, or handed on with the header X-Msgpolicy-Hold (tempfail)",
    )
    mail_options.add_arguments(parser)
    tls = parser.add_argument_group("TLS")
    tls.add_argument("--tls-cert", metavar="FILE", help="certificate and its chain (PEM): offers STARTTLS")
    tls.add_argument("--tls-key", metavar="FILE", help="its key, if it is in a file of its own")
    tls.add_argument("--require-tls", action="store_true", help="takes no mail without STARTTLS")
    tls.add_argument(
        "--relay-tls",
        choices=("never", "may", "require"),
        default="may",
        help="TLS to the relay: never, where it is offered, or only with a certificate that is trusted (may)",
    )
    tls.add_argument("--relay-ca", metavar="FILE", help="whom to trust instead of the system's authorities (PEM)")
    limits = parser.add_argument_group("limits")
    mail_options.add_limits(limits)
    limits.add_argument(
        "--timeout", metavar="SECONDS", type=mail_options.count, default=300, help="for a client's next word (300)"
    )
    limits.add_argument(
        "--relay-timeout", metavar="SECONDS", type=mail_options.count, default=90, help="for each answer (90)"
    )
    parser.add_argument("--name", metavar="HOST", help="what the filter calls itself (this machine's name)")
    parser.add_argument(
        "--no-judging", dest="judging", action="store_false", help="hands everything on: to see what judging costs"
    )


def run_smtp(args: argparse.Namespace, streams: Streams) -> int:
    """Runs the filter until it is told to stop; gives the exit status."""
    import asyncio

    try:
        from msgpolicy.mailfilter.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "aiosmtpd":
            raise
        raise CallError(_INSTALL) from None
    options = _options(args)
    gate = mail_options.gate_of(args, "smtp") if args.judging else None
    mail_options.allow_files(2 * args.max_connections + 256)
    host, port = args.listen
    try:
        asyncio.run(serve(gate, options, host, port))
    except OSError as error:
        raise CallError(f"msgpolicy smtp: cannot listen at {host}:{port}: {error.strerror or error}") from None
    return OK


def _options(args: argparse.Namespace) -> Options:
    import socket

    from msgpolicy.mailfilter.relay import Target
    from msgpolicy.mailfilter.server import Options

    if args.tls_key and not args.tls_cert:
        raise CallError("msgpolicy smtp: --tls-key needs --tls-cert")
    if args.require_tls and not args.tls_cert:
        raise CallError("msgpolicy smtp: --require-tls needs --tls-cert")
    if args.relay_ca and args.relay_tls != "require":
        raise CallError("msgpolicy smtp: --relay-ca is for --relay-tls require")
    name = args.name or socket.gethostname()
    context = _relay_context(args.relay_ca) if args.relay_tls == "require" else None
    host, port = args.relay
    return Options(
        relay=Target(host, port, name, args.relay_tls, context, float(args.relay_timeout)),
        trust=tuple(args.trust),
        lookup=mail_options.lookup_of(args, "smtp"),
        mark_held=args.hold == "mark",
        tls=_own_context(args.tls_cert, args.tls_key) if args.tls_cert else None,
        require_tls=args.require_tls,
        size_limit=args.max_size * 1_048_576,
        memory=args.max_memory * 1_048_576,
        connections=args.max_connections,
        timeout=float(args.timeout),
    )


def _own_context(cert: str, key: str | None) -> ssl.SSLContext:
    import ssl

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(cert, key)
    except (OSError, ssl.SSLError) as error:
        raise CallError(f"msgpolicy smtp: --tls-cert: {error.strerror or error}") from None
    return context


def _relay_context(authorities: str | None) -> ssl.SSLContext:
    import ssl

    try:
        return ssl.create_default_context(cafile=authorities)
    except (OSError, ssl.SSLError) as error:
        raise CallError(f"msgpolicy smtp: --relay-ca: {error.strerror or error}") from None
