"""libmagic through python-magic, wherever libmagic comes from, with nothing in the process changed for it.

A system's own libmagic is used where there is one, else the one inside the package `pylibmagic`. That package must not
be imported: it patches `ctypes.CDLL` and edits LD_LIBRARY_PATH and MAGIC for the whole process. Its library and its
database are found by their path instead, and python-magic is bound to them in a private copy.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import sys
import threading
from pathlib import Path
from types import ModuleType
from typing import Any

__all__ = ["MagicLibrary", "default_library", "load_bundled", "load_system"]

# The beginning of a file tells what it is; some of libmagic's patterns take long over more (half a second a megabyte).
MAX_BYTES = 1 << 18


class MagicLibrary:
    """One loaded libmagic. Safe to share between threads; after a fork, take `default_library()` again."""

    def __init__(self, module: Any, origin: str, magic_file: str | None = None) -> None:
        self._magic = module.Magic(mime=True, magic_file=magic_file)
        self._error: type[Exception] = module.MagicException
        number: int = module.version()
        self.version = f"{number // 100}.{number % 100:02} ({origin})"
        if self.media_type(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n") != "application/pdf":
            raise OSError(f"the {origin} libmagic has no usable database")

    def media_type(self, content: bytes) -> str | None:
        """The media type of `content` by its first MAX_BYTES; None when libmagic cannot tell."""
        try:
            found = str(self._magic.from_buffer(content[:MAX_BYTES]))
        except self._error:
            return None
        # Some releases append more after the type, or say "cannot open" in its place.
        known = found.partition(";")[0].strip().lower()
        return known if "/" in known and " " not in known and known != "application/octet-stream" else None


def load_system() -> MagicLibrary | None:
    """The system's own libmagic; None where there is none, or none that works."""
    if sys.platform == "win32" and "magic" not in sys.modules:
        # python-magic would take any libmagic.dll that lies in the current directory.
        return None
    try:
        return MagicLibrary(importlib.import_module("magic"), "system")
    except Exception:  # a broken library or database raises what it likes; there is another one to try
        return None


def load_bundled() -> MagicLibrary | None:
    """The libmagic inside pylibmagic; None where that is not installed or does not load.

    To be loaded after the system's, never before: the dynamic linker would give this one to who asks for that one. On
    a machine that has no other, who imports `magic` later is told that there is no database, not that there is no
    library.
    """
    try:
        spec = importlib.util.find_spec("pylibmagic")  # finds the package without running it
        for folder in map(Path, (spec and spec.submodule_search_locations) or ()):
            for library in (*sorted(folder.glob("libmagic*.so*")), *sorted(folder.glob("libmagic*.dylib"))):
                module = _python_magic_bound_to(ctypes.CDLL(str(library)))
                return MagicLibrary(module, "bundled", str(folder / "magic.mgc"))
    except Exception:  # as above: without libmagic the own signatures remain
        return None
    return None


def _python_magic_bound_to(library: ctypes.CDLL) -> ModuleType:
    """A private copy of python-magic that uses `library`; other importers of `magic` never see it."""
    loader = ModuleType("magic.loader")
    loader.__dict__["load_lib"] = lambda: library
    # The layer for another binding's old names opens the default database on import; the bundled library has none.
    compat = ModuleType("magic.compat")
    compat.__dict__.update(dict.fromkeys(("detect_from_filename", "detect_from_content", "detect_from_fobj", "open")))
    taken = _pop_magic_modules()
    sys.modules |= {"magic.loader": loader, "magic.compat": compat}
    try:
        return importlib.import_module("magic")
    finally:
        _pop_magic_modules()
        sys.modules.update(taken)


def _pop_magic_modules() -> dict[str, ModuleType]:
    return {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "magic"}


class _Default:
    """The library of this process, loaded when first needed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.loaded = False
        self.library: MagicLibrary | None = None


_default = _Default()
_of_parent: list[_Default] = []


def default_library() -> MagicLibrary | None:
    """The best libmagic here, loaded once per process; None where there is none (Windows)."""
    state = _default
    with state.lock:
        if not state.loaded:
            state.library, state.loaded = load_system() or load_bundled(), True
        return state.library


def _start_anew() -> None:
    """In a forked child: another thread may have been inside libmagic or held its lock, so begin again.

    The parent's handle is kept, not closed: closing a handle that was in use could crash.
    """
    global _default
    _of_parent.append(_default)
    _default = _Default()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)
