"""Which messages a ruleset is about."""

from __future__ import annotations

import fnmatch
from datetime import datetime

from msgpolicy.facts.links.hosts import host_in
from msgpolicy.facts.marketplaces import country_of, site_of
from msgpolicy.rules import Covers
from msgpolicy.rules.dates import in_utc


def not_covered(
    covers: Covers | None, direction: str, channel: str, marketplace: str | None, as_of: datetime | None
) -> list[tuple[str, str]]:
    """Why a ruleset is not about a message: the fields, each with what it says. Empty: it is."""
    if covers is None:
        return []
    reasons = []
    if covers.directions and direction not in covers.directions:
        reasons.append(("direction", f"direction {direction}"))
    if covers.channels and channel not in covers.channels:
        reasons.append(("channel", f"channel {channel}"))
    site = site_of(marketplace)
    if covers.marketplaces and site and not _is_one_of(site, covers.marketplaces):
        reasons.append(("marketplace", f"marketplace {site}"))
    if as_of is not None:
        day = in_utc(as_of).date()
        if (covers.from_ and day < covers.from_) or (covers.until and day >= covers.until):
            reasons.append(("sent_at", f"messages of {day.isoformat()}"))
    return reasons


def _is_one_of(site: str, patterns: tuple[str, ...]) -> bool:
    """Whether a marketplace is covered: `amazon.*` is amazon under a real ending, not `amazon.com.evil.example`."""
    if not any(fnmatch.fnmatchcase(site, pattern) for pattern in patterns):
        return False
    return country_of(site) is not None or host_in(site, frozenset(patterns))
