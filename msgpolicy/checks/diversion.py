"""Finds invitations to deal outside the marketplace.

Either in words alone (`outside`: another shop, another way to pay; `together`: several concepts that say so), or as an
invitation (`invite`: write, call, add, order) with contact data or an external link in the same sentence, written or as
the text of a link. Contact data in a sentence that hands it out ("photos to …", "it's …, ring after six") is an
invitation too, and so are a link at which to order and a request of any kind (`request`: please, you can, simply)
before contact data. A bare signature line with a phone number is none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Annotated, NamedTuple

import regex
from msgspec import Meta

from msgpolicy.checks import phrases
from msgpolicy.checks.base import ConceptName, Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.checks.contact_data import contact_links, is_allowed, of_kind
from msgpolicy.facts.contacts.contact_sentences import BEFORE, BEHIND, is_for_sale, is_signed
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.limits import MAX_INVITATIONS
from msgpolicy.facts.links.finding import host_in
from msgpolicy.facts.spans import Place, Reading
from msgpolicy.facts.words.concepts import ConceptHit, ConceptReading

# Words between contact data and an invitation that follows it.
WORDS_AFTER = 2
_LABEL = regex.compile(r"[\p{Latin}\p{M}'’-]+\.?\s*[:：]\s*")


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `diversion`."""

    outside: Annotated[tuple[ConceptName, ...], Meta(min_length=1, description="Concepts that divert by themselves.")]
    together: Annotated[
        tuple[phrases.Alternative, ...], Meta(description="Combinations of concepts that divert, each as in `phrases`.")
    ] = ()
    invite: Annotated[ConceptName, Meta(description="Invitations that divert together with contact data or a link.")]
    request: Annotated[
        ConceptName | None, Meta(description="Requests of any kind that divert together with contact data.")
    ] = None
    unless: Annotated[
        tuple[ConceptName | phrases.Unless, ...], Meta(description="Concepts that make it harmless.")
    ] = ()
    mention_unless: Annotated[
        tuple[ConceptName, ...] | None,
        Meta(description="Words wholly in quotation marks divert nobody, as in `phrases`; by default they count."),
    ] = None
    own_hosts: Annotated[tuple[ListName, ...], Meta(description="Lists of hosts that a link may lead to.")] = ()
    allowed_near: Annotated[
        tuple[ConceptName, ...], Meta(description="Concepts beside which a phone number is allowed.")
    ] = ()


FILLS = {"found": "the words that lead away"}


class Prepared(NamedTuple):
    params: Params
    outside: phrases.Prepared


def prepare(params: Params) -> Prepared:
    alone = phrases.Alternative(any=params.outside, unless=params.unless)
    said = phrases.Params(either=(alone, *params.together), mention_unless=params.mention_unless)
    return Prepared(params, phrases.prepare(said))


def check(facts: Facts, prepared: Prepared) -> Iterator[Hit | Unknown]:
    # "Call us at" may divert by itself, and stands in the invitation with the number behind it: that is one thing.
    found = list(_found(facts, prepared))
    hits = [item for item in found if isinstance(item, Hit)]
    inside = _inside_others([item.place for item in hits])
    yield from (item for item in found if not isinstance(item, Hit))
    yield from (hit for index, hit in enumerate(hits) if index not in inside)


def _inside_others(places: list[Place]) -> set[int]:
    """Which of the places lie inside another of the same part; of two that are the same, the later one."""
    inside: set[int] = set()
    spans = sorted(
        (place.part, place.page or 0, place.start, -place.end, index)
        for index, place in enumerate(places)
        if place.start is not None and place.end is not None
    )
    text, reach = ("", 0), -1
    for part, page, _, minus_end, index in spans:
        if (part, page) != text:
            text, reach = (part, page), -1
        if -minus_end <= reach:
            inside.add(index)
        reach = max(reach, -minus_end)
    return inside


def _found(facts: Facts, prepared: Prepared) -> Iterator[Hit | Unknown]:
    params = prepared.params
    yield from phrases.check(facts, prepared.outside)
    for reading, targets in _targets(facts, params).items():
        invitations, requests = _Said(reading, params.invite), _Said(reading, params.request)
        for target in targets:
            said = invitations.about(target)
            # "Please follow us on …" asks for no talk elsewhere.
            if said is None and target.kind in ("email", "phone"):
                said = requests.before(target)
            if said is not None and not _is_label(reading.reading.text, said, target):
                start, end = min(said.start, target.start), max(said.end, target.end)
            elif target.is_asked:
                start, end = target.start, target.end
            else:
                continue
            found = reading.reading.text[start:end]
            evidence = {"read_as": found} if said is None else {"read_as": found, "language": said.language}
            yield Hit(Place.of(reading.reading, start, end), {"found": found}, evidence)


def _is_label(text: str, said: ConceptHit, target: _Target) -> bool:
    """Whether the invitation is a label of the contact: "Email: …", "Tel.: …", "Phone …" in a line of a signature.

    Where words are written without spaces, one word says as much as a sentence. Behind the contact, a colon makes a
    label of the next one: "Tel. …, E-Mail: …".
    """
    if target.kind != "web" and not target.is_link:
        before, behind = text[max(target.start - BEFORE, 0) : target.start], text[target.end : target.end + BEHIND]
        if is_signed(before, behind, named=target.kind == "messenger"):
            return True
    if said.end <= target.start:
        return bool(_LABEL.fullmatch(text, said.start, target.start))
    return said.start >= target.end and text[said.end - 1 : said.end + 1].rstrip().endswith(":")


class _Target(NamedTuple):
    """What an invitation may be about, at reading.text[start:end]. The text of a link may hold the invitation.

    is_asked: the words around it invite, as was told when it was found
    """

    kind: str
    start: int
    end: int
    is_link: bool = False
    is_asked: bool = False


class _Said:
    """The hits of one concept in a reading, at their places in its text."""

    def __init__(self, reading: ConceptReading, concept: str | None) -> None:
        self._reading = reading
        self._hits = reading.hits(concept) if concept is not None else []
        # In the reading's text; the hits' own places are of its view.
        self._placed = [ConceptHit(*reading.view.span(hit.start, hit.end), hit.language) for hit in self._hits]
        self._starts = [hit.start for hit in self._placed]

    def about(self, target: _Target) -> ConceptHit | None:
        """The last hit before a target in its sentence, or one that follows at once (verbs come last in some
        languages)."""
        # "WhatsApp us" begins with the messenger's name; a mailbox may be called "write-to-us".
        last = target.end if target.is_link else target.start + (target.kind == "messenger")
        behind = bisect_left(self._starts, last)
        if (found := self._in_sentence(behind - 1, target)) is not None:
            return found
        while behind < len(self._placed) and self._placed[behind].end <= target.end:
            behind += 1
        found = self._in_sentence(behind, target)
        if found is None or found.start - target.end > phrases.LONGEST_WORD * (WORDS_AFTER + 1):
            return None
        between = self._reading.reading.text[target.end : found.start]
        return found if len(between.split()) <= WORDS_AFTER else None

    def before(self, target: _Target) -> ConceptHit | None:
        """The last hit that ends before a target in its sentence."""
        index = bisect_left(self._starts, target.start) - 1
        while index >= 0 and self._placed[index].end > target.start:
            index -= 1
        return self._in_sentence(index, target)

    def _in_sentence(self, index: int, target: _Target) -> ConceptHit | None:
        if not 0 <= index < len(self._hits):
            return None
        start, end = self._reading.sentence_at(target.start)
        hit = self._hits[index]
        return self._placed[index] if start <= hit.start and hit.end <= end else None


def _is_for_sale(text: str, start: int, end: int) -> bool:
    return is_for_sale(text[max(start - BEFORE, 0) : start], text[end : end + BEHIND])


def _targets(facts: Facts, params: Params) -> dict[ConceptReading, list[_Target]]:
    """Contact data and external links in each reading's text, as written or as the text of a link."""
    targets: dict[Reading, list[_Target]] = {}
    for kind in ("email", "phone", "messenger"):
        allowed = params.allowed_near if kind == "phone" else ()
        for reading, contacts in facts.contacts:
            targets.setdefault(reading.reading, []).extend(
                _Target(kind, contact.start, contact.end, is_asked=contact.asked)
                for contact in of_kind(contacts, kind)
                if not is_allowed(reading, contact, allowed)
            )
        for link in contact_links(facts, kind, allowed):
            if link.reading is not None and link.span is not None:
                targets.setdefault(link.reading, []).append(_Target(kind, *link.span, is_link=True))
    for index, link in enumerate(facts.links):
        own = any(host_in(link.link, facts.lists[name]) for name in params.own_hosts)
        if link.link.kind == "web" and not own and link.reading is not None and link.span is not None:
            is_link = link.element is not None
            is_asked = index < MAX_INVITATIONS and _is_for_sale(link.reading.text, *link.span)
            targets.setdefault(link.reading, []).append(_Target("web", *link.span, is_link, is_asked))
    return {reading: targets[reading.reading] for reading in facts.readings if reading.reading in targets}
