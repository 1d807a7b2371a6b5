"""The cache: what is found there is what would be made, and nothing that lies there does harm."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgpolicy import cache
from msgpolicy.facts.words import lexicon
from msgpolicy.facts.words.lexicon import Lexicon
from msgpolicy.facts.words.phrase_search import Index, Indexes, index_phrases
from msgpolicy.rules.load import load_ruleset


class Made(msgspec.Struct, frozen=True):
    numbers: list[int]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


class Maker:
    """Makes something, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Made:
        self.made += 1
        return Made([1, 2, 300])


def kept(make: Callable[[], Made], source: object = "a", kind: str = "test") -> Made:
    return cache.kept(kind, source, Made, make, lambda made: all(number >= 0 for number in made.numbers))


def entry(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def sealed(path: Path, data: bytes) -> bytes:
    """A file that holds something else, with the checksum that goes with it."""
    key = bytes.fromhex(path.stem.partition("-")[2])
    return cache._checksum(key, data) + data


def test_what_was_made_once_is_read(folder: Path) -> None:
    make = Maker()
    assert kept(make) == kept(make) == Made([1, 2, 300])
    assert make.made == 1
    assert entry(folder).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_another_source_or_kind_is_another_entry(folder: Path) -> None:
    make = Maker()
    for source, kind in (("a", "test"), ("b", "test"), (["a"], "test"), ("a", "other")):
        kept(make, source, kind)
    assert make.made == 4 == len(list(folder.iterdir()))


def test_another_version_makes_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    kept(make)
    monkeypatch.setattr(cache, "__version__", "999.0")
    cache._engine.cache_clear()
    kept(make)
    monkeypatch.undo()
    cache._engine.cache_clear()
    assert make.made == 2


def test_a_change_of_the_package_is_another_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "words" / "one.py"
    module.parent.mkdir()
    module.write_text("A = 1\n")
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))
    cache._engine.cache_clear()
    before = cache._engine()
    module.write_text("A = 12\n")
    cache._engine.cache_clear()
    after = cache._engine()
    cache._engine.cache_clear()
    assert before != after


def bad_contents(good: bytes, path: Path) -> dict[str, bytes]:
    pickle = b"cos\nsystem\n(S'touch harmed'\ntR."
    return {
        "empty": b"",
        "cut": good[:-1],
        "cut in the checksum": good[:20],
        "longer": good + b"\0",
        "one bit": good[:-2] + bytes([good[-2] ^ 1]) + good[-1:],
        "noise": bytes(range(256)) * 9,
        "pickle": pickle,
        "sealed pickle": sealed(path, pickle),
        "sealed nothing": sealed(path, b""),
        "another shape": sealed(path, msgspec.msgpack.encode({"numbers": "no"})),
        "not what it can be": sealed(path, msgspec.msgpack.encode(Made([-1]))),
        "deep": sealed(path, b"\x91" * 100_000),
        "a huge length": sealed(path, b"\x81\xa7numbers\xdd\xff\xff\xff\xff"),
    }


@pytest.mark.parametrize("bad", list(bad_contents(b"\0" * 40, Path(f"test-{'0' * 64}.msgpolicy"))))
def test_what_is_damaged_is_made_anew_and_replaced(folder: Path, bad: str) -> None:
    make = Maker()
    kept(make)
    path = entry(folder)
    good = path.read_bytes()
    path.write_bytes(bad_contents(good, path)[bad])
    assert kept(make) == Made([1, 2, 300])
    assert make.made == 2
    assert entry(folder).read_bytes() == good


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
def test_any_sealed_content_is_read_or_made_anew(folder: Path, data: bytes) -> None:
    kept(Maker())
    path = entry(folder)
    path.write_bytes(sealed(path, data))
    assert isinstance(kept(Maker()), Made)


def test_an_entry_under_another_name_is_not_it(folder: Path) -> None:
    make = Maker()
    kept(make, "a")
    first = entry(folder)
    kept(make, "b")
    (second,) = set(folder.iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    kept(make, "b")
    assert make.made == 3


@pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are those of POSIX")
class TestForeign:
    def test_what_others_own_is_ignored(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        make = Maker()
        kept(make)
        if os.geteuid() == 0:
            os.chown(entry(folder), 12345, -1)
        monkeypatch.setattr(os, "geteuid", lambda: 54321)
        kept(make)
        assert make.made == 2

    def test_what_others_may_write_is_ignored(self, folder: Path) -> None:
        make = Maker()
        kept(make)
        entry(folder).chmod(0o666)
        kept(make)
        assert make.made == 2
        assert entry(folder).stat().st_mode & 0o777 == 0o600

    def test_links_and_pipes_are_neither_followed_nor_waited_for(self, folder: Path, tmp_path: Path) -> None:
        make = Maker()
        kept(make)
        path = entry(folder)
        elsewhere = tmp_path / "elsewhere"
        path.rename(elsewhere)
        path.symlink_to(elsewhere)
        kept(make)
        assert (make.made, path.is_symlink()) == (2, False)
        path.unlink()
        os.mkfifo(path)
        kept(make)
        assert (make.made, path.is_file()) == (3, True)

    @pytest.mark.skipif(sys.platform != "linux" or os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_cannot_be_written(self, folder: Path) -> None:
        folder.mkdir(mode=0o500)
        assert kept(Maker()) == Made([1, 2, 300])
        assert list(folder.iterdir()) == []


def test_a_folder_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("mine")
    for chosen in (tmp_path / "file", tmp_path / "file" / "below", "a\0b"):
        monkeypatch.setattr(cache, "cache_folder", lambda chosen=chosen: Path(chosen))
        assert kept(Maker()) == Made([1, 2, 300])
    assert (tmp_path / "file").read_text() == "mine"


def test_a_system_that_refuses_to_write(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only or full disk, also for who may write everywhere."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    for module, name in ((cache.tempfile, "mkstemp"), (os, "replace")):
        with monkeypatch.context() as context:
            context.setattr(module, name, refuse)
            assert kept(Maker()) == Made([1, 2, 300])
        assert list(folder.iterdir()) == []  # nothing half written stays


def test_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for off in ("off", "OFF"):
        monkeypatch.setenv(cache.VARIABLE, off)
        make = Maker()
        kept(make)
        kept(make)
        assert (make.made, cache.cache_folder(), folder.exists()) == (2, None, False)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these have their own places")
def test_where_it_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cache.VARIABLE, "")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert cache.cache_folder() == tmp_path / ".cache" / "msgpolicy"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")  # to be ignored, says the specification
    assert cache.cache_folder() == tmp_path / ".cache" / "msgpolicy"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert cache.cache_folder() == tmp_path / "x" / "msgpolicy"


def test_old_entries_go_and_other_files_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    (folder / "notes.txt").write_text("mine" * 1000)
    (folder / "phrases-old.msgpolicy").write_text("mine" * 1000)
    (folder / "x.msgpolicy-new").write_text("being written")
    (folder / "y.msgpolicy-new").write_text("left over")
    os.utime(folder / "y.msgpolicy-new", (0, 0))
    kept(Maker(), "one")
    size = max(path.stat().st_size for path in folder.glob("test-*"))
    monkeypatch.setattr(cache, "MAX_BYTES", 3 * size)
    (one,) = folder.glob("test-*")
    os.utime(one, (1, 1))
    monkeypatch.setattr(cache, "TIDIED_EVERY", 1)
    for age, source in enumerate("abcdef"):
        before = set(folder.iterdir())
        kept(Maker(), source)
        (path,) = set(folder.iterdir()) - before
        os.utime(path, (time.time() - 1000 + age,) * 2)
    make = Maker()
    for source in "def":
        kept(make, source)
    assert make.made == 0
    assert len(list(folder.glob("test-*"))) == 3
    assert {path.name for path in folder.iterdir() if not path.name.startswith("test-")} == {
        "notes.txt",
        "phrases-old.msgpolicy",
        "x.msgpolicy-new",
    }


def test_what_is_read_again_after_a_day_counts_as_used(folder: Path) -> None:
    kept(Maker())
    path = entry(folder)
    os.utime(path, (time.time() - 2 * cache.USED_AGAIN,) * 2)
    kept(Maker())
    assert path.stat().st_mtime > time.time() - cache.USED_AGAIN


WRITER = """
import sys
from msgpolicy import cache
from tests.test_cache import Made
for turn in range(300):
    made = cache.kept("test", turn % 3, Made, lambda: Made(list(range(20_000))), lambda made: True)
    assert made.numbers == list(range(20_000))
    if turn % 2:
        for path in cache.cache_folder().glob("test-*"):
            path.unlink(missing_ok=True)
"""


def test_processes_that_write_and_remove_the_same_entries(folder: Path) -> None:
    command = [sys.executable, "-c", WRITER]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for process in processes:
        _, told = process.communicate(timeout=60)
        assert process.returncode == 0, told
    assert not list(folder.glob("*-new"))


# --- phrases ----------------------------------------------------------------------------------------------------------

PHRASES = ["gift card*", "(leave|write) a review", "给<4>好评", "# stars", "ok? fine", "a", "don't <3> reply"]


def test_an_index_is_the_same_after_a_round(folder: Path) -> None:
    made = index_phrases(PHRASES, "en")
    assert made.fit(len(PHRASES))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=Indexes) == made


@pytest.mark.parametrize(
    "wrong",
    [
        Index([], [], [], b""),
        Index([0], [], [], b"\0"),
        Index([0], ["a", "a"], [[0], [1]], b"\0"),
        Index([0], ["a"], [[0], [1]], b"\0"),
        Index([0], ["a"], [[3]], b"\0"),
        Index([7], ["a"], [[0]], b"\0"),
        Index([0], ["a"], [[0]], b""),
        Index([0], ["a"], [[0]], bytes(1000)),
    ],
)
def test_an_index_that_fits_no_phrases(wrong: Index) -> None:
    assert not Indexes(wrong, None).fit(len(PHRASES))
    assert not Indexes(None, wrong).fit(len(PHRASES))


@pytest.mark.parametrize("bad", [[[0], ["a"], [[-1]], b"\0"], [[0], [""], [[0]], b"\0"], [[0], ["a"], [[]], b"\0"]])
def test_an_index_of_another_shape(bad: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.decode(msgspec.msgpack.encode([bad, None]), type=Indexes)


def test_a_lexicon_reads_what_another_process_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    concepts = load_ruleset("amazon-buyer").concepts
    text = "Please tell us your password and the number of your credit card. What is your PIN?"
    monkeypatch.setattr(lexicon, "_SEARCHES", {})
    first = Lexicon(concepts, {})
    found = {name: first.mentions(text).hits(name) for name in concepts}
    assert any(found.values())
    entries = list(folder.iterdir())
    assert entries

    def refuse(*_: object) -> Indexes:
        raise AssertionError("made again")

    monkeypatch.setattr(lexicon, "_SEARCHES", {})
    monkeypatch.setattr(lexicon, "index_phrases", refuse)
    again = Lexicon(concepts, {})
    assert {name: again.mentions(text).hits(name) for name in concepts} == found
