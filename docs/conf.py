"""How the documentation becomes a site: `python tools/site.py`. Pages are Markdown that GitHub shows as well."""

from __future__ import annotations

import re

from sphinx.application import Sphinx

from msgpolicy import __version__

project = "msgpolicy"
author = "The msgpolicy authors"
project_copyright = "The msgpolicy authors, Apache License 2.0"
release = version = __version__

extensions = ["myst_parser"]
# Headings are link targets, as they are on GitHub.
myst_heading_anchors = 4
# A link that leads nowhere is a warning, and tools/site.py makes warnings errors.
nitpicky = True
# The contract abbreviates Python with "…", and tables of facts are shown as they are.
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "furo"
html_title = f"msgpolicy {release}"
# Everything that a page shows is in the site's own folder, and nothing of the machine that built it.
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
pygments_style = "friendly"
pygments_dark_style = "native"


def setup(app: Sphinx) -> None:
    """Puts the pages of a ruleset's rules below their index, in the order in which it lists them."""

    def list_rules(_app: Sphinx, page: str, source: list[str]) -> None:
        if re.fullmatch(r"rules/[^/]+/README", page):
            pages = dict.fromkeys(re.findall(r"\]\(([\w-]+)\.md\)", source[0]))
            source[0] += "\n".join(["", "```{toctree}", ":hidden:", "", *pages, "```", ""])

    app.connect("source-read", list_rules)
