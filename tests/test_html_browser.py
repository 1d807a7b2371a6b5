"""The HTML report in a real browser: nothing in it acts or fetches, it filters, fits a phone and can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from msgpolicy import Linter, Message
from msgpolicy.inputs import Draft, InputError, Trouble
from msgpolicy.report import Source
from msgpolicy.reporters.html import HtmlReporter
from tests.browsing import ATTACKS, chromium_session, opened

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium_session() as session:
        yield session


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of hostile messages, one that passes, one in Arabic, and an input that could not be used."""
    linter = Linter("amazon")
    messages = [
        {"id": ATTACKS, "subject": ATTACKS, "text": f"{ATTACKS} call +49 30 901820 {ATTACKS}"},
        {"html": f"<p>{ATTACKS} write to anna@shop.example</p>", "buyer": {"name": ATTACKS}},
        {"text": "Please leave a review, {{ 7*7 }}, anna@shop.example \u202e\x00 " + "x" * 100_000},
        {"text": "مرحبا، اكتب لنا على anna@shop.example أو اتصل +49 30 901820"},
        {
            "text": "Order 123-1234567-1234567: the parcel is late, we are sorry.",
            "order": {"id": "123-1234567-1234567"},
        },
    ]
    path = tmp_path_factory.mktemp("page") / "report.html"
    with path.open("wb") as file, HtmlReporter(file.write, redact=False) as reporter:
        for number, fields in enumerate(messages, 1):
            message = Message.from_dict(fields)
            source = Source(file="in<script>document.title='owned'</script>.jsonl", line=number)
            reporter.report(Draft(message, source), linter.check(message, source=source))
        reporter.error(InputError("bad.json", [Trouble(ATTACKS, ATTACKS, 1, 2)]))
    return path


def test_what_acts_would_be_seen(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "open.html"
    path.write_text(f"<title>mine</title><script>0</script>{ATTACKS.split('<meta')[0]}", encoding="utf-8")
    _, asked = opened(browser, path)
    assert browser.title == "owned"
    assert any("192.0.2.1" in url for url in asked)
    path.write_text(
        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\"><title>mine</title>" + ATTACKS,
        encoding="utf-8",
    )
    said, _ = opened(browser, path)
    assert any("Content Security Policy" in line for line in said)


def test_nothing_in_a_hostile_report_acts_or_fetches(browser: Any, report: Path) -> None:
    said, asked = opened(browser, report)
    assert said == []
    assert asked == []
    assert browser.title.startswith("msgpolicy: ")
    assert browser.execute_script("return document.querySelectorAll('script, img, iframe, svg, object').length") == 0
    assert (
        browser.execute_script("return getComputedStyle(document.querySelector('article')).borderLeftStyle") == "solid"
    )
    shown = browser.execute_script("return document.querySelector('.row bdi').textContent")
    assert "</script><script>document.title='owned'</script><img src='http://192.0.2.1/p.gif" in shown


def visible(browser: Any) -> list[str]:
    names: list[str] = browser.execute_script(
        "return [...document.querySelectorAll('article')].filter(a => a.offsetParent).map(a => a.className)"
    )
    return names


def test_the_filter_works_without_a_script(browser: Any, report: Path) -> None:
    from selenium.webdriver.support.ui import Select

    opened(browser, report)
    everything = visible(browser)
    assert {"block", "unusable"} < set(everything)
    browser.find_element("id", "show-block").click()
    assert visible(browser) == [name for name in everything if name != "block"]
    browser.find_element("id", "show-block").click()
    Select(browser.find_element("id", "rule")).select_by_visible_text("phone-number")
    assert len(visible(browser)) == 2
    Select(browser.find_element("id", "rule")).select_by_index(0)
    assert visible(browser) == everything


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_the_page_is_never_wider_than_the_screen(browser: Any, report: Path, width: int) -> None:
    opened(browser, report, width=width)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_all_that_can_be_used_in_order(browser: Any, report: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(browser, report)
    assert (
        browser.execute_script(
            'return document.querySelectorAll(\'[tabindex]:not([tabindex="0"], [tabindex="-1"])\').length'
        )
        == 0
    )
    browser.find_element("tag name", "body").send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "To the messages"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.execute_script("return document.activeElement.id") == "messages"


_COLORS = """
const solid = e => {
  for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor;
    if (c !== 'rgba(0, 0, 0, 0)') return c;
  }
  return getComputedStyle(document.body).backgroundColor;
};
const found = new Map();
document.querySelectorAll('details').forEach(d => { d.open = true; });
for (const e of document.body.querySelectorAll('*'))
  if ([...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    found.set(getComputedStyle(e).color + '|' + solid(e), e.tagName + '.' + e.className);
return [...found];
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_has_enough_contrast(browser: Any, report: Path, theme: str) -> None:
    opened(browser, report, theme=theme)
    pairs = browser.execute_script(_COLORS)
    assert len(pairs) > 8
    for colors, where in pairs:
        text, back = (luminance(color) for color in colors.split("|"))
        ratio = (max(text, back) + 0.05) / (min(text, back) + 0.05)
        assert ratio >= 4.5, (where, colors, ratio)
    assert (luminance(pairs[0][0].split("|")[1]) < 0.5) is (theme == "dark")


def luminance(color: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_line_of_arabic_starts_at_the_right(browser: Any, report: Path) -> None:
    opened(browser, report)
    directions = browser.execute_script(
        "return [...document.querySelectorAll('.row bdi')].map(b => [b.textContent, getComputedStyle(b).direction])"
    )
    assert [direction for text, direction in directions if "مرحبا" in text] == ["rtl"]
    assert {direction for text, direction in directions if "مرحبا" not in text} == {"ltr"}


def test_on_paper_the_evidence_is_shown(browser: Any, report: Path) -> None:
    opened(browser, report)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = browser.execute_script("return [...document.querySelectorAll('article dl')].map(d => d.checkVisibility())")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    closed = browser.execute_script("return document.querySelector('article dl').checkVisibility()")
    assert shown
    assert all(shown)
    assert not closed
