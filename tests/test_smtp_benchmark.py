"""What benchmarks/smtp counts: a mail that was lost, let through or changed does not go unseen."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.smtp import kills
from benchmarks.smtp.mails import mail, violates

REFUSED = b"550 5.7.1 refused by msgpolicy: phone-number"


def _found(folder: Path, answers: dict[int, bytes], taken: list[tuple[int, bytes]]) -> kills.Kills:
    file = folder / "taken"
    lines = [f"{number} {hashlib.sha256(wire).hexdigest()}\n" for number, wire in taken]
    file.write_text("".join(lines))
    return kills._counted(answers, file, Counter(), len(answers), 1.0)


def test_all_is_well(tmp_path: Path) -> None:
    answers = {number: REFUSED if violates(number) else b"250 ok" for number in range(20)}
    taken = [(number, mail(number) + b".\r\n") for number in range(20) if not violates(number)]
    found = _found(tmp_path, answers, taken)
    assert (found.lost, found.forbidden, found.changed, found.wrong_answers, found.twice) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("answer", "taken", "field"),
    [
        (b"250 ok", [], "lost"),
        (b"250 ok", [(1, b"another mail")], "changed"),
        (b"250 ok", [(1, b""), (1, b"")], "twice"),
        (b"250 ok", [(7, b"")], "forbidden"),
        (REFUSED, [], "wrong_answers"),
    ],
)
def test_what_goes_wrong_is_counted(tmp_path: Path, answer: bytes, taken: list[tuple[int, bytes]], field: str) -> None:
    assert getattr(_found(tmp_path, {1: answer}, taken), field) == 1
