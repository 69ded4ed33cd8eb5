"""Pairs listings of one message of which one has hours and minutes alone and another the second.

Pure functions over the rows of one bucket, in source order, as in ``parsers.duplicate_pairing``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from parsers.conversations import NOT_TOLD, OF_TWO

Numbers = npt.NDArray[np.int64]

_APART: Final = np.int64(0x4CF5AD432745937F)
_SECONDS_A_MINUTE: Final = 60


class MinuteRows(msgspec.Struct, frozen=True):
    """Which rows are messages dated by the minute, and what tells the conversation of each row; in source order."""

    is_rough: npt.NDArray[np.bool_]
    chats: Numbers

    def told_apart(self, content: Numbers) -> Numbers:
        """Return the contents; what is dated by the minute is like its own kind alone, of its own conversation.

        Two who are alike in a minute may be a chat of two and a group; and what is cut to ``:00`` is not near ``:59``.
        """
        return np.where(self.is_rough, content ^ (_APART * (self.chats + 2)), content)


def pair_by_the_minute(
    stands_for: Numbers, alike: tuple[Numbers, Numbers], second: Numbers, in_list: Numbers, rows: MinuteRows
) -> None:
    """Let a message dated by the minute be the one of another list that is dated within it: the k-th the k-th.

    Both have the same content, parties and conversation. Two that one list has are two. ``in_list`` is by row.
    """
    content, peers = alike
    is_rough = rows.is_rough.copy()
    # A fact of which any listing has the second is dated by it.
    is_rough[stands_for[~rows.is_rough]] = False
    may_pair = (rows.chats != NOT_TOLD) & ((peers != 0) | (rows.chats != OF_TWO))
    facts = np.flatnonzero((stands_for == np.arange(len(stands_for))) & may_pair)
    columns = np.stack((content, peers, rows.chats, second // _SECONDS_A_MINUTE), axis=1)
    rough = facts[is_rough[facts]]
    minutes = set(map(tuple, columns[rough].tolist()))
    dated: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    exact = facts[~is_rough[facts] & np.isin(content[facts], content[rough])]
    for fact, key in zip(exact.tolist(), map(tuple, columns[exact].tolist()), strict=True):
        if key in minutes:
            dated[key].append(fact)
    if not dated:
        return
    lists = _lists_of(
        stands_for, in_list, np.concatenate((rough, [each for found in dated.values() for each in found]))
    )
    looked_at: defaultdict[tuple[tuple[int, ...], int], int] = defaultdict(int)
    for fact, key in zip(rough.tolist(), map(tuple, columns[rough].tolist()), strict=True):
        own, others = lists[fact], dated.get(key, [])
        # Facts only gain lists: one that shares a list with this set once will always share it.
        place = looked_at[key, own]
        while place < len(others) and lists[others[place]] & own:
            place += 1
        looked_at[key, own] = place
        if place < len(others):
            stands_for[fact] = others[place]
            lists[others[place]] |= own


def _lists_of(stands_for: Numbers, in_list: Numbers, facts: Numbers) -> dict[int, int]:
    """Return the lists in which each of some facts is listed, as bits."""
    found: defaultdict[int, int] = defaultdict(int)
    rows = np.flatnonzero(np.isin(stands_for, facts))
    for fact, place in zip(stands_for[rows].tolist(), in_list[rows].tolist(), strict=True):
        found[fact] |= 1 << place
    return found
