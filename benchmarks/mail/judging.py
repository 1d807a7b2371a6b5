"""One mail judged: the time that it takes, and everything that must not happen."""

from __future__ import annotations

import time
from typing import NamedTuple

from benchmarks.mail.sources import Mail
from msgpolicy.linter import Linter
from msgpolicy.message import Message, MessageError
from msgpolicy.report import Report

# Parts of a message whose offsets a report counts in.
_PARTS = ("subject", "text", "html")


class Judged(NamedTuple):
    """What came of one mail. `seconds` are of the processor; `trouble` says what went wrong, "" if nothing did."""

    name: str
    kind: str
    size: int
    seconds: float
    verdict: str
    trouble: str
    bounds: tuple[str, ...] = ()


def judge(linter: Linter, mail: Mail) -> Judged:
    """Reads and judges a mail from its bytes to its report."""
    started = time.process_time()
    verdict, trouble = "", ""
    bounds: tuple[str, ...] = ()
    message, report = None, None
    try:
        message = Message.from_email(mail.data)
        report = linter.check(message)
    except MessageError:
        verdict = "refused"
    except Exception as error:  # what the whole run is for
        verdict, trouble = "crash", f"{type(error).__name__}: {error}"
    seconds = time.process_time() - started
    if message is not None and report is not None:
        verdict, trouble = report.verdict, "; ".join(_mistakes(message, report))
        bounds = tuple(sorted({item.why for item in report.not_evaluated if item.why in ("too-large", "timeout")}))
    return Judged(mail.name, mail.kind, len(mail.data), seconds, verdict, trouble, bounds)


def _mistakes(message: Message, report: Report) -> list[str]:
    """What is wrong with a report, whatever the message: rules that crashed, places that do not hold what they say."""
    found = [f"{item.rule}: {item.detail}" for item in report.not_evaluated if item.why == "crash"]
    if Report.from_json(report.to_json()) != report:
        found.append("the report does not come back from JSON as it was")
    for violation in report.violations:
        place = violation.location
        text = getattr(message, place.part) if place.part in _PARTS else None
        if text is None or place.start is None or place.end is None:
            continue
        if not 0 <= place.start <= place.end <= len(text) or text[place.start : place.end] != violation.excerpt:
            found.append(f"{violation.rule}: what is quoted does not stand at its place")
    return found
