"""`audit.json`: what an audit was asked, so that it can be gone on with and is never mixed up with another."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from msgpolicy.audit.lock import NAME as LOCK_NAME
from msgpolicy.audit.redacting import KEY_NAME
from msgpolicy.inputs.errors import shown_name, unusable
from msgpolicy.replacing import replacing

NAME = "audit.json"
# What stands in the folder before that file does.
_OURS = {KEY_NAME, LOCK_NAME, NAME}


class Archives(msgspec.Struct, frozen=True, kw_only=True):
    """What is judged: the paths as they were named, addresses in them as hashes; the state of the files."""

    paths: tuple[str, ...]
    files: int
    bytes: int
    state: str
    not_read: tuple[str, ...] = ()


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """All that the results depend on. Of files, the digest or the state; of the key, its name."""

    schema: int = 1
    engine: str
    ruleset: str
    version: str
    digest: str
    settings: dict[str, Any]
    archives: Archives
    context: str | None = None
    suppressions: str | None = None
    today: date | None = None
    as_of: datetime | None = None
    timezone: str | None = None
    encoding: str | None = None
    names: dict[str, str] = msgspec.field(default_factory=dict)
    lang: str = "en"
    strict: bool = False
    redacted: bool = True
    key: str | None = None
    key_file: str | None = None  # None: the one in the folder
    show_text: bool = False


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The file: what was asked; once all parts are done, how many these are, and what is to be said of the run.

    `decisions` is the digest of the decisions that are laid over the tables, which may be others in each call.
    """

    asked: Asked
    parts: int | None = None
    finished: bool = False
    decisions: str | None = None
    notices: list[str] = msgspec.field(default_factory=list)


# What is told of a difference, where the name of the field does not do.
_WORDS: Mapping[str, str] = {
    "engine": "another version of msgpolicy",
    "version": "another version of the ruleset",
    "digest": "a ruleset that reads otherwise",
    "archives": "other archives, or archives that have changed since",
    "context": "another --context file, or one that has changed since",
    "suppressions": "another --suppressions file, or one that has changed since",
    "names": "another --map",
    "redacted": "--no-redact",
    "key": "another redaction key",
    "show_text": "--show-text",
    "as_of": "another --as-of",
}


def read_record(out: str) -> Record | None:
    """What `out` holds already; None if it holds no audit.

    Raises:
        InputError: the file cannot be read.
    """
    path = os.path.join(out, NAME)
    try:
        with open(path, "rb") as stream:
            return msgspec.json.decode(stream.read(), type=Record)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not one that msgpolicy wrote"
        raise unusable(shown_name(path), f"cannot be read: {why}", "name another folder with --out") from None


def write_record(out: str, record: Record) -> None:
    """Writes it, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    with replacing(os.path.join(out, NAME)) as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")


def take_folder(out: str) -> None:
    """Makes the folder, if it is not there; one that holds anything but an audit is not touched.

    Raises:
        InputError: it holds something else, or is no folder.
        OSError: it cannot be made.
    """
    if os.path.lexists(out) and not os.path.isdir(out):
        raise unusable(shown_name(out), "is no folder", "name an empty or a new one with --out")
    os.makedirs(out, exist_ok=True)
    begun = tuple(f".{name}." for name in _OURS)  # of files that a killed process was about to write
    others = sorted(name for name in set(os.listdir(out)) - _OURS if not name.startswith(begun))
    if others and NAME not in os.listdir(out):
        why = f"the folder holds something else already ({shown_name(others[0])[:80]})"
        raise unusable(shown_name(out), why, "name an empty or a new one with --out")


def begin(out: str, asked: Asked, *, resume: bool) -> Record:
    """Begins this audit in the folder; what is there already of the very same one.

    Raises:
        InputError: it holds something else, or this audit and `resume` was not asked for.
        OSError: it cannot be written.
    """
    found = read_record(out)
    name = shown_name(out)
    if found is None:
        record = Record(asked=asked)
        write_record(out, record)
        return record
    differences = [
        _WORDS.get(field, f"another --{field}")
        for field in Asked.__struct_fields__
        if getattr(found.asked, field) != getattr(asked, field) and field not in ("today", "key_file")
    ]
    if differences:
        why = f"the folder holds another audit, with {', '.join(differences)}"
        raise unusable(name, why, "call it as it was called, or name another folder with --out")
    if not resume:
        state = "which is finished" if found.finished else "which is not finished"
        hint = "to go on with it, add --resume"
        if found.finished:
            hint = "to make its report anew, export it, or lay decisions over it, add --resume"
        raise unusable(name, f"the folder holds this audit already, {state}", hint)
    return found
