"""An archive of which one line in a hundred is garbage, of as many kinds as there are.

    python -m benchmarks.audit.garbage [--lines N]

Every line with something on it has to come out once: judged, or rejected with its place and a reason; all sound lines
have to be judged, and memory has to stay flat.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.audit.archives import short, write
from benchmarks.audit.runs import run

OF = 100

Make = Callable[[Random], bytes]


def _json(**fields: Any) -> bytes:
    return json.dumps({"kind": "reply", "text": "Thank you.", **fields}).encode()


def _cut(random: Random) -> bytes:
    whole = _json(order={"id": "305-1234567-1234567"})
    return whole[: random.randrange(1, len(whole) - 1)]


def _bytes(random: Random) -> bytes:
    """Bytes by chance, without those that end a line; never blank."""
    return b"\x80" + bytes(byte for byte in random.randbytes(200) if byte not in b"\r\n")


def _zip_bomb(random: Random) -> bytes:
    data = base64.b64encode(gzip.compress(bytes(10_000_000))).decode()
    return _json(attachments=[{"filename": "a.gz", "content_type": "application/gzip", "content": data}])


# What a line may be in place of a record; whether it has to be rejected (None: it may be read as a message, or not).
KINDS: Mapping[str, tuple[bool | None, Make]] = {
    "cut off": (True, _cut),
    "bytes by chance": (True, _bytes),
    "not UTF-8": (True, lambda _: b'{"text": "Gr\xfc\xdfe"}'),
    "UTF-16": (True, lambda _: '{"text": "Hello"}'.encode("utf-16-le").replace(b"\n", b"")),
    "overlong UTF-8": (True, lambda _: b'{"text": "\xc0\xaf"}'),
    "a surrogate in UTF-8": (True, lambda _: b'{"text": "\xed\xa0\x80"}'),
    "a lone surrogate, escaped": (None, lambda _: b'{"text": "\\ud800 hello"}'),
    "NUL, escaped": (None, lambda _: b'{"text": "a\\u0000b"}'),
    "NUL bytes": (True, lambda _: bytes(40)),
    "NUL in a text": (True, lambda _: b'{"text": "a\x00b"}'),
    "a tab in a text": (True, lambda _: b'{"text": "a\tb"}'),
    "a carriage return in a text": (True, lambda _: b'{"text": "a\rb"}'),
    "two records": (True, lambda _: _json() + _json()),
    "a comma behind": (True, lambda _: _json() + b","),
    "single quotation marks": (True, lambda _: b"{'text': 'Hello'}"),
    "a comment": (True, lambda _: b"// exported by shop.example"),
    "a BOM": (None, lambda _: b"\xef\xbb\xbf" + _json()),
    "a row of a CSV file": (True, lambda _: b'"m1","2024-01-01","Hello, ""friend"""'),
    "a page": (True, lambda _: b"<html><body><p>502 Bad Gateway</p></body></html>"),
    "a log line": (True, lambda _: b"2024-01-01 10:00:00 ERROR export failed: timeout"),
    "a mail": (True, lambda _: b"From: Shop <service@shop.example>"),
    "an empty object": (None, lambda _: b"{}"),
    "an empty list": (True, lambda _: b"[]"),
    "a list of records": (True, lambda _: b"[" + _json() + b"]"),
    "null": (True, lambda _: b"null"),
    "a number": (True, lambda random: b"%d" % random.randrange(10**9)),
    "a text": (True, lambda _: b'"Hello"'),
    "NaN": (True, lambda _: b"NaN"),
    "a number beyond all": (True, lambda _: b'{"text": "x", "account": {"daily_order_average": 1e999}}'),
    "a very long number": (True, lambda _: b'{"text": "x", "schema": ' + b"9" * 5_000 + b"}"),
    "many brackets": (True, lambda _: b"[" * 100_000),
    "many objects": (True, lambda _: b'{"a":' * 100_000),
    "deep and well-formed": (True, lambda _: b'{"extra": {"x": ' + b"[" * 5_000 + b"]" * 5_000 + b"}}"),
    "an unknown field": (True, lambda _: _json(txet="Hello")),
    "a very long key": (True, lambda _: _json(**{"k" * 200_000: 1})),
    "a key of scripts": (True, lambda _: _json(__proto__={"text": "x"})),
    "text is a number": (True, lambda _: _json(text=7)),
    "text is a list": (True, lambda _: _json(text=["Hello"])),
    "a kind that there is not": (True, lambda _: _json(kind="answer")),
    "a time without an offset": (True, lambda _: _json(sent_at="2024-01-01T10:00:00")),
    "a day that there is not": (True, lambda _: _json(sent_at="2024-02-30T10:00:00Z")),
    "a time that is a number": (True, lambda _: _json(sent_at=1_704_103_200)),
    "the first time": (None, lambda _: _json(sent_at="0001-01-01T00:00:00+14:00")),
    "the last time": (None, lambda _: _json(sent_at="9999-12-31T23:59:59-12:00")),
    "a count below zero": (True, lambda _: _json(history={"review_requests": -1})),
    "a huge count": (None, lambda _: _json(history={"review_requests": 10**18})),
    "attachment not in base64": (True, lambda _: _json(attachments=[{"filename": "a.pdf", "content": "%%%"}])),
    "attachment that is a bomb": (None, _zip_bomb),
    "a key twice": (None, lambda _: b'{"text": "one", "text": "two"}'),
    "a megabyte without a blank": (None, lambda _: _json(text="x" * 1_000_000)),
    "a hundred thousand tags": (None, lambda _: _json(html="<b>" * 100_000)),
    "text that turns around": (None, lambda _: _json(text="\u202e\u2066" * 5_000)),
    "marks on one letter": (None, lambda _: _json(text="e" + "\u0301" * 50_000)),
    "an order of nothing": (None, lambda _: _json(order={"id": ""})),
    "ids of control characters": (None, lambda _: _json(id="\x1b[31m\r\n\u2028")),
}
# What costs much to judge comes once in so many garbage lines of its kind; otherwise the short one does.
_COSTLY = frozenset(
    ("attachment that is a bomb", "a megabyte without a blank", "a hundred thousand tags", "marks on one letter")
)
_RARELY = 40


def lines(count: int) -> Iterator[tuple[str, bytes]]:
    """That many lines, each with the kind of garbage that it is; "" of a sound record."""
    random = Random("garbage")
    names = list(KINDS)
    for number, record in enumerate(short(count)):
        if number % OF:
            yield "", record
            continue
        round_, nth = divmod(number // OF, len(names))
        name = names[nth] if names[nth] not in _COSTLY or round_ % _RARELY == 0 else "cut off"
        yield name, KINDS[name][1](random)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=100_000)
    count = parser.parse_args().lines
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = write(folder / "archive.jsonl", (line for _, line in lines(count)))
        found = run("audit", archive, folder / "out", 2, look=True)
        wrong, told = compare(folder / "out", count)
    for kind, outcomes in told.items():
        print(f"{kind or 'sound':28} {dict(outcomes)}")
    print(f"{count:,} lines: {found.peak:,.0f} MiB at most, {found.clock:,.0f} s")
    print("\n".join(wrong) or "every line came out once, as it has to")
    return 1 if wrong else 0


def compare(out: Path, count: int) -> tuple[list[str], dict[str, Counter[str]]]:
    """What is wrong with an audit of so many lines, and what became of each kind."""
    import pyarrow.parquet as pq

    came: dict[int, str] = {}
    wrong: list[str] = []
    for table, outcome in (("messages", "judged"), ("rejected", "rejected")):
        for row in pq.read_table(
            out / table, columns=["number", *(["why"] if outcome == "rejected" else [])]
        ).to_pylist():
            if row["number"] in came:
                wrong.append(f"line {row['number']} came out twice")
            came[row["number"]] = outcome
            why = row.get("why", "-")
            if not why or "internal error" in why or "died" in why:
                wrong.append(f"line {row['number']}: {why!r}")
    told: dict[str, Counter[str]] = {}
    for number, (kind, _) in enumerate(lines(count), 1):
        outcome = came.pop(number, "lost")
        told.setdefault(kind, Counter())[outcome] += 1
        wanted = KINDS[kind][0] if kind else False
        if outcome == "lost" or (wanted is not None and wanted != (outcome == "rejected")):
            wrong.append(f"line {number} ({kind or 'sound'}): {outcome}")
    return wrong + [f"line {number}, which there is not: {outcome}" for number, outcome in came.items()], told


if __name__ == "__main__":
    sys.exit(main())
