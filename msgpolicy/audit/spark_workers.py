"""`msgpolicy audit --engine spark`: Spark on this machine, in place of the process pool and of DuckDB.

The tasks of one job read the archives for themselves and judge the shards that are theirs, into the parts that the pool
would have written: what is done stays done, for either engine. No message goes through Spark itself.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from msgpolicy.audit.archives.reading import Reader
from msgpolicy.audit.batch import Recipe
from msgpolicy.audit.conversations import Findings
from msgpolicy.audit.findings import Finder
from msgpolicy.audit.parts import WORK, Part
from msgpolicy.audit.shards import Shard, shards
from msgpolicy.audit.spark import auditor_of, rows_across
from msgpolicy.audit.workers import judge
from msgpolicy.inputs.errors import unusable
from msgpolicy.linter import Linter

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_INSTALL = "pip install 'msgpolicy[spark]', and Java 17 or 21 (JAVA_HOME, or java in the path)"


def check_installed() -> None:
    """Tells early what is not there.

    Raises:
        InputError: pyspark or Java is missing.
    """
    try:
        import pyspark  # noqa: F401
    except ModuleNotFoundError:
        raise unusable("--engine spark", "pyspark is not installed", _INSTALL) from None
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        raise unusable("--engine spark", "there is no Java", _INSTALL)


@contextmanager
def local_session(processes: int, work: str) -> Iterator[SparkSession]:
    """Spark on this machine alone: nothing of it listens to a network.

    Args:
        processes: tasks at a time.
        work: folder for what does not fit into memory.

    Raises:
        InputError: Spark, or a job of it, came to an end before its time.
        OSError: the disk is full.
    """
    check_installed()
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    # Otherwise tasks would run in whatever Python comes first in the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings: dict[str, bool | float | str | None] = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
        "spark.log.level": "OFF",  # an error would be told twice, and at length
        "spark.local.dir": work,
        "spark.sql.warehouse.dir": work,
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(2 * processes),
        # Of the Parquet files here, times before 1900 too are what they say.
        "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    }
    builder = SparkSession.builder.appName("msgpolicy audit").master(f"local[{processes}]")
    running = SparkSession.getActiveSession()  # of a program that uses Spark itself
    try:
        session = running or builder.config(map=settings).getOrCreate()
        try:
            yield session
        finally:
            if running is None:
                session.stop()
    except (PySparkException, Py4JError) as error:
        if (full := os.strerror(errno.ENOSPC)) in str(error):
            raise OSError(errno.ENOSPC, full) from None
        why = str(error).strip().split("\n")[0][:200] or type(error).__name__
        raise unusable("--engine spark", f"Spark gave up: {why}", "what is judged stays: go on with --resume") from None


@dataclass(frozen=True)
class _Task:
    """What tasks need besides the shards that are theirs."""

    recipe: Recipe
    out: str
    paths: tuple[str, ...]
    names: Mapping[str, str]
    encoding: str | None


class SparkWorkers:
    """Judges shards as `workers.Workers` does."""

    def __init__(
        self,
        recipe: Recipe,
        out: str,
        processes: int,
        paths: Sequence[str],
        names: Mapping[str, str],
        encoding: str | None,
    ) -> None:
        self._processes = processes
        self._work = os.path.join(out, WORK)
        self._task = _Task(recipe, os.path.abspath(out), tuple(paths), dict(names), encoding)

    def parts(self, to_do: Iterable[Shard]) -> Iterator[Part]:
        """The part of each shard, all of them at the end.

        Raises:
            InputError: Spark came to an end before its time.
        """
        # Shards are counted here, and read again where they are judged.
        indexes = [shard.index for shard in to_do]
        if not indexes:
            return
        with local_session(self._processes, self._work) as spark:
            dealt = [(indexes[first :: self._processes],) for first in range(min(self._processes, len(indexes)))]
            tasks = spark.sparkContext.parallelize(dealt, len(dealt)).toDF("shards ARRAY<BIGINT>")
            done = tasks.mapInArrow(partial(_judge_shards, self._task), "part BINARY").collect()
        for row in done:
            yield msgspec.json.decode(bytes(row.part), type=Part)


def _judge_shards(task: _Task, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    mine = {index for batch in batches for indexes in batch.column(0).to_pylist() for index in indexes}
    if not mine:
        return
    last, auditor = max(mine), auditor_of(task.recipe)
    for shard in shards(Reader(task.paths, task.names, task.encoding)):
        if shard.index in mine:
            part = judge(auditor, task.out, shard)
            yield pa.RecordBatch.from_pydict({"part": pa.array([msgspec.json.encode(part)], pa.binary())})
        if shard.index == last:
            return


def findings_of(out: str, linter: Linter, today: date | None, processes: int) -> Findings:
    """Like `across.findings_across`, over the joined tables in the folder, by Spark SQL.

    Raises:
        InputError: Spark came to an end before its time.
    """
    finder = Finder(linter, today)
    jobs = finder.jobs()
    kept: list[DataFrame] = []
    with local_session(processes, os.path.join(out, WORK)) as spark:
        messages = spark.read.parquet(os.path.join(os.path.abspath(out), "messages"))
        for job, rows in zip(jobs, rows_across(messages, jobs, kept), strict=True):
            ordered = rows.orderBy("file", "number").toLocalIterator()
            yield from finder.findings(job, (row.asDict() for row in ordered))
        for frame in kept:  # the session may be that of a program, and goes on
            frame.unpersist()
