"""The command `msgpolicy`: reads the call, hands it to `commands`, gives an exit status.

Nothing heavy is imported before it is known what is asked: `msgpolicy --help` answers at once.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import BinaryIO, TextIO

from msgpolicy._version import __version__
from msgpolicy.arguments import parse
from msgpolicy.call import UNUSABLE, CallError, Streams

# What shells give for a command that Ctrl-C, or a closed pipe, ended.
INTERRUPTED, PIPE_CLOSED = 130, 141

_ISSUES = "https://github.com/msgpolicy/msgpolicy/issues"


def main(
    argv: Sequence[str] | None = None,
    stdin: BinaryIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
) -> int:
    """Runs the command with these arguments (those of the process unless given); gives the exit status."""
    streams = Streams(stdin or sys.stdin.buffer, stdout or sys.stdout, stderr or sys.stderr)
    try:
        status = _run(sys.argv[1:] if argv is None else list(argv), streams)
        streams.stdout.flush()
        return status
    except BrokenPipeError:
        status = PIPE_CLOSED
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:
        status = UNUSABLE
        with contextlib.suppress(OSError):
            streams.stderr.write(f"msgpolicy: {_output_failure(error) or _internal_error(error)}\n")
    _let_go(streams)
    return status


def _run(argv: list[str], streams: Streams) -> int:
    try:
        with contextlib.redirect_stdout(streams.stdout), contextlib.redirect_stderr(streams.stderr):
            args = parse(argv)
    except SystemExit as ended:  # --help, --version
        return int(ended.code or 0)
    except CallError as error:
        streams.stderr.write(f"{_printable(str(error))}\n")
        return UNUSABLE
    from msgpolicy import commands

    return commands.run(args, streams)


def _let_go(streams: Streams) -> None:
    """Keeps the interpreter from writing to a stream that is gone when it ends."""
    for stream in (streams.stdout, streams.stderr):
        try:
            stream.flush()
        except OSError:
            if stream in (sys.stdout, sys.stderr):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _output_failure(error: Exception) -> str:
    """What to say when the output cannot be written (a full disk); empty for any other error."""
    if isinstance(error, OSError) and error.filename is None:
        return f"the output cannot be written: {error.strerror}"
    return ""


def _internal_error(error: Exception) -> str:
    """One line for a report of the fault: where it is, and nothing of what was read, for messages are private."""
    import platform
    import traceback

    above = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
    frames = [
        f"{frame.filename.removeprefix(above)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(above)
    ]
    return (
        f"internal error {type(error).__name__} at {', '.join(frames[:-5:-1])} "
        f"(msgpolicy {__version__}, Python {platform.python_version()}, {platform.system()}). "
        f"This is a fault of msgpolicy, not of your message: please report this line at {_ISSUES}"
    )


def _printable(text: str) -> str:
    """Arguments come from anywhere: what could act on the terminal is written out."""
    return "".join(
        char if char == "\n" or (char.isprintable() and char.isascii()) else ascii(char)[1:-1] for char in text
    )
