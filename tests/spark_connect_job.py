"""A job on Spark Connect, as notebooks have it: `python -m tests.spark_connect_job OUT ARCHIVE…`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pyarrow.parquet as pq
from pyspark.sql import SparkSession

from tests.test_audit_spark import COMPARED, job


def main() -> None:
    out, *archive = sys.argv[1:]
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.local.dir": f"{out}/local",
        "spark.sql.warehouse.dir": f"{out}/warehouse",
        "spark.sql.session.timeZone": "Asia/Tokyo",
        "spark.sql.shuffle.partitions": "3",
    }
    session = SparkSession.builder.remote("local[2]").config(map=settings).getOrCreate()
    for made, tables in zip(("tables", "decided", "taken back"), job(session, archive, Path(out)), strict=True):
        (Path(out) / made).mkdir()
        for name in COMPARED:
            pq.write_table(tables[name].toArrow(), Path(out) / made / f"{name}.parquet")
    assert session.catalog.listTables() == []
    session.stop()


if __name__ == "__main__":
    main()
