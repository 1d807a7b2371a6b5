"""Two audits of the same archives compared, message by message and rule by rule, by DuckDB over their tables."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TextIO

import duckdb
import msgspec

from msgpolicy.audit.asked import NAME as RECORD_NAME
from msgpolicy.audit.asked import Asked, Record
from msgpolicy.audit.database import connection, literal
from msgpolicy.audit.erasing import finished_record, is_half_erased
from msgpolicy.audit.redacting import own_key
from msgpolicy.audit.run import Options, audit
from msgpolicy.inputs.errors import shown_name, unusable
from msgpolicy.redaction import masked

# Examples of each change.
EXAMPLES = 3


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between two audits. `docs/audit-diff.md` tells of the entries of each list."""

    schema: int = 1
    old: dict[str, Any]
    new: dict[str, Any]
    messages: dict[str, int]
    rejected: dict[str, int]
    verdicts: list[dict[str, Any]]
    rules: list[dict[str, Any]]
    notices: list[str]

    @property
    def found(self) -> bool:
        """Whether a message has another verdict, or is in one of them alone."""
        return any(self.messages[name] for name in ("changed", "only_old", "only_new"))


def is_audit(path: str) -> bool:
    """Whether this is the folder of an audit, and not a ruleset."""
    return os.path.isfile(os.path.join(path, RECORD_NAME))


@contextmanager
def audited(archives: Sequence[str], old: Options, new: Options, progress: TextIO | None) -> Iterator[tuple[str, str]]:
    """Audits archives twice, in folders that are there for as long as the block lasts; the options name none.

    Raises:
        InputError, RulesetError, OSError: as `audit`.
    """
    with tempfile.TemporaryDirectory(prefix="msgpolicy-diff-", ignore_cleanup_errors=True) as work:
        folders = [os.path.join(work, name) for name in ("old", "new")]
        key = old.redaction_key
        if old.redact and key is None:
            own_key(work)  # one for both, so that paths with private parts are the same in both
            key = os.path.join(work, "redaction.key")
        for folder, options in zip(folders, (old, new), strict=True):
            audit(archives, replace(options, out=folder, redaction_key=key), progress)
        yield folders[0], folders[1]


def compare(old: str, new: str, *, examples: int = EXAMPLES, redact: bool = True) -> Difference:
    """What differs between two finished audits, by the folders in which they are.

    Args:
        examples: how many messages are named for each change of a rule.
        redact: whether what looks private is masked in audits that show it.

    Raises:
        InputError: a folder holds no finished audit, or they have no message in common.
        OSError: a table cannot be read, or there is no room on the disk for what does not fit into memory.
    """
    records = [_record(folder) for folder in (old, new)]
    work = tempfile.mkdtemp(prefix="msgpolicy-compare-")
    try:
        with connection(work) as tables:
            # Nothing here needs the order in which rows are stored, and keeping it takes memory.
            tables.execute("SET preserve_insertion_order = false")
            for side, folder in (("old", old), ("new", new)):
                for name in ("messages", "violations", "not_evaluated", "rejected"):
                    pattern = literal(os.path.join(folder, name), "*.parquet")
                    tables.execute(f"CREATE VIEW {side}_{name} AS SELECT * FROM read_parquet({pattern})")
            return _difference(tables, records, examples, mask=redact)
    except duckdb.Error as error:
        names = f"{shown_name(old)}, {shown_name(new)}"
        raise unusable(names, f"a table cannot be read ({type(error).__name__})") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _record(folder: str) -> Record:
    record = finished_record(folder)
    if is_half_erased(folder):
        raise unusable(shown_name(folder), "an erasure was interrupted", "repeat the call with --erase")
    return record


def _difference(
    tables: duckdb.DuckDBPyConnection, records: Sequence[Record], examples: int, *, mask: bool
) -> Difference:
    for step in _STEPS:
        tables.execute(step)
    messages = _rows(tables, _MESSAGES)[0]
    if not messages["compared"] and messages["only_old"] and messages["only_new"]:
        why = "the two audits have no message in common"
        raise unusable("msgpolicy diff", why, "they have to be of the same archives, named alike, and of one key")
    rules = _rows(tables, _RULES)
    if examples:
        hide = mask and not all(record.asked.redacted for record in records)
        found: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        for row in _rows(tables, _EXAMPLES.format(examples=examples)):
            key = (row.pop("rule"), row.pop("old"), row.pop("new"))
            shown = {name: masked(value) if hide and isinstance(value, str) else value for name, value in row.items()}
            found.setdefault(key, []).append(shown)
        rules = [{**rule, "examples": found.get((rule["rule"], rule["old"], rule["new"]), [])} for rule in rules]
    old, new = (record.asked for record in records)
    return Difference(
        old=_told(old),
        new=_told(new),
        messages=messages,
        rejected=_rows(tables, _REJECTED)[0],
        verdicts=_rows(tables, _VERDICTS),
        rules=rules,
        notices=_notices(old, new, messages),
    )


def _told(asked: Asked) -> dict[str, Any]:
    """The receipt of one side: what is needed to judge so again."""
    names = ("engine", "ruleset", "version", "digest", "settings", "as_of", "strict", "timezone", "key")
    return {name: getattr(asked, name) for name in names}


def _notices(old: Asked, new: Asked, messages: dict[str, int]) -> list[str]:
    notices = []
    if old.archives.state != new.archives.state:
        notices.append("the archives are not the same, or changed in between")
    if old.engine != new.engine:
        notices.append(f"judged by different versions of msgpolicy ({old.engine}, {new.engine})")
    if old.key != new.key and (messages["only_old"] or messages["only_new"]):
        notices.append("the audits have different keys: files with an address or order id in their path do not meet")
    return notices


def _rows(tables: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    result = tables.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


# What each rule says of each message: the worst that is active, or else that it was set aside, or could not be told.
_SAID = """
CREATE TEMP TABLE {side}_said AS
SELECT file, number, rule, max(CASE WHEN status <> 'active' THEN 2 WHEN severity = 'error' THEN 5
    WHEN severity = 'warning' THEN 4 ELSE 3 END)::TINYINT AS said
FROM {side}_violations GROUP BY ALL
UNION ALL
SELECT DISTINCT n.file, n.number, n.rule, 1::TINYINT FROM {side}_not_evaluated n
ANTI JOIN {side}_violations v ON v.file = n.file AND v.number = n.number AND v.rule = n.rule
"""
_WORD = "CASE {} WHEN 5 THEN 'error' WHEN 4 THEN 'warning' WHEN 3 THEN 'info' WHEN 2 THEN 'suppressed' \
WHEN 1 THEN 'not evaluated' ELSE 'nothing' END"

_STEPS = (
    """
    CREATE TEMP TABLE pairs AS
    SELECT file, number, o.verdict AS old_verdict, n.verdict AS new_verdict, o.line AS line
    FROM old_messages o FULL JOIN new_messages n USING (file, number)
    """,
    _SAID.format(side="old"),
    _SAID.format(side="new"),
    f"""
    CREATE TEMP TABLE changes AS
    SELECT file, number, rule, {_WORD.format("o.said")} AS old, {_WORD.format("n.said")} AS new,
        greatest(coalesce(o.said, 0), coalesce(n.said, 0)) = coalesce(n.said, 0) AS in_new
    FROM old_said o FULL JOIN new_said n USING (file, number, rule)
    WHERE o.said IS DISTINCT FROM n.said
    """,
    # Of messages that are in both alone: of the others nothing is to be compared.
    """
    CREATE TEMP TABLE changed AS
    SELECT c.*, p.line, p.old_verdict, p.new_verdict FROM changes c JOIN pairs p USING (file, number)
    WHERE p.old_verdict IS NOT NULL AND p.new_verdict IS NOT NULL
    """,
)
_MESSAGES = """
SELECT count(*) FILTER (old_verdict IS NOT NULL AND new_verdict IS NOT NULL) AS compared,
    count(*) FILTER (old_verdict <> new_verdict) AS changed,
    count(*) FILTER (new_verdict IS NULL) AS only_old, count(*) FILTER (old_verdict IS NULL) AS only_new
FROM pairs
"""
_REJECTED = "SELECT (SELECT count(*) FROM old_rejected) AS old, (SELECT count(*) FROM new_rejected) AS new"
_VERDICTS = """
SELECT old_verdict AS old, new_verdict AS new, count(*) AS messages FROM pairs WHERE old_verdict <> new_verdict
GROUP BY ALL ORDER BY messages DESC, old, new
"""
# What is found, or is not found any more, before what could be told.
_RULES = """
SELECT * FROM (
    SELECT rule, old, new, count(*) AS messages, count(*) FILTER (old_verdict <> new_verdict) AS verdicts_changed
    FROM changed GROUP BY ALL
) ORDER BY old IN ('nothing', 'not evaluated') AND new IN ('nothing', 'not evaluated'),
    verdicts_changed DESC, messages DESC, rule, old, new
"""
# First those with another verdict, then in the order of the archive. The n smallest of a group are all that is held.
_EXAMPLES = """
WITH chosen AS (
    SELECT rule, old, new, in_new, unnest(min({{'same': old_verdict = new_verdict, 'file': file, 'number': number,
        'line': line, 'old_verdict': old_verdict, 'new_verdict': new_verdict}}, {examples})) AS m
    FROM changed GROUP BY rule, old, new, in_new
), said AS (
    SELECT c.*, v.message, v.excerpt, v.start FROM chosen c JOIN new_violations v
        ON c.in_new AND v.file = c.m.file AND v.number = c.m.number AND v.rule = c.rule
    UNION ALL
    SELECT c.*, v.message, v.excerpt, v.start FROM chosen c JOIN old_violations v
        ON NOT c.in_new AND v.file = c.m.file AND v.number = c.m.number AND v.rule = c.rule
), firsts AS (
    SELECT rule, old, new, m, min({{'start': coalesce(start, -1), 'message': message, 'excerpt': excerpt}}) AS f
    FROM said GROUP BY ALL
)
SELECT c.rule, c.old, c.new, c.m.file AS file, c.m.number AS number, c.m.line AS line,
    c.m.old_verdict AS old_verdict, c.m.new_verdict AS new_verdict, f.f.message AS message, f.f.excerpt AS excerpt
FROM chosen c LEFT JOIN firsts f ON f.rule = c.rule AND f.old = c.old AND f.new = c.new AND f.m = c.m
ORDER BY c.rule, c.old, c.new, c.m
"""
