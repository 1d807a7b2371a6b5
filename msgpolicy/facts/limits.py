"""How much of a message is read. Counts, never the clock: a verdict must not depend on the machine."""

from __future__ import annotations

# Code points of one part. Longer parts are reported as too large and not read: no person writes them.
MAX_PART = 2_000_000
# Attachments of one message whose bytes are looked at.
MAX_ATTACHMENTS = 100
# Hits of one concept in one reading; a text with more is made to cost, not to be read.
MAX_HITS = 3000


class TooLargeError(Exception):
    """Something is larger than what is read; every rule that needs it is reported as not evaluated."""
