"""What a call of the command may say: its commands, and their options."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NoReturn

from msgpolicy import audit_command, diff_command, help_texts, milter_command, serve_command, smtp_command
from msgpolicy._version import __version__
from msgpolicy.call import CallError, language, point_in_time
from msgpolicy.reporters.formats import FORMATS

if TYPE_CHECKING:
    from datetime import date


class _Parser(argparse.ArgumentParser):
    """Says what is wrong and where help is, instead of printing the whole usage."""

    def error(self, message: str) -> NoReturn:
        raise CallError(f"{self.prog}: {message} (see {self.prog} --help)")


def parse(argv: list[str]) -> argparse.Namespace:
    """The call that these arguments mean.

    Raises:
        CallError: they do not mean one.
    """
    parser, commands = parsers(argv[0] if argv else None)
    if not argv:
        raise CallError(f"{parser.format_help()}\nmsgpolicy: say which command")
    if not argv[0].startswith("-") and argv[0] not in commands:
        hint = f"to judge a file: msgpolicy check {argv[0]}" if os.path.exists(argv[0]) else _close(argv[0], commands)
        raise CallError(f"msgpolicy: there is no command {argv[0]!r} ({hint or 'see msgpolicy --help'})")
    args, unknown = parser.parse_known_args(argv)
    if unknown:
        command = commands.get(argv[0], parser)
        if unknown[0].startswith("-"):
            hint = _close(unknown[0].split("=")[0], re.findall(r"--[a-z-]+", command.format_help()))
        else:  # behind an option that has its value
            hint = "an option takes one value, and is said again for another; files stand together"
        raise CallError(f"{command.prog}: {unknown[0]!r} is not understood ({hint or f'see {command.prog} --help'})")
    return args


def _close(name: str, valid: Iterable[str]) -> str:
    import difflib

    close = difflib.get_close_matches(name, list(valid), n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else ""


def parsers(called: str | None = None) -> tuple[_Parser, dict[str, argparse.ArgumentParser]]:
    """The parser of the whole call, and those of the commands by name; where one is called, it alone has arguments."""
    shape = argparse.RawDescriptionHelpFormatter
    parser = _Parser(
        prog="msgpolicy",
        description="The linter for what a marketplace seller may write to a buyer.",
        epilog=help_texts.OVERVIEW,
        formatter_class=shape,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"msgpolicy {__version__}")
    adder = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    commands: dict[str, argparse.ArgumentParser] = {}
    for name, (help, epilog, add_arguments) in _COMMANDS.items():
        text = help[:1].upper() + help[1:] + "."
        commands[name] = adder.add_parser(
            name, help=help, description=text, epilog=epilog, formatter_class=shape, allow_abbrev=False
        )
        if called == name or called not in _COMMANDS:
            add_arguments(commands[name])
    return parser, commands


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="what to judge; - is standard input")
    _add_outputs(parser)
    _add_ruleset(parser)
    _add_judging(parser)
    exceptions = _add_exceptions(parser)
    exceptions.add_argument("--update-baseline", action="store_true", help="writes what is found now to the baseline")
    exceptions.add_argument(
        "--show-suppressed", action="store_true", help="the text shows what is excused too, and why"
    )


def _add_fix(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="what to mend; - is standard input")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--diff", action="store_true", help="show what would change, and change nothing (the default)")
    how.add_argument("--write", action="store_true", help="change the files; standard input goes to standard output")
    parser.add_argument("--unsafe", action="store_true", help="apply fixes that change what is said, too")
    _add_ruleset(parser)
    _add_judging(parser)
    _add_exceptions(parser)
    parser.set_defaults(update_baseline=False)


def _add_audit(parser: argparse.ArgumentParser) -> None:
    audit_command.add_arguments(parser)
    _add_ruleset(parser)
    _add_policy(parser)
    _add_suppressions(parser)


def _add_serve(parser: argparse.ArgumentParser) -> None:
    serve_command.add_arguments(parser)
    _add_ruleset(parser)
    parser.add_argument("--lang", metavar="xx", type=_read_by(language), help="language of the messages (en)")
    parser.set_defaults(ruleset=None)


def _add_diff(parser: argparse.ArgumentParser) -> None:
    diff_command.add_arguments(parser, _read_by(point_in_time), _read_by(language))
    _add_suppressions(parser)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", metavar="RULE", help="its id, or an old name of it")
    parser.add_argument("--message", metavar="FILE", help="a message to try the rule on, condition by condition")
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help="of the output (text)")
    _add_ruleset(parser)
    _add_judging(parser)


def _add_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ruleset", metavar="RULESET", nargs="?", default="amazon", help="name or path (amazon)")
    parser.add_argument("--origin", action="store_true", help="where every value comes from, and what it replaces")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="of the output (text)")
    parser.add_argument(
        "--lang",
        metavar="xx",
        type=_read_by(language),
        default="en",
        help="language of the messages: en, de, fr, es, pl, zh, ar or th (en)",
    )


def _add_test(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ruleset", metavar="RULESET", help="name or path")
    parser.add_argument(
        "--strict", action="store_true", help="warnings give exit status 1; of a shipped ruleset also the lexicons"
    )
    parser.add_argument(
        "--language", metavar="XX", help="judge the shipped examples in this language, and say what it lacks"
    )


def _add_schema(parser: argparse.ArgumentParser) -> None:
    kinds = ("message", "report", "ruleset", "suppressions")
    parser.add_argument("name", metavar="|".join(kinds), choices=kinds)


def _add_outputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=tuple(FORMATS), help="of standard output (text)")
    parser.add_argument(
        "--output",
        metavar="FORMAT:FILE",
        action="append",
        type=_output,
        default=[],
        help="writes a file as well, in any of the formats; may be given several times; - is standard output",
    )
    parser.add_argument(
        "--no-redact",
        dest="redact",
        action="store_false",
        help="shows private values in the formats that mask them: sarif, junit, github, html",
    )
    parser.add_argument(
        "--stats",
        action="store_true",
        help="counts and the time of each rule, in the end, on standard error (judging takes longer)",
    )


def _add_exceptions(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    group = parser.add_argument_group("exceptions", "what was found all the same is in the reports, with its excuse")
    _add_suppressions(group)
    group.add_argument("--baseline", metavar="FILE", help="findings that are known (JSON): only new ones count")
    return group


def _add_suppressions(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--suppressions", metavar="FILE", help="exceptions (YAML), each with a reason, an author, an end"
    )
    parser.add_argument(
        "--today", metavar="DATE", type=_day, help="asks which exceptions are in force on this day (UTC)"
    )


def _add_ruleset(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ruleset", metavar="NAME|PATH", default="amazon", help="the rules to judge by (amazon)")
    parser.add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        type=_setting,
        default=[],
        help="a setting of the ruleset; may be given several times",
    )


def _add_judging(parser: argparse.ArgumentParser) -> None:
    formats = ("eml", "json", "jsonl", "text", "html")
    parser.add_argument("--input-format", choices=formats, help="what each FILE holds, whatever its name is")
    parser.add_argument("--context", metavar="FILE", help="facts that the messages do not carry (.json, .jsonl, .csv)")
    _add_policy(parser)
    parser.add_argument(
        "--template", action="store_true", help="the files are templates: {{placeholders}} are filled in later"
    )
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="auto: on a terminal, unless NO_COLOR is set",
    )


def _add_policy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-of", metavar="DATE", type=_read_by(point_in_time), help="judge by the policy of this day or RFC 3339 time"
    )
    parser.add_argument(
        "--lang",
        metavar="xx",
        type=_read_by(language),
        default="en",
        help="language of the messages: en, de, fr, es, pl, zh, ar or th (en)",
    )
    parser.add_argument("--strict", action="store_true", help="a rule that lacks a fact makes the verdict `review`")
    parser.add_argument(
        "--fail-on", choices=("error", "warning"), default="error", help="what gives exit status 1 (error)"
    )


def _setting(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    return key.strip(), value


def _output(text: str) -> tuple[str, str]:
    form, colon, file = text.partition(":")
    if not colon or form not in FORMATS:
        example = f"{text}:FILE" if text in FORMATS else f"{next(iter(FORMATS))}:{text}"
        hint = _close(form, FORMATS) if colon else f"such as {example}"
        raise argparse.ArgumentTypeError(
            f"{text!r} is not FORMAT:FILE with one of the formats {', '.join(FORMATS)}{f' ({hint})' if hint else ''}"
        )
    if not file:
        raise argparse.ArgumentTypeError(f"{text!r} names no file (- is standard output)")
    return form, file


def _day(text: str) -> date:
    from datetime import date

    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not in the calendar: {error}") from None
    raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-11-01")


def _read_by(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """For arguments: argparse shows the text of its own kind of error only."""

    def read_argument(text: str) -> Any:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read_argument


# Of each command: what it does, what is told below its options, and its arguments.
_COMMANDS: dict[str, tuple[str, str, Callable[[argparse.ArgumentParser], None]]] = {
    "check": ("judge drafts before they are sent", help_texts.CHECK, _add_check),
    "fix": ("mend what has a fix, and say what remains", help_texts.FIX, _add_fix),
    "audit": ("judge archives of any size, with tables and a summary", audit_command.HELP, _add_audit),
    "serve": ("answer over HTTP, with a page to write drafts on", serve_command.HELP, _add_serve),
    "diff": ("tell which verdicts change between two rulesets, dates or audits", diff_command.HELP, _add_diff),
    "explain": ("tell what a rule asks for, why, and why it does or does not fire", help_texts.EXPLAIN, _add_explain),
    "rules": ("list the rules of a ruleset", help_texts.RULES, _add_rules),
    "test": ("judge the examples inside a ruleset", help_texts.TEST, _add_test),
    "smtp": ("stand before a mail server, and judge what goes through", smtp_command.HELP, smtp_command.add_arguments),
    "milter": ("be asked by Postfix or Sendmail of each mail", milter_command.HELP, milter_command.add_arguments),
    "schema": ("print the JSON Schema of a record or of rulesets", help_texts.SCHEMA, _add_schema),
}
