"""Reads HTML with BeautifulSoup and Python's html.parser, where turbohtml has no wheel.

html.parser cuts source otherwise than browsers do, differs between patch releases of Python and raises on some real
mail. So the source is cut as the standard says (`html_scan`), and BeautifulSoup gets the tags alone, each with its
number, to build the tree. That tree is a browser's only if the markup is plain; otherwise the document is in doubt.
"""

from __future__ import annotations

import re
from collections import Counter

import bs4
from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from msgpolicy.facts.html.join import Join, OutOfOrderError
from msgpolicy.facts.html.markup import DROPS_NEWLINE, SPACE, VOID, decode
from msgpolicy.facts.html.plain import HEAD_TAGS, why_not_plain
from msgpolicy.facts.html.scan import Cut, read_flat, scan
from msgpolicy.facts.html.tree import Document

READER = f"beautifulsoup4 {bs4.__version__}"


# BeautifulSoup climbs through all open elements for each text.
_MOST_UNCLOSED = 512
_NUMBER = re.compile(r"\[([0-9]+)\]")
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9]{0,30}+(?:[:-][a-z0-9]{1,30}+)?+")


def read(source: str) -> Document:
    """Reads HTML source; never raises because of what it holds."""
    cuts = list(scan(source))
    if _most_unclosed(cuts) > _MOST_UNCLOSED:
        return read_flat(source, reader=READER, doubt="too many tags are open at once")
    builder = _Builder(source, cuts)
    try:
        builder.walk(BeautifulSoup(_numbered_tags(cuts), "html.parser"))
    except OutOfOrderError:
        return read_flat(source, reader=READER, doubt="the tags are too far out of order")
    join = builder.join
    doubt = builder.doubt or _doubt_of_roots(cuts) or ("end tags are missing or astray" if join.untidy else None)
    document = Document(source, join.elements, join.texts, join.comments, reader=READER, doubt=doubt)
    document.doubt = document.doubt or why_not_plain(document)
    return document


def _most_unclosed(cuts: list[Cut]) -> int:
    depth = most = 0
    opened: Counter[str] = Counter()
    for cut in cuts:
        if cut.kind == "start" and cut.tag not in VOID:
            opened[cut.tag] += 1
            depth += 1
            most = max(most, depth)
        elif cut.kind == "end" and opened[cut.tag]:
            opened[cut.tag] -= 1
            depth -= 1
    return most


def _doubt_of_roots(cuts: list[Cut]) -> str | None:
    """Browsers take no notice of where </body> or </html> stands; without their start tags all is different."""
    for tag in ("html", "head", "body"):
        kinds = [cut.kind for cut in cuts if cut.tag == tag]
        if kinds and kinds != ["start", "end"]:
            return f"<{tag}> is not opened and closed just once"
    return None


def _numbered_tags(cuts: list[Cut]) -> str:
    """Markup that every parser cuts alike: the tags in order, numbers in the place of all else."""
    parts: list[str] = []
    for number, cut in enumerate(cuts):
        name = cut.tag if _PLAIN_NAME.fullmatch(cut.tag) else f"x-{cut.tag.encode('utf-8', 'replace').hex()}"
        if cut.kind == "start":
            parts.append(f'<{name} n="{number}"{"/" if cut.tag in VOID else ""}>')
        elif cut.kind == "end":
            parts.append(f"</{name}>")
        elif cut.kind in ("comment", "doctype"):
            parts.append(f"<!--{number}-->")
        else:
            parts.append(f"[{number}]")
    # BeautifulSoup warns of a text without any tag: it might be the name of a file.
    return "".join(parts) + "<!--end-->"


class _Builder:
    """Walks BeautifulSoup's tree and adds what a browser adds to plain markup: html, head, body, tbody."""

    def __init__(self, source: str, cuts: list[Cut]) -> None:
        self.source = source
        self.cuts = cuts
        self.join = Join(source)
        self.doubt: str | None = None
        # How far the document is: "", then in "html", "head", "after head", "body", "after body".
        self.phase = ""
        # For each open table, whether a tbody was added that is still open.
        self.tables: list[bool] = []
        # White space after </body> or </html>, which a browser puts at the end of the body.
        self.tail = self._find_tail()
        self.tail_text = "".join(self._decoded(number) for number in sorted(self.tail))

    def walk(self, soup: BeautifulSoup) -> None:
        """Hands all nodes to the join.

        Raises:
            OutOfOrderError: the tree cannot be laid along the source.
        """
        # Open nodes, each with the part it plays: "root", "html", "head", "body", "table" or "".
        stack: list[tuple[PageElement, str]] = [(soup, "root")]
        for node in soup.descendants:
            while stack[-1][0] is not node.parent:
                self._close(stack.pop()[1])
            part = stack[-1][1]
            if isinstance(node, Tag):
                stack.append((node, self._open(self.cuts[int(str(node["n"]))], part)))
            elif isinstance(node, bs4.Comment):
                if node != "end":
                    self._comment(self.cuts[int(node)])
            else:
                numbers = [int(number) for number in _NUMBER.findall(str(node))]
                self._text(numbers, part, is_last=node.next_sibling is None)
        while len(stack) > 1:
            self._close(stack.pop()[1])
        if self.phase not in ("body", "after body"):
            self._start_body(None)
        if self.tail_text:
            self.doubt = "the body ends without having begun"
        self.join.finish()

    def _comment(self, cut: Cut) -> None:
        if cut.kind == "doctype":
            if self.phase:
                self.doubt = "a doctype stands after the beginning"
            self.join.doctype()
        else:
            self.join.comment()

    def _open(self, cut: Cut, part: str) -> str:
        tag = cut.tag
        is_outside = part in ("root", "html")
        if tag == "html" and part == "root" and self.phase == "":
            self.join.open(tag, cut.start)
            self.phase = "html"
            return tag
        if tag == "head" and is_outside and self.phase in ("", "html"):
            self._start_head(cut.start)
            return tag
        if tag == "body" and is_outside and self.phase in ("", "html", "head", "after head"):
            self._start_body(cut.start)
            return tag
        if is_outside:
            self._place(tag)
        if part == "table":
            self._place_in_table(tag)
        self.join.open(tag, cut.start)
        if tag == "table":
            self.tables.append(False)
            return tag
        return ""

    def _place(self, tag: str) -> None:
        """Opens what must be open around a tag that stands outside head and body."""
        if self.phase == "after body":
            self.doubt = "there is content after the body"
        elif self.phase == "after head" and tag in HEAD_TAGS:
            self.doubt = f"<{tag}> stands between head and body"
        elif self.phase in ("", "html") and tag in HEAD_TAGS:
            self._start_head(None)
        elif self.phase != "body" and tag not in HEAD_TAGS:
            self._start_body(None)

    def _start_head(self, start: int | None) -> None:
        if self.phase == "":
            self.join.open("html", None)
        self.join.open("head", start)
        self.phase = "head"

    def _start_body(self, start: int | None) -> None:
        if self.phase in ("", "html"):
            self._start_head(None)
        if self.phase == "head":
            self.join.close()
        self.join.open("body", start)
        self.phase = "body"

    def _place_in_table(self, tag: str) -> None:
        if self.tables[-1] != (tag == "tr"):
            if tag == "tr":
                self.join.open("tbody", None)
                self.tables[-1] = True
            elif tag in ("caption", "colgroup", "thead", "tbody", "tfoot"):
                self.join.close()
                self.tables[-1] = False

    def _close(self, part: str) -> None:
        if part == "table" and self.tables.pop():
            self.join.close()
        elif part == "head":
            self.phase = "after head"
        elif part == "html" and self.phase != "after body":
            if self.phase != "body":
                self._start_body(None)
            self._end_body()
        elif part == "body":
            self._end_body()
            return
        self.join.close()

    def _end_body(self) -> None:
        if self.tail_text:
            self.join.text(self.tail_text)
            self.tail_text = ""
        self.join.close()
        self.phase = "after body"

    def _text(self, numbers: list[int], part: str, *, is_last: bool) -> None:
        text = "".join(self._decoded(number) for number in numbers if number not in self.tail)
        if part in ("root", "html") and text:
            text = self._place_text(text)
        if is_last and text and (part == "body" or (part == "html" and self.phase == "body")):
            text += self.tail_text
            self.tail_text = ""
        if text:
            self.join.text(text)

    def _place_text(self, text: str) -> str:
        """Opens the body for a text that stands outside; returns what of the text goes there."""
        if self.phase == "body":
            return text
        if self.phase == "after body":
            self.doubt = "there is text after the body"
            return text
        rest = text.lstrip(SPACE)
        if self.phase in ("head", "after head") and len(rest) < len(text):
            self.join.text(text[: len(text) - len(rest)])
        if rest:
            self._start_body(None)
        return rest

    def _decoded(self, number: int) -> str:
        cut = self.cuts[number]
        before = self.cuts[number - 1] if number else None
        text, _ = decode(self.source, cut.start, cut.end, raw=cut.kind != "text", nul="")
        if before and before.kind == "start" and before.tag in DROPS_NEWLINE:
            text = text.removeprefix("\n")
        return text

    def _find_tail(self) -> set[int]:
        """The texts after the last </body> or </html>, if they are white space alone."""
        tail: list[int] = []
        first_end = len(self.cuts)
        for number in range(len(self.cuts) - 1, -1, -1):
            cut = self.cuts[number]
            if cut.kind == "end" and cut.tag in ("body", "html"):
                first_end = number
            elif cut.kind == "text" and not self._decoded(number).strip(SPACE):
                tail.append(number)
            elif cut.kind != "comment":
                break
        return {number for number in tail if number > first_end}
