"""libmagic, from wherever it comes, changes nothing in the process."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading

import pytest

from msgpolicy.facts.files.magic_library import default_library, load_system
from msgpolicy.facts.files.sniff import sniff

# The system's library first: the dynamic linker hands out the one that it loaded first.
SYSTEM = load_system()


def run_python(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(code)],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# The system's own libmagic out of reach: no name finds it, and nothing called libmagic loads without a path.
HIDE_SYSTEM = """
import ctypes, ctypes.util
real_load = ctypes.CDLL.__init__
def load(self, name, *args, **kwargs):
    if name and "magic" in name and "pylibmagic" not in name:
        raise OSError("hidden by the test")
    real_load(self, name, *args, **kwargs)
ctypes.CDLL.__init__ = load
ctypes.util.find_library = lambda name: None
"""


@pytest.mark.parametrize("hide", ["", HIDE_SYSTEM])
def test_the_process_stays_as_it_was(hide):
    assert (
        run_python(
            hide
            + """
import ctypes, ctypes.util, os, sys
before = dict(os.environ), ctypes.CDLL.__init__, ctypes.util.find_library, ctypes.cdll.LoadLibrary
from msgpolicy.facts.files.sniff import sniff
print(sniff(b"\\xff\\xfb\\x90\\x64" + b"\\0" * 413 + b"\\xff\\xfb\\x90\\x64" + b"\\0" * 413).media_type)
after = dict(os.environ), ctypes.CDLL.__init__, ctypes.util.find_library, ctypes.cdll.LoadLibrary
assert before == after and "pylibmagic" not in sys.modules
"""
        )
        == "audio/mpeg"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no libmagic is bundled for Windows")
def test_bundled_library_serves_where_the_system_has_none():
    out = run_python(
        HIDE_SYSTEM
        + """
from msgpolicy.facts.files.magic_library import default_library
from msgpolicy.facts.files.sniff import sniff
print(default_library().version, sniff(b"RIFF\\4\\0\\0\\0ACONanih", "a.ani").by)
"""
    )
    assert out == "5.41 (bundled) libmagic"


@pytest.mark.skipif(SYSTEM is None, reason="a program can import magic itself only where the system has libmagic")
def test_private_copy_leaves_the_hosts_module_alone():
    assert (
        run_python(
            """
        import sys
        import magic
        from msgpolicy.facts.files.magic_library import load_bundled
        compat = sys.modules["magic.compat"]
        assert load_bundled().version.endswith("(bundled)")
        assert sys.modules["magic"] is magic and sys.modules["magic.compat"] is compat
        print(magic.from_buffer(b"%PDF-1.4", mime=True))
        """
        )
        == "application/pdf"
    )


def test_without_any_library_the_own_signatures_remain():
    assert (
        run_python(
            """
        import sys
        sys.modules["magic"] = None
        sys.modules["pylibmagic"] = None
        from msgpolicy.facts.files.magic_library import default_library
        from msgpolicy.facts.files.sniff import sniff
        assert default_library() is None
        print(sniff(b"%PDF-1.7").media_type, sniff(b"\\0\\1\\2\\3").media_type)
        """
        )
        == "application/pdf None"
    )


def test_a_missing_database_is_no_library():
    assert (
        run_python(
            """
        from msgpolicy.facts.files.magic_library import load_system
        print(load_system())
        """,
            MAGIC="/nonexistent",
        )
        == "None"
    )


@pytest.mark.skipif(default_library() is None, reason="no libmagic here")
def test_threads_share_one_library():
    mp3 = b"\xff\xfb\x90\x64" + b"\0" * 413 + b"\xff\xfb\x90\x64" + b"\0" * 413
    found: list[str | None] = []
    threads = [
        threading.Thread(target=lambda: found.extend(sniff(mp3).media_type for _ in range(50))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["audio/mpeg"] * 400


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
def test_a_forked_child_loads_its_own():
    """Forked while another thread holds every lock of the parent's library."""
    assert (
        run_python(
            """
        import os, sys
        from msgpolicy.facts.files import magic_library
        library = magic_library.default_library()
        with magic_library._default.lock, library._magic.lock:
            child = os.fork()
            if not child:
                fresh = magic_library.default_library()
                works = fresh.media_type(b"GIF89a\\1\\0\\1\\0\\0\\0\\0") == "image/gif"
                os._exit(0 if works and fresh is not library else 1)
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """
        )
        == "0"
    )
