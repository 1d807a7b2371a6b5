"""What of a quote was written before, where the earlier messages are known: the rest only looks like a quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

# So many words in a row must stand in an earlier message; in a shorter quote, all of it.
RUN = 3

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++")


class Earlier:
    """The words of earlier messages, in their order; how they were wrapped and marked makes no difference."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs: set[tuple[str, ...]] = set()
        for text in texts:
            words = [match.group().casefold() for match in _WORD.finditer(text)]
            for size in range(1, RUN + 1):
                self._runs.update(zip(*(words[skip:] for skip in range(size)), strict=False))

    def known(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of text[start:end] whose words stand in an earlier message."""
        found = list(_WORD.finditer(text, start, end))
        words = [match.group().casefold() for match in found]
        size = min(RUN, len(words))
        if not size:
            yield start, end
            return
        first = None
        covered = 0
        for at in range(len(words) - size + 1):
            if tuple(words[at : at + size]) not in self._runs:
                continue
            if first is None or at > covered:
                if first is not None:
                    yield self._stretch(found, first, covered, start, end)
                first = at
            covered = at + size
        if first is not None:
            yield self._stretch(found, first, covered, start, end)

    @staticmethod
    def _stretch(found: list[regex.Match[str]], first: int, last: int, start: int, end: int) -> tuple[int, int]:
        """From the end of the word before to the start of the word after: marks around words belong to them."""
        return (
            found[first - 1].end() if first else start,
            found[last].start() if last < len(found) else end,
        )
