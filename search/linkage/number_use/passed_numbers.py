"""Numbers that one line left for another number, and that a second line took up at once.

Two lines that share a handset, a holder or a town hand a SIM on, and many of their customers are the same people, so
that neither a silence nor the phones tell where the one use ends and the other begins (``uses``). The names do: up to a
day all adverts of the number bear one name, from then on all bear another, and the first name goes on from a further
number. Either this number announced that one, or the second name came from a number that fell silent by then. A line
that takes another name takes it on all of its numbers; whoever goes on under the old one was never announced, and the
new name came from nowhere. A number that says itself that it is called so now was left by nobody.

Two names of which the one is a longer form of the other (``Rico``, ``Rico Town``) may be one name. They are two where
the number announced another one, the first form alone goes on from that, and the second came after a week or more.

Or the second name was in use before on a number of its own, which says nothing of this one, and sends to some of the
same phones: that line took the number on beside its own, whether the first line goes on elsewhere or is gone. Who
sends one wording under that name may be a shop of the name that a line takes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import inf
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import AnnouncedFrom, fold_name
from search.linkage.number_use.cut_adverts import cut_at
from search.linkage.number_use.named_times import (
    Named,
    is_in_several,
    longest_silence,
    phones_of,
    silence,
    stands_for,
    times_of,
)
from search.linkage.number_use.names import common_names, counted_names
from search.linkage.number_use.told_renames import tells_its_new_name

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

_SLIPS_OR_SAID: Final = 0.2
"""Share of what a line sends under a name that may bear the longer name of another: it says whose its old number is."""

_PHONES_OF_LIST: Final = 3
"""Phones with adverts of a number under both names, and more than had the second from where it seems to come: the line
has changed its name, for one that takes a number on brings its own customers. Reasoned: two may buy from both."""

_WORDINGS_OF_ONE: Final = 2
_SHARE_OF_ONE: Final = 0.5
"""Wordings that a number shares with another line's own one before it bears that line's name, and their share of all:
the two were one line, which has changed its name. Reasoned: lines that copy each other share one or two of many."""

_ONE_AND_THE_NEXT: Final = 2
_NAME_SHARE: Final = 0.05
"""Share of the named wordings that the name of a line needs that had the number for a short time only. What is rarer
may be a misreading; that goes on from no other number."""


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


class PassedSurroundings(msgspec.Struct, frozen=True):
    """All that tells whether one number went from one line to another.

    Attributes:
        adverts: Of the number, and of those that bear a name of its or that it announced; by sender.
        announcements: By the number, and of it.
        texts: Constants and slots of the templates of the number's adverts, by id.
    """

    adverts: Mapping[str, Sequence[Evidenced]]
    announcements: Sequence[Evidenced]
    texts: Mapping[str, str]

    def passed_numbers(self) -> PassedNumbers:
        """Return what says so."""
        return PassedNumbers(self.adverts, self.announcements, self.texts)


class PassedNumbers:
    """Says where a number went from one line to another.

    Args:
        by_sender: All adverts, by sender.
        announcements: Announcements of changes of number.
        texts: Constants and slots of templates, by id.
    """

    def __init__(
        self,
        by_sender: Mapping[str, Sequence[Evidenced]],
        announcements: Iterable[Evidenced] = (),
        texts: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._by_sender = by_sender
        self._announcements = announcements
        self._texts = texts

    @cached_property
    def _announced(self) -> Mapping[str, Mapping[str, float]]:
        """The numbers that each announced, by number, and when first; undated: never."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for said in self._announcements:
            if AnnouncedFrom(said.edge.role).is_from_old:
                by_old, number = found[said.sender], said.edge.other
                at = inf if said.placed.first_at is None else to_seconds(said.placed.first_at)
                by_old[number] = min(at, by_old.get(number, inf))
        return found

    @cached_property
    def _spoke_of(self) -> frozenset[frozenset[str]]:
        """Two numbers each of which one announced the other, from whichever."""
        return frozenset(frozenset((said.sender, said.edge.other)) for said in self._announcements)

    @cached_property
    def _named(self) -> Mapping[str, Mapping[str, Named]]:
        """When each sender sent adverts under each folded name, by name; few cases ask for it."""
        found: dict[str, dict[str, Named]] = defaultdict(dict)
        for sender, adverts in self._by_sender.items():
            for advert in adverts:
                edge = advert.placed
                if edge.label and edge.first_at is not None and edge.last_at is not None:
                    first, last = to_seconds(edge.first_at), to_seconds(edge.last_at)
                    known = found[fold_name(edge.label)].get(sender, Named(first, last))
                    found[fold_name(edge.label)][sender] = Named(min(known.first, first), max(known.last, last))
        return found

    def surroundings(self, adverts: Sequence[Evidenced]) -> PassedSurroundings | None:
        """Return all that ``parts`` of these adverts of one number rests on. None: it returns them as they are."""
        if not _are_of_several_names(adverts):
            return None
        sender = adverts[0].sender
        names = {fold_name(advert.edge.label) for advert in adverts if advert.edge.label}
        others = {other for name in names for other in self._named.get(name, ())}
        others |= self._announced.get(sender, {}).keys() & self._by_sender.keys()
        return PassedSurroundings(
            {other: self._by_sender[other] for other in sorted({sender, *others})},
            [said for said in self._announcements if sender in {said.sender, said.edge.other}],
            {held.edge.other: self._texts[held.edge.other] for held in adverts if held.edge.other in self._texts},
        )

    def parts(self, adverts: Sequence[Evidenced]) -> list[list[Evidenced]]:
        """Return dated adverts of one number in their order, cut where it went to another line; else as they are.

        Args:
            adverts: A stretch of its use without a long silence.
        """
        found = self._found(adverts)
        return [list(adverts)] if found is None else cut_at(adverts, found.at)

    def every(self) -> Iterator[Pass]:
        """Yield where each number went to another line, by all of its dated adverts."""
        for sender in sorted(self._by_sender):
            dated = [advert for advert in self._by_sender[sender] if advert.placed.first_at is not None]
            found = self._found(dated)
            if found is not None:
                yield found

    def _found(self, adverts: Sequence[Evidenced]) -> Pass | None:
        if not _are_of_several_names(adverts):
            return None
        names = common_names(counted_names(advert.edge for advert in adverts), _NAME_SHARE)
        if not names:
            return None  # so many that none has its share
        main, *others = names
        for name in others:
            before, after = sorted((main, name), key=lambda forms: times_of(adverts, forms))
            found = self._passed(adverts, before, after, times_of(adverts, before).last, times_of(adverts, after).first)
            if found is not None:
                return found
        return self._passed_to_a_longer_name(adverts, main)

    def _passed_to_a_longer_name(self, adverts: Sequence[Evidenced], forms: Collection[str]) -> Pass | None:
        """Return how the number went to a line whose name is a form of the first one's, if it did.

        Here only a number that said where it went parts the two. The longer name is read as the shorter one now and
        then, so that this one may stand on both sides.
        """
        sender = adverts[0].sender
        bounds = {form: times_of(adverts, (form,)) for form in forms}
        for other, said_at in sorted(self._announced.get(sender, {}).items()):
            if other not in self._by_sender:
                continue
            before = [form for form, times in bounds.items() if times.first <= said_at]
            after = [
                form
                for form, times in bounds.items()
                if times.first >= said_at + _GOES_ON_SECONDS and not self._bears(other, (form,), _SLIPS_OR_SAID)
            ]
            if not before or not after:
                continue
            ended, begun = silence(adverts, said_at, min(bounds[form].first for form in after))
            if begun - ended < _GOES_ON_SECONDS or not stands_for(adverts, after, forms, begun):
                continue
            found = self._passed(adverts, before, after, ended, begun, _SLIPS_OR_SAID)
            if found is not None and found.went_to == other:
                return found
        return None

    def _passed(
        self,
        adverts: Sequence[Evidenced],
        before: Collection[str],
        after: Collection[str],
        ended: float,
        begun: float,
        said_share: float = 0.0,
    ) -> Pass | None:
        """Return how the number went from a line of one name to one of another, if it did.

        Args:
            adverts: Of the number.
            before: Names of the one.
            after: Names of the other.
            ended: Last second of the one.
            begun: First second of the other.
            said_share: So much of what a number sends may bear the other's name.
        """
        ways = self._ways(adverts, before, after, ended, begun, said_share) if ended < begun else None
        if ways is None:
            return None
        went_to, came_from, beside = ways
        if not (self._is_name(adverts, before, went_to) and self._is_name(adverts, after, came_from, beside)):
            return None
        is_said = went_to in self._announced.get(adverts[0].sender, {})
        if not is_said and self._is_renamed(adverts, before, after, ended, beside):
            return None
        if came_from is not None and self._keeps_its_list(adverts, after, ended, came_from):
            return None
        goes_on = ended if went_to is None else self._under(before, went_to).first
        left_at = (ended + max(ended, goes_on)) / 2
        taken_at = begun if came_from is None else (min(begun, self._under(after, came_from).last) + begun) / 2
        at = longest_silence(adverts, ended, begun)
        if left_at > taken_at:  # the number was never of both
            left_at = taken_at = at
        return Pass(adverts[0].sender, at, left_at, taken_at, before, after, went_to, came_from, beside)

    def _ways(
        self,
        adverts: Sequence[Evidenced],
        before: Collection[str],
        after: Collection[str],
        ended: float,
        begun: float,
        said_share: float,
    ) -> tuple[str | None, str | None, str | None] | None:
        """Return from which number the one line goes on, which the other one had, and which it has beside this one.

        None where nothing says that the number went from one to the other.
        """
        sender = adverts[0].sender
        going_on = sorted(
            (times.first, other)
            for other, times in self._elsewhere(sender, before)
            if times.last >= ended + _GOES_ON_SECONDS and not self._bears(other, after, said_share)
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
            and is_in_several(self._by_sender[other], after)
            and frozenset((sender, other)) not in self._spoke_of
            and len(phones_of(adverts, after) & phones_of(self._by_sender[other], after)) >= _PHONES_OF_BOTH
        )
        taken_on = beside[0][1] if beside else None
        announced = [other for _, other in going_on if other in self._announced.get(sender, {})]
        if announced:
            return announced[0], came_from, taken_on
        if came_from is not None:
            return (going_on[0][1], came_from, None) if going_on else None
        return (going_on[0][1] if going_on else None, None, taken_on) if taken_on is not None else None

    def _is_renamed(
        self,
        adverts: Sequence[Evidenced],
        before: Collection[str],
        after: Collection[str],
        ended: float,
        beside: str | None,
    ) -> bool:
        """Whether the line of a number changed its name, and bears by chance one that another number has too.

        It says so from that number; or most of what it said before the second name came from that line's own number.
        """
        if tells_its_new_name(adverts, self._texts, before, after):
            return True
        if beside is None:
            return False
        said = {held.edge.other for held in adverts if (at := held.placed.last_at) and to_seconds(at) <= ended}
        shared = said & {held.edge.other for held in self._by_sender[beside]}
        return len(shared) >= _WORDINGS_OF_ONE and len(shared) >= _SHARE_OF_ONE * len(said)

    def _keeps_its_list(self, adverts: Iterable[Evidenced], after: Collection[str], ended: float, source: str) -> bool:
        """Whether the phones that got the second name are those of the first, and not of the number it came from."""
        phones, brought = phones_of(adverts, after), phones_of(self._by_sender[source], after)
        had = {held.device_id for held in adverts if (at := held.placed.first_at) and to_seconds(at) <= ended}
        return len(phones & had) >= max(_PHONES_OF_LIST, len(phones & brought) + 1)

    def _is_name(self, adverts: Sequence[Evidenced], forms: Collection[str], *others: str | None) -> bool:
        """Whether several wordings of the number, or of others that bear it, bear a name; one may be misread."""
        held = (adverts, *(self._by_sender[other] for other in others if other is not None))
        return any(is_in_several(each, forms) for each in held)

    def _elsewhere(self, sender: str, forms: Collection[str]) -> Iterable[tuple[str, Named]]:
        """Return the other senders under some form of a name, and when they sent under it."""
        found: dict[str, Named] = {}
        for form in forms:
            for other, times in self._named.get(form, {}).items():
                known = found.get(other, times)
                found[other] = Named(min(known.first, times.first), max(known.last, times.last))
        found.pop(sender, None)
        return found.items()

    def _began(self, sender: str) -> float:
        """Return when a sender first sent an advert, under a name or none."""
        return min(to_seconds(at) for held in self._by_sender[sender] if (at := held.placed.first_at) is not None)

    def _under(self, forms: Collection[str], sender: str) -> Named:
        """Return when a sender that bears a name sent under it."""
        held = [times for form in forms if (times := self._named.get(form, {}).get(sender)) is not None]
        return Named(min(times.first for times in held), max(times.last for times in held))

    def _bears(self, sender: str, forms: Collection[str], said_share: float = 0.0) -> bool:
        """Whether a sender bears one of some names, in more than such a share of what it sends under any."""
        if not any(sender in self._named.get(form, {}) for form in forms):
            return False
        named = [(fold_name(held.edge.label), held.edge.count) for held in self._by_sender[sender] if held.edge.label]
        borne = sum(count for name, count in named if name in forms)
        return borne > said_share * sum(count for _, count in named)


def _are_of_several_names(adverts: Iterable[Evidenced]) -> bool:
    return len({advert.edge.label for advert in adverts} - {""}) >= _ONE_AND_THE_NEXT
