"""Files that people name, read into messages; what cannot be read becomes an error that says where and why."""

from __future__ import annotations

from msgpolicy.inputs.context import Context, load_context
from msgpolicy.inputs.errors import InputError, Trouble
from msgpolicy.inputs.files import MAX_BYTES
from msgpolicy.inputs.reading import INPUT_FORMATS, Draft, WholeFile, read_drafts, read_whole

__all__ = [
    "INPUT_FORMATS",
    "MAX_BYTES",
    "Context",
    "Draft",
    "InputError",
    "Trouble",
    "WholeFile",
    "load_context",
    "read_drafts",
    "read_whole",
]
