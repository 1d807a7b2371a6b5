"""The check of the built site finds what is broken, and only that."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site() -> ModuleType:
    spec = importlib.util.spec_from_file_location("site_tool", ROOT / "tools/site.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_links_that_lead_nowhere_are_found(site: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "index.html").write_text(
        '<a href="rules/a.html#why">a</a> <a href="rules/a.html#where">b</a> <a href="rules/b.html">c</a>'
        '<a href="#top">d</a> <a id="top" href="https://example.com/x">e</a> <a href="../outside.html">f</a>'
    )
    (tmp_path / "rules/a.html").write_text('<h2 id="why">Why</h2> <a href="../index.html">back</a>')
    assert list(site.troubles(tmp_path)) == [
        "index.html: the link rules/a.html#where points to a place that is not on the page",
        "index.html: the link rules/b.html leads nowhere",
        "index.html: the link ../outside.html leads nowhere",
    ]


def test_what_is_loaded_from_elsewhere_is_found(site: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<link rel="canonical" href="https://docs.example/"> <link rel="stylesheet" href="style.css">'
        '<link rel="stylesheet" href="https://fonts.example/a.css"> <script src="//cdn.example/x.js"></script>'
        '<script>let here = 1</script> <img src="data:image/png;base64,AA==">'
    )
    assert list(site.troubles(tmp_path)) == [
        "index.html: loads https://fonts.example/a.css",
        "index.html: loads //cdn.example/x.js",
    ]
