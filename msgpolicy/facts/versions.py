"""Versions of the libraries whose data a judgement rests on, for the receipt."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.util import find_spec

from msgpolicy.installed import version_of
from msgpolicy.typed import FrozenDict


@cache
def data_versions(*, files: bool = False) -> FrozenDict:
    """What each kind of fact is read with: `{"html": "turbohtml 1.15.4", …}`; a library that is absent is left out.

    `files`: whether attachments were looked at. Only then is the library that tells their types loaded and named.
    """
    html = "turbohtml" if find_spec("turbohtml") else "beautifulsoup4"
    used = {"html": html, "patterns": "regex", "phones": "phonenumberslite", "domains": "publicsuffixlist"}
    known = {"unicode": unicodedata.unidata_version}
    if files:
        from msgpolicy.facts.files.magic_library import default_library

        used["documents"] = "pypdf"
        library = default_library()
        if library is not None:
            known["files"] = f"libmagic {library.version}"
    for kind, package in used.items():
        version = version_of(package)
        if version is not None:
            known[kind] = f"{package} {version}"
    return FrozenDict(known)
