"""Tracking pixels found, and ordinary images left alone: `python -m benchmarks.pixels`.

Addresses of known trackers (`addresses.txt`) are put into mails in all usual ways to write a pixel, and without a size.
Ordinary images are those of the mail templates of other projects, fetched from npm into a cache outside the repository.
"""

from __future__ import annotations

import argparse
import html
import os
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from msgpolicy.linter import Linter
from msgpolicy.message import Message
from msgpolicy.report import Report

FILE = Path(__file__).parent / "addresses.txt"
# Templates of real mails (both MIT).
PACKAGES = ("foundation-emails@2.5.1", "mailgen@2.0.36")
BODY = '<p>Your order was sent.</p><img src="https://cdn.shop.example/logo.png" width="120" height="40">'
# The ways to write a pixel of a size, or one that is not seen; {0} is the address.
SIZED = (
    '<img src="{0}" width="1" height="1">',
    '<img src="{0}" width="1" height="1" alt="" border="0" style="height:1px !important;width:1px !important">',
    "<img width=0 height=0 src='{0}'>",
    '<IMG HEIGHT="1px" WIDTH="1px" SRC="{0}">',
    '<img src="{0}" style="width:1px;height:1px;">',
    '<img src="{0}" style="width:1px;max-height:1px;height:9px">',
    '<img src="{0}" style="max-width:1px;max-height:1px">',
    '<img src="{0}" style="width:0.1em;height:.05rem">',
    '<style>.o{{width:1px;height:1px}}</style><img class="o" src="{0}">',
    '<style>img[src*="://"]{{width:90px}} #o{{width:0!important}}</style><img id="o" src="{0}">',
    '<img src="{0}" style="display:none">',
    '<img src="{0}" style="visibility:hidden" width="30" height="30">',
    '<img src="{0}" style="opacity:0" width="30" height="30">',
    '<div style="display:none"><img src="{0}" width="1" height="1"></div>',
    '<div style="width:0;height:0;overflow:hidden"><img src="{0}"></div>',
    '<div style="position:absolute;left:-9999px"><img src="{0}"></div>',
    '<table><tr><td background="{0}" width="1" height="1"></td></tr></table>',
    "<div style=\"background-image:url('{0}');width:1px;height:1px\"></div>",
    '<style>.b{{background:url("{0}") no-repeat;height:1px;width:1px}}</style><div class="b"></div>',
    '<picture><source srcset="{0}"><img src="{0}" width="1" height="1"></picture>',
    '<input type="image" src="{0}" width="1" height="1">',
    '<img srcset="{0} 2x" src="{0}" height="1" width="1">',
)
UNSIZED = '<img src="{0}" alt="">'


class Rate(NamedTuple):
    """How many of how many."""

    right: int
    whole: int
    missed: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.right / self.whole:.3f} ({self.right} of {self.whole})" if self.whole else "-"


def groups(path: Path = FILE) -> Mapping[str, list[str]]:
    """The addresses by the group that they stand in."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append(line)
    return found


def is_found(linter: Linter, markup: str) -> bool:
    return any(violation.rule == "tracking-pixel" for violation in _judged(linter, BODY + markup).violations)


def found(linter: Linter, addresses: list[str], ways: tuple[str, ...]) -> Rate:
    """How many of the addresses are found, written in each of the ways."""
    cases = [(way, address) for address in addresses for way in ways]
    missed = [
        f"{address}  {way}"
        for way, address in cases
        if not is_found(linter, way.format(html.escape(address, quote=True)))
    ]
    return Rate(len(cases) - len(missed), len(cases), tuple(missed))


def templates() -> Iterator[tuple[str, str]]:
    """Names and sources of the templates; fetches the packages that are missing (needs npm)."""
    folder = Path(os.environ.get("MSGPOLICY_BENCHMARKS") or Path.home() / ".cache" / "msgpolicy-benchmarks") / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        archive = folder / f"{package.lstrip('@').replace('/', '-').replace('@', '-')}.tgz"
        if not archive.exists():
            subprocess.run(["npm", "pack", "--silent", "--ignore-scripts", package], cwd=folder, check=True)
        with tarfile.open(archive) as unpacked:
            for member in unpacked:
                if member.isfile() and member.name.endswith(".html") and (file := unpacked.extractfile(member)):
                    yield f"{package}: {member.name}", file.read().decode("utf-8", "replace")


def ordinary(linter: Linter) -> Rate:
    """How many images of the templates are left alone. Relative addresses are put on a host, as when they are sent."""
    whole = 0
    missed: list[str] = []
    for name, source in templates():
        sent = f'<base href="https://cdn.shop.example/mail/">{source}'
        images = sent.lower().count("<img")
        whole += images
        wrong = (item for item in _judged(linter, sent).violations if item.rule == "tracking-pixel")
        missed += [f"{name}: {item.evidence} {item.excerpt}" for item in wrong]
    return Rate(whole - len(missed), whole, tuple(missed))


def _judged(linter: Linter, markup: str) -> Report:
    return linter.check(Message.from_dict({"html": markup, "kind": "proactive"}))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pixels", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="name what was not right (spends the set)")
    parser.add_argument("--offline", action="store_true", help="leave out the templates of npm")
    options = parser.parse_args()
    linter = Linter("amazon")
    rows = {}
    for name, addresses in groups().items():
        rows[f"{name}: pixels with a size or unseen"] = found(linter, addresses, SIZED)
        rows[f"{name}: pixels without a size"] = found(linter, addresses, (UNSIZED,))
    if not options.offline:
        rows["templates: ordinary images left alone"] = ordinary(linter)
    for name, rate in rows.items():
        print(f"{name:45} {rate}")
        if options.misses:
            for line in rate.missed:
                print(f"    {line}")


if __name__ == "__main__":
    main()
