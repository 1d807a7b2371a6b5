"""What others take for the same messages, block by block in turns with ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

import msgspec

from benchmarks.speed.corpus import Entry, entries
from benchmarks.speed.judging import seconds_of, warm
from benchmarks.speed.libraries import LIBRARIES, AbsentError, LibraryPeer
from benchmarks.speed.measuring import Ratio, blocks, ratio
from benchmarks.speed.scanners import Rspamd, SpamAssassin

_COUNT, _QUICK_COUNT = 1_920, 192
# A block has every language in both forms twice.
_BLOCK = 64
_KINDS = ("plain", "html")


class Peer(Protocol):
    """Someone who looks at messages too."""

    version: str

    def seconds(self, block: list[Entry]) -> float:
        """What some messages take, of the processor."""

    def close(self) -> None:
        """Ends it."""


_PEERS: Mapping[str, Callable[[], Peer]] = {
    **{name: partial(LibraryPeer, library) for name, library in LIBRARIES.items()},
    "SpamAssassin, spamd": SpamAssassin,
    "rspamd": Rspamd,
}


class Figures(msgspec.Struct, frozen=True):
    """For `plain` and `html`: milliseconds for a message, and how often ours that is."""

    version: str
    milliseconds: dict[str, float]
    ratio: dict[str, Ratio]


class Peers(msgspec.Struct, frozen=True):
    messages: int
    ours: dict[str, float]
    peers: dict[str, Figures]
    # Why a peer is missing.
    absent: dict[str, str]


def measure(*, quick: bool = False) -> Peers:
    present, absent = _start()
    _, ours, _ = warm()
    counted = dict.fromkeys(_KINDS, 0)
    spent: dict[str, list[float]] = defaultdict(list)
    theirs: dict[tuple[str, str], list[float]] = defaultdict(list)
    try:
        for block in blocks(entries(_QUICK_COUNT if quick else _COUNT), _BLOCK):
            for kind in _KINDS:
                chosen = [made for made in block if made.kind == kind]
                counted[kind] += len(chosen)
                spent[kind].append(sum(seconds_of(ours, made.record)[0] for made in chosen))
                for name, peer in present.items():
                    theirs[name, kind].append(peer.seconds(chosen))
    finally:
        for peer in present.values():
            peer.close()
    figures = {
        name: Figures(
            peer.version,
            {kind: _milliseconds(theirs[name, kind], counted[kind]) for kind in _KINDS},
            {kind: ratio(list(zip(theirs[name, kind], spent[kind], strict=True))) for kind in _KINDS},
        )
        for name, peer in present.items()
    }
    return Peers(
        sum(counted.values()), {kind: _milliseconds(spent[kind], counted[kind]) for kind in _KINDS}, figures, absent
    )


def _start() -> tuple[dict[str, Peer], dict[str, str]]:
    """Those who are here, warm, and why the others are not."""
    present: dict[str, Peer] = {}
    absent: dict[str, str] = {}
    some = [made for made in entries(_BLOCK) if made.kind in _KINDS]
    for name, start in _PEERS.items():
        try:
            peer = start()
        except AbsentError as error:
            absent[name] = str(error)
        else:
            peer.seconds(some)
            present[name] = peer
    return present, absent


def _milliseconds(seconds: list[float], count: int) -> float:
    return round(1000 * sum(seconds) / count, 3)


def lines(found: Peers) -> list[str]:
    """The table, in Markdown."""
    shown = ["| | plain text, ms | HTML, ms | plain text, as a multiple of ours | HTML |", "|---|---:|---:|---:|---:|"]
    shown.append(f"| msgpolicy | {found.ours['plain']:.2f} | {found.ours['html']:.2f} | 1 | 1 |")
    for name, item in found.peers.items():
        times = " | ".join(f"{item.milliseconds[kind]:.2f}" for kind in _KINDS)
        ratios = " | ".join(str(item.ratio[kind]) for kind in _KINDS)
        shown.append(f"| {name} ({item.version}) | {times} | {ratios} |")
    return [
        *shown,
        *(["", *(f"Not measured: {name}: {why}." for name, why in found.absent.items())] if found.absent else []),
    ]
