"""Finds more line breaks in a row than are allowed, in the text and in the HTML.

A line break is the end of a line: one parts two lines, two leave an empty line between them. Lines of spaces are empty.
In HTML, `<br>`, ends of paragraphs, empty paragraphs and kept newlines count alike; table layout does not count. What
stands after the last words is seen by nobody. The violation is the whole run; the fix keeps what is allowed of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.breaks import BreakRun, html_breaks, text_breaks
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.report import Edit, Fix


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `excess-line-breaks`."""

    most: Annotated[int, Meta(ge=1, description="Line breaks that may stand in a row.")]


FILLS = {"count": "the number of line breaks", "most": "what is allowed"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    for entry in facts.bodies:
        part = entry.reading.part
        if part == "text":
            runs = text_breaks(entry.reading.text, params.most)
        else:
            assert facts.document is not None
            runs = html_breaks(facts.document, params.most)
        for run in runs:
            fills = {"count": run.total, "most": params.most}
            evidence = {"count": run.total, "most": params.most}
            is_sure = part == "text" or (facts.document is not None and facts.document.reliable)
            fix = _shortened(part, run, params.most) if is_sure else None
            yield Hit(Place(part, run.start, run.end), fills, evidence, fix=fix)


def _shortened(part: str, run: BreakRun, most: int) -> Fix | None:
    """Takes the last breaks of a run away, so that the allowed number stays; None where they cannot be taken out."""
    if part == "text":
        return _removal(part, [(run.breaks[most - 1][1], run.end)])
    surplus = run.total - most
    if surplus > len(run.breaks):
        return None
    spans: list[tuple[int, int]] = []
    for start, end in run.breaks[-surplus:]:
        # Neighbours go in one edit: a hostile run is long.
        if spans and spans[-1][1] == start:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return _removal(part, spans)


def _removal(part: str, spans: list[tuple[int, int]]) -> Fix:
    return Fix(safe=True, edits=tuple(Edit(part=part, start=start, end=end, replacement="") for start, end in spans))
