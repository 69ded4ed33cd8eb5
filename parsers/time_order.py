"""Which starts stand out of the order of time: lines that came late, and lines that somebody typed into a message.

A typed line that mimics a start (``25/12/2023, 14:05 - Bob: ...``) cannot be told from a real one by its form. An
export runs in the order of the chat, so what is far out of time order and alone is kept as text of the message that it
stands in; what is a little out of order is a message of its own. Both are flagged.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime
from enum import IntEnum
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

_DAY_SECONDS: Final = 86_400
_TYPED_LINES: Final = 3
"""A longer run out of order is a piece of a chat (two exports in one file), not a line that somebody typed."""


class Standing(IntEnum):
    """How a start stands in the order of time."""

    IN_ORDER = 0
    OUT_OF_ORDER = 1
    TYPED = 2


_Keys = npt.NDArray[np.int64]


def standings(keys: _Keys) -> bytearray:
    """Return the standing of each start.

    Args:
        keys: ``date_orders.sort_keys`` of all starts, in file order.
    """
    found = bytearray(len(keys))
    if len(keys) < 2 or not np.any(np.diff(keys) < 0):
        return found
    values: list[int] = keys.tolist()
    in_order = _longest_run(values)
    place = 0
    while place < len(values):
        if in_order[place]:
            place += 1
            continue
        end = place
        while end < len(values) and not in_order[end]:
            end += 1
        before = values[place - 1] if place else None
        after = values[end] if end < len(values) else None
        is_typed = before is not None and end - place <= _TYPED_LINES
        for index in range(place, end):
            near = [abs(values[index] - each) for each in (before, after) if each is not None]
            is_far = min(near) > _DAY_SECONDS
            found[index] = Standing.TYPED if is_typed and is_far else Standing.OUT_OF_ORDER
        if end - place == 1 and found[place] == Standing.OUT_OF_ORDER and _is_next_late(values, place):
            found[place], found[end] = Standing.IN_ORDER, Standing.OUT_OF_ORDER
        place = end
    return found


def _is_next_late(values: list[int], place: int) -> bool:
    """Whether the start behind one that is out of order could be it as well: of two, the later line came late."""
    if place + 1 >= len(values):
        return False
    before = values[place - 1] if place else values[place]
    after = values[place + 2] if place + 2 < len(values) else values[place]
    return before <= values[place] <= after and values[place + 1] < values[place]


def is_repeated_hour(local: datetime, zone: ZoneInfo) -> bool:
    """Whether the zone shows this time twice, in the night when it goes back."""
    offsets = {local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
    return len(offsets) > 1


def _longest_run(values: list[int]) -> bytearray:
    """Return 1 for each value of a longest run that never goes back (patience sorting), 0 for the others."""
    ends: list[int] = []
    places: list[int] = []
    previous = [-1] * len(values)
    for place, value in enumerate(values):
        pile = bisect_right(ends, value)
        if pile:
            previous[place] = places[pile - 1]
        if pile == len(ends):
            ends.append(value)
            places.append(place)
        else:
            ends[pile] = value
            places[pile] = place
    kept = bytearray(len(values))
    place = places[-1]
    while place >= 0:
        kept[place] = 1
        place = previous[place]
    return kept
