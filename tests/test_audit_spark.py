"""Spark and the embedded engine judge the same archive: every row is compared. Needs pyspark (extra `spark`) and Java.

The archive has a few hundred records, so that there are two shards, and every rule across messages finds something.
"""

from __future__ import annotations

import csv
import json
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("duckdb")

from msgpolicy.audit.archives.raw import as_batch  # noqa: E402
from msgpolicy.audit.archives.reading import Reader  # noqa: E402
from msgpolicy.audit.batch import Recipe  # noqa: E402
from msgpolicy.audit.run import Options, audit  # noqa: E402
from msgpolicy.audit.tables import TABLES  # noqa: E402
from msgpolicy.inputs import InputError  # noqa: E402
from tests.audit_archives import PHONE, POLITE, lines, rows  # noqa: E402

KEY = b"0123456789abcdef0123456789abcdef"
SETTINGS = {"daily_cap_messages": 2, "mass_buyers": 3}
ACROSS = {
    "repeat-review-request", "late-reply", "unanswered-message", "daily-cap-exceeded", "mass-message",
    "contact-after-stop",
}  # fmt: skip
ASKS = "Please leave us a review of your kettle."
STOP = "Please stop sending me messages."
WITH_SPARK = pytest.mark.slow


def message(number: int, chance: random.Random) -> dict[str, Any]:
    """A message of a small shop with few customers, of which much is known or nothing."""
    by_buyer = chance.random() < 0.3
    texts = ["Where is my parcel?", STOP] if by_buyer else [PHONE, POLITE, ASKS, ASKS, f"Your number is {number}."]
    record: dict[str, Any] = {
        "id": f"m-{number}",
        "direction": "buyer_to_seller" if by_buyer else "seller_to_buyer",
        "kind": chance.choice(["proactive", "reply", None]) if not by_buyer else None,
        "sent_at": f"2026-{chance.choice((9, 10)):02}-{chance.randint(1, 9):02}T{chance.randint(0, 23):02}:30:00+02:00",
        "thread_id": chance.choice([f"t{number % 40}", None]),
        "order": {"id": f"305-1234567-{number % 30:07}"} if chance.random() < 0.8 else None,
        "buyer": {"id": f"b{number % 30}"} if chance.random() < 0.8 else None,
        "sender": chance.choice(["shop@shop.example", None]) if not by_buyer else None,
        "account": {"daily_order_average": 0.5} if chance.random() < 0.5 else None,
        "text": chance.choice(texts),
    }
    if chance.random() < 0.05:
        record["sent_at"] = None
    if chance.random() < 0.1:
        record["history"] = {"review_requests": 1, "sent_today": 3, "last_buyer_message_at": "2026-08-30T10:00:00Z"}
    return {name: value for name, value in record.items() if value is not None}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """JSONL with broken lines and the same message twice, CSV, and Parquet."""
    folder = tmp_path_factory.mktemp("archive")
    chance = random.Random(7)
    records = [message(number, chance) for number in range(560)]
    (folder / "a.jsonl").write_bytes(lines(records) + b'{"text": 5}\nnot json\n' + lines(records[3:9]))
    columns = ["id", "direction", "kind", "sent_at", "thread_id", "order.id", "buyer.id", "text"]
    flat = [
        {
            **{name: record.get(name) for name in columns},
            "order.id": record.get("order", {}).get("id"),
            "buyer.id": record.get("buyer", {}).get("id"),
        }
        for record in (message(number, chance) for number in range(1000, 1060))
    ]
    with (folder / "b.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(flat[:30])
    pq.write_table(pa.Table.from_pylist(flat[30:]), folder / "c.parquet")
    (folder / "key").write_bytes(KEY)
    return [str(folder / name) for name in ("a.jsonl", "b.csv", "c.parquet")]


@pytest.fixture(scope="module")
def options(archive: list[str], tmp_path_factory: pytest.TempPathFactory) -> Options:
    out = tmp_path_factory.mktemp("audits") / "pool"
    key = str(Path(archive[0]).parent / "key")
    return Options(out=str(out), redaction_key=key, settings=SETTINGS)


@pytest.fixture(scope="module")
def embedded(archive: list[str], options: Options) -> dict[str, list[dict[str, Any]]]:
    """The tables by the embedded engine."""
    audit(archive, options)
    tables = {name: rows(Path(options.out), name) for name in TABLES}
    found = {row["rule"] for row in tables["violations"] if row["scope"] == "conversation"}
    assert found == ACROSS
    assert len(tables["rejected"]) == 2
    assert {row["because"] for row in tables["shown"]} == {"example", "sample"}
    return tables


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="pyspark is not installed (extra `spark`)")
    if not shutil.which("java"):
        pytest.skip("there is no Java")
    from msgpolicy.audit.spark_workers import local_session

    with local_session(2, str(tmp_path / "spark")) as session:
        yield session


def by_row(table: list[dict[str, Any]]) -> list[str]:
    """Rows in an order of their own."""
    return sorted(json.dumps(row, sort_keys=True, default=str) for row in table)


@WITH_SPARK
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::FutureWarning", "ignore::DeprecationWarning")
def test_the_command_s_folder_is_the_same(
    archive: list[str], options: Options, embedded: dict[str, list[dict[str, Any]]]
) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed (extra `spark`)")
    if not shutil.which("java"):
        pytest.skip("there is no Java")
    out = options.out + "-spark"
    audit(archive, replace(options, out=out, engine="spark", processes=2))
    for name in TABLES:
        assert rows(Path(out), name) == embedded[name], name
    for name in ("summary.json", "report.html"):
        assert (Path(out) / name).read_bytes() == (Path(options.out) / name).read_bytes()
    assert not (Path(out) / ".work").exists()


@WITH_SPARK
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::FutureWarning", "ignore::DeprecationWarning")
def test_frames_give_the_same_rows(
    session: Any, archive: list[str], embedded: dict[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    from msgpolicy.audit import spark

    pq.write_table(pa.Table.from_batches([as_batch(Reader(archive))]), tmp_path / "records.parquet")
    records = session.read.parquet(str(tmp_path / "records.parquet")).repartition(3, "number")
    recipe = Recipe(settings=SETTINGS, key=KEY)
    tables = spark.audit(records, recipe, str(tmp_path / "work"))
    for name in ("messages", "violations", "not_evaluated", "rejected"):
        assert tables[name].columns == list(TABLES[name].names)
        frame = pa.Table.from_batches(tables[name].toArrow().cast(TABLES[name]).to_batches(), schema=TABLES[name])
        assert by_row(frame.to_pylist()) == by_row(embedded[name]), name
    # Each batch shows an example of its own of a template; the sample is one.
    shown = tables["shown"].toArrow().cast(TABLES["shown"]).to_pylist()
    for because in ("sample", "example"):
        mine, theirs = ([row for row in table if row["because"] == because] for table in (shown, embedded["shown"]))
        if because == "sample":
            assert by_row(mine) == by_row(theirs)
        assert {row["template"] for row in mine} == {row["template"] for row in theirs}

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
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::FutureWarning", "ignore::DeprecationWarning")
def test_no_text_crosses_a_shuffle(session: Any, tmp_path: Path) -> None:
    """In the physical plan from the records on, without anything saved in between."""
    from msgpolicy.audit import spark

    records = session.createDataFrame([], "file STRING, kind STRING, data BINARY, number BIGINT, line BIGINT")
    recipe = Recipe(settings=SETTINGS, key=KEY)
    judged = spark.judge(records, recipe)
    assert moved(judged) == []
    tables = spark.tables_of(judged)
    shuffled = moved(spark.judge_across(tables["messages"], recipe))
    assert len(shuffled) > 10
    # `text` and `template` of the table `messages` are fingerprints; the tables with texts have columns of other names.
    texts = {"data", "shown", "violations", "subject", "because", "excerpt", "evidence"}
    assert [columns & texts for columns in shuffled if columns & texts] == []
    assert {column for columns in moved(tables["shown"]) for column in columns} <= {"draw", "max", "last_draw"}, moved(
        tables["shown"]
    )
    assert {"data"} in [columns & {"data"} for columns in moved(records.repartition("number"))]  # it would be seen


def moved(frame: Any) -> list[set[str]]:
    """The columns that each exchange of a plan moves to other machines."""
    found: list[set[str]] = []

    def walk(node: Any) -> None:
        name = node.getClass().getSimpleName()
        if name == "AdaptiveSparkPlanExec":
            walk(node.initialPlan())
            return
        if name == "InMemoryTableScanExec":
            walk(node.relation().cachedPlan())
            return
        if "Exchange" in name or name.startswith(("TakeOrdered", "Collect")):
            output = node.output()
            found.append({output.apply(index).name() for index in range(output.size())})
        children = node.children()
        for index in range(children.size()):
            walk(children.apply(index))

    walk(frame._jdf.queryExecution().executedPlan())
    return found


def test_without_pyspark_it_says_what_to_install(
    archive: list[str], options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(InputError, match="pyspark is not installed") as error:
        audit(archive, replace(options, out=options.out + "-none", engine="spark"))
    assert "pip install 'msgpolicy[audit,spark]'" in error.value.troubles[0].hint
    assert not Path(options.out + "-none").exists()
