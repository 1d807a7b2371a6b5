"""Records cut into shards, by counts alone: the same archive gives the same shards, whoever reads it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from msgpolicy.audit.archives.raw import Raw, as_batch
from msgpolicy.audit.archives.reading import Reader
from msgpolicy.audit.tables import SAMPLE

# A shard is full with so many records, or bytes of them.
SHARD_RECORDS = 500
SHARD_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Shard:
    """Records that are judged together, the `index`-th of the archive; `sample`: how many passed ones are shown."""

    index: int
    records: pa.RecordBatch
    sample: int


def shards(records: Iterator[Raw] | Reader) -> Iterator[Shard]:
    """The records cut into shards, in their order."""
    held: list[Raw] = []
    size = index = 0
    for raw in records:
        held.append(raw)
        size += len(raw.data)
        if len(held) == SHARD_RECORDS or size >= SHARD_BYTES:
            yield Shard(index, as_batch(held), sample_of(index))
            held, size, index = [], 0, index + 1
    if held:
        yield Shard(index, as_batch(held), sample_of(index))


def sample_of(index: int) -> int:
    """How many of a shard's passed messages may be among the SAMPLE of all, when at least `index` shards come before.

    Its share, and four times what chance adds to it.
    """
    share = SAMPLE / (index + 1)
    return min(SAMPLE, math.ceil(share + 4 * math.sqrt(share)) + 4)
