"""The page is open to everybody, in a real browser: eight languages, keyboard, screen reader, phone, light and dark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from tests.page_browsing import Page, chromium_session
from tests.page_service import served

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "de", "fr", "es", "pl", "zh", "ar", "th")
STRINGS = Path(str(files("msgpolicy.service"))) / "page" / "strings"
DRAFT = "Thank you 😀\n\n\n\n\nPlease call +49 30 901820 or write to anna@shop.example.\nمرحبا"


@pytest.fixture(scope="module")
def shared() -> Iterator[Page]:
    with served() as front, chromium_session() as browser:
        yield Page(browser, front)


@pytest.fixture
def page(shared: Page, tmp_path: Path) -> Page:
    """With a draft that has findings, an attachment, and all that unfolds unfolded."""
    shared.front.reset()
    return shared


def filled(page: Page, tmp_path: Path) -> Page:
    file = tmp_path / "an attachment with a very long name, which has to be broken somewhere.pdf"
    file.write_bytes(b"%PDF-1.4")
    page.one("#files").send_keys(str(file))
    page.draft("https://shop.example/" + "long" * 60, into="subject")
    page.draft(DRAFT)
    page.js("document.getElementById('more').open = true; document.getElementById('rule-phone-number').open = true")
    page.wait("return document.querySelector('#rule-phone-number .explained').hasChildNodes()")
    return page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_is_said_in_the_language(page: Page, lang: str, tmp_path: Path) -> None:
    strings = json.loads((STRINGS / f"{lang}.json").read_text("utf-8"))
    page.open(lang=lang, width=360)
    filled(page, tmp_path)
    assert page.js("return [document.documentElement.lang, document.documentElement.dir]") == [
        lang,
        "rtl" if lang == "ar" else "ltr",
    ]
    assert page.one("h1").text == strings["title"]
    assert page.one("#verdict-word").text == strings["verdict.block"]
    body = page.js("return document.body.textContent")
    assert not [key for key in strings if "." in key and key in body and key not in strings.values()]
    assert "undefined" not in body
    empty = page.js(
        "return [...document.querySelectorAll('[data-text], label, button, h1, h2, h3, h4, option, legend, summary')]"
        ".filter(e => !e.textContent.trim()).map(e => e.outerHTML)"
    )
    assert empty == []
    assert page.js("return document.documentElement.scrollWidth") <= 360
    assert axe(page) == []
    assert page.said() == []


@pytest.mark.parametrize(("width", "theme"), [(1200, "light"), (1200, "dark"), (390, "dark")])
def test_axe_finds_nothing(page: Page, width: int, theme: str, tmp_path: Path) -> None:
    page.open(width=width, theme=theme)
    assert axe(page) == []
    filled(page, tmp_path)
    assert axe(page) == []
    page.front.held = True
    page.write("!")
    assert page.verdict == "checking"
    assert axe(page) == []
    page.front.held = False
    page.front.token = "x"
    page.write("!")
    page.wait("return !document.getElementById('lock').hidden")
    assert axe(page) == []


def axe(page: Page) -> list[tuple[str, str]]:
    page.js(files("axe_core_python").joinpath("axe.min.js").read_text("utf-8"))
    result: Any = page.browser.execute_async_script("axe.run().then(arguments[0])")
    assert any(one["id"] == "color-contrast" for one in result["passes"])
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in result["violations"]]


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_the_page_is_never_wider_than_the_screen(page: Page, lang: str, tmp_path: Path) -> None:
    page.open(lang=lang)
    filled(page, tmp_path)
    page.js("document.querySelectorAll('#rules details').forEach(d => { d.open = true; })")
    page.wait("return [...document.querySelectorAll('.explained')].every(e => e.hasChildNodes())")
    for width in (320, 360, 390, 768, 1200):
        page.resize(width)
        assert page.js("return document.documentElement.scrollWidth") <= width


def test_the_language_can_be_changed_and_the_draft_stays(page: Page) -> None:
    from selenium.webdriver.support.ui import Select

    page.open().draft(DRAFT)
    Select(page.one("#fact-kind")).select_by_value("reply")
    page.judged()
    Select(page.one("#language")).select_by_value("pl")
    page.wait("return document.documentElement.lang === 'pl'")
    page.judged()
    assert page.one("#verdict-word").text == "Nie wysyłaj"
    assert page.text() == DRAFT
    assert page.front.asked[-1]["kind"] == "reply"
    assert "lang=pl" in page.browser.current_url
    assert "Zawiera" in page.one("#findings").text
    assert page.browser.get_cookies() == []


@pytest.mark.parametrize(
    ("preferred", "lang"), [("fr-CA,fr", "fr"), ("tlh,th-TH", "th"), ("zh-Hant-TW", "zh"), ("tlh", "en")]
)
def test_the_first_language_is_the_browsers(page: Page, preferred: str, lang: str) -> None:
    agent = page.js("return navigator.userAgent")
    page.cdp("Emulation.setUserAgentOverride", {"userAgent": agent, "acceptLanguage": preferred})
    page.open(lang="")
    page.cdp("Emulation.setUserAgentOverride", {"userAgent": agent, "acceptLanguage": "en"})
    assert page.js("return document.documentElement.lang") == lang


def test_the_keyboard_alone_writes_finds_and_fixes(page: Page) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    def press(*keys: str) -> None:
        ActionChains(page.browser).send_keys(*keys).perform()

    def tab_to(selector: str, most: int = 60) -> None:
        for _ in range(most):
            if page.js("return document.activeElement.matches(arguments[0])", selector):
                return
            outline = page.js("const s = getComputedStyle(document.activeElement); return s.outlineStyle")
            boxed = page.js("return document.activeElement.closest('.editor, .button') !== null")
            assert boxed or outline != "none", page.js("return document.activeElement.outerHTML")
            press(Keys.TAB)
        raise AssertionError(f"no way to {selector}")

    page.open()
    press(Keys.TAB)
    assert page.js("return document.activeElement.className") == "skip"
    press(Keys.ENTER)
    assert page.focused == "body"
    press("Thank you :-)", *(Keys.ENTER * 5), "Please call +49 30 901820.")
    page.judged()
    press(Keys.TAB)
    tab_to("#findings li [data-focus$=' fix'].main")
    press(Keys.ENTER)
    page.judged()
    assert "\n\n\n" not in page.text()
    assert page.focused == "body"
    press(Keys.TAB)
    tab_to("#findings li .place")
    while "901820" not in page.js("return document.activeElement.textContent"):
        press(Keys.TAB)
        tab_to("#findings li .place")
    press(Keys.ENTER)
    assert page.focused == "body"
    assert "901820" in page.selected
    press(Keys.TAB)
    tab_to("[data-focus^='need ']", 100)
    press(Keys.ENTER)
    assert page.focused.startswith("fact-")
    assert page.js("return document.querySelectorAll('[tabindex]').length") == 0


def test_the_focus_stays_in_the_list_when_it_is_drawn_anew(page: Page) -> None:
    page.open().draft(DRAFT)
    before = page.finding("phone-number", "rule")
    page.js("arguments[0].focus()", before)
    page.js("document.getElementById('fact-kind').dispatchEvent(new Event('change'))")
    page.judged()
    page.wait("return document.activeElement.dataset.focus?.endsWith(' rule')")


def test_only_verdicts_are_spoken(page: Page) -> None:
    page.open()
    page.js(
        "window.spoken = []; new MutationObserver(() => spoken.push(document.getElementById('spoken').textContent))"
        ".observe(document.getElementById('spoken'), { childList: true, characterData: true, subtree: true })"
    )
    page.draft(DRAFT)
    page.write(" And more")
    page.judged()
    spoken = page.js("return window.spoken")
    assert len(spoken) == 1
    assert spoken[0].startswith("Do not send Errors: ")


def test_without_scripts_it_says_so(page: Page) -> None:
    page.cdp("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.browser.get(page.front.origin)
        assert "msgpolicy check" in page.one("noscript").text or "msgpolicy check" in page.one("body").text
    finally:
        page.cdp("Emulation.setScriptExecutionDisabled", {"value": False})
