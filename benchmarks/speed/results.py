"""What was measured: one file of JSON for a day and a machine, a part of it for each part of the benchmark."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from msgpolicy._version import __version__

FOLDER = Path(__file__).parent.parent / "results"
_LIBRARIES = ("regex", "msgspec", "ahocorasick_rs", "turbohtml", "phonenumberslite")


class Machine(msgspec.Struct, frozen=True):
    """Where it was measured. Memory in GiB."""

    processor: str
    cores: int
    memory: int
    system: str
    python: str


class Part(msgspec.Struct, frozen=True):
    """What one part of the benchmark found, in plain data, and with what it was found."""

    measured_at: datetime
    commit: str
    quick: bool
    versions: dict[str, str]
    found: dict[str, Any]


class Results(msgspec.Struct, frozen=True):
    """What was found on one day on one machine."""

    machine: Machine
    parts: dict[str, Part]


def machine() -> Machine:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
    return Machine(
        _processor(),
        os.cpu_count() or 1,
        round(pages / 2**30),
        f"{platform.system()} {platform.machine()}",
        f"{platform.python_implementation()} {platform.python_version()}",
    )


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor() or platform.machine()


def part(found: Any, *, quick: bool) -> Part:
    """What a part found, with the date and the versions of now."""
    versions = {"msgpolicy": __version__, **{name: metadata.version(name) for name in _LIBRARIES}}
    return Part(datetime.now(UTC).replace(microsecond=0), _commit(), quick, versions, msgspec.to_builtins(found))


def _commit() -> str:
    answer = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=FOLDER.parent, capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def save(parts: dict[str, Part], folder: Path = FOLDER) -> Path:
    """Writes parts into the file of today and this machine. What is there stays if it is not measured anew, or only
    quickly now and not quickly before."""
    here = machine()
    name = re.sub(r"[^a-z0-9]+", "-", f"{here.processor} {here.cores} cores".lower()).strip("-")
    path = folder / f"{datetime.now(UTC).date().isoformat()}-{name}.json"
    known = load(path).parts if path.is_file() else {}
    full = {name for name, part in known.items() if not part.quick}
    taken = {name: part for name, part in parts.items() if not (part.quick and name in full)}
    folder.mkdir(parents=True, exist_ok=True)
    plain = msgspec.to_builtins(Results(here, {**known, **taken}))
    path.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def load(path: Path) -> Results:
    """The results in a file.

    Raises:
        msgspec.ValidationError: not a file of results.
    """
    return msgspec.json.decode(path.read_bytes(), type=Results)


def newest(folder: Path = FOLDER) -> Results | None:
    """The results of the latest day, if there are any."""
    paths = sorted(folder.glob("*.json"))
    return load(paths[-1]) if paths else None
