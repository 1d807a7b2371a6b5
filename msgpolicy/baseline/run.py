"""A baseline over one run: known findings are marked, and with `update` it is written anew from what was found."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import PurePath

import msgspec

from msgpolicy.baseline.file import Baseline, Head, Key, read_baseline, written
from msgpolicy.inputs.errors import shown_name, unusable
from msgpolicy.inputs.reading import STDIN
from msgpolicy.replacing import replacing
from msgpolicy.report import Excuse, Report, Source, UsedFile, Violation, verdict_of
from msgpolicy.rules import Ruleset
from msgpolicy.suppressions import Notice

# Files that one notice names.
_NAMED = 5


class BaselineRun:
    """Takes the reports of one run in their order. It counts, so it belongs to one thread, behind `check_many`.

    A finding is known by the file of its message, its rule and its fingerprint, as often as it was there: where a
    second message of the file has it too, that one is new. Fingerprints outlive a new version of the ruleset, and edits
    elsewhere in the message.
    """

    def __init__(self, file: str, rulesets: Sequence[Ruleset], *, today: date, update: bool = False) -> None:
        """Reads the baseline; `rulesets` are the linter's, `today` (UTC) dates a new one.

        With `update`, what is found is marked as known, `save` writes it, and the file need not be there yet.

        Raises:
            InputError: the file cannot be used, or belongs to another ruleset; says where, why and how to mend it.
        """
        ruleset = rulesets[0]
        self.name = shown_name(file)
        self._file = file
        self._folder = os.path.dirname(os.path.abspath(file))
        self._update = update
        self._old = self._read(ruleset.name)
        created = self._old.head.created if self._old else today
        self._head = Head(
            schema=1, ruleset=ruleset.name, version=ruleset.version, digest=ruleset.digest, created=created
        )
        # A baseline is a suppression without a reason: what must not be suppressed is not let into it.
        self._locked = {
            ruleset.name: frozenset(rule.id for rule in ruleset.rules if rule.suppressible == "never")
            for ruleset in rulesets
        }
        self._left = Counter(self._old.counts if self._old else {})
        self._found: Counter[Key] = Counter()
        self._judged: set[tuple[str, str]] = set()
        self._failed: set[str] = set()
        self._kept_active: Counter[str] = Counter()
        self._used = UsedFile(file=self.name, digest=None if update or self._old is None else self._old.digest)

    def _read(self, ruleset: str) -> Baseline | None:
        if not os.path.lexists(self._file):
            if self._update and os.path.isdir(self._folder):
                return None
            if self._update:
                raise unusable(self.name, "there is no such folder", "make it first")
            raise unusable(self.name, "there is no such file", "--update-baseline makes it from what is found now")
        old = read_baseline(self._file)
        if old.head.ruleset != ruleset:
            why = f"is the baseline of the ruleset {old.head.ruleset!r}, not of {ruleset!r}"
            raise unusable(self.name, why, "name another file, or remove this one and write it with --update-baseline")
        return old

    def apply(self, report: Report) -> Report:
        """The report with its known findings marked, and the verdict of the others. Nothing is taken away."""
        origin = self._origin(report)
        self._judged.add(origin)
        locked = self._locked.get(report.receipt.ruleset)
        violations = tuple(
            self._marked(violation, Key(*origin, violation.rule, violation.fingerprint), locked)
            if violation.status == "active"
            else violation
            for violation in report.violations
        )
        receipt = msgspec.structs.replace(report.receipt, baseline=self._used)
        verdict = verdict_of(violations, report.not_evaluated, strict=receipt.strict)
        return msgspec.structs.replace(report, violations=violations, receipt=receipt, verdict=verdict)

    def failed(self, file: str) -> None:
        """Of this file not everything could be read: what is not found in it is not said to be gone."""
        self._failed.add(self._relative(file))

    def notices(self) -> Iterator[Notice]:
        """What has to be said when all reports are through."""
        if self._old is not None and self._old.head.version != self._head.version:
            made = f"was made with {self._head.ruleset} {self._old.head.version}, not {self._head.version}"
            yield self._notice(f"{made}: rules that changed since may find new things")
        for reason, count in sorted(self._kept_active.items()):
            yield self._notice(f"{_count(count, 'finding')} not taken as known: {reason}")
        gone = self._gone()
        if gone:
            what = "taken out" if self._update else "--update-baseline takes them out"
            yield self._notice(f"{_count(gone.total(), 'finding')} no longer needed ({_files(gone)}): {what}")

    def save(self) -> None:
        """Writes the baseline: what was found, and what is known of files that were not judged and still exist.

        Raises:
            OSError: the file cannot be written.
        """
        counts = self._found + (self._left - self._gone())
        content = written(self._head, counts)
        with replacing(self._file) as stream:
            stream.write(content)

    def _marked(self, violation: Violation, key: Key, locked: frozenset[str] | None) -> Violation:
        if not self._update and not self._left[key]:
            return violation
        reason = self._reason_to_stay(violation, locked)
        if reason:
            self._kept_active[reason] += 1
            return violation
        self._found[key] += 1
        self._left[key] -= 1
        return msgspec.structs.replace(violation, status="baselined", excuse=Excuse(kind="baseline", source=self.name))

    def _reason_to_stay(self, violation: Violation, locked: frozenset[str] | None) -> str:
        if locked is None or violation.rule in locked:
            return f"{violation.rule} is suppressible: never"
        if violation.excuse is not None:
            return f"the suppression {violation.excuse.source} has ended"
        if "more" in violation.evidence:
            return f"there are more of {violation.rule} in one message than are listed"
        return ""

    def _gone(self) -> Counter[Key]:
        """What is known and was not marked, of messages that were judged or whose file does not exist any more."""
        exists = cache(lambda file: os.path.lexists(os.path.join(self._folder, file)))
        gone: Counter[Key] = Counter()
        for key, count in self._left.items():
            if count <= 0 or key.file in self._failed:
                continue
            if (key.file, key.message) in self._judged or not (_is_elsewhere(key.file) or exists(key.file)):
                gone[key] = count
        return gone

    def _origin(self, report: Report) -> tuple[str, str]:
        """File and message by which the findings of a report are known."""
        file = report.source.file if report.source else None
        return (self._relative(file), "") if file else ("", report.message_id or "")

    def _relative(self, file: str) -> str:
        """Relative to the baseline, so that it does not matter from where the command is called."""
        if _is_elsewhere(file):
            return file
        try:
            return PurePath(os.path.relpath(file, self._folder)).as_posix()
        except ValueError:  # on another drive
            return PurePath(os.path.abspath(file)).as_posix()

    def _notice(self, text: str) -> Notice:
        return Notice(text, Source(file=self.name))


def _is_elsewhere(file: str) -> bool:
    """Whether a message is from no file: from standard input, or given by a program."""
    return not file or file == STDIN


def _files(keys: Counter[Key]) -> str:
    names = sorted({key.file or key.message for key in keys})
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")


def _count(number: int, what: str) -> str:
    return f"{number} {what} is" if number == 1 else f"{number} {what}s are"
