"""The boundary of one command: every error that leaves a verb becomes one message and an exit code here.

A traceback goes to the log file in the data folder alone, and without the messages of exceptions that are not ours,
which can hold evidence text. The user gets an id that finds it there.
"""

from __future__ import annotations

import contextlib
import functools
import os
import secrets
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Concatenate, NoReturn, ParamSpec

import typer

from ingest.exit_codes import ExitCode
from ingest.printed.output import close_result, say
from ingest.running import Terminated

LOG_NAME = "trapline.log"
"""Name of the log file in the data folder."""

Parameters = ParamSpec("Parameters")


class Invocation:
    """What one run of the command line knows beside its arguments.

    Attributes:
        environ: The environment of the process; nothing below the command line reads it.
        data_dir: The data folder, as soon as the settings are read. None: not yet, or the verb needs none.
    """

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ
        self.data_dir: Path | None = None


def guarded(run: Callable[Concatenate[typer.Context, Parameters], int]) -> Callable[..., None]:
    """Return the verb as typer calls it: its exit code raised as ``typer.Exit``, and no other exception let through."""

    @functools.wraps(run)
    def verb(ctx: typer.Context, *args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        raise typer.Exit(_code_of_run(lambda: run(ctx, *args, **kwargs), ctx.obj))

    return verb


def _code_of_run(run: Callable[[], int], invocation: Invocation) -> int:
    try:
        with _ended_by_sigterm():
            code = run()
            sys.stdout.flush()
    except BrokenPipeError:
        close_result()
        code = ExitCode.WHOLE
    except KeyboardInterrupt:
        say("Interrupted. Nothing is lost: the next run finishes what was begun.")
        code = ExitCode.INTERRUPTED
    except Terminated:
        say("Ended on request. Nothing is lost: the next run finishes what was begun.")
        code = ExitCode.TERMINATED
    except typer.BadParameter:
        raise
    except Exception as exc:  # noqa: BLE001  # the boundary of one command: the error becomes a message and a code
        code = _told(exc, invocation)
    return int(code)


def _told(error: Exception, invocation: Invocation) -> ExitCode:
    from ingest.error_codes import code_of, frames_elsewhere, own_words, sentence_of_error  # noqa: PLC0415  # loaded when there is an error

    code = code_of(error, invocation.data_dir)
    if code is not None:
        say(f"trapline: {sentence_of_error(error, invocation.data_dir)}")
        return code
    error_id = f"e-{secrets.token_hex(4)}"
    where = _logged(error, error_id, invocation.data_dir, frames_elsewhere(error))
    say(f"trapline: internal error {error_id} ({own_words(error)}). {where}")
    return ExitCode.INTERNAL


def _logged(error: Exception, error_id: str, data_dir: Path | None, elsewhere: str | None) -> str:
    """Write the traceback to the log file, and return the sentence that says where it is."""
    if data_dir is None or not data_dir.is_dir():
        return "No data folder was open, so no details were kept."
    path = data_dir / LOG_NAME
    lines = [f"{datetime.now(UTC).isoformat(timespec='milliseconds')} {error_id}"]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"  {type(cause).__module__}.{type(cause).__qualname__}")
        lines.extend(
            f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(cause.__traceback__)
        )
        cause = cause.__cause__ or cause.__context__
    if elsewhere is not None:
        lines.extend(f"    in a worker process: {line}" for line in elsewhere.splitlines())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return "The log file in the data folder cannot be written, so no details were kept."
    return f"Details are in {path}."


@contextlib.contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    before = signal.signal(signal.SIGTERM, _raise_terminated)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _raise_terminated(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated
