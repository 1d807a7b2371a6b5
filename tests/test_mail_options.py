"""What `msgpolicy smtp` and `msgpolicy milter` are called with alike."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from msgpolicy import Message, mail_options
from msgpolicy.call import CallError


def options(*argv: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    mail_options.add_arguments(parser)
    return parser.parse_args(argv)


def test_orders_are_looked_up_in_the_file_that_is_named(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("order.id,order.status\n305-1234567-1234567,Shipped\n", encoding="utf-8")
    lookup = mail_options.lookup_of(options("--orders", str(path)), "smtp")
    assert lookup is not None
    assert lookup(Message(text="On 305-1234567-1234567."))["order"]["status"] == "Shipped"
    assert mail_options.lookup_of(options(), "smtp") is None


def test_a_file_that_cannot_be_used_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("order.id,order.custom\n305-1234567-1234567,perhaps\n", encoding="utf-8")
    with pytest.raises(CallError, match=r"^msgpolicy smtp: --orders: .*orders\.csv:2: order\.custom: 'perhaps' is not"):
        mail_options.lookup_of(options("--orders", str(path)), "smtp")
    with pytest.raises(CallError, match=r"^msgpolicy milter: --orders: .*nothing\.sqlite: SQLite: unable to open"):
        mail_options.lookup_of(options("--orders", str(tmp_path / "nothing.sqlite")), "milter")
    with pytest.raises(CallError, match="--orders-query needs --orders"):
        mail_options.lookup_of(options("--orders-query", "SELECT 1"), "smtp")


def test_a_gate_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text("eror = 'hold'\n", encoding="utf-8")
    with pytest.raises(CallError, match=r"(?s)^msgpolicy smtp: .*eror"):
        mail_options.gate_of(options("--gate", str(path)), "smtp")


def test_networks_are_read_and_their_mistakes_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert [str(one) for one in options("--trust", "192.0.2.0/24", "--trust", "::1").trust] == [
        "192.0.2.0/24",
        "::1/128",
    ]
    with pytest.raises(SystemExit):
        options("--trust", "192.0.2.1/24")
    assert "has host bits set" in capsys.readouterr().err
