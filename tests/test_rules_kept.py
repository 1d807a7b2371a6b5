"""Rulesets from the cache: the same as loaded ones, and only as long as nothing changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from msgpolicy import Linter, Message, cache
from msgpolicy.facts.contacts import words
from msgpolicy.facts.words import lexicon
from msgpolicy.report import Report
from msgpolicy.rules import Case, Ruleset, RulesetError, SettingError, kept, load_ruleset, shipped_rulesets
from msgpolicy.rules.language import examples_of, languages_with_examples
from msgpolicy.rules.load import load_with_files
from tests.test_cache import sealed
from tests.tiny_ruleset import RULES

CHILD = """\
schema: 1
name: own
version: "1"
extends: ./tiny.yaml
concepts: {gift: {phrases: {en: [gift card]}}}
rules:
- no-thanks: off
- id: no-gifts
  group: g
  check: phrases
  with: {all: [gift]}
  when: {order.status: Shipped}
  message: {en: "A gift."}
  source: A
  example_context: {order: {status: Shipped}}
  examples: [{fail: A gift card for you}, {pass: A card for you}]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "tiny.yaml").write_text(RULES)
    (tmp_path / "own.yaml").write_text(CHILD)
    return tmp_path / "own.yaml"


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was loaded from its files."""
    told: list[str] = []

    def tell(ref: str | Path, **options: Any) -> Any:
        told.append(str(ref))
        return load_with_files(ref, **options)

    monkeypatch.setattr("msgpolicy.rules.load.load_with_files", tell)
    return told


def same(one: Ruleset, other: Ruleset) -> bool:
    """Whether two rulesets are the same in all that they hold; conditions are compared by what they were read from."""
    params = [[version.params for version in kept._versions(ruleset)] for ruleset in (one, other)]
    entries = [kept._entry(ruleset, "") for ruleset in (one, other)]
    return params[0] == params[1] and entries[0] == entries[1] and one.concepts == other.concepts


@pytest.mark.parametrize("name", shipped_rulesets())
def test_a_shipped_ruleset_comes_back_the_same(name: str, loads: list[str]) -> None:
    first = load_ruleset(name)
    assert loads == [name]
    again = load_ruleset(name)
    assert loads == [name]
    assert same(first, again)
    assert (first.digest, first.files, first.weakened) == (again.digest, again.files, again.weakened)
    for ours, theirs in zip(first.rules, again.rules, strict=True):
        assert ours.examples == theirs.examples
        assert [dict(version.message) for version in ours.versions] == [dict(v.message) for v in theirs.versions]
        assert [version.params for version in ours.versions] == [version.params for version in theirs.versions]
        assert [repr(version.params) for version in ours.versions] == [repr(v.params) for v in theirs.versions]
        assert [str(version.when) for version in ours.versions] == [str(version.when) for version in theirs.versions]
        assert [(v.from_, v.until) for v in ours.versions] == [(v.from_, v.until) for v in theirs.versions]
        assert ours.origins == theirs.origins
    with pytest.raises(TypeError):
        again.values["a"] = 1  # type: ignore[index]


def judged(cases: list[Case]) -> list[Report]:
    linter = Linter("amazon")
    day = datetime(2026, 11, 1, tzinfo=UTC)
    return [linter.check(Message.from_dict(dict(case.record)), case.as_of or day) for case in cases]


def assert_same_reports(cases: list[Case], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a cache, with an empty one, and with a filled one."""
    found = []
    for chosen in ("off", str(folder), str(folder)):
        monkeypatch.setenv(cache.VARIABLE, chosen)
        monkeypatch.setattr(lexicon, "_SEARCHES", {})
        words._finder.cache_clear()
        found.append(judged(cases))
    assert list(folder.glob("contacts-*"))
    assert list(folder.glob("phrases-*"))
    assert found[0] == found[1] == found[2]
    assert sum(bool(report.violations) for report in found[0]) > len(cases) / 4


@pytest.mark.slow
def test_reports_are_the_same_with_and_without_a_cache(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    cases = [case for rule in load_with_files("amazon").ruleset.rules for case in rule.examples]
    assert_same_reports(cases, folder, monkeypatch)


@pytest.mark.parametrize(
    "language",
    [
        language if language in ("en", "de", "ja") else pytest.param(language, marks=pytest.mark.slow)
        for language in languages_with_examples()
    ],
)
def test_reports_in_other_languages(language: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    cases = [case for listed in examples_of(language).values() for case in listed]
    assert_same_reports(cases, folder, monkeypatch)


def test_a_ruleset_of_ones_own(own: Path, loads: list[str]) -> None:
    first = load_ruleset(own)
    again = load_ruleset(own)
    assert (same(first, again), len(loads)) == (True, 1)
    message = Message(text="A gift card for you", order={"status": "Shipped"})  # type: ignore[arg-type]
    report = Linter(again).check(message, datetime(2026, 11, 1, tzinfo=UTC))
    assert [violation.rule for violation in report.violations] == ["no-gifts"]
    assert report == Linter(first).check(message, datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize("changed", ["own.yaml", "tiny.yaml"])
def test_any_changed_file_is_read_again(own: Path, loads: list[str], changed: str) -> None:
    load_ruleset(own)
    path = own.parent / changed
    state = path.stat()
    path.write_text(path.read_text().replace("no-thanks", "on-thanks"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))  # the same size and time
    with pytest.raises(RulesetError):
        load_ruleset(own)
    assert len(loads) == 2


def test_a_base_that_is_gone(own: Path) -> None:
    load_ruleset(own)
    (own.parent / "tiny.yaml").unlink()
    with pytest.raises(RulesetError, match=r"tiny\.yaml"):
        load_ruleset(own)


def test_a_relative_path_is_that_of_the_folder_one_is_in(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = own.parent / "other"
    other.mkdir()
    (other / "own.yaml").write_text(RULES)
    names = []
    for place in (own.parent, other, own.parent):
        monkeypatch.chdir(place)
        names.append(load_ruleset("own.yaml").name)
    assert names == ["own", "tiny", "own"]


def test_settings_have_entries_of_their_own(loads: list[str]) -> None:
    settings = [{"message_characters": 110}, {"message_characters": "120"}, {}]
    first = [load_ruleset("amazon-buyer", settings=given) for given in settings]
    again = [load_ruleset("amazon-buyer", settings=given) for given in settings]
    assert [ruleset.changed for ruleset in first] == [{"message_characters": 110}, {"message_characters": 120}, {}]
    assert all(map(same, first, again))
    assert len(loads) == 3


@pytest.mark.parametrize("given", [{"no_such": 1}, {"message_characters": object()}, {"message_characters": "many"}])
def test_mistakes_are_told_every_time(given: dict[str, Any], folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(SettingError):
            load_ruleset("amazon-buyer", settings=given)
    assert not list(folder.glob("ruleset-*"))


def test_shipped_files_as_they_are_now(own: Path, loads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    load_ruleset(own)
    monkeypatch.setattr(kept, "_shipped_files", lambda: iter([("amazon.yaml", 1, 2)]))
    load_ruleset(own)
    assert len(loads) == 2


def test_checks_of_other_packages_are_not_kept(own: Path, loads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_is_own", lambda check: check != "pattern")
    load_ruleset(own)
    load_ruleset(own)
    assert len(loads) == 2


def test_concepts_that_are_gone_are_put_there_again(own: Path, folder: Path, loads: list[str]) -> None:
    first = load_ruleset(own)
    (path,) = folder.glob("concepts-*")
    for spoil in (path.unlink, lambda: path.write_bytes(b"damaged")):
        spoil()
        kept._concepts.cache_clear()
        assert same(load_ruleset(own), first)
        assert same(load_ruleset(own), first)
    assert len(loads) == 3


def without(key: str, value: Any) -> Callable[[kept._Kept], None]:
    return lambda entry: setattr(entry, key, value)


def _wrong_check(entry: kept._Kept) -> None:
    entry.rules[0].check = "no-such-check"


def _wrong_options(entry: kept._Kept) -> None:
    entry.rules[0].versions[0].params = {"patterns": 5}


def _wrong_condition(entry: kept._Kept) -> None:
    entry.rules[0].versions[0].when = {"no.such.field": {"matches": "("}}


def _wrong_time(entry: kept._Kept) -> None:
    entry.rules[0].versions[0].from_ = "yesterday"


@pytest.mark.parametrize(
    "spoil",
    [
        _wrong_check,
        _wrong_options,
        _wrong_condition,
        _wrong_time,
        without("whole", False),
        without("concepts", "no digest"),
        without("files", (("/no/such/file", "0"),)),
        without("files", (("a\0b", "0"),)),
    ],
)
def test_an_entry_that_is_no_ruleset(
    own: Path, folder: Path, loads: list[str], spoil: Callable[[kept._Kept], None]
) -> None:
    first = load_ruleset(own)
    (path,) = folder.glob("ruleset-*")
    entry = msgspec.msgpack.decode(path.read_bytes()[32:], type=kept._Kept)
    spoil(entry)
    path.write_bytes(sealed(path, msgspec.msgpack.encode(entry)))
    assert same(load_ruleset(own), first)
    assert len(loads) == 2
