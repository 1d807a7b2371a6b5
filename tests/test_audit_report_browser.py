"""The page of an audit in a real browser: nothing in it acts or fetches, it unfolds, fits a phone, prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from msgpolicy.audit.report import write_report
from tests.audit_folder import FILE, asked, example, found, linter, message, time, write_tables
from tests.browsing import ATTACKS, chromium_session, opened

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium_session() as session:
        yield session


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with everything on it, much of it hostile, long, or in Arabic."""
    out = tmp_path_factory.mktemp("audit")
    text = f"{ATTACKS} call +49 30 ••••• please " + "x" * 5000
    start = text.index("+49")
    many = range(1, 41)
    write_tables(
        out,
        {
            "messages": [
                message(
                    n, ("block", "warn", "review", "pass")[n % 4], sender=f"{n:020x}",
                    language=ATTACKS if n == 3 else "de", message_id=ATTACKS,
                    marketplace="amazon.de", template=f"t{n % 6}", line=n, sent_at=time(1 + n % 20),
                )
                for n in many
            ] + [
                message(50, direction="buyer_to_seller", thread="t", sent_at=time(3)),
                message(51, kind="reply", thread="t", sent_at=time(5)),
            ],
            "violations": [
                found(
                    n, f"rule-{n % 4}", severity="warning" if n % 3 else "error", excerpt="+49 30 •••••", part="text",
                    message=ATTACKS, suggestion="Leave it out.", start=start, end=start + 12,
                )
                for n in many if n % 4 != 3
            ] + [found(51, "late-reply", severity="warning", scope="conversation", message="Later than 24 hours.")],
            "not_evaluated": [
                {"file": FILE, "number": n, "rule": "order-id-missing", "why": "missing", "needs": ["kind", ATTACKS]}
                for n in many
            ],
            "rejected": [{"file": ATTACKS, "position": "line 7", "why": ATTACKS, "hint": "mend it", "number": 7}],
            "shown": [example(n, text, template=f"t{n}", subject=ATTACKS) for n in range(6)]
            + [example(3, "مرحبا، أين طلبي؟\n" * 3, "sample", draw=1), example(7, ATTACKS, "sample", draw=2)],
        },
    )  # fmt: skip
    return Path(write_report(str(out), asked(), linter()))


def unfold(browser: Any) -> None:
    browser.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")


def test_nothing_in_a_hostile_archive_acts_or_fetches(browser: Any, report: Path) -> None:
    said, asked_for = opened(browser, report)
    assert said == []
    assert asked_for == []
    assert browser.title.startswith("msgpolicy audit: ")
    assert browser.execute_script("return document.querySelectorAll('script, img, iframe, object, link').length") == 1
    # The style sheet is allowed by its hash, and the bars have their lengths without any style of their own.
    widths = browser.execute_script(
        "return [...document.querySelectorAll('.bar rect')].map(r => r.getBoundingClientRect().width)"
    )
    assert max(widths) > 40
    assert "</script><script>document.title='owned'" in browser.execute_script("return document.body.textContent")


@pytest.mark.parametrize("width", [320, 390, 1200])
@pytest.mark.parametrize("unfolded", [False, True])
def test_the_page_is_never_wider_than_the_screen(browser: Any, report: Path, width: int, unfolded: bool) -> None:
    opened(browser, report, width=width)
    if unfolded:
        unfold(browser)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1200])
def test_axe_finds_nothing(browser: Any, report: Path, width: int, theme: str) -> None:
    axe = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    opened(browser, report, width=width, theme=theme)
    unfold(browser)
    browser.execute_script(axe)
    result = browser.execute_async_script("axe.run().then(arguments[0])")
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in result["violations"]] == []
    assert any(one["id"] == "color-contrast" for one in result["passes"])


def test_the_keyboard_unfolds_single_messages(browser: Any, report: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(browser, report)
    body = browser.find_element("tag name", "body")
    body.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "To the report"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.execute_script("return document.activeElement.id") == "main"
    summary = browser.find_element("css selector", "article > details > summary")
    assert not browser.execute_script("return document.querySelector('details.message').checkVisibility()")
    for _ in range(60):
        if browser.switch_to.active_element == summary:
            break
        browser.switch_to.active_element.send_keys(Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.execute_script("return document.querySelector('details.message').checkVisibility()")


def test_one_click_selects_a_decision(browser: Any, report: Path) -> None:
    opened(browser, report)
    unfold(browser)
    line = browser.find_element("css selector", "article .lines code.copy")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", line)
    line.click()
    selected = browser.execute_script("return String(getSelection())").strip()
    assert selected == line.text.strip()
    assert selected.startswith('{"rule": ')
    assert selected.endswith("}")


def test_on_paper_the_messages_are_shown_and_what_is_for_the_screen_is_not(browser: Any, report: Path) -> None:
    opened(browser, report)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown, lines, nav = browser.execute_script(
        "const seen = q => [...document.querySelectorAll(q)].map(e => e.checkVisibility());"
        "return [seen('details.message ul'), seen('.lines'), seen('nav')]"
    )
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert shown
    assert all(shown)
    assert not any(lines + nav)


def test_a_line_of_arabic_starts_at_the_right(browser: Any, report: Path) -> None:
    opened(browser, report)
    unfold(browser)
    directions = browser.execute_script(
        "return [...document.querySelectorAll('.row bdi')].map(b => [b.textContent, getComputedStyle(b).direction])"
    )
    assert {direction for text, direction in directions if "مرحبا" in text} == {"rtl"}
    assert {direction for text, direction in directions if re.search("[a-z]", text)} == {"ltr"}
