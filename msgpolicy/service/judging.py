"""Jobs done: bodies read into messages, judged or decided on, and answered. It runs where no request waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import msgspec

from msgpolicy.hooks.decision import Decision, active_rules
from msgpolicy.hooks.gate import Gate
from msgpolicy.inputs.errors import InputError, Trouble
from msgpolicy.inputs.files import decode_utf8
from msgpolicy.inputs.located import JsonError, Ruler, decode, place
from msgpolicy.inputs.record import message_of, troubles_of
from msgpolicy.linter import Linter
from msgpolicy.message import Message, MessageError
from msgpolicy.report import Report
from msgpolicy.service.jobs import Answer, Job, Options, Refusal

BODY = "body"
# Languages and kinds of strictness that are kept ready; making one costs next to nothing.
_VARIANTS = 64


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of /v1/decide: a message record, and why it is to be sent whatever is decided, if so."""

    message: msgspec.Raw
    send_anyway: str | None = None
    by: str | None = None


class MalformedError(InputError):
    """A body that is not JSON."""


class Judge:
    """Does jobs by one gate."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._telling = lru_cache(_VARIANTS)(self._made)

    def do(self, job: Job) -> Answer:
        """The answer to a job. Never raises for what the bodies hold."""
        if job.kind == "records":
            return self._many(job)
        try:
            if job.kind == "record":
                return _judged([self._check(read_record(job.bodies[0]), job.options)])
            if job.kind == "mail":
                return _judged([self._check(read_mail(job.bodies[0]), job.options)])
            return _decided(self._decide(job))
        except InputError as error:
            return Answer(refusal=_refusal(error))

    def _many(self, job: Job) -> Answer:
        parts: list[bytes] = []
        reports: list[Report] = []
        for index, body in enumerate(job.bodies, start=job.first):
            try:
                report = self._check(read_record(body), job.options)
            except InputError as error:
                parts.append(error_record(index, error.troubles))
            else:
                parts.append(report.to_json())
                reports.append(report)
        return _judged(reports, parts)

    def _check(self, message: Message, options: Options) -> Report:
        return self._telling(options.lang, options.strict).check(message, as_of=options.as_of)

    def _made(self, lang: str | None, strict: bool) -> Linter:
        linter = self._gate.linter
        return linter.telling(lang or linter.lang, strict=strict)

    def _decide(self, job: Job) -> Decision:
        body = job.bodies[0]
        if job.kind == "decide-mail":
            return self._gate.decide(body, hook="http")
        try:
            request = msgspec.json.decode(body, type=Request)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            _value_of(body)  # raises where it is no JSON, with the place
            why = str(error).replace("`", "")
            raise InputError(BODY, [Trouble(why, 'expected {"message": {…}, "send_anyway": …, "by": …}')]) from None
        try:
            message = read_record(bytes(request.message))
        except InputError as error:
            # Lines and columns would be those of a part of the body.
            troubles = [replace(t, path=f"message.{t.path}".rstrip("."), line=None) for t in error.troubles]
            raise InputError(BODY, troubles) from None
        return self._gate.decide(message, send_anyway=request.send_anyway, by=request.by, hook="http")


def read_record(data: bytes) -> Message:
    """The message in one JSON object.

    Raises:
        MalformedError: not JSON.
        InputError: no message record.
    """
    try:
        return Message.from_json(data)
    except MessageError:
        text, value, start = _value_of(data)
        ruler = Ruler(text)
        return message_of(value, BODY, lambda path: ruler.at(place(text, start, path)))


def _value_of(data: bytes) -> tuple[str, object, int]:
    try:
        text = decode_utf8(data, BODY)
    except InputError as error:
        raise MalformedError(BODY, error.troubles) from None
    try:
        value, start = decode(text)
    except JsonError as error:
        line, column = Ruler(text).at(error.offset)
        raise MalformedError(BODY, [Trouble(f"not JSON: {error.why}", "", line, column)]) from None
    return text, value, start


def read_mail(data: bytes) -> Message:
    """The message in a raw mail.

    Raises:
        InputError: nothing of it can be read.
    """
    try:
        return Message.from_email(data)
    except MessageError as error:
        raise InputError(BODY, troubles_of(error)) from None


def _refusal(error: InputError) -> Refusal:
    if isinstance(error, MalformedError):
        return Refusal(400, "malformed-json", str(error.troubles[0]), [_entry(trouble) for trouble in error.troubles])
    detail = "the message cannot be used; `errors` lists every reason"
    return Refusal(422, "invalid-message", detail, [_entry(trouble) for trouble in error.troubles])


def _entry(trouble: Trouble) -> dict[str, object]:
    entry: dict[str, object] = {"path": trouble.path, "message": trouble.why, "hint": trouble.hint or None}
    if trouble.line is not None:
        entry |= {"line": trouble.line, "column": trouble.column}
    return entry


def error_record(index: int, troubles: Sequence[Trouble]) -> bytes:
    """What stands in an array in place of a report."""
    why = "; ".join(str(trouble) for trouble in troubles)
    error = {"why": why, "hint": troubles[0].hint or None}
    return msgspec.json.encode({"schema": 1, "error": error, "source": {"index": index}})


def _judged(reports: list[Report], parts: list[bytes] | None = None) -> Answer:
    return Answer(
        parts=[report.to_json() for report in reports] if parts is None else parts,
        verdicts=[report.verdict for report in reports],
        rules=[rule for report in reports for rule in active_rules(report)],
    )


def _decided(decision: Decision) -> Answer:
    report = decision.report
    entry = {
        "schema": 1,
        "id": decision.id,
        "decision": decision.action,
        "judged": decision.judged,
        "rules": decision.rules,
        "reasons": [reason._asdict() for reason in decision.reasons],
        "explanation": decision.explanation(),
        "failure": decision.failure,
        "dry_run": decision.dry_run,
        "override": decision.override._asdict() if decision.override else None,
        "duration": round(decision.duration, 6),
        "report": report,
    }
    return Answer(
        parts=[msgspec.json.encode(entry)],
        verdicts=[report.verdict] if report else [],
        rules=list(active_rules(report)) if report else [],
    )
