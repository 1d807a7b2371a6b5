"""The collector is put off while tables are made, and never left so."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from msgpolicy import load_ruleset
from msgpolicy.facts.words.lexicon import Lexicon
from msgpolicy.garbage import settle, uncollected
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


class _Ring:
    """Nothing but the collector takes it away."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_there_when_a_process_settles_stays_unseen_until_it_settles_again() -> None:
    before = gc.get_threshold()
    ring = _Ring()
    there = weakref.ref(ring)
    gc.set_threshold(50_000)
    try:
        settle()
        assert gc.get_threshold() == (700, 10, 10)  # as Python begins
        del ring
        gc.collect()
        assert there() is not None
        settle()
        assert there() is None
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
