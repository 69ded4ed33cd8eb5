"""Numbers that one line left for another number, and that a second line took up at once.

Two lines that share a handset, a holder or a town hand a SIM on, and many of their customers are the same people, so
that neither a silence nor the phones tell where the one use ends and the other begins (``uses``). The names do: up to a
day all adverts of the number bear one name, from then on all bear another, and the first name goes on from a further
number. Either this number announced that one, or the second name came from a number that fell silent by then. A line
that takes another name takes it on all of its numbers; whoever goes on under the old one was never announced, and the
new name came from nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import AnnouncedFrom, fold_name
from search.linkage.names import common_names, counted_names, share_a_form
from search.linkage.senders import Evidenced

_GOES_ON_SECONDS: Final = 7 * DAY_SECONDS
"""How long a name goes on elsewhere at least, and was elsewhere before; the second number of a line that takes another
name says the old one some days longer."""
_FALLS_SILENT_SECONDS: Final = 30 * DAY_SECONDS
"""How long before the number took its name up another one may have fallen silent."""


_ONE_AND_THE_NEXT: Final = 2
_NAME_SHARE: Final = 0.05
"""Share of the named wordings that the name of a line needs that had the number for a short time only. What is rarer
may be a misreading; that goes on from no other number."""


class _Named(NamedTuple):
    """The adverts of a sender under one name: first and last second since 1970."""

    first: float
    last: float


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
        whole = list(adverts)
        if len({advert.edge.label for advert in whole} - {""}) < _ONE_AND_THE_NEXT:
            return [whole]
        main, *others = common_names(counted_names(advert.edge for advert in whole), _NAME_SHARE)
        for name in others:
            before, after = sorted(((_times(whole, forms), forms) for forms in (main, name)), key=lambda held: held[0])
            ended, begun = before[0].last, after[0].first
            if ended < begun and self._is_passed(whole[0].sender, before[1], after[1], ended, begun):
                return _cut(whole, _longest_silence(whole, ended, begun))
        return [whole]

    def _is_passed(
        self, sender: str, before: Collection[str], after: Collection[str], ended: float, begun: float
    ) -> bool:
        going_on = {
            other
            for other, times in self._elsewhere(sender, before)
            if times.last >= ended + _GOES_ON_SECONDS and not self._bears(other, after)
        }
        if any((sender, other) in self._announced for other in going_on):
            return True
        return bool(going_on) and any(
            times.first <= ended - _GOES_ON_SECONDS
            and begun - _FALLS_SILENT_SECONDS <= times.last <= begun + _GOES_ON_SECONDS
            and not self._bears(other, before)
            for other, times in self._elsewhere(sender, after)
        )

    def _elsewhere(self, sender: str, forms: Collection[str]) -> Iterable[tuple[str, _Named]]:
        """Return the other senders under some form of a name, and when they sent under it."""
        found: dict[str, _Named] = {}
        for name, held in self._named.items():
            if share_a_form([name], forms):
                for other, times in held.items():
                    known = found.get(other, times)
                    found[other] = _Named(min(known.first, times.first), max(known.last, times.last))
        found.pop(sender, None)
        return found.items()

    def _bears(self, sender: str, forms: Collection[str]) -> bool:
        return any(sender in self._named.get(form, {}) for form in forms)


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
