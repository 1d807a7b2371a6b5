"""Room for what a format has to write later: in memory while it is little, then in a file without a name."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator

# Bytes that are kept in memory.
_IN_MEMORY = 1024 * 1024
_CHUNK = 64 * 1024


class Spool:
    """Bytes that are written now and handed on later, once."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by pour and close
        self.write: Callable[[bytes], object] = self._file.write

    def pour(self, write: Callable[[bytes], object]) -> None:
        """Hands on all that was written, and ends."""
        for chunk in self.chunks():
            write(chunk)
        self.close()

    def chunks(self) -> Iterator[bytes]:
        """All that was written, piece by piece; a piece may end within a code point."""
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            yield chunk

    def close(self) -> None:
        """Ends; may be called again."""
        self._file.close()
