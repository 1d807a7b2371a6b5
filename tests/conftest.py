"""Settings that all tests share."""

import gc

import pytest
from hypothesis import settings

# Tests never judge speed: how long an example takes depends on the machine.
settings.register_profile("msgpolicy", deadline=None)
settings.load_profile("msgpolicy")

# Thousands of collected tests and the tables of linters live to the end: looking through them for garbage again and
# again was a quarter of the run.
gc.set_threshold(100_000, 20, 100)


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.collect()
    gc.freeze()
