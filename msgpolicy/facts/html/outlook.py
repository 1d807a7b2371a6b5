"""What only Outlook shows: the HTML in conditional comments (`<!--[if mso]> … <![endif]-->`).

All else takes such a comment for one and shows nothing of it; Outlook draws what is in it, VML shapes included. It is
read as a document of its own in which every piece stands where it stands in the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import partial
from operator import itemgetter

import regex

from msgpolicy.facts.html.reading import Document, read_html
from msgpolicy.facts.spans import Reading
from msgpolicy.facts.style.styles import hidden_reason
from msgpolicy.later import regex_later

_OPENING = regex_later(r"<!--\s{0,20}+\[if\s++([^\]>]{1,200})\]\s{0,20}+>", regex.IGNORECASE)
_ENDING = regex_later(r"(?r)<!\s{0,20}\[endif\]\s{0,20}-->\Z", regex.IGNORECASE)
# A condition such as "mso", "(gte mso 9)|(IE)" or "!mso": names that Outlook is known by, with what denies them.
_NAME = regex_later(r"(!\s*+\(?\s*+)?\b(?:mso|ie|vml|true)\b", regex.IGNORECASE)
# Texts that are read apart; more are read as one. No mail has so many.
MOST_TEXTS = 200
# Settings of documents: neither text nor anything that is loaded; and the tags that mail tools write around them, which
# are nothing to a program without scripts.
_SETTINGS = regex_later(
    r"<(xml|head|title)\b(?:(?!</\1).)*+(?:</\1\s*+>)?+|</?+noscript\s*+>", regex.IGNORECASE | regex.DOTALL
)


class Outlook:
    """What only Outlook shows of a document: a `document` of its own, with the positions of the source."""

    def __init__(self, document: Document, spans: list[tuple[int, int]]) -> None:
        self.document = document
        self._spans = spans

    def holds(self, offset: int) -> bool:
        """Whether an offset of the source stands in a comment that Outlook shows."""
        return self._comment(offset) >= 0

    def readings(self, part: str) -> Iterator[Reading]:
        """The texts of each comment; most people are shown none of them."""
        for reading in self.document.readings(part, partial(hidden_reason, self.document)):
            runs = list(self._runs(reading))
            if len(runs) > MOST_TEXTS:
                runs[MOST_TEXTS:] = [(runs[MOST_TEXTS][0], runs[-1][1])]
            for start, end in runs:
                yield reading.cut(start, end, shown="hidden")

    def _runs(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """The stretches of a reading that stand in one comment each, without white space around them."""
        ends = [*(piece.start for piece in reading.pieces[1:]), len(reading.text)]
        known = -1
        first = last = 0
        for piece, end in zip(reading.pieces, ends, strict=False):
            if reading.text[piece.start : end].isspace():
                continue
            comment = self._comment(piece.source_start)
            if comment != known and known >= 0:
                yield first, last
            if comment != known:
                known, first = comment, piece.start
            last = end
        if known >= 0:
            yield first, last

    def _comment(self, offset: int) -> int:
        index = bisect_right(self._spans, offset, key=itemgetter(0)) - 1
        return index if index >= 0 and offset < self._spans[index][1] else -1


def read_outlook(document: Document) -> Outlook | None:
    """What stands in the comments of a document that Outlook shows; None where nothing does."""
    parts: list[str] = []
    at = 0
    spans = list(_spans(document))
    for start, end in spans:
        parts += " " * (start - at), _SETTINGS.sub(_blank, document.source[start:end])
        at = end
    if not any(part and not part.isspace() for part in parts):
        return None
    parts.append(" " * (len(document.source) - at))
    return Outlook(read_html("".join(parts)), spans)


def _spans(document: Document) -> Iterator[tuple[int, int]]:
    """Where the contents of the comments that Outlook shows stand in the source."""
    for comment in document.comments:
        opening = _OPENING.match(document.source, comment.start, comment.end)
        if opening is None or all(match[1] for match in _NAME.finditer(opening[1])):
            continue
        ending = _ENDING.search(document.source, opening.end(), comment.end)
        yield opening.end(), ending.start() if ending else comment.end


def _blank(match: regex.Match[str]) -> str:
    return " " * len(match[0])
