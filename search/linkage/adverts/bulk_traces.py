"""Traces of broadcasts on phones that received them, where the analysis takes their texts for no adverts.

A broadcast of any sender is a flare: a shop's, a club's, that of a person with a new number. One copy on one phone does
not show one. A copy is taken for a trace where the sending phone, which is held too, shows the broadcast, or where
three phones got the wording from one number in the same minutes and none of them had asked; two are enough of a sender
who shows no number or a British one of no handset (01, 02, 03), or who is seen to text two so again and again or three
twice, of one whose adverts both had, if they are a third of all phones that had any and are in use (the police, from a
line's number, when most of its customers' phones are seized),
and of one who says that the number is new: that is told to all.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from parsers.records.ids import derived_id
from search.contract import Edge, Flare
from search.linkage.adverts.bulk_wordings import BulkWording
from search.linkage.attribution.senders import Evidenced
from search.linkage.attribution.together import DELIVERY_SECONDS
from search.linkage.extraction.flare_rows import RECEIVED
from search.linkage.extraction.flares import PAUSE_SECONDS
from search.linkage.extraction.said_edges import DAY_CHARS
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import Role, is_account_id, is_landline, is_number, shown_sender

PHONES_THAT_SHOW_IT = 3
"""Phones that must have got a wording in the same minutes where the sender's is not held. Two friends are told the same
by a third one every day."""
PHONES_OF_A_SERVICE = 2
"""The same where the sender shows a name or a short code for a number, texts two so again and again
(``TIMES_OF_ONE_WHO_TEXTS_MANY``), sent adverts to both or says that the number is new."""
CUSTOMERS_OF_ALL = 3
"""Of so many phones that got adverts of the sender and are in use one must have it: a line tells two of its people the
same, too."""
TIMES_OF_ONE_WHO_TEXTS_MANY = 3
"""Days and wordings that two phones and more each got of a number in the same minutes, unasked: a friend has one such
for two now and then. Reasoned; of the honest broadcasts of two makers' worlds that two phones show, three wordings find
four in five."""
TIMES_THAT_THREE_SHOW = 2
"""The same of ``PHONES_THAT_SHOW_IT``: once everybody has something to tell to all, as a number that is new. With
both and the landlines, received broadcasts of eight made worlds are found at a mean R of 0.986 for 0.970, and none
more is made up."""
TIMES_CHANCE = 5.0
"""How many more for each that would have it in those minutes by chance, if its copies came at any time: what a shop
or a service writes to each customer singly comes to several of two thousand phones within any half hour."""
NO_CUSTOMERS: Final[Mapping[str, str | None]] = {}
MANY_COPIES = 10
SHARE_AT_ONCE = 0.5
"""Share of so many copies of a sender without a number that must have come to two phones in the same minutes, for two
to be enough: a network tells each of its subscribers singly of his messages, and of 41 such notices on 25 phones of a
made world five came within minutes of another."""
_LEAST_DAYS = 30.0
"""The time over which copies are taken to be spread, where all lie within less: one broadcast."""


def bulk_traces(
    bulk: Iterable[BulkWording],
    customers: Mapping[str, str | None] = NO_CUSTOMERS,
    telling: frozenset[str] = frozenset(),
) -> Iterator[tuple[str, Flare]]:
    """Yield the received flares of wordings that are no adverts, each with its device, by sender and wording.

    Args:
        bulk: Wordings that were seen to go to many, those of one sender one after the other.
        customers: Phones that got adverts of the sender, with when they were last in use. None: that is not known.
        telling: Records in which the sender says that the number is new.
    """
    for sender, wordings in groupby(bulk, key=lambda wording: wording.sender):
        shown = [(wording, Copies([copy for copy in wording.copies if _is_unasked(copy)])) for wording in wordings]
        texts_many = not (is_number(sender) or is_account_id(sender)) or _texts_many(
            sender, [copies for _, copies in shown], is_of_adverts=bool(customers)
        )
        for wording, copies in shown:
            is_to_all = texts_many or any(not telling.isdisjoint(copy.edge.record_ids) for copy in wording.copies)
            if not is_number(sender) and copies.are_mostly_alone():
                is_to_all = False
            fewest = PHONES_OF_A_SERVICE if is_to_all else PHONES_THAT_SHOW_IT
            yield from _traces(wording, copies, fewest, customers)


def _texts_many(sender: str, wordings: Sequence[Copies], *, is_of_adverts: bool) -> bool:
    """Whether a number is seen to text many, so that two phones show what else it broadcasts.

    Args:
        sender: The number.
        wordings: Copies of what it sent to several.
        is_of_adverts: It sent adverts, too: a line tells two of its people the same on one day and another.
    """
    if is_of_adverts:
        return sum(bool(copies.days_on(PHONES_OF_A_SERVICE)) for copies in wordings) >= TIMES_OF_ONE_WHO_TEXTS_MANY
    return (
        is_landline(sender)
        or sum(len(copies.days_on(PHONES_OF_A_SERVICE)) for copies in wordings) >= TIMES_OF_ONE_WHO_TEXTS_MANY
        or sum(len(copies.days_on(PHONES_THAT_SHOW_IT)) for copies in wordings) >= TIMES_THAT_THREE_SHOW
    )


def _traces(
    wording: BulkWording, copies: Copies, fewest: int, customers: Mapping[str, str | None]
) -> Iterator[tuple[str, Flare]]:
    to_customers = Copies([copy for copy in wording.copies if _is_unasked(copy) and copy.device_id in customers])
    used_until = sorted(math.inf if last is None else to_seconds(last) for last in customers.values())
    sent = [(to_seconds(flare.started_at), to_seconds(flare.ended_at)) for _, flare in wording.flares]
    for copy in wording.copies:
        if copy.edge.first_at is None:
            continue
        # a phone that was seized before cannot have got it
        in_use = len(used_until) - bisect_left(used_until, to_seconds(copy.edge.first_at))
        fewest_customers = max(PHONES_OF_A_SERVICE, math.ceil(in_use / CUSTOMERS_OF_ALL))
        is_customers = copy.device_id in customers and to_customers.is_on_many(copy, fewest_customers)
        if _is_of_one(copy.edge, sent) or (_is_unasked(copy) and (is_customers or copies.is_on_many(copy, fewest))):
            for flare in traces_of(copy.edge, copy.edge.label[DAY_CHARS + 1 :]):
                yield copy.device_id, flare


def _is_unasked(copy: Evidenced) -> bool:
    """Whether a dated copy did not come as an answer."""
    return copy.edge.first_at is not None and copy.edge.role != Role.RECEIVED_ANSWER


class Copies:
    """The copies of one wording that nobody asked for, by time."""

    def __init__(self, copies: Sequence[Evidenced]) -> None:
        placed = [(to_seconds(at), copy.device_id) for copy in copies for at in _ends(copy.edge)]
        self._placed = sorted(placed)
        self._seconds = [seconds for seconds, _ in self._placed]
        span = max(_LEAST_DAYS * DAY_SECONDS, self._seconds[-1] - self._seconds[0]) if placed else 1.0
        by_chance = sum(copy.edge.count for copy in copies) * 2 * PAUSE_SECONDS / span
        self._by_chance = TIMES_CHANCE * by_chance

    def is_on_many(self, copy: Evidenced, fewest: int) -> bool:
        """Whether so many phones got the wording within a pause of a broadcast of this copy, its own counted.

        Args:
            copy: One of the copies.
            fewest: Phones where none of them would have it by chance.
        """
        return any(self._are_at(to_seconds(at), fewest) for at in _ends(copy.edge))

    def are_mostly_alone(self) -> bool:
        """Whether there are many, and most came to one phone alone at their time."""
        at_once = sum(len(self._phones_at(seconds)) >= PHONES_OF_A_SERVICE for seconds in self._seconds)
        return len(self._seconds) >= MANY_COPIES and at_once < SHARE_AT_ONCE * len(self._seconds)

    def days_on(self, fewest: int) -> set[int]:
        """Return the days on which so many phones got the wording within a pause of a broadcast."""
        return {int(seconds // DAY_SECONDS) for seconds in self._seconds if self._are_at(seconds, fewest)}

    def _are_at(self, seconds: float, fewest: int) -> bool:
        return len(self._phones_at(seconds)) >= int(fewest + self._by_chance)

    def _phones_at(self, seconds: float) -> set[str]:
        first = bisect_left(self._seconds, seconds - PAUSE_SECONDS)
        last = bisect_right(self._seconds, seconds + PAUSE_SECONDS)
        return {device_id for _, device_id in self._placed[first:last]}


def _ends(edge: Edge) -> tuple[str, ...]:
    return tuple(at for at in (edge.first_at, edge.last_at) if at is not None)


def _is_of_one(edge: Edge, sent: Iterable[tuple[float, float]]) -> bool:
    """Whether a copy came while a broadcast of the wording went on, or so shortly after that it was under way."""
    return any(
        started - DELIVERY_SECONDS <= to_seconds(at) <= ended + DELIVERY_SECONDS
        for started, ended in sent
        for at in _ends(edge)
    )


def traces_of(edge: Edge, time_basis: str) -> Iterable[Flare]:
    """Yield the received flares of one wording of one sender on one phone and day: one, or two with a pause between."""
    if edge.first_at is None or edge.last_at is None:
        return
    is_one = to_seconds(edge.last_at) - to_seconds(edge.first_at) <= PAUSE_SECONDS * max(1, edge.count - 1)
    ends = [(edge.first_at, edge.last_at)] if is_one else [(edge.first_at,) * 2, (edge.last_at,) * 2]
    for first_at, last_at in ends:
        first_id = edge.record_ids[0] if first_at == edge.first_at else edge.record_ids[-1]
        last_id = edge.record_ids[-1] if last_at == edge.last_at else edge.record_ids[0]
        yield Flare(
            flare_id=derived_id("fl", edge.extraction_id, RECEIVED, edge.key, edge.other, first_id),
            extraction_id=edge.extraction_id,
            direction=RECEIVED,
            sender=shown_sender(edge.key),
            template_id=edge.other,
            advert_score=edge.score,
            started_at=first_at,
            ended_at=last_at,
            time_basis=time_basis,
            recipient_count=1,
            message_count=edge.count if is_one else 1,
            variant_count=1,
            first_record_id=first_id,
            last_record_id=last_id,
        )
