"""Which starts stand out of the order of time: lines that came late, and lines that somebody typed into a message.

A typed line that mimics a start (``25/12/2023, 14:05 - Bob: ...``) cannot be told from a real one by its form, and a
message that waited for days at the server stands as far out of the order of the chat as a line that somebody typed. So
a line out of order is a message of its own, flagged, unless something else than its time shows that it is quoted: then
it stays in the text in which it stands, flagged too. What shows it is the format's to say.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
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
    """How a start stands in the order of time.

    ``LATE`` and ``AHEAD`` are more than a day away from the starts around them, in a short run: ``settled`` makes
    ``OUT_OF_ORDER`` (a message of its own) or ``TYPED`` (text) of them.
    """

    IN_ORDER = 0
    OUT_OF_ORDER = 1
    LATE = 2
    AHEAD = 3
    TYPED = 4


FAR: Final = frozenset({Standing.LATE, Standing.AHEAD})


_Keys = npt.NDArray[np.int64]


def standings(keys: _Keys) -> bytearray:
    """Return the standing of each start; none is ``TYPED``, which time alone does not tell.

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
        _stand(values, found, place, end)
        place = end
    return found


def settled(places: bytearray, is_quoted: Callable[[int], bool]) -> bytearray:
    """Return the standings with a decision on each start that is far out of order.

    Args:
        places: As ``standings`` returns them.
        is_quoted: Whether something else than its time shows that the start at a place is quoted or typed. What is
            pasted is pasted in one piece: one such start decides for those far out of order beside it.
    """
    found = bytearray(places)
    place = 0
    while place < len(places):
        end = place
        while end < len(places) and places[end] in FAR:
            end += 1
        if end > place:
            is_typed = any(is_quoted(each) for each in range(place, end))
            found[place:end] = bytes([Standing.TYPED if is_typed else Standing.OUT_OF_ORDER]) * (end - place)
        place = max(end, place + 1)
    return found


def _stand(values: list[int], found: bytearray, place: int, end: int) -> None:
    """Set the standing of a run that is out of order, from ``place`` to ``end``, and of what is late behind it."""
    before = values[place - 1] if place else None
    after = values[end] if end < len(values) else None
    is_short = before is not None and end - place <= _TYPED_LINES
    for index in range(place, end):
        near = min(abs(values[index] - each) for each in (before, after) if each is not None)
        far = Standing.AHEAD if after is not None and values[index] > after else Standing.LATE
        found[index] = far if is_short and near > _DAY_SECONDS else Standing.OUT_OF_ORDER
    if end - place == 1 and found[place] == Standing.OUT_OF_ORDER and _is_next_late(values, place):
        found[place], found[end] = Standing.IN_ORDER, Standing.OUT_OF_ORDER
    elif all(found[index] == Standing.AHEAD for index in range(place, end)):
        _turn_late(values, found, place, end)


def _turn_late(values: list[int], found: bytearray, place: int, end: int) -> None:
    """Take a run that is ahead of what follows for in order, where a few lines behind it explain it as late ones.

    Messages come late; nothing but a wrong clock puts one ahead of its time. A longest run prefers the more lines.
    """
    newest = values[end - 1]
    if any(values[index] > values[index + 1] for index in range(place, end - 1)):
        return
    stop = end
    while stop < len(values) and values[stop] < newest:
        stop += 1
    if stop - end > _TYPED_LINES:
        return
    for index in range(place, end):
        found[index] = Standing.IN_ORDER
    for index in range(end, stop):
        # At the end of the file nothing shows that time went on: no line is taken for text there.
        is_far = stop < len(values) and min(newest, values[stop]) - values[index] > _DAY_SECONDS
        found[index] = Standing.LATE if is_far else Standing.OUT_OF_ORDER


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
