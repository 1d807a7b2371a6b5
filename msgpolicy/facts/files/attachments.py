"""What one attachment is: its kind by its bytes, whether name and type are honest, what acts in it, what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from msgpolicy.facts.files.document_facts import Active, Inspection, Page, Pages, Unreadable, cut
from msgpolicy.facts.files.documents import inspect_document, read_document, runs_by_name
from msgpolicy.facts.files.drawn_pages import drawn_pages
from msgpolicy.facts.files.file_names import extensions_of, has_direction_override, hidden_extension
from msgpolicy.facts.files.image_files import is_animated
from msgpolicy.facts.files.inside import HOLDERS, Inside, unfold
from msgpolicy.facts.files.kinds import KINDS, Kind, canonical, compatible, kind_of_extension, runs
from msgpolicy.facts.files.ocr import ImageText, read_image_text
from msgpolicy.facts.files.pictures import Picture, frames
from msgpolicy.facts.files.qr import Codes, read_codes
from msgpolicy.facts.files.sniff import Sniffed, sniff
from msgpolicy.facts.mail.headers import parameters
from msgpolicy.message import Attachment
from msgpolicy.report import Why

__all__ = ["AttachmentFacts"]

# What a file inside another may do without being told there: what is in it is told by itself.
_TOLD_OTHERWISE = ("invoice-data", "holds-program", "holds-active")


@dataclass(frozen=True, eq=False)
class AttachmentFacts:
    """The facts of one attachment, each computed when it is first asked for.

    Without `content`, what needs bytes is unknown (None), and the rest is by declared type and name.
    """

    attachment: Attachment
    # Whether files inside it are looked into; not those of a file that is one of them.
    unfolds: bool = True

    @property
    def size(self) -> int | None:
        """Bytes: of the content where it is here, else as declared."""
        return self.attachment.byte_count

    @cached_property
    def declared_type(self) -> str | None:
        """The declared media type by its usual name, without parameters; None where it claims nothing."""
        return canonical(self.attachment.content_type)

    @cached_property
    def extensions(self) -> tuple[str, ...]:
        """The file name's extensions in lower case: its last, and known ones right before it."""
        return extensions_of(self.attachment.filename)

    @cached_property
    def _named_kind(self) -> Kind | None:
        return kind_of_extension(self.extensions[-1]) if self.extensions else None

    @cached_property
    def _sniffed(self) -> Sniffed:
        if self.attachment.content is not None:
            return sniff(self.attachment.content, self.attachment.filename)
        if self.declared_type:
            return Sniffed(self.declared_type, "declared")
        return Sniffed(self._named_kind.media_type, "name") if self._named_kind else Sniffed(None)

    @property
    def media_type(self) -> str | None:
        """What the file is; None: undetermined."""
        return self._sniffed.media_type

    @property
    def told_by(self) -> str | None:
        """What told the media type (see `Sniffed.by`); "declared" or "name" where there are no bytes."""
        return self._sniffed.by

    @property
    def also(self) -> tuple[str, ...]:
        """Other media types as which the same bytes open."""
        return self._sniffed.also

    @cached_property
    def mismatch(self) -> str | None:
        """How name, declared type and bytes disagree, for people; None when they agree as far as is known."""
        return next(self._mismatches(), None)

    def _mismatches(self) -> Iterator[str]:
        name, content = self.attachment.filename, self.attachment.content
        if has_direction_override(name):
            yield "its name holds characters that make it read in another order"
        if hidden := hidden_extension(name):
            yield f"its name hides that it ends in .{hidden}"
        named, declared = self._named_kind, self.declared_type
        if content:
            found = self.media_type
            what = found or "of another kind"
            if named and not compatible(named.media_type, found):
                yield f"it is named .{self.extensions[-1]} and is {what}"
            if declared and not compatible(declared, found):
                yield f"it is declared as {declared} and is {what}"
        elif (
            named
            and declared
            and not (compatible(named.media_type, declared) or compatible(declared, named.media_type))
        ):
            yield f"it is named .{self.extensions[-1]} and declared as {declared}"

    @cached_property
    def _inspection(self) -> Inspection:
        content = self.attachment.content
        if content is not None:
            return inspect_document(content, self._sniffed)
        how = {runs(self.declared_type), self._named_kind.runs if self._named_kind else ""} - {""}
        return Inspection(tuple(Active(reason) for reason in sorted(how)), "empty" if self.size == 0 else None)

    @cached_property
    def _inside(self) -> Inside:
        content = self.attachment.content
        return unfold(content, self.media_type) if content and self.unfolds else Inside()

    @cached_property
    def _parts(self) -> tuple[AttachmentFacts, ...]:
        """The files inside it, and inside these, and pictures that are part of a document."""
        return tuple(
            AttachmentFacts(Attachment(filename=name, content_type=declared, content=content), unfolds=False)
            for name, content, declared, _ in self._inside.files
        )

    @property
    def _files(self) -> Iterator[AttachmentFacts]:
        """Those that are files of their own."""
        return (part for part, file in zip(self._parts, self._inside.files, strict=True) if not file.picture)

    @cached_property
    def actions(self) -> tuple[Active, ...] | None:
        """All that acts in the file, is embedded in it, or acts in a file inside it; None where that is not known."""
        found = dict.fromkeys((*self._inspection.active, *self._actions_inside()))
        if found:
            return tuple(found)
        seen = self.attachment.content is not None and self.media_type is not None
        return () if seen and not (self.media_type in HOLDERS and self._inside.why) else None

    def _actions_inside(self) -> Iterator[Active]:
        for file in self._files:
            name = file.attachment.filename or ""
            if runs(file.media_type) in ("executable", "script") or runs_by_name(name):
                yield Active("holds-program", name)
            elif own := [str(action) for action in file.actions or () if action.reason not in _TOLD_OTHERWISE]:
                yield Active("holds-active", f"{name}: {', '.join(own)}"[:400])

    @property
    def active(self) -> tuple[str, ...] | None:
        """What in the file can act, for people; None where that is not known. Invoice data for machines does not."""
        if self.actions is None:
            return None
        return tuple(dict.fromkeys(str(action) for action in self.actions if action.reason != "invoice-data"))

    @property
    def unreadable(self) -> Unreadable | None:
        """Why nobody, or nobody without a password, can open the file; None when nothing speaks against it.

        Bytes of no kind that is recognised, named or declared as a kind that always is, are "damaged".
        """
        claims = (self._named_kind, KINDS.get(self.declared_type or ""))
        if self.attachment.content and self.media_type is None and any(kind and kind.signed for kind in claims):
            return "damaged"
        return self._inspection.unreadable

    @cached_property
    def animated(self) -> bool | None:
        """Whether an image moves; None for what is no image, or where the bytes are not known."""
        content, media_type = self.attachment.content, self.media_type or ""
        return is_animated(content, media_type) if content is not None and media_type.startswith("image/") else None

    @property
    def _drawn(self) -> frozenset[int]:
        """The pages that have no text, and may be pictures of one."""
        return frozenset(page.number for page in self._own.pages or () if not page.text.strip())

    def _shows_pictures(self, *, unread: bool) -> bool:
        """Whether `_pictures` has anything to tell; cheap."""
        media_type = self.media_type or ""
        if not self.attachment.content or self.unreadable:
            return False
        own = media_type.startswith("image/") or (media_type == "application/pdf" and bool(self._drawn or not unread))
        untold = self._inside.why is not None and not unread  # else it is told of the text
        return own or untold or any(part._shows_pictures(unread=unread) for part in self._parts)

    def _pictures(self, *, unread: bool) -> Iterator[Picture | Why]:
        """What the file shows, and what files inside it show (see `frames`); `unread`: pages without text only."""
        content, media_type = self.attachment.content, self.media_type or ""
        if not content or self.unreadable:
            return
        if media_type == "application/pdf":
            yield from drawn_pages(content, self._drawn if unread else None)
        elif media_type.startswith("image/"):
            yield from frames(content, media_type)
        for part in self._parts:
            for shown in part._pictures(unread=unread):
                yield shown if isinstance(shown, str) else shown._replace(page=None)
        if self._inside.why:
            yield self._inside.why

    @cached_property
    def codes(self) -> Codes:
        """What codes (QR and the like) show: in an image, on a PDF's pages, in pictures and files inside it."""
        if self.media_type == "application/pdf" and self.pages_missing in ("too-large", "timeout"):
            return Codes((), self.pages_missing)  # what costs too much to read is not drawn either
        return read_codes(self._pictures(unread=False)) if self._shows_pictures(unread=False) else Codes()

    @cached_property
    def image_text(self) -> ImageText:
        """The text that stands as a picture in an image, in a document, or on pages of a PDF without other text."""
        return read_image_text(self._pictures(unread=True)) if self._shows_pictures(unread=True) else ImageText()

    @cached_property
    def _own(self) -> Pages:
        """The pages of the file itself, without those of files inside it."""
        content = self.attachment.content
        if content is None:
            return Pages(None, "missing")
        return read_document(content, self.media_type, parameters(self.attachment.content_type or "").get("charset"))

    @cached_property
    def _reading(self) -> Pages:
        own = self._own
        why = own.why or self._inside.why
        pages = list(own.pages or ())
        for file in self._files:
            if not (file.media_type or "").startswith("image/"):
                why = why or file.pages_missing
            name = file.attachment.filename or ""
            pages += (page._replace(number=len(pages) + n, file=name) for n, page in enumerate(file.pages or (), 1))
        if not pages and why:
            return Pages(None, why, own.about)
        found = cut(pages)
        return found._replace(why=why or found.why, about=own.about)

    @property
    def pages(self) -> tuple[Page, ...] | None:
        """The text of the file, and of files inside it, page by page; None where none can be read."""
        return self._reading.pages

    @property
    def about(self) -> str:
        """What the file's properties say: title, author, company and the like."""
        return self._reading.about

    @property
    def pages_missing(self) -> Why | None:
        """Why there are no pages, or not all (see `Pages.why`; "missing": no bytes are known); None: all are here."""
        return self._reading.why
