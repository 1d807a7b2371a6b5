"""Fixes of a report applied to the message that it judges.

A fix is applied as a whole or not at all. Where two get in each other's way, the one of the more severe violation wins,
then the one that comes first in the report; the other is told as skipped. What no fix touches stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from msgpolicy.message import Message, MessageError
from msgpolicy.report import Edit, Report, Violation

# Parts of a message that can be edited; attachments never are.
PARTS = ("subject", "text", "html")
# Times that a message is judged again after fixing, for fixes that make others possible.
MAX_ROUNDS = 10

_RANK: Mapping[str, int] = {"error": 0, "warning": 1, "info": 2}


class FixError(ValueError):
    """The report is not of this message."""


class Skipped(NamedTuple):
    """A violation whose fix was not applied, and why."""

    violation: Violation
    why: str


class Fixed(NamedTuple):
    """A message after fixes: `edits` lead from the message as it was to it, by part, in order, without overlaps."""

    message: Message
    edits: tuple[Edit, ...]
    applied: tuple[Violation, ...]
    skipped: tuple[Skipped, ...]


class Mended(NamedTuple):
    """A message fixed until nothing is left to fix, with the reports before and after.

    `edits` lead from the message as it was to the one as it is. `skipped` is what the last round passed over.
    """

    message: Message
    edits: tuple[Edit, ...]
    applied: tuple[Violation, ...]
    skipped: tuple[Skipped, ...]
    before: Report
    after: Report


def apply_fixes(report: Report, message: Message, *, unsafe: bool = False) -> Fixed:
    """The message with the report's safe fixes, and with `unsafe` also those that change what is said.

    Only active violations are fixed, and none that is only told (severity `info`: what an answer quotes, say).

    Raises:
        FixError: the report is of another message.
    """
    _assert_same(report, message)
    candidates = [
        (number, violation)
        for number, violation in enumerate(report.violations)
        if violation.fix is not None
        and violation.status == "active"
        and violation.severity != "info"
        and (unsafe or violation.fix.safe)
    ]
    candidates.sort(key=lambda item: (_RANK[item[1].severity], item[0]))
    chosen = _Chosen(message)
    applied: list[int] = []
    skipped: list[tuple[int, Skipped]] = []
    for number, violation in candidates:
        if obstacle := chosen.add(number, violation):
            skipped.append((number, Skipped(violation, obstacle)))
        else:
            applied.append(number)
    edits = chosen.edits()
    try:
        fixed = msgspec.structs.replace(message, **edited_parts(message, edits)) if edits else message
    except MessageError:
        why = "nothing would be left of the message"
        skipped += [(number, Skipped(report.violations[number], why)) for number in applied]
        applied, edits, fixed = [], (), message
    return Fixed(
        message=fixed,
        edits=edits,
        applied=tuple(report.violations[number] for number in sorted(applied)),
        skipped=tuple(item for _, item in sorted(skipped, key=lambda entry: entry[0])),
    )


def mend(message: Message, judge: Callable[[Message], Report], *, unsafe: bool = False) -> Mended:
    """The message fixed and judged again, as long as that brings fixes (at most MAX_ROUNDS times).

    `judge` is what reports are made by, such as `Linter.check`.
    """
    before = after = judge(message)
    start = message
    seen = {_parts_of(message)}
    edits: tuple[Edit, ...] = ()
    applied: list[Violation] = []
    while True:
        fixed = apply_fixes(after, message, unsafe=unsafe)
        # A text that was there before would come again: rules that undo each other.
        if len(seen) > MAX_ROUNDS or _parts_of(fixed.message) in seen:
            break
        seen.add(_parts_of(fixed.message))
        edits = _composed(start, edits, fixed.edits)
        applied += fixed.applied
        message = fixed.message
        after = judge(message)
    return Mended(message, edits, tuple(applied), fixed.skipped, before, after)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text after edits (all of one part, in order, without overlaps)."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces += (text[position : edit.start], edit.replacement)
        position = edit.end
    return "".join((*pieces, text[position:]))


def edited_parts(message: Message, edits: Iterable[Edit]) -> dict[str, Any]:
    """The parts of a message that edits change, as they are after them."""
    by_part = edits_by_part(edits)
    return {part: edited(getattr(message, part), of_part) for part, of_part in by_part.items()}


def edits_by_part(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    """The edits of each part that has some, in their order."""
    by_part: dict[str, list[Edit]] = {}
    for edit in edits:
        by_part.setdefault(edit.part, []).append(edit)
    return by_part


def _assert_same(report: Report, message: Message) -> None:
    """What a report says of places must hold in the message.

    Raises:
        FixError: it does not.
    """
    if report.message_id != message.id:
        raise FixError(f"the report is of message {report.message_id!r}, not of {message.id!r}")
    for violation in report.violations:
        place = violation.location
        if place.part in PARTS and place.start is not None and violation.excerpt is not None:
            part = getattr(message, place.part)
            if part is None or part[place.start : place.end] != violation.excerpt:
                raise FixError(
                    f"the report is of another message: {violation.rule} is not at its place in {place.part}"
                )
        for edit in violation.fix.edits if violation.fix else ():
            part = getattr(message, edit.part) if edit.part in PARTS else None
            if part is not None and not 0 <= edit.start <= edit.end <= len(part):
                raise FixError(
                    f"the report is of another message: {violation.rule} edits beyond the end of {edit.part}"
                )


class _Chosen:
    """Edits that were chosen so far: sorted, without overlaps."""

    def __init__(self, message: Message) -> None:
        self._message = message
        # Of each part (start, end, number of the violation, replacement); what is at one place keeps their order.
        self._taken: dict[str, list[tuple[int, int, int, int, str]]] = {}
        self._known: dict[tuple[str, int, int, str], str] = {}
        self._rules: dict[int, str] = {}

    def add(self, number: int, violation: Violation) -> str:
        """Takes all edits of a violation's fix, or none; then says why not."""
        assert violation.fix is not None
        fresh: list[Edit] = []
        for edit in sorted(violation.fix.edits, key=lambda edit: (edit.part, edit.start, edit.end)):
            if edit.part not in PARTS or getattr(self._message, edit.part) is None:
                return f"{edit.part} is not edited"
            if (edit.part, edit.start, edit.end, edit.replacement) in self._known:
                continue
            if fresh and fresh[-1].part == edit.part and edit.start < fresh[-1].end:
                return "its edits overlap each other"
            if rule := self._in_the_way(edit):
                return f"it overlaps the fix of {rule}"
            fresh.append(edit)
        self._rules[number] = violation.rule
        for place, edit in enumerate(fresh):
            self._known[edit.part, edit.start, edit.end, edit.replacement] = violation.rule
            insort(self._taken.setdefault(edit.part, []), (edit.start, edit.end, number, place, edit.replacement))
        return ""

    def _in_the_way(self, edit: Edit) -> str:
        """The rule whose edit overlaps, if any. Insertions overlap only what they are inside of."""
        taken = self._taken.get(edit.part, [])
        # Of those that start before the edit's end, the last reaches furthest.
        index = bisect_left(taken, (edit.end,)) - 1
        if index >= 0 and taken[index][1] > edit.start:
            return self._rules[taken[index][2]]
        return ""

    def edits(self) -> tuple[Edit, ...]:
        """All edits, by part and in order."""
        return tuple(
            Edit(part=part, start=start, end=end, replacement=replacement)
            for part in PARTS
            for start, end, _, _, replacement in self._taken.get(part, ())
        )


def _parts_of(message: Message) -> tuple[str | None, ...]:
    return tuple(getattr(message, part) for part in PARTS)


def _composed(start: Message, first: Iterable[Edit], second: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits that do to the message `start` what `first` and then `second` do."""
    earlier, later = edits_by_part(first), edits_by_part(second)
    return tuple(
        edit
        for part in PARTS
        if part in earlier or part in later
        for edit in _composed_part(part, getattr(start, part), earlier.get(part, []), later.get(part, []))
    )


class _Piece(NamedTuple):
    """text[start:end], where `text` is the source (`kept`) or the replacement of an edit."""

    text: str
    start: int
    end: int
    kept: bool


def _composed_part(part: str, source: str, first: list[Edit], second: list[Edit]) -> list[Edit]:
    between = _rewritten([_Piece(source, 0, len(source), True)], first)
    return _edits_of(part, _rewritten(between, second), len(source))


def _rewritten(pieces: list[_Piece], edits: list[Edit]) -> list[_Piece]:
    """The pieces of a text after edits of it."""
    out: list[_Piece] = []
    queue = iter(pieces)
    rest = next(queue)

    def pass_over(count: int, *, keep: bool) -> None:
        nonlocal rest
        while count:
            while rest.start == rest.end:
                rest = next(queue)
            stop = min(rest.start + count, rest.end)
            if keep:
                out.append(rest._replace(end=stop))
            count -= stop - rest.start
            rest = rest._replace(start=stop)

    position = 0
    for edit in edits:
        pass_over(edit.start - position, keep=True)
        pass_over(edit.end - edit.start, keep=False)
        out.append(_Piece(edit.replacement, 0, len(edit.replacement), False))
        position = edit.end
    return [*out, rest, *queue]


def _edits_of(part: str, pieces: list[_Piece], length: int) -> list[Edit]:
    """The edits that turn a source of that length into the text that the pieces make."""
    edits: list[Edit] = []
    position = 0
    new: list[str] = []
    for piece in (*pieces, _Piece("", length, length, True)):
        if not piece.kept:
            new.append(piece.text[piece.start : piece.end])
        elif piece.start < piece.end or piece.start == length:
            replacement = "".join(new)
            if piece.start > position or replacement:
                edits.append(Edit(part=part, start=position, end=piece.start, replacement=replacement))
            new = []
            position = piece.end
    return edits
