"""Checks are found by their name: own ones as modules, those of other packages by their entry point."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from msgpolicy.checks import base
from msgpolicy.checks.base import Hit, known_checks, load_check
from msgpolicy.facts.spans import Place


class OwnParams(base.Params, frozen=True, kw_only=True, forbid_unknown_fields=True):
    words: int = 3


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Modules of another package, by the names of their checks."""
    modules: dict[str, Any] = {}

    def entry_points(*, group: str, name: str | None = None) -> list[Any]:
        assert group == "msgpolicy.checks"
        return [
            SimpleNamespace(name=known, load=lambda known=known: modules[known])
            for known in modules
            if name in (None, known)
        ]

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
    load_check.cache_clear()
    yield modules
    load_check.cache_clear()


def module(**parts: Any) -> SimpleNamespace:
    whole = {"Params": OwnParams, "FILLS": {"found": "words"}, "check": lambda facts, params: iter(())}
    return SimpleNamespace(**{**whole, "__doc__": "Counts words.\n", **parts})


def test_every_module_is_a_check_with_a_page() -> None:
    names = known_checks()
    assert names == sorted(names)
    assert {"link", "contact-data", "attachment-size", "qr-code"} <= set(names)
    assert "base" not in names
    for name in names:
        spec = load_check(name)
        assert spec.name == name
        assert spec.doc.endswith(".")
        assert issubclass(spec.params, msgspec.Struct)
        assert spec.params.__struct_config__.forbid_unknown_fields
        assert spec.params.__struct_config__.frozen


@pytest.mark.parametrize("name", ["lnk", "contact_data", "base", "", "phrases.Params", "../link", "link-"])
def test_a_name_that_is_none(name: str) -> None:
    with pytest.raises(LookupError, match="there is no check"):
        load_check(name)


def test_a_check_of_another_package(installed: dict[str, Any]) -> None:
    hit = Hit(Place("text"))
    installed["word-count"] = module(check=lambda facts, params: iter([hit] * params.words))
    assert "word-count" in known_checks()
    spec = load_check("word-count")
    params = spec.prepare(OwnParams(words=2))
    assert list(spec.run(None, params)) == [hit, hit]  # type: ignore[arg-type]
    assert spec.nominate(None, params)  # type: ignore[arg-type]
    assert spec.fills(params) == {"found": "words"}
    assert spec.doc == "Counts words."


def test_the_parts_that_a_module_may_have(installed: dict[str, Any]) -> None:
    installed["word-count"] = module(
        prepare=lambda params: params.words,
        nominate=lambda facts, words: words > 3,
        fills=lambda params: {"n": "words"},
        __doc__=None,
    )
    spec = load_check("word-count")
    assert spec.prepare(OwnParams(words=5)) == 5
    assert not spec.nominate(None, 3)  # type: ignore[arg-type]
    assert spec.fills(OwnParams()) == {"n": "words"}
    assert spec.doc == ""


def test_an_own_check_is_not_replaced(installed: dict[str, Any]) -> None:
    installed["link"] = module()
    assert load_check("link").params is importlib.import_module("msgpolicy.checks.link").Params
    assert known_checks().count("link") == 1


@pytest.mark.parametrize("part", ["Params", "FILLS", "check"])
def test_a_module_that_lacks_a_part(installed: dict[str, Any], part: str) -> None:
    whole = vars(module())
    del whole[part]
    installed["word-count"] = SimpleNamespace(**whole)
    with pytest.raises(LookupError, match=f"'word-count' lacks '{part}'"):
        load_check("word-count")


def test_the_group_of_entry_points_is_the_one_that_is_told() -> None:
    point = EntryPoint("word-count", "words:check", "msgpolicy.checks")
    assert point.group in (base.__doc__ or "")
