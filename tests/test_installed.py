"""Versions of installed packages: the same as importlib.metadata tells, found without it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from msgpolicy import installed
from msgpolicy.installed import version_of


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    installed._folders.cache_clear()
    monkeypatch.setattr(sys, "path", list(sys.path))


@pytest.mark.parametrize("package", ["regex", "msgspec", "pyyaml", "PyYAML", "ahocorasick_rs", "phonenumberslite"])
def test_the_version_is_that_of_importlib(package: str) -> None:
    assert version_of(package) == version(package)


def test_what_is_not_installed_has_no_version() -> None:
    assert version_of("no-such-package-of-anybody") is None


def test_the_first_on_the_path_counts_however_its_name_is_written(tmp_path: Path) -> None:
    for place, number in (("a", "1.0"), ("b", "2.0")):
        folder = tmp_path / place / f"Some_Lamp-{number}.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: Some.Lamp\nVersion: {number}\n\nVersion: 9\n")
    sys.path[:0] = [str(tmp_path / "nowhere"), str(tmp_path / "a"), str(tmp_path / "b")]
    assert version_of("some-lamp") == version("some-lamp") == "1.0"


def test_judging_a_text_does_not_import_what_reads_metadata() -> None:
    code = (
        "import sys; from msgpolicy import Linter, Message; Linter('amazon').check(Message(text='Hello')); "
        "print('email' in sys.modules, 'importlib.metadata' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
