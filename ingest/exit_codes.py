"""Exit codes of the command line. Other programs read them: a code keeps its meaning."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a run ended with."""

    WHOLE = 0
    USAGE = 2
    REFUSED = 3
    PARTIAL = 4
    NO_INDEX = 5
    NO_ROOM = 6
    INTERNAL = 70
    INTERRUPTED = 130
    TERMINATED = 143


def gravest(*codes: int) -> ExitCode:
    """Return the code of a run of several items: 70, 5, 4, 3, 0 in that order; refused beside whole is 4."""
    distinct = set(codes)
    if distinct == {ExitCode.WHOLE, ExitCode.REFUSED}:
        return ExitCode.PARTIAL
    order = (ExitCode.INTERNAL, ExitCode.NO_INDEX, ExitCode.PARTIAL, ExitCode.REFUSED)
    return next((code for code in order if code in distinct), ExitCode.WHOLE)
