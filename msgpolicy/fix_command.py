"""`msgpolicy fix`: mends what has a fix, shows what that changes or writes it, and says what remains."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from msgpolicy.call import FOUND, OK, UNUSABLE, Streams
from msgpolicy.fixing import Mended, mend
from msgpolicy.inputs import Context, Draft, InputError, WholeFile, read_whole
from msgpolicy.inputs.mail_writing import broken_signatures
from msgpolicy.inputs.saving import save
from msgpolicy.inputs.splices import Splice
from msgpolicy.inputs.writing import written_back
from msgpolicy.message import Message
from msgpolicy.report import Report, Source, Violation
from msgpolicy.reporters.diff import show_diff, unified_diff
from msgpolicy.reporters.display import Terminal, safe_text, terminal_of
from msgpolicy.reporters.formats import bytes_to

Judge = Callable[[Source, Message], Report]


class Totals:
    """What one call did."""

    def __init__(self) -> None:
        self.mended = self.remaining = self.files = 0


class _MendedFile(NamedTuple):
    """A file with the messages that could be read, mended."""

    file: WholeFile
    drafts: list[tuple[int, Draft, Mended]]
    errors: list[InputError]


def fix_files(
    args: argparse.Namespace, streams: Streams, judge: Judge, context: Context | None, failing: frozenset[str]
) -> int:
    """Carries out the call; gives the exit status. `failing` are the verdicts that give status 1."""
    err = terminal_of(streams.stderr, args.color)
    totals = Totals()
    status = OK
    for name in args.files:
        try:
            file = read_whole(name, stdin=streams.stdin, input_format=args.input_format, context=context)
            mended = _mended(file, judge, unsafe=args.unsafe)
            for error in mended.errors:
                err.show(str(error))
                status = UNUSABLE
            _put(args, streams, mended, totals)
        except InputError as error:
            err.show(str(error))
            status = UNUSABLE
            continue
        _say(mended, err, write=args.write)
        for _, _, one in mended.drafts:
            totals.mended += len(one.applied)
            totals.remaining += len(_counted(one.after.violations))
            if one.after.verdict in failing:
                status = max(status, FOUND)
    _sum_up(totals, err, write=args.write)
    return status


def _mended(file: WholeFile, judge: Judge, *, unsafe: bool) -> _MendedFile:
    found = _MendedFile(file, [], [])
    for number, item in enumerate(file.items):
        if isinstance(item, InputError):
            found.errors.append(item)
            continue
        found.drafts.append((number, item, mend(item.message, partial(judge, item.source), unsafe=unsafe)))
    return found


def _put(args: argparse.Namespace, streams: Streams, mended: _MendedFile, totals: Totals) -> None:
    """Writes the mended file, or shows what would change in it.

    Raises:
        InputError: it cannot be written; it is then as it was.
    """
    file = mended.file
    changes = {number: one.edits for number, _, one in mended.drafts if one.edits}
    data = file.data
    splices: list[Splice] = []
    if changes:
        wanted = {number: one.message for number, _, one in mended.drafts}
        data, splices = written_back(file, changes, wanted)
        totals.files += 1
    write = bytes_to(streams.stdout)
    if args.write and file.file == "-":
        write(data)
    elif args.write and changes:
        save(file.file, data, was=file.data)
    elif not args.write:
        diff = unified_diff(safe_text(file.name), file.data, splices)
        if streams.stdout.isatty():
            show_diff(terminal_of(streams.stdout, args.color), diff)
        else:
            for line in diff:
                write(line)


def _say(mended: _MendedFile, terminal: Terminal, *, write: bool) -> None:
    """What was mended in each message, and what remains."""
    file = mended.file
    if file.input_format == "eml" and any(one.edits for _, _, one in mended.drafts):
        for field in broken_signatures(file.data):
            terminal.show(
                f"{file.name}: note: the signature in its {field} no longer holds; the mail has to be sent anew"
            )
    for _, draft, one in mended.drafts:
        place = file.name if draft.source.line is None else f"{file.name}:{draft.source.line}"
        if one.applied:
            terminal.show(f"{place}: {'mended' if write else 'would mend'} {_names(one.applied)}")
        for line in _remaining(one):
            terminal.show(f"{place}: remains {line}")


def _remaining(one: Mended) -> Iterator[str]:
    """What is left of a message, each rule with why it is left."""
    left: dict[str, list[Violation]] = {}
    skipped = {entry.violation.fingerprint: entry.why for entry in one.skipped}
    for violation in _counted(one.after.violations):
        why = "no fix: mend it by hand"
        if violation.fingerprint in skipped:
            why = skipped[violation.fingerprint]
        elif violation.fix is not None and not violation.fix.safe:
            why = "its fix changes what is said: --unsafe"
        left.setdefault(why, []).append(violation)
    for why, violations in left.items():
        yield f"{_names(violations)} ({why})"
    if one.after.verdict == "review":
        yield "to be looked at: a rule could not judge; see `msgpolicy check`"


def _counted(violations: Iterable[Violation]) -> list[Violation]:
    """Violations that count: active, and more than told."""
    return [item for item in violations if item.status == "active" and item.severity != "info"]


def _names(violations: Iterable[Violation]) -> str:
    counts = Counter(violation.rule for violation in violations)
    return ", ".join(rule if count == 1 else f"{rule} ({count})" for rule, count in counts.items())


def _sum_up(totals: Totals, terminal: Terminal, *, write: bool) -> None:
    files = f"{totals.files} file" + ("" if totals.files == 1 else "s")
    if write:
        terminal.write(f"{totals.mended} mended in {files}, {totals.remaining} left\n")
    else:
        hint = "; --write does it" if totals.mended else ""
        terminal.write(f"{totals.mended} would be mended in {files}, {totals.remaining} left{hint}\n")
