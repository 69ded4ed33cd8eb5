"""What is between two names that differ: a line that changed its name, or was taken over, or two lines.

Who imitates a line sends beside it, and reaches a part of its customers; who copies its wordings has some of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import fold_name
from search.linkage.number_use.names import are_forms
from search.linkage.number_use.one_number import OVERLAP_DAYS, WITHIN_DAYS
from search.linkage.number_use.spells import Spell
from search.linkage.weights import JoinWeights

NEAR_DAYS: Final = 60.0
CLOSE_DAYS: Final = 30.0
MANY_RECIPIENTS: Final = 10
_SHARE_TAKEN_UP: Final = 0.75
_WORDINGS_TAKEN_UP: Final = 5
_RECIPIENTS_TAKEN_UP: Final = 4
"""What a number takes up of one that fell silent, where both bear names of their own: so much of the wordings of either
and of the recipients of the one that has fewer, and so many of both at least. A rival copies two or three wordings."""
_SHARE_WRITTEN: Final = 0.5
_WRITTEN_FEWER: Final = 2
"""The same where the one wrote the other's number besides: half, and so many fewer of both. Reasoned; one such line of
another maker's world."""
_RECIPIENTS_ALL_BUT: Final = 8
"""The same, though the one who follows within days writes as much anew, where it goes to so many who got the earlier
one's adverts: what a rival takes of a line's customers he takes while that sends. Reasoned; one such line of another
maker's world."""
_SHARE_OF_LIST: Final = 0.9
_DROPPED_DAYS: Final = 21.0
_DROPPED_WORDINGS: Final = 2
"""How long a number sent under another name, and in how many wordings, for the one before to be given up. Reasoned."""


class NameChange(StrEnum):
    """What is known of two names that differ."""

    SAID = "said"
    """The one says the other, and follows on it."""

    TAKEN_UP = "taken_up"
    """Neither says the other, and the later number goes on with all that the earlier one sent, to all that got it."""

    LIST_TAKEN_UP = "list_taken_up"
    """Neither says the other, and the later one of two phones held goes on to all on the list of the earlier one."""

    UNSAID = "unsaid"
    """Neither says the other, and nothing else tells that they are one line's."""


WEIGHTS: Final[Mapping[NameChange, float]] = {
    NameChange.SAID: JoinWeights.RENAMED,
    NameChange.TAKEN_UP: JoinWeights.TAKEN_UP,
    NameChange.LIST_TAKEN_UP: JoinWeights.LIST_TAKEN_UP,
    NameChange.UNSAID: JoinWeights.NAMES_DIFFER,
}


def has_dropped_name(older: Spell, newer: Spell) -> bool:
    """Whether the earlier of two numbers had given up the name that they share, weeks before its last advert.

    Who bears that name next has it from elsewhere, or imitates what the line was called.
    """
    if len(older.names) < 2 or not newer.forms:
        return False
    borne, others = [], defaultdict(set)
    for advert in older.adverts:
        name, last_at = fold_name(advert.edge.label), advert.edge.last_at
        if not name or last_at is None:
            continue
        if any(are_forms(name, form) for form in newer.forms):
            borne.append(to_seconds(last_at))
        else:
            others[advert.edge.other].add(to_seconds(last_at))
    if not borne:
        return False
    until = max(borne) + _DROPPED_DAYS * DAY_SECONDS
    return sum(max(at) > until for at in others.values()) >= _DROPPED_WORDINGS


def unsaid_change(
    older: Spell, newer: Spell, gap: float | None, wordings: int, recipients: int, *, is_written: bool = False
) -> NameChange:
    """Return what the traffic tells of two names that differ, where neither says the other.

    The recipients of one of the two may be fewer, of those phones that were seized before the other was in use.

    Args:
        older: The earlier one.
        newer: The later one.
        gap: Days from the last advert of the earlier one to the first of the later one. None: undated.
        wordings: Wordings in common.
        recipients: Recipients in common.
        is_written: The one wrote the other's number.
    """
    if gap is None or not -WITHIN_DAYS <= gap <= NEAR_DAYS:
        return NameChange.UNSAID
    counts = len(older.wordings), len(newer.wordings)
    every, fewest = len(older.recipients | newer.recipients), min(len(older.recipients), len(newer.recipients))
    are_held = bool(older.sending and newer.sending)
    is_list = are_held and recipients >= max(MANY_RECIPIENTS, _SHARE_OF_LIST * every)
    if is_list and 1 < wordings == min(counts):
        return NameChange.LIST_TAKEN_UP
    share, fewer = (_SHARE_WRITTEN, _WRITTEN_FEWER) if is_written else (_SHARE_TAKEN_UP, 0)
    is_to_all = recipients >= max(_RECIPIENTS_TAKEN_UP - fewer, share * fewest)
    if gap <= OVERLAP_DAYS and recipients >= max(_RECIPIENTS_ALL_BUT, _SHARE_TAKEN_UP * fewest):
        share, fewer = min(share, _SHARE_WRITTEN), max(fewer, 1)
    is_all = wordings >= max(_WORDINGS_TAKEN_UP - fewer, share * max(counts))
    return NameChange.TAKEN_UP if is_all and is_to_all and gap <= CLOSE_DAYS else NameChange.UNSAID
