"""The environment of the processes that read and analyse: where their temporary files go, and how they take memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

TEMPORARY_VARIABLES: Final = ("TMPDIR", "SQLITE_TMPDIR")

_ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1"}
"""Of the arithmetic of a child, whatever the service has: its matrices are small, a second thread takes the processor
from another process, and a child that has threads of arithmetic cannot be copied (``twins``) within its memory."""
_TUNABLES: Final = "GLIBC_TUNABLES"
_TUNABLE: Final = "glibc.malloc.tcache_count"
_KEPT_PIECES: Final = 8_000
"""Freed pieces of one size that the allocator keeps to give out again: the nodes of two chunks of a report. More gain
nothing, and hold memory that nothing else gets.

libxml2 frees the thousands of nodes of a chunk at once, all of two or three sizes; of the seven that are kept by
default the allocator joins the rest to larger pieces, only to split them for the next chunk. Reading a report takes a
twelfth less with this, a bare ``iterparse`` a fifth. A C library that has no such setting ignores it.
"""


def allocation_of(outside: Mapping[str, str]) -> dict[str, str]:
    """Return what makes the reading process keep freed pieces; a number that the environment names itself holds."""
    held = outside.get(_TUNABLES, "")
    if _TUNABLE in held:
        return {_TUNABLES: held}
    return {_TUNABLES: ":".join(filter(None, (held, f"{_TUNABLE}={_KEPT_PIECES}")))}


def child_environment(outside: Mapping[str, str], scratch: Path) -> dict[str, str]:
    """Return the environment of a child, whose temporary files go to the scratch folder."""
    return {**outside, **_ONE_THREAD, **dict.fromkeys(TEMPORARY_VARIABLES, str(scratch))}
