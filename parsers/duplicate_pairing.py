"""Pairs listings of one fact, in arrays: which row stands for which (see ``parsers.duplicates``).

Pure functions over the rows of one bucket, in source order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from parsers.minute_pairing import MinuteRows, pair_by_the_minute

UNDATED: Final = -(2**62)
"""Stands for no instant; further from every second than any tolerance."""

NO_PEERS: Final = 0
"""Digest of an empty list of parties: one listing names the other party, the other leaves it out."""

_TOLERANCE_SECONDS: Final = 2
_MOST_TRIED: Final = 64
"""Facts that one is compared with by its sending; only a hostile source has more that are alike in one second."""

Numbers = npt.NDArray[np.int64]


def canonical_of(
    alike: tuple[Numbers, Numbers],
    source_id: Numbers,
    second: Numbers,
    contexts: tuple[Numbers, Numbers],
    fullness: Numbers,
    sending: tuple[Numbers, Numbers] | None = None,
    ways: tuple[npt.NDArray[np.bool_], Numbers, Numbers, npt.NDArray[np.bool_]] | None = None,
    minutes: MinuteRows | None = None,
) -> Numbers:
    """Return for each row the row that stands for its fact; a row that stands for itself is no duplicate.

    All arrays are of one length and in source order. ``alike`` is digests of the content and of the parties
    (``NO_PEERS``: none named), ``source_id`` is digests too, ``second`` is seconds since 1970 (``UNDATED``: none),
    ``contexts`` the numbers of the context and of the list: what was deleted is a context of its own in its list, and
    must be of one second with what differs in that alone. The row of most ``fullness`` stands for its fact, the
    earliest of equal ones. ``sending`` is the second at which each was sent, where that is another one (``UNDATED``: it
    is not), and its extraction. ``ways`` is which rows do not say which way they went, the content of each without its
    way, a digest of its sender, and which rows are calls. ``minutes`` is which rows are dated by the minute, if any is.
    """
    content, peers = alike
    stands_for = _paired_by_id(content, peers, source_id, second)
    if ways is not None:
        _pair_with_a_way(stands_for, source_id, second, *ways[:3])
        stands_for = _followed(stands_for)
        _pair_calls_with_a_way(stands_for, (ways[0], ways[1], ways[3]), peers, second, contexts[1])
        stands_for = _followed(stands_for)
    named = _named_peers(stands_for, peers)
    told = content if minutes is None else minutes.told_apart(content)
    _pair_across_contexts(stands_for, told, named, second, contexts)
    stands_for = _followed(stands_for)
    if minutes is not None:
        pair_by_the_minute(stands_for, (content, named), second, contexts[1], minutes)
        stands_for = _followed(stands_for)
    if sending is not None and (sending[0] != UNDATED).any():
        _pair_by_sending(stands_for, (content, named), second, *sending)
        stands_for = _followed(stands_for)
    return _fullest(stands_for, fullness)


def with_ids_lent(
    source_id: Numbers, without_peers: npt.NDArray[np.int32], alike: tuple[Numbers, Numbers], second: Numbers
) -> Numbers:
    """Return the ids, with those of calls that name nobody as the ids of what names somebody and is alike without it.

    ``without_peers`` is a digest of the id without the parties, below zero; 0 and above: the id has no parties in it.
    Where two others name two parties, or none does, the id is as it was.
    """
    content, peers = alike
    lacks = (without_peers < 0) & (peers == NO_PEERS)
    if not lacks.any():
        return source_id
    asked = np.flatnonzero(lacks)
    may_lend = np.flatnonzero((peers != NO_PEERS) & np.isin(without_peers, without_peers[asked]))
    columns = np.stack((without_peers.astype(np.int64), content, second), axis=1)
    lenders: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for row, key in zip(may_lend.tolist(), map(tuple, columns[may_lend].tolist()), strict=True):
        lenders[key].add(int(source_id[row]))
    lent = source_id.copy()
    for row, key in zip(asked.tolist(), map(tuple, columns[asked].tolist()), strict=True):
        if len(found := lenders.get(key, set())) == 1:
            (lent[row],) = found
    return lent


def _followed(stands_for: Numbers) -> Numbers:
    """Return for each row the row at which it ends that follows from one to the next."""
    while True:
        further = stands_for[stands_for]
        if np.array_equal(further, stands_for):
            return stands_for
        stands_for = further


def _fullest(stands_for: Numbers, fullness: Numbers) -> Numbers:
    """Return, for each row, the fullest of those that stand for one fact; of equal ones the earliest."""
    most = fullness.copy()
    copies = np.flatnonzero(stands_for != np.arange(len(stands_for)))
    np.maximum.at(most, stands_for[copies], fullness[copies])
    best = np.arange(len(stands_for))
    # From the last to the first, so that the earliest of equal ones is written last.
    full = np.flatnonzero(fullness == most[stands_for])[::-1]
    best[stands_for[full]] = full
    return best[stands_for]


def _paired_by_id(content: Numbers, peers: Numbers, source_id: Numbers, second: Numbers) -> Numbers:
    """Return the pairing of rows with one id, content and second; the same parties, or none named on one side."""
    order, starts = _grouped(source_id, content, second)
    first_of_group = order[starts[np.cumsum(_is_start(starts, len(order))) - 1]]
    heads = np.empty_like(order)
    heads[order] = first_of_group
    fits = (peers == peers[heads]) | (peers == NO_PEERS) | (peers[heads] == NO_PEERS)
    return np.where(fits, heads, np.arange(len(heads)))


def _pair_with_a_way(
    stands_for: Numbers,
    source_id: Numbers,
    second: Numbers,
    has_no_way: npt.NDArray[np.bool_],
    wayless: Numbers,
    sender: Numbers,
) -> None:
    """Let a row that does not surely say which way it went stand for the one that does: of its id, text and sender.

    Both are of one second. Where two such rows went two ways, it stands for itself.
    """
    asked = np.flatnonzero(has_no_way & (stands_for == np.arange(len(stands_for))))
    may_answer = np.flatnonzero(~has_no_way & np.isin(source_id, source_id[asked]))
    answers: dict[tuple[int, ...], set[int]] = defaultdict(set)
    columns = np.stack((source_id, wayless, second, sender), axis=1)
    for row, key in zip(may_answer.tolist(), map(tuple, columns[may_answer].tolist()), strict=True):
        answers[key].add(int(stands_for[row]))
    for row, key in zip(asked.tolist(), map(tuple, columns[asked].tolist()), strict=True):
        found = answers.get(key)
        if found is not None and len(found) == 1:
            (stands_for[row],) = found


def _pair_calls_with_a_way(
    stands_for: Numbers,
    ways: tuple[npt.NDArray[np.bool_], Numbers, npt.NDArray[np.bool_]],
    peers: Numbers,
    second: Numbers,
    in_list: Numbers,
) -> None:
    """Let a call that does not say which way it went stand for the one of another list that does.

    Both are of one second, length and party. Where a list has two, or two ways are told, each stands for itself.
    """
    has_no_way, wayless, calls = ways
    rows = np.flatnonzero(calls & (peers != NO_PEERS) & (second != UNDATED))
    rows = rows[np.isin(wayless[rows], wayless[rows[has_no_way[rows]]])]
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    columns = np.stack((wayless, peers, second), axis=1)
    for row, key in zip(rows.tolist(), map(tuple, columns[rows].tolist()), strict=True):
        groups[key].append(row)
    for held in groups.values():
        facts = {int(stands_for[row]) for row in held}
        told = {fact for fact in facts if not has_no_way[fact]}
        listed = [int(in_list[row]) for row in held]
        if len(told) == 1 and len(facts) > 1 and len(listed) == len(set(listed)):
            (answer,) = told
            for fact in facts:
                stands_for[fact] = answer


def _named_peers(stands_for: Numbers, peers: Numbers) -> Numbers:
    """Return the parties of each row; a row that names none has those of the first listing of its fact that does."""
    named = peers.copy()
    rows = np.flatnonzero((peers != NO_PEERS) & (peers[stands_for] == NO_PEERS))[::-1]
    named[stands_for[rows]] = peers[rows]
    return named


def _pair_across_contexts(
    stands_for: Numbers, content: Numbers, peers: Numbers, second: Numbers, of: tuple[Numbers, Numbers]
) -> None:
    context, in_list = of
    facts = np.flatnonzero(stands_for == np.arange(len(stands_for)))
    order = facts[np.lexsort((facts, second[facts], peers[facts], content[facts]))]
    differs = (np.diff(content[order]) != 0) | (np.diff(peers[order]) != 0)
    starts = np.flatnonzero(np.r_[True, differs | (np.diff(second[order]) > _TOLERANCE_SECONDS)])
    sizes = np.diff(np.r_[starts, len(order)])
    lowest, highest = _context_range(stands_for, context)
    spread = np.minimum.reduceat(lowest[order], starts) != np.maximum.reduceat(highest[order], starts)
    candidates = np.flatnonzero((sizes > 1) & spread)

    # Nearly all of them: two facts, each in one context of its own.
    firsts, seconds = order[starts[candidates]], order[starts[candidates] + 1]
    is_simple = (sizes[candidates] == 2) & (lowest[firsts] == highest[firsts]) & (lowest[seconds] == highest[seconds])
    may_be_one = (second[firsts] == second[seconds]) | (in_list[firsts] != in_list[seconds])
    one, other = firsts[is_simple & may_be_one], seconds[is_simple & may_be_one]
    stands_for[np.maximum(one, other)] = np.minimum(one, other)

    rest = candidates[~is_simple]
    if len(rest):
        held = (_contexts_of_facts(stands_for, context), _contexts_of_facts(stands_for, in_list))
        for start, size in zip(starts[rest].tolist(), sizes[rest].tolist(), strict=True):
            cluster = sorted(order[start : start + size].tolist())
            _pair_cluster(cluster, second, held, stands_for)


def _pair_cluster(
    cluster: Sequence[int], second: Numbers, held: tuple[dict[int, int], dict[int, int]], stands_for: Numbers
) -> None:
    """Pair the facts of one cluster: those of one second first, so that a near one never takes an exact one's place.

    Those of one second must not share a context, near ones no list.
    """
    for shifts, contexts in zip(((0,), (-1, 1, -2, 2)), held, strict=True):
        standing: defaultdict[int, list[int]] = defaultdict(list)
        looked_at: defaultdict[tuple[int, int], int] = defaultdict(int)
        for fact in cluster:
            if stands_for[fact] != fact:
                continue
            at, own = int(second[fact]), contexts[fact]
            for shift in shifts:
                others = standing[at + shift]
                # Facts only gain contexts: one that shares a context with this set once will always share it.
                place = looked_at[at + shift, own]
                while place < len(others) and contexts[others[place]] & own:
                    place += 1
                looked_at[at + shift, own] = place
                if place < len(others):
                    stands_for[fact] = others[place]
                    for each in held:
                        each[others[place]] |= each[fact]
                    break
            else:
                standing[at].append(fact)


def _context_range(stands_for: Numbers, context: Numbers) -> tuple[Numbers, Numbers]:
    lowest, highest = context.copy(), context.copy()
    np.minimum.at(lowest, stands_for, context)
    np.maximum.at(highest, stands_for, context)
    return lowest, highest


def _pair_by_sending(
    stands_for: Numbers, alike: tuple[Numbers, Numbers], second: Numbers, sent: Numbers, extraction: Numbers
) -> None:
    """Pair a fact with one of another extraction that is dated to the second at which this one says it was sent.

    The k-th with the k-th; two that one extraction lists are two.
    """
    keys_at, keys_sent = (_mixed(*alike, at) for at in (second, sent))
    stating = np.flatnonzero(sent != UNDATED)
    stating = stating[np.isin(keys_sent[stating], keys_at)]
    others = np.flatnonzero(np.isin(keys_at, keys_sent[stating]) & (second != UNDATED))
    if not len(stating) or not len(others):
        return
    facts = np.unique(stands_for[np.concatenate((stating, others))])
    held: defaultdict[int, set[int]] = defaultdict(set)
    for row in np.flatnonzero(np.isin(stands_for, facts)).tolist():
        held[int(stands_for[row])].add(int(extraction[row]))
    sent_then: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row in stating.tolist():
        sent_then[int(alike[0][row]), int(alike[1][row]), int(sent[row])].append(int(stands_for[row]))
    paired: set[int] = set()
    first: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    for row in others.tolist():
        fact = int(stands_for[row])
        key = int(alike[0][row]), int(alike[1][row]), int(second[row])
        standing = sent_then.get(key, [])
        while first[key] < len(standing) and standing[first[key]] in paired:
            first[key] += 1
        for other in standing[first[key] : first[key] + _MOST_TRIED]:
            if fact != other and not {fact, other} & paired and not held[fact] & held[other]:
                stands_for[max(fact, other)] = min(fact, other)
                paired |= {fact, other}
                break


def _mixed(one: Numbers, other: Numbers, at: Numbers) -> Numbers:
    """Return a digest of three columns; overflow wraps."""
    return (one * np.int64(0x2545F4914F6CDD1D) ^ other) * np.int64(0x1B873593CC9E2D51) ^ at


def _contexts_of_facts(stands_for: Numbers, context: Numbers) -> dict[int, int]:
    """Return the contexts that each fact is listed in, as bits."""
    found: defaultdict[int, int] = defaultdict(int)
    for fact, place in zip(stands_for.tolist(), context.tolist(), strict=True):
        found[fact] |= 1 << place
    return found


def _grouped(*columns: Numbers) -> tuple[Numbers, Numbers]:
    """Return an order in which equal rows stand together, in source order, and where each group starts."""
    order = np.lexsort((np.arange(len(columns[0])), *columns))
    differs = np.zeros(max(len(order) - 1, 0), dtype=bool)
    for column in columns:
        differs |= np.diff(column[order]) != 0
    return order, np.flatnonzero(np.r_[True, differs])


def _is_start(starts: Numbers, length: int) -> npt.NDArray[np.int64]:
    marks = np.zeros(length, dtype=np.int64)
    marks[starts] = 1
    return marks
