"""Where rulesets, lexicons and lists lie, and which files a ruleset may name.

A ruleset may come from a stranger: it reaches shipped rulesets by name and files at or below its own folder, nothing
else: no absolute path, no `..`, no link that leads out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from msgpolicy.rules.located import MAX_BYTES
from msgpolicy.typed import nearest

# The file of function words beside the lexicons; no concept.
LANGUAGES = "languages"
_SUFFIXES = (".yaml", ".yml")
_PACKAGE = Path(__file__).resolve().parents[1]


class Ref(NamedTuple):
    """A ruleset file to load: where it is, how it is shown to people, and the version that was asked for."""

    path: Path
    shown: str
    version: str | None = None


class RefError(LookupError):
    """A name or path that leads to no ruleset; `hint` says what would."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message} ({hint})" if hint else message)


def shipped_folder() -> Path:
    """The folder of the rulesets that come with msgpolicy: inside the wheel, or beside the package in a checkout."""
    inside = _PACKAGE / "rulesets"
    return inside if inside.is_dir() else _PACKAGE.parent / "rulesets"


def shipped_rulesets() -> list[str]:
    """Names of the rulesets that come with msgpolicy."""
    return _names_in(shipped_folder())


def shipped_words(kind: Literal["lexicons", "lists"]) -> list[str]:
    """Names of the lexicons (one for each concept) or lists that come with msgpolicy."""
    return [name for name in _names_in(shipped_folder() / kind) if name != LANGUAGES]


def _names_in(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.yaml"))


def is_path(ref: str) -> bool:
    """Whether a reference is written as a path (`rules.yaml`, `./rules.yaml`), not as a name."""
    return ref.endswith(_SUFFIXES) or "/" in ref or "\\" in ref


def resolve(ref: str | Path) -> Ref:
    """What a caller means: a shipped name, `name@version`, or the path of a file.

    Raises:
        RefError: there is no such ruleset.
    """
    if isinstance(ref, Path) or is_path(ref):
        path = Path(ref)
        if not _is_file(path):
            if _is(path.is_dir):
                raise RefError("it is a folder", "name the ruleset file in it")
            name = path.stem if path.stem in shipped_rulesets() else ""
            raise RefError("there is no such file", f"the shipped ruleset is named {name!r}" if name else "")
        return Ref(path, str(ref))
    return _shipped(ref)


def resolve_within(ref: str, base: Path, shown: str = "") -> Ref:
    """What the ruleset file `base` means by a reference; `shown` is how that file is shown to people.

    Raises:
        RefError: there is no such ruleset, or the file may not reach it.
    """
    if not is_path(ref):
        return _shipped(ref)
    parts = Path(ref).parts
    if "\\" in ref or ":" in ref or "\0" in ref or Path(ref).is_absolute() or ref.startswith(("/", "~")):
        raise RefError("a ruleset names files by a path relative to its own", "such as ./base.yaml")
    if ".." in parts:
        raise RefError("a ruleset cannot reach outside its own folder", "move the file beside it, without ..")
    if not ref.endswith(_SUFFIXES):
        raise RefError("a ruleset file ends in .yaml")
    folder = base.parent.resolve()
    path = base.parent / ref
    if not _is_file(path):
        raise RefError("there is no such file", nearest(ref, _files_beside(base)))
    real = path.resolve()
    if not real.is_relative_to(folder):
        raise RefError("a ruleset cannot reach outside its own folder", "the link leads out of it")
    return Ref(real, str((Path(shown) if shown else base).parent / ref))


def _is_file(path: Path) -> bool:
    """Whether it is a regular file."""
    return _is(path.is_file)


def _is(kind: Callable[[], bool]) -> bool:
    """Whether a path is of a kind; a name that the system cannot hold, or a loop of links, is of none."""
    try:
        return kind()
    except (OSError, ValueError, RuntimeError):
        return False


def load_bytes(path: Path) -> bytes:
    """The file's bytes, at most one more than a ruleset may have.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _shipped(ref: str) -> Ref:
    name, at, version = ref.partition("@")
    names = shipped_rulesets()
    if name not in names:
        hint = nearest(name, names)
        known = "shipped rulesets: " + ", ".join(names)
        raise RefError(f"there is no ruleset {name!r}", hint if hint.startswith("one of") else _join(hint, known))
    path = shipped_folder() / f"{name}.yaml"
    return Ref(path, str(path), version if at else None)


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _files_beside(base: Path) -> Iterable[str]:
    return [f"./{path.name}" for path in sorted(base.parent.glob("*.y*ml")) if path != base][:100]
