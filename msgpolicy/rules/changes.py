"""How one tree lies over another: keys replace keys, lists take `add`, `remove` and `replace`.

Every value keeps its own place in its own file, so that a merged tree still says where each part comes from.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from msgpolicy.rules.located import Mapping, Node, Scalar, Sequence, plain
from msgpolicy.rules.problems import Problems
from msgpolicy.typed import nearest

CHANGES = frozenset({"add", "remove", "replace"})


def is_change(node: Node | None) -> bool:
    """Whether a node is a change to a list rather than a list."""
    return isinstance(node, Mapping) and bool(node.items) and node.items.keys() <= CHANGES


def overlay(base: Mapping, over: Mapping, problems: Problems, *, deep: Collection[str] = ()) -> Mapping:
    """`base` with the keys of `over`; mappings under the keys `deep` are joined key by key, others replaced."""
    items, keys = dict(base.items), dict(base.keys)
    for key, value in over.items.items():
        old = items.get(key)
        if key in deep and isinstance(old, Mapping) and isinstance(value, Mapping) and not is_change(value):
            items[key] = overlay(old, value, problems)
        else:
            items[key] = combine(old, value, problems)
        keys[key] = over.keys[key]
    return Mapping(items, keys, over.file, over.index)


def combine(base: Node | None, over: Node, problems: Problems) -> Node:
    """`over` in place of `base`, or, where it is a change to a list, `base` changed.

    A change that meets no list stays a change: the list may be a default that is not written out.
    """
    if not isinstance(over, Mapping) or not is_change(over):
        return over
    if isinstance(base, Sequence):
        return changed(base, over, problems)
    if isinstance(base, Mapping) and is_change(base):
        return _joined(base, over, problems)
    return over


def changed(base: Sequence, change: Mapping, problems: Problems) -> Sequence:
    """The list after a change; something to remove that is not in it is a mistake."""
    replace, add, remove = (_items(change, key) for key in ("replace", "add", "remove"))
    if "replace" in change.items:
        if add or remove:
            problems.at(change.keys["replace"], "replace stands alone", "put what is to be added in the new list")
        return Sequence(replace, change.file, change.index)
    kept = {_identity(item): item for item in base.items}
    for count, item in enumerate(remove):
        if kept.pop(_identity(item), None) is None:
            names = [node.value for node in list(kept.values())[:500] if isinstance(node, Scalar) and node.value]
            # Close names are for people, not for floods.
            hint = nearest(item.value, names) if isinstance(item, Scalar) and item.value and count < 20 else ""
            problems.at(item, "this is not in the list that it is removed from", hint)
    for item in add:
        if kept.setdefault(_identity(item), item) is not item:
            problems.note_idle(item, "this is in the list already", "it needs not be added")
    return Sequence(tuple(kept.values()), change.file, change.index)


def settled(node: Node | None, problems: Problems) -> Node | None:
    """A change whose list is nowhere written out, applied to an empty one; any other node as it is."""
    if isinstance(node, Mapping) and is_change(node):
        return changed(Sequence((), node.file, node.index), node, problems)
    return node


def _joined(first: Mapping, then: Mapping, problems: Problems) -> Node:
    """One change that does what two do in turn: first its removals, then its additions."""
    if "replace" in then.items:
        return changed(Sequence((), then.file, then.index), then, problems)
    if "replace" in first.items:
        return changed(changed(Sequence((), first.file, first.index), first, problems), then, problems)
    taken, given = _items(then, "remove"), _items(first, "add")
    gone, new = {_identity(item) for item in taken}, {_identity(item) for item in given}
    added = tuple(item for item in given if _identity(item) not in gone) + _items(then, "add")
    removed = _items(first, "remove") + tuple(item for item in taken if _identity(item) not in new)
    items: dict[str, Node] = {
        "remove": Sequence(removed, then.file, then.index),
        "add": Sequence(added, then.file, then.index),
    }
    return Mapping(items, {**first.keys, **then.keys}, then.file, then.index)


def _items(change: Mapping, key: str) -> tuple[Node, ...]:
    node = change.items.get(key)
    return node.items if isinstance(node, Sequence) else ()


def _identity(node: Node) -> object:
    """What makes two items of a list the same: their data."""
    return node.value if isinstance(node, Scalar) else msgspec.json.encode(plain(node))
