"""The report record: verdict, violations with their places, what could not be judged and why, signals, receipt.

Reports are immutable values; the linter makes them, reporters and hooks read them. Names follow docs/contract.md.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from msgpolicy.typed import FrozenDict, freeze

if TYPE_CHECKING:
    from msgpolicy.message import Message

__all__ = [
    "Edit",
    "Excuse",
    "Fix",
    "Location",
    "NotEvaluated",
    "Policy",
    "Receipt",
    "Report",
    "Signals",
    "UsedFile",
    "Violation",
]

Severity = Literal["error", "warning", "info"]
Verdict = Literal["block", "review", "warn", "pass"]
Why = Literal["missing", "not-installed", "undetermined", "not-covered", "timeout", "crash", "unreadable", "too-large"]
Status = Literal["active", "suppressed", "baselined"]

# Instead of a rule's id: every rule, where a whole message, or a whole part of it, is not judged.
EVERY_RULE = "*"

# A rule that failed to judge always needs a person; a missing fact only with `--strict`.
FAILED: frozenset[str] = frozenset({"timeout", "crash", "unreadable", "too-large"})


class _Value(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a report; mappings inside are frozen too."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            item = getattr(self, name)
            if isinstance(item, dict | list) and not isinstance(item, FrozenDict):
                msgspec.structs.force_setattr(self, name, freeze(item))


class Location(_Value, frozen=True, kw_only=True):
    """Where a violation stands. Offsets are code points of the part as given; lines and columns count from 1.

    `part` is `subject`, `text`, `html`, `attachments[N]` or the path of a field; `selector` is a CSS path (HTML only),
    `page` counts from 1 (attachments only). Something that is absent has no offsets.
    """

    part: str
    start: int | None = None
    end: int | None = None
    line: int | None = None
    column: int | None = None
    selector: str | None = None
    page: int | None = None


class Policy(_Value, frozen=True, kw_only=True):
    """The published policy behind a rule: title, site, when it was seen, how sure the reading is."""

    title: str
    site: str
    url: str | None = None
    seen: str | None = None
    confidence: Literal["high", "medium", "low"] = "high"


class Edit(_Value, frozen=True, kw_only=True):
    """Replace part[start:end] (code points) by `replacement`."""

    part: str
    start: int
    end: int
    replacement: str


class Fix(_Value, frozen=True, kw_only=True):
    """Edits that mend a violation; `safe` when they do not change what is said."""

    safe: bool
    edits: tuple[Edit, ...]


class Excuse(_Value, frozen=True, kw_only=True):
    """What a file of exceptions says of a violation: an entry of the suppressions, or that the baseline knows it.

    `source` is the file, with the line of the entry (`exceptions.yaml:12`). An entry that has `ended` excuses nothing:
    it tells why the violation counts again. `until` is the first day (UTC) on which it no longer counts.
    """

    kind: Literal["suppression", "baseline"]
    source: str
    reason: str | None = None
    author: str | None = None
    until: date | None = None
    ticket: str | None = None
    ended: bool = False


class Violation(_Value, frozen=True, kw_only=True):
    """One place where a message breaks one rule. `excuse` says why it is not active, or why it is again."""

    rule: str
    severity: Severity
    confidence: float
    message: str
    location: Location
    policy: Policy
    fingerprint: str
    suggestion: str | None = None
    params: dict[str, Any] = msgspec.field(default_factory=FrozenDict)
    excerpt: str | None = None
    evidence: dict[str, Any] = msgspec.field(default_factory=FrozenDict)
    fix: Fix | None = None
    status: Status = "active"
    excuse: Excuse | None = None


class NotEvaluated(_Value, frozen=True, kw_only=True):
    """A rule that gave no judgement, the fields it needs, and why."""

    rule: str
    why: Why
    needs: tuple[str, ...] = ()
    detail: str | None = None


class UsedFile(_Value, frozen=True, kw_only=True):
    """A file of exceptions that a verdict depends on. `day` is the one (UTC) on which its entries had to be in force.

    Of a baseline that is being written by the same run there is no `digest` yet.
    """

    file: str
    digest: str | None = None
    day: date | None = None


class Receipt(_Value, frozen=True, kw_only=True):
    """What is needed to repeat the judgement: ruleset, engine, point in time, assumptions, settings, data, exceptions.

    With `strict`, anything that was not evaluated made the verdict `review`.
    """

    ruleset: str
    version: str
    digest: str
    engine: str
    as_of: datetime | None = None
    assumed: tuple[str, ...] = ()
    settings: dict[str, Any] = msgspec.field(default_factory=FrozenDict)
    weakened: tuple[str, ...] = ()
    data: dict[str, str] = msgspec.field(default_factory=FrozenDict)
    strict: bool = False
    suppressions: UsedFile | None = None
    baseline: UsedFile | None = None


class Signals(_Value, frozen=True, kw_only=True):
    """What rules across messages need to know of this one, so that bodies are read once.

    None: not known, because no rule that applies had to read for it. `template` is equal for messages made from one
    template; `text` is the fingerprint of exactly this subject, text, HTML and these attachments.
    """

    review_request: bool | None = None
    stop_request: bool | None = None
    template: str | None = None
    text: str | None = None


class Source(_Value, frozen=True, kw_only=True):
    """Where the message came from: file, and line of a JSONL file (from 1)."""

    file: str | None = None
    line: int | None = None


class Report(_Value, frozen=True, kw_only=True):
    """The judgement of one message under one ruleset."""

    schema: Literal[1] = 1
    message_id: str | None = None
    verdict: Verdict
    receipt: Receipt
    violations: tuple[Violation, ...] = ()
    signals: Signals = Signals()
    not_evaluated: tuple[NotEvaluated, ...] = ()
    source: Source | None = None

    @classmethod
    def from_json(cls, data: bytes | str) -> Report:
        """The report that `to_json` wrote.

        Raises:
            msgspec.ValidationError: not a report record.
        """
        return msgspec.json.decode(data, type=cls)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Report:
        """The report that `to_dict` gave.

        Raises:
            msgspec.ValidationError: not a report record.
        """
        return msgspec.convert(data, cls)

    def fixed(self, message: Message, *, unsafe: bool = False) -> Message:
        """The message that this report is of, with its safe fixes; with `unsafe` also those that change what is said.

        Once: judge the result again to see what remains. `msgpolicy.fixing` tells what was applied and skipped.

        Raises:
            msgpolicy.FixError: the report is of another message.
        """
        from msgpolicy.fixing import apply_fixes

        return apply_fixes(self, message, unsafe=unsafe).message

    def to_dict(self) -> dict[str, Any]:
        """Plain data; what is absent is None."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    def to_json(self) -> bytes:
        """One JSON object in UTF-8; what is absent is null."""
        return msgspec.json.encode(self)


def verdict_of(
    violations: tuple[Violation, ...], not_evaluated: tuple[NotEvaluated, ...], *, strict: bool = False
) -> Verdict:
    """The first that holds: block (an active error), review (a rule failed to judge), warn (an active warning), pass.

    With `strict`, anything that was not evaluated needs a person too.
    """
    active = {violation.severity for violation in violations if violation.status == "active"}
    if "error" in active:
        return "block"
    if any(strict or entry.why in FAILED for entry in not_evaluated):
        return "review"
    return "warn" if "warning" in active else "pass"
