"""The parts of the benchmark, by name, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from benchmarks import startup
from benchmarks.audit import cost as audit_cost
from benchmarks.audit import memory as audit_memory
from benchmarks.speed import growth, memory, peers, processes, speed, threads


class Kind(NamedTuple):
    """What measures a part, the type of what it finds, and what tells that in Markdown."""

    measure: Callable[..., Any]
    found: type[msgspec.Struct]
    lines: Callable[[Any], list[str]]

    def read(self, plain: Mapping[str, Any]) -> Any:
        """What was found, from plain data.

        Raises:
            msgspec.ValidationError: it is not that of this part.
        """
        return msgspec.convert(plain, self.found, str_keys=True)


PARTS: Mapping[str, Kind] = {
    "speed": Kind(speed.measure, speed.Speed, speed.lines),
    "peers": Kind(peers.measure, peers.Peers, peers.lines),
    "startup": Kind(startup.measure, startup.Startup, startup.lines),
    "growth": Kind(growth.measure, growth.Growth, growth.lines),
    "memory": Kind(memory.measure, memory.Memory, memory.lines),
    "processes": Kind(processes.measure, processes.Processes, processes.lines),
    "threads": Kind(threads.measure, threads.Threads, threads.lines),
    "audit": Kind(audit_cost.measure, audit_cost.Audits, audit_cost.lines),
    "audit-memory": Kind(audit_memory.measure, audit_memory.Sizes, audit_memory.lines),
}
