"""Recall and precision of the content and purpose rules on labelled messages: `python -m benchmarks.accuracy`.

Prints a table per rule and per language. It names failing messages by id only (`--ids`), because the measuring set is
not to be read by those who write rules.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from msgpolicy.linter import Linter
from msgpolicy.message import Message
from msgpolicy.rules import load_ruleset

FOLDER = Path(__file__).parent
# The groups that the labels cover; the rest of a verdict depends on facts that the messages do not carry.
GROUPS = ("content", "purpose")
# Stylistic warnings of these groups that nobody labelled.
UNLABELLED = frozenset({"discourteous-tone", "unclear-link-text", "unresolved-placeholder", "product-link"})


class Case(NamedTuple):
    """One labelled message: which of the labelled rules it breaks."""

    id: str
    language: str
    record: dict[str, object]
    expect: frozenset[str]


class Outcome(NamedTuple):
    case: Case
    found: frozenset[str]


def cases(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            data = json.loads(line)
            yield Case(data["id"], path.stem, data["record"], frozenset(data["expect"]))


def judge(labelled: Iterable[Case], ruleset: str) -> list[Outcome]:
    linter = Linter(ruleset)
    rules = {rule.id for rule in load_ruleset(ruleset).rules if rule.group in GROUPS} - UNLABELLED
    outcomes = []
    for case in labelled:
        report = linter.check(Message.from_dict(case.record))
        outcomes.append(Outcome(case, frozenset(v.rule for v in report.violations if v.severity != "info") & rules))
    return outcomes


def ratio(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def table(outcomes: list[Outcome]) -> str:
    """Recall and precision per rule, then per language, in Markdown."""
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
    lines += ["", "| language | messages | recall | precision | clean messages flagged |", "|---|---|---|---|---|"]
    languages = sorted({outcome.case.language for outcome in outcomes})
    for language in [*languages, "all"]:
        of_language = [o for o in outcomes if language in (o.case.language, "all")]
        hits = sum(len(o.case.expect & o.found) for o in of_language)
        wanted = sum(len(o.case.expect) for o in of_language)
        given = sum(len(o.found) for o in of_language)
        clean = [o for o in of_language if not o.case.expect]
        flagged = sum(bool(o.found) for o in clean)
        lines.append(
            f"| {language} | {len(of_language)} | {ratio(hits, wanted)} | {ratio(hits, given)} "
            f"| {flagged} of {len(clean)} |"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--set", default="measure", help="folder of labelled messages (default: measure)")
    parser.add_argument("--ruleset", default="amazon")
    parser.add_argument("--ids", action="store_true", help="name the messages that were judged otherwise, by id")
    args = parser.parse_args()
    outcomes = judge(cases(FOLDER / args.set), args.ruleset)
    print(table(outcomes))
    if args.ids:
        for case, found in outcomes:
            for rule in sorted(case.expect ^ found):
                print(f"{case.id}: {'missed' if rule in case.expect else 'false alarm'} {rule}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
