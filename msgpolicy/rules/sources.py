"""The publications behind rules: by their key under `sources`, or written out where they are used."""

from __future__ import annotations

import msgspec

from msgpolicy.report import Policy
from msgpolicy.rules.located import Mapping, Node, Scalar, Sequence, plain
from msgpolicy.rules.merge import Merged
from msgpolicy.rules.model import SourceEntry
from msgpolicy.rules.problems import Problems
from msgpolicy.typed import build, nearest


class Sources:
    """Reads what stands under `source`."""

    def __init__(self, merged: Merged, problems: Problems) -> None:
        self._merged = merged
        self._problems = problems

    def policies(self, node: Node | None) -> tuple[Policy, ...]:
        """The publications that a `source` names; one that is unknown or not right is reported and left out."""
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        return tuple(policy for item in items if (policy := self._policy(item)) is not None)

    def _policy(self, node: Node) -> Policy | None:
        entry: Node | None = node
        if isinstance(node, Scalar):
            if not node.value:
                return None
            entry = self._merged.sources.get(node.value)
            if entry is None:
                if self._merged.complete:
                    hint = nearest(node.value, self._merged.sources)
                    self._problems.at(node, f"there is no source {node.value!r}", hint)
                return None
        if not isinstance(entry, Mapping):
            return None
        value, problems = build(SourceEntry, plain(entry), lax=True)
        self._problems.of(entry, problems)
        return Policy(**msgspec.structs.asdict(value)) if value else None
