"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
import regex

import msgpolicy
from msgpolicy.later import _Later, re_later, regex_later


def test_it_is_used_like_a_pattern() -> None:
    later = regex_later(r"(?<word>\p{L}++)", regex.IGNORECASE)
    compiled = regex.compile(r"(?<word>\p{L}++)", regex.IGNORECASE)
    assert later.findall("a bc 1") == compiled.findall("a bc 1") == ["a", "bc"]
    assert (later.pattern, later.flags, later.groupindex) == (compiled.pattern, compiled.flags, compiled.groupindex)
    assert later.sub("x", "ab 12") == "x 12"
    assert re_later("A", re.IGNORECASE).fullmatch("a")
    assert re_later(rb"\d+").findall(b"1 22") == [b"1", b"22"]


def test_it_is_compiled_once_and_only_when_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    real = regex.compile

    def count(pattern: str, flags: int) -> Any:
        compiled.append(pattern)
        return real(pattern, flags)

    monkeypatch.setattr(regex, "compile", count)
    later = regex_later("a+")
    assert later.pattern == "a+"
    assert compiled == []
    for _ in range(3):
        assert later.search("caat")
        assert later.match("aa")
    assert compiled == ["a+"]


def test_what_a_pattern_does_not_have_is_not_there() -> None:
    with pytest.raises(AttributeError):
        _ = regex_later("a").nothing


def of(value: object) -> Iterator[_Later]:
    if not issubclass(type(value), (_Later, tuple, list, dict)):
        return  # isinstance would ask the value, and Django's settings do not answer before they are there
    if isinstance(value, _Later):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from of(item)
    elif isinstance(value, dict):
        yield from of(list(value.values()))


def test_every_pattern_of_the_package_can_be_compiled() -> None:
    count = 0
    for module in pkgutil.walk_packages(msgpolicy.__path__, "msgpolicy."):
        if not module.name.endswith("__main__"):
            for later in of(list(vars(importlib.import_module(module.name)).values())):
                assert later._compiled.pattern == later.pattern
                count += 1
    assert count > 300
