"""The page in a real browser: a draft is judged while it is written, its places are shown, fixes are one click."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from msgpolicy import Linter, Message
from tests.page_browsing import Page, chromium_session
from tests.page_service import served

pytestmark = pytest.mark.browser

PHONE = "+49 30 901820"
MIXED = "Hello 😀😀 أهلا 𝒜nna, call +49 30 901820 now 🎁 please, order 305-1234567-1234567"


@pytest.fixture(scope="module")
def shared() -> Iterator[Page]:
    with served() as front, chromium_session() as browser:
        yield Page(browser, front)


@pytest.fixture
def page(shared: Page) -> Iterator[Page]:
    shared.front.reset()
    yield shared.open()
    assert shared.said() == []
    assert shared.asked_elsewhere() == []


def test_what_is_typed_is_judged_and_underlined_at_its_place(page: Page) -> None:
    page.draft(MIXED)
    assert page.verdict == "block"
    assert "phone-number" in page.rules
    assert "😀😀" in page.marked
    assert any(PHONE in text for text in page.marked)
    assert page.js("return document.querySelector('.editor:not(.line) .mirror').textContent") == MIXED + "\n"
    assert page.one("#spoken").text.startswith("Do not send")


def test_marks_move_with_the_text_until_the_answer_comes(page: Page) -> None:
    page.draft(f"Please call {PHONE}.")
    page.front.held = True
    page.js("document.getElementById('body').setSelectionRange(0, 0)")
    page.write("😀 ")
    assert page.verdict == "checking"
    assert any(PHONE in text for text in page.marked)
    page.js(
        "const a = document.getElementById('body'); const at = a.value.indexOf('901820'); a.setSelectionRange(at, at)"
    )
    page.write("x")
    assert not any("901" in text for text in page.marked)


@pytest.mark.parametrize("html", [False, True])
def test_a_finding_leads_to_its_place(page: Page, html: bool) -> None:
    if html:
        page.one("input[value=html]").click()
    page.draft(f"<p title='😀'>𝒜 {MIXED}</p>\n" * 3)
    assert page.front.asked[-1].keys() & {"text", "html"} == {"html" if html else "text"}
    page.finding("phone-number", "place").click()
    assert page.focused == "body"
    assert page.selected == PHONE


def test_the_subject_is_judged_and_leads_to_its_place_too(page: Page) -> None:
    page.draft("Hello, here is your invoice.").draft(f"🎁 {PHONE}", into="subject")
    page.finding("phone-number", "place").click()
    assert (page.focused, page.selected) == ("subject", PHONE)
    page.write("a\nb", into="subject")
    page.judged()
    assert page.front.asked[-1]["subject"] == "🎁 a b"


def test_one_click_fixes_and_can_be_undone_with_the_keyboard(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    text = "𝒜 Thank you 😀\n\n\n\n\nBye"
    page.draft(text)
    assert "main" not in page.finding("emoji", "fix").get_attribute("class")  # it changes what is said
    page.finding("excess-line-breaks", "fix").click()
    page.judged()
    fixed = page.text()
    assert fixed == "𝒜 Thank you 😀\n\nBye"
    assert "excess-line-breaks" not in page.rules
    page.one("#body").send_keys(Keys.CONTROL, "z")
    page.judged()
    assert page.text() == text


def test_a_fix_can_be_undone_with_a_button(page: Page) -> None:
    text = "Thank you 😀\n\n\n\n\nBye 𝒜"
    page.draft(text)
    page.finding("emoji", "fix").click()
    page.judged()
    assert "😀" not in page.text()
    page.one("#undo").click()
    page.judged()
    assert page.text() == text
    assert not page.one("#undo").is_displayed()
    page.finding("emoji", "fix").click()
    page.judged()
    page.write("x")
    page.judged()
    assert not page.one("#undo").is_displayed()


def test_all_safe_fixes_at_once(page: Page) -> None:
    page.draft("One 😀\n\n\n\n\nTwo\n\n\n\n\n\nThree")
    page.one("#fix-all").click()
    page.judged()
    assert page.text() == "One 😀\n\nTwo\n\nThree"
    assert "excess-line-breaks" not in page.rules
    assert "emoji" in page.rules
    assert not page.one("#fix-all").is_displayed()


def test_safe_fixes_are_those_of_the_library(page: Page) -> None:
    html = (
        "<p style='text-align:center'>Hello 😀𝒜,</p>\n<p align=right>Your order 305-1234567-1234567</p><br><br><br><br>"
        "<img src='http://track.example/p.gif' width=1 height=1>\n<p style='text-align:center;color:red'>Bye 🎁</p>"
    )
    page.one("input[value=html]").click()
    page.draft(html)
    message = Message.from_dict(page.front.asked[-1])
    report = Linter("amazon").check(message)
    expected = report.fixed(message).html
    assert expected is not None
    assert sum(one.fix is not None and one.fix.safe for one in report.violations) > 3
    page.one("#fix-all").click()
    assert page.text() == expected


def test_places_and_edits_hold_in_any_text(page: Page) -> None:
    """The functions of text.js, tried with random texts of one and two units for each code point."""
    failed = page.browser.execute_async_script(
        """
        const done = arguments[0];
        import("/assets/text.js").then(({ unitsOf, difference, moved, pieces, joined, wellFormed }) => {
          let seed = 7;
          const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
          const signs = ["a", "é", "م", "😀", "𝒜", "\\n", "字"];
          const text = (most) => Array.from({ length: random(most) }, () => signs[random(signs.length)]).join("");
          for (let round = 0; round < 300; round++) {
            const one = text(700), points = Array.from(one), units = unitsOf(one);
            for (let at = 0, unit = 0; at <= points.length; unit += points[at]?.length ?? 0, at++)
              if (units(at) !== unit) return done(["unitsOf", one, at, units(at), unit]);
            const [from, to] = [random(points.length + 1), random(points.length + 1)].sort((a, b) => a - b);
            const other = points.slice(0, from).join("") + text(9) + points.slice(to).join("");
            const { start, end, inserted } = difference(one, other);
            const added = other.slice(start, start + inserted);
            if (one.slice(0, start) + added + one.slice(end) !== other) return done(["difference", one, other]);
            if (wellFormed(added) !== added) return done(["parted", one, other]);
            const marks = Array.from({ length: 9 }, () => {
              const start = random(one.length + 1), severity = ["error", "warning", "info"][random(3)];
              return { start, end: Math.min(one.length, start + random(9)), severity };
            });
            const shown = (all, whole) => all.map((mark) => whole.slice(mark.start, mark.end)).join();
            const kept = marks.filter((mark) => mark.end <= start || mark.start >= end);
            if (shown(moved(marks, { start, end, inserted }), other) !== shown(kept, one))
              return done(["moved", one, other]);
            const cut = pieces(one, marks);
            if (cut.map((piece) => piece.text).join("") !== one) return done(["pieces", one]);
            let position = 0;
            for (const piece of cut) {
              const next = position + piece.text.length;
              const over = marks.filter(({ start, end }) => start < end && start < next && end > position);
              const most = ["error", "warning", "info"].find((name) => over.some(({ severity }) => severity === name));
              if (piece.severity !== most) return done(["severity", one, position]);
              position = next;
            }
            const edits = [[0, 0], [1, 3], [3, 3], [5, 6]].filter(([, end]) => end <= one.length)
              .map(([start, end], index) => ({ start, end, replacement: `<${index}>` }));
            const edited = (all, { start, end, replacement }) => all.slice(0, start) + replacement + all.slice(end);
            const expected = edits.reduceRight(edited, one);
            if (edited(one, joined(one, [...edits].reverse())) !== expected) return done(["joined", one]);
          }
          done(null);
        }, (error) => done(String(error)));
        """
    )
    assert failed is None


def test_the_mirror_lies_exactly_under_the_text(page: Page, tmp_path: Path) -> None:
    from PIL import Image, ImageChops

    words = "Wrapped words and trailing blanks   \n\tTab\n\n"
    words += "مرحبا 305-1234567 أهلا وسهلا بكم في متجرنا\nסדר ไทยขอบคุณ 中文字符 𝒜😀é́ fin\n"
    page.draft((words + "x" * 150 + " ") * 2)
    page.js(
        "document.querySelectorAll('mark').forEach(m => m.replaceWith(m.textContent)); document.activeElement.blur()"
    )
    shots = []
    for text, mirror in (("black", "transparent"), ("transparent", "black")):
        page.js(
            "const area = document.getElementById('body'); area.style.color = arguments[0];"
            "area.parentElement.querySelector('.mirror').style.color = arguments[1]",
            text,
            mirror,
        )
        png = page.one(".editor:not(.line)").screenshot_as_base64
        shots.append(
            Image.open(io.BytesIO(base64.b64decode(png))).convert("L").point(lambda value: 255 * (value < 128))
        )
    assert shots[0].getbbox() is not None
    assert ImageChops.difference(*shots).getbbox() is None
    page.said()


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize(("draft", "direction"), [("مرحبا بكم", "rtl"), ("שלום", "rtl"), ("Hello", "ltr")])
def test_a_draft_has_its_own_direction(page: Page, lang: str, draft: str, direction: str) -> None:
    page.open(lang=lang).draft(draft)
    assert page.js("return document.documentElement.dir") == ("rtl" if lang == "ar" else "ltr")
    for selector in ("#body", ".editor:not(.line) .mirror"):
        assert page.js("return getComputedStyle(document.querySelector(arguments[0])).direction", selector) == direction


def test_what_could_not_be_judged_leads_to_the_field_that_settles_it(page: Page) -> None:
    page.draft("Your invoice for order 305-1234567-1234567.")
    page.one('[data-focus="need order.completed_at"]').click()
    assert page.focused == "fact-order-completed_at"
    assert not page.js("return document.getElementById('more').open")
    page.one('[data-focus="need account.restricted"]').click()
    assert page.focused == "fact-account-restricted"
    assert page.js("return document.getElementById('more').open")


def test_facts_are_part_of_the_record(page: Page) -> None:
    from selenium.webdriver.support.ui import Select

    page.draft("Your invoice for order 305-1234567-1234567.")
    assert page.front.asked[-1].keys() == {"sent_at", "channel", "subject", "text", "attachments"}
    Select(page.one("#fact-kind")).select_by_value("proactive")
    Select(page.one("#fact-buyer-opted_out")).select_by_value("false")
    page.js(
        "const field = document.getElementById('fact-order-completed_at'); field.value = '2026-01-02T03:04';"
        "field.dispatchEvent(new Event('input', { bubbles: true }))"
    )
    page.judged()
    assert page.front.asked[-1]["buyer"] == {"opted_out": False}
    assert page.front.asked[-1]["order"]["completed_at"].startswith("2026-01-0")
    assert "contact-window-expired" in page.rules
    page.one("#fact-history-review_requests").send_keys("2")
    page.judged()
    assert page.front.asked[-1]["history"] == {"review_requests": 2}


def test_attachments_are_chosen_or_dropped(page: Page, tmp_path: Path) -> None:
    from selenium.webdriver.support.ui import Select

    file = tmp_path / "offer <b>.txt"
    file.write_text(f"call {PHONE}", encoding="utf-8")
    page.one("#files").send_keys(str(file))
    page.judged()
    (sent,) = page.front.asked[-1]["attachments"]
    assert base64.b64decode(sent.pop("content")) == file.read_bytes()
    assert sent == {"filename": "offer <b>.txt", "content_type": "text/plain", "size": file.stat().st_size}
    Select(page.one("#attachment-0")).select_by_value("advertising")
    page.judged()
    assert page.front.asked[-1]["attachments"][0]["purpose"] == "advertising"
    assert {"attachment-purpose", "attachment-contact-data"} <= set(page.rules)
    page.finding("attachment-purpose", "place").click()
    assert page.focused == "attachment-0"
    page.js(
        "const data = new DataTransfer(); data.items.add(new File(['x'], 'b.pdf'));"
        "document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))"
    )
    page.wait("return document.querySelectorAll('#attachments li').length === 2")
    page.one("#attachments li button").click()
    page.judged()
    page.wait("return document.activeElement.id === 'attachment-0'")
    assert [one["filename"] for one in page.front.asked[-1]["attachments"]] == ["b.pdf"]


def test_the_rules_can_be_searched_and_read(page: Page) -> None:
    everything = page.js("return document.querySelectorAll('#rules li:not([hidden])').length")
    assert everything > 60
    page.one("#search").send_keys("PHONE number")
    shown = page.js("return [...document.querySelectorAll('#rules li:not([hidden]) code')].map(c => c.textContent)")
    assert "phone-number" in shown
    assert len(shown) < 10
    page.draft(f"call {PHONE}")
    page.finding("phone-number", "rule").click()
    page.wait("return document.querySelector('#rule-phone-number .explained').textContent.includes('Sources')")
    assert page.js("return document.activeElement.closest('details').id") == "rule-phone-number"


def test_the_cursor_shows_which_finding_is_meant(page: Page) -> None:
    page.draft(f"Thank you 😀\n\ncall {PHONE}")
    page.js(
        "const a = document.getElementById('body'); const at = a.value.indexOf('901820'); a.setSelectionRange(at, at)"
    )
    page.wait("return document.querySelector('#findings .current') !== null")
    current: Any = page.js("return document.querySelector('#findings .current .source button').textContent")
    assert current in ("phone-number", "off-platform-diversion")
