"""Settings that all tests share."""

import gc
import os
import shutil
import tempfile

import pytest
from hypothesis import settings

from msgpolicy.cache import VARIABLE

# Tests never judge speed: how long an example takes depends on the machine.
settings.register_profile("msgpolicy", deadline=None)
settings.load_profile("msgpolicy")

# Thousands of collected tests and the tables of linters live to the end: looking through them for garbage again and
# again was a quarter of the run.
gc.set_threshold(100_000, 20, 100)


_cache = ""


def pytest_configure(config: pytest.Config) -> None:
    """One cache for all processes of a run, empty at its start: not the user's. Workers inherit the variable."""
    global _cache
    if not hasattr(config, "workerinput"):
        _cache = os.environ[VARIABLE] = tempfile.mkdtemp(prefix="msgpolicy-tests-")


def pytest_unconfigure() -> None:
    gc.unfreeze()  # DuckDB counts what is left of it when Python ends, and says so
    if _cache:
        shutil.rmtree(_cache, ignore_errors=True)


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.collect()
    gc.freeze()
