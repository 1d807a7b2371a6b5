"""Recall and precision of the rules on labelled messages: `python -m benchmarks.accuracy`.

Prints a table per rule, per kind of message and per language. It names failing messages by id only (`--ids`), because
the measuring set is not to be read by those who write rules.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from msgpolicy.linter import Linter
from msgpolicy.message import Message
from msgpolicy.rules import load_ruleset

FOLDER = Path(__file__).parent
# The groups that the labels cover; the rest of a verdict depends on facts that the messages do not carry.
GROUPS = ("content", "purpose")
DIVERSION = "off-platform-diversion"
# Stylistic warnings of these groups that nobody labelled.
UNLABELLED = frozenset({"discourteous-tone", "unclear-link-text", "unresolved-placeholder", "product-link"})


class Case(NamedTuple):
    """One labelled message: which of the labelled rules it breaks, and what kind of message it is."""

    id: str
    language: str
    kind: str
    record: dict[str, object]
    groups: frozenset[str]
    expect: frozenset[str]


class Outcome(NamedTuple):
    case: Case
    found: frozenset[str]


class Tally(NamedTuple):
    """Sums over some messages: labels that were found, labels, findings, clean messages, and those flagged."""

    hits: int
    wanted: int
    given: int
    clean: int
    flagged: int


def cases(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            data = json.loads(line)
            yield Case(
                data["id"],
                data.get("lang", path.stem),
                data.get("kind", ""),
                data["record"],
                frozenset(data.get("groups", GROUPS)),
                frozenset(data["expect"]),
            )


def judge(labelled: Iterable[Case], ruleset: str) -> list[Outcome]:
    linter = Linter(ruleset)
    groups = {rule.id: rule.group for rule in load_ruleset(ruleset).rules if rule.id not in UNLABELLED}
    outcomes = []
    for case in labelled:
        report = linter.check(Message.from_dict(case.record))
        found = {v.rule for v in report.violations if v.severity != "info" and groups.get(v.rule) in case.groups}
        outcomes.append(Outcome(case, frozenset(found)))
    return outcomes


def ratio(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def tally(outcomes: Iterable[Outcome]) -> Tally:
    listed = list(outcomes)
    clean = [outcome for outcome in listed if not outcome.case.expect]
    return Tally(
        sum(len(o.case.expect & o.found) for o in listed),
        sum(len(o.case.expect) for o in listed),
        sum(len(o.found) for o in listed),
        len(clean),
        sum(bool(o.found) for o in clean),
    )


def by_rule(outcomes: list[Outcome]) -> str:
    """Recall and precision of each rule, in Markdown."""
    hit, missed, wrong = Counter[str](), Counter[str](), Counter[str]()
    for case, found in outcomes:
        hit.update(case.expect & found)
        missed.update(case.expect - found)
        wrong.update(found - case.expect)
    lines = ["| rule | messages | recall | precision |", "|---|---|---|---|"]
    for rule in sorted({*hit, *missed, *wrong}):
        wanted = hit[rule] + missed[rule]
        lines.append(
            f"| {rule} | {wanted} | {ratio(hit[rule], wanted)} | {ratio(hit[rule], hit[rule] + wrong[rule])} |"
        )
    return "\n".join(lines)


def by_part(outcomes: list[Outcome], heading: str, part_of: Callable[[Case], str]) -> str:
    """The same over all rules, for each part of the messages (a language, a kind), in Markdown.

    Whether words invite the buyer elsewhere is one question, whether the contact in them is found another: the column
    without DIVERSION is about the second alone.
    """
    parts: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        parts.setdefault(part_of(outcome.case), []).append(outcome)
    lines = [
        f"| {heading} | messages | recall | without {DIVERSION} | precision | clean messages flagged |",
        "|---|---|---|---|---|---|",
    ]
    for name, listed in [*sorted(parts.items()), ("all", outcomes)]:
        sums = tally(listed)
        others = [o.case.expect - {DIVERSION} for o in listed]
        found = sum(len(o.found & expected) for o, expected in zip(listed, others, strict=True))
        flagged = f"{sums.flagged} of {sums.clean}" if sums.clean else "-"
        lines.append(
            f"| {name} | {len(listed)} | {ratio(sums.hits, sums.wanted)} | {ratio(found, sum(map(len, others)))} "
            f"| {ratio(sums.hits, sums.given)} | {flagged} |"
        )
    return "\n".join(lines)


def table(outcomes: list[Outcome]) -> str:
    """Recall and precision per rule, per kind of message where there are several, and per language, in Markdown."""
    tables = [by_rule(outcomes)]
    if any(outcome.case.kind for outcome in outcomes):
        tables.append(by_part(outcomes, "kind of message", lambda case: case.kind))
    tables.append(by_part(outcomes, "language", lambda case: case.language))
    return "\n\n".join(tables)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--set", default="measure", help="folder of labelled messages (default: measure)")
    parser.add_argument("--ruleset", default="amazon")
    parser.add_argument("--language", help="only messages in this language, e.g. nl or hi-Latn (default: all)")
    parser.add_argument("--ids", action="store_true", help="name the messages that were judged otherwise, by id")
    args = parser.parse_args()
    wanted = [
        case for case in cases(FOLDER / args.set) if args.language in (None, case.language, case.language.split("-")[0])
    ]
    if not wanted:
        parser.error(f"no messages of that language in {args.set}")
    outcomes = judge(wanted, args.ruleset)
    print(table(outcomes))
    if args.ids:
        for case, found in outcomes:
            for rule in sorted(case.expect ^ found):
                print(f"{case.id}: {'missed' if rule in case.expect else 'false alarm'} {rule}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
