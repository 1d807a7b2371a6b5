"""All outputs of a call as one reporter: standard output, and the files of `--output FORMAT:FILE`."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace

from msgpolicy.call import OK, UNUSABLE, CallError, Streams
from msgpolicy.inputs import Draft, InputError
from msgpolicy.inputs.errors import shown_name
from msgpolicy.replacing import replacing
from msgpolicy.report import Report, Source
from msgpolicy.reporters import Reporter
from msgpolicy.reporters.display import terminal_of
from msgpolicy.reporters.formats import FORMATS, STDOUT, Output, Run, Wanted
from msgpolicy.reporters.text import notice_line


class Outputs:
    """A reporter that hands everything to the reporters of all outputs.

    A file appears, complete, when the block ends; when it ends by an exception the file stays as it was. An output that
    fails on the way does not stop the others; `status` tells in the end. When none is left, the failure is raised.
    """

    def __init__(self, wanted: Sequence[Wanted], streams: Streams, run: Run, *, inputs: Iterable[str] = ()) -> None:
        """Checks what was asked for; `inputs` are the files that the call reads.

        Raises:
            CallError: two outputs in one place, or an output in place of an input.
        """
        _check_places(wanted, [file for file in inputs if file != STDOUT])
        self.status = OK
        self._stderr = streams.stderr
        self._live = [_Open(item, streams, run) for item in wanted]
        self._said_by_text = any(item.format == "text" and item.file == STDOUT for item in wanted)
        self._fault: Exception | None = None

    def __enter__(self) -> Outputs:
        """Opens all outputs, so that what cannot be written is known before anything is judged.

        Raises:
            CallError: a file cannot be written.
        """
        with ExitStack() as opened:
            for one in self._live:
                try:
                    opened.enter_context(one)
                except OSError as error:
                    raise CallError(_failure(one.wanted.file, error)) from None
            opened.pop_all()
        return self

    def __exit__(self, *exc: object) -> None:
        self._each(lambda one: one.__exit__(*exc))
        if self._fault is not None and exc[0] is None:
            raise self._fault

    def report(self, draft: Draft, report: Report) -> None:
        """Writes the judgement of one message to each output."""
        self._each(lambda one: one.reporter.report(draft, report))

    def error(self, error: InputError) -> None:
        """Writes to each output that an input could not be used."""
        self._each(lambda one: one.reporter.error(error))

    def notice(self, text: str, source: Source | None) -> None:
        """Writes the notice to each output that has a place for it, and to standard error, once."""
        self._each(lambda one: one.reporter.notice(text, source))
        if not self._said_by_text:
            terminal = terminal_of(self._stderr)
            terminal.write(notice_line(text, source, terminal))

    def _each(self, act: Callable[[_Open], object]) -> None:
        for one in list(self._live):
            try:
                act(one)
            except Exception as error:
                self._live.remove(one)
                self._drop(one, error)
        if not self._live and self._fault is not None:
            raise self._fault

    def _drop(self, one: _Open, error: Exception) -> None:
        """Gives up one output: of a file it is said at once; a closed pipe or a fault of ours ends the call, later."""
        with suppress(Exception):
            one.__exit__(type(error), error, error.__traceback__)
        self.status = UNUSABLE
        if isinstance(error, OSError) and one.wanted.file != STDOUT:
            terminal_of(self._stderr).show(_failure(one.wanted.file, error))
        elif self._fault is None:
            self._fault = error


class _Open:
    """One output: its reporter, and the stream that it writes to."""

    def __init__(self, wanted: Wanted, streams: Streams, run: Run) -> None:
        self.wanted = wanted
        self.reporter: Reporter
        self._streams = streams
        self._run = run
        self._stack = ExitStack()

    def __enter__(self) -> _Open:
        with ExitStack() as stack:
            self.reporter = stack.enter_context(FORMATS[self.wanted.format].make(self._output(stack)))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.__exit__(*exc)  # type: ignore[arg-type]

    def _output(self, stack: ExitStack) -> Output:
        if self.wanted.file == STDOUT:
            return Output(self._streams.stdout, self._streams.stderr, self._run)
        stream = io.TextIOWrapper(
            stack.enter_context(replacing(self.wanted.file)),
            encoding="utf-8",
            newline="\n",
        )
        stack.callback(stream.detach)
        return Output(stream, stream, replace(self._run, color="never", prompt=False))


def _check_places(wanted: Iterable[Wanted], inputs: Iterable[str]) -> None:
    taken: dict[object, Wanted] = {}
    read = {_place(file) for file in inputs}
    for item in wanted:
        place = _place(item.file)
        if place in taken:
            where = "standard output" if item.file == STDOUT else shown_name(item.file)
            raise CallError(
                f"msgpolicy check: {taken[place].format} and {item.format} would both be written to {where}; "
                "give each a file of its own"
            )
        if place in read:
            raise CallError(
                f"msgpolicy check: --output {item.format}:{shown_name(item.file)} would overwrite a file that is "
                "read; name another file"
            )
        taken[place] = item


def _place(file: str) -> object:
    """The same for two names of one file."""
    if file == STDOUT:
        return STDOUT
    try:
        known = os.stat(file)
    except OSError:
        return os.path.normcase(os.path.realpath(file))
    return known.st_dev, known.st_ino


def _failure(file: str, error: OSError) -> str:
    """Why a file cannot be written, and how to mend it."""
    name = shown_name(file)
    folder = os.path.dirname(os.path.realpath(file))
    if os.path.isdir(file):
        why = f"it is a folder (name a file in it, such as {os.path.join(name, 'report')})"
    elif not os.path.isdir(folder):
        why = f"there is no folder {shown_name(folder)} (make it first)"
    elif isinstance(error, PermissionError):
        why = f"permission denied (check who may write to the folder {shown_name(folder)})"
    else:
        why = f"{error.strerror or type(error).__name__}"
    return f"msgpolicy check: {name} cannot be written: {why}"
