"""Instants as a person reads them: in UTC, with the time in the United Kingdom behind it."""

from __future__ import annotations

from datetime import datetime

from search.reports.page_text import UK


def uk_time(utc: str) -> str:
    """Return the time in the United Kingdom, with its day where that is another one than in UTC."""
    instant = datetime.fromisoformat(utc)
    uk = instant.astimezone(UK)
    day = "" if uk.date() == instant.date() else f"{uk.day} {uk:%b} "
    return f"{day}{uk:%H:%M:%S} UK"
