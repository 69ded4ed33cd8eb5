"""Traffic with a line's number on a phone whose clock was never set: what it dates says neither for nor against.

Such a handset dates all that it holds to 1970 or 2000 (the notice ``clock_not_set``); one that has later dates beside
these had its clock set, and may have been in use for twenty years. Whether it was with the line
is asked of the number alone: of one that had another holder too, nothing says with which of them it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from search.contract import Edge
from search.linkage.joining.groups import LineGroup
from search.linkage.keys import TALK_ROLES

_SET_FROM: Final = "2002"
"""Such clocks begin in 1970, 1980 or 2000; what bears a later date may have been written then."""
_DAYS_OF_ANOTHER: Final = 90.0
"""From the line's use to a talk of another phone that was with somebody else: a number that was given up is not given
out again before, and not every advert of a line is held."""


def is_unset(edge: Edge) -> bool:
    """Whether all that an edge holds was dated by a clock that was never set."""
    return is_unset_at(edge.last_at)


def is_unset_at(last_at: str | None) -> bool:
    """Whether the last instant of a phone or an edge is one of a clock that was never set."""
    return last_at is not None and last_at < _SET_FROM


def without_unset_dates(edges: Iterable[Edge]) -> list[Edge]:
    """Return the edges, undated where a clock that was never set dates them."""
    return [msgspec.structs.replace(edge, first_at=None, last_at=None) if is_unset(edge) else edge for edge in edges]


def had_no_other_holder(
    group: LineGroup, number: str, traffic: Iterable[Edge], device_id: str, device_of: Mapping[str, str]
) -> bool:
    """Whether no other phone with a right clock wrote to or rang a number long before or after the line used it.

    Args:
        group: The line, the only one that had the number.
        number: The number.
        traffic: All traffic with it that is held.
        device_id: The phone that is asked about.
        device_of: Device by extraction.
    """
    return not any(
        edge.role in TALK_ROLES
        and device_of.get(edge.extraction_id) not in {None, device_id}
        and edge.first_at is not None
        and edge.last_at is not None
        and not is_unset(edge)
        and group.days_from_use(number, edge.first_at, edge.last_at) > _DAYS_OF_ANOTHER
        for edge in traffic
    )
