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
import yaml

from msgpolicy.cache import kept
from msgpolicy.later import re_later
from msgpolicy.typed import Path

MAX_BYTES = 2_000_000
MAX_NODES = 200_000
MAX_DEPTH = 50
MAX_KEY = 200  # code points

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_NOT_TEXT = re_later(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re_later(r"\r\n|\n|\r")
_QUOTE = "put a text that starts with {} in quotes"


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
    file, sound = _decode(path, data, report, limits)
    return file, _Builder(file, report, limits).build() if sound else None


class _Built(msgspec.Struct, frozen=True, array_like=True):
    """What a text was read to: its tree, and the mistakes in it with their places."""

    root: Node | None
    mistakes: list[tuple[int, str, str]]


def read_kept(path: str, data: bytes, report: Report) -> tuple[File, Node | None]:
    """Like `read`, from the cache where the same bytes were read before."""
    file, sound = _decode(path, data, report, _LIMITS)
    if not sound:
        return file, None

    def build() -> _Built:
        mistakes: list[tuple[int, str, str]] = []
        builder = _Builder(file, lambda _, *mistake: mistakes.append(mistake), _LIMITS)
        return _Built(builder.build(), mistakes)

    built = kept("yaml", file.sha256, _Built, build, lambda built: built.root is None or _is_tree(built.root), file)
    for mistake in built.mistakes:
        report(file, *mistake)
    return file, built.root


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


class _Open:
    """A mapping or a list whose end has not come yet."""

    __slots__ = ("index", "items", "key", "keys", "list")

    def __init__(self, index: int, *, is_list: bool) -> None:
        self.index = index
        self.list: list[Node] | None = [] if is_list else None
        self.items: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}
        self.key: Scalar | None = None


class _Builder:
    def __init__(self, file: File, report: Report, limits: Limits) -> None:
        self.file = file
        self.report = report
        self.limits = limits
        self.stack: list[_Open] = []
        self.root: Node | None = None

    def problem(self, index: int, message: str, hint: str = "") -> None:
        self.report(self.file, index, message, hint)

    def build(self) -> Node | None:
        loader = _Loader(self.file.text)
        try:
            if not self._read(loader):
                return None
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
            return None
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # what PyYAML raises without a place
            self.problem(0, f"the file is not YAML: {str(error).splitlines()[0]}")
            return None
        finally:
            loader.dispose()
        if self.root is None:
            self.problem(0, "the file is empty")
        return self.root

    def _read(self, loader: Any) -> bool:
        """Takes every event; False where reading had to stop."""
        nodes = documents = 0
        while (event := loader.get_event()) is not None:
            kind = type(event)
            if kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.problem(event.start_mark.index, "a second document starts here", "one document per file")
                    return False
                continue
            if kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
                self._close()
                continue
            if not issubclass(kind, yaml.NodeEvent):
                continue
            nodes += 1
            index = event.start_mark.index
            if nodes > self.limits.nodes:
                self.problem(index, f"the file holds more than {self.limits.nodes:,} values", self.limits.hint)
                return False
            if event.anchor is not None or (kind is not yaml.AliasEvent and event.tag is not None):
                self._refuse(event, index)
            if kind is yaml.ScalarEvent:
                unquoted = not event.style
                nothing = unquoted and event.value in _NOTHING
                self._place(Scalar(None if nothing else event.value, self.file, index, unquoted))
            elif kind is yaml.AliasEvent:
                self._place(Scalar(None, self.file, index))
            elif len(self.stack) >= MAX_DEPTH:
                self.problem(index, f"is nested deeper than {MAX_DEPTH} levels")
                return False
            else:
                self.stack.append(_Open(index, is_list=kind is yaml.SequenceStartEvent))
        return True

    def _close(self) -> None:
        done = self.stack.pop()
        if done.list is not None:
            self._place(Sequence(tuple(done.list), self.file, done.index))
        else:
            self._place(Mapping(done.items, done.keys, self.file, done.index))

    def _place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if top.list is not None:
            top.list.append(node)
        elif top.key is None:
            top.key = self._key(node)
        else:
            key, top.key = top.key, None
            name = key.value
            if name is None:  # a key that was refused
                return
            if name in top.keys:
                line, column = self.file.place(top.keys[name].index)
                self.problem(key.index, f"the key {name!r} stands here twice", f"first at {line}:{column}")
                return
            top.items[name] = node
            top.keys[name] = key

    def _key(self, node: Node) -> Scalar:
        """The key, or one without a value when it is refused."""
        if not isinstance(node, Scalar) or node.value is None:
            self.problem(node.index, "a key has to be a text")
        elif node.value == "<<" and node.plain:
            self.problem(node.index, "merge keys are not used here", "write the values out, or use extends")
        elif len(node.value) > MAX_KEY:
            self.problem(node.index, f"the key is longer than {MAX_KEY} characters")
        else:
            return node
        return Scalar(None, self.file, node.index)

    def _refuse(self, event: Any, index: int) -> None:
        if type(event) is yaml.AliasEvent:
            self.problem(index, "aliases are not used here", _QUOTE.format("*"))
        elif event.anchor is not None:
            self.problem(index, "anchors are not used here", _QUOTE.format("&"))
        else:
            self.problem(index, "tags are not used here", _QUOTE.format("!"))

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark: Any = error.problem_mark or error.context_mark
        index = min(mark.index if mark else 0, len(self.file.text))
        message = error.problem or "this is not YAML"
        if error.context:
            message += f", {error.context}"
        self.problem(index, message, self._hint(message, self.file.text[index : index + 1]))

    def _hint(self, message: str, character: str) -> str:
        if "cannot start any token" in message:
            return "indent with spaces" if character == "\t" else _QUOTE.format(character)
        if "mapping values are not allowed" in message:
            return "put a text that holds ': ' in quotes, and check the indentation"
        if "quoted scalar" in message:
            return "a quote is not closed"
        return ""


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every node of a tree with its path, the tree itself first."""
    yield path, node
    children: AnyMapping[Any, Node] | dict[int, Node]
    if isinstance(node, Scalar):
        return
    children = node.items if isinstance(node, Mapping) else dict(enumerate(node.items))
    for step, child in children.items():
        yield from walk(child, (*path, step))
