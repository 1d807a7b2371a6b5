"""What our reading of style sheets makes of many sheets, beside what Chromium makes of them."""

from __future__ import annotations

import html
import json
import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from msgpolicy.facts.html.reading import read_html
from msgpolicy.facts.style.styles import styles_of

pytestmark = pytest.mark.browser

PAGE = (
    "<!doctype html><html><head><style>{css}</style></head><body><div id=d class='a b'><p class=a>x</p>"
    "<p class=b lang=de>y <b>z</b></p><i class=a id=b>x</i><i title='u v' style='z-index:4'>q</i></div></body></html>"
)
PIECES = [
    *("{", "}", "(", ")", "[", "]", ";", ":", "'", '"', "\\", "@", ",", "/*", "*/", "<!--", "-->", "\n", " ", "&", ">"),
    *("p", ".a", "#b", "i", "b", "div", "*", "[title]", "[title~=u]", ":first-child", ":not(.a)", ":hover", "::before"),
    *("z-index:1", "z-index:2;", "{z-index:3}", "{z-index:5!important}", "all:unset;", "--x:{", "url(", "color:red;"),
    *("@media screen{", "@media print{", "@media (min-width:1px){", "@layer a{", "@layer b,a;", "@supports (top:0){"),
    *("@import x", "@font-face{", "@unknown{", "p{", "+ i", "~ i", ":is(p, :unknown)", ":where(#b)", ":nth-child(2n)"),
]
# Every page in a frame of its own; the properties of all elements are read from there.
SCRIPT = """<body><script>const cases = %s, found = [];
(async () => { for (const source of cases) {
  const frame = document.createElement('iframe');
  frame.style.width = '1280px'; frame.sandbox = 'allow-same-origin';
  const loaded = new Promise(done => frame.onload = done);
  frame.srcdoc = source; document.body.append(frame); await loaded;
  found.push([...frame.contentDocument.querySelectorAll('*')].map(
    element => [element.localName, frame.contentWindow.getComputedStyle(element).zIndex]));
  frame.remove(); }
  const text = document.createElement('pre'); text.textContent = JSON.stringify(found);
  document.body.replaceChildren(text); })();
</script>"""


def in_chromium(cases: list[str], folder: Path) -> list[list[list[str]]]:
    """For each page the tag and z-index of each element."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        assert not os.environ.get("MSGPOLICY_NEEDS_BROWSER"), "no Chromium here"
        pytest.skip("no Chromium here")
    page = folder / "cases.html"
    page.write_text(SCRIPT % json.dumps(cases).replace("<", "\\u003c"), encoding="utf-8")
    call = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    call += ["--virtual-time-budget=600000", "--timeout=300000", "--dump-dom", page.as_uri()]
    output = subprocess.run(call, capture_output=True, text=True, timeout=400, check=False).stdout
    found = re.search(r"<pre>(.*?)</pre>", output, re.DOTALL)
    assert found, "Chromium did not finish"
    results: list[list[list[str]]] = json.loads(html.unescape(found[1]))
    return results


def test_as_in_chromium(tmp_path: Path) -> None:
    choose = random.Random(20261122)
    cases = [
        PAGE.format(css="".join(choose.choices(PIECES, k=choose.randint(1, 14))) + "}}i{z-index:9}")
        for _ in range(2_000)
    ]
    for source, expected in zip(cases, in_chromium(cases, tmp_path), strict=True):
        document = read_html(source)
        styles = styles_of(document)
        winners = [styles.winning(element.index).get("z-index") for element in document.elements]
        values = [winner.value if winner else "auto" for winner in winners]
        # A value that is none of this property: which values there are is only checked for what decides what is seen.
        if all(value.isdigit() or value == "auto" for value in values):
            assert [[e.tag, value] for e, value in zip(document.elements, values, strict=True)] == expected, source
