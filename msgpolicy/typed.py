"""Typed records: build one from plain data, or list everything that is wrong with the data.

msgspec stops at the first mistake; people who write records and rulesets want all of them at once, each with its place
and the nearest valid name. The fast path is msgspec's; only data that it refuses is walked again here.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec
from msgspec import inspect

T = TypeVar("T")

Path = tuple[str | int, ...]


# Longer names are no slips of a key, and comparing them costs.
MAX_NAME = 80
# Unknown keys of one record that get a hint; looking for the nearest name costs.
MAX_HINTS = 100


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong with a record: where (`path`), what (`message`), and how to mend it (`hint`, may be empty)."""

    path: Path
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = dotted(self.path) or "the record"
        return f"{place}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class FrozenDict(dict[str, Any]):
    """A dict that refuses changes; nested dicts and lists are frozen with it. Equal to a dict, and can be pickled."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> Any:
        raise TypeError("this mapping belongs to a frozen record and cannot be changed")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return (FrozenDict, (dict(self),))

    def __copy__(self) -> FrozenDict:
        return self

    def __deepcopy__(self, _memo: object) -> FrozenDict:
        return self


def freeze(value: Any) -> Any:
    """`value` with every dict replaced by a FrozenDict and every list by a tuple, at any depth."""
    if isinstance(value, FrozenDict):
        return value
    if isinstance(value, Mapping):
        return FrozenDict({key: freeze(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(item) for item in value)
    return value


def dotted(path: Path) -> str:
    """A path as people write it: `order.completed_at`, `attachments[2].size`."""
    out = ""
    for step in path:
        if isinstance(step, int):
            out += f"[{step}]"
        else:
            out += f".{step}" if out else step
    return out


def nearest(name: str, valid: Iterable[str]) -> str:
    """A hint that names the closest valid name, or lists the valid ones when none is close."""
    names = list(valid)
    if len(name) > MAX_NAME:
        return ""
    same = [other for other in names if other.lower() == name.lower()]
    close = same[:1] or difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if not close:
        folded = {other.lower(): other for other in reversed(names)}
        close = difflib.get_close_matches(name.lower(), list(folded), n=1, cutoff=0.6)
        close = [folded[close[0]]] if close else []
    if close:
        return f"did you mean {close[0]!r}?"
    if not names:
        return ""
    return "one of: " + ", ".join(names) if len(names) <= 12 else ""


def build(
    cls: type[T],
    data: Any,
    *,
    lax: bool = False,
    check: Callable[[T], Iterable[Problem]] | None = None,
) -> tuple[T | None, list[Problem]]:
    """A `cls` made of plain `data`, and an empty list; or None, and every problem found.

    `lax` reads numbers and booleans from strings (YAML scalars stay as they are written). `check` adds problems that
    concern several fields, or that the types cannot tell.
    """
    try:
        value = msgspec.convert(data, cls, strict=not lax)
    except (msgspec.ValidationError, RecursionError) as error:
        kind: Any = cls
        problems = list(_diagnose(_type_info(kind), kind, data, (), lax))
        return None, problems or [Problem((), str(error))]
    problems = list(check(value)) if check else []
    return (None if problems else value), problems


# Looking a type up costs far more than checking a value against it.
@cache
def _type_info(kind: Any) -> inspect.Type:
    return inspect.type_info(kind)


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=True)


def _diagnose(info: inspect.Type, tp: Any, data: Any, path: Path, lax: bool) -> Iterator[Problem]:
    if len(path) > 64:
        yield Problem(path[:8], "is nested too deeply")
        return
    about = ""
    if isinstance(info, inspect.Metadata):
        about = str((info.extra_json_schema or {}).get("description", ""))
        info = info.type
    if isinstance(info, inspect.StructType) and isinstance(data, Mapping):
        yield from _diagnose_struct(info, data, path, lax)
    elif isinstance(info, inspect.UnionType):
        yield from _diagnose_union(info, tp, data, path, lax)
    elif isinstance(info, inspect.VarTupleType | inspect.ListType) and isinstance(data, list | tuple):
        item_type = get_args(_plain(tp))[0]
        for index, item in enumerate(data):
            yield from _diagnose(info.item_type, item_type, item, (*path, index), lax)
    elif isinstance(info, inspect.DictType) and isinstance(data, Mapping):
        value_type = get_args(_plain(tp))[1]
        for key, item in data.items():
            yield from _diagnose(info.value_type, value_type, item, (*path, str(key)), lax)
    else:
        yield from _diagnose_leaf(info, tp, data, path, lax, about)


def _diagnose_struct(info: inspect.StructType, data: Mapping[Any, Any], path: Path, lax: bool) -> Iterator[Problem]:
    hints = _hints(info.cls)
    fields = {field.encode_name: field for field in info.fields}
    sound = dict(data)
    unknown = 0
    for key in data:
        if key not in fields and info.forbid_unknown_fields:
            sound.pop(key)
            unknown += 1
            yield Problem((*path, str(key)), "unknown key", nearest(str(key), fields) if unknown <= MAX_HINTS else "")
    for name, field in fields.items():
        if name in data:
            for problem in _diagnose(field.type, hints[field.name], data[name], (*path, name), lax):
                sound.pop(name, None)
                yield problem
        elif field.required:
            yield Problem(path, f"the key {name!r} is missing")
    # What __post_init__ finds in the fields that are right by themselves; about the whole only if all of them are.
    whole = len(sound) == len(data)
    yield from (p for p in _diagnose_whole(info.cls, sound, path, lax) if whole or p.path != path)


def _diagnose_whole(cls: type, data: Mapping[Any, Any], path: Path, lax: bool) -> Iterator[Problem]:
    try:
        msgspec.convert(data, cls, strict=not lax)
    except msgspec.ValidationError as error:
        cause = error.__cause__
        if isinstance(cause, RecordError):
            for problem in cause.problems:
                yield Problem((*path, *problem.path), problem.message, problem.hint)


def _diagnose_union(info: inspect.UnionType, tp: Any, data: Any, path: Path, lax: bool) -> Iterator[Problem]:
    if data is None and any(isinstance(option, inspect.NoneType) for option in info.types):
        return
    options = [arg for arg in get_args(_plain(tp)) if arg is not type(None)]
    best: list[Problem] | None = None
    for option in options:
        found = list(_diagnose(_type_info(option), option, data, path, lax))
        if not found:
            return
        # The option that accepts the value's outer shape explains it best: its problems lie deepest.
        if best is None or max(len(p.path) for p in found) > max(len(p.path) for p in best):
            best = found
    if best is None:
        return
    if len(options) > 1 and all(problem.path == path for problem in best):
        best = list(_diagnose_leaf(info, tp, data, path, lax))
    yield from best


def _diagnose_leaf(info: inspect.Type, tp: Any, data: Any, path: Path, lax: bool, about: str = "") -> Iterator[Problem]:
    try:
        msgspec.convert(data, tp, strict=not lax)
    except (msgspec.ValidationError, RecursionError) as error:
        yield Problem(path, *_explain_leaf(info, data, str(error), about))


def _explain_leaf(info: inspect.Type, data: Any, text: str, about: str) -> tuple[str, str]:
    if isinstance(info, inspect.LiteralType) and isinstance(data, str):
        return f"{data!r} is not a known value", _nearest_or(about, data, [str(value) for value in info.values])
    if isinstance(info, inspect.StrType) and isinstance(data, str) and about:
        return f"{data!r} is not valid", about
    if isinstance(info, inspect.DateTimeType) and "timezone" in text:
        return f"{str(data)!r} has no offset from UTC", "write 2026-11-01T10:00:00+01:00, or Z for UTC"
    if isinstance(info, inspect.DateTimeType) and isinstance(data, str):
        return f"{data!r} is not an RFC 3339 time", "write 2026-11-01T10:00:00+01:00, or Z for UTC"
    if isinstance(info, inspect.BytesType):
        return "is not base64", "encode the content with standard base64, with no line breaks"
    return text[:1].lower() + text[1:].replace("`", "").split(" - at $")[0], ""


def _nearest_or(about: str, name: str, valid: list[str]) -> str:
    """The nearest valid name, else what the field is about, else all names."""
    hint = nearest(name, valid)
    return hint if hint.startswith("did you mean") else about or hint


def _plain(tp: Any) -> Any:
    """The type inside Annotated[...]."""
    return get_args(tp)[0] if hasattr(tp, "__metadata__") else tp


class RecordError(ValueError):
    """A record that cannot be used. `problems` lists every reason, each with its path and how to mend it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.problems,))


def as_plain(value: Any) -> Any:
    """Plain JSON-ready data: structs become dicts without their absent (None) fields; everything else stays."""
    if isinstance(value, msgspec.Struct):
        return {
            encoded: as_plain(item)
            for encoded, name in zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
            if (item := getattr(value, name)) is not None
        }
    if isinstance(value, tuple | list):
        return [as_plain(item) for item in value]
    return value
