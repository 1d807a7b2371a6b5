"""The page in a real browser when things go wrong: hostile drafts, absent services, drafts that change meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from msgpolicy.service.settings import ServiceSettings
from tests.browsing import ATTACKS
from tests.page_browsing import Page, chromium_session
from tests.page_service import served

pytestmark = pytest.mark.browser

PHONE = "+49 30 901820"
CLEAN = "Your invoice for order 305-1234567-1234567 is attached."


@pytest.fixture(scope="module")
def shared() -> Iterator[Page]:
    with served() as front, chromium_session() as browser:
        yield Page(browser, front)


@pytest.fixture
def page(shared: Page) -> Iterator[Page]:
    shared.front.reset()
    yield shared.open()
    shared.front.held = False
    assert shared.asked_elsewhere() == []


def held(page: Page, count: int) -> None:
    """Waits until so many questions have come in."""
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(page.browser, 30, 0.02).until(lambda _: len(page.front.asked) >= count)


def given_up(page: Page, count: int) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(page.browser, 30, 0.02).until(lambda _: page.front.given_up >= count)


def test_a_verdict_never_stands_beside_a_draft_that_has_changed(page: Page) -> None:
    page.draft(CLEAN)
    before = page.verdict
    assert before in ("pass", "warn")
    page.front.held = True
    # Within the task of the event itself: nobody ever sees the old verdict with the new text.
    seen = page.js(
        "document.execCommand('insertText', false, ' call +49 30 901820');"
        "return [document.getElementById('verdict').className, document.getElementById('verdict-word').textContent,"
        " document.getElementById('verdict-counts').textContent, document.getElementById('no-findings').textContent]"
    )
    assert seen == ["verdict checking", "Checking…", "", ""]
    held(page, 2)
    assert page.verdict == "checking"
    assert page.js("return document.getElementById('result').classList.contains('stale')")
    page.front.held = False
    page.judged()
    assert page.verdict == "block"
    assert page.said() == []


def test_only_what_was_asked_last_is_answered_and_the_rest_given_up(page: Page) -> None:
    page.front.held = True
    page.write(f"call {PHONE}")
    held(page, 1)
    page.js("document.getElementById('body').select()")
    page.write("Thank you 😀")
    held(page, 2)
    given_up(page, 1)
    page.front.held = False
    page.judged()
    assert "emoji" in page.rules
    assert "phone-number" not in page.rules
    assert [one["text"] for one in page.front.asked] == [f"call {PHONE}", "Thank you 😀"]


def test_typing_asks_when_it_pauses(page: Page) -> None:
    page.one("#body").send_keys("Thank you for your order, it is on its way.")
    page.judged()
    assert len(page.front.asked) < 20
    assert page.front.asked[-1]["text"] == "Thank you for your order, it is on its way."


def test_fixes_wait_for_the_newest_answer(page: Page) -> None:
    page.draft("Thank you 😀\n\n\n\n\nBye")
    page.front.held = True
    page.write("!")
    assert not page.finding("emoji", "fix").is_enabled()
    assert not page.one("#fix-all").is_displayed()
    page.front.held = False
    page.judged()
    assert page.finding("emoji", "fix").is_enabled()


def test_an_emptied_draft_has_no_verdict(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    page.draft(f"call {PHONE}")
    page.one("#body").send_keys(Keys.CONTROL, "a")
    page.one("#body").send_keys(Keys.DELETE)
    page.wait("return document.getElementById('verdict').classList.contains('idle')")
    assert (page.rules, page.marked) == ([], [])


@pytest.mark.parametrize(("status", "words"), [(503, "busy"), (429, "busy"), (500, "cannot be reached")])
def test_a_service_that_does_not_answer_is_told_and_asked_again(page: Page, status: int, words: str) -> None:
    page.draft(CLEAN)
    page.front.instead = (status, {"Retry-After": "1"}, {"title": "later", "status": status})
    page.write(f" call {PHONE}")
    page.wait("return !document.getElementById('trouble').hidden")
    assert words in page.one("#trouble").text
    assert page.verdict == "checking"
    page.front.instead = None
    page.judged()
    assert page.verdict == "block"
    assert not page.one("#trouble").is_displayed()


def test_a_service_that_is_gone_is_asked_again_at_once_on_demand(page: Page) -> None:
    page.front.instead = (503, {"Retry-After": "3600"}, {})
    page.write(CLEAN)
    page.wait("return !document.getElementById('trouble').hidden")
    assert "30 s" in page.one("#trouble").text
    page.front.instead = None
    page.one("#trouble button").click()
    page.judged()


def test_what_failed_at_the_start_is_made_up_for(page: Page) -> None:
    page.front.down = True
    page.open(ready=False)
    page.wait("return document.getElementById('rules-count').textContent === 'Rules: 0'")
    page.front.down = False
    page.draft(f"call {PHONE}")
    page.wait("return document.querySelectorAll('#rules details').length > 60")


def test_a_record_that_is_refused_says_where(page: Page) -> None:
    page.front.instead = (
        422,
        {},
        {"title": "no", "errors": [
            {"path": "order.status", "message": "is not a status", "hint": "Shipped"},
            {"path": "text", "message": "<b>too odd</b>", "hint": ""},
        ]},
    )  # fmt: skip
    page.write(CLEAN)
    page.wait("return !document.getElementById('trouble').hidden")
    assert page.verdict == "refused"
    assert "text: <b>too odd</b>" in page.one("#trouble").text
    assert page.one("#fact-order-status-wrong").text == "is not a status: Shipped"
    assert page.one("#fact-order-status").get_attribute("aria-invalid") == "true"
    page.one("#trouble button.link").click()
    assert page.focused == "fact-order-status"
    page.front.instead = (413, {}, {"title": "Content too large", "detail": "at most 10 MB"})
    page.write("!")
    page.wait("return document.getElementById('trouble').textContent.includes('at most 10 MB')")
    assert page.one("#fact-order-status-wrong").text == ""


def test_what_the_service_refuses_is_told_at_its_field(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    page.draft(CLEAN)
    page.one("#fact-history-review_requests").send_keys("-1")
    page.wait("return !document.getElementById('trouble').hidden")
    assert page.verdict == "refused"
    assert page.one("#fact-history-review_requests-wrong").text != ""
    page.one("#fact-history-review_requests").send_keys(Keys.BACKSPACE * 2)
    page.judged()
    assert page.one("#fact-history-review_requests-wrong").text == ""


def test_the_token_of_the_service_itself_is_taken(shared: Page) -> None:
    with served(ServiceSettings(token="s3cret" * 4)) as front:
        page = Page(shared.browser, front).open(ready=False)
        page.write(f"call {PHONE}")
        page.wait("return !document.getElementById('lock').hidden")
        page.one("#token").send_keys("s3cret" * 4 + "\n")
        page.judged()
        assert page.verdict == "block"


def test_a_token_is_asked_for_and_kept_nowhere(page: Page) -> None:
    page.front.token = "s3cret"
    page.open(ready=False)
    page.wait("return document.getElementById('verdict').classList.contains('idle')")
    page.write(f"call {PHONE}")
    page.wait("return !document.getElementById('lock').hidden")
    assert page.focused == "token"
    page.one("#token").send_keys("wrong\n")
    page.wait("return document.getElementById('token-wrong').textContent !== ''")
    page.one("#token").clear()
    page.one("#token").send_keys("s3cret\n")
    page.judged()
    page.wait("return document.querySelectorAll('#rules details').length > 60")
    assert page.verdict == "block"
    assert not page.one("#lock").is_displayed()
    assert page.one("#token").get_attribute("value") == ""
    page.browser.refresh()
    page.wait("return document.getElementById('verdict').classList.contains('idle')")
    assert page.text() == ""
    assert page.js("return [localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.parametrize("html", [False, True])
def test_a_hostile_draft_is_text_and_nothing_else(page: Page, html: bool, tmp_path: Path) -> None:
    title = page.browser.title
    if html:
        page.one("input[value=html]").click()
    file = tmp_path / "<img src=x onerror=alert(1)>.html"
    file.write_text(ATTACKS, encoding="utf-8")
    page.one("#files").send_keys(str(file))
    page.draft(ATTACKS, into="subject")
    hostile = (
        f"Please call {PHONE} today.\n{ATTACKS} \u202e\x07 {{{{7*7}}}} javascript:alert(1) http://192.0.2.1/x {ATTACKS}"
    )
    page.draft(hostile)
    assert page.verdict == "block"
    assert page.browser.title == title
    assert page.text() == hostile
    inserted = page.js(
        "return document.querySelectorAll('main :is(script, img, iframe, svg, link, meta, style, object, base)').length"
    )
    assert inserted == 0
    assert page.js("return document.scripts.length") == 1
    hrefs = page.js("return [...document.querySelectorAll('#result a')].map(a => a.protocol)")
    assert set(hrefs) <= {"https:", "http:"}
    page.finding("phone-number", "place").click()
    assert page.selected == PHONE
    assert page.said() == []


def test_markup_from_a_script_is_refused_by_the_policy_itself(page: Page) -> None:
    refused = page.js("try { document.body.innerHTML = '<b>x</b>'; return 'done' } catch (error) { return error.name }")
    assert refused == "TypeError"
    page.said()


def test_half_a_surrogate_pair_does_no_harm(page: Page) -> None:
    page.js(
        "const a = document.getElementById('body'); a.value = '\\ud83d \\ude00 call +49 30 901820';"
        "a.dispatchEvent(new Event('input'))"
    )
    page.judged()
    assert page.front.asked[-1]["text"] == f"\ufffd \ufffd call {PHONE}"
    page.finding("phone-number", "place").click()
    assert page.selected == PHONE


def paste(page: Page, text: str) -> None:
    """Through the clipboard, as people do."""
    from selenium.webdriver.common.keys import Keys

    page.cdp(
        "Browser.grantPermissions",
        {"origin": page.front.origin, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    page.browser.execute_async_script("navigator.clipboard.writeText(arguments[0]).then(arguments[1])", text)
    page.one("#body").send_keys(Keys.CONTROL, "v")


def test_a_paste_of_a_megabyte_can_be_worked_with(page: Page) -> None:
    big = ("Thank you for your order, it is on its way to you.\n" * 20_000) + f"Please call {PHONE} today 😀."
    paste(page, big)
    page.judged()
    assert page.text() == big
    assert page.verdict == "block"
    assert "Too long" in page.one("#long").text
    page.finding("emoji", "place").click()
    assert page.selected == "😀"
    assert page.js("return document.getElementById('body').scrollTop") > 100_000
    page.finding("emoji", "fix").click()
    page.judged()
    assert "😀" not in page.text()
    page.one("#undo").click()
    page.judged()
    assert page.text() == big
    # Back to a short text, with its marks.
    page.js("document.getElementById('body').select()")
    paste(page, f"call {PHONE}")
    page.wait("return document.querySelectorAll('.mirror mark').length > 0")
    assert any(PHONE in text for text in page.marked)
    assert page.said() == []


def test_a_flood_of_findings(page: Page) -> None:
    paste(page, "😀 x\n" * 4_000)
    page.judged()
    assert page.verdict == "block"
    assert "of this kind" in page.one("#findings").text
    page.js("document.getElementById('body').select()")
    paste(page, "😀 x\n" * 1_000)
    page.wait("return document.querySelectorAll('.mirror mark').length >= 100")
