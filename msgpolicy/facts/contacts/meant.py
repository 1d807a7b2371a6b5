"""Addresses as they are meant: written around filters in ways that a search for signs and words does not see.

What a text says of signs ("shop🔵com", "a n n a", "backwards: moc.pohs", "anna#shop.com (# = @)") is put right, and
what is then read as an address is one, at the place where it was written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from operator import itemgetter
from typing import NamedTuple

from msgpolicy.facts.contacts.loose_endings import loose_endings, places
from msgpolicy.facts.contacts.parted_addresses import parted_addresses
from msgpolicy.facts.contacts.provider_names import provider_names
from msgpolicy.facts.contacts.rewording import Rewording
from msgpolicy.facts.contacts.told_signs import told_signs
from msgpolicy.facts.contacts.turned_addresses import turned_addresses
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.limits import MAX_DOTS, MAX_REWORDINGS
from msgpolicy.facts.spans import EditMap, rewritten

# Code points around a rewording that may be part of an address or say that it is one.
_AROUND = 200


class Meant(NamedTuple):
    """A text as it is meant.

    view: the text put right, without what is far from all that was written otherwise
    offsets: where it stands in the text of the view that it was made from
    reworded: its spans that were written otherwise, in order
    complete: whether all places were looked at
    """

    view: ContactView
    offsets: EditMap
    reworded: list[tuple[int, int]]
    complete: bool

    def is_reworded(self, start: int, end: int) -> bool:
        """Whether a span of `view` holds something that was written otherwise."""
        index = bisect_right(self.reworded, start, key=itemgetter(1))
        return index < len(self.reworded) and self.reworded[index][0] < end


def meant(view: ContactView) -> Meant | None:
    """The parts of a text that are not written as they are meant, put right; None where there are none."""
    endings = list(islice(places(view), MAX_DOTS + 1))
    sources = (
        turned_addresses(view),
        provider_names(view),
        told_signs(view),
        parted_addresses(view),
        loose_endings(view, endings[:MAX_DOTS]),
    )
    found = sorted(islice(chain.from_iterable(sources), MAX_REWORDINGS + 1))
    complete = len(endings) <= MAX_DOTS and len(found) <= MAX_REWORDINGS
    if not found and complete:
        return None
    edits = list(_near(_apart(found[:MAX_REWORDINGS]), len(view.text)))
    out: list[str] = []
    reworded: list[tuple[int, int]] = []
    at = size = 0
    for start, end, text in edits:
        out += (view.text[at:start], text)
        size += start - at
        if text != _GAP:
            reworded.append((size, size + len(text)))
        size += len(text)
        at = end
    out.append(view.text[at:])
    offsets = rewritten(len(view.text), ((start, end, len(text)) for start, end, text in edits))
    return Meant(view.reworded("".join(out), offsets), offsets, reworded, complete) if offsets else None


def _apart(found: Iterable[Rewording]) -> Iterator[Rewording]:
    """Those that overlap none before them."""
    end = 0
    for edit in found:
        if edit.start >= end:
            yield edit
            end = edit.end


_GAP = "\n\n\n"


def _near(edits: Iterable[Rewording], size: int) -> Iterator[Rewording]:
    """With edits that take out what is far from all of them: it has been read already."""
    at = 0
    for edit in edits:
        yield from _without(at, edit.start - _AROUND)
        yield edit
        at = edit.end + _AROUND
    yield from _without(at, size)


def _without(start: int, end: int) -> Iterator[Rewording]:
    if end - start > _AROUND:
        yield Rewording(start, end, _GAP)
