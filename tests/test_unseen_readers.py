"""Pixels and hidden text are the same for both readers of HTML."""

from __future__ import annotations

from types import ModuleType

import pytest

from msgpolicy.checks.base import Hit, load_check
from msgpolicy.facts.html import soup, turbo
from tests.checks.support import facts_of

U = "https://t.shop.example/i/9f81"
PIECES = [
    f"<img src={U} width=1 height=1>",
    f"<picture><source srcset={U}><img src=cid:a width=1 height=1></picture>",
    f"<svg><image href={U} width=1 height=1 /></svg>",
    f"<table background={U} width=1 height=1><tr><td>x</td></tr></table>",
    f"<style>#o{{background-image:url({U})}}</style><div id=o></div>",
    "<style>@import url(https://opens.example/a.css);@media print{p{background:url(https://opens.example/b)}}</style>",
    f"<iframe src={U} width=1 height=1></iframe><audio autoplay><source src={U}></audio>",
    f"<template><img src={U} width=1 height=1>text</template><noscript><img src={U} width=1 height=1></noscript>",
    "<!--[if mso]><p>Outlook</p><![endif]--><![if !mso]><p>Others</p><![endif]>",
    "<div class=preheader style='display:none'>News inside&zwnj;&nbsp;</div><p>Hello</p><p hidden>Secret words</p>",
]


@pytest.mark.parametrize("html", PIECES)
@pytest.mark.parametrize("check", ["tracking-pixel", "hidden-content"])
def test_both_readers_agree(html: str, check: str) -> None:
    source = f"<p>Hello Anna</p>{html}<p>Bye</p>"
    assert hits(check, source, soup) == hits(check, source, turbo)


def hits(check: str, html: str, reader: ModuleType) -> list[Hit]:
    facts = facts_of({"html": html})
    facts.__dict__["document"] = reader.read(html)
    options = {"trackers": "trackers", "addresses": "openings"} if check == "tracking-pixel" else {}
    spec = load_check(check)
    found = [item for item in spec.run(facts, spec.params(**options)) if isinstance(item, Hit)]
    # Where the reading is in doubt, nothing is mended.
    return [item._replace(fix=None) for item in found]
