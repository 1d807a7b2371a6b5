"""How often the kind of a common file is told right by its bytes: `python -m benchmarks.files`.

The files are those that other libraries test themselves with: the source distributions named in PACKAGES, fetched by
pip into a cache outside the repository, and read from there without unpacking them. A file's label is the kind that its
name's extension stands for. Half of the files, by the hash of their bytes, are held out: their misses are counted and
not shown (`--set develop --misses` shows the others'), so that no signature is written because of one of them.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import regex

from msgpolicy.facts.files.kinds import canonical, kind_of_extension
from msgpolicy.facts.files.magic_library import default_library, load_bundled
from msgpolicy.facts.files.sniff import sniff

CACHE = Path.home() / ".cache" / "msgpolicy-benchmarks" / "files"
PACKAGES = (
    "filetype==1.2.0", "puremagic==1.30", "python-magic==0.4.27", "pypdf==7.1.0", "python-docx==1.2.0",
    "python-pptx==1.0.2", "openpyxl==3.1.5", "olefile==0.47", "oletools==0.60.2", "mutagen==1.48.1",
    "pillow==13.0.0", "magika==1.0.3", "pikepdf==10.17.0",
)  # fmt: skip
# Files that are broken on purpose, or whose extension says something else than the bytes: what a password wraps, XML
# that is named .txt.
LEFT_OUT = regex.compile(
    r"bad|brok|corrupt|crash|fuzz|invalid|truncat|timeout|oom|damaged|malformed|decompression_bomb|encrypt|password"
    r"|/snippets/|(?:^|/)\.",
    regex.I,
)
MAX_BYTES = 8_000_000
# Files of one kind out of one package: test suites hold some kinds by the hundred.
MAX_ALIKE = 25

Teller = Callable[[bytes, str], str | None]


class File(NamedTuple):
    """One labelled file."""

    package: str
    name: str
    content: bytes
    label: str
    held_out: bool


def fetch(cache: Path) -> None:
    """Fetches what is not there yet; a package that pip cannot fetch is left out and told so."""
    cache.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        stem = package.replace("==", "-")
        if not any(path.name.replace("_", "-").startswith(stem) for path in cache.iterdir()):
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", package]
            if subprocess.run([*command, "-d", str(cache)], check=False).returncode:
                print(f"not fetched: {package}", file=sys.stderr)


def members(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files in an archive, in memory."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if 0 < info.file_size <= MAX_BYTES:
                    yield info.filename, archive.read(info)
    else:
        with tarfile.open(path) as tar:
            for member in tar:
                if member.isfile() and 0 < member.size <= MAX_BYTES:
                    file = tar.extractfile(member)
                    yield member.name, file.read() if file else b""


def files(cache: Path) -> Iterator[File]:
    seen: set[str] = set()
    for path in sorted(cache.iterdir()):
        if not path.name.endswith((".zip", ".tar.gz")):
            continue
        alike = Counter[str]()
        for name, content in members(path):
            kind = kind_of_extension(name.rpartition(".")[2])
            digest = hashlib.sha256(content).hexdigest()
            if kind is None or LEFT_OUT.search(name) or digest in seen or alike[kind.media_type] == MAX_ALIKE:
                continue
            seen.add(digest)
            alike[kind.media_type] += 1
            yield File(path.name, name, content, kind.media_type, digest[0] >= "8")


def same(label: str, found: str | None) -> bool:
    return found == label or {found, label} == {"image/png", "image/apng"}


def tellers() -> dict[str, Teller]:
    told: dict[str, Teller] = {
        "msgpolicy, bytes and name": lambda content, name: sniff(content, name).media_type,
        "msgpolicy, bytes alone": lambda content, _: sniff(content).media_type,
        "msgpolicy without libmagic, bytes and name": lambda content, name: (
            sniff(content, name, library=None).media_type
        ),
    }
    for library in (default_library(), load_bundled()):
        if library:
            told[f"libmagic {library.version}"] = (
                lambda content, _, library=library: canonical(library.media_type(content))  # type: ignore[misc]
            )
    return told


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.files", description=__doc__)
    parser.add_argument("--set", choices=("develop", "held-out"), default="held-out")
    parser.add_argument("--misses", action="store_true", help="name the files of the set develop that are misread")
    parser.add_argument("--cache", type=Path, default=CACHE)
    args = parser.parse_args()
    fetch(args.cache)
    chosen = [file for file in files(args.cache) if file.held_out == (args.set == "held-out")]
    kinds = Counter(file.label for file in chosen)
    print(f"{len(chosen)} files of {len(kinds)} kinds ({args.set})\n")
    print("| told by | files right | mean over kinds |\n|---|---|---|")
    for name, tell in tellers().items():
        found = [tell(file.content, file.name) for file in chosen]
        right = Counter(file.label for file, kind in zip(chosen, found, strict=True) if same(file.label, kind))
        mean = sum(right[kind] / kinds[kind] for kind in kinds) / len(kinds)
        print(f"| {name} | {sum(right.values()) / len(chosen):.3f} | {mean:.3f} |")
        if args.misses and args.set == "develop" and name.startswith("msgpolicy"):
            for file, kind in zip(chosen, found, strict=True):
                if not same(file.label, kind):
                    print(f"  {file.package} {file.name}: {file.label} told as {kind}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
