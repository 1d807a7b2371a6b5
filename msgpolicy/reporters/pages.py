"""What the pages in HTML share: templates that escape every value, a style sheet each, its hash for their policy."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from msgpolicy.reporters.display import ANYWHERE

# The folder of a package in which its templates and its style sheet are.
FOLDER = "page"


@cache
def environment(package: str) -> jinja2.Environment:
    """The templates of a package. What they show is escaped, and what cannot be seen in it is written out."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader(package, FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_seen,
    )


@cache
def sheet(package: str) -> str:
    """The style sheet of a package's pages."""
    return files(package).joinpath(FOLDER, "style.css").read_text("utf-8")


def hash_of(style: str) -> str:
    """How a Content-Security-Policy names a style sheet that stands in its page."""
    return f"sha256-{b64encode(hashlib.sha256(style.encode()).digest()).decode()}"


def _seen(value: Any) -> Any:
    """What a template shows: any text from outside with what cannot be seen written out."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else ANYWHERE.safe(value)
