"""The page in headless Chromium: opened, written into, and asked what it shows."""

from __future__ import annotations

import json
from typing import Any

from tests.browsing import chromium_session
from tests.page_service import Front

__all__ = ["Page", "chromium_session"]


class Page:
    """One opened page. What it asked of anybody else, and what its console said, is kept."""

    def __init__(self, browser: Any, front: Front) -> None:
        self.browser = browser
        self.front = front

    def open(self, *, lang: str = "en", width: int = 1200, theme: str = "light", ready: bool = True) -> Page:
        self.browser.get("about:blank")
        self.browser.get_log("browser"), self.browser.get_log("performance")
        self.resize(width)
        self.cdp("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]})
        self.browser.get(f"{self.front.origin}/?lang={lang}")
        if ready:
            self.wait("return document.querySelectorAll('#rules details').length > 0")
            self.wait("return document.getElementById('verdict').classList.contains('idle')")
        return self

    def resize(self, width: int) -> None:
        screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.cdp("Emulation.setDeviceMetricsOverride", screen)

    def cdp(self, command: str, parameters: dict[str, Any]) -> Any:
        return self.browser.execute_cdp_cmd(command, parameters)

    def js(self, script: str, *arguments: Any) -> Any:
        return self.browser.execute_script(script, *arguments)

    def wait(self, condition: str, *arguments: Any, seconds: float = 30) -> None:
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.browser, seconds, 0.05).until(lambda _: self.js(condition, *arguments), condition)

    def one(self, selector: str) -> Any:
        return self.browser.find_element("css selector", selector)

    def write(self, text: str, into: str = "body") -> Page:
        """Text as if typed or pasted at the cursor, at the end at first (drivers cannot type beyond the BMP)."""
        self.js(
            "const area = document.getElementById(arguments[0]); area.focus();"
            "document.execCommand('insertText', false, arguments[1]);",
            into,
            text,
        )
        return self

    def draft(self, text: str, into: str = "body") -> Page:
        """A draft written anew, and judged."""
        self.js("const area = document.getElementById(arguments[0]); area.focus(); area.select();", into)
        return self.write(text, into).judged()

    def judged(self) -> Page:
        self.wait(
            "return document.getElementById('result').getAttribute('aria-busy') === 'false'"
            " && !document.getElementById('verdict').classList.contains('idle')"
        )
        return self

    @property
    def verdict(self) -> str:
        name: str = self.one("#verdict").get_attribute("class")
        return name.removeprefix("verdict ")

    @property
    def rules(self) -> list[str]:
        """The rules of the findings shown, in order."""
        found: list[str] = self.js(
            "return [...document.querySelectorAll('#findings .source button')].map(b => b.textContent)"
        )
        return found

    @property
    def marked(self) -> list[str]:
        """What is underlined in the draft."""
        found: list[str] = self.js(
            "return [...document.querySelectorAll('#body').values()].flatMap("
            "a => [...a.parentElement.querySelectorAll('mark')]).map(m => m.textContent)"
        )
        return found

    def text(self, part: str = "body") -> str:
        value: str = self.js("return document.getElementById(arguments[0]).value", part)
        return value

    @property
    def selected(self) -> str:
        value: str = self.js(
            "const a = document.activeElement; return (a.value ?? '').slice(a.selectionStart, a.selectionEnd)"
        )
        return value

    @property
    def focused(self) -> str:
        name: str = self.js("return document.activeElement.id")
        return name

    def finding(self, rule: str, what: str) -> Any:
        """A button of the first finding of a rule: `place`, `fix` or `rule`."""
        key = self.js(
            "return [...document.querySelectorAll('#findings > li')].find("
            "li => li.querySelector('.source button').textContent === arguments[0]).dataset.key",
            rule,
        )
        return self.one(f'[data-focus="{key} {what}"]')

    def said(self) -> list[str]:
        """The console since the page was opened."""
        return [entry["message"] for entry in self.browser.get_log("browser")]

    def asked_elsewhere(self) -> list[str]:
        """Addresses that were asked for besides the service's, since the page was opened."""
        events = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]
        urls = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return [url for url in urls if not url.startswith((self.front.origin + "/", "data:", "about:", "blob:null"))]
