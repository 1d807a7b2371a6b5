"""Violations grouped by the template of their messages, largest group first.

Groups are of what stands in the messages: active errors and warnings with the scope of one message. The table `groups`
(in the audit's folder, a row for each template) says which group a template is in.
"""

from __future__ import annotations

import os
import shutil
from itertools import groupby
from typing import Any

from msgpolicy.audit.report.frames import frame_of
from msgpolicy.audit.report.tables import Row, Tables

FOLDER = "groups"
# Groups on the page; of each: messages, findings of one message, fingerprints of one rule.
MOST = 100
MOST_MESSAGES = 10
MOST_FINDINGS = 8
MOST_FINGERPRINTS = 3
# Templates whose texts are compared: the largest ones.
_COMPARED = 50_000

# What is told of one message, and of one finding.
MESSAGE_COLUMNS = (
    "m.file, m.number, m.line AS at_line, m.verdict, m.language, m.marketplace, m.sender, m.message_id,"
    " strftime(make_timestamp(epoch_us(m.sent_at)), '%Y-%m-%d %H:%M') AS sent"
)
FINDING_COLUMNS = (
    "file, number, rule, severity, status, message, suggestion, excerpt, fingerprint, scope, parquet,"
    ' part, start, "end", line, "column", page'
)


def make_groups(tables: Tables) -> int:
    """Makes the relations `wrong` (violations with their group) and `groups`, and writes the latter. Gives how many."""
    tables.make(
        "wrong_alone",
        """
        SELECT v.*, m.template FROM violations v JOIN messages m USING (file, number)
        WHERE v.status = 'active' AND v.scope = 'message' AND v.severity <> 'info'""",
    )
    tables.make(
        "templates",
        """
        SELECT template, ARRAY_TO_STRING(LIST_SORT(LIST(DISTINCT rule)), ' ') AS rules,
            COUNT(DISTINCT (file, number)) AS messages, MIN((file, number)) AS first
        FROM wrong_alone GROUP BY template""",
    )
    tables.take("framed", _framed(tables))
    # The name of a group: its frame with the rules; without a frame, the template; without that, the rules.
    tables.make(
        "named",
        """
        SELECT t.*, CASE WHEN f.frame IS NOT NULL THEN CONCAT('f ', f.frame, ' ', t.rules)
            WHEN t.template IS NOT NULL THEN CONCAT('t ', t.template) ELSE '' END AS name
        FROM templates t LEFT JOIN framed f ON f.template = t.template""",
    )
    tables.make(
        "groups",
        """
        WITH sums AS (SELECT name, SUM(messages) AS messages, MIN(first) AS first FROM named GROUP BY name),
        numbered AS (SELECT name, ROW_NUMBER() OVER (ORDER BY messages DESC, first) AS nth FROM sums)
        SELECT CAST(nth AS BIGINT) AS template_group, n.template, n.rules, n.messages
        FROM named n JOIN numbered USING (name) ORDER BY nth, n.messages DESC, n.template""",
    )
    tables.make(
        "wrong",
        """
        SELECT w.*, g.template_group FROM wrong_alone w JOIN groups g ON g.template IS NOT DISTINCT FROM w.template""",
    )
    _save(tables)
    return int(tables.rows("SELECT COUNT(DISTINCT template_group) AS n FROM groups")[0]["n"])


def _framed(tables: Tables) -> Any:
    import pyarrow as pa

    found: dict[str, str] = {}
    for rows in tables.batches(
        f"""
        WITH compared AS (SELECT template FROM templates WHERE template IS NOT NULL
            ORDER BY messages DESC, template LIMIT {_COMPARED})
        SELECT s.template, ARG_MIN(s.text, (s.file, s.number)) AS text
        FROM shown s JOIN compared c ON c.template = s.template
        WHERE s.because = 'example' AND s.text IS NOT NULL GROUP BY s.template""",
        500,
    ):
        for row in rows:
            frame = frame_of(row["text"])
            if frame is not None:
                found[row["template"]] = frame
    columns = {"template": list(found), "frame": list(found.values())}
    return pa.table(columns, schema=pa.schema([("template", pa.string()), ("frame", pa.string())]))


def _save(tables: Tables) -> None:
    folder = os.path.join(tables.out, FOLDER)
    temporary = f"{folder}.unfinished"
    shutil.rmtree(temporary, ignore_errors=True)
    os.makedirs(temporary)
    tables.save("SELECT * FROM groups ORDER BY template_group, messages DESC, template", f"{temporary}/00000.parquet")
    shutil.rmtree(folder, ignore_errors=True)
    os.rename(temporary, folder)


def groups(tables: Tables) -> list[Row]:
    """The largest groups, each with its rules, example, messages and fingerprints. Needs `make_groups`."""
    listed = f"template_group <= {MOST}"
    heads = tables.rows(f"""
        SELECT template_group, COUNT(DISTINCT (file, number)) AS messages, COUNT(*) AS violations,
            COUNT(DISTINCT template) AS templates, BOOL_OR(severity = 'error') AS blocks,
            ANY_VALUE(template) AS template, MIN(parquet) AS first_parquet, MAX(parquet) AS last_parquet,
            COUNT(DISTINCT parquet) AS parquets
        FROM wrong WHERE {listed} GROUP BY template_group ORDER BY template_group""")
    rules = _by_group(
        tables.rows(f"""
        SELECT template_group, rule, MIN(severity) AS severity, COUNT(DISTINCT (file, number)) AS messages,
            ARG_MIN(message, (file, number)) AS message, ARG_MIN(suggestion, (file, number)) AS suggestion
        FROM wrong WHERE {listed} GROUP BY template_group, rule ORDER BY template_group, messages DESC, rule""")
    )
    traits = {
        row["template_group"]: row
        for row in tables.rows(f"""
        SELECT template_group, LIST_SORT(LIST(DISTINCT language)) AS languages, COUNT(DISTINCT sender) AS senders,
            LIST_SORT(LIST(DISTINCT marketplace)) AS marketplaces,
            strftime(make_timestamp(MIN(epoch_us(sent_at))), '%Y-%m-%d') AS since,
            strftime(make_timestamp(MAX(epoch_us(sent_at))), '%Y-%m-%d') AS until
        FROM (SELECT DISTINCT file, number, template_group FROM wrong WHERE {listed})
        JOIN messages USING (file, number) GROUP BY template_group""")
    }
    examples = _examples(tables, listed)
    messages = _messages(tables, listed)
    wordings = _by_group(
        tables.rows(f"""
        WITH counted AS (SELECT template_group, rule, fingerprint, COUNT(*) AS findings, MIN(excerpt) AS excerpt
            FROM wrong WHERE {listed} AND start IS NOT NULL AND fingerprint IS NOT NULL GROUP BY ALL),
        ranked AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY template_group, rule ORDER BY findings DESC, fingerprint)
            AS nth FROM counted)
        SELECT * FROM ranked WHERE nth <= {MOST_FINGERPRINTS} ORDER BY template_group, rule, nth""")
    )
    return [
        {
            **head,
            **traits[(nth := head["template_group"])],
            "rules": rules[nth],
            "example": examples.get(nth),
            "listed": messages[nth],
            "wordings": wordings.get(nth, []),
        }
        for head in heads
    ]


def _by_group(rows: list[Row]) -> dict[int, list[Row]]:
    return {group: list(found) for group, found in groupby(rows, key=lambda row: row["template_group"])}


def _examples(tables: Tables, listed: str) -> dict[int, Row]:
    """One text of each group: of its largest template, the first message that was kept of it, with its findings."""
    rows = tables.rows(f"""
        WITH kept AS (
            SELECT g.template_group, s.subject, s.text, {MESSAGE_COLUMNS}, ROW_NUMBER() OVER (
                PARTITION BY g.template_group ORDER BY g.messages DESC, g.template, s.file, s.number) AS nth
            FROM shown s JOIN groups g ON g.template = s.template AND {listed}
            JOIN messages m ON m.file = s.file AND m.number = s.number
            WHERE s.because = 'example'
                AND EXISTS (SELECT 1 FROM wrong w WHERE w.file = s.file AND w.number = s.number))
        SELECT * FROM kept WHERE nth = 1""")
    tables.make(
        "examples",
        f"""
        SELECT w.* FROM wrong w WHERE {listed} AND (w.file, w.number) IN
            ({", ".join(f"({_text(row['file'])}, {row['number']})" for row in rows) or "('', -1)"})""",
    )
    found = tables.rows("SELECT * FROM examples ORDER BY file, number, rule, start, fingerprint")
    return {
        row["template_group"]: {
            **row,
            "findings": [one for one in found if (one["file"], one["number"]) == (row["file"], row["number"])],
        }
        for row in rows
    }


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _messages(tables: Tables, listed: str) -> dict[int, list[Row]]:
    """The first messages of each group with their findings."""
    tables.make(
        "first_wrong",
        f"""
        WITH ranked AS (SELECT template_group, file, number,
            ROW_NUMBER() OVER (PARTITION BY template_group ORDER BY file, number) AS nth
            FROM (SELECT DISTINCT template_group, file, number FROM wrong WHERE {listed}))
        SELECT * FROM ranked WHERE nth <= {MOST_MESSAGES}""",
    )
    messages = tables.rows(f"""
        SELECT f.template_group, {MESSAGE_COLUMNS} FROM first_wrong f JOIN messages m USING (file, number)
        ORDER BY f.template_group, f.nth""")
    findings: dict[tuple[str, int], list[Row]] = {}
    for row in tables.rows(f"""
        SELECT {FINDING_COLUMNS} FROM wrong JOIN first_wrong USING (file, number)
        ORDER BY file, number, severity, rule, start, fingerprint"""):
        findings.setdefault((row["file"], row["number"]), []).append(row)
    for message in messages:
        found = findings[message["file"], message["number"]]
        message["findings"] = found[:MOST_FINDINGS]
        message["more"] = len(found) - len(message["findings"])
    return _by_group(messages)
