"""Peers that are Python libraries: each in a virtual environment of its own, as a process that is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.speed.corpus import Entry, cache_folder

_WORKERS = Path(__file__).parent / "workers"


class AbsentError(Exception):
    """A peer cannot be had on this machine; the text says why."""


class Library(NamedTuple):
    """What is installed with pip, the worker that asks it, and what the worker is told."""

    package: str
    worker: str
    arguments: tuple[str, ...] = ()
    # A package that nobody installs for the user: without it the peer is passed over.
    needs: str = ""


LIBRARIES = {
    "Presidio, patterns": Library("presidio-analyzer", "presidio_patterns.py"),
    "Presidio, en_core_web_lg": Library(
        "presidio-analyzer", "presidio_patterns.py", ("en_core_web_lg",), needs="en_core_web_lg"
    ),
    "DataFog, regex": Library("datafog", "datafog_regex.py"),
}


class LibraryPeer:
    """A library at work.

    Raises:
        AbsentError: it cannot be installed, or does not start.
    """

    def __init__(self, library: Library) -> None:
        python = _environment(library.package)
        if library.needs and _run(python, "-c", f"import {library.needs}"):
            raise AbsentError(f"{library.needs} is not installed in {python.parent.parent}")
        self._process = subprocess.Popen(
            [python, _WORKERS / library.worker, *library.arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        first = self._line()
        if not first:
            raise AbsentError(f"{library.worker} does not start")
        self.version = str(json.loads(first))

    def seconds(self, block: Sequence[Entry]) -> float:
        """What it takes for the visible texts of some messages; the markup is taken away before, at no cost to it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([visible_text(made) for made in block]) + "\n")
        self._process.stdin.flush()
        return float(json.loads(self._line()))

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def close(self) -> None:
        self._process.communicate()


def visible_text(made: Entry) -> str:
    """The text itself, or what turbohtml takes for the text of the page."""
    import turbohtml

    fields = made.message()
    return turbohtml.parse(fields["html"]).to_text() if made.is_html else str(fields["text"])


def _environment(package: str) -> Path:
    """The Python of an environment that has a package: made when it is first asked for."""
    folder = cache_folder() / "environments" / package
    python = folder / "bin" / "python"
    if _run(python, "-c", f"from importlib import metadata; metadata.version('{package}')"):
        print(f"installing {package} into {folder}", file=sys.stderr)
        if _run(Path(sys.executable), "-m", "venv", str(folder)) or _run(python, "-m", "pip", "install", "-q", package):
            raise AbsentError(f"pip cannot install {package}")
    return python


def _run(*argv: str | Path) -> int:
    try:
        return subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    except OSError:
        return 1
