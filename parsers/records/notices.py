"""Notices: stored, coded statements of what was odd, assumed, skipped or damaged while reading.

A notice is part of the result, beside the records; a log line is for us. Its wording is in one table
(``notice_codes.py``); a notice itself carries the code, how often, and where first.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a notice matters. Only ``skipped`` and ``damaged`` make the exit code 4."""

    OUTSIDE = "outside"
    ASSUMED = "assumed"
    SKIPPED = "skipped"
    DAMAGED = "damaged"


class Notice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One statement about a reading.

    Attributes:
        code: Key in the notice table, which gives severity, sentence and remedy.
        extraction_id: The extraction it is about. None: the delivery as a whole.
        count: How many items it speaks for; at least 1.
        element: For items that gave no record: the tally row (``message``, ``other:Location``) that they count in.
            None where nothing that was seen is missing because of it.
        first_locator: Where the first of them stands.
        subject: The vendor's name of what it is about: a model type, member, sheet or field. Never evidence text.
        ends_reading: True where the source was not read to its end, or a region of it was unreadable (``partial``).
    """

    code: str
    extraction_id: str | None = None
    count: int = 1
    element: str | None = None
    first_locator: str | None = None
    subject: str | None = None
    ends_reading: bool = False


def joined(held: Notice, more: Notice) -> Notice:
    """Return one notice for two of one subject: counts are summed, the first locator stays, either ends the reading."""
    return msgspec.structs.replace(
        held,
        count=held.count + more.count,
        first_locator=held.first_locator or more.first_locator,
        ends_reading=held.ends_reading or more.ends_reading,
    )


class NoticeEntry(msgspec.Struct, frozen=True):
    """One row of the table. ``remedy`` says what to do; None where nothing is to be done."""

    severity: Severity
    sentence: str
    remedy: str | None = None
