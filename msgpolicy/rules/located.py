"""YAML with the place of every value, read from the event stream: nothing is constructed, converted or looked up.

Scalars stay as written (`off`, `no`, `1.10` are text); only an empty plain scalar, `~` and `null` mean nothing.
What YAML allows and a ruleset does not need (anchors, aliases, merge keys, tags, several documents) is refused, and all
limits are counted, so that a file from a stranger costs no more than its size.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from collections.abc import Mapping as AnyMapping
from typing import Any, NamedTuple

import msgspec

from msgpolicy.cache import kept
from msgpolicy.later import re_later
from msgpolicy.typed import Path

MAX_BYTES = 2_000_000
MAX_NODES = 200_000

_NOT_TEXT = re_later(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re_later(r"\r\n|\n|\r")


class File:
    """A text file as read: its path as shown to people, its text, and where its lines start."""

    __slots__ = ("_starts", "path", "sha256", "text")

    def __init__(self, path: str, text: str, sha256: str = "") -> None:
        self.path = path
        self.text = text
        self.sha256 = sha256
        self._starts: list[int] | None = None

    def place(self, index: int) -> tuple[int, int]:
        """Line and column of a code point, both from 1; lines end with LF, CR LF or CR, as in editors."""
        starts = self._line_starts()
        line = bisect_right(starts, index)
        return line, index - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its end."""
        starts = self._line_starts()
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *(found.end() for found in _LINE_END.finditer(self.text))]
        return self._starts


Report = Callable[[File, int, str, str], None]
"""Takes a mistake: file, code-point index, message, hint (may be empty)."""


class Scalar(msgspec.Struct, frozen=True, gc=False, array_like=True, tag=0):
    """A text as written, or None for nothing. `plain`: written without quotes."""

    value: str | None
    file: File
    index: int
    plain: bool = True


class Sequence(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """A list of nodes."""

    items: tuple[Node, ...]
    file: File
    index: int


class Mapping(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """Nodes by key; `keys` holds the place of each key. Values may come from several files after a merge."""

    items: dict[str, Node]
    keys: dict[str, Scalar]
    file: File
    index: int

    def get(self, key: str) -> Node | None:
        return self.items.get(key)


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> Any:
    """The data of a node: dicts, lists, texts and None."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(item) for key, item in node.items.items()}


def setting_name(node: Node) -> Scalar | None:
    """The name in `{setting: name}`, or None for any other node."""
    if isinstance(node, Mapping) and node.items.keys() == {"setting"}:
        name = node.items["setting"]
        return name if isinstance(name, Scalar) else None
    return None


def find(node: Node, path: Path, *, on_key: bool = False) -> Scalar | Sequence | Mapping:
    """The node at a path, or the closest one above it; with `on_key` the key of the last step."""
    key: Scalar | None = None
    for step in path:
        inner: Node | None = None
        key = None
        if isinstance(node, Mapping):
            inner, key = node.items.get(str(step)), node.keys.get(str(step))
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            inner = node.items[step]
        if inner is None:
            return node
        node = inner
    return key if on_key and key is not None else node


class Limits(NamedTuple):
    """How large a file may be, and how many values it may hold; `hint` says what to do with a larger one."""

    bytes: int = MAX_BYTES
    nodes: int = MAX_NODES
    hint: str = "split it, and name the parts under extends"


_LIMITS = Limits()


def read(path: str, data: bytes, report: Report, limits: Limits = _LIMITS) -> tuple[File, Node | None]:
    """The file, and the tree of its YAML; None where a mistake ends the reading. Mistakes go to `report`."""
    from msgpolicy.rules.yaml_tree import TreeBuilder  # it loads PyYAML, which nobody needs who reads from the cache

    file, sound = _decode(path, data, report, limits)
    return file, TreeBuilder(file, report, limits).build() if sound else None


class _Built(msgspec.Struct, frozen=True, array_like=True):
    """What a text was read to; `sound`: without mistakes."""

    root: Node | None
    sound: bool

    def fits(self) -> bool:
        """Whether it can be read from the cache: mistakes are not in it."""
        return self.sound and self.root is not None and _is_tree(self.root)


def read_kept(path: str, data: bytes, report: Report) -> tuple[File, Node | None]:
    """Like `read`, from the cache where the same bytes were read before."""
    sha256 = hashlib.sha256(data).hexdigest()
    file = File(path, data[:MAX_BYTES].decode("utf-8", errors="replace").removeprefix("\ufeff"), sha256)

    def build() -> _Built:
        nonlocal file
        mistakes = 0

        def tell(file: File, index: int, message: str, hint: str) -> None:
            nonlocal mistakes
            mistakes += 1
            report(file, index, message, hint)

        file, root = read(path, data, tell)
        return _Built(root, not mistakes)

    root = kept("yaml", sha256, _Built, build, _Built.fits, file).root
    return file, root


def _is_tree(node: Node) -> bool:
    """Whether each key of a tree has a place."""
    if isinstance(node, Scalar):
        return True
    if isinstance(node, Sequence):
        return all(map(_is_tree, node.items))
    return node.items.keys() == node.keys.keys() and all(map(_is_tree, node.items.values()))


def _decode(path: str, data: bytes, report: Report, limits: Limits) -> tuple[File, bool]:
    sha256 = hashlib.sha256(data).hexdigest()
    if len(data) > limits.bytes:
        file = File(path, "", sha256)
        report(file, 0, f"the file is larger than {limits.bytes:,} bytes", limits.hint)
        return file, False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        file = File(path, data.decode("utf-8", errors="replace"), sha256)
        index = len(data[: error.start].decode("utf-8"))
        report(file, index, f"byte {error.start} is not UTF-8", "save the file as UTF-8")
        return file, False
    file = File(path, text.removeprefix("\ufeff"), sha256)
    bad = _NOT_TEXT.search(file.text)
    if bad:
        report(file, bad.start(), f"the control character U+{ord(bad[0]):04X} cannot stand in YAML", "remove it")
    return file, bad is None


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every node of a tree with its path, the tree itself first."""
    yield path, node
    children: AnyMapping[Any, Node] | dict[int, Node]
    if isinstance(node, Scalar):
        return
    children = node.items if isinstance(node, Mapping) else dict(enumerate(node.items))
    for step, child in children.items():
        yield from walk(child, (*path, step))
