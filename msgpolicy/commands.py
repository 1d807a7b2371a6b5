"""What each command does, given its parsed arguments; the work itself is the library's."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import msgspec

from msgpolicy.call import FOUND, OK, UNUSABLE, CallError, Streams
from msgpolicy.excusing import Excusing
from msgpolicy.inputs import Context, InputError, load_context, read_drafts
from msgpolicy.linter import Linter
from msgpolicy.message import Message
from msgpolicy.report import Report, Source, verdict_of
from msgpolicy.reporters import Reporter
from msgpolicy.reporters.display import Terminal, terminal_of
from msgpolicy.reporters.formats import STDOUT, Run, Wanted, bytes_to
from msgpolicy.reporters.outputs import Outputs
from msgpolicy.reporters.statistics import Statistics
from msgpolicy.reporters.text import TextReporter
from msgpolicy.rules import Ruleset, RulesetError, load_ruleset
from msgpolicy.schemas import record_schema
from msgpolicy.suppressions import Notice

if TYPE_CHECKING:  # what only some commands need is imported where they do it
    from msgpolicy.explain import Section

# Notes about exceptions that one run says.
_MAX_NOTICES = 50


def run(args: argparse.Namespace, streams: Streams) -> int:
    """Carries out the call; gives the exit status."""
    try:
        return _COMMANDS[args.command](args, streams)
    except CallError as error:
        streams.stdout.flush()
        terminal_of(streams.stderr).show(str(error))
        return UNUSABLE


def _check(args: argparse.Namespace, streams: Streams) -> int:
    context = _context(args)
    today = args.today or datetime.now(UTC).date()
    linter = _linter(args, suppressions=args.suppressions, today=today)
    excusing = _excusing(args, linter, today)
    failing = _failing(args)
    status = OK
    drafts = read_drafts(args.files, stdin=streams.stdin, input_format=args.input_format, context=context)
    statistics = Statistics()
    costs = statistics.costs if args.stats else None
    with _outputs(args, streams, linter) as reporter:
        for draft in drafts:
            if isinstance(draft, InputError):
                reporter.error(draft)
                excusing.failed(draft.file)
                statistics.error(draft)
                status = UNUSABLE
                continue
            report = linter.check(draft.message, as_of=args.as_of, source=draft.source, costs=costs)
            report = excusing.apply(report)
            reporter.report(draft, report)
            statistics.report(report)
            if report.verdict in failing:
                status = max(status, FOUND)
        if context is not None and context.keyed and not context.matched:
            reporter.notice("no message has an id or order id that it knows", Source(file=context.file))
        _say(excusing.notices(), reporter)
    try:
        excusing.save()
    except OSError as error:
        raise CallError(f"msgpolicy check: {args.baseline} cannot be written: {error.strerror}") from None
    if args.stats:
        streams.stdout.flush()
        statistics.write(terminal_of(streams.stderr))
    return max(status, reporter.status)


def _fix(args: argparse.Namespace, streams: Streams) -> int:
    from msgpolicy.fix_command import fix_files

    today = args.today or datetime.now(UTC).date()
    linter = _linter(args, suppressions=args.suppressions, today=today)
    excusing = _excusing(args, linter, today)

    def judge(source: Source, message: Message) -> Report:
        return excusing.apply(linter.check(message, as_of=args.as_of, source=source))

    return fix_files(args, streams, judge, _context(args), _failing(args))


def _audit(args: argparse.Namespace, streams: Streams) -> int:
    from msgpolicy.audit_command import run_audit

    return run_audit(args, streams)


def _serve(args: argparse.Namespace, streams: Streams) -> int:
    from msgpolicy.serve_command import run_serve

    return run_serve(args, streams)


def _smtp(args: argparse.Namespace, streams: Streams) -> int:
    from msgpolicy.smtp_command import run_smtp

    return run_smtp(args, streams)


def _milter(args: argparse.Namespace, streams: Streams) -> int:
    from msgpolicy.milter_command import run_milter

    return run_milter(args, streams)


def _diff(args: argparse.Namespace, streams: Streams) -> int:
    from msgpolicy.diff_command import run_diff

    return run_diff(args, streams)


def _excusing(args: argparse.Namespace, linter: Linter, today: date) -> Excusing:
    if args.update_baseline and args.baseline is None:
        raise CallError("msgpolicy check: --update-baseline needs to know which file: add --baseline FILE")
    try:
        return Excusing(linter, today, args.baseline, update=args.update_baseline)
    except InputError as error:
        raise CallError(str(error)) from None


def _say(notices: Iterable[Notice], reporter: Reporter) -> None:
    """Hands notices on; of very many the rest is counted."""
    said = 0
    for notice in notices:
        said += 1
        if said <= _MAX_NOTICES:
            reporter.notice(notice.text, notice.source)
    if said > _MAX_NOTICES:
        reporter.notice(f"and {said - _MAX_NOTICES} more of such notes", None)


def _failing(args: argparse.Namespace) -> frozenset[str]:
    """The verdicts that give exit status 1."""
    return frozenset({"block", "review"} | ({"warn"} if args.fail_on == "warning" else set()))


def _context(args: argparse.Namespace) -> Context | None:
    if args.context is None:
        return None
    try:
        return load_context(args.context)
    except InputError as error:
        raise CallError(str(error)) from None


def _linter(args: argparse.Namespace, *, suppressions: str | None = None, today: date | None = None) -> Linter:
    try:
        return Linter(
            args.ruleset,
            settings=dict(args.set),
            lang=args.lang,
            strict=args.strict,
            suppressions=suppressions,
            today=today,
            template=args.template,
        )
    except RulesetError as error:
        raise CallError(str(error)) from None


def _outputs(args: argparse.Namespace, streams: Streams, linter: Linter) -> Outputs:
    wanted = [Wanted(*pair) for pair in args.output]
    if args.format or all(item.file != STDOUT for item in wanted):
        wanted.insert(0, Wanted(args.format or "text", STDOUT))
    run = Run(
        linter.ruleset,
        _failing(args),
        args.color,
        prompt="-" in args.files,
        redact=args.redact,
        excused=args.show_suppressed,
    )
    read = [file for file in (args.context, args.suppressions, args.baseline) if file]
    return Outputs(wanted, streams, run, inputs=[*args.files, *read, *(path for path, _ in linter.ruleset.files)])


def _explain(args: argparse.Namespace, streams: Streams) -> int:
    from msgpolicy.explain import judgements, message_page, rule_page

    context = _context(args)
    linter = _linter(args)
    try:
        rule = linter.ruleset.rule(args.rule)
    except LookupError as error:
        raise CallError(f"msgpolicy explain: {error.args[0]}") from None
    terminal = terminal_of(streams.stdout, args.color)
    if args.message is None:
        _show(rule_page(linter.ruleset, rule, as_of=args.as_of, lang=args.lang), args, terminal)
        return OK
    status = OK
    reporter = TextReporter(terminal, terminal_of(streams.stderr, args.color))
    for draft in read_drafts([args.message], stdin=streams.stdin, input_format=args.input_format, context=context):
        if isinstance(draft, InputError):
            reporter.error(draft)
            status = UNUSABLE
            continue
        report = linter.check(draft.message, as_of=args.as_of, source=draft.source)
        steps = linter.trace(draft.message, rule.id, as_of=args.as_of)
        _show(message_page(linter.ruleset, rule, draft, report, steps, terminal), args, terminal)
        violations, not_evaluated = judgements(report, rule)
        for violation in violations:
            terminal.write("\n".join([*reporter.violation(draft, violation), "", ""]))
        if verdict_of(tuple(violations), tuple(not_evaluated), strict=args.strict) in _failing(args):
            status = max(status, FOUND)
    return status


def _show(page: list[Section], args: argparse.Namespace, terminal: Terminal) -> None:
    from msgpolicy.explain import as_markdown, as_text

    if args.format == "markdown":
        terminal.show(as_markdown(page))
    else:
        terminal.write(as_text(page, terminal) + "\n")


def _rules(args: argparse.Namespace, streams: Streams) -> int:
    if args.origin:
        from msgpolicy.authoring import show_origins

        return show_origins(args, terminal_of(streams.stdout), bytes_to(streams.stdout))
    from msgpolicy.explain import text_in

    ruleset = _ruleset(args.ruleset)
    rows = [
        {
            "id": rule.id,
            "severity": rule.newest.severity,
            "group": rule.group,
            "aliases": rule.aliases,
            "scopes": rule.scopes,
            "check": rule.check,
            "message": " ".join(text_in(rule.newest.message, args.lang).split()),
        }
        for rule in ruleset.rules
    ]
    if args.format == "json":
        bytes_to(streams.stdout)(msgspec.json.format(msgspec.json.encode(rows), indent=2) + b"\n")
        return OK
    terminal = terminal_of(streams.stdout)
    across = {rule.id: " *" for rule in ruleset.rules if "conversation" in rule.scopes}
    cells = [
        [terminal.safe(f"{row['id']}{across.get(str(row['id']), '')}")]
        + [terminal.safe(str(row[key])) for key in ("severity", "group", "message")]
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)][:3]
    for *short, message in cells:
        padded = [cell.ljust(width) for cell, width in zip(short, widths, strict=True)]
        terminal.write("  ".join([*padded, message]) + "\n")
    if across:
        terminal.write("* in an archive judged over all its messages (msgpolicy audit)\n")
    terminal.write(f"{len(rows)} rules in {ruleset.name} {ruleset.version}; for one: msgpolicy explain RULE\n")
    return OK


def _test(args: argparse.Namespace, streams: Streams) -> int:
    from msgpolicy.authoring import judge_examples

    return judge_examples(args, terminal_of(streams.stdout))


def _schema(args: argparse.Namespace, streams: Streams) -> int:
    schema = msgspec.json.encode(record_schema(args.name))
    bytes_to(streams.stdout)(msgspec.json.format(schema, indent=2) + b"\n")
    return OK


def _ruleset(ref: str) -> Ruleset:
    try:
        return load_ruleset(ref)
    except RulesetError as error:
        raise CallError(str(error)) from None


_COMMANDS: dict[str, Callable[[argparse.Namespace, Streams], int]] = {
    "check": _check,
    "fix": _fix,
    "audit": _audit,
    "serve": _serve,
    "smtp": _smtp,
    "milter": _milter,
    "diff": _diff,
    "explain": _explain,
    "rules": _rules,
    "test": _test,
    "schema": _schema,
}
