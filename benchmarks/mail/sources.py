"""Where mails come from: folders, mboxes and Maildirs that are named, Python's own tests, and those that are made."""

from __future__ import annotations

import importlib.util
import mailbox
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.mail.envelopes import KINDS
from benchmarks.mail.mutations import mutated

_MAIL_SUFFIXES = frozenset({".eml", ".msg", ".txt", ""})
# Of the mails that are made, one in so many is left as it is.
_WHOLE_OF = 3


class Mail(NamedTuple):
    """One mail: what it is called, its kind, its bytes."""

    name: str
    kind: str
    data: bytes


def named(paths: Iterable[Path]) -> Iterator[Mail]:
    """The mails of files (one mail, or an mbox), Maildirs, and folders with everything below them."""
    for path in paths:
        if path.is_dir() and (path / "cur").is_dir():
            box = mailbox.Maildir(path, create=False)
            yield from (Mail(f"{path}:{key}", "given", box.get_bytes(key)) for key in sorted(box.keys()))
        elif path.is_dir():
            yield from named(sorted(path.iterdir()))
        elif path.is_file():
            yield from _in_file(path)


def _in_file(path: Path) -> Iterator[Mail]:
    with path.open("rb") as stream:
        is_mbox = path.suffix == ".mbox" or stream.read(5) == b"From "
    if is_mbox:
        box = mailbox.mbox(path, create=False)
        yield from (Mail(f"{path}:{key}", "given", box.get_bytes(key)) for key in box.iterkeys())
        box.close()
    elif path.suffix.lower() in _MAIL_SUFFIXES:
        yield Mail(str(path), "given", path.read_bytes())


def python_tests() -> list[Mail]:
    """The mails of the tests of Python's `email` package; empty where Python came without its tests."""
    try:
        found = importlib.util.find_spec("test.test_email")
    except ImportError:
        return []
    if found is None or found.origin is None:
        return []
    folder = Path(found.origin).parent / "data"
    return [Mail(path.name, "python", path.read_bytes()) for path in sorted(folder.glob("msg_*.txt"))]


def made(number: int, seed: int, stock: list[Mail]) -> Mail:
    """Mail `number` of a run: made, and mostly damaged; `stock` are mails that may be damaged too."""
    random = Random(f"{seed}:{number}")
    kind, data = _fresh(random)
    if stock and random.random() < 0.1:
        kind, data = random.choice(stock)[1:]
    elif number % _WHOLE_OF == 0:
        return Mail(f"{kind}-{number}", kind, data)
    return Mail(f"{kind}-{number}-damaged", f"{kind}, damaged", mutated(random, data, _small(random)))


def _fresh(random: Random) -> tuple[str, bytes]:
    kinds = list(KINDS)
    kind = random.choices(kinds, [KINDS[name][0] for name in kinds])[0]
    return kind, KINDS[kind][1](random)


def _small(random: Random) -> bytes:
    """A mail to take pieces from."""
    return KINDS[random.choice(("order", "plain-thread", "calendar", "phishing", "wrong-charset"))][1](random)
