"""Audits on Apache Spark: DataFrames in, DataFrames out, by the same functions as everywhere.

    tables = audit(records, Recipe(ruleset="amazon", key=key), "hdfs:///tmp/audit-2026")
    tables["violations"].write.parquet("hdfs:///audits/2026/violations")

`records` has the columns of `tables.RECORDS`: `file`, `kind`, `data`, `number`, and `line` where there are lines.
Messages are judged where they lie (`mapInArrow`); what rules across messages shuffle are columns of the table
`messages`, in which there is no text. docs/audit-spark.md shows a job for a cluster.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial, reduce
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from msgpolicy.audit.batch import Auditor, Recipe
from msgpolicy.audit.findings import COLUMNS, TIMES, Finder, Job
from msgpolicy.audit.rows import not_evaluated_row, violation_row
from msgpolicy.audit.tables import CONVERSATION, RECORDS, SAMPLE, SAMPLE_ROW, TABLES, batch_of
from msgpolicy.checks.across.views import SPARK, steps
from msgpolicy.report import Violation

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_TYPES: Mapping[pa.DataType, str] = {
    pa.string(): "STRING",
    pa.bool_(): "BOOLEAN",
    pa.int16(): "SMALLINT",
    pa.int32(): "INT",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMP",
    pa.list_(pa.string()): "ARRAY<STRING>",
}
# What judging gives: rows of all tables, each with one structure that is not null, that of its table.
JUDGED = ", ".join(
    f"{name} STRUCT<{', '.join(f'`{field.name}`: {_TYPES[field.type]}' for field in schema)}>"
    for name, schema in TABLES.items()
)
_STRUCTURES = {
    name: pa.struct([pa.field(field.name, field.type) for field in schema]) for name, schema in TABLES.items()
}
# Columns that records have to have, with the types that they may be of.
_RECORDS = {"file": ("string",), "kind": ("string",), "data": ("binary",), "number": ("bigint", "int")}
# From the best to the worst.
_VERDICTS = ("pass", "warn", "review", "block")


def audit(records: DataFrame, recipe: Recipe, work: str) -> dict[str, DataFrame]:
    """The tables of an audit, by name; their rows are in no order.

    Args:
        records: columns as in `tables.RECORDS`; `file` and `number` together name a record, and nothing else does.
        recipe: with a `key`, or private values are shown as they are. Files that it names have to be on every machine.
        work: a folder that all machines reach, for what is judged once and read several times. The tables are read from
            it: remove it once they are written elsewhere.

    Raises:
        ValueError: the records lack a column, or have it of another type.
        RulesetError: the ruleset, a setting or the suppressions cannot be used.
    """
    tables = tables_of(_saved(judge(records, recipe), f"{work}/judged"))
    kept: list[DataFrame] = []
    across = tables_of(_saved(judge_across(tables["messages"], recipe, kept), f"{work}/across"))
    for frame in kept:
        frame.unpersist()
    tables["messages"] = worsened(tables["messages"], across, strict=recipe.strict)
    for name in ("violations", "not_evaluated"):
        tables[name] = tables[name].unionByName(across[name])
    return tables


def judge(records: DataFrame, recipe: Recipe) -> DataFrame:
    """Judges each record by itself; the schema is JUDGED. Nothing is shuffled.

    Save it before its tables are used (`tables_of`): each use would judge anew.

    Raises:
        ValueError: the records lack a column, or have it of another type.
        RulesetError: the ruleset, a setting or the suppressions cannot be used.
    """
    types = dict(records.dtypes)
    for name, allowed in _RECORDS.items():
        if types.get(name) not in allowed:
            raise ValueError(f"records: the column {name} has to be {allowed[0]}, not {types.get(name, 'missing')}")
    columns = [name for name in RECORDS.names if name in types]
    return records.select(*columns).mapInArrow(partial(_judge, _everywhere(recipe)), JUDGED)


def tables_of(judged: DataFrame) -> dict[str, DataFrame]:
    """The tables in what was judged, by name."""
    from pyspark.sql import functions as f

    tables = {name: judged.where(f.col(name).isNotNull()).select(f"{name}.*") for name in TABLES}
    shown = tables["shown"]
    # Each batch gives its share of the sample; of all, the smallest draws are in it. Texts stay where they are.
    draws = shown.where(f.col("because") == SAMPLE_ROW).select("draw").orderBy("draw").limit(SAMPLE)
    last = f.broadcast(draws.agg(f.max("draw").alias("last_draw")))
    in_sample = (f.col("because") != SAMPLE_ROW) | (f.col("draw") <= f.col("last_draw"))
    tables["shown"] = shown.crossJoin(last).where(in_sample).drop("last_draw")
    return tables


def judge_across(messages: DataFrame, recipe: Recipe, kept: list[DataFrame] | None = None) -> DataFrame:
    """What the rules across messages find in the table `messages`; the schema is JUDGED.

    Args:
        messages: the table, whole: what it lacks did not happen.
        recipe: the one by which they were judged.
        kept: gets the frames that are persisted for it; unpersist them when its rows are saved.

    Raises:
        RulesetError: the ruleset, a setting or the suppressions cannot be used.
    """
    recipe = _everywhere(recipe)
    jobs = Finder(auditor_of(recipe).linter).jobs()
    rows = rows_across(messages, jobs, [] if kept is None else kept)
    found = [some.mapInArrow(partial(_find, recipe, index), JUDGED) for index, some in enumerate(rows)]
    return reduce(lambda one, other: one.unionAll(other), found, messages.sparkSession.createDataFrame([], JUDGED))


def rows_across(messages: DataFrame, jobs: list[Job], kept: list[DataFrame]) -> list[DataFrame]:
    """The rows that the query of each job gives, as `Finder.findings` takes them; `kept` as in `judge_across`."""
    frames = {"messages": messages}
    made: dict[str, str] = {}
    for step in steps(SPARK):
        if step.kept:
            frames[step.name] = select(frames, made, step.select).persist()
            kept.append(frames[step.name])
        else:
            made[step.name] = step.select
    columns = ", ".join(f"{_plain(name)} AS of_{name}" for name in COLUMNS)
    joined = f"SELECT f.*, {columns} FROM found f JOIN messages m ON m.file = f.file AND m.number = f.number"
    return [select(frames, {**made, "found": job.query}, joined) for job in jobs]


def select(frames: Mapping[str, DataFrame], made: Mapping[str, str], query: str) -> DataFrame:
    """The rows of a query over frames, and over what is made of them step by step, each by its name."""
    session = next(iter(frames.values())).sparkSession
    named = [f"{name} AS (SELECT * FROM {{{name}}})" for name in frames]  # Spark puts the frames in
    named += [f"{name} AS ({_literally(step)})" for name, step in made.items()]
    return session.sql(f"WITH {', '.join(named)} SELECT * FROM ({_literally(query)})", None, **frames)


def _literally(query: str) -> str:
    return query.replace("{", "{{").replace("}", "}}")


def _everywhere(recipe: Recipe) -> Recipe:
    """As all machines are to judge: by the ruleset that is here, or not at all, and by the exceptions of one day."""
    digest = recipe.digest or auditor_of(recipe).linter.ruleset.digest
    return replace(recipe, digest=digest, today=recipe.today or datetime.now(UTC).date())


def _plain(name: str) -> str:
    return f"{SPARK.microseconds}(m.{name})" if name in TIMES else f"m.{name}"


def _saved(frame: DataFrame, path: str) -> DataFrame:
    frame.write.mode("overwrite").parquet(path)
    return frame.sparkSession.read.schema(JUDGED).parquet(path)


def worsened(messages: DataFrame, across: Mapping[str, DataFrame], *, strict: bool) -> DataFrame:
    """The messages with the verdicts that they have by the rules across messages too."""
    from pyspark.sql import functions as f

    severity = f.when(f.col("severity") == "error", 3).when(f.col("severity") == "warning", 1).otherwise(0)
    found = across["violations"].where("status = 'active'").select("file", "number", severity.alias("rank"))
    if strict:
        found = found.unionAll(across["not_evaluated"].select("file", "number", f.lit(2).alias("rank")))
    worst = found.groupBy("file", "number").agg(f.max("rank").alias("worst"))
    ranks = f.array(*map(f.lit, _VERDICTS))
    worse = f.col("worst") > f.array_position(ranks, f.col("verdict")) - 1
    verdict = f.when(worse, f.element_at(ranks, f.col("worst") + 1)).otherwise(f.col("verdict"))
    joined = messages.join(worst, ["file", "number"], "left").withColumn("verdict", verdict)
    return joined.select(*TABLES["messages"].names)


# --- in the processes of executors ------------------------------------------------------------------------------------

_last: tuple[Recipe, Auditor] | None = None


def auditor_of(recipe: Recipe) -> Auditor:
    """The one of this process, which serves many tasks: it takes a second to load."""
    global _last
    if _last is None or _last[0] != recipe:
        _last = (recipe, Auditor(recipe))
    return _last[1]


def _judge(recipe: Recipe, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield from _judged(auditor_of(recipe).audit(batch))


def _find(recipe: Recipe, job: int, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    finder = Finder(auditor_of(recipe).linter, recipe.today)
    for batch in batches:
        rows: dict[str, list[dict[str, Any]]] = {"violations": [], "not_evaluated": []}
        for file, number, found in finder.findings(finder.jobs()[job], batch.to_pylist()):
            key = {"file": file, "number": number}
            if isinstance(found, Violation):
                rows["violations"].append(violation_row(key, found, CONVERSATION))
            else:
                rows["not_evaluated"].append(not_evaluated_row(key, found))
        yield from _judged({name: batch_of(TABLES[name], listed) for name, listed in rows.items()})


def _judged(tables: Mapping[str, pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for name, table in tables.items():
        if table.num_rows:
            columns = {other: pa.nulls(table.num_rows, kind) for other, kind in _STRUCTURES.items()}
            columns[name] = pa.StructArray.from_arrays(table.columns, fields=list(_STRUCTURES[name]))
            yield pa.RecordBatch.from_pydict(columns)
