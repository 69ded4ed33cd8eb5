"""Numbers that copies on other phones prove to be a handset's, although it does not state them.

A handset that broadcasts leaves copies on the phones of its list. That some of them came from one number in the same
minutes gives a broadcast its sender (``shown_senders``); that what the handset holds was sent from the number is said
where no other phone of the line can have sent it: on several days, on several phones that are on the list at that
time, without a copy from another number, and while single texts of which both sides show the instant to the second
agree for this very number. Another handset may have sent them where this one was restored from a backup. Calls prove
nothing of the kind: whoever is rung after the line did not answer looks the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from math import inf
from typing import Final

import msgspec

from search.contract import Edge, Flare
from search.linkage.attribution.copies_in_time import (
    MINUTE,
    PAD_SECONDS,
    Copy,
    Listed,
    begun_about,
    day_count,
    ends_of_list,
    is_in_minute,
    most_days_shown,
    overlaps,
    second_of,
)
from search.linkage.attribution.held_copies import HeldCopies, HeldOfOne
from search.linkage.attribution.shown_senders import Shown
from search.linkage.extraction.flare_rows import SENT
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.kept import Kept
from search.linkage.keys import LISTED_ROLES, TALK_ROLES, Role, is_number
from search.linkage.phrases import counted

_DAYS: Final = 3
"""Days of broadcasts that must show the number. Reasoned, as the next two: one or two may be sent on."""
_PHONES: Final = 2
"""Phones on the list that must show it, and parties whose single texts must agree: the clock of one may be wrong."""
_SAME_SECONDS: Final = 5.0
"""Between the instants of one text on the phone that sent it and on the one that got it. In 27 worlds no text had
there a copy from another number than the handset's."""
_SAME_OF_UNKNOWN: Final = 2.0
"""The same where the party is to be found by it: a phone that states no number on the list is the one party whose first
and last text both came in there then. That another phone of the line sends something in those seconds is one case in a
hundred for each end. Where several such phones are each one party's so, it may be as long as for one that states its
number: texts are on their way for some seconds."""
_EARLY: Final = 2.0
"""Before a text went such a phone may have it at most: the two clocks differ a little."""
_PHONES_AT_ONCE: Final = 3
"""Parties whose single texts must agree where all of these are of one day; there must be ``_DAYS_OF_ONE`` then, and no
phone has a broadcast before it began: a second phone of the line may send to the same list in the same order, and meets
all three at once where it begins in the same seconds, but not each time after this one."""
_DAYS_OF_ONE: Final = 10
_BETWEEN_OF_ONE: Final = 30.0 * DAY_SECONDS
"""The same where one party alone holds both its first and its last text to those few seconds: days of broadcasts, and
seconds between the two. Another phone shows the number as well. Reasoned."""
_PARTIES_OF_A_DAY: Final = 5
_SPREAD_OF_A_DAY: Final = 60.0
"""Parties whose single texts must agree, and seconds from the first to the last of these, where a day of broadcasts is
held and no more. A second phone of the line would have to send at the same pace besides, and of what this one sent to
each of these parties at that second nothing would have come in. Reasoned."""
_SENT_ROLES: Final = LISTED_ROLES | TALK_ROLES
"""Edges of a phone that show it in use with its SIM."""


class ProvenNumber(msgspec.Struct, frozen=True, kw_only=True):
    """A number that a handset sent from and does not state.

    Attributes:
        first_at: Of the broadcasts that phones show.
        last_at: As ``first_at``.
        days: On how many days there were such.
        phones: How many phones on its list show it.
        same_texts: How many texts of the handset phones on its list show from this number, to a few seconds.
        record_ids: A broadcast's first text here and its copy elsewhere, of the first and the last one.
    """

    device_id: str
    number: str
    first_at: str
    last_at: str
    days: int
    phones: int
    same_texts: int
    record_ids: tuple[str, ...]

    def sentence(self, line: str, stated: Collection[str]) -> str:
        """Return what the phone has to do with the line, and what that rests on.

        Args:
            line: How sentences name the line.
            stated: Numbers that the phone states.
        """
        said = f"it states {' and '.join(sorted(stated))}" if stated else "it states no number"
        return (
            f"Messages on this phone were sent from {self.number} of {line}, although {said}: on {self.days} days, "
            f"from {self.first_at[:10]} to {self.last_at[:10]}, "
            f"{counted(self.phones, 'phone')} on its list received from that number what it broadcast in the same "
            "minutes, and none of them from another number; "
            f"{self.same_texts} of its texts came in there from that number, to a few seconds. A phone that was "
            "restored from another's backup shows the same."
        )


def proven_numbers(
    placed: Sequence[tuple[str, Flare, str]],
    shown: Mapping[str, Shown],
    used: Iterable[Edge],
    device_of: Mapping[str, str],
    own: Mapping[str, Collection[str]],
    kept: Kept | None = None,
) -> tuple[ProvenNumber, ...]:
    """Return the numbers that are proven, by device and number.

    Args:
        placed: Device, flare and sender of all flares.
        shown: What receiving phones show of the sender, by sent flare.
        used: Edges of kind number of the extractions that sent to many, and of those that state a number of adverts.
        device_of: Device by extraction.
        own: Numbers that each device states.
        kept: What was made before. None: nothing.
    """
    kept = kept or Kept()
    broadcasts: dict[str, dict[str, list[Flare]]] = defaultdict(lambda: defaultdict(list))
    for device_id, flare, sender in placed:
        if flare.direction == SENT and sender not in own[device_id]:
            known = shown.get(flare.flare_id)
            if known is not None and known.number == sender:
                broadcasts[device_id][sender].append(flare)
    asked = {
        device_id: numbers
        for device_id, numbers in broadcasts.items()
        if any(_may_prove(flares, shown) for flares in numbers.values())
    }
    if not asked:
        return ()
    held = HeldCopies(placed, asked, own, kept)
    for edge in used:
        held.add(device_of.get(edge.extraction_id, ""), edge)
    return tuple(
        found
        for device_id, numbers in sorted(asked.items())
        for found in kept.made(_proven_of, device_id, device_id, numbers, held.of_one(device_id, numbers))
    )


def _proven_of(device_id: str, numbers: Mapping[str, Sequence[Flare]], held: HeldOfOne) -> list[ProvenNumber]:
    return list(_Handset(device_id, numbers, held).proven())


def _may_prove(flares: Sequence[Flare], shown: Mapping[str, Shown]) -> bool:
    """Whether there are broadcasts of several days, or one that so many phones show that it may prove a number."""
    return day_count(flares) >= _DAYS or any(shown[flare.flare_id].phones >= _PARTIES_OF_A_DAY for flare in flares)


class _Handset:
    """Says of one handset which numbers are proven.

    Args:
        device_id: The handset.
        numbers: Its broadcasts by the number that phones show, where it does not state that.
        held: What other phones hold.
    """

    def __init__(self, device_id: str, numbers: Mapping[str, Sequence[Flare]], held: HeldOfOne) -> None:
        self._device_id, self._numbers, self._held = device_id, numbers, held
        self._copies = held.near((at for edge in held.edges for at in ends_of_list(edge)), device_id)
        self._listed: dict[str, Listed] = {}
        """What party each phone on the list is."""
        self._agreeing: dict[str, set[tuple[str, float]]] = {number: set() for number in numbers}
        """By number the parties and instants of single texts that a phone of the party holds from it."""
        self._is_contradicted = False
        self._read_list()

    def proven(self) -> Iterator[ProvenNumber]:
        """Yield the numbers that are proven, in order."""
        if self._is_contradicted:
            return
        for number, flares in sorted(self._numbers.items()):
            found = self._proven(number, flares) if self._agrees(number) else None
            if found is not None:
                yield found

    def _agrees(self, number: str) -> bool:
        """Whether single texts to several parties, a day apart, came from this number; for each it must be shown.

        So with the first and the last of all texts to one party, where these are weeks apart; and with those to three
        at one time.
        """
        if self._agrees_on_two_days(number):
            return True
        return self._party_count(number) >= _PHONES_AT_ONCE or self._party_of_both_ends(number) is not None

    def _agrees_on_two_days(self, number: str) -> bool:
        instants = [at for _, at in self._agreeing[number]]
        return self._party_count(number) >= _PHONES and max(instants) - min(instants) >= DAY_SECONDS

    def _agrees_on_a_day(self, number: str) -> bool:
        instants = [at for _, at in self._agreeing[number]]
        are_many = self._party_count(number) >= _PARTIES_OF_A_DAY
        return are_many and max(instants) - min(instants) >= _SPREAD_OF_A_DAY

    def _least_days(self, number: str, *, is_by_one: bool) -> int:
        """Return on how many days phones must show broadcasts with a number."""
        if self._agrees_on_a_day(number):
            return 1
        return _DAYS_OF_ONE if is_by_one or not self._agrees_on_two_days(number) else _DAYS

    def _party_count(self, number: str) -> int:
        return len({party for party, _ in self._agreeing[number]})

    def _party_of_both_ends(self, number: str) -> str | None:
        agreeing = self._agreeing[number]
        for listed in self._listed.values():
            ends = {(listed.party, listed.first), (listed.party, listed.last)}
            if ends <= agreeing and listed.last - listed.first >= _BETWEEN_OF_ONE:
                return listed.party
        return None

    def _read_list(self) -> None:
        """Find the phones on the list, and which single texts they show at the instant at which these were sent."""
        ends_of: dict[str, set[float]] = defaultdict(set)
        for edge in self._held.edges:
            ends_of[edge.key].update(ends_of_list(edge))
        unknown: dict[str, set[float]] = {}
        for party, ends in sorted(each for each in ends_of.items() if each[1]):
            if party not in self._held.stating:
                unknown[party] = ends
            for device_id in self._held.stating.get(party, ()):
                if device_id != self._device_id:
                    self._take(device_id, party, ends, _SAME_SECONDS)
        self._take_unknown(unknown, _SAME_OF_UNKNOWN, least=1)
        self._take_unknown(unknown, _SAME_SECONDS, least=_PHONES)

    def _take_unknown(self, unknown: Mapping[str, Collection[float]], seconds: float, *, least: int) -> None:
        """Find the parties of phones that state no number on the list, if so many phones each are one party's."""
        begins = sorted((begin, party) for party, ends in unknown.items() if (begin := min(ends)) % MINUTE)
        found: dict[str, str] = {}
        for device_id in self._copies:
            # a phone may state another number than the one that is on the list: of two SIMs, or wrongly
            if device_id not in self._listed:
                near = {
                    party for copy in self._copies[device_id] for party in begun_about(begins, copy.second, seconds)
                }
                fitting = list(
                    islice((party for party in near if self._is_one_party(device_id, unknown[party], seconds)), 2)
                )
                if len(fitting) == 1:
                    found[device_id] = fitting[0]
        if len(set(found.values())) >= least:
            for device_id, party in found.items():
                self._take(device_id, party, unknown[party], seconds)

    def _take(self, device_id: str, party: str, ends: Collection[float], seconds: float) -> None:
        """Take a phone for a party on the list to which a first and a last text went at these instants."""
        known = self._listed.get(device_id)
        first, last = min(ends), max(ends)
        if known is not None:
            party, first, last = known.party, min(first, known.first), max(last, known.last)
        self._listed[device_id] = Listed(party, first, last)
        for at in ends:
            senders = self._senders_at(device_id, at, seconds)
            if len(senders) == 1 and not senders.isdisjoint(self._numbers):
                self._agreeing[min(senders)].add((party, at))
            # to the minute nothing agrees, but what came from a third number then speaks against it
            about = self._senders_about(device_id, at)
            if about and about.isdisjoint(self._numbers) and about.isdisjoint(self._held.own[self._device_id]):
                self._is_contradicted = True

    def _is_one_party(self, device_id: str, ends: Collection[float], seconds: float) -> bool:
        """Whether a phone holds the first and the last text to a party, of two days, to the second."""
        return max(ends) - min(ends) > DAY_SECONDS and all(
            not self._senders_at(device_id, end, seconds, early=_EARLY).isdisjoint(self._numbers)
            for end in (min(ends), max(ends))
        )

    def _senders_at(self, device_id: str, at: float, seconds: float, *, early: float = inf) -> set[str]:
        """Return the senders of what came in at an instant, so many seconds before or after it at most.

        A whole minute tells the second of nothing: sources are dated so that keep no seconds.
        """
        if at % MINUTE == 0:
            return set()
        near = self._copies_near(device_id, at, seconds)
        return {copy.sender for copy in near if copy.second % MINUTE and at - copy.second <= early}

    def _senders_about(self, device_id: str, at: float) -> set[str]:
        """Return the senders of what may have come in at an instant, as far as either side keeps it."""
        near = self._copies_near(device_id, at, MINUTE)
        return {copy.sender for copy in near if abs(at - copy.second) <= _SAME_SECONDS or is_in_minute(at, copy.second)}

    def _copies_near(self, device_id: str, at: float, seconds: float) -> Sequence[Copy]:
        copies = self._copies.get(device_id, ())
        place = bisect_left(copies, at - seconds, key=second_of)
        return copies[place : bisect_right(copies, at + seconds, lo=place, key=second_of)]

    def _proven(self, number: str, flares: Iterable[Flare]) -> ProvenNumber | None:
        shown: dict[str, Copy] = {}
        on: set[str] = set()
        of_flare: dict[str, Flare] = {}
        for flare in flares:
            came = self._came(number, flare)
            if came:
                shown[flare.flare_id], of_flare[flare.flare_id] = min(came.values()), flare
                on.update(came)
        in_order = sorted(of_flare.values(), key=lambda flare: (to_seconds(flare.started_at), flare.flare_id))
        parties = {self._listed[device_id].party for device_id in on}
        others = self._held.of_template, {*self._listed, self._device_id}
        days_besides = most_days_shown(number, in_order, *others)
        is_by_one = parties == {self._party_of_both_ends(number)} and days_besides >= _DAYS
        least = self._least_days(number, is_by_one=is_by_one)
        if (len(parties) < _PHONES and not is_by_one) or day_count(in_order) < least:
            return None
        is_at_once = not is_by_one and not self._agrees_on_two_days(number)
        if is_at_once and any(_came_before(shown[flare.flare_id], flare) for flare in in_order):
            return None
        first, last = in_order[0], in_order[-1]
        if self._is_elsewhere(number, first.started_at, last.ended_at):
            return None
        ends = dict.fromkeys(
            record
            for flare in (first, last)
            for record in (flare.first_record_id, shown[flare.flare_id].record_id)
            if record
        )
        return ProvenNumber(
            device_id=self._device_id,
            number=number,
            first_at=first.started_at,
            last_at=last.ended_at,
            days=day_count(in_order),
            phones=len(on),
            same_texts=len(self._agreeing[number]),
            record_ids=tuple(ends),
        )

    def _came(self, number: str, flare: Flare) -> dict[str, Copy]:
        """Return the phones on the list that show a broadcast, with a copy; none where another may have sent it."""
        begin, end = to_seconds(flare.started_at) - PAD_SECONDS, to_seconds(flare.ended_at) + PAD_SECONDS
        for device_id, other in self._held.sent[flare.template_id]:
            if device_id != self._device_id and overlaps(other, begin, end):
                return {}
        came: dict[str, Copy] = {}
        for device_id, copies in self._held.of_template.get(flare.template_id, {}).items():
            place = bisect_left(copies, begin, key=second_of)
            within = copies[place : bisect_right(copies, end, lo=place, key=second_of)]
            if not within or device_id == self._device_id:
                continue
            listed = self._listed.get(device_id)
            is_listed = listed is not None and listed.first <= end and listed.last >= begin
            if any(copy.sender != number for copy in within) or (
                not is_listed and any(map(is_number, self._held.own[device_id]))
            ):
                # who is not on the list got it from another phone
                return {}
            if is_listed:
                came[device_id] = within[0]
        return came

    def _is_elsewhere(self, number: str, first_at: str, last_at: str) -> bool:
        """Whether another phone that states the number wrote or had calls then, or this one did so with the number.

        Of first and last alone it is not known what lies between: then it counts.
        """
        begin, end = to_seconds(first_at), to_seconds(last_at)
        if any(
            device_id != self._device_id and overlaps(flare, begin, end)
            for device_id, flare in self._held.sent_by_stating[number]
        ):
            return True
        with_it = (edge for edge in self._held.edges if edge.key == number and edge.role != Role.SAVED)
        of_others = (
            edge
            for device_id in self._held.stating.get(number, ())
            if device_id != self._device_id
            for edge in self._held.edges_of[device_id]
            if edge.role in _SENT_ROLES
        )
        return any(
            (edge.first_at is None or to_seconds(edge.first_at) <= end)
            and (edge.last_at is None or to_seconds(edge.last_at) >= begin)
            for edge in chain(with_it, of_others)
        )


def _came_before(copy: Copy, flare: Flare) -> bool:
    """Whether a copy came in before the broadcast began, as far as both tell the second."""
    began = to_seconds(flare.started_at)
    return copy.second % MINUTE > 0 and began % MINUTE > 0 and copy.second < began - _EARLY
