"""The messages that are judged: made from a seed and a number each, and kept in a folder outside the repository.

Half are plain text of 200 to 1,500 code points, half HTML of 1 to 30 KB as mail tools write it, in sixteen languages;
15 % hold a violation, 4 % an attachment. A number decides alone: a smaller corpus is the beginning of a larger one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import msgspec

from benchmarks.accuracy.__main__ import FOLDER as ACCURACY
from benchmarks.speed import files, markup, texts

FULL = 20_000
QUICK = 640
SEED = 6
# Of 25 rounds through classes and languages one has attachments; of 20 three have violations.
_ATTACHED = (25, frozenset({7}))
_VIOLATING = (20, frozenset({3, 9, 16}))
_ROUND = 2 * len(texts.LANGUAGES)
_PLAIN_SIZES = ((500, "plain, 200 to 500"), (1_000, "plain, 500 to 1,000"), (1_500, "plain, 1,000 to 1,500"))
_HTML_SIZES = ((3_000, "HTML, 1 to 3 KB"), (10_000, "HTML, 3 to 10 KB"), (30_000, "HTML, 10 to 30 KB"))
WITH_FILES = "with attachments"
SIZE_CLASSES = (*(name for _, name in _PLAIN_SIZES), *(name for _, name in _HTML_SIZES), WITH_FILES)


class Entry(msgspec.Struct, frozen=True):
    """One message: its record in JSON as a caller hands it in, and what it was made to be."""

    record: bytes
    language: str
    is_html: bool
    violates: bool
    has_files: bool
    size: int

    @property
    def kind(self) -> str:
        """`plain`, `html`, or `files`, where the attachment costs more than the message."""
        return "files" if self.has_files else "html" if self.is_html else "plain"

    @property
    def size_class(self) -> str:
        if self.has_files:
            return WITH_FILES
        sizes = _HTML_SIZES if self.is_html else _PLAIN_SIZES
        return next((name for most, name in sizes if self.size <= most), sizes[-1][1])

    def message(self) -> dict[str, Any]:
        """The record, decoded."""
        return dict(msgspec.json.decode(self.record))


class _Traits(NamedTuple):
    is_html: bool
    language: str
    violates: bool
    has_files: bool


def _traits(number: int) -> _Traits:
    round_, place = divmod(number, _ROUND)
    # Neighbouring languages have their turn in different rounds: a short corpus has all of it too.
    turn = round_ + place // 2
    (violating, violated), (attaching, attached) = _VIOLATING, _ATTACHED
    return _Traits(
        place % 2 == 1,
        texts.LANGUAGES[place // 2],
        turn % violating in violated,
        (turn + 3 * (place % 2)) % attaching in attached,
    )


def entry(number: int, seed: int = SEED) -> Entry:
    """Message `number`."""
    random = Random(f"{seed}:{number}")
    traits = _traits(number)
    order = f"{random.randint(300, 499)}-{random.randrange(10**7):07}-{random.randrange(10**7):07}"
    record: dict[str, Any] = {
        "id": f"{seed}-{number}",
        "kind": random.choice(("proactive", "reply")),
        "marketplace": texts.MARKETPLACES[traits.language],
        "language": traits.language,
        "order": {"id": order},
    }
    if traits.is_html:
        aim = int(1_600 * math.exp(random.random() * math.log(16.5)))
        record["html"] = markup.mail(random, traits.language, aim, order, violates=traits.violates)
        size = len(record["html"].encode())
    else:
        parts = texts.text(random, traits.language, random.randint(200, 1_450), 1_500, order, violates=traits.violates)
        record["text"] = "\n\n".join(parts)
        size = len(record["text"])
    if traits.has_files:
        name, kind, content = files.attachment(random, order)
        data = base64.b64encode(content).decode()
        record["attachments"] = [{"filename": name, "content_type": kind, "content": data, "purpose": "invoice"}]
    encoded = json.dumps(record, ensure_ascii=False).encode()
    return Entry(encoded, traits.language, traits.is_html, traits.violates, traits.has_files, size)


def cache_folder() -> Path:
    """Where what was made is kept: the folder in MSGPOLICY_BENCHMARKS, or one among the user's caches."""
    given = os.environ.get("MSGPOLICY_BENCHMARKS")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "msgpolicy-benchmarks"


def entries(count: int, seed: int = SEED, folder: Path | None = None) -> Iterator[Entry]:
    """The first `count` messages, one by one from a file that is made when it is first asked for."""
    folder = folder or cache_folder()
    path = folder / f"corpus-{seed}-{_recipe()}-{count}.jsonl"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        with unfinished.open("wb") as stream:
            for number in range(count):
                stream.write(msgspec.json.encode(entry(number, seed)) + b"\n")
        unfinished.replace(path)
    with path.open("rb") as stream:
        for line in stream:
            yield msgspec.json.decode(line, type=Entry)


def _recipe() -> str:
    """A digest of all that a corpus is made from."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    makers = [here / f"{name}.py" for name in ("corpus", "files", "markup", "texts")]
    for path in (*makers, *sorted((ACCURACY / "develop").rglob("*.jsonl"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
