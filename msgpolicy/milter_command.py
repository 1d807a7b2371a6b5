"""`msgpolicy milter`: its options, and the milter that they make; that itself is `msgpolicy.mailfilter.milter`."""

from __future__ import annotations

import argparse

from msgpolicy import mail_options
from msgpolicy.call import OK, CallError, Streams

HELP = """what happens to a mail:
  One with a recipient at a host that the gate judges (marketplace.amazon.* by default) is judged as a whole, for all of
  its recipients. What is refused is answered 550 5.7.1 with the rules and the first suggestion. What is to be held
  goes into the hold queue of Postfix (`postsuper -H ID` releases it), or is answered 450 4.7.1 (--hold tempfail).
  Where there is no judgement, the answer is 4xx. All other mail is accepted without reading it.
  Headers X-Msgpolicy-* are always taken out; nothing else is changed.

facts:
  Clients at --trust networks may say facts in headers, as with msgpolicy smtp. --orders looks facts up by the order ids
  that subject and text name; what it says wins over headers.

signals:
  SIGHUP reads the gate's settings, ruleset and suppressions again; SIGTERM answers the mails that are coming in.

examples:
  msgpolicy milter --listen inet:127.0.0.1:8891
  msgpolicy milter --listen unix:/var/spool/postfix/msgpolicy/milter.sock --gate gate.toml --orders orders.csv

docs/hooks-milter.md has the lines for Postfix and systemd.

exit status:
  0  it was told to stop
  2  the call, the settings or the ruleset could not be used, or the address is taken
"""

_INSTALL = "msgpolicy milter needs kilter.protocol: pip install 'msgpolicy[milter]'"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--listen",
        metavar="WHERE",
        type=_where,
        required=True,
        help="inet:HOST:PORT or unix:PATH, as in smtpd_milters of Postfix",
    )
    parser.add_argument(
        "--socket-mode", metavar="MODE", type=_mode, default=0o660, help="permissions of the unix: socket (660)"
    )
    parser.add_argument(
        "--hold",
        choices=("quarantine", "tempfail"),
        default="quarantine",
        help="mail to be held: into the mail server's hold queue, or answered 4xx (quarantine)",
    )
    mail_options.add_arguments(parser)
    mail_options.add_limits(parser.add_argument_group("limits"))


def run_milter(args: argparse.Namespace, streams: Streams) -> int:
    """Runs the milter until it is told to stop; gives the exit status."""
    import asyncio

    try:
        from msgpolicy.mailfilter.milter import Inet, Options, Unix, serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "kilter":
            raise
        raise CallError(_INSTALL) from None
    kind, place = args.listen
    where = Unix(place, args.socket_mode) if kind == "unix" else Inet(*place)
    options = Options(
        trust=tuple(args.trust),
        lookup=mail_options.lookup_of(args, "milter"),
        quarantine=args.hold == "quarantine",
        size_limit=args.max_size * 1_048_576,
        memory=args.max_memory * 1_048_576,
        connections=args.max_connections,
    )
    gate = mail_options.gate_of(args, "milter")
    mail_options.allow_files(args.max_connections + 256)
    try:
        asyncio.run(serve(gate, options, where))
    except OSError as error:
        why = error.strerror or error
        raise CallError(f"msgpolicy milter: cannot listen at {kind}:{_shown(place)}: {why}") from None
    return OK


def _shown(place: str | tuple[str, int]) -> str:
    return place if isinstance(place, str) else f"{place[0]}:{place[1]}"


def _where(text: str) -> tuple[str, str | tuple[str, int]]:
    kind, _, place = text.partition(":")
    if kind == "unix" and place:
        return kind, place
    if kind != "inet":
        raise argparse.ArgumentTypeError(f"{text!r} is neither inet:HOST:PORT nor unix:PATH")
    return kind, mail_options.address(place)


def _mode(text: str) -> int:
    try:
        mode = int(text, 8)
    except ValueError:
        mode = -1
    if not 0 <= mode <= 0o777:
        raise argparse.ArgumentTypeError(f"{text!r} is not a mode, such as 660")
    return mode
