"""Facts from elsewhere laid over a record: what the facts say wins, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any


def overlaid(record: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """`record` with `facts` over it: key by key in nested objects, attachments one by one in their order.

    A null in `facts` says nothing, as everywhere in a record.
    """
    out = dict(record)
    for key, item in facts.items():
        below = out.get(key)
        if isinstance(item, Mapping):
            out[key] = overlaid(below if isinstance(below, Mapping) else {}, item)
        elif key == "attachments" and isinstance(item, list | tuple) and isinstance(below, list | tuple):
            out[key] = [_one(old, new) for old, new in zip_longest(below, item)]
        elif item is not None:
            out[key] = item
    return out


def _one(old: Any, new: Any) -> Any:
    if new is None:
        return old
    return overlaid(old, new) if isinstance(old, Mapping) and isinstance(new, Mapping) else new
