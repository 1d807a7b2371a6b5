"""The tree of a YAML text, built from PyYAML's events."""

from __future__ import annotations

from typing import Any

import yaml

from msgpolicy.rules.located import File, Limits, Mapping, Node, Report, Scalar, Sequence

MAX_DEPTH = 50
MAX_KEY = 200  # code points

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_QUOTE = "put a text that starts with {} in quotes"


class _Open:
    """A mapping or a list whose end has not come yet."""

    __slots__ = ("index", "items", "key", "keys", "list")

    def __init__(self, index: int, *, is_list: bool) -> None:
        self.index = index
        self.list: list[Node] | None = [] if is_list else None
        self.items: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}
        self.key: Scalar | None = None


class TreeBuilder:
    """Reads the text of a file into a tree; mistakes go to `report`."""

    def __init__(self, file: File, report: Report, limits: Limits) -> None:
        self.file = file
        self.report = report
        self.limits = limits
        self.stack: list[_Open] = []
        self.root: Node | None = None

    def problem(self, index: int, message: str, hint: str = "") -> None:
        self.report(self.file, index, message, hint)

    def build(self) -> Node | None:
        """The tree; None where a mistake ends the reading."""
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
