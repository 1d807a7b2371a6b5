"""One buyer's rows taken out of a finished audit: all of them, or none.

A message is the buyer's if it names the buyer; and, where it names nobody, if it is in a thread or about an order that
the buyer's messages name, and those of nobody else.

New files are gathered in a folder beside the tables, which gets its name when it is complete; from then on the erasure
counts, and whatever interrupts it, the next call moves the rest into place. Until then the tables are untouched.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from msgpolicy.audit.asked import NAME as RECORD_NAME
from msgpolicy.audit.asked import Asked, Record, read_record, write_record
from msgpolicy.audit.database import database, literal
from msgpolicy.audit.export import write_jsonl
from msgpolicy.audit.lock import locked
from msgpolicy.audit.parts import COMPRESSION, WORK, Parts
from msgpolicy.audit.redacting import KEY_NAME, Pseudonyms, key_id, read_key
from msgpolicy.audit.report import write_report
from msgpolicy.audit.spreadsheets import EXPORTS
from msgpolicy.audit.summary import summarize
from msgpolicy.audit.tables import TABLES
from msgpolicy.checks.across import quoted
from msgpolicy.inputs.errors import shown_name, unusable
from msgpolicy.linter import Linter
from msgpolicy.replacing import remove_unfinished

# Complete, and being moved into place; being gathered.
_READY, _GATHERED = ".erase", ".erase-unfinished"
_WORKBOOK = "audit.xlsx"
# Whose rows are about one message. Of a rejected record nobody knows whose it was.
_TABLES = tuple(name for name in TABLES if name != "rejected")


@dataclass(frozen=True)
class Erased:
    """What came of it.

    Attributes:
        rows: those that are gone, by table.
        unknown: messages left of which the buyer is not known.
        shared: messages left that name another buyer, though an order or thread of this one.
        ended: whether an erasure that was interrupted was brought to its end before.
    """

    rows: dict[str, int]
    unknown: int
    shared: int
    ended: bool


def finished_record(out: str) -> Record:
    """What a finished audit in the folder was asked.

    Raises:
        InputError: there is none, it is not finished, or a table is missing.
    """
    record, name = read_record(out), shown_name(out)
    if record is None:
        raise unusable(name, "the folder holds no audit")
    if not record.finished:
        raise unusable(name, "the audit in the folder is not finished", "go on with it first, with --resume")
    for table in TABLES:
        folder = os.path.join(out, table)
        if not os.path.isdir(folder) or not _files(folder):
            raise unusable(name, f"the table {table} is missing")
    return record


def is_half_erased(out: str) -> bool:
    """Whether an erasure was interrupted when it counted already: the next `erase` ends it."""
    return os.path.isdir(os.path.join(out, _READY))


def erase(out: str, buyer: str, linter: Linter, key_file: str | None = None) -> Erased:
    """Takes all rows about a buyer out of a finished audit, and makes summary and report anew.

    Args:
        buyer: the id or address, as the archive had it; case does not count.
        linter: that of the audit, for the report.
        key_file: the key of the hashes, where it is not in the folder.

    Raises:
        InputError: the folder holds no finished audit; the key is missing, or another; no buyer is known in it.
        OSError: the disk is full, or the folder cannot be written.
    """
    finished_record(out)
    with locked(out):
        ended = end_interrupted(out, linter)
        record = finished_record(out)
        _check_exports(out)
        _remove_left(out)
        names = Pseudonyms(_key(out, record.asked, key_file))
        try:
            with database(out) as tables:
                _find(tables, out, buyer.strip(), names, may_be_none=ended)
                rows = _gather(tables, out)
                unknown = _number(tables, _UNKNOWN)
                shared = _number(tables, _SHARED)
        except (pa.ArrowInvalid, duckdb.Error) as error:
            shutil.rmtree(os.path.join(out, _GATHERED), ignore_errors=True)
            raise unusable(shown_name(out), f"a table cannot be read ({type(error).__name__})") from None
        except BaseException:
            shutil.rmtree(os.path.join(out, _GATHERED), ignore_errors=True)
            raise
        if rows["messages"]:
            _commit(out, record, rows["messages"])
            end_interrupted(out, linter)
        else:
            shutil.rmtree(os.path.join(out, _GATHERED), ignore_errors=True)
        return Erased(rows, unknown, shared, ended)


def _check_exports(out: str) -> None:
    if os.path.exists(os.path.join(out, _WORKBOOK)) and find_spec("xlsxwriter") is None:
        why = f"{_WORKBOOK} has to be made anew, which needs xlsxwriter"
        raise unusable(shown_name(out), why, "pip install 'msgpolicy[audit]', or remove that file")


def _remove_left(out: str) -> None:
    """Takes away what killed processes left of this audit; it may be about anybody."""
    Parts(out).remove()
    shutil.rmtree(os.path.join(out, WORK), ignore_errors=True)
    for folder in ("", *TABLES):
        remove_unfinished(os.path.join(out, folder))


def _key(out: str, asked: Asked, key_file: str | None) -> bytes | None:
    if not asked.redacted:
        return None
    path = key_file or os.path.join(out, KEY_NAME)
    if key_file is None and not os.path.exists(path):
        why = "the redaction key is missing, and nobody can tell without it which rows are the buyer's"
        raise unusable(shown_name(out), why, f"name it with --redaction-key; it is the key {asked.key}")
    key = read_key(path)
    if key_id(key) != asked.key:
        why = f"it is not the key of this audit, which is {asked.key}"
        raise unusable(shown_name(path), why, "name that one with --redaction-key")
    return key


# Who the buyer is: told of the message, or else who sent it, where that was not the seller.
_KNOWN = "(buyer IS NOT NULL OR (sender IS NOT NULL AND direction IS DISTINCT FROM 'seller_to_buyer'))"
_UNKNOWN = f"""
SELECT count(*) FROM messages m ANTI JOIN gone g ON g.file = m.file AND g.number = m.number WHERE NOT {_KNOWN}
"""
# The names of the buyer: what was asked for, and the ids in messages that came from there if that is an address.
_NAMES = """
CREATE TEMP TABLE names AS SELECT {wanted} AS name
UNION SELECT {buyer} FROM messages
WHERE {sender} = {wanted} AND direction = 'buyer_to_seller' AND buyer IS NOT NULL
"""
_GONE = """
CREATE TEMP TABLE gone AS SELECT DISTINCT file, number FROM messages
WHERE {buyer} IN (SELECT name FROM names) OR ({sender} = {wanted} AND direction IS DISTINCT FROM 'seller_to_buyer')
"""
# What ties messages to each other. Ids of threads are often those of their first messages.
_TIES = "CREATE TEMP VIEW ties AS " + " UNION ALL ".join(
    f"""
    SELECT file, number, buyer, CASE WHEN direction = 'buyer_to_seller' THEN sender END AS writer, '{kind}' AS kind,
        "{column}" AS name FROM messages WHERE "{column}" IS NOT NULL
    """
    for kind, column in (
        ("order", "order"),
        ("message", "thread"),
        ("message", "message_id"),
        ("message", "in_reply_to"),
    )
)
# All that is tied to what is gone.
_TIED = """
CREATE OR REPLACE TEMP TABLE tied AS
WITH of_buyer AS (SELECT DISTINCT kind, name FROM ties t SEMI JOIN gone g ON g.file = t.file AND g.number = t.number)
SELECT t.*, g.file IS NOT NULL AS is_gone
FROM ties t JOIN of_buyer o ON o.kind = t.kind AND o.name = t.name
LEFT JOIN gone g ON g.file = t.file AND g.number = t.number
"""
# By what names no other id, nor several addresses that wrote to the seller.
_MORE = """
INSERT INTO gone SELECT DISTINCT t.file, t.number FROM tied t JOIN (
    SELECT kind, name FROM tied GROUP BY kind, name
    HAVING bool_and(is_gone OR buyer IS NULL) AND count(DISTINCT writer) <= 1
) o ON o.kind = t.kind AND o.name = t.name WHERE NOT t.is_gone
"""
_SHARED = "SELECT count(DISTINCT (file, number)) FROM tied WHERE NOT is_gone"
_ROWS = """
SELECT t.file_row_number FROM read_parquet({path}, file_row_number = true) t
JOIN gone g ON g.file = t.file AND g.number = t.number
"""


def _find(tables: duckdb.DuckDBPyConnection, out: str, buyer: str, names: Pseudonyms, *, may_be_none: bool) -> None:
    """Makes the relation `gone`: the messages of this buyer."""
    wanted = names.person(buyer)
    if not wanted:
        raise unusable(shown_name(out), "the buyer to erase has no name", "give an id, or an e-mail address")
    if not may_be_none and not _number(tables, f"SELECT count(*) FROM messages WHERE {_KNOWN}"):
        why = "no message in this audit has a known buyer, so nobody can tell which rows are whose"
        raise unusable(
            shown_name(out), why, "audit the archive again with `buyer.id`, or without that buyer's messages"
        )
    # What is not redacted is as it was written.
    lower = "lower({})" if names.shown else "{}"
    columns = {"buyer": lower.format("buyer"), "sender": lower.format("sender")}
    for step in (_NAMES, _GONE):
        tables.execute(step.format(wanted=lower.format(quoted(wanted)), **columns))
    tables.execute(_TIES)
    more = True
    while more:
        tables.execute(_TIED)
        more = _number(tables, _MORE) > 0


def _gather(tables: duckdb.DuckDBPyConnection, out: str) -> dict[str, int]:
    """Writes each file that changes into a folder beside the tables; gives how many rows are gone from each table."""
    gathered = os.path.join(out, _GATHERED)
    shutil.rmtree(gathered, ignore_errors=True)
    os.mkdir(gathered, mode=0o700)
    counts = dict.fromkeys(_TABLES, 0)
    for table in _TABLES:
        folder = os.path.join(out, table)
        for name in _files(folder):
            path = os.path.join(folder, name)
            rows = [row for (row,) in tables.execute(_ROWS.format(path=literal(path))).fetchall()]
            if rows:
                counts[table] += len(rows)
                os.makedirs(os.path.join(gathered, table), exist_ok=True)
                _without(path, os.path.join(gathered, table, name), table, rows)
    return counts


def _without(path: str, target: str, table: str, rows: Collection[int]) -> None:
    """Writes a file of a table without some rows, by their number in the file. Holds one group of rows at a time."""
    schema = TABLES[table]
    gone = frozenset(rows)
    with (
        pq.ParquetFile(path) as old,
        open(target, "wb") as stream,
        pq.ParquetWriter(stream, schema, compression=COMPRESSION) as writer,
    ):
        first = 0
        for index in range(old.num_row_groups):
            group = old.read_row_group(index)
            keep = pa.array([row not in gone for row in range(first, first + group.num_rows)], pa.bool_())
            first += group.num_rows
            writer.write_table(group.filter(keep))
        writer.close()
        stream.flush()
        os.fsync(stream.fileno())


def _commit(out: str, record: Record, messages: int) -> None:
    """From here on the erasure counts."""
    gathered = os.path.join(out, _GATHERED)
    notice = f"{messages:,} {'message was' if messages == 1 else 'messages were'} erased on request"
    write_record(gathered, msgspec.structs.replace(record, notices=[*record.notices, notice]))
    os.rename(gathered, os.path.join(out, _READY))


def end_interrupted(out: str, linter: Linter) -> bool:
    """Moves what a complete erasure has gathered into place, and makes what depends on it anew; whether there was one.

    The folder has to be locked.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    ready = os.path.join(out, _READY)
    shutil.rmtree(os.path.join(out, _GATHERED), ignore_errors=True)
    if not is_half_erased(out):
        return False
    for table in _TABLES:
        folder = os.path.join(ready, table)
        for name in _files(folder) if os.path.isdir(folder) else ():
            os.replace(os.path.join(folder, name), os.path.join(out, table, name))
    with suppress(FileNotFoundError):  # moved before it was interrupted
        os.replace(os.path.join(ready, RECORD_NAME), os.path.join(out, RECORD_NAME))
    record = finished_record(out)
    if any(os.path.exists(os.path.join(out, f"{table}.jsonl")) for table in TABLES):
        write_jsonl(out)
    summarize(out, record.asked, record.notices)
    write_report(out, record.asked, linter, record.notices)
    for export, made in (("csv", "violations.csv"), ("xlsx", _WORKBOOK)):
        if os.path.exists(os.path.join(out, made)):
            EXPORTS[export](out)
    shutil.rmtree(os.path.join(out, WORK), ignore_errors=True)
    shutil.rmtree(ready)
    return True


def _files(folder: str) -> list[str]:
    return sorted(name for name in os.listdir(folder) if name.endswith(".parquet"))


def _number(tables: duckdb.DuckDBPyConnection, query: str) -> int:
    row = tables.execute(query).fetchone()
    return int(row[0]) if row else 0
