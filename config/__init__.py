"""Settings: read once at the start, handed on by section."""

from __future__ import annotations

from config.loading import load

__all__ = ["load"]
