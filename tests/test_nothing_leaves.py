"""While messages and files of every kind are judged, nothing is written, run or fetched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent


def test_judging_opens_no_file_and_no_socket_and_runs_nothing() -> None:
    """By Python's audit hooks; in a process of its own, for a hook cannot be taken out again."""
    paths = os.pathsep.join((str(TESTS.parent), str(TESTS)))
    script = [sys.executable, str(TESTS / "watched_judging.py")]
    done = subprocess.run(script, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": paths})
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
