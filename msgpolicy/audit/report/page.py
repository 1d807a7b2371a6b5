"""The page of an audit, made of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from msgpolicy._version import __version__
from msgpolicy.audit.asked import Asked
from msgpolicy.audit.decisions.loading import locked_rules
from msgpolicy.audit.report import groups as of_groups
from msgpolicy.audit.report import listings
from msgpolicy.audit.report.figures import Share, breakdowns, findings, over_time, rejected, rules, totals
from msgpolicy.audit.report.lines import decision_line
from msgpolicy.audit.report.response_times import length, response_times
from msgpolicy.audit.report.tables import Row, Tables
from msgpolicy.audit.report.texts import cut, example_rows, plain_rows
from msgpolicy.audit.report.unjudged import REASONS, unjudged
from msgpolicy.linter import Linter
from msgpolicy.report import EVERY_RULE
from msgpolicy.reporters.pages import environment, hash_of, sheet

_PACKAGE = "msgpolicy.audit.report"


def page(tables: Tables, asked: Asked, linter: Linter, notices: Sequence[str]) -> Iterator[str]:
    """The page, piece by piece. Makes the table `groups` on the way."""
    style = sheet("msgpolicy.reporters") + sheet(_PACKAGE)
    count = of_groups.make_groups(tables)
    locked = locked_rules(linter.rulesets)
    unit, times = over_time(tables)
    values = {
        "style": Markup(style),  # noqa: S704 - of ours
        "style_hash": hash_of(style),
        "asked": asked,
        "totals": totals(tables),
        **_found(findings(tables)),
        "unit": unit,
        "times": _bars(times),
        "rules": rules(tables),
        "breakdowns": [(one.title, _bars(one.shares)) for one in breakdowns(tables)],
        "response": response_times(tables, linter),
        "unjudged": unjudged(tables),
        "reasons": REASONS,
        "every_rule": EVERY_RULE,
        "rejected": rejected(tables),
        "group_count": count,
        "groups": [_group(group, locked) for group in of_groups.groups(tables)],
        "across": [_across(rule, locked) for rule in listings.across(tables)],
        "sample": [
            {**row, "rows": plain_rows(row["text"] or ""), "subject": cut(row["subject"])}
            for row in listings.passed_sample(tables)
        ],
        "decided": listings.decided(tables),
        "notices": notices,
        "receipt": _receipt(asked),
        "length": length,
        "percent": percent,
        "version": __version__,
    }
    yield from environment(_PACKAGE).get_template("page.html").generate(values)


def percent(part: int, whole: int) -> str:
    """A share as people read it; what is there is never 0 %, and what is not all never 100 %."""
    if not whole:
        return "–"
    share = 100 * part / whole
    if 0 < share < 0.1:
        return "< 0.1 %"
    if 99.9 < share < 100:
        return "> 99.9 %"
    return f"{share:.1f} %"


def _found(counts: Mapping[tuple[str, str, str], int]) -> dict[str, Any]:
    def number(**wanted: str) -> int:
        names = ("scope", "status", "severity")
        return sum(
            count
            for key, count in counts.items()
            if all(wanted.get(name, value) == value for name, value in zip(names, key, strict=True))
        )

    return {
        "active": {severity: number(status="active", severity=severity) for severity in ("error", "warning", "info")},
        "found_across": number(status="active", scope="conversation"),
        "suppressed": number(status="suppressed"),
        "baselined": number(status="baselined"),
    }


def _bars(shares: list[Share]) -> list[dict[str, Any]]:
    """Rows with a bar each: as long as the share of the largest, its pieces the verdicts."""
    largest = max((share.messages for share in shares), default=0)
    rows = []
    for share in shares:
        at = 0.0
        pieces = []
        for verdict, number in (
            ("block", share.block),
            ("review", share.review),
            ("warn", share.warn),
            ("pass", share.passed),
        ):
            width = 100 * number / largest if largest else 0.0
            if number:
                pieces.append((verdict, f"{at:.3f}", f"{width:.3f}"))
            at += width
        rows.append({**share._asdict(), "pieces": pieces})
    return rows


def _group(group: Row, locked: frozenset[str]) -> dict[str, Any]:
    example = group["example"]
    if example is not None:
        rows, numbers = example_rows(example["text"] or "", example["findings"])
        example = {**example, "subject": cut(example["subject"]), "rows": rows}
        example["findings"] = [
            {**found, "nth": numbers.get(index), "place": place_of(found), "excerpt": cut(found["excerpt"])}
            for index, found in enumerate(example["findings"])
        ]
    lines = []
    if group["templates"] == 1 and group["template"]:
        lines += [
            (f"all of {rule['rule']} in this template", decision_line(rule["rule"], template=group["template"]))
            for rule in group["rules"]
            if rule["rule"] not in locked
        ]
    lines += [
        (
            f"{wording['rule']}, {wording['findings']:,} × in this group: {cut(wording['excerpt']) or 'no excerpt'}",
            decision_line(wording["rule"], fingerprint=wording["fingerprint"]),
        )
        for wording in group["wordings"]
        if wording["rule"] not in locked
    ]
    return {
        **group,
        "example": example,
        "listed": [_message(message, locked) for message in group["listed"]],
        "left_out": group["messages"] - len(group["listed"]),
        "lines": lines,
        "locked": sorted({rule["rule"] for rule in group["rules"]} & locked),
        "parquet": parquet_of(group),
    }


def _message(message: Row, locked: frozenset[str]) -> dict[str, Any]:
    """A message with its findings, and a line for each of its rules that a decision can set aside."""
    rules = dict.fromkeys(found["rule"] for found in message["findings"])
    return {
        **message,
        "findings": [
            {**found, "place": place_of(found), "excerpt": cut(found["excerpt"])} for found in message["findings"]
        ],
        "lines": [
            decision_line(rule, file=message["file"], number=message["number"]) for rule in rules if rule not in locked
        ],
    }


def _across(rule: Row, locked: frozenset[str]) -> dict[str, Any]:
    return {
        **rule,
        "listed": [_message({**row, "findings": [row], "more": 0}, locked) for row in rule["listed"]],
        "left_out": rule["messages"] - len(rule["listed"]),
        "parquet": parquet_of(rule),
    }


def place_of(found: Row) -> str:
    """Where in its message a finding stands."""
    parts = [found["part"] or ""]
    parts += [f"{word} {found[word]}" for word in ("page", "line", "column") if found[word]]
    return ", ".join(parts)


def parquet_of(row: Row) -> str:
    """The files of the table `violations` that hold the findings."""
    if row["parquets"] == 1:
        return f"violations/{row['first_parquet']}"
    between = "and" if row["parquets"] == 2 else "to"
    return f"violations/{row['first_parquet']} {between} {row['last_parquet']}"


def _receipt(asked: Asked) -> list[tuple[str, str]]:
    shown: dict[str, Any] = {
        "Archives": ", ".join(asked.archives.paths),
        "Files and bytes": f"{asked.archives.files:,} and {asked.archives.bytes:,}",
        "Not read": ", ".join(asked.archives.not_read),
        "Engine": f"msgpolicy {asked.engine}",
        "Ruleset": f"{asked.ruleset}@{asked.version}, {asked.digest}",
        "Settings": "; ".join(f"{key}: {value}" for key, value in asked.settings.items()),
        "Policy of": f"{asked.as_of.isoformat()}" if asked.as_of else "the time at which each message was sent",
        "Time zone of times without one": asked.timezone or "",
        "Foreign columns": ", ".join(f"{name}={column}" for name, column in asked.names.items()),
        "Context": asked.context or "",
        "Suppressions": asked.suppressions or "",
        "Exceptions of the day": f"{asked.today}" if asked.today else "",
        "Strict": "yes" if asked.strict else "",
        "Redaction key": asked.key or "",
    }
    return [(name, value) for name, value in shown.items() if value]
