"""What `msgpolicy smtp` and `msgpolicy milter` are called with alike: the gate, the facts of orders, whom to trust."""

from __future__ import annotations

import argparse
import contextlib
from typing import TYPE_CHECKING

from msgpolicy.call import CallError

if TYPE_CHECKING:  # `msgpolicy --help` shows the options: nothing heavy is imported for it
    from ipaddress import IPv4Network, IPv6Network

    from msgpolicy.hooks import Gate
    from msgpolicy.mailfilter.lookup import Lookup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--gate", metavar="FILE", help="settings of the gate (TOML); else $MSGPOLICY_GATE, or defaults")
    parser.add_argument(
        "--trust",
        metavar="NETWORK",
        action="append",
        type=network,
        default=[],
        help="clients that may say facts in headers; may be given several times",
    )
    orders = parser.add_argument_group("facts of orders")
    orders.add_argument(
        "--orders",
        metavar="FILE",
        help="facts by order id, recipient or message id: .csv, .json, .jsonl, .sqlite (read again when it changes)",
    )
    orders.add_argument(
        "--orders-query",
        metavar="SQL",
        help="for a database: SELECT state AS order_status ... WHERE number = :order_id",
    )


def add_limits(limits: argparse._ArgumentGroup) -> None:
    """Limits of mails and connections."""
    limits.add_argument("--max-size", metavar="MB", type=count, default=25, help="of a mail (25)")
    limits.add_argument("--max-memory", metavar="MB", type=count, default=512, help="of all that come in at once (512)")
    limits.add_argument("--max-connections", metavar="N", type=count, default=500, help="at once (500)")


def gate_of(args: argparse.Namespace, command: str) -> Gate:
    """The gate, which reloads at SIGHUP.

    Raises:
        CallError: its settings or rules cannot be used.
    """
    import signal

    from msgpolicy.garbage import settle
    from msgpolicy.hooks import Gate, GateSettingsError
    from msgpolicy.rules import RulesetError

    try:
        gate = Gate(args.gate)
    except (GateSettingsError, RulesetError) as error:
        raise CallError(f"msgpolicy {command}: {error}") from None
    if hasattr(signal, "SIGHUP"):
        gate.reload_on(signal.SIGHUP, then=settle)
    settle()
    return gate


def lookup_of(args: argparse.Namespace, command: str) -> Lookup | None:
    """Where facts of orders are looked up; None where nowhere.

    Raises:
        CallError: the file cannot be used.
    """
    if args.orders is None:
        if args.orders_query is not None:
            raise CallError(f"msgpolicy {command}: --orders-query needs --orders")
        return None
    from msgpolicy.inputs import InputError
    from msgpolicy.mailfilter.lookup import Lookup

    try:
        return Lookup.open(args.orders, query=args.orders_query)
    except InputError as error:
        raise CallError("\n".join(f"msgpolicy {command}: --orders: {line}" for line in error.lines())) from None


def network(text: str) -> IPv4Network | IPv6Network:
    """Networks such as 192.0.2.0/24, and single addresses."""
    from ipaddress import ip_network

    try:
        return ip_network(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}; write 192.0.2.0/24, or one address") from None


def address(text: str) -> tuple[str, int]:
    """A host and a port."""
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not port.isascii() or not port.isdigit() or int(port) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT, such as 127.0.0.1:10025")
    return host, int(port)


def count(text: str) -> int:
    """A number from 1 on."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def allow_files(wanted: int) -> None:
    """So many open files, where the system allows it."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        more = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, more), hard))
