"""The days between two numbers of one name, or between what they sent: one after the other, at once, or far apart.

Days from the last advert of the earlier one to the first of the later one; negative: used at once. None: undated.
"""

from __future__ import annotations

from search.linkage.joining.name_changes import CLOSE_DAYS, NEAR_DAYS
from search.linkage.number_use.one_number import OVERLAP_DAYS, WITHIN_DAYS
from search.linkage.weights import JoinWeights

BRIDGED_DAYS = 90.0
"""As long as a silent number stays a line's (``uses.GAP_DAYS``). Later anybody may know the name."""


def is_at_once(gap: float | None) -> bool:
    """Return whether both were in use, longer than a change of number takes."""
    return gap is not None and gap < -OVERLAP_DAYS


def follows(gap: float | None) -> bool:
    """Return whether the one began about when the other ended, or within two months."""
    return gap is not None and -OVERLAP_DAYS <= gap <= NEAR_DAYS


def is_far(gap: float | None) -> bool:
    """Return whether a month or more lies between."""
    return gap is not None and gap > CLOSE_DAYS


def weight(gap: float | None, *, is_bridged: bool = False) -> float:
    """Return what the time between weighs for one line; nothing where it is not known.

    Args:
        gap: The days between.
        is_bridged: The later number told people of the earlier one, under its name, that it is new: a pause of up to
            three months says nothing then.
    """
    if gap is None:
        return 0.0
    if gap < -OVERLAP_DAYS:
        return JoinWeights.AT_ONCE
    if gap < -WITHIN_DAYS:
        return 0.0
    if gap <= OVERLAP_DAYS:
        return JoinWeights.ONE_AFTER_THE_OTHER
    if gap <= CLOSE_DAYS:
        return JoinWeights.CLOSE
    return 0.0 if gap <= (BRIDGED_DAYS if is_bridged else NEAR_DAYS) else JoinWeights.FAR
