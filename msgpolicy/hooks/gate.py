"""The gate: a message in, a decision out, and one line for the record. All hooks ask it.

What it decides by is in `settings.py`, what a decision says in `decision.py`.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from email.message import Message as Mail
from pathlib import Path
from threading import Lock, Thread
from typing import Any, NamedTuple

import msgspec
import regex

from msgpolicy.facts.links.hosts import host_in
from msgpolicy.hooks.decision import (
    MAX_ID,
    MAX_REASON,
    Decision,
    Override,
    Reason,
    bounded,
    judged_by,
    sent_or_raise,
    strictest,
)
from msgpolicy.hooks.settings import Action, GateSettings
from msgpolicy.hooks.timed import Timed
from msgpolicy.linter import Linter
from msgpolicy.message import Message, MessageError
from msgpolicy.overlay import overlaid
from msgpolicy.report import Report

# Names a settings file for gates that are made without any.
VARIABLE = "MSGPOLICY_GATE"
# The part of the time budget that the linter has. What it stops itself is a report that says which rules are missing.
LINTER_SHARE = 0.8
# Whatever looks like the host of an address: what is odd is judged rather than not.
_HOST = regex.compile(r"@\s*+([\w.-]++)")

# A record, what makes one (unreadable where it raises MessageError), or a mail: raw, or of the standard library.
Sendable = Message | Callable[[], Message] | bytes | Mail
# Facts of a mail that was read, shaped like a record.
LookUp = Callable[[Message], Mapping[str, Any] | None]


class _State(NamedTuple):
    settings: GateSettings
    linter: Linter


class _Judged(NamedTuple):
    id: str | None
    action: Action
    reasons: tuple[Reason, ...]
    report: Report | None = None
    failure: str | None = None


class Gate:
    """Decides on messages, from any thread, and after a fork."""

    def __init__(
        self,
        settings: GateSettings | Mapping[str, Any] | str | Path | None = None,
        *,
        record: Callable[[bytes], None] | None = None,
    ) -> None:
        """A gate that is ready for its first message.

        Args:
            settings: as a record, plain data or the path of a TOML file; None takes the file that the environment
                variable MSGPOLICY_GATE names, or else the defaults.
            record: is given the JSON line of each decision and reload, instead of the file that the settings name.

        Raises:
            GateSettingsError: the settings cannot be used; every mistake is listed.
            RulesetError: the ruleset, one of its settings or the suppressions cannot be used.
        """
        self._given = settings if settings is not None else os.environ.get(VARIABLE) or GateSettings()
        self._record = record
        self._switched: bool | None = None
        self._timed = Timed()
        self._reloading = Lock()
        self._state = self._load()

    @property
    def settings(self) -> GateSettings:
        """The settings in force."""
        return self._state.settings

    @property
    def linter(self) -> Linter:
        """The linter in force."""
        return self._state.linter

    @property
    def dry_run(self) -> bool:
        """Whether everything is sent and only recorded now: by the switch, or else the settings and their file."""
        if self._switched is not None:
            return self._switched
        file = self.settings.dry_run_file
        return self.settings.dry_run or (file is not None and os.path.exists(file))

    def switch_dry_run(self, on: bool | None) -> None:
        """Turns dry run on or off for this process; None leaves it to the settings again."""
        self._switched = on

    def is_judged(self, recipients: Iterable[str]) -> bool:
        """Whether mail to these addresses is the gate's business: one of them is at one of `judged_hosts`."""
        hosts = frozenset(self.settings.judged_hosts)
        return any(
            host_in(host.rstrip(".").lower(), hosts) for recipient in recipients for host in _HOST.findall(recipient)
        )

    def decide(
        self,
        message: Sendable,
        *,
        context: Mapping[str, Any] | None = None,
        lookup: LookUp | None = None,
        send_anyway: str | None = None,
        by: str | None = None,
        hook: str = "python",
    ) -> Decision:
        """What to do with a message. Never raises for what it contains, or when msgpolicy fails.

        Args:
            message: a record, or a function that makes it; or a mail, raw (RFC 5322) or of the standard library.
            context: facts that a mail cannot carry, shaped like a record (mails only).
            lookup: is given the mail as it was read, and gives further facts, which win, within the time budget (mails
                only). Where it raises, the mail is judged without them, and the setting `failure` has its say too.
            send_anyway: why it is to be sent whatever is decided; counts where the setting `send_anyway` allows it.
            by: who says so.
            hook: which hook asks, for the record.

        Raises:
            TypeError: what is given is neither a record nor a mail, or a record has a context beside it.
        """
        if not (isinstance(message, Message | bytes | Mail) or callable(message)):
            raise TypeError(f"expected a Message, bytes or an e-mail, got {type(message).__name__}")
        if (context is not None or lookup is not None) and not isinstance(message, bytes | Mail):
            raise TypeError("a record holds its facts itself; only a mail takes a context")
        state, dry_run = self._state, self.dry_run
        started = time.perf_counter()
        judged = self._judge(state, message, context, lookup)
        override = _override(state.settings, judged.action, send_anyway, by)
        overruled = dry_run or (override is not None and override.allowed)
        decision = Decision(
            id=bounded(judged.id or uuid.uuid4().hex, MAX_ID),
            action="send" if overruled else judged.action,
            judged=judged.action,
            reasons=judged.reasons,
            report=judged.report,
            failure=judged.failure,
            duration=time.perf_counter() - started,
            dry_run=dry_run,
            override=override,
            hook=hook,
        )
        try:
            self._write(decision.line())
        except Exception:  # a disk that is full, say: nothing leaves unrecorded unless the gate fails open
            action = decision.action if dry_run else strictest(decision.action, state.settings.failure)
            return msgspec.structs.replace(decision, action=action, failure="unrecorded")
        return decision

    def require(
        self,
        message: Sendable,
        *,
        context: Mapping[str, Any] | None = None,
        lookup: LookUp | None = None,
        send_anyway: str | None = None,
        by: str | None = None,
        hook: str = "python",
    ) -> Decision:
        """Like `decide`, for whoever sends next: returns only where the message may leave.

        Raises:
            HeldError: the message is to wait for a person.
            RefusedError: the message is not to be sent.
        """
        decision = self.decide(message, context=context, lookup=lookup, send_anyway=send_anyway, by=by, hook=hook)
        return sent_or_raise(decision)

    def reload(self) -> None:
        """Reads settings, ruleset and suppressions again. Messages being judged finish under the old ones.

        Raises:
            GateSettingsError: the settings cannot be used. The old ones stay in force.
            RulesetError: the ruleset cannot be used. The old one stays in force.
        """
        with self._reloading:
            try:
                self._state = self._load()
            except Exception as error:
                self._tell_of_reload(str(error))
                raise
            self._tell_of_reload(None)

    def reload_on(self, number: int = signal.SIGHUP, *, then: Callable[[], None] | None = None) -> None:
        """Reloads when the process gets a signal, beside the work; what came of it is in the record.

        Args:
            number: of the signal.
            then: called when new rules are in force, in the thread that loaded them.

        Raises:
            ValueError: called outside the main thread, where Python takes no signal handlers.
        """
        signal.signal(number, lambda *_: Thread(target=self._reload_quietly, args=(then,), daemon=True).start())

    def _reload_quietly(self, then: Callable[[], None] | None) -> None:
        try:
            self.reload()
        except Exception:  # the record tells it, and the old rules are in force
            return
        if then is not None:
            then()

    def _load(self) -> _State:
        given = self._given
        if isinstance(given, str | Path):
            settings = GateSettings.from_file(given)
        elif isinstance(given, Mapping):
            settings = GateSettings.from_dict(given)
        else:  # a constructor of msgspec takes any type
            settings = GateSettings.from_dict(msgspec.structs.asdict(given))
        linter = linter_of(settings)
        linter.warm_up()
        return _State(settings, linter)

    def _judge(
        self, state: _State, message: Sendable, context: Mapping[str, Any] | None, lookup: LookUp | None
    ) -> _Judged:
        settings = state.settings
        known_id = message.id if isinstance(message, Message) else None

        def judge() -> tuple[Message, Report, str | None]:
            read, failed = _read(message, context, lookup)
            return read, state.linter.check(read), failed

        try:
            read, report, failed = self._timed.run(judge, settings.time_budget)
        except MessageError as error:
            unread = (Reason(settings.review, "*", "not judged: unreadable", str(error)),)
            return _Judged(known_id, settings.review, unread, failure="unreadable")
        except Exception as error:
            failure = "timeout" if isinstance(error, TimeoutError) else type(error).__name__
            return _Judged(known_id, settings.failure, (), failure=failure)
        action, reasons = judged_by(settings, report)
        if failed is not None and strictest(action, settings.failure) != action:
            action, reasons = settings.failure, ()
        return _Judged(read.id, action, reasons, report, failed)

    def _write(self, line: bytes) -> None:
        if self._record is not None:
            self._record(line)
        elif self.settings.log is None:
            sys.stderr.write(line.decode())
            sys.stderr.flush()
        else:
            # Opened each time, so that a file that was rotated away is made anew; one write, so that lines of several
            # processes do not mix.
            file = os.open(self.settings.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                if os.write(file, line) != len(line):
                    raise OSError(f"{self.settings.log} takes no more")
            finally:
                os.close(file)

    def _tell_of_reload(self, error: str | None) -> None:
        ruleset = self.linter.ruleset
        entry = {
            "schema": 1,
            "event": "reload",
            "time": datetime.now(UTC),
            "ok": error is None,
            "error": error,
            "ruleset": ruleset.name,
            "version": ruleset.version,
            "digest": ruleset.digest,
        }
        try:
            self._write(msgspec.json.encode(entry) + b"\n")
        except Exception:  # which rules are in force does not depend on whether it can be told
            return


def linter_of(settings: GateSettings) -> Linter:
    """The linter that these settings ask for, not warmed up.

    Raises:
        RulesetError: the ruleset, one of its settings or the suppressions cannot be used.
    """
    return Linter(
        settings.ruleset,
        settings=settings.ruleset_settings,
        lang=settings.lang,
        suppressions=settings.suppressions,
        time_budget=settings.time_budget * LINTER_SHARE,
    )


def _read(message: Sendable, context: Mapping[str, Any] | None, lookup: LookUp | None) -> tuple[Message, str | None]:
    """The record, and why its facts could not be looked up."""
    if isinstance(message, Message):
        return message, None
    if not isinstance(message, bytes | Mail):
        return message(), None
    data = message if isinstance(message, bytes) else message.as_bytes()
    read = Message.from_email(data, context=context)
    if lookup is None:
        return read, None
    try:
        known = lookup(read)
        return (Message.from_email(data, context=overlaid(context or {}, known)) if known else read), None
    except Exception as error:
        return read, type(error).__name__


def _override(settings: GateSettings, judged: Action, reason: str | None, by: str | None) -> Override | None:
    if reason is None or judged == "send":
        return None
    allowed = settings.send_anyway == "all" or (settings.send_anyway == "held" and judged == "hold")
    name = None if by is None else bounded(by, MAX_ID)
    return Override(bounded(reason, MAX_REASON), name, allowed and bool(reason.strip()))
