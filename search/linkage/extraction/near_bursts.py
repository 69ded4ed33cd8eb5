"""Which sent bursts are one broadcast though their texts are not the same: what was sent at one time tells.

Two texts of one sender that are word for word the same but for errors of typing, or for how words and figures are
written (``2 for 15``, ``2-15``), are one wording, if they went out in the same minutes: whoever sends by hand mistypes
a copy, and types his text anew. Two that are one but for slots (another place and deal, another hour) are variants
where they share out a list between them; two offers, one after the other to the same people, are two. While one variant
goes on the broadcast does, so that what is sent again of another one meanwhile belongs to it, whoever got it before.
And what a phone sent without saying from which number is of the number that sent the same text in those minutes: the
service that the application names and the one that it does not are one phone's.

Only bursts beside one of some recipients are compared, so that cost follows broadcasts and what was sent meanwhile.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from search.linkage.extraction.flare_rows import NO_RECIPIENT, distinct_counts
from search.linkage.extraction.likeness import (
    Words,
    are_opposed,
    is_addressed_anew,
    is_copy,
    is_variant,
    words_of_text,
)
from search.linkage.extraction.sent_bodies import SentBodies
from search.linkage.keys import OWN_PREFIX, sim_in

ALONE, LEFT_OUT = -1, -2
"""What becomes of a burst that is put together with no other: a flare by itself, or none."""

LEAST_RECIPIENTS = 3
"""Of a burst beside which others are looked at. Of ten copies sent by hand seven may be mistyped; what two people are
told is talk."""
_MOST_BESIDE = 500
"""Bursts that are compared with one, the nearest in time: in the minutes of a broadcast there are dozens."""
_REMEMBERED_TEXTS, _REMEMBERED_PAIRS = 4_096, 50_000
"""Words of texts, and what was said of pairs of them: some megabytes, for the minutes of one broadcast."""
_PAIRS_A_LOOK, _PAIRS_A_PORTION = 1_024, 65_536
"""Pairs after which lists that have ended are forgotten, and pairs that are looked at as columns at one time."""
SHARED_IN = 5
"""At most one in so many recipients is on both lists: two that have more are two broadcasts."""

_SHARED_IN_AT_ONCE = 2
"""The same of one that begins where the other ends: who retypes his text for the rest of a list repeats it to some."""
_AT_ONCE_MS = 60_000
"""What "where the other ends" is: some seconds by hand, a phone's queue at most."""

_Ints = npt.NDArray[np.int64]
_Pair = tuple[int, int]


class SentBursts:
    """Takes the bursts that one extraction sent, and says which of them are one broadcast.

    Args:
        pause_ms: The longest pause within a broadcast.
    """

    __slots__ = ("_columns", "_pause_ms")

    def __init__(self, pause_ms: int) -> None:
        self._pause_ms = pause_ms
        self._columns: dict[str, list[_Ints]] = defaultdict(list)

    def add(self, rows: npt.NDArray[np.void], wordings: _Ints, starts: _Ints) -> None:
        """Take the bursts of a bucket.

        Args:
            rows: In order of wording and time.
            wordings: Of each row a number, equal for those of one sender and one wording.
            starts: Rows at which a burst starts.
        """
        if not len(rows):
            return
        ends = np.append(starts[1:], len(rows))
        burst_of = np.repeat(np.arange(len(starts)), ends - starts)
        who, text, at = rows["recipient"], rows["text"], rows["milliseconds"]
        is_named = who != NO_RECIPIENT
        counts = distinct_counts(burst_of[is_named], who[is_named], len(starts))
        texts = text[starts]
        for place in np.flatnonzero(counts >= LEAST_RECIPIENTS).tolist():
            texts[place] = _commonest(text[starts[place] : ends[place]])
        sizes = (ends - starts).astype(np.int64)
        columns = {
            "start": at[starts],
            "end": at[ends - 1],
            "ordinal": rows["ordinal"][starts],
            "count": counts,
            "key": rows["group"][starts],
            "size": sizes,
            "wording": wordings[starts],
            "text": texts,
            "recipient": who.copy(),
        }
        for name, column in columns.items():
            self._columns[name].append(column)

    def _taken(self, name: str) -> _Ints:
        """Give a column away: there is never room for two of each."""
        return np.concatenate(self._columns.pop(name))

    def verdicts(self, bodies: SentBodies, senders: Senders, least: int) -> _Ints:
        """Return, for each burst in the order in which they were added, what becomes of it.

        Either ``ALONE`` or ``LEFT_OUT``, by whether it has ``least`` recipients, or a label that the bursts of one
        broadcast share. Call it once; nothing is held any more then.
        """
        if not self._columns:
            return np.empty(0, dtype=np.int64)
        start, end, ordinal, counts = map(self._taken, ("start", "end", "ordinal", "count"))
        found = np.where(counts >= least, ALONE, LEFT_OUT).astype(np.int64)
        pairs = _Pairs(_beside(start, end, ordinal, counts, self._pause_ms))
        del ordinal
        if not pairs.count:
            self._columns.clear()
            return found
        sender_of, texts, wordings = senders.of(self._taken("key")), self._taken("text"), self._taken("wording")
        joined = _Joined(self._taken("recipient"), np.concatenate(([0], np.cumsum(self._taken("size")))), end)
        of_other_senders: list[_Pair] = []
        for place, (one, other, is_one_text) in enumerate(_alike(pairs, texts, bodies)):
            if place % _PAIRS_A_LOOK == 0:
                joined.forget_lists(int(start[one]) - self._pause_ms)
            if sender_of[one] != sender_of[other]:
                if is_one_text:
                    of_other_senders.append((one, other))
            elif is_one_text or min(counts[one], counts[other]) >= LEAST_RECIPIENTS:
                follows = 0 <= start[other] - end[one] <= _AT_ONCE_MS
                joined.join_lists(one, other, _SHARED_IN_AT_ONCE if follows else SHARED_IN)
        for one, other in _repeats(pairs, joined.labels(), wordings):
            joined.join(one, other)
        for one, other in _of_unknown(of_other_senders, sender_of, senders.unknown):
            joined.join(one, other)
        labels = joined.labels()
        return np.where(labels >= 0, labels, found)


class _Pairs:
    """Pairs of bursts in little room: a phone that sends all day has half as many as texts; asked for twice.

    Args:
        pairs: One burst, and those beside it.
    """

    def __init__(self, pairs: Iterable[tuple[int, _Ints]]) -> None:
        ones, others = array("i"), array("i")
        for one, beside in pairs:
            others.extend(beside.tolist())
            ones.extend([one] * len(beside))
        self._ones, self._others = ones, others

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._ones)

    def __iter__(self) -> Iterator[_Pair]:
        return zip(self._ones, self._others, strict=True)

    def portions(self) -> Iterator[tuple[_Ints, _Ints]]:
        """Yield them as columns, so many at a time."""
        for first in range(0, len(self._ones), _PAIRS_A_PORTION):
            ones, others = (side[first : first + _PAIRS_A_PORTION] for side in (self._ones, self._others))
            yield np.array(ones, dtype=np.int64), np.array(others, dtype=np.int64)


def _alike(pairs: _Pairs, text_of: _Ints, bodies: SentBodies) -> Iterator[tuple[int, int, bool]]:
    """Yield the pairs whose texts are alike, and whether they are one text but for how it is typed.

    Pairs come in the order of time, so that only late texts and what was said of them are remembered.
    """

    @lru_cache(maxsize=_REMEMBERED_TEXTS)
    def words(text: int) -> Words | None:
        held = bodies.of(text)
        return None if held is None else words_of_text(*held)

    @lru_cache(maxsize=_REMEMBERED_PAIRS)
    def told(text: int, other: int) -> tuple[bool, bool]:
        first, second = words(text), words(other)
        return (False, False) if first is None or second is None else likeness(first, second)

    for one, other in pairs:
        is_typed_anew, is_variant_of = told(int(text_of[one]), int(text_of[other]))
        if is_typed_anew or is_variant_of:
            yield one, other, is_typed_anew


def _repeats(pairs: _Pairs, label_of: _Ints, wordings: _Ints) -> Iterator[_Pair]:
    """Yield each burst of a broadcast with what was sent beside it in a wording that the broadcast has too.

    Args:
        pairs: Of bursts that went on at one time or within a pause.
        label_of: Of all bursts; below nothing for one of no broadcast.
        wordings: Of all bursts.
    """
    # A wording of a broadcast as one number; both are below two thousand million.
    most = int(wordings.max(initial=0)) + 1
    in_broadcast = label_of >= 0
    held = np.unique(label_of[in_broadcast] * most + wordings[in_broadcast])
    for ones, others in pairs.portions():
        for bursts, beside in ((ones, others), (others, ones)):
            own = label_of[bursts]
            is_repeat = (own >= 0) & (label_of[beside] != own)
            is_repeat[is_repeat] = np.isin(own[is_repeat] * most + wordings[beside[is_repeat]], held)
            yield from zip(bursts[is_repeat].tolist(), beside[is_repeat].tolist(), strict=True)


def _of_unknown(pairs: Sequence[_Pair], sender_of: Sequence[int], unknown: int) -> Iterator[_Pair]:
    """Yield the pairs of a burst of an unknown sender with those of one number, which alone sent the text then."""
    near: dict[int, list[_Pair]] = {}
    for one, other in pairs:
        if unknown in {sender_of[one], sender_of[other]}:
            near.setdefault(one if sender_of[one] == unknown else other, []).append((one, other))
    for burst, held in near.items():
        if len({sender_of[place] for pair in held for place in pair if place != burst}) == 1:
            yield from held


def likeness(one: Words, other: Words) -> tuple[bool, bool]:
    """Return whether two texts are one but for how it is typed, and whether they are one but for a slot.

    Whom a text calls at its head is of neither kind: it is one text, to whomever it goes. Of opposites neither holds.
    """
    if are_opposed(one, other):
        return False, False
    is_one = is_copy(one, other) or is_addressed_anew(one, other)
    return is_one, not is_one and is_variant(one, other)


def _commonest(texts: _Ints) -> int:
    """Return the text that most of the messages have, of equals the first."""
    _, first, counts = np.unique(texts, return_index=True, return_counts=True)
    return int(texts[min(first[counts == counts.max()])])


def _beside(start: _Ints, end: _Ints, ordinal: _Ints, counts: _Ints, pause_ms: int) -> Iterator[tuple[int, _Ints]]:
    """Yield each burst of some recipients with those that went on at one time or within a pause, each pair once."""
    seeds = np.flatnonzero(counts >= LEAST_RECIPIENTS)
    seeds = seeds[np.lexsort((ordinal[seeds], start[seeds]))]
    order = np.lexsort((ordinal, start))
    ordered_start = start[order]
    longest = int((end - start).max())
    for seed in seeds.tolist():
        first = np.searchsorted(ordered_start, start[seed] - pause_ms - longest, "left")
        last = np.searchsorted(ordered_start, end[seed] + pause_ms, "right")
        near = order[first:last]
        near = near[(end[near] >= start[seed] - pause_ms) & (near != seed)]
        # of two that both have some recipients the earlier one has the pair
        is_later = (start[near] > start[seed]) | ((start[near] == start[seed]) & (ordinal[near] > ordinal[seed]))
        near = near[(counts[near] < LEAST_RECIPIENTS) | is_later]
        if len(near) > _MOST_BESIDE:
            away = np.maximum(np.maximum(start[near] - end[seed], start[seed] - end[near]), 0)
            near = near[np.lexsort((ordinal[near], away))[:_MOST_BESIDE]]
        yield seed, near


class _Joined:
    """Bursts that are joined, with the recipients of what they are joined to.

    Args:
        who: Recipients of all bursts, one burst after the other.
        offsets: Of each burst in ``who``, and the end of the last.
        ends: Of each burst, in milliseconds.
    """

    def __init__(self, who: _Ints, offsets: _Ints, ends: _Ints) -> None:
        self._who = who
        self._offsets = offsets
        self._root = array("i", range(len(ends)))
        self._ends = array("q", ends.tobytes())
        self._lists: dict[int, set[int]] = {}

    def join_lists(self, one: int, other: int, shared_in: int) -> None:
        """Join two bursts, but not where more than one in so many of those that the one went to got the other."""
        first, second = self._found(one), self._found(other)
        if first == second:
            return
        listed, further = self._list_of(first), self._list_of(second)
        if len(listed & further) * shared_in > min(len(listed), len(further)):
            return
        self._root[second] = first
        self._ends[first] = max(self._ends[first], self._ends[second])
        self._lists[first] = listed | further
        del self._lists[second]

    def forget_lists(self, before: int) -> None:
        """Forget to whom what ended before an instant went: nothing is compared with it any more."""
        self._lists = {root: listed for root, listed in self._lists.items() if self._ends[root] >= before}

    def join(self, one: int, other: int) -> None:
        """Join two bursts, whoever they went to. No lists are compared after that."""
        self._root[self._found(other)] = self._found(one)

    def labels(self) -> _Ints:
        """Return for each burst a label, which those that are joined to it share, or -1 where there are none."""
        roots = np.fromiter(map(self._found, range(len(self._root))), dtype=np.int64, count=len(self._root))
        return np.where(np.bincount(roots, minlength=len(roots))[roots] > 1, roots, -1)

    def _list_of(self, root: int) -> set[int]:
        held = self._lists.get(root)
        if held is None:
            listed = self._who[self._offsets[root] : self._offsets[root + 1]]
            held = self._lists[root] = set(listed[listed != NO_RECIPIENT].tolist())
        return held

    def _found(self, place: int) -> int:
        """Return the burst that stands for those that this one is joined to."""
        root = place
        while self._root[root] != root:
            root = self._root[root]
        self._root[place] = root
        return root


class Senders:
    """Who sent the texts of each group, as far as it is known, in little room: most phones have one number.

    Attributes:
        unknown: Stands for the phone where it sent without saying from which number.
    """

    unknown: Final = -1

    def __init__(self) -> None:
        self._first: str | None = None
        self._places: dict[str, int] = {}
        self._keys, self._others = array("q"), array("q")

    def note(self, key: int, sender: str) -> None:
        """Take the sender of a group."""
        if self._first is None:
            self._first = sender
        if sender != self._first:
            self._keys.append(key)
            self._others.append(self._place(sender))

    def of(self, keys: _Ints) -> array[int]:
        """Return a number for the sender of each key, all of which are of groups that were noted."""
        first = self.unknown if self._first is None else self._place(self._first)
        if not self._keys:
            return array("q", [first]) * len(keys)
        held, others = (np.frombuffer(each, dtype=np.int64) for each in (self._keys, self._others))
        order = np.argsort(held, kind="stable")
        held, others = held[order], others[order]
        at = np.minimum(np.searchsorted(held, keys), len(held) - 1)
        return array("q", np.where(held[at] == keys, others[at], first).tobytes())

    def _place(self, sender: str) -> int:
        is_unknown = sender.startswith(OWN_PREFIX) and not sim_in(sender)  # of two SIMs each is a sender of its own
        return self.unknown if is_unknown else self._places.setdefault(sender, len(self._places))
