"""What a child ruleset may not do to a locked rule, and what it does to others that a receipt has to say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgpolicy.rules.located import Mapping, Node, Sequence, plain

RANK = {"off": 0, "info": 1, "warning": 2, "error": 3}
# What decides the judgement of a rule; texts, examples, sources and a higher severity may change in a locked one.
_JUDGING = ("check", "scope", "across", "when", "severity_when", "revisions")


class Change(NamedTuple):
    """A change to an inherited rule that may let more through: where it is written, and what it does."""

    node: Node
    text: str


def is_locked(rule: Mapping) -> bool:
    """Whether no child ruleset may weaken the rule."""
    locked = rule.get("suppressible")
    return locked is not None and plain(locked) == "never"


def changes(before: Mapping, over: Mapping, after: Mapping) -> Iterator[Change]:
    """What `over` changes in the judgement of `before`; a higher severity and fewer exceptions are not named."""
    old, new = _levels(before), _levels(after)
    if "severity" in over.keys and any(RANK.get(b, 3) < RANK.get(a, 3) for a, b in zip(old, new, strict=False)):
        yield Change(over.keys["severity"], f"severity {max(old, key=lambda level: RANK.get(level, 3))} → {new[0]}")
    for key in _JUDGING:
        if key in over.keys and _data(before, key) != _data(after, key):
            yield Change(over.keys[key], f"{key} changed")
    yield from _options(before, over, after)
    yield from _exceptions(before, over, after)
    if is_locked(before) and not is_locked(after):
        yield Change(over.keys.get("suppressible", over), "suppressible changed")


def _options(before: Mapping, over: Mapping, after: Mapping) -> Iterator[Change]:
    given = over.get("with")
    if not isinstance(given, Mapping):
        return
    old, new = _data(before, "with"), _data(after, "with")
    old = old if isinstance(old, dict) else {}
    new = new if isinstance(new, dict) else {}
    revised = _data(before, "revisions") != _data(after, "revisions")
    for key in given.items:
        if old.get(key) != new.get(key) or revised:
            yield Change(given.keys[key], f"with.{key} changed")


def _exceptions(before: Mapping, over: Mapping, after: Mapping) -> Iterator[Change]:
    if "allow" not in over.keys:
        return
    old, new = _data(before, "allow"), _data(after, "allow")
    for kind in ("hosts", "phrases", "names"):
        had, has = _texts(old, kind), _texts(new, kind)
        added = [text for text in has if text not in had]
        if added:
            shown = ", ".join(added[:5]) + (", …" if len(added) > 5 else "")
            yield Change(over.keys["allow"], f"allows {kind}: {shown}")


def _levels(rule: Mapping) -> list[str]:
    """The severity of the rule, then that of each revision."""
    own = _data(rule, "severity") or "error"
    found = [str(own)]
    revisions = rule.get("revisions")
    if isinstance(revisions, Sequence):
        found += [
            str(_data(item, "severity") or own) if isinstance(item, Mapping) else str(own) for item in revisions.items
        ]
    return found


def _data(rule: Mapping, key: str) -> Any:
    node = rule.get(key)
    return None if node is None else plain(node)


def _texts(allow: Any, kind: str) -> dict[str, None]:
    listed = allow.get(kind) if isinstance(allow, dict) else None
    return {str(item): None for item in listed} if isinstance(listed, list) else {}
