"""Everything that the checks of one message share. Each fact is computed at most once, and only when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from msgpolicy.facts.limits import MAX_ATTACHMENTS, MAX_IMAGES, MAX_LINKS, MAX_PART, MAX_TAGS, TooLargeError
from msgpolicy.facts.marketplaces import country_of, site_of
from msgpolicy.facts.quotes import Quotes
from msgpolicy.facts.spans import Place, Reading
from msgpolicy.facts.turned import as_shown
from msgpolicy.facts.words.concepts import ConceptReading, Lexicon
from msgpolicy.facts.words.languages import Evidence, is_written
from msgpolicy.facts.words.names import Names
from msgpolicy.message import Attachment, Message

if TYPE_CHECKING:
    from msgpolicy.facts.contacts.finding import Contacts
    from msgpolicy.facts.contacts.numbers import Number
    from msgpolicy.facts.contacts.view import ContactView
    from msgpolicy.facts.files.attachments import AttachmentFacts
    from msgpolicy.facts.html.outlook import Outlook
    from msgpolicy.facts.html.reading import Document
    from msgpolicy.facts.links.finding import Link
    from msgpolicy.facts.links.image_sources import ImageSource
    from msgpolicy.facts.links.placed import FoundImage, FoundLink
    from msgpolicy.facts.style.declared import DeclaredStyles
    from msgpolicy.facts.style.page_shares import PageShares
    from msgpolicy.facts.templates import Found, Template


# Why something in a conditional comment is not displayed.
OUTLOOK_ALONE = "shown by Outlook alone"
# The key under `extra` of the texts that the message answers, in which its quotes are looked up.
EARLIER = "earlier_messages"


# Countries whose phone notation is read on no more evidence than the language of a text.
MOST_GUESSED = 8
# The one country whose sites end otherwise than its code.
_COUNTRY_OF_ENDING = {"uk": "GB"}

_Item = TypeVar("_Item")


class MissingFactError(Exception):
    """A field that a check cannot do without is not known; every rule that needs it is reported as not evaluated."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class FoundContacts(NamedTuple):
    """The contacts written in one reading."""

    reading: ConceptReading
    contacts: Contacts


class Facts:
    """The facts of one message. Not shared between threads: each judgement makes its own."""

    def __init__(
        self,
        message: Message,
        lexicon: Lexicon,
        lists: Mapping[str, frozenset[str]],
        *,
        kind: str | None = None,
        sent_at: datetime | None = None,
        template: bool = False,
    ) -> None:
        """`kind` and `sent_at` (with an offset from UTC) are what the caller assumes where the message is silent.

        `template`: the message is one; its placeholders are read as words that say nothing, and its time is not known.
        """
        self.given = message
        self.template: Template | None = None
        if template:
            from msgpolicy.facts.templates import Template

            self.template = Template(message)
            message = self.template.message
        self.message = message
        self.lexicon = lexicon
        self.lists = lists
        self.kind = message.kind or kind
        self.sent_at = message.sent_at or sent_at
        # The names that the rule being judged knows; who runs a rule sets them before.
        self.names: Names | None = None
        self._mentionables: dict[Names | None, frozenset[str]] = {}
        self._contact_views: dict[ConceptReading, ContactView] = {}
        self._page_shares: dict[float, PageShares] = {}

    def lookup(self, path: str) -> Any:
        """A field's value by its path (`order.status`), or None when it is not known."""
        if path == "kind":
            return self.kind
        if path == "sent_at":
            return self.sent_at
        if path == "attachments.count":
            return None if self.message.attachments is None else len(self.message.attachments)
        return _field(self.message, path)

    def source(self, part: str) -> str | None:
        """A part as it was given, in which offsets count; None where it is not a text."""
        value = _field(self.given, part)
        return value if isinstance(value, str) else None

    # --- text ---------------------------------------------------------------------------------------------------------

    @property
    def readings(self) -> tuple[ConceptReading, ...]:
        """Subject, text and the readings of the HTML (visible, hidden, alternative and generated texts).

        Raises:
            TooLargeError: a part has more than MAX_PART code points, or more texts in attributes than are read.
        """
        found = self._readings
        if isinstance(found, TooLargeError):
            raise TooLargeError(str(found))
        return found

    @cached_property
    def _readings(self) -> tuple[ConceptReading, ...] | TooLargeError:
        try:
            return self._read_parts()
        except TooLargeError as error:
            return error

    def _read_parts(self) -> tuple[ConceptReading, ...]:
        for name in ("subject", "text", "html"):
            self._assert_readable(name)
        plain = [
            as_shown(Reading(name, value, value))
            for name in ("subject", "text")
            if (value := getattr(self.message, name)) is not None
        ]
        if self.document is not None:
            from msgpolicy.facts.style.direction import overridden_spans
            from msgpolicy.facts.style.generated import generated_texts

            visible, *others = self.document.readings("html", self.hidden_reason)
            plain += [as_shown(visible, overridden_spans(self.document)), *map(as_shown, others)]
            plain += map(as_shown, generated_texts(self.document, "html"))
        if self.outlook is not None:
            plain += map(as_shown, self.outlook.readings("html"))
        return tuple(ConceptReading(reading, self.lexicon, self._message_evidence, self._names) for reading in plain)

    @property
    def quotes(self) -> Mapping[str, Quotes]:
        """What each part quotes of earlier messages. Only an answer quotes.

        Raises:
            TooLargeError: a part has more than MAX_PART code points, or too many lines.
        """
        found = self._quotes
        if isinstance(found, TooLargeError):
            raise TooLargeError(str(found))
        return found

    @cached_property
    def _quotes(self) -> Mapping[str, Quotes] | TooLargeError:
        if self.kind != "reply":
            return {}
        try:
            return self._read_quotes()
        except TooLargeError as error:
            return error

    def _read_quotes(self) -> Mapping[str, Quotes]:
        earlier = None
        texts = (self.message.extra or {}).get(EARLIER)
        if isinstance(texts, list | tuple):
            from msgpolicy.facts.quotes.earlier import Earlier

            earlier = Earlier(text[:MAX_PART] for text in texts if isinstance(text, str))
        return {
            reading.reading.part: Quotes(
                reading.reading,
                self.document if reading.reading.part == "html" else None,
                earlier=earlier,
                answers=bool(self.message.attachments),
            )
            for reading in self.bodies
        }

    def is_quoted(self, place: Place, *, contact: bool = False) -> bool:
        """Whether a place of an answer stands in what it quotes of an earlier message.

        A `contact` that the writer repeats, if only between quotation marks, is given all the same.
        """
        if place.part not in ("text", "html") or place.start is None or place.end is None:
            return False
        try:
            quotes = self.quotes.get(place.part)
        except TooLargeError:  # no rule that reads text judges then, and a person has to look
            return False
        return quotes is not None and quotes.hold(place.start, place.end, contact=contact)

    @cached_property
    def own_bodies(self) -> tuple[ConceptReading, ...]:
        """The visible text and HTML with blanks in place of what they quote."""
        return tuple(map(self._own, self.bodies))

    def _own(self, reading: ConceptReading) -> ConceptReading:
        quotes = self.quotes.get(reading.reading.part)
        if quotes is None or not quotes.spans:
            return reading
        own = reading.reading.with_text(quotes.without(reading.reading.text))
        return ConceptReading(own, self.lexicon, self._own_message_evidence, self._names)

    def _own_message_evidence(self) -> Evidence:
        return self.own_evidence

    @cached_property
    def own_evidence(self) -> Evidence:
        """Languages of the subject and of what the writer says in own words."""
        subject = (reading for reading in self.visible if reading.reading.part == "subject")
        return _sum_of(reading.evidence for reading in (*subject, *self.own_bodies))

    @property
    def visible(self) -> Iterator[ConceptReading]:
        """The readings that a person sees as text."""
        return (reading for reading in self.readings if reading.reading.shown == "visible")

    @property
    def bodies(self) -> Iterator[ConceptReading]:
        """The visible text and HTML: two readings of one message."""
        return (reading for reading in self.visible if reading.reading.part != "subject")

    def _names(self) -> Names | None:
        return self.names

    def _message_evidence(self) -> Evidence:
        return self.evidence

    @cached_property
    def evidence(self) -> Evidence:
        """Languages of all that a person sees."""
        return _sum_of(reading.evidence for reading in self.visible)

    @property
    def _mentionable(self) -> frozenset[str]:
        """The concepts that may have hits in any reading, with the names that are known now."""
        known = self._mentionables.get(self.names)
        if known is None:
            known = frozenset().union(*(reading.mentionable for reading in self.readings))
            self._mentionables[self.names] = known
        return known

    def has_concepts(self, names: frozenset[str]) -> bool:
        """Whether each of these concepts is mentioned somewhere, in whatever language; cheap.

        Raises:
            TooLargeError: one has more hits than are read, and none of the others is surely absent.
        """
        if not names <= self._mentionable:
            return False
        readings = self.readings
        too_many: TooLargeError | None = None
        for name in sorted(names):
            try:
                if not any(reading.mentions(name) for reading in readings):
                    return False
            except TooLargeError as error:  # where another is not mentioned, that does not matter
                too_many = too_many or error
        if too_many is not None:
            raise too_many
        return True

    # --- HTML ---------------------------------------------------------------------------------------------------------

    @cached_property
    def document(self) -> Document | None:
        """The HTML part as a browser reads it.

        Raises:
            TooLargeError: it has more than MAX_PART code points, or more than MAX_TAGS tags.
        """
        if self.message.html is None:
            return None
        self._assert_readable("html")
        if self._has_too_many_tags:
            raise TooLargeError(f"html has more than {MAX_TAGS:,} tags")
        from msgpolicy.facts.html.reading import read_html

        return read_html(self.message.html)

    @cached_property
    def _has_too_many_tags(self) -> bool:
        from msgpolicy.facts.html.reading import has_more_tags

        return self.message.html is not None and has_more_tags(self.message.html, MAX_TAGS)

    @cached_property
    def outlook(self) -> Outlook | None:
        """What the HTML part shows in Outlook alone, None where that is nothing."""
        if self.document is None or not self.document.comments:
            return None
        from msgpolicy.facts.html.outlook import read_outlook

        return read_outlook(self.document)

    @cached_property
    def outlook_declared(self) -> DeclaredStyles | None:
        """The style declarations of what only Outlook shows."""
        from msgpolicy.facts.style.declared import DeclaredStyles

        return DeclaredStyles(self.outlook.document) if self.outlook else None

    def _assert_readable(self, part: str) -> None:
        value = getattr(self.message, part)
        if value is not None and len(value) > MAX_PART:
            raise TooLargeError(f"{part} has {len(value):,} code points; at most {MAX_PART:,} are read")

    @cached_property
    def hidden_reason(self) -> Callable[[int], str | None]:
        """Tells why an element of the document (by its index) is not displayed, or None."""
        from msgpolicy.facts.style.styles import hidden_reason

        assert self.document is not None
        return partial(hidden_reason, self.document)

    @cached_property
    def declared(self) -> DeclaredStyles:
        """The style declarations of the document, each with the elements that it shapes."""
        from msgpolicy.facts.style.declared import DeclaredStyles

        assert self.document is not None
        return DeclaredStyles(self.document)

    def page_shares(self, assumed_width: float) -> PageShares:
        """How much of the message's width things take, where one that declares none is `assumed_width` CSS px wide."""
        from msgpolicy.facts.style.page_shares import PageShares

        shares = self._page_shares.get(assumed_width)
        if shares is None:
            shares = self._page_shares[assumed_width] = PageShares(self.declared, assumed_width)
        return shares

    # --- contacts and links -------------------------------------------------------------------------------------------

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Countries whose local phone notation is read: the buyer's, the seller's, the marketplace's."""
        known = (self.lookup("buyer.country"), self.lookup("account.country"), country_of(self.message.marketplace))
        return tuple(dict.fromkeys(country for country in known if country))

    @cached_property
    def guessed_countries(self) -> tuple[str, ...]:
        """Where no country is known: those of the marketplace's site, of language tags and of the text's languages."""
        if self.countries:
            return ()
        from msgpolicy.facts.contacts.data.countries import COUNTRIES_OF

        tags = [tag.split("-") for tag in (self.lookup("language"), self.lookup("buyer.language")) if tag]
        site = (site_of(self.message.marketplace) or "").rpartition(".")[2]
        regions = [_COUNTRY_OF_ENDING.get(site, site.upper())] if len(site) == 2 else []
        regions += [part.upper() for tag in tags for part in tag[1:] if len(part) == 2]
        present = {language for language in COUNTRIES_OF if is_written(language, self.evidence)}
        spoken = (COUNTRIES_OF.get(language, ()) for language in (*(tag[0].lower() for tag in tags), *sorted(present)))
        return tuple(dict.fromkeys((*regions, *chain.from_iterable(spoken))))[:MOST_GUESSED]

    @cached_property
    def contacts(self) -> tuple[FoundContacts, ...]:
        """Contact data written in any reading of the message."""
        from msgpolicy.facts.contacts.finding import find_contacts

        return tuple(
            FoundContacts(reading, found)
            for reading in self.readings
            if (found := find_contacts(self.contact_view(reading), self.countries, self.guessed_countries))
        )

    @cached_property
    def links(self) -> tuple[FoundLink, ...]:
        """Links written in any reading, and those that HTML elements bear."""
        from msgpolicy.facts.links.placed import detached, html_links, text_links, without_repeats

        found: list[FoundLink] = []
        for reading in self.readings:
            found += text_links(reading.reading, self.contact_view(reading))
        found += self._html_links[:MAX_LINKS]
        if self.outlook is not None:
            known = {(item.link, item.attribute) for item in found}
            more = html_links(self.outlook.document, None)
            found += (item for item in map(detached, more) if (item.link, item.attribute) not in known)
        return tuple(without_repeats([item._replace(link=self._known(item.link)) for item in found], self.document))

    @property
    def unread_links(self) -> Iterator[str]:
        """The parts that hold more addresses than are read."""
        from msgpolicy.facts.contacts.addresses import read_addresses

        for reading in self.readings:
            if not read_addresses(self.contact_view(reading)).complete:
                yield reading.reading.part
        if len(self._html_links) > MAX_LINKS:
            yield "html"

    @cached_property
    def _html_links(self) -> list[FoundLink]:
        """The links that elements bear: MAX_LINKS, and one more if there are more."""
        if self.document is None:
            return []
        from msgpolicy.facts.links.placed import html_links

        visible = next((r.reading for r in self.visible if r.reading.part == "html"), None)
        return list(islice(html_links(self.document, visible), MAX_LINKS + 1))

    @cached_property
    def images(self) -> tuple[FoundImage, ...]:
        """Images that the HTML loads.

        Raises:
            TooLargeError: there are more than MAX_IMAGES.
        """
        if self.document is None:
            return ()
        from msgpolicy.facts.links.placed import html_images

        found = _at_most(MAX_IMAGES, self.document, html_images(self.document, self.hidden_reason))
        return tuple(item._replace(link=self._known(item.link)) for item in found)

    def _known(self, link: Link) -> Link:
        """A link as far as it is known where it leads: in a template the site may be filled in later."""
        return self.template.as_far_as_known(link) if self.template else link

    @cached_property
    def image_sources(self) -> tuple[ImageSource, ...]:
        """Every address that the HTML loads an image from: those of `images`, other sizes of them, backgrounds.

        Raises:
            TooLargeError: there are more than MAX_IMAGES.
        """
        return self._image_sources(None if self.document is None else self.declared)

    @cached_property
    def outlook_image_sources(self) -> tuple[ImageSource, ...]:
        """Every address that Outlook alone loads an image from; their elements are those of `outlook.document`."""
        return self._image_sources(self.outlook_declared)

    def _image_sources(self, declared: DeclaredStyles | None) -> tuple[ImageSource, ...]:
        if declared is None:
            return ()
        from msgpolicy.facts.links.image_sources import image_sources

        found = _at_most(MAX_IMAGES, declared.document, image_sources(declared))
        return tuple(item._replace(link=self._known(item.link)) for item in found)

    def numbers(self, reading: ConceptReading) -> tuple[Number, ...]:
        """Numbers as long as a phone's in a reading that are something else: order ids, parcels, articles, cards."""
        from msgpolicy.facts.contacts.numbering_plans import least_digits
        from msgpolicy.facts.contacts.numbers import find_numbers

        return tuple(find_numbers(self.contact_view(reading), least_digits(self.countries)))

    def contact_view(self, reading: ConceptReading) -> ContactView:
        """The reading as contacts, links and numbers are looked for in it; made once."""
        from msgpolicy.facts.contacts.view import contact_view

        view = self._contact_views.get(reading)
        if view is None:
            view = self._contact_views[reading] = contact_view(reading.reading)
        return view

    def why_hidden(self, offset: int) -> str:
        """Why what stands at an offset of the HTML is not displayed."""
        assert self.document is not None
        if self.outlook is not None and self.outlook.holds(offset):
            return OUTLOOK_ALONE
        index = self.document.element_at(offset)
        return (self.hidden_reason(index) if index >= 0 else None) or "not displayed"

    # --- placeholders of templates ------------------------------------------------------------------------------------

    @property
    def placeholders(self) -> Sequence[Found]:
        """What is filled in later, in a message that is a template; empty in any other."""
        return self.template.found if self.template else ()

    def shown_placeholders(self) -> Iterator[Found]:
        """Those that stand in text that a person sees."""
        if self.template is not None:
            for reading in self.visible:
                yield from self.template.found_in(reading.reading)

    # --- attachments --------------------------------------------------------------------------------------------------

    @cached_property
    def attachments(self) -> tuple[tuple[int, Attachment, AttachmentFacts], ...]:
        """Each attachment with its index and what its bytes tell.

        Raises:
            MissingFactError: it is not known whether there are any.
            TooLargeError: more than MAX_ATTACHMENTS.
        """
        listed = self.message.attachments
        if listed is None:
            raise MissingFactError("attachments")
        if len(listed) > MAX_ATTACHMENTS:
            raise TooLargeError(f"there are {len(listed):,} attachments; at most {MAX_ATTACHMENTS} are looked at")
        if not listed:
            return ()
        from msgpolicy.facts.files.attachments import AttachmentFacts

        return tuple((index, item, AttachmentFacts(item)) for index, item in enumerate(listed))

    def attachment_text(self, index: int, page: int | None) -> str | None:
        """The extracted text of an attachment's page (from 1), or (None) of its properties; None: there is none."""
        _, _, facts = self.attachments[index]
        if page is None:
            return facts.about or None
        return next((item.text for item in facts.pages or () if item.number == page), None)

    def attachment_readings(
        self, index: int, pages: int | None = None, text: int | None = None
    ) -> Iterator[tuple[str, ConceptReading]]:
        """What can be read of an attachment: ("name", words of its file name), then ("text", each page's text), then
        ("about", what its properties say). With `pages` and `text` (code points) no more than these.
        """
        from msgpolicy.facts.files.file_names import words_of_name

        _, attachment, facts = self.attachments[index]
        part = f"attachments[{index}]"
        if attachment.filename:
            words = " ".join(words_of_name(attachment.filename))
            yield "name", ConceptReading(Reading(part, words, words), self.lexicon, names=self._names)
        for page in (facts.pages or ())[:pages]:
            shown = page.text[:text]
            reading = as_shown(Reading(part, shown, shown, page=page.number))
            yield "text", ConceptReading(reading, self.lexicon, names=self._names)
        if facts.about:
            reading = as_shown(Reading(part, facts.about, facts.about))
            yield "about", ConceptReading(reading, self.lexicon, names=self._names)


def _at_most(most: int, document: Document, images: Iterator[_Item]) -> list[_Item]:
    """The images of a document, unless there are too many; most often that is told before they are looked at."""
    is_more = len(document.find("img")) > most
    found = [] if is_more else list(islice(images, most + 1))
    if is_more or len(found) > most:
        raise TooLargeError(f"html has more than {most:,} images")
    return found


def _sum_of(evidences: Iterable[Evidence]) -> Evidence:
    counts: dict[str, int] = {}
    words = 0
    for evidence in evidences:
        for language, count in evidence.counts.items():
            counts[language] = counts.get(language, 0) + count
        words += evidence.words
    return Evidence(counts, words)


def _field(message: Message, path: str) -> Any:
    value: Any = message
    for name in path.split("."):
        value = getattr(value, name)
        if value is None:
            return None
    return value
