"""Archives to audit: the corpus as it is, or any number of short messages, made by a seed and a number each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.speed import texts
from benchmarks.speed.corpus import entries

# Different texts that messages share, as shops write them; one in so many messages has a text of its own.
TEMPLATES = 400
_OWN = 10
_SIZE = 60  # code points of a text, or some more
_PER_ORDER = 4
_BEGIN = datetime(2024, 1, 1, 8, tzinfo=UTC)
_SUBJECTS = ("question", "answer", "invoice", "your order")
_ORDER = "305-0000000-0000000"


def corpus(count: int) -> Iterator[bytes]:
    """Records of the corpus of `benchmarks.speed`."""
    return (made.record for made in islice(entries(count), count))


def short(count: int) -> Iterator[bytes]:
    """Records of short plain messages, four to an order: a question, its answer, an invoice, something else."""
    for number in range(count):
        yield json.dumps(_record(number), ensure_ascii=False).encode()


def _record(number: int) -> dict[str, Any]:
    random = Random(f"audit:{number}")
    which, place = divmod(number, _PER_ORDER)
    order = f"305-{which * 7_919 % 10**7:07}-{which % 10**7:07}"
    template = random.randrange(TEMPLATES)
    if random.randrange(_OWN) == 0:
        text = _text(Random(f"own:{number}"), template, order)
    else:
        text = _template(template).replace(_ORDER, order)
    sent = _BEGIN + timedelta(minutes=which % 1_000_000, hours=5 * place)
    return {
        "id": f"m{number}",
        "thread_id": f"t{which}",
        "direction": "buyer_to_seller" if place == 0 else "seller_to_buyer",
        "kind": "reply" if place == 1 else "proactive",
        "marketplace": texts.MARKETPLACES[texts.LANGUAGES[template % len(texts.LANGUAGES)]],
        "sent_at": sent.isoformat(),
        "order": {"id": order},
        "buyer": {"id": f"b{which // 3}"},
        "subject": f"{order}: {_SUBJECTS[place]}",
        "text": text,
    }


@cache
def _template(template: int) -> str:
    return _text(Random(f"template:{template}"), template, _ORDER)


def _text(random: Random, template: int, order: str) -> str:
    language = texts.LANGUAGES[template % len(texts.LANGUAGES)]
    return "\n\n".join(texts.text(random, language, _SIZE, 4 * _SIZE, order, violates=template % 7 == 0))


def write(path: Path, records: Iterable[bytes]) -> Path:
    """Writes records as JSONL."""
    with path.open("wb") as stream:
        stream.writelines(record + b"\n" for record in records)
    return path
