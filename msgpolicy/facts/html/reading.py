"""HTML as a browser reads it, with the exact source span of every element, attribute and text.

`read_html` is the way in. The tree and what it offers is in `html_tree`, the text that a person reads in `html_text`.
"""

from __future__ import annotations

import re

from msgpolicy.facts.html.markup import Attribute, value_map
from msgpolicy.facts.html.tree import Comment, Document, Element, TextNode

__all__ = ["Attribute", "Comment", "Document", "Element", "TextNode", "has_more_tags", "read_html", "value_map"]

_START = re.compile("<[A-Za-z]")


def read_html(source: str) -> Document:
    """Reads an HTML part (the decoded text, its line breaks unchanged).

    Never raises because of what the source holds; `Document.doubt` says when it cannot be read as a browser reads it.
    turbohtml reads it, or BeautifulSoup where turbohtml cannot be installed.
    """
    try:
        from msgpolicy.facts.html import turbo as html_turbo
    except ImportError:
        from msgpolicy.facts.html import soup as html_soup

        return html_soup.read(source)
    return html_turbo.read(source)


def has_more_tags(source: str, most: int) -> bool:
    """Whether an HTML part has more start tags than `most`, those in comments counted too; cheap."""
    return source.count("<") > most and sum(1 for _ in _START.finditer(source)) > most
