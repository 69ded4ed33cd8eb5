"""Jobs for tests of the worker process: each ends in another way."""

from __future__ import annotations

import errno
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from parsers.errors import InputRefused


class Question(msgspec.Struct, frozen=True):
    """What a job is asked."""

    text: str = ""
    number: float = 0


class Answer(msgspec.Struct, frozen=True):
    """What a job answers."""

    text: str
    pid: int


def echo(argument: Question) -> Answer:
    """Answer with the text, and print rubbish where the messages go."""
    print("rubbish on standard output")
    sys.stdout.flush()
    os.write(1, b"more rubbish")
    return Answer(argument.text, os.getpid())


def refuse(argument: Question) -> Answer:
    """Refuse the input."""
    del argument
    raise InputRefused("input_protected", "a password")


def fail(argument: Question) -> Answer:
    """Fail with evidence in the message."""
    raise ValueError(argument.text)


def fill(argument: Question) -> Answer:
    """Fail as on a disk that is full."""
    raise OSError(errno.ENOSPC, argument.text)


def die(argument: Question) -> Answer:
    """End the process, as the system does when memory is short."""
    os.kill(os.getpid(), int(argument.number) or signal.SIGKILL)
    return Answer("", 0)


def die_first(argument: Question) -> Answer:
    """End the process so many times, counted in a folder; answer after that."""
    folder = Path(argument.text)
    met = len(list(folder.iterdir()))
    (folder / str(met)).touch()
    if met < argument.number:
        os.kill(os.getpid(), signal.SIGKILL)
    return Answer(str(met), os.getpid())


def sleep(argument: Question) -> Answer:
    """Take long."""
    time.sleep(argument.number)
    return Answer("slept", os.getpid())


def swell(argument: Question) -> Answer:
    """Want so many bytes."""
    return Answer(str(len(bytearray(int(argument.number)))), os.getpid())


def scratch(argument: Question) -> Answer:
    """Say where temporary files go."""
    del argument
    return Answer(tempfile.gettempdir(), os.getpid())
