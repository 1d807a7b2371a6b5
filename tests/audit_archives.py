"""Small archives that the tests of audits judge; all of it is invented."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PHONE = "Call me at +49 30 23125 000, please."
POLITE = "We have sent you the missing screws, as you asked us to."


def mail(number: int, text: str = POLITE) -> str:
    """A mail to a buyer about an order of its own."""
    return (
        f"From: Shop <service@shop.example>\nTo: a{number}b2c3d4e5f6@marketplace.amazon.de\n"
        f"Date: Mon, 4 Mar 2024 10:00:00 +0100\nSubject: Order {order(number)}\n"
        f"Message-ID: <m{number}@shop.example>\n\nHello,\n\nabout order {order(number)}: {text}\n"
    )


def order(number: int) -> str:
    """The order's id."""
    return f"123-1234567-{number:07}"


def mailbox(mails: Iterable[str]) -> bytes:
    """A mailbox (mboxrd) of mails."""
    out = []
    for text in mails:
        quoted = "\n".join(f">{line}" if line.lstrip(">").startswith("From ") else line for line in text.split("\n"))
        out.append(f"From service@shop.example Mon Mar  4 10:00:00 2024\n{quoted}\n")
    return "".join(out).encode()


def record(number: int, text: str = POLITE, **fields: Any) -> dict[str, Any]:
    """A message record."""
    return {
        "id": f"j{number}",
        "kind": "proactive",
        "sent_at": "2024-05-01T10:00:00+02:00",
        "text": f"About order {order(number)}: {text}",
        "order": {"id": order(number)},
        **fields,
    }


def lines(records: Iterable[dict[str, Any]]) -> bytes:
    """A JSONL file of records."""
    return b"".join(json.dumps(item).encode() + b"\n" for item in records)


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    """All rows of a table of an audit, in their order."""
    import pyarrow.parquet as pq

    files = sorted((out / table).glob("*.parquet"))
    assert files
    return [row for file in files for row in pq.read_table(file).to_pylist()]
