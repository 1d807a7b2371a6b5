"""Texts of messages as rows of lines for the page: safe to show, with what was found marked where its place is sure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from msgpolicy.audit.report.tables import Row
from msgpolicy.reporters.display import ANYWHERE
from msgpolicy.reporters.source_rows import Place, source_rows

# Code points of a text that nothing is marked in, and of one value.
MAX_TEXT = 3_000
MAX_VALUE = 300
_MASK = "•"


def example_rows(text: str, findings: Sequence[Row]) -> tuple[list[dict[str, Any]], dict[int, int]]:
    """The lines of an example around what was found in it, and for each finding (by index) its number there.

    What is kept of a message is what a reader sees of it, so a finding's place holds only in a text that was given as
    such; it is marked where what stands there is what was found.
    """
    places: list[Place] = []
    numbers: dict[int, int] = {}
    for index, found in enumerate(findings):
        start, end = found["start"], found["end"]
        if found["part"] != "text" or start is None or end is None or not _same(text[start:end], found["excerpt"]):
            continue
        numbers[index] = len(numbers) + 1
        places.append(Place(start, end, numbers[index], found["severity"]))
    if not places:
        return plain_rows(text), {}
    return [_safe(row) for row in source_rows(text, places, ANYWHERE)], numbers


def plain_rows(text: str) -> list[dict[str, Any]]:
    """The lines of a text from its start; beyond MAX_TEXT code points, how many are left out."""
    shown = text[:MAX_TEXT]
    rows: list[dict[str, Any]] = [
        {"number": number, "gap": 0, "pieces": [{"text": line, "severity": None, "escaped": False, "refs": ()}]}
        for number, line in enumerate(shown.splitlines(), 1)
    ]
    if len(text) > MAX_TEXT:
        rows.append({"number": 0, "gap": len(text) - MAX_TEXT, "pieces": ()})
    return rows


def cut(text: str | None) -> str:
    """A value beside the texts, at most MAX_VALUE code points of it."""
    text = text or ""
    return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"


def _safe(row: Any) -> dict[str, Any]:
    """A row whose pieces are as they are to be shown: joiners in it are meant."""
    pieces = [{**piece._asdict(), "text": Markup.escape(piece.text)} for piece in row.pieces]
    return {"number": row.number, "gap": row.gap, "pieces": pieces}


def _same(text: str, excerpt: str | None) -> bool:
    """Whether both are the same text; each may be masked where the other is not."""
    return (
        bool(excerpt)
        and len(text) == len(excerpt or "")
        and all(one == other or _MASK in (one, other) for one, other in zip(text, excerpt or "", strict=True))
    )
