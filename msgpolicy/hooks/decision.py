"""What a gate decided on one message, why, and the line that is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from msgpolicy.hooks.settings import WEIGHT, Action, GateSettings
from msgpolicy.report import FAILED, Report

# Ids and reasons come from outside; a line stays a line of bounded length.
MAX_ID = 200
MAX_REASON = 1000


class Reason(NamedTuple):
    """One thing that speaks for an action.

    `rule` is a rule's id, or `*` for all of them; `why` a severity, or why there was no judgement. `message` and
    `suggestion` may quote the message: they are for its author, not for a log.
    """

    action: Action
    rule: str
    why: str
    message: str = ""
    suggestion: str = ""


class Override(NamedTuple):
    """Somebody wanted it sent anyway: the reason given, who, and whether the settings allow it."""

    reason: str
    by: str | None
    allowed: bool


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What to do with one message.

    Attributes:
        id: the message's id, or one made for it.
        action: what the hook has to do: `send`, `hold` (keep it for a person) or `refuse`.
        judged: what the settings make of the verdict, before dry run and "send anyway".
        reasons: what speaks for `judged`, in the order of the message; empty when it is `send`.
        report: the judgement; None when there is none (`failure` says why).
        failure: None; `timeout`, `unreadable`, `unrecorded`, or the name of an exception.
        duration: seconds by the clock.
        hook: which hook asked (`smtp`, `django`, …).
    """

    id: str
    action: Action
    judged: Action
    reasons: tuple[Reason, ...] = ()
    report: Report | None = None
    failure: str | None = None
    duration: float = 0.0
    dry_run: bool = False
    override: Override | None = None
    hook: str = "python"

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that decided, each once, in the order of the message."""
        return tuple(dict.fromkeys(reason.rule for reason in self.reasons))

    def explanation(self) -> str:
        """For the author of the message: a line for each reason, with what to change. It may quote the message."""
        lines = []
        for reason in self.reasons:
            told = " ".join(part for part in (reason.message, reason.suggestion) if part) or reason.why
            lines.append(f"{reason.rule}: {told}")
        if self.failure and not lines:
            lines.append(f"msgpolicy could not judge the message: {self.failure}")
        return "\n".join(dict.fromkeys(lines))

    def line(self) -> bytes:
        """One JSON object and a line feed, without message text."""
        report = self.report
        entry: dict[str, Any] = {
            "schema": 1,
            "event": "decision",
            "time": datetime.now(UTC),
            "hook": self.hook,
            "id": self.id,
            "decision": self.action,
            "judged": self.judged,
            "verdict": report.verdict if report else None,
            "rules": active_rules(report) if report else (),
            "decided_by": self.rules,
            "not_evaluated": [
                {"rule": entry.rule, "why": entry.why, "needs": entry.needs} for entry in report.not_evaluated
            ]
            if report
            else (),
            "receipt": report.receipt if report else None,
            "duration": round(self.duration, 6),
            "dry_run": self.dry_run,
            "override": self.override._asdict() if self.override else None,
            "failure": self.failure,
        }
        return msgspec.json.encode(entry) + b"\n"


class NotSentError(Exception):
    """A message was not sent. `decision` says why; the text of the error holds nothing of the message."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        what = "held back" if decision.action == "hold" else "refused"
        why = ", ".join(decision.rules) or decision.failure or ""
        # Not super(): hooks make errors that are also those of the library they stand in front of.
        Exception.__init__(self, f"{what} by msgpolicy: {why} (message {decision.id!r})")

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.decision,))


class HeldError(NotSentError):
    """The message waits for a person."""


class RefusedError(NotSentError):
    """The message breaks the policy."""


def sent_or_raise(decision: Decision) -> Decision:
    """The decision, where the message is to be sent.

    Raises:
        HeldError: it is to be held.
        RefusedError: it is to be refused.
    """
    if decision.action == "hold":
        raise HeldError(decision)
    if decision.action == "refuse":
        raise RefusedError(decision)
    return decision


def active_rules(report: Report) -> tuple[str, ...]:
    """Rules with an active violation, each once, warnings and notes included."""
    return tuple(dict.fromkeys(found.rule for found in report.violations if found.status == "active"))


def judged_by(settings: GateSettings, report: Report) -> tuple[Action, tuple[Reason, ...]]:
    """What the settings make of a report: the strictest action, and what speaks for it."""
    reasons = [
        Reason(
            settings.rules.get(
                found.rule, {"error": settings.error, "warning": settings.warning}.get(found.severity, "send")
            ),
            found.rule,
            found.severity,
            found.message,
            found.suggestion or "",
        )
        for found in report.violations
        if found.status == "active"
    ]
    for entry in report.not_evaluated:
        meaning: Action
        if entry.why in FAILED:
            meaning = settings.review
        elif entry.why == "not-covered":
            meaning = settings.not_covered
        else:
            meaning = settings.missing
        why = f"not judged: {entry.why}" + (f" ({', '.join(entry.needs)})" if entry.needs else "")
        reasons.append(Reason(meaning, entry.rule, why, entry.detail or ""))
    action = strictest(*(reason.action for reason in reasons))
    return action, tuple(reason for reason in reasons if reason.action == action != "send")


def strictest(*actions: Action) -> Action:
    """The action that decides where several are called for; `send` where none is."""
    return max(actions, key=WEIGHT.__getitem__, default="send")


def bounded(text: str, most: int) -> str:
    """A text from outside as a line carries it: of bounded length, and without half of a surrogate pair."""
    return text[:most].encode("utf-8", "replace").decode("utf-8")
