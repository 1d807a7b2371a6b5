"""A rule's options: found to be what its check takes, and what they name found to exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from msgpolicy.checks.base import CheckSpec, known_checks, load_check
from msgpolicy.rules.changes import changed, is_change
from msgpolicy.rules.lexicons import Vocabulary
from msgpolicy.rules.located import File, Node, Scalar, Sequence, find
from msgpolicy.rules.located import Mapping as MappingNode
from msgpolicy.rules.patterns import pattern_mistake
from msgpolicy.rules.problems import Problems
from msgpolicy.rules.settings import Value, is_open, with_values
from msgpolicy.rules.when import read_condition
from msgpolicy.typed import Path, build, nearest

_KINDS = {"concept": "concept", "list": "list"}


def find_check(node: Scalar, problems: Problems) -> CheckSpec | None:
    """The check that a rule names; when there is none, or it cannot be imported, that is reported."""
    name = node.value or ""
    try:
        spec = load_check(name)
        _type_of(spec.params)
    except LookupError as error:
        known = known_checks()
        problems.at(node, f"there is no check {name!r}" if name not in known else str(error), nearest(name, known))
    except ImportError as error:
        problems.at(node, f"the check {name!r} cannot be imported: {error}")
    except TypeError as error:  # msgspec's, for a type that it cannot read
        problems.at(node, f"the options of the check {name!r} cannot be read: {error}")
    else:
        return spec
    return None


class Options(NamedTuple):
    """Options as a check takes them, as far as they can be read. `sound`: there is no mistake in them."""

    params: msgspec.Struct | None
    sound: bool


def read_params(
    spec: CheckSpec,
    given: Node | None,
    rule: Node,
    values: Mapping[str, Value],
    vocabulary: Vocabulary,
    problems: Problems,
) -> Options:
    """The options under `with`; every mistake in them is reported, at `rule` when there is no `with`."""
    options = _without_defaults(spec, given, problems) if isinstance(given, MappingNode) else None
    place: Node = options or given or rule
    data = with_values(options, values) if options else {}
    before = len(problems)
    params, found = build(spec.params, data, lax=True)
    problems.of(place, (problem for problem in found if not is_open(find(place, problem.path), values)))
    for kind, value, path in _named(_type_of(spec.params), data, ()):
        _check_name(kind, value, place, path, values, vocabulary, problems)
    sound = not found and len(problems) == before
    unknown = {problem.path[0] for problem in found if problem.message == "unknown key" and len(problem.path) == 1}
    if unknown:
        params, _ = build(spec.params, {key: item for key, item in data.items() if key not in unknown}, lax=True)
    return Options(params, sound)


def _check_name(
    kind: str,
    value: Any,
    place: Node,
    path: Path,
    values: Mapping[str, Value],
    vocabulary: Vocabulary,
    problems: Problems,
) -> None:
    if kind == "condition":
        if value is not None:
            read_condition(value, place, values, problems, path)
    elif not isinstance(value, str):
        return  # its type is wrong, and reported
    elif kind == "pattern":
        mistake = pattern_mistake(value)
        if mistake:
            problems.at_path(place, path, *mistake)
    elif kind in _KINDS:
        hint = vocabulary.use(kind, value)
        if hint is not None:
            problems.at_path(place, path, f"there is no {kind} {value!r}", hint)


def named_in(params: msgspec.Struct) -> set[tuple[str, str]]:
    """What options name: `("concept", name)`, `("list", name)`."""
    data = msgspec.json.decode(msgspec.json.encode(params, enc_hook=str))  # lists, where to_builtins keeps tuples
    found = _named(_type_of(type(params)), data, ())
    return {(kind, value) for kind, value, _ in found if kind in _KINDS and isinstance(value, str)}


def _named(info: inspect.Type, value: Any, path: Path) -> Iterator[tuple[str, Any, Path]]:
    """Every value that names something, with the kind of what it names, as the annotations of the options say."""
    if isinstance(info, inspect.Metadata):
        kind = (info.extra or {}).get("names")
        if kind:
            yield str(kind), value, path
        else:
            yield from _named(info.type, value, path)
    elif isinstance(info, inspect.UnionType):
        for option in info.types:
            if _fits(option, value):
                yield from _named(option, value, path)
                return
    elif isinstance(info, inspect.StructType) and isinstance(value, dict):
        for field in info.fields:
            if field.encode_name in value:
                yield from _named(field.type, value[field.encode_name], (*path, field.encode_name))
    elif isinstance(info, inspect.VarTupleType | inspect.ListType | inspect.SetType | inspect.FrozenSetType):
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from _named(info.item_type, item, (*path, index))
    elif isinstance(info, inspect.DictType) and isinstance(value, dict):
        for key, item in value.items():
            yield from _named(info.key_type, key, (*path, key))
            yield from _named(info.value_type, item, (*path, key))


def _fits(info: inspect.Type, value: Any) -> bool:
    """Whether a value has the outer shape of a type."""
    if isinstance(info, inspect.Metadata):
        return _fits(info.type, value)
    if isinstance(value, dict):
        return isinstance(info, inspect.StructType | inspect.DictType | inspect.AnyType)
    if isinstance(value, list):
        return isinstance(info, inspect.CollectionType | inspect.AnyType)
    return not isinstance(info, inspect.StructType | inspect.DictType | inspect.CollectionType | inspect.NoneType)


def _without_defaults(spec: CheckSpec, given: MappingNode, problems: Problems) -> MappingNode:
    """`with`, in which a change to a list that is a default of the check is that list changed."""
    changes = {name: node for name, node in given.items.items() if isinstance(node, MappingNode) and is_change(node)}
    if not changes:
        return given
    defaults = {field.encode_name: field.default for field in msgspec.structs.fields(spec.params)}
    items = dict(given.items)
    for name, node in changes.items():
        if isinstance(defaults.get(name), tuple):
            listed = tuple(Scalar(str(item), _NOWHERE, 0) for item in defaults[name])
            items[name] = changed(Sequence(listed, node.file, node.index), node, problems)
    return MappingNode(items, given.keys, given.file, given.index)


_NOWHERE = File("a default of the check", "")


@lru_cache(maxsize=256)
def _type_of(cls: type) -> inspect.Type:
    return inspect.type_info(cls)
