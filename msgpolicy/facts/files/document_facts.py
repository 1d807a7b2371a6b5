"""What is read out of an attached file: its pages, what in it can act by itself, why it cannot be opened; and how much
of a file is read at most. All limits are fixed numbers, so that a verdict never depends on the machine."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgpolicy.report import Why

__all__ = ["ACTIVE", "MAX_LINKS", "MAX_PAGES", "MAX_TEXT", "Active", "Inspection", "Page", "Pages", "Unreadable", "cut"]

# Pages of one file, code points of all its pages together, and links of all its pages together that are read.
MAX_PAGES = 200
MAX_TEXT = 500_000
MAX_LINKS = 2_000

# Reasons why a file is active, for people.
ACTIVE = {
    "executable": "is a program",
    "script": "is a script",
    "html": "is a web page, which can run scripts and load from anywhere",
    "other-kind": "also opens as another kind of file",
    "holds-program": "holds a program or a script",
    "holds-active": "holds a file that can act",
    "macros": "has macros",
    "embedded-file": "has files inside",
    "invoice-data": "has machine-readable invoice data inside",
    "embedded-object": "has another program's object inside",
    "remote-content": "loads a template or object from elsewhere when opened",
    "svg-script": "is an image that runs scripts",
    "svg-remote": "is an image that loads from elsewhere",
    "xml-script": "is XML that runs scripts in a browser",
    "xml-remote": "is XML that loads from elsewhere",
    "javascript": "runs JavaScript",
    "open-action": "acts when it is opened",
    "additional-action": "acts on events such as opening a page",
    "launch": "starts another program or opens another file",
    "submit-form": "sends what is filled in",
    "dynamic-form": "is a form that programs itself (XFA)",
    "rich-media": "plays film, sound or 3D from inside",
}

# Why a file cannot be opened: "empty", "encrypted" (it needs a password), "truncated" (its end is missing), "damaged",
# "bomb" (it unpacks to far more than it is), "too large" (for what is looked at).
Unreadable = Literal["empty", "encrypted", "truncated", "damaged", "bomb", "too large"]


class Page(NamedTuple):
    """One page of a file. `number` counts from 1; `links` are the addresses that its links open, as written; `file`
    is the name of the file inside the attached one (an archive, a mail) on whose page it stands."""

    number: int
    text: str
    links: tuple[str, ...] = ()
    file: str = ""


class Pages(NamedTuple):
    """The pages that could be read; None when no text could be. `why` says what is missing, None when nothing is.

    "not-covered": no reader for this kind; "not-installed": a library for it is absent; "unreadable": the file, or a
    page of it, cannot be read; "too-large", "timeout": what lies beyond the limits was left out. `about`: what the
    file's properties say (title, author, company …), which no page shows.
    """

    pages: tuple[Page, ...] | None
    why: Why | None = None
    about: str = ""


class Active(NamedTuple):
    """Something in a file that acts: the `reason` (a key of ACTIVE), and what it is (a file's name, say) or nothing."""

    reason: str
    detail: str = ""

    def __str__(self) -> str:
        return ACTIVE[self.reason] + (f" ({self.detail})" if self.detail else "")


class Inspection(NamedTuple):
    """What a look at a file's structure tells."""

    active: tuple[Active, ...] = ()
    unreadable: Unreadable | None = None


def cut(pages: list[Page]) -> Pages:
    """The pages within the limits, in order; what lies beyond is left out and told so."""
    kept: list[Page] = []
    room, links = MAX_TEXT, MAX_LINKS
    for page in pages[:MAX_PAGES]:
        kept.append(page._replace(text=page.text[:room], links=page.links[:links]))
        if len(page.text) > room or len(page.links) > links:
            return Pages(tuple(kept), "too-large")
        room -= len(page.text)
        links -= len(page.links)
    return Pages(tuple(kept), "too-large" if len(pages) > MAX_PAGES else None)
