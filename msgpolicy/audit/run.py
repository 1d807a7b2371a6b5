"""An audit from end to end: archives cut into shards, shards judged into parts, parts joined into tables, a summary.

Shards are cut by counts alone, never by time, and each is judged by itself: the tables are the same, row for row, with
any number of processes, and however often the run was killed and gone on with.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal, TextIO

import msgspec

from msgpolicy._version import __version__
from msgpolicy.audit.archives.finding import expand, measure
from msgpolicy.audit.archives.reading import Reader
from msgpolicy.audit.asked import Archives, Asked, Record, begin, read_record, take_folder, write_record
from msgpolicy.audit.batch import Recipe
from msgpolicy.audit.context import store_context
from msgpolicy.audit.conversations import Findings, judge_conversations
from msgpolicy.audit.decisions import Decisions, lay_over, load_decisions
from msgpolicy.audit.erasing import end_interrupted
from msgpolicy.audit.export import write_jsonl
from msgpolicy.audit.lock import locked
from msgpolicy.audit.parts import WORK, Part, Parts
from msgpolicy.audit.progress import Progress
from msgpolicy.audit.records import zone_of
from msgpolicy.audit.redacting import Pseudonyms, key_id, own_key, read_key
from msgpolicy.audit.report import write_report
from msgpolicy.audit.shards import Shard, shards
from msgpolicy.audit.spreadsheets import EXPORTS
from msgpolicy.audit.summary import Summary, summarize
from msgpolicy.audit.tables import TABLES
from msgpolicy.audit.workers import Workers
from msgpolicy.inputs.errors import shown_name, unusable
from msgpolicy.linter import Linter
from msgpolicy.replacing import remove_unfinished

if TYPE_CHECKING:
    from msgpolicy.audit.spark_workers import SparkWorkers


@dataclass(frozen=True, kw_only=True)
class Options:
    """How an audit is carried out; docs/audit.md tells what each option of the command does."""

    out: str
    resume: bool = False
    processes: int = 1
    engine: Literal["pool", "spark"] = "pool"
    ruleset: str = "amazon"
    settings: Mapping[str, Any] = field(default_factory=dict)
    lang: str = "en"
    strict: bool = False
    as_of: datetime | None = None
    timezone: str | None = None
    encoding: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    context: str | None = None
    suppressions: str | None = None
    today: date | None = None
    redact: bool = True
    redaction_key: str | None = None
    show_text: bool = False
    jsonl: bool = False
    decisions: str | None = None
    exports: tuple[str, ...] = ()


def audit(archives: Sequence[str], options: Options, progress: TextIO | None = None) -> Summary:
    """Judges archives into tables in the folder `options.out`.

    Raises:
        InputError: an archive, the context, the key or the folder cannot be used.
        RulesetError: the ruleset, a setting or the suppressions cannot be used.
        OSError: the folder cannot be written, or the disk is full; what is judged so far stays.
    """
    if options.engine == "spark":
        from msgpolicy.audit.spark_workers import check_installed

        check_installed()
    paths = expand(archives)
    linter = Linter(
        options.ruleset,
        settings=options.settings,
        lang=options.lang,
        strict=options.strict,
        draft=False,
        suppressions=options.suppressions,
        today=options.today,
        across=True,
    )
    if options.timezone:
        zone_of(options.timezone)
    decisions = load_decisions(options.decisions, *linter.rulesets) if options.decisions else None
    take_folder(options.out)
    with locked(options.out):
        key = _key(options)
        asked = _asked(paths, options, linter, key)
        record = begin(options.out, asked, resume=options.resume)
        if end_interrupted(options.out, linter):
            record = read_record(options.out) or record
        for folder in ("", *TABLES):
            remove_unfinished(os.path.join(options.out, folder))
        told = Progress(progress, asked.archives.bytes)
        run = _Run(paths, options, record, key, linter, told)
        try:
            run.judge()
            return run.finish(decisions)
        finally:
            told.end()


def _key(options: Options) -> bytes | None:
    if not options.redact:
        return None
    return read_key(options.redaction_key) if options.redaction_key else own_key(options.out)


def _asked(paths: Sequence[str], options: Options, linter: Linter, key: bytes | None) -> Asked:
    extent = measure(paths)
    names = Pseudonyms(key)
    if not extent.files:
        raise unusable(", ".join(map(shown_name, paths)), "no file of a kind that is known is in it")
    return Asked(
        engine=__version__,
        ruleset=linter.ruleset.name,
        version=linter.ruleset.version,
        digest=linter.ruleset.digest,
        settings=dict(linter.ruleset.changed),
        archives=Archives(
            paths=tuple(names.path(shown_name(path)) for path in paths),
            files=extent.files,
            bytes=extent.bytes,
            state=extent.state,
            not_read=tuple(map(names.path, extent.not_read)),
        ),
        context=_digest(options.context),
        suppressions=_digest(options.suppressions),
        today=options.today or datetime.now(UTC).date(),
        as_of=options.as_of,
        timezone=options.timezone,
        encoding=options.encoding,
        names=dict(options.names),
        lang=options.lang,
        strict=options.strict,
        redacted=options.redact,
        key=key_id(key) if key else None,
        key_file=options.redaction_key,
        show_text=options.show_text,
    )


def _digest(file: str | None) -> str | None:
    if file is None:
        return None
    try:
        with open(file, "rb") as stream:
            return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise unusable(shown_name(file), f"cannot be read: {error.strerror}") from None


class _Run:
    """One audit under way."""

    def __init__(
        self,
        paths: Sequence[str],
        options: Options,
        record: Record,
        key: bytes | None,
        linter: Linter,
        told: Progress,
    ) -> None:
        self._told = told
        self._paths = paths
        self._options = options
        self._record = record
        self._parts = Parts(options.out)
        self._work = os.path.join(options.out, WORK)
        self._linter = linter
        path, settings, digest, _ = linter.recipe
        asked = record.asked
        self._recipe = Recipe(
            ruleset=path,
            settings=settings,
            digest=digest,
            lang=asked.lang,
            strict=asked.strict,
            key=key,
            show_text=asked.show_text,
            as_of=asked.as_of,
            timezone=asked.timezone,
            names=asked.names,
            suppressions=options.suppressions,
            # Exceptions are those of the day on which the audit was begun, however long it takes.
            today=asked.today,
        )

    def judge(self) -> None:
        """Judges what is not judged yet."""
        if self._record.parts is not None:
            return  # only what comes behind them is left to do
        self._parts.create()
        self._make_work_folder()
        reader = Reader(self._paths, self._options.names, self._options.encoding)
        told, done = self._told, _Done()
        read_to: dict[int, int] = {}  # bytes of the archives up to the end of each shard under way

        def to_do() -> Iterator[Shard]:
            for shard in shards(reader):
                part = self._parts.read(shard.index)
                if part is None:
                    read_to[shard.index] = reader.done
                    yield shard
                else:
                    done.add(part)
                    told.skipped(part.read, reader.done)

        try:
            for part in self._workers().parts(to_do()):
                done.add(part)
                told.judged(part.read, read_to.pop(part.index))
        finally:
            shutil.rmtree(self._work, ignore_errors=True)
        notices = [*reader.notices]
        if self._options.context and not done.matched:
            notices.append("no message has an id or order id that the context knows")
        if measure(self._paths).state != self._record.asked.archives.state:
            notices.append("the archives changed while they were read: what came late may be missing")
        self._record = msgspec.structs.replace(self._record, parts=done.parts, notices=notices)
        write_record(self._options.out, self._record)

    def finish(self, decisions: Decisions | None) -> Summary:
        """Joins the parts into tables, judges what they tell together, lays decisions over them, and sums them up."""
        out, record = self._options.out, self._record
        assert record.parts is not None
        if not record.finished:
            self._told.step("joining what was judged")
            self._parts.join(record.parts)
            self._told.step("rules across messages")
            judge_conversations(out, self._linter, record.asked.today, self._findings())
        notices = [*record.notices, *self._lay_over(decisions)]
        if self._options.jsonl:
            self._told.step("tables as JSON")
            write_jsonl(out)
        self._told.step("summary and report")
        summary = summarize(out, record.asked, notices)
        write_report(out, record.asked, self._linter, notices)
        for name in self._options.exports:
            self._told.step(f"tables as {name.upper()}")
            EXPORTS[name](out)
        digest = decisions.digest if decisions else None
        if not record.finished or digest != record.decisions:
            write_record(out, msgspec.structs.replace(record, finished=True, decisions=digest))
        self._parts.remove()
        shutil.rmtree(self._work, ignore_errors=True)  # what DuckDB spilled
        return summary

    def _lay_over(self, decisions: Decisions | None) -> list[str]:
        """Lays decisions over the tables, or takes back those that were; gives what is to be said of them."""
        out, record = self._options.out, self._record
        if decisions is None and record.decisions is None:
            return []
        if decisions is not None and decisions.digest != record.decisions:
            # Known before the first is laid over, so that they can be taken back whatever happens.
            write_record(out, msgspec.structs.replace(record, decisions=decisions.digest))
        laid = lay_over(out, decisions, strict=record.asked.strict, redact=record.asked.redacted)
        return laid.notices(decisions.file) if decisions else []

    def _workers(self) -> Workers | SparkWorkers:
        out, processes = self._options.out, self._options.processes
        if self._options.engine == "pool":
            return Workers(self._recipe, out, processes)
        from msgpolicy.audit.spark_workers import SparkWorkers

        return SparkWorkers(self._recipe, out, processes, self._paths, self._options.names, self._options.encoding)

    def _findings(self) -> Findings | None:
        if self._options.engine == "pool":
            return None
        from msgpolicy.audit.spark_workers import findings_of

        return findings_of(self._options.out, self._linter, self._record.asked.today, self._options.processes)

    def _make_work_folder(self) -> None:
        shutil.rmtree(self._work, ignore_errors=True)
        os.makedirs(self._work, mode=0o700)
        if self._options.context:
            path = os.path.join(self._work, "context")
            store_context(self._options.context, path)
            self._recipe = replace(self._recipe, context=path)


@dataclass
class _Done:
    """What is judged so far."""

    parts: int = 0
    matched: bool = False

    def add(self, part: Part) -> None:
        self.parts += 1
        self.matched = self.matched or part.matched


def is_full_disk(error: OSError) -> bool:
    """Whether there was no room to write."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
