"""Exported chats of one device that call one person by different names: told to be one where they say the same.

A chat that is exported again after months may call its other party otherwise: by a number that was saved since, or by
another name. Every message counted twice. Here two conversations of two in different deliveries are one where, in the
time that both hold, they say the same message by message, to the minute, the way and the content.

Two people may be told the same in one minute (a line tells its whole list so), so that it takes three different texts
each way, both wrote, that stand in no other chat of the device. Two numbers are never one, nor a name and a number that
the contacts tell apart, nor two chats that one delivery lists side by side. What was deleted in one export, and one
message in twenty, may be missing in the other; each that is told in both counts once, the k-th as the k-th.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

import msgspec
import numpy as np

from ingest.same_facts.chats_of_two import ChatOfTwo, chats_of_two
from ingest.same_facts.exact_facts import is_chat
from ingest.same_facts.near_digests import DigestCounts, Digests
from ingest.same_facts.numbers_of_names import numbers_of_contacts
from ingest.same_facts.readings import Reading, in_order
from ingest.segment_store.fact_digests import NO_FACT
from ingest.segment_store.segments import SegmentStore
from search.linkage.devices.superseding import HeldFacts

_ENOUGH: Final = 3
"""Different texts each way. Two people who answer one broadcast in one minute with one word are met; three times, and
never otherwise, they are not. Of texts that came alone, or went alone, no number says anything: senders write to many,
and so do phones that answer by themselves."""
_ONE_IN: Final = 20
_MOST_NAMES: Final = 16
"""What came in with one text in one minute under more names than this is not looked at."""


class _Chat(msgspec.Struct, frozen=True):
    """A conversation, the place of its reading's facts, and its delivery."""

    of_two: ChatOfTwo
    place: int
    delivery: str


_Pair = tuple[int, int]
_Text = tuple[int, bool, int]


def told_by_whole_chats(
    store: SegmentStore, readings: Sequence[Reading], facts: Sequence[HeldFacts]
) -> list[HeldFacts]:
    """Return the facts of the extractions of one device; a message of a chat that was renamed has one digest in all.

    Reads the records of exported chats once, and only where several deliveries have some. The outcome does not depend
    on the order of the readings.

    Args:
        store: Where the records are.
        readings: The extractions.
        facts: Theirs, in any order.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    told = in_order(facts)
    by_id = {reading.facts.extraction_id: reading for reading in readings}
    of_chats = [place for place, held in enumerate(told) if is_chat(by_id[held.extraction_id])]
    if len({told[place].delivery for place in of_chats}) < 2:
        return told
    chats = [
        _Chat(of_two, place, told[place].delivery)
        for place in of_chats
        for of_two in chats_of_two(store, by_id[told[place].extraction_id])
    ]
    groups = _groups(chats, _compared(chats))
    if not groups:
        return told
    numbers = numbers_of_contacts(store, readings)
    known = [group for group in groups if _may_be_one([chats[at] for at in group], chats, numbers)]
    listed = _Listed(told, of_chats)
    for group in known:
        _tell(told, [chats[at] for at in group], listed)
    return told


def _compared(chats: Sequence[_Chat]) -> dict[_Pair, list[_Text] | None]:
    """Return the pairs that have enough alike that came in: the texts that both say, or none: they are not alike."""
    pairs: Counter[_Pair] = Counter()
    for at in _came_in_under_several_names(chats).values():
        if len({chats[each].of_two.who for each in at}) <= _MOST_NAMES:
            pairs.update(pair for pair in combinations(at, 2) if _may_be_told_apart(*(chats[each] for each in pair)))
    return {
        (one, other): _said_by_both(chats[one].of_two, chats[other].of_two)
        for (one, other), count in sorted(pairs.items())
        if count >= _ENOUGH
    }


def _came_in_under_several_names(chats: Sequence[_Chat]) -> dict[int, list[int]]:
    """Return which chats hold each text of a minute that came in under several names."""
    names = {who: number for number, who in enumerate(sorted({chat.of_two.who for chat in chats}, key=str))}
    if len(names) < 2:
        return {}
    of_each = [np.unique(it.keys[~it.has_gone_out & (it.texts != NO_FACT)]) for it in (chat.of_two for chat in chats)]
    lengths = [len(keys) for keys in of_each]
    keys, at = np.concatenate(of_each), np.repeat(np.arange(len(chats)), lengths)
    name = np.repeat(np.array([names[chat.of_two.who] for chat in chats]), lengths)
    order = np.lexsort((at, name, keys))
    keys, at, name = keys[order], at[order], name[order]
    differs = (keys[1:] == keys[:-1]) & (name[1:] != name[:-1])
    is_wanted = np.isin(keys, keys[1:][differs])
    found: defaultdict[int, list[int]] = defaultdict(list)
    for key, chat in zip(keys[is_wanted].tolist(), at[is_wanted].tolist(), strict=True):
        found[key].append(chat)
    return {key: sorted(each) for key, each in found.items()}


def _may_be_told_apart(one: _Chat, other: _Chat) -> bool:
    return one.of_two.who != other.of_two.who and one.delivery != other.delivery


def _said_by_both(one: ChatOfTwo, other: ChatOfTwo) -> list[_Text] | None:
    """Return the texts that both say in the time that both hold; none: they differ there."""
    (starts, ends), (begins, stops) = one.span, other.span
    first, last = max(starts, begins), min(ends, stops)
    said, told = one.counts(first, last), other.counts(first, last)
    both = said.values[told.all_of(said.values) > 0]
    alike = int(np.minimum(said.all_of(both), told.all_of(both)).sum())
    missing = _beyond(one, said, told, first, last), _beyond(other, told, said, first, last)
    deleted = other.deleted_count(first, last), one.deleted_count(first, last)
    unexplained = sum(max(0, count - gone) for count, gone in zip(missing, deleted, strict=True))
    if unexplained * _ONE_IN > alike or sum(missing) > alike:
        return None
    return one.texts_of(both)


def _beyond(chat: ChatOfTwo, said: DigestCounts, told: DigestCounts, first: int, last: int) -> int:
    """Count what a chat alone says; where the other begins or ends it may have been cut within a minute."""
    more = (said.counts - told.all_of(said.values)).clip(min=0)
    begins, ends = chat.span
    minutes = chat.minutes_of(said.values)
    is_cut = ((minutes == first) & (begins < first)) | ((minutes == last) & (ends > last))
    return int(more[~is_cut].sum())


def _groups(chats: Sequence[_Chat], compared: Mapping[_Pair, list[_Text] | None]) -> list[list[int]]:
    """Return the chats that are one by what they say, those of each together; at least two each.

    A text that stands in a chat of another group counts for nothing; which are in a group changes with that, so it is
    asked until nothing does.
    """
    left = {pair: texts for pair, texts in compared.items() if texts is not None and _is_enough(texts)}
    if not left:
        return []
    holding = _holding(chats, {key for texts in left.values() for key, _, _ in texts})
    while True:
        groups = _with_copies(chats, _connected(left))
        group_of = {at: set(group) for group in groups for at in group}
        kept = {
            (one, other): texts
            for (one, other), texts in left.items()
            if _is_enough(text for text in texts if holding[text[0]] <= group_of[one])
        }
        if len(kept) == len(left):
            break
        left = kept
    # Two of one group that were compared and differ: one of the others is not what it seems.
    return [group for group in groups if not any(compared.get(pair, ()) is None for pair in combinations(group, 2))]


def _with_copies(chats: Sequence[_Chat], groups: Sequence[list[int]]) -> list[list[int]]:
    """Return the groups, with what other deliveries hold of the same chats under the same names, less than is enough.

    That is one of two contacts of one name where it says else than a chat of that name in the group, or little.
    """
    members = {at for group in groups for at in group}
    whos = {chats[at].of_two.who for at in members}
    claimed: defaultdict[int, list[int]] = defaultdict(list)
    for at, chat in enumerate(chats):
        if at not in members and chat.of_two.who in whos:
            claimed[at] += [place for place, group in enumerate(groups) if _is_copy(chat, [chats[it] for it in group])]
    found = [list(group) for group in groups]
    for at, places in claimed.items():
        if len(places) == 1:
            found[places[0]].append(at)
    return [sorted(group) for group in found]


def _is_copy(chat: _Chat, group: Sequence[_Chat]) -> bool:
    of_name = [it.of_two for it in group if it.of_two.who == chat.of_two.who and it.delivery != chat.delivery]
    said = [_said_by_both(it, chat.of_two) for it in of_name]
    return None not in said and any(_is_some(texts) for texts in said if texts is not None)


def _is_some(texts: Sequence[_Text]) -> bool:
    """Whether texts of a chat are enough to take it for one that has the same name already."""
    return len({text for _, _, text in texts}) >= _ENOUGH and len({has_gone_out for _, has_gone_out, _ in texts}) > 1


def _is_enough(texts: Iterable[_Text]) -> bool:
    different: tuple[set[int], set[int]] = (set(), set())
    for _, has_gone_out, text in texts:
        different[has_gone_out].add(text)
    return all(len(each) >= _ENOUGH for each in different)


def _holding(chats: Sequence[_Chat], keys: Iterable[int]) -> dict[int, set[int]]:
    """Return which chats hold each key."""
    wanted = np.array(sorted(keys), dtype=np.uint64)
    found: dict[int, set[int]] = {key: set() for key in wanted.tolist()}
    for at, chat in enumerate(chats):
        own = chat.of_two.keys
        for key in own[wanted[np.searchsorted(wanted, own).clip(max=len(wanted) - 1)] == own].tolist():
            found[key].add(at)
    return found


def _connected(pairs: Iterable[_Pair]) -> list[list[int]]:
    """Return what pairs connect, directly or by others; each rises."""
    group_of: dict[int, list[int]] = {}
    for one, other in pairs:
        mine, theirs = group_of.setdefault(one, [one]), group_of.setdefault(other, [other])
        if mine is not theirs:
            mine += theirs
            group_of.update(dict.fromkeys(theirs, mine))
    groups = {group[0]: sorted(group) for group in group_of.values()}
    return sorted(groups.values())


def _may_be_one(group: Sequence[_Chat], chats: Sequence[_Chat], numbers: Mapping[str, set[str]]) -> bool:
    """Whether nothing says that the chats of a group are with two people."""
    whos = {chat.of_two.who for chat in group}
    # All that any delivery lists under one of those names, also what is alike with none of the group.
    in_one = defaultdict[str, set[object]](set)
    for chat in chats:
        if chat.of_two.who in whos:
            in_one[chat.delivery].add(chat.of_two.who)
    stated = {number for _, number, _ in whos if number is not None}
    called = [numbers[name] for _, _, name in whos if name is not None and numbers.get(name)]
    may_have = [{number} for number in stated] + called
    return all(len(each) == 1 for each in in_one.values()) and (not may_have or bool(set.intersection(*may_have)))


class _Listed:
    """How many deliveries list each digest of some chats, and which stand in a reading that is no exported chat."""

    def __init__(self, told: Sequence[HeldFacts], of_chats: Sequence[int]) -> None:
        deliveries: defaultdict[str, list[Digests]] = defaultdict(list)
        for held in told:
            deliveries[held.delivery].append(held.digests)
        self._counts = DigestCounts.of([DigestCounts.of(each).values for each in deliveries.values()])
        is_chat = set(of_chats)
        self._read = DigestCounts.of([held.digests for place, held in enumerate(told) if place not in is_chat])

    def ranks(self, digests: Iterable[int]) -> dict[int, tuple[bool, int, int]]:
        """Return by what one digest of several stands for them, the highest: first whether such a reading has it."""
        asked = np.array(sorted(digests), dtype=np.uint64)
        columns = asked.tolist(), (self._read.all_of(asked) > 0).tolist(), self._counts.all_of(asked).tolist()
        return {digest: (is_read, count, -digest) for digest, is_read, count in zip(*columns, strict=True)}


def _tell(told: list[HeldFacts], group: Sequence[_Chat], listed: _Listed) -> None:
    """Give what the chats of a group say alike one digest: that of a reading of the handset, else the most listed.

    What such a reading has already under another digest is left as it is.
    """
    alike: defaultdict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    nth: Counter[tuple[str, int]] = Counter()
    for chat in group:
        digests = told[chat.place].digests[chat.of_two.ordinals].tolist()
        for key, ordinal, digest in zip(chat.of_two.keys.tolist(), chat.of_two.ordinals.tolist(), digests, strict=True):
            nth[chat.delivery, key] += 1
            alike[key, nth[chat.delivery, key]].append((chat.place, ordinal, digest))
    ranks = listed.ranks({digest for each in alike.values() for _, _, digest in each})
    changed: dict[int, Digests] = {}
    for each in alike.values():
        standing = max((digest for _, _, digest in each), key=ranks.__getitem__)
        for place, ordinal, digest in each:
            if digest != standing and not ranks[digest][0]:
                if place not in changed:
                    changed[place] = told[place].digests.copy()
                changed[place][ordinal] = np.uint64(standing)
    for place, made in changed.items():
        told[place] = msgspec.structs.replace(told[place], digests=made)
