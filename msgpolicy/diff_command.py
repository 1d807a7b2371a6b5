"""`msgpolicy diff`: its options, and how the difference is shown; the work itself is `msgpolicy.audit.comparing`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgpolicy.audit_command import add_reading, add_redaction, needs_extra, reading_options
from msgpolicy.call import FOUND, OK, UNUSABLE, CallError, Streams

if TYPE_CHECKING:  # `msgpolicy --help` shows the options: nothing heavy is imported for it
    from contextlib import AbstractContextManager

    from msgpolicy.audit.comparing import Difference
    from msgpolicy.reporters.display import Terminal

HELP = """what is compared:
  Every message of the archives is judged twice, as `msgpolicy audit` judges it, rules across messages included: by OLD
  and by NEW. What each audit writes goes to a temporary folder (TMPDIR) and is removed at the end.
  OLD and NEW may be the same ruleset as of two dates (--as-of-old, --as-of-new), or two versions of it.
  If OLD and NEW are folders of finished audits, and no archive is named, their rows are compared; nothing is judged.

what is told:
  How many messages have another verdict; and for each rule what it says otherwise (error, warning, info, suppressed,
  not evaluated, nothing), of how many messages, how many of these have another verdict, and some masked examples.

examples:
  msgpolicy diff amazon my-rules.yaml outbox.mbox
  msgpolicy diff amazon@2026.10 amazon@2026.11 exports/*.jsonl.gz --context orders.csv
  msgpolicy diff amazon amazon outbox.mbox --as-of-old 2020-11-01 --as-of-new 2026-11-01
  msgpolicy diff audit-2025 audit-2026 --format json > difference.json

exit status:
  0  no verdict is another
  1  some are, or a message is in one of two audits alone
  2  the call, an audit, or a record of an archive could not be used (the others are compared)
"""

# What a rule says where it finds nothing.
_UNTOLD = {"nothing", "not evaluated"}


def add_arguments(
    parser: argparse.ArgumentParser, point_in_time: Callable[[str], datetime], language: Callable[[str], str]
) -> None:
    """The options of the command.

    Args:
        point_in_time, language: what reads a time, and the name of a language.
    """
    parser.add_argument("old", metavar="OLD", help="ruleset (name, name@version or path), or folder of an audit")
    parser.add_argument("new", metavar="NEW", help="what it is compared with: of the same kind")
    parser.add_argument("archives", metavar="ARCHIVE", nargs="*", help="files, folders or globs to judge")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="of the output (text)")
    parser.add_argument(
        "--examples", metavar="N", type=_number, default=3, help="messages that are named for each change (3)"
    )
    for side in ("old", "new"):
        parser.add_argument(
            f"--as-of-{side}",
            metavar="DATE",
            type=point_in_time,
            help=f"{side.upper()}: judge by the policy of this day or RFC 3339 time, not that of each message",
        )
    parser.add_argument("--lang", metavar="xx", type=language, default="en", help="language of the messages (en)")
    parser.add_argument("--strict", action="store_true", help="a rule that lacks a fact makes the verdict `review`")
    add_reading(parser)
    add_redaction(parser)


def run_diff(args: argparse.Namespace, streams: Streams) -> int:
    """Carries out the call; gives the exit status."""
    needs_extra("diff")
    import msgspec

    from msgpolicy.audit.comparing import compare
    from msgpolicy.inputs import InputError
    from msgpolicy.reporters.display import terminal_of
    from msgpolicy.rules import RulesetError

    try:
        with _folders(args, streams) as (old, new):
            difference = compare(old, new, examples=args.examples, redact=args.redact)
    except (InputError, RulesetError) as error:
        raise CallError(str(error)) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise CallError(f"msgpolicy diff: {why} (what it needs on disk goes to the folder that TMPDIR names)") from None
    if args.format == "json":
        terminal_of(streams.stdout).write(msgspec.json.format(msgspec.json.encode(difference)).decode() + "\n")
    else:
        _show(difference, terminal_of(streams.stdout))
    if any(difference.rejected.values()):
        return UNUSABLE
    return FOUND if difference.found else OK


def _folders(args: argparse.Namespace, streams: Streams) -> AbstractContextManager[tuple[str, str]]:
    """The folders of both audits, made first if rulesets are to be compared."""
    from msgpolicy.audit.comparing import audited, is_audit

    given = [name for name in (args.old, args.new) if is_audit(name)]
    if len(given) == 1:
        other = args.new if given[0] == args.old else args.old
        raise CallError(
            f"msgpolicy diff: {given[0]} is the folder of an audit, and {other} is none: "
            "name two rulesets, or two audits"
        )
    if given:
        if args.archives or args.as_of_old or args.as_of_new:
            raise CallError("msgpolicy diff: two audits are compared as they are: name no archive and no --as-of")
        return nullcontext((args.old, args.new))
    if not args.archives:
        raise CallError(f"msgpolicy diff: say which archives to judge, behind {args.old} and {args.new}")
    old = reading_options(args)
    return audited(
        args.archives,
        replace(old, ruleset=args.old, as_of=args.as_of_old),
        replace(old, ruleset=args.new, as_of=args.as_of_new),
        streams.stderr,
    )


def _show(difference: Difference, terminal: Terminal) -> None:
    messages = difference.messages
    for side, told in (("old", difference.old), ("new", difference.new)):
        as_of = f", as of {told['as_of'].isoformat()}" if told["as_of"] else ""
        terminal.show(f"{side}: {told['ruleset']} {told['version']}{as_of}")
    terminal.write(f"{messages['compared']:,} messages compared, {messages['changed']:,} with another verdict\n")
    for row in difference.verdicts:
        terminal.write(f"  {row['old']:<8}to {row['new']:<8}{row['messages']:>12,}\n")
    for side in ("old", "new"):
        if messages[f"only_{side}"]:
            terminal.write(f"{messages[f'only_{side}']:,} messages are in {side} alone\n")
        if difference.rejected[side]:
            terminal.write(f"{difference.rejected[side]:,} records could not be read in {side}\n")
    for rule in difference.rules:
        terminal.show(
            f"{rule['rule']}: {rule['old']} -> {rule['new']} in {rule['messages']:,} messages, "
            f"{rule['verdicts_changed']:,} of them with another verdict"
        )
        if not {rule["old"], rule["new"]} <= _UNTOLD:  # without a finding there is little to look at
            for row in rule.get("examples", ()):
                terminal.show(_example(row))
    for notice in difference.notices:
        terminal.show(f"note: {notice}")


def _example(row: dict[str, Any]) -> str:
    verdicts = row["old_verdict"] if row["old_verdict"] == row["new_verdict"] else "{old_verdict} -> {new_verdict}"
    excerpt = f": {' '.join(row['excerpt'].split())}" if row["excerpt"] else ""
    return f"  {row['file']} {row['number']} ({verdicts.format(**row)}){excerpt}"


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of examples (0 to 1000)")
    return int(text)
