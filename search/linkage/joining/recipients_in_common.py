"""What it weighs for one line that two numbers have recipients in common, or none."""

from __future__ import annotations

from search.linkage.joining.name_changes import MANY_RECIPIENTS
from search.linkage.number_use.spells import Spell
from search.linkage.weights import JoinWeights

_ENOUGH_RECIPIENTS = 3
_ENOUGH_BESIDE_A_LIST = 2
"""Where a sending phone holds the whole list of one side."""


def recipient_weight(older: Spell, newer: Spell, recipients: int, *, is_at_once: bool) -> float:
    """Return what recipients in common, or none, weigh for one line.

    Args:
        older: The earlier one.
        newer: The later one.
        recipients: Recipients in common.
        is_at_once: Both were in use at once.
    """
    fewest = min(len(older.recipients), len(newer.recipients))
    if recipients == 0:
        has_list = bool(older.sending or newer.sending)
        is_shown = fewest >= (_ENOUGH_BESIDE_A_LIST if has_list else _ENOUGH_RECIPIENTS)
        is_alone = not (older.is_broadcast and newer.is_broadcast)
        return JoinWeights.NO_RECIPIENT if is_shown else JoinWeights.ONE_PHONE if is_alone else 0.0
    if recipients == 1:
        return JoinWeights.SHARED_RECIPIENT
    every = len(older.recipients | newer.recipients)
    if is_one_list(recipients, every):
        return JoinWeights.SHARED_RECIPIENTS + JoinWeights.ONE_LIST
    are_held = bool(older.sending and newer.sending) and every >= MANY_RECIPIENTS
    # of two in use at once the lists are weighed apart (``at_once_weight``)
    if are_held and not is_at_once and recipients < JoinWeights.OTHER_LIST_SHARE * every:
        return JoinWeights.OTHER_LIST
    return JoinWeights.SHARED_RECIPIENTS + (JoinWeights.HALF_OF_RECIPIENTS if recipients * 2 >= fewest else 0.0)


def is_one_list(shared: int, every: int) -> bool:
    """Whether so many in common, of all that either has, are one list."""
    return shared >= MANY_RECIPIENTS and shared >= JoinWeights.LIST_SHARE * every
