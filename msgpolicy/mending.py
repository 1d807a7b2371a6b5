"""Edits that mend what checks find: an address made secure, a link undone, words taken out. The HTML stays valid.

Each function gives None where no edit surely mends: a sentence with a hole in it is worse than a finding.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

import regex

from msgpolicy.facts.facts import Facts
from msgpolicy.facts.html.reading import Document, Element
from msgpolicy.facts.links.finding import Link, find_text_links, host_in
from msgpolicy.facts.links.placed import FoundLink
from msgpolicy.facts.spans import Place, Reading
from msgpolicy.later import regex_later
from msgpolicy.report import Edit, Fix

# Longer lines are running text, whatever is in them.
LONGEST_LINE = 200
# Elements inside each other that hold the same words and nothing else.
MOST_NESTED = 8

_HTTP = regex_later(r"\s*+http(?=://)", regex.IGNORECASE)
_END_OF_LINK = regex_later(r"</a\s*+>", regex.IGNORECASE)
_TAG = regex_later(r"<[A-Za-z/!][^>]*+>")
_LINE_BREAK = regex_later(r"<br\b[^>]*+>", regex.IGNORECASE)
_NEWLINE = regex_later(r"\r\n|\r|\n")
_WORD = regex_later(r"\w\w")
_LAST_WORD = regex_later(r"(?r)\w\w")
# Elements that go with their last words, so that no empty paragraph is left.
_BLOCKS = frozenset({"p", "div", "li"})
# Stands for a contact in a line that may hold nothing else than contacts and what introduces them.
_CONTACT = "\0"
_LABEL = r"\p{L}[\p{L}.-]{0,19}+(?:[ ]\p{L}[\p{L}.-]{0,19}+[ ]?(?=:))?"
_BESIDE = r"[^\p{L}\p{N}\0]*+"
_CONTACTS_ALONE = regex_later(rf"(?:{_BESIDE}(?:{_LABEL})?+{_BESIDE}\0)++{_BESIDE}")


def secured(source: str, place: Place) -> Edit | None:
    """http becomes https, for an address that stands at a place of a part."""
    if place.start is None or (found := _HTTP.match(source, place.start, place.end)) is None:
        return None
    return Edit(part=place.part, start=found.end(), end=found.end(), replacement="s")


def unlinked(document: Document, index: int) -> tuple[Edit, ...] | None:
    """The tags of an `<a>` taken away, what is between them kept."""
    element = document.elements[index]
    if element.start is None or element.end is None or index in document.copies or not document.reliable:
        return None
    tags = [_removal("html", element.start, element.end)]
    if element.content_end is not None and element.outer_end is not None and element.outer_end > element.content_end:
        if not _END_OF_LINK.fullmatch(document.source, element.content_end, element.outer_end):
            return None
        tags.append(_removal("html", element.content_end, element.outer_end))
    return tuple(tags)


def without_element(document: Document, index: int) -> Edit | None:
    """An element without content, such as an image, taken out."""
    element = document.elements[index]
    if element.start is None or element.end is None or not document.reliable:
        return None
    return _removal("html", element.start, element.end)


def without_words(reading: Reading, start: int, end: int) -> tuple[Edit, ...]:
    """The words reading.text[start:end] taken out of their source; markup between them stays."""
    spans: list[tuple[int, int]] = []
    for span in reading.spans(start, end):
        if span[0] == span[1] or (reading.part == "html" and _TAG.fullmatch(reading.source, *span)):
            continue
        if spans and spans[-1][1] == span[0]:
            spans[-1] = spans[-1][0], span[1]
        else:
            spans.append(span)
    return tuple(_removal(reading.part, *span) for span in spans)


class Removals:
    """Contacts and links of a message taken out together with what only introduces them.

    That is done where what is left still reads well: a line that holds nothing else (`E-mail: … · Web: …`), or what
    stands in brackets. Links to `own_hosts` (names of lists) are no contacts.
    """

    def __init__(self, facts: Facts, own_hosts: tuple[str, ...]) -> None:
        self._facts = facts
        self._own_hosts = own_hosts
        self._spans: dict[str, _Spans] = {}

    def of_words(self, reading: Reading, start: int, end: int) -> Fix | None:
        """For a contact or a link that is written as reading.text[start:end]."""
        if reading.shown != "visible":
            return None
        stretch = self._stretch(reading, start, end)
        if stretch is None or not self._of(reading).leaves_words(*stretch):
            return None
        edits = self._in_html(reading, *stretch) if reading.part == "html" else without_words(reading, *stretch)
        return Fix(safe=False, edits=edits) if edits else None

    def _in_html(self, reading: Reading, start: int, end: int) -> tuple[Edit, ...] | None:
        """Words taken out of HTML with the links that they are the text of, and the element or line break of a line."""
        document = self._facts.document
        assert document is not None
        block = _block_of(document, reading, start, end)
        if block is not None:
            return (block,)
        edits = list(without_words(reading, start, end))
        for link in self._of(reading).links_in(start, end):
            assert link.element is not None
            tags = unlinked(document, link.element)
            if tags is None:
                return None
            edits += tags
        if reading.text[end : end + 1] == "\n" and (start == 0 or reading.text[start - 1] == "\n"):
            for span in reading.spans(end, end + 1):
                if _LINE_BREAK.fullmatch(reading.source, *span):
                    edits.append(_removal("html", *span))
        return tuple(edits)

    def of_link(self, found: FoundLink) -> Fix | None:
        """For a link that an element bears, or that is written in a text."""
        if found.element is None:
            if found.reading is None or found.span is None:
                return None
            return self.of_words(found.reading, *found.span)
        document = self._facts.document
        assert document is not None
        if document.elements[found.element].tag != "a":
            return None
        if found.reading is not None and found.span is not None:
            written = self._of(found.reading).first_contact_in(*found.span)
            if written is not None:
                return self.of_words(found.reading, *written)
        tags = unlinked(document, found.element)
        return None if tags is None else Fix(safe=False, edits=tags)

    def _stretch(self, reading: Reading, start: int, end: int) -> tuple[int, int] | None:
        """What of a text to take out with text[start:end]; None where a hole would be left."""
        text = reading.text
        if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
            return start - (2 if text[start - 2 : start - 1] == " " else 1), end + 1
        first = max(text.rfind(mark, max(start - LONGEST_LINE, 0), start) for mark in "\r\n") + 1
        last = _NEWLINE.search(text, end, end + LONGEST_LINE)
        stop = last.start() if last else len(text)
        if stop - first > LONGEST_LINE or not self._is_all_contacts(reading, first, stop):
            return None
        if reading.part == "html":
            return first, stop
        return first, _line_end(text, first, stop)

    def _is_all_contacts(self, reading: Reading, start: int, end: int) -> bool:
        line: list[str] = []
        position = start
        for first, last in self._of(reading).contacts_in(start, end):
            line += (reading.text[position:first].replace(_CONTACT, "x"), _CONTACT)
            position = last
        return bool(line) and _CONTACTS_ALONE.fullmatch("".join((*line, reading.text[position:end]))) is not None

    def _of(self, reading: Reading) -> _Spans:
        """The contacts and links of the part's visible text."""
        if reading.part not in self._spans:
            contacts = [
                (contact.start, contact.end)
                for found, kinds in self._facts.contacts
                if found.reading is reading
                for contact in (*kinds.emails, *kinds.phones, *kinds.messengers)
                if contact.kind != "relay-email"
            ]
            # Also addresses that are the text of a link to them: `Facts.links` tells of the link alone.
            read = next(found for found in self._facts.visible if found.reading is reading)
            contacts += [
                (written.start, written.end)
                for written in find_text_links(self._facts.contact_view(read))
                if written.link.kind == "web" and not self._is_own(written.link)
            ]
            links = [found for found in self._facts.links if found.reading is reading and found.element is not None]
            self._spans[reading.part] = _Spans(reading.text, contacts, links)
        return self._spans[reading.part]

    def _is_own(self, link: Link) -> bool:
        return any(host_in(link, self._facts.lists[name]) for name in self._own_hosts)


class _Spans:
    """Contacts written in a text (merged where they overlap), and links that it is the text of; by place."""

    def __init__(self, text: str, contacts: list[tuple[int, int]], links: list[FoundLink]) -> None:
        first, last = _WORD.search(text), _LAST_WORD.search(text)
        self._first_word = first.end() if first else len(text) + 1
        self._last_word = last.start() if last else -1
        self._contacts: list[tuple[int, int]] = []
        for start, end in sorted(contacts):
            if self._contacts and start < self._contacts[-1][1]:
                self._contacts[-1] = self._contacts[-1][0], max(end, self._contacts[-1][1])
            else:
                self._contacts.append((start, end))
        self._links = sorted(
            (_Anchor(*link.span, link) for link in links if link.span is not None), key=lambda anchor: anchor[:2]
        )

    def leaves_words(self, start: int, end: int) -> bool:
        """Whether the text without a span says anything."""
        return self._first_word <= start or self._last_word >= end

    def contacts_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The contacts that lie within a span."""
        first = bisect_left(self._contacts, (start, start))
        last = bisect_left(self._contacts, (end, end))
        return [span for span in self._contacts[first:last] if span[1] <= end]

    def first_contact_in(self, start: int, end: int) -> tuple[int, int] | None:
        """The first contact that lies within a span."""
        return next(iter(self.contacts_in(start, end)), None)

    def links_in(self, start: int, end: int) -> list[FoundLink]:
        """The links whose text lies within a span."""
        first = bisect_left(self._links, start, key=lambda anchor: anchor.start)
        last = bisect_right(self._links, end, key=lambda anchor: anchor.start)
        return [anchor.link for anchor in self._links[first:last] if anchor.end <= end]


class _Anchor(NamedTuple):
    start: int
    end: int
    link: FoundLink


def _removal(part: str, start: int, end: int) -> Edit:
    return Edit(part=part, start=start, end=end, replacement="")


def _block_of(document: Document, reading: Reading, start: int, end: int) -> Edit | None:
    """The removal of the element that shows nothing but reading.text[start:end], if there is one."""
    span = next((span for span in reading.spans(start, end) if span[0] < span[1]), None)
    if span is None or not document.reliable:
        return None
    index = document.element_at(span[0])
    found = None
    for _ in range(MOST_NESTED):
        if index < 0 or document.visible_span(index) != (start, end):
            break
        element = document.elements[index]
        if element.tag in _BLOCKS and _is_spelled_out(element) and not _holds_image(document, element):
            found = _removal("html", element.start or 0, element.outer_end or 0)
        index = element.parent
    return found


def _is_spelled_out(element: Element) -> bool:
    """Whether the source has its start tag and its end tag."""
    if element.start is None or element.content_end is None or element.outer_end is None:
        return False
    return element.start < element.content_end < element.outer_end


def _holds_image(document: Document, element: Element) -> bool:
    return any(child.tag == "img" for child in document.elements[element.index : element.last])


def _line_end(text: str, start: int, stop: int) -> int:
    """Where the line of a plain text that ends at `stop` is over, and the empty line after it if one is before it."""
    newline = _NEWLINE.match(text, stop)
    if newline is None:
        return stop
    following = _NEWLINE.match(text, newline.end())
    before = text[:start] if start < 4 else text[start - 4 : start]
    empty_before = start == 0 or len(_NEWLINE.findall(before)) > 1
    return following.end() if following and empty_before else newline.end()
