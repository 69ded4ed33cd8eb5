"""The numbers of chat parties that a phone shows by a saved name alone.

The same phone's contacts say whom it calls so, where one number alone is saved under the name. Where they do not, other
phones do: what came in under the name, wording for wording and at about the same time, came in there from a number.
A line that changes its number keeps its name in the phone book, so that a name may stand for one number after another:
where both are saved under it and nothing else tells them apart, the one that phones had to do with about then, if it is
known for a line's: adverts came from it, or who bears the name says that a number of adverts is its old or next one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from search.contract import Edge, EdgeKind, Flare
from search.linkage.attribution.either_ends import advert_broadcasters
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import (
    NAME_PREFIX,
    SENT_ADVERT_ROLES,
    TRAFFIC_ROLES,
    AnnouncedFrom,
    Role,
    is_number,
    number_exchanged_with,
)

BESIDE_SECONDS = 3600.0
"""Between two copies of one broadcast on two phones."""
DAYS_THAT_NAME = 2
"""Days on which broadcasts must coincide: two lines may send one copied wording within an hour once."""

ADVERTS_THAT_TELL = 2
"""Adverts of other wordings that other phones got from a number, each of a phone, from which it sends adverts."""

NEXT_TO_DAYS = 13
"""Between what came under a name and the time in which phones had to do with a number that shares it, or got adverts
from it, at most: what lies two weeks off says of neither that it was in use. Reasoned."""

Saved = tuple[str, str]
"""Device, and name as it is saved."""
_Coincidence = tuple[Saved, float, set[str]]
"""A name, seconds since 1970, and numbers."""


def saved_name(device_id: str, key: str) -> Saved:
    """Return the device and the name of a key that is a saved name on one of its extractions."""
    return device_id, key.split(":", 2)[2]


class _InTurn(NamedTuple):
    """When one of several numbers of a name was in use, in seconds since 1970, and whether it is known for a line's."""

    first: float
    last: float
    number: str
    is_known: bool

    def days_off(self, second: float) -> float:
        """Return how far an instant lies from it, in days; 0 within it."""
        return max(self.first - second, second - self.last, 0.0) / DAY_SECONDS


class SavedSenders:
    """The numbers that names stand for, by the time.

    Args:
        shown: Names that chat parties are shown by.
        uses: When a name was seen to stand for a number, in seconds since 1970.
        in_turn: Of names that stand for several numbers: when each was in use, one after the other.
    """

    def __init__(
        self,
        shown: Collection[Saved] = (),
        uses: Mapping[Saved, Sequence[tuple[float, str]]] | None = None,
        in_turn: Mapping[Saved, Sequence[_InTurn]] | None = None,
    ) -> None:
        self._shown = frozenset(shown)
        self._uses = uses or {}
        self._in_turn = in_turn or {}

    def is_shown(self, saved: Saved) -> bool:
        """Whether chat parties are shown by that name on that device."""
        return saved in self._shown

    def at(self, saved: Saved, instant: str | None) -> str | None:
        """Return the number that the name stands for at the instant. None: no evidence has one."""
        uses = self._uses.get(saved)
        if not uses:
            return self._of_in_turn(saved, instant)
        return uses[-1][1] if instant is None else self.near(saved, to_seconds(instant))

    def near(self, saved: Saved, second: float) -> str | None:
        """Return the same for an instant in seconds since 1970."""
        uses = self._uses.get(saved)
        return min(uses, key=lambda use: (abs(use[0] - second), use[1]))[1] if uses else None

    def _of_in_turn(self, saved: Saved, instant: str | None) -> str | None:
        in_turn = self._in_turn.get(saved)
        if not in_turn or instant is None:
            return None
        second = to_seconds(instant)
        nearest = min(in_turn, key=lambda use: (use.days_off(second), use.number))
        return nearest.number if nearest.is_known and nearest.days_off(second) <= NEXT_TO_DAYS else None


def senders_of_names(
    device_of: Mapping[str, str],
    adverts: Iterable[Edge],
    contacts: Iterable[Edge],
    flares: Sequence[Flare],
    talk: Iterable[Edge] = (),
    announcements: Iterable[Edge] = (),
) -> SavedSenders:
    """Return the numbers of the names that senders of adverts are shown by.

    Args:
        device_of: Device by extraction.
        adverts: Edges of kind advert.
        contacts: Edges of kind number of the extractions that show such names.
        flares: All flares.
        talk: Edges of kind number, of any phone, of the numbers that share a name (``sharing_a_name``).
        announcements: Edges of kind announcement.
    """
    adverts = list(adverts)
    shown = _shown(device_of, adverts)
    uses: dict[Saved, list[tuple[float, str]]] = dict(_of_known_senders(device_of, shown, adverts, flares))
    saved_as = _saved_as(device_of, contacts, shown)
    coincident = list(_coincident(device_of, flares, shown, BESIDE_SECONDS))
    for saved, found in _of_one_number(coincident).items():
        uses[saved] = _trusted(found, saved_as.get(saved, set()))
    for saved, numbers in saved_as.items():
        if len(numbers) == 1:
            uses[saved] = [(0.0, next(iter(numbers)))]
    for saved, found in _of_no_other_name(coincident, uses).items():
        uses[saved] = _trusted(found, saved_as.get(saved, set()))
    of_number = _periods([*talk, *adverts])
    sending = {edge.key for edge in adverts}
    moved = _moved(device_of, announcements, sending)
    in_turn = {
        saved: _one_after_the_other(numbers, of_number, numbers if saved in moved else sending)
        for saved, numbers in saved_as.items()
        if len(numbers) > 1 and not uses.get(saved)
    }
    return SavedSenders(shown, uses, in_turn)


def sharing_a_name(device_of: Mapping[str, str], adverts: Iterable[Edge], contacts: Iterable[Edge]) -> list[str]:
    """Return the numbers that a phone saved with others under one name by which it shows a sender of adverts, sorted.

    Args:
        device_of: Device by extraction.
        adverts: Edges of kind advert.
        contacts: Edges of kind number of the extractions that show such names.
    """
    saved_as = _saved_as(device_of, contacts, _shown(device_of, adverts))
    return sorted({number for numbers in saved_as.values() if len(numbers) > 1 for number in numbers})


def _shown(device_of: Mapping[str, str], adverts: Iterable[Edge]) -> set[Saved]:
    """Return the names that senders of adverts are shown by."""
    return {
        saved_name(device_of[edge.extraction_id], edge.key)
        for edge in adverts
        if edge.key.startswith(NAME_PREFIX) and edge.extraction_id in device_of
    }


def _periods(edges: Iterable[Edge]) -> dict[str, tuple[float, float]]:
    """Return the first and the last second at which phones had texts, calls or adverts with each number."""
    periods: dict[str, tuple[float, float]] = {}
    for edge in edges:
        is_use = edge.kind is EdgeKind.ADVERT or edge.role in TRAFFIC_ROLES
        if is_use and edge.first_at is not None and edge.last_at is not None:
            first, last = periods.get(edge.key, (inf, -inf))
            periods[edge.key] = min(first, to_seconds(edge.first_at)), max(last, to_seconds(edge.last_at))
    return periods


def _moved(device_of: Mapping[str, str], announcements: Iterable[Edge], sending: Collection[str]) -> set[Saved]:
    """Return the names whose bearers say in adverts that a number that sends adverts is their old or their next one."""
    told = (
        (
            edge.extraction_id,
            *((edge.key, edge.other) if AnnouncedFrom(edge.role).is_from_old else (edge.other, edge.key)),
        )
        for edge in announcements
        if AnnouncedFrom(edge.role).is_advert and edge.extraction_id in device_of
    )
    return {
        saved_name(device_of[extraction_id], teller)
        for extraction_id, teller, number in told
        if teller.startswith(NAME_PREFIX) and number in sending
    }


def _one_after_the_other(
    numbers: Collection[str], periods: Mapping[str, tuple[float, float]], known: Collection[str]
) -> list[_InTurn]:
    """Return when each of several numbers was in use; nothing where one was not, or two were at once."""
    in_turn = sorted(_InTurn(*periods[number], number, number in known) for number in numbers if number in periods)
    if len(in_turn) < len(numbers) or any(one.last >= other.first for one, other in pairwise(in_turn)):
        return []
    return in_turn


def _of_known_senders(
    device_of: Mapping[str, str], shown: Collection[Saved], adverts: Iterable[Edge], flares: Iterable[Flare]
) -> Iterator[tuple[Saved, list[tuple[float, str]]]]:
    """Yield the senders of texts of which a list says only with whom they were exchanged: known to send adverts.

    One is known that broadcast adverts, or whose adverts other phones got: one of the same wording, or several. One
    text of a friend reads like an advert now and then, and who got adverts passed on has sent none.
    """
    either = {saved: number for saved in shown if (number := number_exchanged_with(saved[1])) is not None}
    if not either:
        return
    numbers = frozenset(either.values())
    broadcast = advert_broadcasters(flares)
    held: dict[Saved, set[str]] = defaultdict(set)
    came: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for edge in adverts:
        device_id = device_of.get(edge.extraction_id, "")
        if edge.key.startswith(NAME_PREFIX) and (saved := saved_name(device_id, edge.key)) in either:
            held[saved].add(edge.other)
        elif edge.key in numbers and edge.role not in SENT_ADVERT_ROLES:
            came[edge.key].add((device_id, edge.other))
    for saved, number in either.items():
        elsewhere = [(device_id, wording) for device_id, wording in came[number] if device_id != saved[0]]
        if number in broadcast or len(elsewhere) >= ADVERTS_THAT_TELL or any(w in held[saved] for _, w in elsewhere):
            yield saved, [(0.0, number)]


def _trusted(found: Sequence[tuple[float, str]], held: Collection[str]) -> list[tuple[float, str]]:
    """Return the uses of numbers that are saved under the name, or that coincided on days enough where none is."""
    days = days_of(found)
    trusted = {number for number in days if number in held or (not held and len(days[number]) >= DAYS_THAT_NAME)}
    return sorted(use for use in found if use[1] in trusted)


def _of_no_other_name(
    coincident: Iterable[_Coincidence], uses: Mapping[Saved, Sequence[tuple[float, str]]]
) -> dict[Saved, list[tuple[float, str]]]:
    """Return, of names without a number so far, when all but one of several numbers stood for other names there.

    A line that sends from two numbers at once is saved under two names.
    """
    names_on: dict[str, list[Saved]] = defaultdict(list)
    for saved in uses:
        names_on[saved[0]].append(saved)
    known = SavedSenders((), uses)
    found: dict[Saved, list[tuple[float, str]]] = defaultdict(list)
    for saved, at, numbers in coincident:
        if len(numbers) > 1 and not uses.get(saved):
            left = numbers - {known.near(other, at) for other in names_on[saved[0]] if other != saved}
            if len(left) == 1:
                found[saved].append((at, next(iter(left))))
    return found


def days_of(uses: Iterable[tuple[float, str]]) -> dict[str, set[int]]:
    """Return the days, counted from 1970, on which each number was seen; ``uses`` are seconds and numbers."""
    days: dict[str, set[int]] = defaultdict(set)
    for second, number in uses:
        days[number].add(int(second // DAY_SECONDS))
    return days


def _saved_as(
    device_of: Mapping[str, str], contacts: Iterable[Edge], shown: Collection[Saved]
) -> dict[Saved, set[str]]:
    numbers: dict[Saved, set[str]] = defaultdict(set)
    for edge in contacts:
        saved = (device_of.get(edge.extraction_id, ""), edge.label)
        if edge.role == Role.SAVED and saved in shown and is_number(edge.key):
            numbers[saved].add(edge.key)
    return dict(numbers)


def broadcasts_beside(
    device_of: Mapping[str, str], flares: Sequence[Flare], shown: Collection[Saved], within: float = BESIDE_SECONDS
) -> dict[Saved, list[tuple[float, str]]]:
    """Return when broadcasts that came in under a name came in elsewhere from one number, or else went out from it.

    Which number a handset with another SIM sent from is not what it states, so that phones that received it come first.

    Args:
        device_of: Device by extraction.
        flares: All flares.
        shown: Devices with the names, or the ids, by which they show senders.
        within: Seconds between two copies.
    """
    return _of_one_number(_coincident(device_of, flares, shown, within))


def _of_one_number(coincident: Iterable[_Coincidence]) -> dict[Saved, list[tuple[float, str]]]:
    found: dict[Saved, list[tuple[float, str]]] = defaultdict(list)
    for saved, at, numbers in coincident:
        if len(numbers) == 1:
            found[saved].append((at, next(iter(numbers))))
    return found


def _coincident(
    device_of: Mapping[str, str], flares: Sequence[Flare], shown: Collection[Saved], within: float
) -> Iterator[_Coincidence]:
    """Yield each broadcast that came in under a name, when, and the numbers that it came from elsewhere about then."""
    if not shown:
        return
    named = [
        ((device_of[flare.extraction_id], flare.sender), flare)
        for flare in flares
        if flare.direction == "received" and flare.sender and flare.extraction_id in device_of
    ]
    named = [(saved, flare) for saved, flare in named if saved in shown]
    templates = {flare.template_id for _, flare in named}
    rows: dict[str, list[tuple[float, str, str, bool]]] = defaultdict(list)
    for flare in flares:
        if flare.template_id in templates and flare.sender and is_number(flare.sender):
            device_id = device_of.get(flare.extraction_id, "")
            rows[flare.template_id].append(
                (to_seconds(flare.started_at), device_id, flare.sender, flare.direction == "sent")
            )
    for held in rows.values():
        held.sort()
    for saved, flare in named:
        at = to_seconds(flare.started_at)
        held = rows.get(flare.template_id, [])
        came: set[str] = set()
        went: set[str] = set()
        for second, device_id, number, is_sent in held[bisect_left(held, (at - within,)) :]:
            if second > at + within:
                break
            if device_id != saved[0]:
                (went if is_sent else came).add(number)
        yield saved, at, came or went


def extractions_beside(extraction_ids: Iterable[str], device_of: Mapping[str, str]) -> list[str]:
    """Return all extractions of the devices of some: what one delivery leaves out, another of the phone may tell."""
    devices = {device_of[key] for key in extraction_ids if key in device_of}
    return [key for key, device_id in device_of.items() if device_id in devices]
