"""What `msgpolicy test` and `msgpolicy rules --origin` tell the author of a ruleset."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from msgpolicy.call import FOUND, OK, CallError
from msgpolicy.linter import Linter
from msgpolicy.message import Message
from msgpolicy.report import Report
from msgpolicy.reporters.display import Terminal
from msgpolicy.rules import Rule, Ruleset, RulesetError, load_ruleset, shipped_rulesets
from msgpolicy.rules.examples import ExampleResult, Judge, JudgeTogether, run_examples
from msgpolicy.rules.files import shipped_folder
from msgpolicy.rules.language import lacking, run_language, untranslated
from msgpolicy.rules.lexicons import check_vocabulary
from msgpolicy.rules.lint import lint_ruleset
from msgpolicy.rules.origins import Origins, Value, changes_to, origins_of
from msgpolicy.rules.texts import is_language

# Code points of a value that a line shows.
MAX_VALUE = 70


def judge_examples(args: argparse.Namespace, terminal: Terminal) -> int:
    """Judges the examples of a ruleset, and says what in it does nothing; gives the exit status.

    Raises:
        CallError: the ruleset cannot be used, or `--language` is no language tag.
    """
    if args.language is not None:
        return _judge_language(args.ruleset, args.language, terminal)
    try:
        ruleset = load_ruleset(args.ruleset)
        origins = origins_of(args.ruleset)
        idle = lint_ruleset(args.ruleset, lexicons=args.strict)
        results = run_examples(_judge(args.ruleset, ruleset), ruleset, _judge_together(args.ruleset, ruleset))
    except RulesetError as error:
        raise CallError(str(error)) from None
    # The words that a ruleset brings are checked when it is loaded; the shipped ones, for their length, only here.
    misspelt = check_vocabulary() if ruleset.name in shipped_rulesets() else []
    failed, changed = _told_apart(ruleset, origins, [result for result in results if not result.ok])
    for problem in misspelt:
        terminal.show(str(problem))
    for problem in idle:
        terminal.show(f"warning: {problem}")
    for result in failed:
        terminal.show(str(result))
    for result, causes in changed:
        file, _, line = result.place.rpartition(":")
        told = str(result).removeprefix(result.place)
        terminal.show(f"{_place(file, line)}{told}; changed by {', '.join(causes)}")
    for rule, place in _turned_off(ruleset, origins):
        terminal.show(f"{place}: {rule.id} is off: its {len(rule.examples)} examples are not run")
    rules = len({result.rule for result in results})
    told = f"{len(failed)} failed" if failed else "all hold"
    if changed:
        told += f", but for {len(changed)} inherited ones that {ruleset.name} changes" if not failed else ""
    skipped = sum(result.skipped for result in results)
    if skipped:
        told += f"; {skipped} not run, for an extra that is not installed"
    if idle:
        told += f"; {len(idle)} warning{'s' if len(idle) > 1 else ''}"
    terminal.write(f"{len(results)} examples of {rules} rules in {ruleset.name} {ruleset.version}: {told}\n")
    return FOUND if failed or misspelt or (idle and args.strict) else OK


def _judge_language(ref: str, language: str, terminal: Terminal) -> int:
    """Judges the shipped examples in a language, and says what the ruleset lacks in it; gives the exit status."""
    if not is_language(language):
        raise CallError(f"--language: {language!r} is not a language tag, such as en, de or pt")
    try:
        ruleset = load_ruleset(ref)
        results = run_language(_judge(ref, ruleset), ruleset, language)
    except RulesetError as error:
        raise CallError(str(error)) from None
    except msgspec.DecodeError as error:
        raise CallError(f"examples/{language}.yaml: {error}") from None
    failed = [result for result in results if not result.ok]
    missing = list(lacking(ruleset, language))
    for result in failed:
        terminal.show(str(result))
    for line in missing:
        terminal.show(line)
    if without := untranslated(ruleset, language):
        named = ", ".join(without[:3]) + (", …" if len(without) > 3 else "")
        terminal.show(f"note: {len(without)} rules explain themselves in English ({named})")
    told = f"{len(failed)} failed" if failed else "all hold"
    told += f"; missing: {len(missing) or 'nothing'}"
    terminal.write(f"{len(results)} examples in {language} for {ruleset.name} {ruleset.version}: {told}\n")
    return FOUND if failed or missing else OK


def _judge(ref: str, ruleset: Ruleset) -> Judge:
    linters: dict[tuple[bool, tuple[tuple[str, Any], ...]], Linter] = {}

    def judge(record: Mapping[str, Any], as_of: datetime | None, settings: Mapping[str, Any], template: bool) -> Report:
        key = template, tuple(sorted(settings.items()))
        if key not in linters:
            own = load_ruleset(ref, settings=settings) if settings else ruleset
            linters[key] = Linter(own, template=template)
        return linters[key].check(Message.from_dict(record), as_of=as_of)

    return judge


def _judge_together(ref: str, ruleset: Ruleset) -> JudgeTogether | None:
    """What judges examples of several messages; None where the extra `audit` is not installed."""
    if find_spec("duckdb") is None or find_spec("pyarrow") is None:
        return None
    from msgpolicy.audit.examples import judge_last

    linters: dict[tuple[tuple[str, Any], ...], Linter] = {}

    def judge(
        rule: str, records: tuple[Mapping[str, Any], ...], as_of: datetime | None, settings: Mapping[str, Any]
    ) -> Report:
        key = tuple(sorted(settings.items()))
        if key not in linters:
            own = load_ruleset(ref, settings=settings) if settings else ruleset
            linters[key] = Linter(own, draft=False, across=True)
        return judge_last(linters[key], rule, [Message.from_dict(record) for record in records], as_of)

    return judge


def _told_apart(
    ruleset: Ruleset, origins: Origins, results: Iterable[ExampleResult]
) -> tuple[list[ExampleResult], list[tuple[ExampleResult, list[str]]]]:
    """The examples that failed, and those of base rulesets that the ruleset changes, with the places of the changes."""
    failed: list[ExampleResult] = []
    changed: list[tuple[ExampleResult, list[str]]] = []
    for result in results:
        causes: list[str] = []
        if result.place.rpartition(":")[0] != origins.file:
            causes = [
                f"{_place(value.file, value.line)} ({value.key})"
                for value in changes_to(ruleset.rule(result.rule), origins)
            ]
        if causes:
            changed.append((result, causes))
        else:
            failed.append(result)
    return failed, changed


def _turned_off(ruleset: Ruleset, origins: Origins) -> Iterator[tuple[Rule, str]]:
    """Rules that the ruleset turns off, with the place where it does."""
    for rule, entry in zip(ruleset.rules, origins.rules, strict=True):
        if all(version.severity == "off" for version in rule.versions):
            value = next((value for value in entry.values if value.key == "severity"), None)
            if value is not None and value.file == origins.file:
                yield rule, _place(value.file, value.line)


def show_origins(args: argparse.Namespace, terminal: Terminal, write: Any) -> int:
    """Where every value of a ruleset comes from, on the terminal or as JSON to `write`; gives the exit status.

    Raises:
        CallError: the ruleset cannot be used.
    """
    try:
        origins = origins_of(args.ruleset)
    except RulesetError as error:
        raise CallError(str(error)) from None
    if args.format == "json":
        write(msgspec.json.format(msgspec.json.encode(origins), indent=2) + b"\n")
    else:
        terminal.show("\n".join(_origin_lines(origins)))
    return OK


def _origin_lines(origins: Origins) -> Iterator[str]:
    for rule in origins.rules:
        yield f"{rule.id}  {rule.severity}"
        is_own = all(value.file == origins.file for value in rule.values)
        yield from _value_lines(rule.values, "" if is_own else origins.file)
        yield from (f"  ! weakened: {text.partition(': ')[2]}" for text in rule.weakened)
        yield ""
    for title, values in (
        ("settings", origins.settings),
        ("concepts", origins.concepts),
        ("lists", origins.lists),
        ("covers", origins.covers),
    ):
        if values:
            yield title
            yield from _value_lines(values, "")
            yield ""
    touched = [rule for rule in origins.rules if any(value.file == origins.file for value in rule.values)]
    own = [rule for rule in touched if all(value.file == origins.file for value in rule.values)]
    changed = [rule for rule in touched if rule not in own]
    yield f"{len(origins.rules)} rules in {origins.ruleset}; * replaces a value of a base ruleset, + adds one"
    if len(own) < len(origins.rules):
        yield f"own: {', '.join(rule.id for rule in own) or 'none'}"
        yield f"changed: {', '.join(rule.id for rule in changed) or 'none'}"
        yield f"weakened: {'; '.join(origins.weakened) or 'nothing'}"


def _value_lines(values: Iterable[Value], adding: str) -> Iterator[str]:
    """A line for each value and for each that it replaced; what stands in the file `adding` is marked as added."""
    rows = [(value, _place(value.file, value.line)) for value in values]
    width = max((len(value.key) for value, _ in rows), default=0)
    places = max((len(place) for _, place in rows), default=0)
    for value, place in rows:
        mark = "*" if value.was else "+" if value.file == adding else " "
        yield f"  {mark} {value.key.ljust(width)}  {place.ljust(places)}  {_shown(value.value)}".rstrip()
        before = value.was
        while before is not None:
            place = _place(before.file, before.line).ljust(places)
            yield f"    {' ' * width}  {place}  was: {_shown(before.value)}".rstrip()
            before = before.was


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    text = " ".join(text.split())
    return text if len(text) <= MAX_VALUE else text[: MAX_VALUE - 1] + "…"


def _place(file: str, line: int | str) -> str:
    """File and line; what is shipped by its path below the folder that holds it."""
    path = Path(file)
    shipped = shipped_folder()
    if path.is_relative_to(shipped):
        return f"{path.relative_to(shipped.parent).as_posix()}:{line}"
    return f"{file}:{line}"
