"""Mails of all kinds, most of them damaged, from bytes to report: none crashes, and each report holds what it says."""

from __future__ import annotations

import io
import mailbox
from pathlib import Path
from random import Random

import pytest

from benchmarks.mail.envelopes import KINDS
from benchmarks.mail.judging import judge
from benchmarks.mail.sources import Mail, made, named, python_tests
from msgpolicy.linter import Linter
from msgpolicy.message import Message
from tests.linters import linter

SEED = 7
# Larger mails are left to the slow tests.
EVERYDAY_BYTES = 40_000


def troubles(mails: list[Mail]) -> dict[str, str]:
    return {mail.name: result.trouble for mail in mails if (result := judge(linter(), mail)).trouble}


def test_damaged_mails() -> None:
    mails = [mail for number in range(40) if len((mail := made(number, SEED, [])).data) <= EVERYDAY_BYTES]
    assert len(mails) > 20
    assert troubles(mails) == {}


@pytest.mark.slow
@pytest.mark.parametrize("first", range(100, 300, 25))
def test_more_damaged_mails(first: int) -> None:
    stock = python_tests()
    assert troubles([made(number, SEED, stock) for number in range(first, first + 25)]) == {}


def test_trouble_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise RecursionError("too deep")

    mail = Mail("a", "b", b"Subject: x\r\n\r\nhello")
    assert judge(linter(), mail).trouble == ""
    assert judge(linter(), Mail("a", "b", b"")).verdict == "refused"
    monkeypatch.setattr(Linter, "check", failing)
    result = judge(linter(), mail)
    assert (result.verdict, result.trouble) == ("crash", "RecursionError: too deep")


def test_number_and_seed_make_a_mail() -> None:
    assert [made(number, 3, []) for number in range(12)] == [made(number, 3, []) for number in range(12)]
    assert made(1, 3, []).data != made(1, 4, []).data


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_a_mail(kind: str) -> None:
    data = KINDS[kind][1](Random(5))
    assert data == KINDS[kind][1](Random(5))
    assert data.startswith(b"Return-Path: ") or kind == "odd-headers"
    assert Message.from_email(data).sender == "abc123@marketplace.amazon.com" or kind == "odd-headers"


def test_mails_that_are_named(tmp_path: Path) -> None:
    letter = b"Subject: %d\n\nhello\n"
    (tmp_path / "a.eml").write_bytes(letter % 1)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    dated = b"From a@b.example Mon Nov  2 09:05:00 2026\n"
    (tmp_path / "b.mbox").write_bytes(b"".join(dated + letter % number for number in (2, 3)))
    box = mailbox.Maildir(tmp_path / "box")
    box.add(io.BytesIO(letter % 4))
    found = sorted(mail.data.strip() for mail in named([tmp_path]))
    assert found == [(letter % number).strip() for number in (1, 2, 3, 4)]
