"""How much memory this process has held at most."""

from __future__ import annotations

import contextlib
import ctypes
import resource
from pathlib import Path

_KIB = 1024


def forget_peak_memory() -> None:
    """Start measuring anew, where the system lets us."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def peak_memory_bytes() -> int:
    """Return the most that was resident since the process began, or since ``forget_peak_memory``."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * _KIB
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB


def give_back_memory() -> None:
    """Give back to the system what this process has free: what one step leaves in pieces, the next would add to."""
    # The C library of Linux alone has the function; elsewhere nothing is given back.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
