"""Headless Chromium for the tests of pages.

Needs Debian's packages chromium and chromium-driver and the extra `browser`; with MSGPOLICY_NEEDS_BROWSER set (as in
.ci/run) a test fails where they are missing.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

# What acts, asks for something outside, or breaks out of the places where texts stand.
ATTACKS = (
    "</script><script>document.title='owned'</script>"
    "<img src='http://192.0.2.1/p.gif' onerror=\"document.title='owned'\">"
    "</bdi></div></style><link rel=stylesheet href='http://192.0.2.1/x.css'><svg onload=\"document.title='owned'\">"
    "<iframe src='http://192.0.2.1/'></iframe><meta http-equiv=refresh content='0;url=http://192.0.2.1/'>"
)


@contextmanager
def chromium_session() -> Iterator[Any]:
    """A session; the test is skipped where there is no Chromium."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        webdriver = None
    if chromium is None or driver is None or webdriver is None:
        missing = "no chromium, chromedriver or selenium here"
        assert not os.environ.get("MSGPOLICY_NEEDS_BROWSER"), missing
        pytest.skip(missing)
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    session = webdriver.Chrome(options=options, service=Service(driver))
    yield session
    session.quit()


def opened(browser: Any, path: Path, *, width: int = 1200, theme: str = "light") -> tuple[list[str], list[str]]:
    """Opens a file; gives what the console said and what was asked for besides the file."""
    browser.get_log("browser"), browser.get_log("performance")
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    )
    browser.get(path.as_uri())
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    return [entry["message"] for entry in browser.get_log("browser")], [
        url for url in asked if not url.startswith((path.as_uri(), "data:"))
    ]
