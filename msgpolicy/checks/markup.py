"""Finds HTML where a channel takes plain text only: an HTML part, or tags and character references in the text.

Only names of HTML elements make a tag: "<order id>", "<anna@shop.example>" and "a < b" are text. Of character
references those count that HTML knows and that end with a semicolon ("&nbsp;", "&#39;", but not "R&D;").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.html.markup import END_TAG, START_TAG
from msgpolicy.facts.spans import Place

# Elements of the HTML standard and those that mail tools still write.
_ELEMENTS = frozenset([
    "a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "base", "basefont", "bdi", "bdo",
    "big", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup",
    "data", "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em", "embed", "fieldset",
    "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main",
    "map", "mark", "marquee", "menu", "meta", "meter", "nav", "nobr", "noscript", "object", "ol", "optgroup",
    "option", "output", "p", "param", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script",
    "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg",
    "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u",
    "ul", "var", "video", "wbr",
])  # fmt: skip
_COMMENT = re.compile(r"<!--|<!doctype\b[^>]*+>?", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}+|#[xX][0-9a-fA-F]{1,6}+|([A-Za-z][A-Za-z0-9]{1,31}+));")
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*+)(?![\w.@:-])")


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The check `markup` has no options."""


FILLS = {"found": "the tag or character reference, or “an HTML part”"}
OWN_WORDS = ("found",)


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    if facts.message.html is not None:
        yield Hit(Place("html"), {"found": "an HTML part"}, {"found": "html part"})
    text = facts.message.text or ""
    for start, end in sorted({*_tags(text), *_others(text)}):
        yield Hit(Place("text", start, end), {"found": text[start:end]}, {"found": text[start:end]})


def _tags(text: str) -> Iterator[tuple[int, int]]:
    for match in _TAG_NAME.finditer(text):
        if match[1].lower() in _ELEMENTS:
            pattern = END_TAG if text[match.start() + 1] == "/" else START_TAG
            whole = pattern.match(text, match.start())
            if whole is not None:
                yield whole.span()


def _others(text: str) -> Iterator[tuple[int, int]]:
    for match in _COMMENT.finditer(text):
        yield match.span()
    for match in _REFERENCE.finditer(text):
        from html.entities import html5  # dear to import; few texts have a reference

        name = match[1]
        if name is None or f"{name};" in html5:
            yield match.span()
