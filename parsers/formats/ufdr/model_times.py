"""Times and durations of models."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from parsers.clocks import Clock
from parsers.formats.ufdr.elements import Element, Fields, text_of, value_element
from parsers.records.values import NO_MOMENT, NO_TIMES, MessageTimes, Moment

_HAS_OFFSET = re.compile(r"(?:[zZ]|[+-][0-9]{2}:?[0-9]{2})\s*$")
_OLD = re.compile(
    r"([0-9]{2})/([0-9]{2})/([0-9]{4}) ([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,7})?) ?([+-][0-9]{2}:[0-9]{2})"
)
"""``dd/MM/yyyy hh:mm:ss XXX`` (FORMATS.md 1.5, by the code of open readers)."""
_MONTHS: Final = 12
_TIME_SPAN = re.compile(
    r"\s*(?:([0-9]{1,7})[.:\s](?=[0-9]+:[0-9]+:))?([0-9]{1,7}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?\s*"
)
_SECONDS = re.compile(r"\s*([0-9]{1,12})(?:[.,]([0-9]{1,9}))?\s*")
_DAY_SECONDS: Final = 86_400


def moment_of(model: Element, fields: Fields, name: str, clock: Clock) -> Moment:
    """Return the moment of a TimeStamp field.

    The value's text holds; where it is empty or states no offset and the attribute ``formattedTimestamp`` does, that
    one is read.
    """
    text = fields.get(name)
    if text is None:
        return NO_MOMENT
    if isinstance(text, str) and text[-6:-5] in _SIGNS:
        return _read(text, clock)
    text = text_of(text)
    if text is None or not _HAS_OFFSET.search(text):
        value = value_element(model, name)
        shown = value.get("formattedTimestamp") if value is not None else None
        if shown and (text is None or _HAS_OFFSET.search(shown)):
            text = shown
    return _read(text, clock) if text else NO_MOMENT


_SIGNS = frozenset({"+", "-"})


def _read(text: str, clock: Clock) -> Moment:
    """Return the moment of a value; a numeric date of the old form has the day first where no date says otherwise."""
    old = _OLD.fullmatch(text) if text[2:3] == "/" and clock.date_order is None else None
    if old is None or int(old[2]) > _MONTHS:
        return clock.iso(text)
    day, month, year, hour, offset = old.groups()
    return msgspec.structs.replace(clock.iso(f"{year}-{month}-{day}T{hour}{offset}"), raw=text)


def message_times(model: Element, fields: Fields, clock: Clock) -> MessageTimes:
    """Return the further times of a message."""
    if "DateRead" not in fields and "DateDelivered" not in fields:
        return NO_TIMES
    read = moment_of(model, fields, "DateRead", clock)
    delivered = moment_of(model, fields, "DateDelivered", clock)
    if read is NO_MOMENT and delivered is NO_MOMENT:
        return NO_TIMES
    return MessageTimes(
        read=None if read is NO_MOMENT else read, delivered=None if delivered is NO_MOMENT else delivered
    )


def duration_seconds(text: str | None) -> float | None:
    """Return a TimeSpan in seconds: ``HH:MM:SS``, ``d.HH:MM:SS``, a fraction behind a point or a comma.

    None where there is none, or in another form.
    """
    if text is None:
        return None
    span = _TIME_SPAN.fullmatch(text)
    if span is not None:
        days, hours, minutes, seconds, fraction = span.groups()
        whole = int(days or 0) * _DAY_SECONDS + int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    else:
        plain = _SECONDS.fullmatch(text)
        if plain is None:
            return None
        whole, fraction = int(plain[1]), plain[2]
    return float(f"{whole}.{fraction or 0}")
