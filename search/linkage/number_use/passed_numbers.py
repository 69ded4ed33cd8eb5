"""Numbers that one line left for another number, and that a second line took up at once.

Two lines that share a handset, a holder or a town hand a SIM on, and many of their customers are the same people, so
that neither a silence nor the phones tell where the one use ends and the other begins (``uses``). The names do: up to a
day all adverts of the number bear one name, from then on all bear another, and the first name goes on from a further
number. Either this number announced that one, or the second name came from a number that fell silent by then. A line
that takes another name takes it on all of its numbers; whoever goes on under the old one was never announced, and the
new name came from nowhere.

Or the second name was in use before on a number of its own, which says nothing of this one, and sends to some of the
same phones: that line took the number on beside its own, whether the first line goes on elsewhere or is gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import AnnouncedFrom, fold_name
from search.linkage.number_use.names import common_names, counted_names

_GOES_ON_SECONDS: Final = 7 * DAY_SECONDS
"""How long a name goes on elsewhere at least, and was elsewhere before; the second number of a line that takes another
name says the old one some days longer."""
_FALLS_SILENT_SECONDS: Final = 60 * DAY_SECONDS
"""How long before the number took its name up another one may have fallen silent."""


_OWN_BEFORE_SECONDS: Final = 5 * DAY_SECONDS
_NAMED_BEFORE_SECONDS: Final = 2 * DAY_SECONDS
"""How long before that line sent from its own number, and did so under its name, at least."""
_PHONES_OF_BOTH: Final = 2
"""Phones with adverts of a number and of the line that took it on beside its own: one name is borne in many towns."""

_ONE_AND_THE_NEXT: Final = 2
_NAME_SHARE: Final = 0.05
"""Share of the named wordings that the name of a line needs that had the number for a short time only. What is rarer
may be a misreading; that goes on from no other number."""


class _Named(NamedTuple):
    """The adverts of a sender under one name: first and last second since 1970."""

    first: float
    last: float


class Pass(NamedTuple):
    """A number that went from one line to another.

    Attributes:
        at: When, in seconds since 1970: in the longest silence between the two names.
        left_at: When the first line went on to its next number: half way between what it sent from the two.
        taken_at: When the second line left its own for this one, in the same way.
        before: Folded names of the line that left it.
        after: Of the line that took it up.
        went_to: The number from which the first line goes on. None: it goes on from none.
        came_from: The number that the second line had before. None: none fell silent for this one.
        beside: The number of its own beside which the second line took this one on. None: the rest says what it did.
    """

    number: str
    at: float
    left_at: float
    taken_at: float
    before: Collection[str]
    after: Collection[str]
    went_to: str | None
    came_from: str | None
    beside: str | None = None


class PassedNumbers:
    """Says where a number went from one line to another.

    Args:
        by_sender: All adverts, by sender.
        announcements: Announcements of changes of number.
    """

    def __init__(self, by_sender: Mapping[str, Sequence[Evidenced]], announcements: Iterable[Evidenced] = ()) -> None:
        self._by_sender = by_sender
        self._announcements = announcements

    @cached_property
    def _announced(self) -> frozenset[tuple[str, str]]:
        """The numbers that announced another one, with that one."""
        return frozenset(
            (said.sender, said.edge.other) for said in self._announcements if AnnouncedFrom(said.edge.role).is_from_old
        )

    @cached_property
    def _spoke_of(self) -> frozenset[frozenset[str]]:
        """Two numbers each of which one announced the other, from whichever."""
        return frozenset(frozenset((said.sender, said.edge.other)) for said in self._announcements)

    @cached_property
    def _named(self) -> Mapping[str, Mapping[str, _Named]]:
        """When each sender sent adverts under each folded name, by name; few cases ask for it."""
        found: dict[str, dict[str, _Named]] = defaultdict(dict)
        for sender, adverts in self._by_sender.items():
            for advert in adverts:
                edge = advert.placed
                if edge.label and edge.first_at is not None and edge.last_at is not None:
                    first, last = to_seconds(edge.first_at), to_seconds(edge.last_at)
                    known = found[fold_name(edge.label)].get(sender, _Named(first, last))
                    found[fold_name(edge.label)][sender] = _Named(min(known.first, first), max(known.last, last))
        return found

    def parts(self, adverts: Sequence[Evidenced]) -> list[list[Evidenced]]:
        """Return dated adverts of one number in their order, cut where it went to another line; else as they are.

        Args:
            adverts: A stretch of its use without a long silence.
        """
        found = self._found(adverts)
        return [list(adverts)] if found is None else _cut(adverts, found.at)

    def every(self) -> Iterator[Pass]:
        """Yield where each number went to another line, by all of its dated adverts."""
        for sender in sorted(self._by_sender):
            dated = [advert for advert in self._by_sender[sender] if advert.placed.first_at is not None]
            found = self._found(dated)
            if found is not None:
                yield found

    def _found(self, adverts: Sequence[Evidenced]) -> Pass | None:
        if len({advert.edge.label for advert in adverts} - {""}) < _ONE_AND_THE_NEXT:
            return None
        main, *others = common_names(counted_names(advert.edge for advert in adverts), _NAME_SHARE)
        for name in others:
            before, after = sorted(
                ((_times(adverts, forms), forms) for forms in (main, name)), key=lambda held: held[0]
            )
            ended, begun = before[0].last, after[0].first
            ways = self._ways(adverts, before[1], after[1], ended, begun) if ended < begun else None
            if ways is not None:
                went_to, came_from, beside = ways
                goes_on = ended if went_to is None else self._under(before[1], went_to).first
                left_at = (ended + max(ended, goes_on)) / 2
                taken_at = (
                    begun if came_from is None else (min(begun, self._under(after[1], came_from).last) + begun) / 2
                )
                at = _longest_silence(adverts, ended, begun)
                if left_at > taken_at:  # the number was never of both
                    left_at = taken_at = at
                sender = adverts[0].sender
                return Pass(sender, at, left_at, taken_at, before[1], after[1], went_to, came_from, beside)
        return None

    def _ways(
        self,
        adverts: Sequence[Evidenced],
        before: Collection[str],
        after: Collection[str],
        ended: float,
        begun: float,
    ) -> tuple[str | None, str | None, str | None] | None:
        """Return from which number the one line goes on, which the other one had, and which it has beside this one.

        None where nothing says that the number went from one to the other.
        """
        sender = adverts[0].sender
        going_on = sorted(
            (times.first, other)
            for other, times in self._elsewhere(sender, before)
            if times.last >= ended + _GOES_ON_SECONDS and not self._bears(other, after)
        )
        left = sorted(
            (-times.last, other)
            for other, times in self._elsewhere(sender, after)
            if times.first <= begun - _GOES_ON_SECONDS
            and begun - _FALLS_SILENT_SECONDS <= times.last <= begun + _GOES_ON_SECONDS
            and not self._bears(other, before)
        )
        came_from = left[0][1] if left else None
        beside = sorted(
            (times.first, other)
            for other, times in (self._elsewhere(sender, after) if came_from is None else ())
            if times.first <= begun - _NAMED_BEFORE_SECONDS <= begun <= times.last
            and self._began(other) <= begun - _OWN_BEFORE_SECONDS
            and not self._bears(other, before)
            and frozenset((sender, other)) not in self._spoke_of
            and len(_phones(adverts, after) & _phones(self._by_sender[other], after)) >= _PHONES_OF_BOTH
        )
        taken_on = beside[0][1] if beside else None
        announced = [other for _, other in going_on if (sender, other) in self._announced]
        if announced:
            return announced[0], came_from, taken_on
        if came_from is not None:
            return (going_on[0][1], came_from, None) if going_on else None
        return (going_on[0][1] if going_on else None, None, taken_on) if taken_on is not None else None

    def _elsewhere(self, sender: str, forms: Collection[str]) -> Iterable[tuple[str, _Named]]:
        """Return the other senders under some form of a name, and when they sent under it."""
        found: dict[str, _Named] = {}
        for form in forms:
            for other, times in self._named.get(form, {}).items():
                known = found.get(other, times)
                found[other] = _Named(min(known.first, times.first), max(known.last, times.last))
        found.pop(sender, None)
        return found.items()

    def _began(self, sender: str) -> float:
        """Return when a sender first sent an advert, under a name or none."""
        return min(to_seconds(at) for held in self._by_sender[sender] if (at := held.placed.first_at) is not None)

    def _under(self, forms: Collection[str], sender: str) -> _Named:
        """Return when a sender that bears a name sent under it."""
        held = [times for form in forms if (times := self._named.get(form, {}).get(sender)) is not None]
        return _Named(min(times.first for times in held), max(times.last for times in held))

    def _bears(self, sender: str, forms: Collection[str]) -> bool:
        return any(sender in self._named.get(form, {}) for form in forms)


def _phones(adverts: Iterable[Evidenced], forms: Collection[str]) -> set[str]:
    """Return the phones that hold adverts under a name."""
    return {held.device_id for held in adverts if held.edge.label and fold_name(held.edge.label) in forms}


def _times(adverts: Iterable[Evidenced], forms: Collection[str]) -> _Named:
    """Return when adverts came under a name that some of them bear."""
    bounds = [
        (to_seconds(edge.first_at), to_seconds(edge.last_at))
        for edge in (advert.placed for advert in adverts)
        if edge.first_at is not None and edge.last_at is not None and edge.label and fold_name(edge.label) in forms
    ]
    return _Named(min(first for first, _ in bounds), max(last for _, last in bounds))


def _longest_silence(adverts: Iterable[Evidenced], ended: float, begun: float) -> float:
    """Return the middle of the longest time without an advert between two instants; nameless ones may lie there."""
    instants = {ended, begun}
    for advert in adverts:
        for instant in (advert.placed.first_at, advert.placed.last_at):
            if instant is not None and ended < to_seconds(instant) < begun:
                instants.add(to_seconds(instant))
    return max((later - earlier, (earlier + later) / 2) for earlier, later in pairwise(sorted(instants)))[1]


def _cut(adverts: Iterable[Evidenced], at: float) -> list[list[Evidenced]]:
    """Return the adverts before and after an instant; a wording without a name of both sides is shared between them."""
    before: list[Evidenced] = []
    after: list[Evidenced] = []
    across: list[Evidenced] = []
    for advert in adverts:
        edge = advert.placed
        assert edge.first_at is not None
        assert edge.last_at is not None
        if to_seconds(edge.last_at) < at:
            before.append(advert)
        elif to_seconds(edge.first_at) > at:
            after.append(advert)
        else:
            across.append(advert)
    last = max((held.placed.last_at for held in before if held.placed.last_at is not None), key=to_seconds)
    first = min((held.placed.first_at for held in after if held.placed.first_at is not None), key=to_seconds)
    for advert in across:
        half = advert.edge.count // 2
        before.append(_between(advert, advert.placed.first_at, last, advert.edge.count - half))
        after.append(_between(advert, first, advert.placed.last_at, half))
    return [before, after]


def _between(advert: Evidenced, first: str | None, last: str | None, count: int) -> Evidenced:
    bounds = {"first_at": first, "last_at": last}
    moved = None if advert.moved is None else msgspec.structs.replace(advert.moved, **bounds, count=count)
    dated = {} if advert.edge.first_at is None else bounds
    return msgspec.structs.replace(advert, edge=msgspec.structs.replace(advert.edge, **dated, count=count), moved=moved)
