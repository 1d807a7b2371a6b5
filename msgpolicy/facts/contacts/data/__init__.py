"""What is known of contact data, as plain tables, one file for each kind; the code is in the folder above."""

from __future__ import annotations

from collections.abc import Iterator


def words(table: str) -> frozenset[str]:
    """The entries of a table of single words, written with spaces between them."""
    return frozenset(table.split())


def phrases(table: str) -> Iterator[str]:
    """The entries of a table whose entries may hold spaces, written with `|` between them."""
    for entry in table.split("|"):
        phrase = " ".join(entry.split())
        if phrase:
            yield phrase
