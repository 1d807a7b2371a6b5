"""Builds the documentation as a site that works without a network, and checks it.

`python tools/site.py [FOLDER]` (default: `site/`) exits with 1 when Sphinx warns of anything, when a link inside the
site leads nowhere, or when a page would load something from elsewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from sphinx.cmd.build import main as build

ROOT = Path(__file__).parent.parent
# What a browser loads by itself when it shows a page.
LOADED = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "srcset", "object": "data"}
# Says where something is, and loads nothing.
NOT_LOADED = frozenset({"canonical", "index", "search", "next", "prev", "author", "license"})


@cache
def page(path: Path) -> BeautifulSoup:
    """A built page."""
    return BeautifulSoup(path.read_bytes(), "html.parser")


@cache
def anchors(path: Path) -> frozenset[str]:
    """What a link into a page may point to."""
    return frozenset(str(tag["id"]) for tag in page(path).find_all(id=True))


def troubles(folder: Path) -> Iterator[str]:
    """Each link that leads nowhere and each resource from elsewhere, with the page that it is on."""
    for path in sorted(folder.rglob("*.html")):
        for tag in page(path).find_all(True):
            trouble = _of_link(tag, path, folder) or _of_resource(tag)
            if trouble:
                yield f"{path.relative_to(folder)}: {trouble}"


def _of_link(tag: Tag, path: Path, folder: Path) -> str | None:
    target = tag.get("href") if tag.name == "a" else None
    if not isinstance(target, str):
        return None
    address = urlsplit(target)
    if address.scheme or address.netloc:
        return None
    place = (path.parent / unquote(address.path)).resolve() if address.path else path
    if not place.is_relative_to(folder) or not place.is_file():
        return f"the link {target} leads nowhere"
    if address.fragment and place.suffix == ".html" and unquote(address.fragment) not in anchors(place):
        return f"the link {target} points to a place that is not on the page"
    return None


def _of_resource(tag: Tag) -> str | None:
    name = LOADED.get(tag.name)
    if name is None or (tag.name == "link" and not NOT_LOADED.isdisjoint(tag.get("rel") or ())):
        return None
    address = str(tag.get(name) or "")
    return f"loads {address}" if urlsplit(address).netloc else None


def main(argv: list[str]) -> int:
    folder = Path(argv[0] if argv else ROOT / "site").resolve()
    status = build(["-b", "html", "-q", "-n", "-W", "--keep-going", "-E", str(ROOT / "docs"), str(folder)])
    found = list(troubles(folder))
    for trouble in found:
        print(trouble, file=sys.stderr)
    if status or found:
        return 1
    pages = len(list(folder.rglob("*.html")))
    print(f"{pages} pages in {folder}: every link leads somewhere, nothing is loaded from elsewhere")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
