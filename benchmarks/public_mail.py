"""Audits real public mail: the test mails in the sources of Debian's mail programs. Needs a Debian machine.

    python -m benchmarks.public_mail FOLDER

Gathers them with apt (from Debian, by the names of the packages below; nothing is installed, and the lists of the
machine's apt stay as they are), puts every mail and mailbox into FOLDER/mail, audits that into FOLDER/audit without
redaction, and prints counts. These mails are no messages of sellers, and many are broken on purpose: what is looked at
is that nothing crashes, that read is judged plus rejected, that every rejected one has a reason, and what rules find
where nothing is to be found.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgpolicy.audit.run import Options, audit

# Sources with mails among their tests; a package with those of Python.
SOURCES = (
    *("notmuch", "spamassassin", "ruby-mail", "libmime-tools-perl", "libemail-mime-perl", "libmail-message-perl"),
    *("bogofilter", "maildir-utils", "git", "mailman3", "mhonarc"),
)
PACKAGES = ("libpython3.11-testsuite",)

_SUITE = "bookworm"
_LARGEST = 20_000_000
# How a mail begins that says who sent it, or when, further down.
_FIELD = re.compile(rb"(?:>?From |[A-Za-z][A-Za-z0-9-]{0,60}:[ \t])")
_KNOWN = re.compile(rb"^(?:From|Date|Received|Message-ID|Return-Path|Subject|To):", re.IGNORECASE | re.MULTILINE)
_TWO = 2
_CODE = frozenset((".c", ".h", ".py", ".pl", ".pm", ".rb", ".sh", ".t", ".rst", ".md", ".yml", ".yaml", ".po", ".html"))


def gather(folder: Path) -> None:
    """Fetches and unpacks what is not there yet, each package into `folder/NAME`.

    Raises:
        subprocess.CalledProcessError: apt knows no mirror.
    """
    options = _apt(folder / "apt")
    subprocess.run(["apt-get", *options, "update", "-qq"], check=True)
    for name in (*SOURCES, *PACKAGES):
        if (target := folder / name).exists():
            continue
        fetched = folder / f"{name}.fetched"
        fetched.mkdir(exist_ok=True)
        call = ["download"] if name in PACKAGES else ["source", "--download-only"]
        done = subprocess.run(
            ["apt-get", *options, "-qq", *call, name], cwd=fetched, check=False, stderr=subprocess.DEVNULL
        )
        if done.returncode:
            print(f"{name}: not to be had from this mirror")
            continue
        unpacked = folder / f"{name}.unpacked"
        shutil.rmtree(unpacked, ignore_errors=True)
        unpacked.mkdir()
        for path in sorted(fetched.iterdir()):
            if path.suffix == ".deb":
                subprocess.run(["dpkg", "-x", str(path), str(unpacked)], check=True)
            elif ".tar." in path.name and ".debian." not in path.name and path.suffix != ".asc":
                with tarfile.open(path) as archive:
                    archive.extractall(unpacked, [member for member in archive if member.isreg()], filter="data")
        unpacked.rename(target)
        shutil.rmtree(fetched)


def _apt(folder: Path) -> list[str]:
    """Options with which apt knows the sources of Debian, and leaves its own state alone."""
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    mirror, key = "http://deb.debian.org/debian", "/usr/share/keyrings/debian-archive-keyring.gpg"
    entries = [f"{kind} [signed-by={key}] {mirror} {_SUITE} main\n" for kind in ("deb", "deb-src")]
    (folder / "sources.list").write_text("".join(entries))
    settings = {
        "Dir::Etc::sourcelist": folder / "sources.list",
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": folder / "lists",
        "Dir::Cache": folder / "cache",
        "APT::Sandbox::User": "root",
    }
    return [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]


def mails(folder: Path) -> Iterator[tuple[Path, str]]:
    """Files that are mails or mailboxes by how they begin, with the ending that says so."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.suffix.lower() in _CODE:
            continue
        if path.stat().st_size > _LARGEST:
            continue
        with path.open("rb") as stream:
            head = stream.read(20_000).lstrip(b"\r\n")
        if _FIELD.match(head) and len({found.lower() for found in _KNOWN.findall(head)}) >= _TWO:
            yield path, ".mbox" if head.startswith(b"From ") else ".eml"


def collect(sources: Path, target: Path) -> Counter[str]:
    """Copies all mails to `target/PACKAGE/NUMBER-NAME.eml`, or .mbox; gives the number of files of each."""
    shutil.rmtree(target, ignore_errors=True)
    found = Counter[str]()
    for name in (*SOURCES, *PACKAGES):
        (target / name).mkdir(parents=True)
        for path, suffix in mails(sources / name):
            found[name] += 1
            plain = re.sub(r"[^A-Za-z0-9_-]", "_", path.name)[:40]
            shutil.copyfile(path, target / name / f"{found[name]:05}-{plain}{suffix}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where packages are unpacked, mails put, and the audit written")
    parser.add_argument("--processes", type=int, default=2)
    folder = parser.parse_args().folder.absolute()
    sources = folder / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    gather(sources)
    files = collect(sources, folder / "mail")
    shutil.rmtree(folder / "audit", ignore_errors=True)
    options = Options(out=str(folder / "audit"), processes=parser.parse_args().processes, redact=False, show_text=True)
    summary = audit([str(folder / "mail")], options, sys.stderr)
    print(f"{sum(files.values()):,} files: {dict(files)}")
    print(f"{summary.records}\n{summary.verdicts}")
    for row in summary.rules:
        print(f"{row['messages']:6,}  {row['rule']} ({row['severity']})")
    return _wrong(folder / "audit", summary.records)


def _wrong(out: Path, records: dict[str, int]) -> int:
    """Whether counts add up, and every rejected record has a reason that is no fault of ours."""
    import pyarrow.parquet as pq

    reasons = Counter[str](pq.read_table(out / "rejected").column("why").to_pylist())
    for why, count in reasons.most_common():
        print(f"{count:6,}  rejected: {why}")
    ours = [why for why in reasons if not why or "internal error" in why or "died" in why]
    adds_up = records["read"] == records["judged"] + records["rejected"]
    print("counts add up" if adds_up else "counts do not add up", "; faults of ours:", ours or "none")
    return 0 if adds_up and not ours else 1


if __name__ == "__main__":
    sys.exit(main())
