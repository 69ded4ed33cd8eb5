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
_TUNABLES_OF_READER: Final = {
    "glibc.malloc.tcache_count": 8_000,
    "glibc.malloc.mmap_threshold": 2**20,
    "glibc.malloc.trim_threshold": 4 * 2**20,
}
"""How the allocator of the reading process keeps memory. A C library that has no such settings ignores them.

Freed pieces of one size that it keeps to give out again: the nodes of two chunks of a report. libxml2 frees the
thousands of nodes of a chunk at once, all of two or three sizes; of the seven that are kept by default the allocator
joins the rest to larger pieces, only to split them for the next chunk. Reading a report takes a twelfth less with
this, a bare ``iterparse`` a fifth. More gain nothing, and hold memory that nothing else gets.

Octets from which a piece comes from the system and goes back to it at once, and free octets at the end that go back:
by default the first rises with the largest piece that was freed, so that columns of a million messages leave their
room behind between small pieces (50 MB).
"""


def allocation_of(outside: Mapping[str, str]) -> dict[str, str]:
    """Return how the reading process takes memory; settings that the environment names itself hold."""
    held = outside.get(_TUNABLES, "")
    ours = (f"{name}={value}" for name, value in _TUNABLES_OF_READER.items() if name not in held)
    return {_TUNABLES: ":".join(filter(None, (held, *ours)))}


def child_environment(outside: Mapping[str, str], scratch: Path) -> dict[str, str]:
    """Return the environment of a child, whose temporary files go to the scratch folder."""
    return {**outside, **_ONE_THREAD, **dict.fromkeys(TEMPORARY_VARIABLES, str(scratch))}
