"""Which number a handset sent from, and when: what its file does not say, other phones show.

A handset keeps no note of the SIM that a text went out from. A file states the number of the SIM that was in it last,
if any; a text that went out before a change of SIM came from another. A broadcast that other phones received at the
same minutes in the same wording shows the number of that time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Final

import msgspec

from search.contract import Edge, Flare
from search.linkage.attribution.shown_senders import Shown, seen_elsewhere
from search.linkage.attribution.told_senders import ToldSenders, told_senders
from search.linkage.extraction.flare_rows import SENT
from search.linkage.instants import to_seconds
from search.linkage.kept import Kept
from search.linkage.keys import NAME_PREFIX, Role, fold_name, holder_of, is_number

_FLARES_THAT_NAME = 2
"""Broadcasts that must coincide before a number that the file does not state is taken for the handset's, unless one
leaves no doubt (``Shown.is_sure``): one may be forwarded, or be sent by two phones of a line at once."""

_FLARES_BESIDE_THE_STATED: Final = 5
"""Broadcasts, each on a phone that is on the list, that must show one number in turn with the stated one before the
handset has two SIMs: that another phone of the line sent the same at the same minute, to the same people, who kept that
copy alone, is no chance any more. Reasoned."""

_PHONES_OF_A_REST: Final = 2
"""Phones that show a number which was in use for so many broadcasts on end between those of the stated one, and that
one before or after: who had both phones of a line on their list would have two copies. Reasoned."""

_TURNS: Final = 4
"""Changes between the two numbers that a device states, from which on they are in use at once: a card that goes out
and comes back makes two. Reasoned."""

_SAME_RECORD_SECONDS = 120.0
_ENDS_THAT_NAME = 2
"""Ends of traffic that must agree on both sides before a number is taken for a handset's."""

_JUST_AFTER = 0.001

_Period = tuple[float, float]


class Use(msgspec.Struct, frozen=True):
    """A number in a handset's use; ``until`` in seconds since 1970, exclusive; None: to the end."""

    number: str
    until: float | None


class OwnNumbers:
    """The numbers of each device over time, in order; so for SIMs of a device that records tell apart.

    Attributes:
        shown: What receiving phones show of the sender of a sent flare, by its id.
        changed: Devices, and SIMs, that had several numbers one after the other.
        told: What records say of the numbers that broadcasts went from.
    """

    def __init__(
        self,
        uses: Mapping[str, Sequence[Use]],
        shown: Mapping[str, Shown] | None = None,
        told: ToldSenders | None = None,
    ) -> None:
        self._uses = uses
        self.shown = shown or {}
        self.told = told or ToldSenders()
        self.changed = frozenset(device_id for device_id, held in uses.items() if len(held) > 1)
        self._numbers: dict[str, frozenset[str]] = {}

    def at(self, device_id: str, instant: str | None) -> str | None:
        """Return the number at the instant, the last one where it is not known; None where no number is."""
        uses = self._uses.get(device_id, ())
        if not uses:
            return None
        if instant is not None and len(uses) > 1:
            second = to_seconds(instant)
            for use in uses:
                if use.until is None or second < use.until:
                    return use.number
        return uses[-1].number

    def before(self, device_id: str, number: str) -> str | None:
        """Return the number that the device had right before it first had another; None where none is known."""
        numbers = [use.number for use in self._uses.get(device_id, ())]
        return numbers[numbers.index(number) - 1] if number in numbers[1:] and number != numbers[0] else None

    def has_changed(self, device_id: str) -> bool:
        """Whether the device had several numbers one after the other."""
        return device_id in self.changed

    def with_more(self, found: Mapping[str, str]) -> OwnNumbers:
        """Return these numbers and one for each further device."""
        more = {device_id: (Use(number, None),) for device_id, number in found.items()}
        return OwnNumbers({**more, **self._uses}, self.shown, self.told)

    def with_uses(self, found: Mapping[str, Sequence[Use]]) -> OwnNumbers:
        """Return these numbers, and for some devices others, one after the other."""
        return OwnNumbers({**self._uses, **found}, self.shown, self.told) if found else self

    def with_senders(self, flares: Sequence[Flare], device_of: Mapping[str, str]) -> list[Flare]:
        """Return flares: those that a handset with several numbers sent with the one that it had then."""
        return [self._with_sender(flare, device_of.get(flare.extraction_id)) for flare in flares]

    def _with_sender(self, flare: Flare, device_id: str | None) -> Flare:
        if flare.direction != SENT or device_id is None:
            return flare
        holder = holder_of(device_id, flare.sim)
        if self.told.is_told(flare.extraction_id, flare.sender):
            return flare
        number = self.at(holder, flare.started_at) if self.has_changed(holder) else None
        return flare if number is None else msgspec.structs.replace(flare, sender=number)

    def numbers(self, device_id: str) -> frozenset[str]:
        """Return all numbers that the device had."""
        found = self._numbers.get(device_id)
        if found is None:
            found = self._numbers[device_id] = frozenset(use.number for use in self._uses.get(device_id, ()))
        return found

    def cuts(self, device_id: str) -> list[float]:
        """Return when the number changed, in seconds since 1970."""
        return [use.until for use in self._uses.get(device_id, ()) if use.until is not None]

    def known(self) -> dict[str, str]:
        """Return the last number of each device that has one; what shows of its SIMs is not the device's."""
        return {device_id: uses[-1].number for device_id, uses in self._uses.items() if uses and ":" not in device_id}


def own_numbers(
    device_of: Mapping[str, str],
    flares: Sequence[Flare],
    stated: Mapping[str, str],
    lists: Mapping[str, Collection[str]] | None = None,
    kept: Kept | None = None,
    pairs: Mapping[str, tuple[str, str]] | None = None,
    defaults: Mapping[str, str] | None = None,
) -> OwnNumbers:
    """Return the numbers that devices sent from.

    Args:
        device_of: Device by extraction.
        flares: All flares, sent and received.
        stated: The one number that a device states, where it states one.
        lists: Numbers that a device sent adverts or bulk texts to.
        kept: What was made before. None: nothing.
        pairs: The two numbers of a device that states two: of these a single broadcast says which it came from.
        defaults: The one number of extractions that state one, which stands for senders that records do not name.
    """
    pairs = pairs or {}
    sent: dict[str, list[_Period]] = defaultdict(list)
    broadcasts: dict[str, list[Flare]] = defaultdict(list)
    for flare in flares:
        if flare.direction == "sent" and flare.extraction_id in device_of:
            holder = holder_of(device_of[flare.extraction_id], flare.sim)
            sent[holder].append((to_seconds(flare.started_at), to_seconds(flare.ended_at)))
            broadcasts[holder].append(flare)
    uses: dict[str, tuple[Use, ...]] = {device_id: (Use(number, None),) for device_id, number in stated.items()}
    seen = seen_elsewhere(device_of, flares, stated, lists or {}, kept)
    holders = Counter(stated.values())
    of_each = {**{device_id: (number,) for device_id, number in stated.items()}, **pairs}
    told = told_senders(broadcasts, seen.shown, of_each, defaults or {})
    for holder in told.by_holder.keys() & pairs.keys():
        # the account's broadcasts all say so: whatever else the handset wrote went from its card
        others = [number for number in pairs[holder] if number not in told.by_holder[holder]]
        if len(others) == 1 and all(told.is_told(each.extraction_id, each.sender) for each in broadcasts[holder]):
            uses[holder] = (Use(others[0], None),)
    for holder, every in seen.shown.items():
        # where records say which number a text went from, what others show of the time says less
        spoken = {flare.flare_id for flare in broadcasts[holder] if told.is_told(flare.extraction_id, flare.sender)}
        found = [shown for shown in every if shown.flare_id not in spoken]
        counts = Counter(shown.number for shown in found)
        device_id, _, sim = holder.partition(":")
        # The number that is stated may be another SIM's.
        known = None if sim else stated.get(device_id)
        trusted = [
            shown
            for shown in found
            if shown.number in {stated.get(device_id), *pairs.get(device_id, ())}
            or shown.is_sure
            or counts[shown.number] >= _FLARES_THAT_NAME
        ]
        if trusted:
            timeline = sorted(trusted, key=_in_time)
            if device_id in pairs and _goes_to_and_fro(timeline):
                timeline = sorted([*timeline, *_by_wording(timeline, broadcasts[holder])], key=_in_time)
            often = Counter({shown.number: 0 for shown in found})
            often.update(shown.number for shown in found if shown.is_listed)
            at_once = seen.at_once.get(holder, Counter())
            # what another handset states for its own it sent itself: two phones of a line that send at once
            beside = {
                number
                for number, count in often.items()
                if (count >= _FLARES_BESIDE_THE_STATED or _is_out_and_back(timeline, number, known))
                and at_once[number] < _FLARES_THAT_NAME
                and holders[number] <= (number == stated.get(device_id))
            }
            one_after_another = _uses_of(timeline, known, sent[holder], beside)
            uses[holder] = _around(one_after_another, timeline, pairs.get(holder, ()), sent[holder])
    return OwnNumbers(uses, {shown.flare_id: shown for found in seen.shown.values() for shown in found}, told)


def stated_pairs(own: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, str]]:
    """Return the numbers of each device that states two, of two cards: of all own numbers by device."""
    found: dict[str, tuple[str, str]] = {}
    for device_id, held in own.items():
        numbers = [number for number in held if is_number(number)]
        if len(numbers) == 2:
            found[device_id] = (numbers[0], numbers[1])
    return found


def _uses_of(
    timeline: Sequence[Shown], stated: str | None, sent: Sequence[_Period], beside: Collection[str]
) -> tuple[Use, ...]:
    """Return the uses: between two broadcasts of different numbers the change lies half way, and in no broadcast.

    Args:
        timeline: What phones show, in order of time.
        stated: The number that the file states.
        sent: When broadcasts were going on.
        beside: Numbers that leave no doubt although they come in turn with the stated one.
    """
    if stated is not None and _is_to_and_fro(timeline, stated):
        # no change of SIM where two phones of a line may have sent at once
        timeline = [shown for shown in timeline if shown.number == stated or shown.is_sure or shown.number in beside]
        if all(shown.number == stated for shown in timeline):
            return (Use(stated, None),)
    stretches = _stretches(sent)
    uses = [
        Use(shown.number, _change_between(shown.ended, later.began, stretches))
        for shown, later in pairwise(timeline)
        if shown.number != later.number
    ]
    last = timeline[-1]
    if stated is not None and last.number != stated:
        # the stated SIM was in it at the end; when it came in nothing shows, so right after what the other one sent
        ended = max([last.ended, *(end for begin, end in stretches if begin <= last.ended)])
        return (*uses, Use(last.number, ended + _JUST_AFTER), Use(stated, None))
    return (*uses, Use(last.number, None))


def _around(
    uses: tuple[Use, ...], timeline: Sequence[Shown], pair: Sequence[str], sent: Iterable[_Period]
) -> tuple[Use, ...]:
    """Return the uses of a device that states two numbers: around its broadcasts, all of one, it used the other.

    Who holds the line's card for a weekend has his own in the handset too, wrote with that one for years, and sends
    nothing to many from it.
    """
    shown = {use.number for use in uses}
    others = [number for number in pair if number not in shown]
    if len(shown) != 1 or len(others) != 1:
        return uses
    begun = min([timeline[0].began, *(begin for begin, _ in sent)])
    ended = max([timeline[-1].ended, *(end for _, end in sent)])
    return Use(others[0], begun), Use(timeline[0].number, ended + _JUST_AFTER), Use(others[0], None)


def _in_time(shown: Shown) -> tuple[float, str]:
    return shown.began, shown.number


def _goes_to_and_fro(timeline: Sequence[Shown]) -> bool:
    """Whether two numbers take turns: of two cards that are in use at once."""
    return sum(shown.number != later.number for shown, later in pairwise(timeline)) >= _TURNS


def _is_out_and_back(timeline: Sequence[Shown], number: str, stated: str | None) -> bool:
    """Whether a number came once for many broadcasts on end between those of the stated one, on the same phones."""
    runs = [(run_of, list(run)) for run_of, run in groupby(timeline, key=attrgetter("number"))]
    if [run_of for run_of, _ in runs] != [stated, number, stated]:
        return False
    (_, before), (_, meanwhile), (_, after) = runs
    around = frozenset[str]().union(*(shown.device_ids for shown in (*before, *after)))
    phones = frozenset[str]().union(*(shown.device_ids for shown in meanwhile))
    return len(meanwhile) >= _FLARES_BESIDE_THE_STATED and len(phones) >= _PHONES_OF_A_REST and phones <= around


def _by_wording(timeline: Iterable[Shown], broadcasts: Iterable[Flare]) -> Iterator[Shown]:
    """Yield the broadcasts that no phone shows, of whose name, or else of whose wording, phones show one number alone.

    Two brands in one handset have names and mostly wordings of their own.
    """
    number_of = {shown.flare_id: shown.number for shown in timeline}
    unseen: list[Flare] = []
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for flare in broadcasts:
        number = number_of.get(flare.flare_id)
        if number is None:
            unseen.append(flare)
        else:
            for key in _told_by(flare):
                told[key][number] += 1
    for flare in unseen:
        for key in _told_by(flare):
            (number, count), *others = told[key].most_common() or [("", 0)]
            if count >= _FLARES_THAT_NAME and not others:
                began, ended = to_seconds(flare.started_at), to_seconds(flare.ended_at)
                yield Shown(flare.flare_id, number, began, ended, phones=0, is_sure=False)
                break


def _told_by(flare: Flare) -> Iterator[str]:
    """Yield what tells one brand's broadcast from another's: the name that it bears, and its wording."""
    if flare.line is not None:
        yield f"{NAME_PREFIX}{fold_name(flare.line)}"
    yield flare.template_id


def _is_to_and_fro(timeline: Sequence[Shown], stated: str) -> bool:
    changes = sum(shown.number != later.number for shown, later in pairwise(timeline))
    return len({shown.number for shown in timeline} | {stated}) <= changes


def _change_between(ended: float, began: float, stretches: Iterable[_Period]) -> float:
    """Return when the number changed between two broadcasts; one that was going on then is of the earlier number."""
    middle = (ended + began) / 2
    for first, last in stretches:
        if first <= middle <= last:
            middle = last + _JUST_AFTER if last + _JUST_AFTER < began else first
    # what two numbers sent at once cannot be told apart by time
    return middle if ended < middle <= began else began


def _stretches(periods: Iterable[_Period]) -> list[_Period]:
    """Return in order the times in which broadcasts were going on, those that overlap together."""
    found: list[_Period] = []
    for begin, end in sorted(periods):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def number_by_traffic(device_edges: Iterable[Edge], others: Mapping[str, Sequence[Edge]]) -> str | None:
    """Return the number of a handset that states none, from the traffic of phones that it was in touch with.

    A text from one phone to another is kept on both. Where the first or the last of the texts that came in from a
    seized phone's number is, to the minute, the first or last that this phone sent to some number, that is its number.

    Args:
        device_edges: Edges of kind number of the handset.
        others: Edges of kind number of other devices, by their own number.
    """
    agreeing: Counter[str] = Counter()
    for mine in device_edges:
        for its in others.get(mine.key, ()):
            if is_number(its.key) and (mine.role, its.role) in SAME_TRAFFIC:
                agreeing[its.key] += sum(
                    same_instant(one, other)
                    for one, other in ((mine.first_at, its.first_at), (mine.last_at, its.last_at))
                )
    ranked = agreeing.most_common(2)
    if not ranked or ranked[0][1] < _ENDS_THAT_NAME:
        return None
    is_clear = len(ranked) == 1 or ranked[1][1] * 2 < ranked[0][1]
    return ranked[0][0] if is_clear else None


SAME_TRAFFIC = frozenset(
    {
        (Role.RECEIVED, Role.SENT),
        (Role.SENT, Role.RECEIVED),
        (Role.SENT_ADVERT, Role.RECEIVED_ADVERT),
        (Role.CALLED, Role.CALLED_BY),
        (Role.CALLED_BY, Role.CALLED),
    }
)
"""What two phones show of one text or call: the role of its edge on the one, and on the other."""


def same_instant(one: str | None, other: str | None) -> bool:
    """Whether two phones may have one text or call at these instants."""
    return one is not None and other is not None and abs(to_seconds(one) - to_seconds(other)) <= _SAME_RECORD_SECONDS
