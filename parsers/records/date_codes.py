"""Notices of dates (the order of their numbers, the zone that a column names): part of ``notice_codes``."""

from __future__ import annotations

from typing import Final

from parsers.records.notices import NoticeEntry, Severity

DATES: Final[dict[str, NoticeEntry]] = {
    "year_first_assumed": NoticeEntry(
        Severity.ASSUMED,
        "Dates of three numbers of two digits were read with the year in front: so they run in order, in one year or"
        " two that follow each other, and with the day in front they would lie over ten years or more.",
        'State date_order = "day_first" in a sidecar if the day is in front.',
    ),
    "time_of_days": NoticeEntry(
        Severity.ASSUMED,
        "Times stand as numbers of days (45498.5), as a spreadsheet program stores them, counted from 30 December 1899"
        " and in local time; they were read so.",
        "Compare one of them with the sender's table: programs on old Macs count from 1904, four years later.",
    ),
    "day_month_order_unknown": NoticeEntry(
        Severity.ASSUMED,
        "Dates do not tell day and month apart, or day and a year of two digits; those times are kept as written,"
        " without an instant.",
        "State date_order (day_first or month_first) in a sidecar.",
    ),
    "date_order_mixed": NoticeEntry(
        Severity.ASSUMED,
        "Dates of both orders of day and month stand in one file; all others were read as {subject}.",
        "State date_order (day_first or month_first) in a sidecar.",
    ),
    "date_order_of_others": NoticeEntry(
        Severity.ASSUMED,
        "Dates of the chat do not tell day and month apart; they were read as those of other chats of the handset:"
        " {subject}.",
        "State date_order (day_first or month_first) in a sidecar if the chat was exported with another setting.",
    ),
    "zone_name_unknown": NoticeEntry(
        Severity.ASSUMED,
        "The name of a column of times names a time zone that is not understood ({subject}): which is meant was not"
        " guessed, and the times have no instant.",
        'State the zone in the sidecar (time_zone = "America/New_York"): those times are then read in it.',
    ),
    "zone_name_beside": NoticeEntry(
        Severity.ASSUMED,
        "The name of a column of times states an offset from UTC, and beside it names a time zone ({subject}); the"
        " times were read at the offset all year, also where that zone has summer time.",
        "Compare one of these times from the summer with the handset.",
    ),
}
