"""What a long run says of itself while it goes on, and the moments at which a test may stop it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far one delivery is.

    Attributes:
        delivery: Name it was dropped under.
        step: Step of the pipeline that is under way: ``custody``, ``parse``, ``analyse``, ``load`` ...
        done: Units done, in the unit of the step.
        total: Units in all. None: not known.
        unit: ``bytes``, ``records``, ``texts`` or ``extractions``.
    """

    delivery: str
    step: str
    done: int
    total: int | None
    unit: str


OnProgress = Callable[[Progress], None]
"""Called often, from the event loop's thread; MUST return at once."""

Checkpoint = Callable[[str], None]
"""Called with ``before <step>`` and ``after <step>``; tests end the process in it."""


def no_progress(_progress: Progress) -> None:
    """Say nothing."""


def no_checkpoint(_name: str) -> None:
    """Go on."""


def from_thread(on_progress: OnProgress) -> OnProgress:
    """Return what may be called from another thread: it hands on to the event loop's. Call it in the event loop."""
    loop = asyncio.get_running_loop()

    def hand_on(progress: Progress) -> None:
        loop.call_soon_threadsafe(on_progress, progress)

    return hand_on
