"""What the filter itself has to say: JSON lines on standard error, like those of the gate, without a word of a mail."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import msgspec


def tell(event: str, hook: str = "smtp", **more: Any) -> None:
    """Writes one line."""
    entry = {"schema": 1, "event": event, "time": datetime.now(UTC), "hook": hook, **more}
    sys.stderr.write(msgspec.json.encode(entry).decode() + "\n")
    sys.stderr.flush()
