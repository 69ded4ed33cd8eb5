"""Times of a Gammu file: local, with a ``Z`` where the offset was zero.

Gammu loses any other offset when it writes; where a file states one it holds.
"""

from __future__ import annotations

import re
from typing import Final

from parsers.clocks import Clock
from parsers.formats.gammu.sections import Section
from parsers.records.values import NO_MOMENT, Moment

_TIME: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})(Z|[+-][0-9]{4})?")


def moment_in(section: Section, clock: Clock) -> Moment:
    """Return the time of a section; ``NO_MOMENT`` where it has none."""
    raw = section.plain("DateTime") or section.plain("Sent")
    if not raw:
        return NO_MOMENT
    match = _TIME.fullmatch(raw)
    if match is None:
        return clock.iso(raw)
    year, month, day, hour, minute, second, zone = match.groups()
    moment = clock.iso(f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone or ''}")
    return Moment(raw, moment.utc, moment.offset_minutes, moment.basis)
