"""Two numbers that send in turns for as long as either is used: both are on, and neither takes over from the other.

A change of number may take days in which both send. Two that share such days nearly from the first advert of the one to
the last of the other are a line's two phones, though the one that stops a few hours sooner looks like the earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search.linkage.deal_lines.line_turns import Periods, number_of
from search.linkage.instants import days_between, lies_within
from search.linkage.joining.groups import LineGroup
from search.linkage.number_use.one_number import WITHIN_DAYS

_SHARE_OF_EITHER: Final = 0.5
"""Of the time that the one is in use which is in use for less, both are."""
_PHONES: Final = 2
"""That show the order by a clock of their own."""


def are_interleaved(group: LineGroup, old: str, number: str, periods: Periods) -> bool:
    """Whether a number goes on after the one that may follow it has begun, and that goes on again, for most of its use.

    Args:
        group: The line.
        old: Turn of the number that began first.
        number: Turn of the one that may follow it.
        periods: First and last instant of each turn.
    """
    (old_first, old_last), (first, last) = periods[old], periods[number]
    if old_first is None or old_last is None or first is None or last is None:
        return False
    together = days_between(first, old_last)
    in_use = min(days_between(old_first, old_last), days_between(first, last))
    if together <= WITHIN_DAYS or together < _SHARE_OF_EITHER * in_use:
        return False
    came, old_came = (_came(group, turn, periods) for turn in (number, old))
    phones = [
        device_id
        for device_id, instants in came.items()
        if any(
            days_between(instants[0], at) > WITHIN_DAYS and days_between(at, instants[-1]) > 0
            for at in old_came.get(device_id, ())
        )
    ]
    return len(phones) >= _PHONES


def _came(group: LineGroup, turn: str, periods: Periods) -> dict[str, Sequence[str]]:
    """Return when adverts that went to many came in a turn of a number, in order, by the device that got them."""
    first, last = periods[turn]
    found: dict[str, list[str]] = {}
    for spell in group.spells_of(number_of(turn)):
        for advert in spell.adverts:
            if advert.device_id in spell.out_of_time or advert.edge.other in spell.to_few:
                continue
            instants = [
                at for at in (advert.edge.first_at, advert.edge.last_at) if at and lies_within(at, first, last, 0)
            ]
            found.setdefault(advert.device_id, []).extend(instants)
    return {device_id: sorted(instants) for device_id, instants in found.items() if instants}
