"""A gate on the tiny ruleset that keeps its lines, for the tests of the hooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from msgpolicy.hooks import Gate
from tests.tiny_ruleset import RULES

RELAY = "a1b2c3d4e5f6g7h@marketplace.amazon.de"


class RecordingGate(Gate):
    """Refuses HURRY, and what `settings` add; `lines` are those written so far."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        path = folder / "tiny.yaml"
        path.write_text(RULES, encoding="utf-8")
        self.lines: list[dict[str, Any]] = []
        super().__init__(
            {"ruleset": str(path), "time_budget": 300, **settings},
            record=lambda line: self.lines.append(json.loads(line)),
        )
