"""A batch of records in, tables out: the pure function that every engine runs over its share of an archive.

    auditor = Auditor(recipe)                    # once in each process: it loads the ruleset
    tables = auditor.audit(batch)                # Arrow in (schema RECORDS), Arrow out; or a list of Raw records

What comes out depends on the records and the recipe alone: never on time, order of batches, or other batches.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pyarrow as pa

from msgpolicy.audit.archives.raw import JSON, MAIL, REJECTED, ROW, Raw, Rejection, from_batch
from msgpolicy.audit.context import open_context
from msgpolicy.audit.records import Records
from msgpolicy.audit.redacting import Pseudonyms
from msgpolicy.audit.rows import message_row, not_evaluated_rows, shown_row, violation_rows
from msgpolicy.audit.tables import EXAMPLE_ROW, SAMPLE, SAMPLE_ROW, TABLES, batch_of
from msgpolicy.inputs import InputError
from msgpolicy.linter import Linter
from msgpolicy.message import Message
from msgpolicy.redaction import Redaction, masked
from msgpolicy.report import Report, Source

Tables = dict[str, pa.RecordBatch]

_SEED = b"msgpolicy sample 1"
# What looks private in reasons and hints, and is not.
_OURS = re.compile(r"(RFC 3339|2026-11-01T10:00:00\+01:00)")


@dataclass(frozen=True)
class Recipe:
    """All that the tables depend on besides the records; the same in every process and on every machine.

    Attributes:
        ruleset: its path or name; `settings` are laid over its own; `digest`, where given, is what it has to be.
        key: of the hashes in place of ids; None: private values are shown as they are.
        show_text: whether texts are shown as they are, and not masked.
        as_of: the point in time whose policy counts; None: that of each message.
        timezone: name of the zone of times without an offset; None: these are errors.
        names: foreign names of fields in JSON records, by field.
        context: path of a file that `context.store_context` made.
        suppressions, today: exceptions, and the day for which it is asked which of them are in force.
    """

    ruleset: str = "amazon"
    settings: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""
    lang: str = "en"
    strict: bool = False
    key: bytes | None = None
    show_text: bool = False
    as_of: datetime | None = None
    timezone: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    context: str | None = None
    suppressions: str | None = None
    today: date | None = None


class Auditor:
    """Judges batches by one recipe.

    Raises:
        RulesetError: the ruleset, a setting or the suppressions cannot be used.
        RuntimeError: the ruleset is not the one of the digest.
    """

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.linter = Linter(
            recipe.ruleset,
            settings=recipe.settings,
            lang=recipe.lang,
            strict=recipe.strict,
            draft=False,
            suppressions=recipe.suppressions,
            today=recipe.today,
            across=True,
        )
        found = self.linter.ruleset.digest
        if recipe.digest not in ("", found):
            raise RuntimeError(f"the ruleset {recipe.ruleset} has changed: the audit was begun with {recipe.digest}")
        self._names = Pseudonyms(recipe.key)
        zone = ZoneInfo(recipe.timezone) if recipe.timezone else None
        self._context = open_context(recipe.context) if recipe.context else None
        self._records = Records(recipe.names, zone, self._context)

    @property
    def context_matched(self) -> bool:
        """Whether any message got facts from the context so far."""
        return self._context is not None and self._context.matched

    def audit(self, batch: pa.RecordBatch | Iterable[Raw], *, sample: int = SAMPLE) -> Tables:
        """The tables of these records, by name. `sample`: how many of the passed messages are shown, at most."""
        rows = _Rows(self, sample)
        for raw in from_batch(batch) if isinstance(batch, pa.RecordBatch) else batch:
            rows.add(raw)
        return rows.tables()


class _Rows:
    """The rows of one batch while they are gathered."""

    def __init__(self, auditor: Auditor, sample: int) -> None:
        self._auditor = auditor
        self._recipe = auditor.recipe
        self._names = auditor._names
        self._sample_size = sample
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self._templates: set[str] = set()
        self._sample: list[tuple[int, Raw, Message, Report]] = []

    def add(self, raw: Raw) -> None:
        """Judges one record. What fails becomes a row of `rejected`."""
        if raw.kind == REJECTED:
            self._reject(raw, msgspec.json.decode(raw.data, type=Rejection))
            return
        if fault := _fault(raw):
            self._reject(raw, Rejection(_position(raw), *fault))
            return
        try:
            rows = self._judged(raw)
        except InputError as error:
            self._reject(raw, _rejection(raw, error, mask=not self._names.shown))
        except (OSError, sqlite3.Error):
            raise  # of the machine, not of the record
        except Exception as error:
            # A fault of ours costs one record and not the audit; nothing of the message is in the reason.
            self._reject(raw, Rejection(_position(raw), f"internal error {type(error).__name__}", "please report it"))
        else:
            for name, some in rows.items():
                self._rows[name] += some

    def tables(self) -> Tables:
        """All rows as Arrow batches."""
        for draw, raw, message, report in self._sample:
            row = self._shown(raw, message, report, Redaction(message, report))
            self._rows["shown"].append({**row, "because": SAMPLE_ROW, "draw": draw})
        return {name: batch_of(schema, self._rows[name]) for name, schema in TABLES.items()}

    def _judged(self, raw: Raw) -> dict[str, list[dict[str, Any]]]:
        """The rows of one message."""
        message, assumed = self._auditor._records.message(raw)
        source = Source(file=raw.file, line=raw.line)
        report, facts = self._auditor.linter.check_with_facts(message, self._recipe.as_of, source)
        key = self._key(raw)
        rows = {
            "messages": [message_row(key, raw, message, report, assumed, self._names)],
            "not_evaluated": list(not_evaluated_rows(key, report, mask=not self._names.shown)),
        }
        if report.violations:
            redaction = Redaction(message, report, facts)
            rows["violations"] = list(violation_rows(key, report if self._names.shown else redaction.report()))
            template = report.signals.template or f"{raw.file}:{raw.number}"
            if template not in self._templates:
                rows["shown"] = [{**self._shown(raw, message, report, redaction), "because": EXAMPLE_ROW}]
                self._templates.add(template)
        elif report.verdict == "pass":
            self._draw(raw, message, report)
        return rows

    def _draw(self, raw: Raw, message: Message, report: Report) -> None:
        """Takes a message into the sample, if it is among the smallest."""
        draw = draw_of(raw)
        if len(self._sample) == self._sample_size and (not self._sample or draw > self._sample[-1][0]):
            return
        insort(self._sample, (draw, raw, message, report), key=lambda item: item[0])
        del self._sample[self._sample_size :]

    def _shown(self, raw: Raw, message: Message, report: Report, redaction: Redaction) -> dict[str, Any]:
        return shown_row(self._key(raw), message, report, redaction, show=self._recipe.show_text)

    def _reject(self, raw: Raw, rejection: Rejection) -> None:
        self._rows["rejected"].append(
            {
                "file": self._names.path(raw.file or ""),
                "number": raw.number,
                "position": rejection.position,
                "why": rejection.why,
                "hint": rejection.hint or None,
            }
        )

    def _key(self, raw: Raw) -> dict[str, Any]:
        return {"file": self._names.path(raw.file), "number": raw.number}


def draw_of(raw: Raw) -> int:
    """A number by chance, always the same for one message."""
    digest = hashlib.blake2b(f"{raw.number}:{raw.file}".encode("utf-8", "replace"), key=_SEED, digest_size=8)
    return int.from_bytes(digest.digest(), "big") >> 1  # as int64 holds it


def _fault(raw: Raw) -> tuple[str, str] | None:
    """Why it is no record at all, and what helps: other engines give what their tables hold."""
    if raw.file is None or raw.number is None:
        return "it has no file or no number", "both together are the name of a record"
    if raw.kind not in (MAIL, JSON, ROW):
        return "it is of no kind that is known", f"{MAIL}, {JSON} or {ROW}"
    if not isinstance(raw.data, bytes):
        return "it has no data", "the bytes of the record"
    return None


def _position(raw: Raw) -> str:
    if raw.line is not None:
        return f"line {raw.line}"
    return "a record without number" if raw.number is None else f"record {raw.number}"


def _rejection(raw: Raw, error: InputError, *, mask: bool) -> Rejection:
    """Every reason in one line; what is wrong with a field may quote what stands in it."""
    first = error.troubles[0]
    position = _position(raw)
    if raw.line is not None and first.column is not None:
        position += f", column {first.column}"
    why = "; ".join(map(str, error.troubles))
    return Rejection(position, _masked(why) if mask else why, _masked(first.hint) if mask else first.hint)


def _masked(text: str) -> str:
    """Text of ours with what it quotes masked, but not the digits that are ours."""
    return "".join(piece if _OURS.fullmatch(piece) else masked(piece) for piece in _OURS.split(text))
