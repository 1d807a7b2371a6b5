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
    folder.mkdir(parents=True, exist_ok=True)
    plain = msgspec.to_builtins(Results(here, _with(known, parts)))
    path.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def load(path: Path) -> Results:
    """The results in a file.

    Raises:
        msgspec.ValidationError: not a file of results.
    """
    return msgspec.json.decode(path.read_bytes(), type=Results)


def newest(folder: Path = FOLDER) -> Results | None:
    """Of each part the latest results on the machine that measured last, if there are any."""
    days = [load(path) for path in sorted(folder.glob("*.json"))]
    if not days:
        return None
    parts: dict[str, Part] = {}
    for day in days:
        if day.machine == days[-1].machine:
            parts = _with(parts, day.parts)
    return Results(days[-1].machine, parts)


def _with(known: dict[str, Part], new: dict[str, Part]) -> dict[str, Part]:
    """All parts; new ones replace those that are known, but a quick run no full one."""
    full = {name for name, part in known.items() if not part.quick}
    return known | {name: part for name, part in new.items() if not (part.quick and name in full)}
