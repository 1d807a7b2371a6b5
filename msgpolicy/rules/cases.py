"""The examples of a rule, read into whole records, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from msgpolicy.message import Message
from msgpolicy.rules.dates import parse_instant
from msgpolicy.rules.located import Mapping as MappingNode
from msgpolicy.rules.located import Node, Scalar, Sequence, plain
from msgpolicy.rules.problems import Problems
from msgpolicy.rules.ruleset import Case, Covers
from msgpolicy.rules.settings import Setting, SettingValueError, Value, read_value
from msgpolicy.typed import FrozenDict, build, freeze, nearest

Expect = Literal["fail", "pass", "unknown"]
_EXPECT: tuple[Expect, ...] = get_args(Expect)

# What a text alone is taken for; `example_context` and whole records say otherwise.
_USUAL = {"kind": "proactive", "sent_at": "2026-11-01T10:00:00Z"}


def usual_fields(covers: Covers | None) -> dict[str, str]:
    """What an example has that says nothing of direction and channel: the first that the ruleset covers."""
    usual = {}
    if covers and covers.directions and "seller_to_buyer" not in covers.directions:
        usual["direction"] = covers.directions[0]
    if covers and covers.channels and "email" not in covers.channels:
        usual["channel"] = covers.channels[0]
    return usual


def read_cases(
    rule: MappingNode, settings: Mapping[str, Setting | None], usual: Mapping[str, str], problems: Problems
) -> tuple[Case, ...]:
    """The examples of a merged rule; what is wrong with one is reported, and it is left out.

    `settings` has None for a setting whose definition is wrong; `usual` are fields of every example that lacks them.
    """
    listed = rule.get("examples")
    context = rule.get("example_context")
    reader = _Reader(context if isinstance(context, MappingNode) else None, settings, usual, problems)
    items = listed.items if isinstance(listed, Sequence) else ()
    return tuple(case for item in items if isinstance(item, MappingNode) and (case := reader.case(item)) is not None)


class _Reader:
    def __init__(
        self,
        context: MappingNode | None,
        settings: Mapping[str, Setting | None],
        usual: Mapping[str, str],
        problems: Problems,
    ) -> None:
        self.context = context
        self.settings = settings
        self.usual = usual
        self.problems = problems

    def case(self, node: MappingNode) -> Case | None:
        kinds = [kind for kind in _EXPECT if kind in node.items]
        if len(kinds) != 1:
            self.problems.at(node, "an example has one of fail, pass and unknown")
            return None
        expect = kinds[0]
        body = node.items[expect]
        before = len(self.problems)
        several = body.get("records") if isinstance(body, MappingNode) else None
        others, record = self.records(body, several) if several is not None else (None, self.record(body))
        at = self.wanted(node, expect, record or {})
        as_of, settings, template = None, FrozenDict(), False
        if isinstance(body, MappingNode):
            as_of, settings = self.as_of(body.get("as_of")), self.changed(body.get("settings"))
            flag = body.get("template")
            template = isinstance(flag, Scalar) and str(flag.value).lower() == "true"
        if record is None or len(self.problems) > before:
            return None
        line, _ = node.file.place(node.index)
        note = node.get("note")
        return Case(
            expect=expect,
            record=freeze(record),
            place=f"{node.file.path}:{line}",
            others=None if others is None else freeze(others),
            at=at,
            as_of=as_of,
            settings=settings,
            template=template,
            note=note.value if isinstance(note, Scalar) else None,
        )

    def records(self, body: Node, listed: Node) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
        """The records of an archive: those around, and the last one, which the example is about."""
        if isinstance(body, MappingNode) and body.items.keys() & {"record", "text", "template"}:
            self.problems.at(body, "records stand alone", "no record, text or template beside them")
        shared = self.context.items if self.context is not None else {}
        found: list[dict[str, Any]] = []
        if not isinstance(listed, Sequence) or not listed.items:
            self.problems.at(listed, "an archive has at least one message", "records: [{…}, {…}]")
        for item in listed.items if isinstance(listed, Sequence) else ():
            if not isinstance(item, MappingNode):
                return [], None  # the shape is wrong, and reported
            record = self.message(MappingNode({**shared, **item.items}, item.keys, item.file, item.index))
            if record is None:
                return [], None
            found.append(record)
        return found[:-1], found[-1] if found else None

    def record(self, body: Node) -> dict[str, Any] | None:
        text = body
        if isinstance(body, MappingNode):
            whole, given = body.get("record"), body.get("text")
            if (whole is None) == (given is None):
                self.problems.at(
                    body, "an example has either a text or a record", "records: […], for a rule across messages"
                )
                return None
            if isinstance(whole, MappingNode):
                return self.message(whole)
            text = given or body
        if not isinstance(text, Scalar) or text.value is None:
            return None  # the shape is wrong, and reported
        items: dict[str, Node] = {key: Scalar(value, body.file, body.index) for key, value in _USUAL.items()}
        if self.context is not None:
            items |= self.context.items
        items["text"] = text
        return self.message(MappingNode(items, {}, body.file, body.index))

    def message(self, node: MappingNode) -> dict[str, Any] | None:
        """The record as a message would write it, numbers and truth values read from the texts of YAML."""
        data = {**self.usual, **{key: value for key, value in plain(node).items() if value is not None}}
        message, found = build(Message, data, lax=True)
        self.problems.of(node, found)
        return message.to_dict() if message else None

    def wanted(self, node: MappingNode, expect: Expect, record: dict[str, Any]) -> tuple[str, ...]:
        place = node.get("at")
        if place is None:
            return ()
        if expect != "fail":
            self.problems.at(place, "only what fails is found at a place")
        texts = [
            item for item in (place.items if isinstance(place, Sequence) else (place,)) if isinstance(item, Scalar)
        ]
        inside = [record[part] for part in ("subject", "text", "html") if part in record]
        for text in texts:
            # What an attachment holds is not known here.
            if record and "attachments" not in record and not any(str(text.value) in part for part in inside):
                self.problems.at(text, "this is not in the example", "copy it with the same case and spaces")
        return tuple(str(text.value) for text in texts)

    def as_of(self, node: Node | None) -> Any:
        if not isinstance(node, Scalar) or node.value is None:
            return None
        try:
            return parse_instant(node.value)
        except ValueError as error:
            self.problems.at(node, str(error))
            return None

    def changed(self, node: Node | None) -> FrozenDict:
        values: dict[str, Value] = {}
        if isinstance(node, MappingNode):
            for name, item in node.items.items():
                setting = self.settings.get(name)
                if name not in self.settings:
                    self.problems.at(node.keys[name], f"there is no setting {name!r}", nearest(name, self.settings))
                if setting is None:
                    continue
                try:
                    values[name] = read_value(setting, plain(item))
                except SettingValueError as mistake:
                    self.problems.at(item, f"setting {name!r}: {mistake.message}", mistake.hint)
        return FrozenDict(values)
