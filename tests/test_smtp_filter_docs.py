"""docs/hooks-smtp.md says what is there: the unit, the lines for Postfix, the options."""

from __future__ import annotations

from pathlib import Path

import regex

from msgpolicy.arguments import parse
from msgpolicy.mailfilter.headers import fields
from tests.smtp_filter import BACK, FRONT

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "hooks-smtp.md").read_text(encoding="utf-8")


def _block(mark: str) -> str:
    match = regex.search(rf"<!-- file: {regex.escape(mark)} -->\n```\w+\n(.*?)```", PAGE, flags=regex.DOTALL)
    assert match is not None
    return str(match[1])


def test_the_lines_for_postfix_are_those_that_are_tried_with_it() -> None:
    shown = [line for line in _block("master.cf").splitlines() if line.startswith("  ")]
    tried = [line.replace("{filter}", "10025") for line in (FRONT + BACK).splitlines() if line.startswith("  ")]
    assert shown == tried


def test_the_calls_are_understood() -> None:
    unit = regex.search(r"`msgpolicy (smtp --listen 127[^`]*)`", PAGE)
    smart_host = regex.search(r"`msgpolicy (smtp --listen 0[^`]*)`", PAGE)
    assert unit is not None
    assert smart_host is not None
    for call in (unit[1], smart_host[1]):
        assert parse(call.split()).command == "smtp"


def test_options_and_headers_that_are_named_are_there() -> None:
    known = {"--hold", "--trust", "--orders", "--relay-tls", "--relay-ca", "--relay-timeout", "--tls-cert"}
    known |= {"--max-size", "--max-memory", "--max-connections", "--timeout"}
    assert known <= set(regex.findall(r"`(--[a-z-]+)", PAGE))
    special = {"Context", "Send-Anyway", "By", "Hold"}
    for name in regex.findall(r"`X-Msgpolicy-([A-Za-z-]+):", PAGE):
        assert name in special or name.lower() in fields()
