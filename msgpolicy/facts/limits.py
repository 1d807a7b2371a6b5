"""How much of a message is read. Counts, never the clock: a verdict must not depend on the machine."""

from __future__ import annotations

# Code points of one part. Longer parts are reported as too large and not read: no person writes them.
MAX_PART = 2_000_000
# Start tags of one HTML part. Mails of some hundred KB have a few thousand.
MAX_TAGS = 25_000
# Links that the elements of one HTML part bear. Newsletters have some hundred.
MAX_LINKS = 5_000
# Images that one HTML part loads. Newsletters have some hundred.
MAX_IMAGES = 5_000
# Alternative texts, tooltips and form fields of one HTML part; each is a text of its own.
MAX_ATTRIBUTE_TEXTS = 2_000
# Hidden texts of one HTML part that are looked at one by one; the others are read as one text, a line for each.
MAX_HIDDEN_TEXTS = 1_000
# Attachments of one message whose bytes are looked at.
MAX_ATTACHMENTS = 100
# Hits of one concept in one reading; a text with more is made to cost, not to be read.
MAX_HITS = 3000
# Places of one reading that may hold a host, and hosts and URLs that are read.
MAX_DOTS = 10_000
MAX_ADDRESSES = 2000
# What of one reading is read as addresses that are written otherwise than they are meant.
MAX_REWORDINGS = 5000
# Words of one reading that speak of contact data or stand for digits.
MAX_WORDS = 20_000
# Names of messengers in one reading, around which an account, a number or an invitation is looked for.
MAX_CHAT_NAMES = 500
# Contacts of one kind in one reading around which an invitation is looked for; more break rules by themselves.
MAX_INVITATIONS = 300
# Digits of one reading that stand near each other and are looked at.
MAX_DIGITS = 35_000
# Runs of emoji and emoticons of one reading that are looked at; each has a fix of its own.
MAX_PICTURES = 3000
# Places in one reading at which a phrase may stand; one in some five code points is much.
MAX_CANDIDATES = 200_000


class TooLargeError(Exception):
    """Something is larger than what is read; every rule that needs it is reported as not evaluated."""
