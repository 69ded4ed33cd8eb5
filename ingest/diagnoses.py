"""What one check of ``doctor`` found."""

from __future__ import annotations

import msgspec


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """What one check found. ``remedy`` says what to do; None where nothing is wrong."""

    name: str
    is_sound: bool
    detail: str
    remedy: str | None = None
