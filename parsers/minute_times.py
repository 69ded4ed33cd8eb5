"""Times that a source writes in hours and minutes alone: their seconds say nothing."""

from __future__ import annotations

import re
from typing import Final

from parsers.records.values import Moment

TO_THE_MINUTE: Final = len("2020-05-18T21:06")
TO_THE_SECOND: Final = len("2020-05-18T21:06:19")
"""Characters of an instant in UTC up to its minute, and to its second."""

# Hours and minutes that no seconds follow; a date is told by what stands behind it.
_MINUTE = re.compile(r"(?<![0-9:.])[0-9]{1,2}[:.][0-9]{2}(?![0-9]|[:.][0-9])")
# What stands before the sign of an offset: a time of day. Without one the sign stands between a date and its time.
_TIME_OF_DAY = re.compile(r":|[ ,T][0-9]{1,2}\.[0-9]{2}")
_SIGNS: Final = ("+", "-", "\N{MINUS SIGN}")


def is_by_the_minute(moment: Moment) -> bool:
    """Whether a time was written in hours and minutes; an offset (``10:05:00+01:00``) is no time."""
    utc, raw = moment.utc, moment.raw
    if utc is None or utc[TO_THE_MINUTE:TO_THE_SECOND] != ":00" or raw is None:
        return False
    return any(not _is_offset(raw[: found.start()]) for found in _MINUTE.finditer(raw))


def _is_offset(before: str) -> bool:
    return before.endswith(_SIGNS) and _TIME_OF_DAY.search(before) is not None
