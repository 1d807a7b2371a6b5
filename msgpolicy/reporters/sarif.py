"""`--format sarif`: SARIF 2.1.0, for code hosts and the viewers of editors.

Such files are uploaded: there is no text of a message in them but what a rule's own text is filled with. Results are
written as they come; what has to be known of all of them (rules, notifications) follows behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from msgpolicy._version import __version__
from msgpolicy.inputs import Draft, InputError
from msgpolicy.report import EVERY_RULE, FAILED, Excuse, Location, NotEvaluated, Receipt, Report, Source, Violation
from msgpolicy.reporters.display import ANYWHERE, safe_text
from msgpolicy.reporters.places import is_in_file, region_of, uri_of
from msgpolicy.reporters.sarif_rules import LEVELS, descriptor
from msgpolicy.reporters.spool import Spool
from msgpolicy.reporters.text import reason_of
from msgpolicy.rules import Rule, Ruleset

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HOME = "https://github.com/msgpolicy/msgpolicy"
FINGERPRINT = "msgpolicy/v1"

Write = Callable[[bytes], object]


class SarifReporter:
    """Writes one run of SARIF in UTF-8 through `write`; the file is complete even when what is between breaks off."""

    def __init__(self, write: Write, ruleset: Ruleset) -> None:
        self._write = write
        self._rules: Mapping[str, Rule] = {rule.id: rule for rule in ruleset.rules}
        self._descriptors: list[dict[str, Any]] = []
        self._index: dict[str, int] = {}
        self._receipts: dict[bytes, int] = {}
        self._verdicts: Counter[str] = Counter()
        self._lacking: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
        self._results = _Items(write)
        self._spool = Spool()
        self._notifications = _Items(self._spool.write)
        self._unusable = False

    def __enter__(self) -> SarifReporter:
        head = {"$schema": SCHEMA, "version": "2.1.0"}
        self._write(_json(head)[:-1] + b',"runs":[{"columnKind":"unicodeCodePoints","results":[')
        return self

    def __exit__(self, *exc: object) -> None:
        for (rule, why, needs), count in self._lacking.items():
            entry = NotEvaluated(rule=rule, why=why, needs=needs)  # type: ignore[arg-type]
            text = f"Not evaluated in {count} message{'s' if count > 1 else ''}: {reason_of(entry, ANYWHERE)}"
            self._notify("note", why, text, rule=rule)
        driver: dict[str, Any] = {"name": "msgpolicy", "version": __version__, "informationUri": HOME}
        successful = exc[0] is None and not self._unusable
        self._write(b'],"tool":' + _json({"driver": {**driver, "rules": self._descriptors}}))
        self._write(b',"invocations":[{"executionSuccessful":%s,' % (b"true" if successful else b"false"))
        self._write(b'"toolExecutionNotifications":[')
        self._spool.pour(self._write)
        receipts = [msgspec.Raw(receipt) for receipt in self._receipts]
        properties = {"verdicts": dict(self._verdicts), "receipts": receipts}
        self._write(b']}],"properties":' + _json(properties) + b"}]}\n")

    def report(self, draft: Draft, report: Report) -> None:
        """Writes a result for each violation, and a notification for each rule that failed to judge."""
        self._verdicts[report.verdict] += 1
        shared = {"verdict": report.verdict, **self._receipt(report.receipt)}
        if report.message_id is not None:
            shared["messageId"] = safe_text(report.message_id)
        for violation in report.violations:
            self._results.add(self._result(draft, report, violation, shared))
        for entry in report.not_evaluated:
            if entry.why in FAILED or report.verdict == "review":
                place = _physical(draft.source)
                level = "error" if entry.why in FAILED else "warning"
                self._notify(level, entry.why, f"Not evaluated: {reason_of(entry, ANYWHERE)}", place, entry.rule)
            else:
                self._lacking[entry.rule, entry.why, entry.needs] += 1

    def error(self, error: InputError) -> None:
        """Writes a notification for each reason."""
        self._unusable = True
        for trouble in error.troubles:
            line = trouble.line if trouble.line is not None else error.line
            region = {"startLine": line} if line else {}
            if line and trouble.column:
                region["startColumn"] = trouble.column
            hint = f" ({trouble.hint})" if trouble.hint else ""
            self._notify("error", "unusable-input", f"{trouble}{hint}", _physical(Source(file=error.file), region))

    def notice(self, text: str, source: Source | None) -> None:
        """Writes a notification."""
        self._notify("warning", "notice", text, _physical(source) if source else None)

    def _notify(
        self, level: str, kind: str, text: str, place: dict[str, Any] | None = None, rule: str | None = None
    ) -> None:
        entry: dict[str, Any] = {"level": level, "descriptor": {"id": kind}, "message": _message(text)}
        if rule is not None and rule != EVERY_RULE:
            entry["associatedRule"] = {"id": rule}
        if place:
            entry["locations"] = [{"physicalLocation": place}]
        self._notifications.add(entry)

    def _receipt(self, receipt: Receipt) -> dict[str, Any]:
        """What is special to a message; the rest, mostly the same for all, is written once."""
        common = msgspec.to_builtins(receipt)
        own = {"asOf": common.pop("as_of"), "assumed": common.pop("assumed")}
        index = self._receipts.setdefault(_json(common), len(self._receipts))
        return {"receipt": index, **own}

    def _result(self, draft: Draft, report: Report, violation: Violation, shared: Mapping[str, Any]) -> dict[str, Any]:
        result: dict[str, Any] = {
            "ruleId": violation.rule,
            "ruleIndex": self._rule_index(violation),
            "level": LEVELS[violation.severity],
            "message": _message(_told(violation)),
            "locations": [_location(draft, violation.location)],
            "partialFingerprints": {FINGERPRINT: violation.fingerprint},
            "properties": {"confidence": violation.confidence, **shared},
        }
        if violation.status == "suppressed":
            result["suppressions"] = [_suppression(violation.excuse)]
        if violation.status == "baselined":
            result["baselineState"] = "unchanged"
        elif report.receipt.baseline is not None:
            result["baselineState"] = "new"
        if fixes := _fixes(draft, violation):
            result["fixes"] = fixes
        return result

    def _rule_index(self, violation: Violation) -> int:
        index = self._index.get(violation.rule)
        if index is None:
            index = self._index[violation.rule] = len(self._descriptors)
            self._descriptors.append(descriptor(violation, self._rules.get(violation.rule)))
        return index


class _Items:
    """Items of a JSON list, written one by one."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._before = b""

    def add(self, item: Mapping[str, Any]) -> None:
        self._write(self._before + b"\n" + _json(item))
        self._before = b","


def _json(value: Any) -> bytes:
    return msgspec.json.encode(value)


def _message(text: str) -> dict[str, str]:
    # `[text](target)` would be shown as a link, and what stands in a message must not make one.
    return {"text": safe_text(text).replace("](", "] (")}


def _told(violation: Violation) -> str:
    text = violation.message
    return f"{text} Instead: {violation.suggestion}" if violation.suggestion else text


def _location(draft: Draft, location: Location) -> dict[str, Any]:
    """The place in the file; for a part inside a file also which part, with its own offsets."""
    out: dict[str, Any] = {}
    region: dict[str, Any] = {}
    found = region_of(draft, location)
    if found is not None and location.start is not None and location.end is not None:
        region = {
            "startLine": found.line,
            "startColumn": found.column,
            "endLine": found.end_line,
            "endColumn": found.end_column,
            "charOffset": location.start,
            "charLength": location.end - location.start,
        }
    # A part inside a file has the line where the message starts; viewers want a line in any case.
    place = _physical(draft.source, region or {"startLine": draft.source.line or 1})
    if place:
        out["physicalLocation"] = place
    if not (region and place):
        own = {
            name: value
            for name in ("start", "end", "line", "column", "page")
            if (value := getattr(location, name)) is not None
        }
        part: dict[str, Any] = {"name": safe_text(location.part), "kind": "part", "properties": own}
        if location.selector:
            part["fullyQualifiedName"] = safe_text(f"{location.part} {location.selector}")
        out["logicalLocations"] = [part]
    return out


def _physical(source: Source, region: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A file and the stretch in it, or the line of its record; nothing for standard input."""
    uri = uri_of(source.file)
    if uri is None:
        return {}
    if not region and source.line is not None:
        region = {"startLine": source.line}
    return {"artifactLocation": {"uri": uri}, **({"region": region} if region else {})}


def _suppression(excuse: Excuse | None) -> dict[str, Any]:
    out: dict[str, Any] = {"kind": "external", "status": "accepted"}
    if excuse is not None and excuse.reason:
        out["justification"] = excuse.reason
    if excuse is not None:
        properties = {"source": excuse.source, "author": excuse.author, "ticket": excuse.ticket, "until": excuse.until}
        out["properties"] = {name: value for name, value in properties.items() if value is not None}
    return out


def _fixes(draft: Draft, violation: Violation) -> list[dict[str, Any]]:
    """The fix, where all its edits are in the file itself."""
    fix = violation.fix
    uri = uri_of(draft.source.file)
    if fix is None or uri is None or not fix.edits:
        return []
    if not all(is_in_file(draft, Location(part=edit.part, start=edit.start, end=edit.end)) for edit in fix.edits):
        return []
    replacements = [
        {
            "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
            "insertedContent": {"text": edit.replacement},
        }
        for edit in fix.edits
    ]
    text = violation.suggestion or violation.message
    if not fix.safe:
        text = f"Changes what is said: {text}"
    change = {"artifactLocation": {"uri": uri}, "replacements": replacements}
    return [{"description": _message(text), "artifactChanges": [change]}]
