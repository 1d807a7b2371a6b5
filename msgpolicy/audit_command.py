"""`msgpolicy audit`: its options, and what is said of an audit on a terminal; the work itself is `msgpolicy.audit`."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from msgpolicy.call import FOUND, OK, UNUSABLE, CallError, Streams

if TYPE_CHECKING:  # `msgpolicy --help` shows the options: nothing heavy is imported for it
    from msgpolicy.audit.run import Options
    from msgpolicy.audit.summary import Summary
    from msgpolicy.reporters.display import Terminal

HELP = """archives:
  .mbox, Maildir folders        mailboxes; a file without ending that begins with `From ` too
  .eml                          single mails; folders of them, .zip and .tar
  .jsonl                        a message record on each line
  .csv .tsv                     a message in each row; the first line names the columns
  .parquet                      a message in each row
  Folders and globs of these; .gz, .zst, .bz2 and .xz around them (but for .zip and .parquet).
  What cannot be read is a row in the table `rejected`, with its place; the rest is judged.

out folder:
  messages/ violations/ not_evaluated/ rejected/ shown/     Parquet files
  summary.json                                              counts
  report.html                                               what people look at; groups/ says which template is where
  audit.json                                                what was asked
  redaction.key                                             of the hashes in place of ids, unless one was given

redaction:
  Ids, orders, addresses and buyers are keyed hashes: equal values have equal hashes, so that tables still join. What
  is quoted of messages is masked. --no-redact shows everything as it is.

stopping:
  Ctrl-C, a killed process, a full disk: what is judged stays. The same call with --resume goes on behind it, and what
  comes out is the same as if nothing had happened.

erasing:
  --erase BUYER takes what is about one buyer, by the id or e-mail address, out of all tables of the finished audit in
  the folder, all or nothing, and makes summary and report anew. It needs the redaction key. Status 0 if rows were
  erased, 1 if none is about this buyer, 2 if that cannot be told. The archives are left as they are.

examples:
  msgpolicy audit outbox.mbox --out audit-2026
  msgpolicy audit mails/ exports/*.jsonl.gz --context orders.csv --out audit-2026
  msgpolicy audit export.csv --map text=body,sent_at=date,order.id=order --timezone Europe/Berlin --out audit-2026
  msgpolicy audit outbox.mbox --out audit-2026 --resume
  msgpolicy audit --erase kim@shop.example --out audit-2026

exit status:
  0  nothing active at or above --fail-on, and nothing that a person has to look at
  1  something found, or a rule that failed to judge
  2  the call, or a record of an archive, could not be used (the others are judged)
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command that no other command has."""
    parser.add_argument("archives", metavar="ARCHIVE", nargs="*", help="files, folders or globs to judge")
    parser.add_argument("--out", metavar="DIR", required=True, help="folder for the results; made if it is not there")
    parser.add_argument("--resume", action="store_true", help="go on with the audit in the folder")
    parser.add_argument(
        "--erase", metavar="BUYER", help="takes one buyer's rows out of the finished audit in the folder, and ends"
    )
    parser.add_argument(
        "--engine",
        choices=("pool", "spark"),
        default="pool",
        help="what judges: processes and DuckDB, or Apache Spark on this machine (needs pyspark and Java)",
    )
    parser.add_argument("--jsonl", action="store_true", help="writes each table as JSON too, one row a line")
    parser.add_argument(
        "--export",
        choices=("csv", "xlsx"),
        action="append",
        default=[],
        help="writes the tables for spreadsheets too; may be given twice; with --resume also of a finished audit",
    )
    add_reading(parser)
    parser.add_argument(
        "--decisions", metavar="FILE", help="findings that people found to be false alarms (see report.html)"
    )
    add_redaction(parser).add_argument("--show-text", action="store_true", help="shows the texts of examples unmasked")


def add_reading(parser: argparse.ArgumentParser) -> None:
    """The options of every command that reads archives."""
    parser.add_argument(
        "--processes", metavar="N", type=_count, default=_processors(), help="processes that judge (one a processor)"
    )
    reading = parser.add_argument_group("reading")
    reading.add_argument(
        "--map",
        metavar="FIELD=COLUMN,...",
        action="append",
        type=_names,
        default=[],
        help="what fields of a message record are called in the archive; may be given several times",
    )
    reading.add_argument("--timezone", metavar="ZONE", help="of times without an offset, such as Europe/Berlin")
    reading.add_argument("--encoding", metavar="NAME", help="character set of CSV files (utf-8)")
    reading.add_argument(
        "--context", metavar="FILE", help="facts that the messages do not carry (.csv, .parquet, .jsonl, .json)"
    )


def add_redaction(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """The options of every command that shows what is in archives."""
    showing = parser.add_argument_group("showing")
    showing.add_argument("--redaction-key", metavar="FILE", help="key of the hashes; else one is made in the folder")
    showing.add_argument(
        "--no-redact", dest="redact", action="store_false", help="shows private values as they are, everywhere"
    )
    return showing


def run_audit(args: argparse.Namespace, streams: Streams) -> int:
    """Carries out the call; gives the exit status."""
    if "xlsx" in args.export and find_spec("xlsxwriter") is None:
        raise CallError("msgpolicy audit --export xlsx needs xlsxwriter: pip install 'msgpolicy[audit]'")
    needs_extra("audit")
    if args.erase is not None:
        from msgpolicy.erase_command import run_erase

        return run_erase(args, streams)
    if not args.archives:
        raise CallError("msgpolicy audit: the following arguments are required: ARCHIVE (see msgpolicy audit --help)")
    from msgpolicy.audit.run import audit, is_full_disk
    from msgpolicy.inputs import InputError
    from msgpolicy.reporters.display import terminal_of
    from msgpolicy.rules import RulesetError

    options = _options(args)
    again = f"the same call with --resume goes on with what is in {options.out}"
    try:
        summary = audit(args.archives, options, streams.stderr)
    except (InputError, RulesetError) as error:
        raise CallError(str(error)) from None
    except OSError as error:
        why = "the disk is full" if is_full_disk(error) else f"the folder cannot be written: {error.strerror or error}"
        raise CallError(f"msgpolicy audit: {why}; what is judged stays, and {again}") from None
    except KeyboardInterrupt:
        terminal_of(streams.stderr).show(f"msgpolicy audit: stopped; {again}")
        raise
    _say(summary, options.out, terminal_of(streams.stdout))
    if summary.records["rejected"]:
        return UNUSABLE
    failing = ("block", "review", "warn") if args.fail_on == "warning" else ("block", "review")
    return FOUND if any(summary.verdicts[verdict] for verdict in failing) else OK


def needs_extra(command: str) -> None:
    """Makes sure that what only the extra installs is there.

    Raises:
        CallError: it is not.
    """
    try:
        import duckdb  # noqa: F401
        import pyarrow  # noqa: F401
    except ModuleNotFoundError as error:
        if error.name not in ("pyarrow", "duckdb"):
            raise
        raise CallError(f"msgpolicy {command} needs pyarrow and duckdb: pip install 'msgpolicy[audit]'") from None


def _mapped_names(args: argparse.Namespace) -> dict[str, str]:
    """What --map says that fields are called, by field.

    Raises:
        CallError: there is no such field, or one is mapped twice.
    """
    from msgpolicy.audit.archives.rows import field_of

    names: dict[str, str] = {}
    for field, column in (pair for pairs in args.map for pair in pairs):
        try:
            if names.setdefault(field_of(field), column) != column:
                raise ValueError(f"{field!r} is mapped twice")
        except ValueError as error:
            raise CallError(f"msgpolicy {args.command}: --map: {error}") from None
    return names


def reading_options(args: argparse.Namespace, out: str = "") -> Options:
    """What an audit and a comparison are told alike: how archives are read, judged in any case, and hidden."""
    from msgpolicy.audit.run import Options

    return Options(
        out=out,
        processes=args.processes,
        lang=args.lang,
        strict=args.strict,
        timezone=args.timezone,
        encoding=args.encoding,
        names=_mapped_names(args),
        context=args.context,
        suppressions=args.suppressions,
        today=args.today,
        redact=args.redact,
        redaction_key=args.redaction_key,
    )


def _options(args: argparse.Namespace) -> Options:
    return replace(
        reading_options(args, args.out),
        resume=args.resume,
        engine=args.engine,
        ruleset=args.ruleset,
        settings=dict(args.set),
        as_of=args.as_of,
        show_text=args.show_text,
        jsonl=args.jsonl,
        decisions=args.decisions,
        exports=tuple(dict.fromkeys(args.export)),
    )


def _say(summary: Summary, out: str, terminal: Terminal) -> None:
    """What an audit came to, in a few lines."""
    records, verdicts = summary.records, summary.verdicts
    terminal.write(
        f"{records['read']:,} records: {records['judged']:,} judged, {records['rejected']:,} rejected\n"
        + "".join(f"  {verdict:<8}{count:>12,}\n" for verdict, count in verdicts.items())
    )
    for row in summary.rejected[:5]:
        terminal.show(f"rejected: {row['records']:,} in {row['file']}; the table `rejected` says where and why")
    for notice in summary.notices:
        terminal.show(f"note: {notice}")
    terminal.show(
        f"in {os.path.join(out, 'report.html')}: what to mend first, and all that was found; in summary.json: counts"
    )


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes")
    return int(text)


def _names(text: str) -> list[tuple[str, str]]:
    pairs = []
    for pair in text.split(","):
        field, equals, column = pair.partition("=")
        if not equals or not field.strip() or not column.strip():
            raise argparse.ArgumentTypeError(f"{pair!r} is not FIELD=COLUMN, such as text=body")
        pairs.append((field.strip(), column.strip()))
    return pairs
