"""A file replaced by its new content as a whole, or left as it is."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile

from msgpolicy.inputs.errors import shown_name, unusable


def save(file: str, data: bytes, *, was: bytes) -> None:
    """Writes `data` to a file that held `was`: beside it first, then in its place, with its mode.

    Raises:
        InputError: the file is none of its own (a link, a device), must not be written, or has changed meanwhile; or
            writing failed. The file is then as it was.
    """
    name = shown_name(file)
    try:
        info = os.lstat(file)
        if stat.S_ISLNK(info.st_mode):
            raise unusable(name, "is a link; it was not changed", "name the file that it leads to")
        if not stat.S_ISREG(info.st_mode):
            raise unusable(name, "is no regular file; it was not changed")
        if not info.st_mode & 0o222 or not os.access(file, os.W_OK):
            raise unusable(name, "is read-only; it was not changed")
        descriptor, beside = tempfile.mkstemp(prefix=".msgpolicy-", dir=os.path.dirname(file) or ".")
        try:
            with open(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(beside, stat.S_IMODE(info.st_mode))
            with open(file, "rb") as stream:
                if stream.read(len(was) + 1) != was:
                    raise unusable(name, "changed while it was judged; it was not overwritten", "run it again")
            os.replace(beside, file)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise
    except OSError as error:
        raise unusable(name, f"cannot be written: {error.strerror or type(error).__name__}") from None
