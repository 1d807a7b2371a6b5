"""Judges a made-up table of 20 million messages by the rules across messages, within a limit of memory.

`python -m benchmarks.across [--rows N] [--memory 700MB] [--folder DIR]` makes the table (some 100 bytes on disk for
each row), runs the queries, and prints seconds, findings and the most memory that the process had. Who is late and who
asks twice is known from how the rows are made: the counts are checked.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb

from msgpolicy import Linter
from msgpolicy.audit.across import findings_across
from msgpolicy.audit.database import MEMORY
from msgpolicy.report import Violation

# Orders come with five messages: a question, its answer, an invoice, a request for a review, a wish for no more.
PER_ORDER = 5
FILES = 16
# One order in so many has an answer that is late, and a second request in place of the invoice.
LATE, AGAIN = 100, 250

_MAKE = """
COPY (
    SELECT 'archive-' || (o % 8) || '.jsonl' AS file, o * {per_order} + m + 1 AS number,
        md5('m' || o || '-' || m) AS message_id, md5('t' || o) AS thread, NULL::VARCHAR AS in_reply_to,
        md5('o' || o) AS "order", md5('b' || (o // 3)) AS buyer, md5('s' || (o % 5)) AS sender,
        CASE WHEN m IN (0, 4) THEN 'buyer_to_seller' ELSE 'seller_to_buyer' END AS direction,
        CASE m WHEN 1 THEN 'reply' WHEN 2 THEN 'proactive' WHEN 3 THEN 'proactive' END AS kind,
        'email' AS channel, 'amazon.de' AS marketplace,
        CASE m WHEN 2 THEN 'invoice' WHEN 3 THEN 'review_request' END AS reason, 'de' AS language,
        TIMESTAMPTZ '2024-01-01 00:00:00+00' + INTERVAL (o % 700) DAY + INTERVAL (o // 700 % 80000) SECOND
            + INTERVAL (CASE m WHEN 0 THEN 0 WHEN 1 THEN (CASE WHEN o % {late} = 0 THEN 30 ELSE 3 END) WHEN 2 THEN 48
                WHEN 3 THEN 200 ELSE 300 END) HOUR AS sent_at,
        60::SMALLINT AS offset_minutes, sent_at AS as_of, 'pass' AS verdict, md5('w' || (o % 1000)) AS template,
        md5('x' || o || '-' || m) AS text, m = 3 OR (m = 2 AND o % {again} = 0) AS review_request,
        m = 4 AS stop_request, 100000.0::DOUBLE AS daily_order_average, NULL::INTEGER AS history_review_requests,
        NULL::INTEGER AS history_sent_today, NULL::TIMESTAMPTZ AS history_last_buyer_message_at
    FROM range({first}, {last}) t(o), range({per_order}) u(m)
) TO '{path}' (FORMAT parquet)
"""


def make(folder: Path, rows: int) -> None:
    """Writes the table in some files."""
    orders = rows // PER_ORDER
    with duckdb.connect() as database:
        for index in range(FILES):
            first, last = orders * index // FILES, orders * (index + 1) // FILES
            path = folder / f"{index:03}.parquet"
            database.execute(
                _MAKE.format(first=first, last=last, path=path, per_order=PER_ORDER, late=LATE, again=AGAIN)
            )


def judge(folder: Path, memory: str) -> int:
    """Runs the queries one by one; the exit status tells whether they found what there is."""
    linter = Linter("amazon", draft=False, across=True)
    found: Counter[str] = Counter()
    for rule in (rule.id for rule in linter.ruleset.rules if "conversation" in rule.scopes):
        started = time.perf_counter()
        entries = findings_across(str(folder / "*.parquet"), linter, rules=(rule,), folder=folder, memory_limit=memory)
        kinds = Counter(isinstance(entry, Violation) for _, _, entry in entries)
        found[rule] = kinds[True]
        seconds, peak = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{rule:24} {seconds:7.1f} s  {kinds[True]:9,} violations  {kinds[False]:9,} not evaluated  "
            f"{peak:7,.0f} MiB at most",
            flush=True,
        )
    orders = int(duckdb.sql(f"SELECT COUNT(*) FROM '{folder}/*.parquet'").fetchall()[0][0]) // PER_ORDER
    wanted = {"late-reply": -(-orders // LATE), "repeat-review-request": -(-orders // AGAIN)}
    wrong = {rule: (found[rule], count) for rule, count in wanted.items() if found[rule] != count}
    print(f"found otherwise than made: {wrong}" if wrong else "found as made")
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument(
        "--memory", default=MEMORY, help="what the database may use; the process needs some 200 MB besides"
    )
    parser.add_argument("--folder", type=Path, help="where the table is put, and left; by default a temporary folder")
    parser.add_argument("--judge", action="store_true", help="the table is there")
    args = parser.parse_args()
    if args.judge:
        return judge(args.folder, args.memory)
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        started = time.perf_counter()
        make(folder, args.rows)
        size = sum(path.stat().st_size for path in folder.glob("*.parquet"))
        print(f"{args.rows:,} rows, {size / 2**20:,.0f} MiB, made in {time.perf_counter() - started:.0f} s", flush=True)
        # In a process of its own, so that its memory is that of judging alone.
        command = [sys.executable, "-m", "benchmarks.across", "--judge", "--folder", str(folder)]
        return subprocess.run([*command, "--memory", args.memory], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
