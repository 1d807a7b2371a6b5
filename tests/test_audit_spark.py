"""Spark and the embedded engine judge the same archive: every row of every table is compared.

Needs pyspark (extra `spark`) and Java; with MSGPOLICY_NEEDS_SPARK set (as in .ci/run) a test fails where they are
missing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("duckdb")

from msgpolicy import Linter  # noqa: E402
from msgpolicy.audit.archives.raw import as_batch  # noqa: E402
from msgpolicy.audit.archives.reading import Reader  # noqa: E402
from msgpolicy.audit.batch import Recipe  # noqa: E402
from msgpolicy.audit.context import store_context  # noqa: E402
from msgpolicy.audit.decisions import load_decisions  # noqa: E402
from msgpolicy.audit.run import Options, audit  # noqa: E402
from msgpolicy.audit.tables import TABLES  # noqa: E402
from msgpolicy.inputs import InputError  # noqa: E402
from tests.audit_archives import rows  # noqa: E402
from tests.audit_shop import ACROSS, KEY, LANGUAGES, SETTINGS, TIMEZONE, TODAY, decide, make_archive  # noqa: E402

ROOT = Path(__file__).parent.parent
WITH_SPARK = pytest.mark.slow
QUIET = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::FutureWarning", "ignore::DeprecationWarning")
Rows = dict[str, list[dict[str, Any]]]


class Embedded(NamedTuple):
    """What the embedded engine made of the archive: its tables before and after decisions, and its folder (after)."""

    undecided: Rows
    decided: Rows
    out: Path


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return make_archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def options(archive: list[str], tmp_path_factory: pytest.TempPathFactory) -> Options:
    beside = Path(archive[0]).parent
    return Options(
        out=str(tmp_path_factory.mktemp("audits") / "pool"),
        redaction_key=str(beside / "key"),
        settings=SETTINGS,
        timezone=TIMEZONE,
        context=str(beside / "context.csv"),
        suppressions=str(beside / "exceptions.yaml"),
        today=TODAY,
        jsonl=True,
    )


def decisions_of(archive: list[str]) -> str:
    return str(Path(archive[0]).parent / "decisions.jsonl")


def tables_in(out: Path) -> Rows:
    return {name: rows(out, name) for name in TABLES}


@pytest.fixture(scope="module")
def embedded(archive: list[str], options: Options) -> Embedded:
    """Makes the decisions too."""
    audit(archive, options)
    undecided = tables_in(Path(options.out))
    templates = {(row["file"], row["number"]): row["template"] for row in undecided["messages"]}
    decide(Path(decisions_of(archive)), undecided["violations"], templates)
    audit(archive, replace(options, resume=True, decisions=decisions_of(archive)))
    return Embedded(undecided, tables_in(Path(options.out)), Path(options.out))


@WITH_SPARK
def test_the_archive_has_what_has_to_be_compared(embedded: Embedded) -> None:
    messages, violations = embedded.undecided["messages"], embedded.undecided["violations"]
    found = {row["rule"] for row in violations if row["scope"] == "conversation"}
    assert found == ACROSS
    assert len({row["language"] for row in messages} - {None}) >= len(LANGUAGES) >= 10
    assert {row["direction"] for row in messages} == {"buyer_to_seller", "seller_to_buyer"}
    assert {row["channel"] for row in messages} == {"email", "web", "sp_api"}
    assert {row["verdict"] for row in messages} == {"pass", "warn", "block"}
    assert {row["as_of"].year for row in messages if row["as_of"]} >= {2020, 2021, 2024, 2025, 2026}
    assert [f"timezone={TIMEZONE}"] in [row["assumed"] for row in messages]
    assert any(row["order"] for row in messages)
    assert not any((row["order"] or "").startswith("305-") for row in messages)
    assert len({row["message_id"] for row in messages if row["message_id"]}) < sum(
        row["message_id"] is not None for row in messages
    )
    assert {row["file"].rsplit("/", 1)[1] for row in messages} >= {"a.jsonl", "b.csv", "c.parquet"}
    assert not any("shop@shop.example" in row["file"] for row in messages)
    assert len(embedded.undecided["rejected"]) == 2
    assert {row["because"] for row in embedded.undecided["shown"]} == {"example", "sample"}
    kinds = {json.loads(row["excuse"])["kind"] for row in embedded.decided["violations"] if row["excuse"]}
    assert kinds == {"suppression", "decision"}
    excused = {row["rule"] for row in embedded.decided["violations"] if row["status"] == "suppressed"}
    assert excused >= {"phone-number", "external-link", "repeat-review-request"}
    assert excused & ACROSS - {"repeat-review-request"}
    assert embedded.decided["messages"] != embedded.undecided["messages"]


def need(there: object, missing: str) -> None:
    if not there:
        assert not os.environ.get("MSGPOLICY_NEEDS_SPARK"), missing
        pytest.skip(missing)


def need_spark() -> None:
    need(shutil.which("java"), "there is no Java")
    need(find_spec("pyspark"), "pyspark is not installed (extra `spark`)")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Spark puts what it shuffles."""
    return tmp_path_factory.mktemp("local")


@pytest.fixture(scope="module")
def session(local: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session as a job of somebody's own has it; what it shuffles can be read in its folder."""
    need_spark()
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.log.level": "OFF",
        "spark.local.dir": str(local),
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
        "spark.sql.session.timeZone": "Asia/Tokyo",
        "spark.sql.shuffle.partitions": "3",
        "spark.shuffle.compress": "false",
        "spark.shuffle.spill.compress": "false",
        "spark.io.encryption.enabled": "false",
    }
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield session
    session.stop()


def by_row(table: list[dict[str, Any]]) -> list[str]:
    """Rows in an order of their own."""
    return sorted(json.dumps(row, sort_keys=True, default=str) for row in table)


def rows_of(frame: Any, name: str) -> list[str]:
    assert frame.columns == list(TABLES[name].names)
    table = pa.Table.from_batches(frame.toArrow().cast(TABLES[name]).to_batches(), schema=TABLES[name])
    return by_row(table.to_pylist())


@WITH_SPARK
@QUIET
def test_the_command_s_folder_is_the_same(archive: list[str], options: Options, embedded: Embedded) -> None:
    need_spark()
    out = Path(f"{options.out}-spark")
    spark = replace(options, out=str(out), engine="spark", processes=2)
    audit(archive, replace(spark, decisions=decisions_of(archive)))
    assert tables_in(out) == embedded.decided
    names = [*(f"{name}.jsonl" for name in TABLES), "summary.json", "report.html"]
    assert {name: (out / name).read_bytes() == (embedded.out / name).read_bytes() for name in names} == dict.fromkeys(
        names, True
    )
    assert not (out / ".work").exists()
    audit(archive, replace(spark, resume=True))
    assert tables_in(out) == embedded.undecided


COMPARED = ("messages", "violations", "not_evaluated", "rejected")


def job(session: Any, archive: list[str], folder: Path) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """A job of somebody's own: the tables before decisions, with them, and with none in their place."""
    from msgpolicy.audit import spark
    from msgpolicy.audit.spark_decisions import lay_over

    beside = Path(archive[0]).parent
    store_context(str(beside / "context.csv"), str(folder / "context"))
    pq.write_table(pa.Table.from_batches([as_batch(Reader(archive))]), folder / "records.parquet")
    records = session.read.parquet(str(folder / "records.parquet")).repartition(3, "number")
    recipe = Recipe(
        settings=SETTINGS,
        key=KEY,
        timezone=TIMEZONE,
        context=str(folder / "context"),
        suppressions=str(beside / "exceptions.yaml"),
        today=TODAY,
    )
    tables = spark.audit(records, recipe, str(folder / "work"))
    decisions = load_decisions(decisions_of(archive), *Linter("amazon", across=True).rulesets)
    decided = lay_over(tables, decisions)
    return tables, decided, lay_over(decided, None)


@WITH_SPARK
@QUIET
def test_frames_give_the_same_rows(session: Any, archive: list[str], embedded: Embedded, tmp_path: Path) -> None:
    from msgpolicy.audit import spark

    tables, decided, taken_back = job(session, archive, tmp_path)
    for name in COMPARED:
        assert rows_of(tables[name], name) == by_row(embedded.undecided[name]), name
        assert rows_of(decided[name], name) == by_row(embedded.decided[name]), name
        assert rows_of(taken_back[name], name) == by_row(embedded.undecided[name]), name
    # Each batch shows an example of its own of a template; the sample is one.
    shown = tables["shown"].toArrow().cast(TABLES["shown"]).to_pylist()
    for because in ("sample", "example"):
        mine, theirs = (
            [row for row in table if row["because"] == because] for table in (shown, embedded.undecided["shown"])
        )
        if because == "sample":
            assert by_row(mine) == by_row(theirs)
        assert {row["template"] for row in mine} == {row["template"] for row in theirs}

    # Nothing is left in the session of whose it is.
    assert session.catalog.listTables() == []
    assert session.sparkContext._jsc.getPersistentRDDs().isEmpty()

    # Where what is not known counts, what rules across messages leave open is for a person to look at.
    own = spark.tables_of(session.read.schema(spark.JUDGED).parquet(str(tmp_path / "work/judged")))["messages"]
    across = spark.tables_of(session.read.schema(spark.JUDGED).parquet(str(tmp_path / "work/across")))
    open_ = {(row.file, row.number) for row in across["not_evaluated"].collect()}
    before = {(row.file, row.number): row.verdict for row in own.collect()}
    strict = {(row.file, row.number): row.verdict for row in spark.worsened(own, across, strict=True).collect()}
    lenient = {(row.file, row.number): row.verdict for row in spark.worsened(own, across, strict=False).collect()}
    assert {key for key in strict if strict[key] != lenient[key]} == {
        key for key in open_ if lenient[key] in ("pass", "warn")
    }
    assert open_
    assert before != lenient


@WITH_SPARK
def test_frames_of_spark_connect_give_the_same_rows(archive: list[str], embedded: Embedded, tmp_path: Path) -> None:
    """In a process of its own: there is one kind of session in each."""
    need_spark()
    need(find_spec("grpc"), "grpcio is not installed (extra `spark-connect`)")
    call = [sys.executable, "-m", "tests.spark_connect_job", str(tmp_path), *archive]
    ended = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert ended.returncode == 0, ended.stderr
    for made, expected in (
        ("tables", embedded.undecided),
        ("decided", embedded.decided),
        ("taken back", embedded.undecided),
    ):
        for name in COMPARED:
            table = pq.read_table(tmp_path / made / f"{name}.parquet").cast(TABLES[name])
            assert by_row(table.to_pylist()) == by_row(expected[name]), (made, name)


# `text` and `template` of the table `messages` are fingerprints; the tables with texts have columns of other names.
BODIES = {"data", "shown.*", "subject", "because"}
QUOTES = {"violations.*", "excerpt", "evidence"}


@WITH_SPARK
@QUIET
def test_no_text_is_in_a_plan_s_exchanges(session: Any, archive: list[str], embedded: Embedded) -> None:
    """In the physical plan from the records on, without anything saved in between."""
    from msgpolicy.audit import spark
    from msgpolicy.audit.spark_decisions import lay_over

    records = session.createDataFrame([], "file STRING, kind STRING, data BINARY, number BIGINT, line BIGINT")
    recipe = Recipe(settings=SETTINGS, key=KEY, today=TODAY)
    judged = spark.judge(records, recipe)
    assert moved(judged) == []
    tables = spark.tables_of(judged)
    across = spark.judge_across(tables["messages"], recipe)
    shuffled = moved(across)
    assert len(shuffled) > 10
    assert [columns & (BODIES | QUOTES) for columns in shuffled if columns & (BODIES | QUOTES)] == []
    assert {column for columns in moved(tables["shown"]) for column in columns} <= {"draw", "max", "last_draw"}
    worse = moved(spark.worsened(tables["messages"], spark.tables_of(across), strict=True))
    assert [columns & (BODIES | QUOTES) for columns in worse if columns & (BODIES | QUOTES)] == []

    # Decisions about templates may move what is quoted, masked; never more.
    decided = lay_over(tables, load_decisions(decisions_of(archive), *Linter("amazon", across=True).rulesets))
    for name in ("messages", "violations"):
        assert [columns & BODIES for columns in moved(decided[name]) if columns & BODIES] == []

    assert {"data"} in [columns & {"data"} for columns in moved(records.repartition("number"))]  # it would be seen


def moved(frame: Any) -> list[set[str]]:
    """The columns that each exchange of a plan moves to other machines; structures have `.*` behind their names."""
    found: list[set[str]] = []
    cached: set[int] = set()  # plans of what is kept; each is part of many

    def walk(node: Any) -> None:
        name = node.getClass().getSimpleName()
        if name == "AdaptiveSparkPlanExec":
            walk(node.initialPlan())
            return
        if name == "InMemoryTableScanExec":
            plan = node.relation().cachedPlan()
            if plan.id() not in cached:
                cached.add(plan.id())
                walk(plan)
            return
        if "Exchange" in name or name.startswith(("TakeOrdered", "Collect")):
            output = node.output()
            columns = [output.apply(index) for index in range(output.size())]
            found.append({f"{c.name()}.*" if c.dataType().typeName() == "struct" else c.name() for c in columns})
        children = node.children()
        for index in range(children.size()):
            walk(children.apply(index))

    walk(frame._jdf.queryExecution().executedPlan())
    return found


@WITH_SPARK
@QUIET
def test_no_text_is_in_what_is_shuffled(session: Any, local: Path, tmp_path: Path) -> None:
    """In the bytes that Spark writes for other machines to fetch, when all of it runs."""
    from msgpolicy.audit import spark

    word = b"Zwetschgenknoedel"
    texts = [f"Zwetschgenknoedel: write to anna@shop.example about number {number}." for number in range(40)]
    rows = [
        ("a", "json", json.dumps({"id": f"m{n}", "text": text, "order": {"id": "305-1234567-1234567"}}).encode(), n)
        for n, text in enumerate(texts, 1)
    ]
    pq.write_table(
        pa.table(dict(zip(("file", "kind", "data", "number"), map(list, zip(*rows, strict=True)), strict=True))),
        tmp_path / "records.parquet",
    )
    records = session.read.parquet(str(tmp_path / "records.parquet"))
    tables = spark.audit(records, Recipe(key=KEY, show_text=True, today=TODAY), str(tmp_path / "work"))
    for name, table in tables.items():
        table.write.parquet(str(tmp_path / "out" / name))
    assert any(word in path.read_bytes() for path in (tmp_path / "out/shown").glob("*.parquet"))
    assert shuffled_with(local, b"")
    assert shuffled_with(local, word) == []
    records.repartition(3, "number").write.parquet(str(tmp_path / "moved"))
    assert shuffled_with(local, word)  # it would be seen


def shuffled_with(folder: Path, word: bytes) -> list[Path]:
    return [path for path in folder.rglob("shuffle_*.data") if word in path.read_bytes()]


@WITH_SPARK
@QUIET
def test_records_of_another_shape_are_refused(session: Any) -> None:
    from msgpolicy.audit import spark

    records = session.createDataFrame([], "file STRING, kind STRING, data STRING, number BIGINT")
    with pytest.raises(ValueError, match="the column data has to be binary, not string"):
        spark.judge(records, Recipe())
    with pytest.raises(ValueError, match="the column number has to be bigint, not missing"):
        spark.judge(records.select("file", "kind", records.data.cast("binary")), Recipe())


@WITH_SPARK
@QUIET
def test_another_version_of_the_ruleset_ends_the_job(session: Any) -> None:
    from msgpolicy.audit import spark

    records = session.createDataFrame([("a", "json", b"{}", 1)], "file STRING, kind STRING, data BINARY, number BIGINT")
    with pytest.raises(Exception, match="has changed: the audit was begun with sha256:0"):
        spark.judge(records, Recipe(digest="sha256:0", today=TODAY)).collect()


def test_without_pyspark_it_says_what_to_install(
    archive: list[str], options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(InputError, match="pyspark is not installed") as error:
        audit(archive, replace(options, out=options.out + "-none", engine="spark"))
    assert "pip install 'msgpolicy[spark]'" in error.value.troubles[0].hint
    assert not Path(options.out + "-none").exists()
