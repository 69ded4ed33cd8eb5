"""Phones whose clock was wrong: what each sent to many, or received, lies as far from all copies on other phones.

A handset dates what it sends by its own clock, and what comes in, in many exports, by the network's. A clock that was
never set dates a broadcast years before the phones that received it do. One shift then brings nearly all broadcasts
of the phone onto the copies, to the minute, and no other shift does; without it hardly any lies on one. A wording that
was sent again on other days fits no single shift, and neither does what is sent at the same times every day, which
fits several. One receiving phone beside one sending phone does not tell whose clock is wrong, so two phones must hold
copies that agree. What a phone received by its own clock is judged in the same way, by what others received from the
same number: a phone whose copies lie on those of another one is right, or both are wrong. A phone whose copies lie on
those of no other, at one shift each, is left aside while others are judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar

import msgspec

from search.contract import Edge, EdgeKind, Flare
from search.linkage.attribution.clock_shifts import (
    PAD_SECONDS,
    Burst,
    Shifts,
    beside,
    bursts_of,
    exact_shift,
    middle_shift,
    rarest,
)
from search.linkage.attribution.received_copies import ReceivedCopies
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.flare_rows import RECEIVED, SENT
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import LISTED_ROLES, OWN_PREFIX, SENT_ADVERT_ROLES, SPOKEN_BY_OTHER
from search.linkage.phrases import counted, span_words

LEAST_SHIFT_SECONDS: Final = DAY_SECONDS
"""What is less is a time zone that was read amiss, or a clock that nobody sets; it moves no period by much."""
LEAST_BROADCASTS: Final = 5
LEAST_PHONES: Final = 2
LEAST_A_PHONE: Final = 3
"""Broadcasts that each of them must hold at that shift. With five in all it is chance in well under one phone in a
thousand that a shift fits, where broadcasts go out at any minute of some hours a day. Reasoned."""
FITTING_SHARE: Final = 0.8
"""Of the broadcasts whose wording other phones hold; of some the copy itself is gone and an earlier one is left."""
MANY_BROADCASTS: Final = 20
MANY_FITTING_SHARE: Final = 0.5
"""Of so many that fit, half are enough: of the others the copies that came with them are on phones that are not held.
What is sent at the same times every day fits another shift nearly as well, and is told by that."""
MET_SHARE: Final = 0.1
"""Most that may lie on copies without any shift; one may by chance."""
OTHER_SHARE: Final = 0.5
"""What any other shift must stay below, as a share of what the best one fits."""
_LONE_PHONES: Final = 4
"""Phones at most that are left aside for a shift that fits to each alone."""
_SAME_SHIFT_SECONDS: Final = 7200.0
_PAIRS_COMPARED: Final = 8_000
"""Of broadcasts and copies, where a phone's broadcasts lie on none; those of the rarest wordings tell most."""

_SENT_ROLES = SENT_ADVERT_ROLES | LISTED_ROLES
_DatedT = TypeVar("_DatedT", Edge, Flare)


class WrongClock(msgspec.Struct, frozen=True, kw_only=True):
    """A clock that was wrong while an extraction's phone sent.

    Attributes:
        seconds: What must be added to the times of what it sent; negative: the clock was ahead.
        fitting: Broadcasts that lie on copies then, of ``compared`` whose wording other phones hold.
        phones: Phones that hold those copies.
        is_of_received: It dated what the phone received, and the numbers are of received adverts.
        is_of_talk: As before, but the numbers are of first and last texts and calls with other phones held.
    """

    device_id: str
    seconds: int
    fitting: int
    compared: int
    phones: int
    is_of_received: bool = False
    is_of_talk: bool = False

    def sentence(self, label: str) -> str:
        """Return in a sentence what is wrong, how that shows, and what follows."""
        way, side = ("behind", "before") if self.seconds > 0 else ("ahead", "after")
        if self.is_of_talk:
            return (
                f"The clock of {label} was {span_words(abs(self.seconds))} {way}: {self.fitting} of {self.compared} "
                f"first and last texts and calls with other phones held stand so long {side} the same ones on "
                f"{counted(self.phones, 'phone')}. Nothing is dated by it."
            )
        done, what = ("received", "advert") if self.is_of_received else ("sent", "broadcast")
        return (
            f"The clock of {label} was {span_words(abs(self.seconds))} {way} when it {done}: {self.fitting} of "
            f"{counted(self.compared, what)} stand so long {side} the copies that "
            f"{counted(self.phones, 'other phone')} received. Nothing is dated by it; the dates are of other phones."
        )


class Clocks(msgspec.Struct, frozen=True):
    """The wrong clocks by extraction, and what tells which rows were dated by them.

    Attributes:
        of: Clocks that were wrong when phones sent, by extraction; ``received`` those when they received.
        own_numbers: Numbers of the phones with a wrong clock, by extraction.
        flares: What they sent to many, or received, as they dated it themselves, by flare id.
    """

    of: Mapping[str, WrongClock] = {}
    received: Mapping[str, WrongClock] = {}
    own_numbers: Mapping[str, frozenset[str]] = {}
    flares: Mapping[str, Flare] = {}

    @property
    def are_any(self) -> bool:
        """Whether any clock is known to be wrong."""
        return bool(self.of or self.received)

    def dated(self, row: Edge | Flare) -> bool:
        """Whether a row was dated by a clock that was wrong."""
        return self.seconds(row) != 0

    def seconds(self, row: Edge | Flare) -> int:
        """Return what must be added to the times of a row; 0 where its clock is not known to be wrong."""
        if row.extraction_id not in self.of and row.extraction_id not in self.received:
            return 0
        clock = (self.of if self._is_sent(row) else self.received).get(row.extraction_id)
        return clock.seconds if clock is not None else 0

    def _is_sent(self, row: Edge | Flare) -> bool:
        if isinstance(row, Flare):
            return row.direction == SENT
        if row.kind == EdgeKind.ANNOUNCEMENT:
            speaker = row.other if row.role in SPOKEN_BY_OTHER else row.key
            return speaker.startswith(OWN_PREFIX) or speaker in self.own_numbers[row.extraction_id]
        return row.role in _SENT_ROLES

    def as_dated_there(self, flare: Flare) -> tuple[Flare, int]:
        """Return a flare with the times of its records, and the seconds that these are to be moved by."""
        seconds = self.seconds(flare)
        if not seconds:
            return flare, 0
        own = self.flares.get(flare.flare_id)
        if own is None:
            return _moved(flare, -seconds), seconds
        return msgspec.structs.replace(flare, started_at=own.started_at, ended_at=own.ended_at), seconds

    def of_device(self, device_id: str) -> list[WrongClock]:
        """Return the wrong clocks of a device; of several files that show one shift, what the surest shows."""
        found = (*sorted(self.of.items()), *sorted(self.received.items()))
        surest: dict[tuple[bool, bool, int], WrongClock] = {}
        for clock in sorted((c for _, c in found if c.device_id == device_id), key=lambda c: -c.fitting):
            surest.setdefault((clock.is_of_received, clock.is_of_talk, round(clock.seconds / 3600)), clock)
        return list(surest.values())


def wrong_clocks(
    flares: Iterable[Flare], device_of: Mapping[str, str], own_numbers: Mapping[str, frozenset[str]]
) -> Clocks:
    """Return the extractions whose phone sent or received by a wrong clock.

    Args:
        flares: All flares, sent and received.
        device_of: Device by extraction.
        own_numbers: Own numbers by device.
    """
    sent: dict[str, list[Flare]] = defaultdict(list)
    received: dict[str, list[tuple[float, str]]] = {}
    held = [flare for flare in flares if flare.extraction_id in device_of]
    for flare in held:
        if flare.direction == SENT:
            sent[flare.extraction_id].append(flare)
            received[flare.template_id] = []
    came_in = [
        (flare, (to_seconds(flare.started_at), device_of[flare.extraction_id]))
        for flare in held
        if flare.direction == RECEIVED
    ]
    for flare, copy in came_in:
        if flare.template_id in received:
            received[flare.template_id].append(copy)
    copies = {template_id: sorted(set(found)) for template_id, found in received.items()}
    found = {}
    phones_of = {template_id: {phone for _, phone in held_there} for template_id, held_there in copies.items()}
    for extraction_id in sorted(sent):
        device_id = device_of[extraction_id]
        compared = [flare for flare in sent[extraction_id] if phones_of[flare.template_id] - {device_id}]
        clock = _wrong_clock(compared, lambda flare: copies[flare.template_id], device_id)
        if clock is not None:
            found[extraction_id] = clock
    came = _of_whole_devices(*_wrong_where_received(came_in, device_of), device_of, sent)
    if not found and not came:
        return Clocks()
    return Clocks(
        found,
        came,
        {extraction_id: own_numbers.get(device_of[extraction_id], frozenset()) for extraction_id in {*found, *came}},
        {
            flare.flare_id: flare
            for flare in held
            if flare.extraction_id in (found if flare.direction == SENT else came)
        },
    )


def _wrong_where_received(
    came_in: Iterable[tuple[Flare, tuple[float, str]]], device_of: Mapping[str, str]
) -> tuple[dict[str, WrongClock], set[str]]:
    """Return the clocks that were wrong when phones received, by extraction, and their files that lie on copies."""
    flares: dict[str, list[Flare]] = defaultdict(list)
    held = list(came_in)
    for flare, _ in held:
        flares[flare.extraction_id].append(flare)
    copies = ReceivedCopies(held)
    clocks: dict[str, WrongClock] = {}
    for extraction_id in sorted(flares):
        device_id = device_of[extraction_id]
        copies_of = partial(copies.of, device_id=device_id)
        came = flares[extraction_id]
        if _is_right(bursts_of(came, copies_of, device_id), len(came)):
            continue  # nearly all; what is asked next needs the copies of each
        compared = list(filter(copies_of, came))
        clock = _wrong_clock(compared, copies_of, device_id, is_of_received=True)
        if clock is not None:
            clocks[extraction_id] = clock
    wrong = {clock.device_id for clock in clocks.values()}
    right = {
        extraction_id
        for extraction_id, came in flares.items()
        if device_of[extraction_id] in wrong
        and any(copies.has_beside(flare, device_of[extraction_id]) for flare in came)
    }
    return clocks, right


def _of_whole_devices(
    came: Mapping[str, WrongClock], right: Collection[str], device_of: Mapping[str, str], sent: Collection[str]
) -> dict[str, WrongClock]:
    """Return the clocks for the other extractions of their devices too, of which nothing shows another time.

    Texts and calls of a handset come in files of their own, and are dated by one clock.
    """
    clock_of = {clock.device_id: clock for clock in came.values()}
    more = {
        extraction_id: clock_of[device_id]
        for extraction_id, device_id in device_of.items()
        if device_id in clock_of and extraction_id not in right and extraction_id not in sent
    }
    return {**came, **more} if clock_of else {}


def _wrong_clock(
    flares: Sequence[Flare],
    copies_of: Callable[[Flare], Sequence[tuple[float, str]]],
    device_id: str,
    *,
    is_of_received: bool = False,
) -> WrongClock | None:
    """Return what is wrong with a clock; None where it is not known to be.

    Args:
        flares: Broadcasts that it dated, of wordings that other phones hold.
        copies_of: Returns the copies of one in order of time, each with its phone.
        device_id: The phone.
        is_of_received: The phone received them.
    """
    held = partial(bursts_of, flares, copies_of, device_id)
    if len(flares) < LEAST_BROADCASTS or _is_right(held(), len(flares)):
        return None
    bursts, exact = _shifted(rarest(held(), _PAIRS_COMPARED), middle_shift if is_of_received else exact_shift)
    if exact is None:
        return None
    phones = len(_phones_at(bursts, exact))
    if phones < LEAST_PHONES:
        return None
    return WrongClock(
        device_id=device_id,
        seconds=round(exact),
        fitting=_met(bursts, exact),
        compared=len(bursts),
        phones=phones,
        is_of_received=is_of_received,
    )


def _shifted(bursts: list[Burst], exact: Callable[[Sequence[Burst], float], float]) -> tuple[list[Burst], float | None]:
    """Return the broadcasts that were compared, and the one shift that brings them onto copies. None: none does.

    A phone to which alone a shift fits has a clock that is wrong itself, and its copies are left aside: two such phones
    would hide each other.
    """
    for _ in range(_LONE_PHONES + 1):
        shifts = Shifts(bursts, PAD_SECONDS)
        count, shift = shifts.best(lambda _: True)
        share = MANY_FITTING_SHARE if count >= MANY_BROADCASTS else FITTING_SHARE
        if count < max(LEAST_BROADCASTS, share * len(bursts)):
            break
        other_count, other = shifts.best(_other_than(shift))
        lone = _phones_at(bursts, exact(bursts, shift))
        if len(lone) >= LEAST_PHONES:
            if abs(shift) <= LEAST_SHIFT_SECONDS:
                break
            if other_count < OTHER_SHARE * count:
                return bursts, exact(bursts, shift)
            lone = _phones_at(bursts, exact(bursts, other))
        if len(lone) != 1:
            break
        bursts = [left for burst in bursts if (left := burst.without(next(iter(lone)))) is not None]
    return bursts, None


def _other_than(shift: float) -> Callable[[float], bool]:
    return lambda other: abs(other - shift) > _SAME_SHIFT_SECONDS


def _phones_at(bursts: Iterable[Burst], shift: float) -> set[str]:
    """Return the phones that hold copies enough of broadcasts at a shift."""
    held: dict[str, int] = defaultdict(int)
    for burst in bursts:
        for phone in {phone for _, phone in beside(burst, shift)}:
            held[phone] += 1
    return {phone for phone, fitting in held.items() if fitting >= LEAST_A_PHONE}


def _is_right(bursts: Iterable[Burst], count: int) -> bool:
    """Whether too many broadcasts lie on copies as they are dated: most clocks are right, and a few tell it."""
    most = max(1, MET_SHARE * count)
    met = 0
    for burst in bursts:
        met += next(beside(burst, 0.0), None) is not None
        if met > most:
            return True
    return False


def _met(bursts: Iterable[Burst], shift: float) -> int:
    return sum(next(beside(burst, shift), None) is not None for burst in bursts)


def rightly_dated(rows: Iterable[_DatedT], clocks: Clocks) -> list[_DatedT]:
    """Return edges and flares with the rows of a wrong clock dated as a right one would have it.

    So dated it tells which number a phone sent from, and in which use of it; what a report states it does not date.
    """
    if not clocks.are_any:
        return list(rows)
    return [_moved(row, seconds) if (seconds := clocks.seconds(row)) else row for row in rows]


def undated(found: Iterable[Evidenced], clocks: Clocks) -> tuple[Evidenced, ...]:
    """Return the evidence with what a wrong clock dated undated, so that the dates are of other phones."""
    if not clocks.are_any:
        return tuple(found)
    return tuple(
        msgspec.structs.replace(each, edge=_undated(each.edge), moved=each.edge) if clocks.dated(each.edge) else each
        for each in found
    )


def undated_traffic(traffic: Mapping[str, Sequence[Edge]], clocks: Clocks) -> Mapping[str, Sequence[Edge]]:
    """Return edges of kind number, by number, with those of phones undated whose clock was wrong when they received.

    A handset that dates by its own clock what comes in dates by it what it sends, and its calls.
    """
    if not clocks.received:
        return traffic
    return {
        number: [_undated(edge) if edge.extraction_id in clocks.received else edge for edge in edges]
        for number, edges in traffic.items()
    }


def _undated(edge: Edge) -> Edge:
    return msgspec.structs.replace(edge, first_at=None, last_at=None)


def _moved(row: _DatedT, seconds: int) -> _DatedT:
    ends = ("started_at", "ended_at") if isinstance(row, Flare) else ("first_at", "last_at")
    return msgspec.structs.replace(row, **{end: _later(getattr(row, end), seconds) for end in ends})


def _later(utc: str | None, seconds: int) -> str | None:
    if utc is None:
        return None
    try:
        at = datetime.fromisoformat(utc) + timedelta(seconds=seconds)
    except OverflowError:
        return utc  # years from anything that can be compared
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
