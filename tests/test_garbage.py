"""The collector is put off while tables are made, and never left so."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from msgpolicy import load_ruleset
from msgpolicy.facts.words.lexicon import Lexicon
from msgpolicy.garbage import uncollected
from msgpolicy.rules import RulesetError


@pytest.fixture(autouse=True)
def _enabled() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_it_is_off_inside_and_on_again_after_an_error() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), uncollected():
        _ = 1 / 0
    assert gc.isenabled()


def test_who_disabled_it_finds_it_disabled() -> None:
    gc.disable()
    with uncollected():
        pass
    assert not gc.isenabled()


def test_it_is_on_after_loading() -> None:
    load_ruleset("amazon-buyer")
    assert gc.isenabled()
    with pytest.raises(RulesetError):
        load_ruleset("no-such-ruleset")
    assert gc.isenabled()


def test_it_is_on_after_a_language_was_made() -> None:
    Lexicon({}, {})
    lexicon = Lexicon(load_ruleset("amazon-buyer").concepts, {})
    lexicon.mentions("a text")
    assert gc.isenabled()
