"""The uses of a number: its adverts, cut where it was given up, or given on to another line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import DAY_SECONDS, days_between, earliest, latest, periods_touch, to_seconds
from search.linkage.keys import CHANGE_ROLES, SENT_ADVERT_ROLES, fold_name, is_account_id, is_stand_in
from search.linkage.number_use.lone_clocks import is_of_wrong_clock
from search.linkage.number_use.named_times import is_in_several
from search.linkage.number_use.names import (
    CommonNames,
    counted_names,
    names_in_common,
    phones_of_names,
    share_a_form,
    without_greeted,
)
from search.linkage.number_use.passed_numbers import PassedNumbers

GAP_DAYS = 90.0
"""Silence after which a number counts as given up. Operators keep a number for some months before it is given out
again; a line that rests keeps its name, and one name keeps a spell together over any gap."""

NAME_SHARE = 0.2
"""Share of the named wordings that a name must have to stand for the spell; what is rarer may be a misreading."""

_SHARE_OF_ONE_LIST = 0.5
"""Share of the shorter list that must be on the longer one, for a use without a name to be more of the one before."""
_GIVEN_ON_DAYS = 7.0
_PHONES_OF_EACH = 2
_SHARE_OF_BOTH = 0.25
"""Days of silence after which another name to other phones is another line's; phones that each must have reached, and
the share of them that may have got both, and of wordings that may be in both: people buy from several lines, and these
copy each other."""
_SIGNED_ON = 2
_SIGNED_ON_DAYS = 2.0
"""Phones and wordings with the name of a line, first after a silence, that say that it still has its number; and how
many days they come before any other name. Reasoned."""
_PHONES_OF_SIGNED = 3
"""Phones with one wording under one name, from which on it is no word to one person that was taken for a name."""
_GIVEN_ON_DAYS_NAMELESS = 28.0
_PHONES_OF_NAMELESS = 3
_PHONES_OF_BOTH = 8
"""The same where one of the two bears no name: phones of each and of both. Reasoned: of a line that rests for a month
and comes back on its number some of eight recipients whose phones are held would have got adverts of both times."""
_GIVEN_ON_DAYS_LONG = 56.0
"""The same where one or two got both, who buy from many or eat where everybody does, and no wording is in both."""
_LEAVES_WITHIN_DAYS = 7.0
_NEW_WITHIN_DAYS = 3.0
"""A use whose last days say that the number changes, and not its first ones, was left: less silence is enough, and of
those on its list some may know whoever has the number next."""


def uses_of(
    adverts: Sequence[Evidenced],
    devices: Mapping[str, DeviceFacts],
    reached: Mapping[tuple[str, str], frozenset[str]],
    passed: PassedNumbers,
) -> list[list[Evidenced]]:
    """Split the adverts of one sender where its use breaks; a sender with no number of its own never splits.

    A number is given out again, the id of an account is not.

    Args:
        adverts: All of the sender.
        devices: By device id.
        reached: Parties that adverts and broadcasts went to, by sending device and sender.
        passed: Where numbers went from one line to another at once.
    """
    ordered = sorted(adverts, key=_advert_order)
    if not ordered or is_stand_in(ordered[0].sender) or is_account_id(ordered[0].sender):
        return [ordered]
    dated = [advert for advert in ordered if advert.placed.first_at is not None]
    undated = [advert for advert in ordered if advert.placed.first_at is None]
    uses: list[list[Evidenced]] = []
    stretches = (part for stretch in _unbroken(dated) for part in _given_on(stretch, reached))
    for parts in map(passed.parts, stretches):
        left: list[Evidenced] | None = None
        for use in parts:
            # what a number was passed on from is another line's, however much alike their names are
            left = _placed(use, [held for held in uses if held is not left], uses, reached)
    return _with_undated(uses, undated, devices)


def _placed(
    use: list[Evidenced],
    earlier: Sequence[list[Evidenced]],
    uses: list[list[Evidenced]],
    reached: Mapping[tuple[str, str], frozenset[str]],
) -> list[Evidenced]:
    """Put a use to the earlier one that it goes on, or behind all; return where it stands."""
    before = next((held for held in reversed(earlier) if _are_of_one_name(held, use)), None)
    if before is None and earlier and earlier[-1] is uses[-1] and _goes_on(uses[-1], use, reached):
        before = uses[-1]
    if before is None:
        uses.append(use)
        return use
    # what carries no name between two uses under one name is of that use too
    at = next(place for place, held in enumerate(uses) if held is before)
    for held in [held for held in uses[at + 1 :] if not common_names_of(held).names]:
        before.extend(held)
        uses.remove(held)
    before.extend(use)
    return before


def _are_of_one_name(before: Sequence[Evidenced], after: Sequence[Evidenced]) -> bool:
    one, other = common_names_of(before), common_names_of(after)
    return one.share_one(other) or _have_a_signed_wording(before, after, one, other)


def _have_a_signed_wording(
    before: Sequence[Evidenced], after: Sequence[Evidenced], one: CommonNames, other: CommonNames
) -> bool:
    """Whether one wording under one name is on both sides.

    Where few adverts of a side are held, and words of others are read as names there, no name has its share; who signs
    the same words in the same way has it all the same. The name is the main one of a side, and the other has no name
    before it; or it was borne to several, and some phone got adverts of both. Two lines that each bear a name of their
    own may greet alike ("bro, whos needing").

    Args:
        before: Adverts of the one side.
        after: Of the other.
        one: Names of the one side.
        other: Of the other.
    """
    if is_in_several(before, one.main_forms) and is_in_several(after, other.main_forms):
        return False
    signed_by = [
        {(fold_name(held.edge.label), held.edge.other) for held in side if held.edge.label} for side in (before, after)
    ]
    phones: dict[tuple[str, str], set[str]] = {signed: set() for signed in set.intersection(*signed_by)}
    for held in (*before, *after) if phones else ():
        signed = (fold_name(held.edge.label), held.edge.other)
        if signed in phones:
            phones[signed].add(held.device_id)
    mains = [side.main_forms for side in (one, other) if side.main_forms]
    have_both = not {held.device_id for held in before}.isdisjoint(held.device_id for held in after)
    return any(
        (mains and all(name in forms for forms in mains)) or (have_both and len(signed) >= _PHONES_OF_SIGNED)
        for (name, _), signed in phones.items()
    )


def _is_signed_on(before: CommonNames, after: CommonNames, adverts: Iterable[Evidenced]) -> bool:
    """Whether adverts after a silence bear the name of those before it first, on several phones in several wordings.

    The line takes another name some days later then. Who has the number next may speak of the line that had it, once
    and to all ("Ricos gone, new best in town").

    Args:
        before: Names before the silence.
        after: Names after it.
        adverts: After it, in their order.
    """
    phones, wordings, begun = set[str](), set[str](), ""
    for advert in adverts:
        name = fold_name(advert.edge.label)
        if name and share_a_form([name], before.main_forms):
            phones.add(advert.device_id)
            wordings.add(advert.edge.other)
            begun = begun or advert.placed.first_at or ""
        elif name in after.forms:
            if begun and advert.placed.first_at and days_between(begun, advert.placed.first_at) < _SIGNED_ON_DAYS:
                return False
            break
    return min(len(phones), len(wordings)) >= _SIGNED_ON


def _goes_on(
    before: Sequence[Evidenced], after: Sequence[Evidenced], reached: Mapping[tuple[str, str], frozenset[str]]
) -> bool:
    """Whether a use after a silence is more of the one before it, where one of them bears no name.

    One phone sent both, or they went to the same people; or to one of them in the same words. Who gets a number that
    was given out again knows nobody on the list. Or the clock of the one phone that shows the one of them was wrong.
    """
    if common_names_of(before).names and common_names_of(after).names:
        return False
    if _devices(before, is_sent=True) & _devices(after, is_sent=True):
        return True
    one, other = _parties(before, reached), _parties(after, reached)
    common = len(one & other)
    is_one_list = common >= _PHONES_OF_EACH and common >= _SHARE_OF_ONE_LIST * min(len(one), len(other))
    said, says = {held.edge.other for held in before}, {held.edge.other for held in after}
    return is_one_list or (common > 0 and not said.isdisjoint(says)) or is_of_wrong_clock(before, after)


def _parties(adverts: Iterable[Evidenced], reached: Mapping[tuple[str, str], frozenset[str]]) -> set[str]:
    """Return the phones that got the adverts, and whom those went to of which the sending phone is held."""
    found: set[str] = set()
    for advert in adverts:
        if advert.edge.role in SENT_ADVERT_ROLES:
            found |= reached.get((advert.device_id, advert.sender), frozenset())
        else:
            found.add(advert.device_id)
    return found


def _unbroken(dated: Iterable[Evidenced]) -> list[list[Evidenced]]:
    """Return the adverts, which come by their first instant, in stretches without a long silence."""
    stretches: list[list[Evidenced]] = []
    end: str | None = None
    for advert in dated:
        first, last = advert.placed.first_at, advert.placed.last_at
        assert first is not None
        assert last is not None
        if end is None or days_between(end, first) > GAP_DAYS:
            stretches.append([])
            end = None
        stretches[-1].append(advert)
        end = last if end is None or to_seconds(last) > to_seconds(end) else end
    return stretches


def _given_on(
    stretch: Sequence[Evidenced], reached: Mapping[tuple[str, str], frozenset[str]]
) -> Iterator[list[Evidenced]]:
    """Yield the uses of a stretch, cut where the number went from one line to another after a silence of some days.

    Before it all adverts are under one name and after it under another, hardly any phone got both, and no phone sent
    both. A line that changes its name keeps its customers, and its phone. Where one of them bears no name the silence
    is longer, several phones got each, none got both, and hardly any wording is in both.
    """
    begun, ended = 0, None
    for place, advert in enumerate(stretch):
        edge = advert.placed
        if edge.first_at is None or edge.last_at is None:
            continue
        silence = 0.0 if ended is None else (to_seconds(edge.first_at) - ended) / DAY_SECONDS
        if silence >= _GIVEN_ON_DAYS and _are_of_two_lines(stretch[begun:place], stretch[place:], silence, reached):
            yield list(stretch[begun:place])
            begun = place
        last = to_seconds(edge.last_at)
        ended = last if ended is None or last > ended else ended
    yield list(stretch[begun:])


def _are_of_two_lines(
    before: Sequence[Evidenced],
    after: Sequence[Evidenced],
    silence: float,
    reached: Mapping[tuple[str, str], frozenset[str]],
) -> bool:
    one, other = common_names_of(before), common_names_of(after)
    if (
        share_a_form(one.forms, other.forms)
        or _have_a_signed_wording(before, after, one, other)
        or _is_signed_on(one, other, after)
    ):
        return False
    sent, sends = _devices(before, is_sent=True), _devices(after, is_sent=True)
    came, comes = _devices(before, is_sent=False), _devices(after, is_sent=False)
    said, says = {advert.edge.other for advert in before}, {advert.edge.other for advert in after}
    if not one.names or not other.names:
        is_left = said_to_leave(before)
        return (
            silence >= (_GIVEN_ON_DAYS if is_left else _GIVEN_ON_DAYS_NAMELESS)
            and sent.isdisjoint(sends)
            and min(len(came), len(comes)) >= _PHONES_OF_NAMELESS
            and len(came) + len(comes) >= (2 * _PHONES_OF_NAMELESS if is_left else _PHONES_OF_BOTH)
            and (
                _are_few(came & comes, came, comes)
                if is_left
                else came.isdisjoint(comes)
                or (
                    silence >= _GIVEN_ON_DAYS_LONG
                    and said.isdisjoint(says)
                    and _have_few_in_common(before, after, reached)
                )
            )
            and _are_few(said & says, said, says)
        )
    return (
        sent.isdisjoint(sends)
        and min(len(came), len(comes)) >= _PHONES_OF_EACH
        and _are_few(came & comes, came, comes)
        and _are_few(said & says, said, says)
    )


def _have_few_in_common(
    before: Sequence[Evidenced], after: Sequence[Evidenced], reached: Mapping[tuple[str, str], frozenset[str]]
) -> bool:
    """Whether few of all who got either got both, those included who are on the list of a phone that is held."""
    one, other = _parties(before, reached), _parties(after, reached)
    return _are_few(one & other, one, other)


def said_to_leave(adverts: Sequence[Evidenced]) -> bool:
    """Whether the last adverts of a use say that the number changes; its first ones say that it is new."""
    begun = earliest(advert.placed.first_at for advert in adverts)
    ended = latest(advert.placed.last_at for advert in adverts)
    return (
        begun is not None
        and ended is not None
        and any(
            advert.edge.role in CHANGE_ROLES
            and advert.placed.first_at is not None
            and days_between(advert.placed.first_at, ended) <= _LEAVES_WITHIN_DAYS
            and days_between(begun, advert.placed.first_at) >= _NEW_WITHIN_DAYS
            for advert in adverts
        )
    )


def _are_few(common: Collection[str], one: Collection[str], other: Collection[str]) -> bool:
    return len(common) <= _SHARE_OF_BOTH * min(len(one), len(other))


def _devices(adverts: Iterable[Evidenced], *, is_sent: bool) -> set[str]:
    return {advert.device_id for advert in adverts if (advert.edge.role in SENT_ADVERT_ROLES) == is_sent}


def common_names_of(adverts: Sequence[Evidenced]) -> CommonNames:
    """Return the names that stand for a use, or for a stretch of it, by their share of its named wordings."""
    edges = (advert.edge for advert in adverts)
    return names_in_common(without_greeted(counted_names(edges), phones_of_names(adverts)), NAME_SHARE)


def _with_undated(
    uses: list[list[Evidenced]], undated: Sequence[Evidenced], devices: Mapping[str, DeviceFacts]
) -> list[list[Evidenced]]:
    """Put undated adverts to a use that their phone shared in time, if it knows its time; apart where it was later.

    Of several to one under their name, and in which their phone got adverts; of these to the largest.
    """
    apart: list[Evidenced] = []
    known = [_Known(use) for use in uses] if undated else []
    for advert in undated:
        facts = devices[advert.device_id]
        period = (facts.first_at, facts.last_at)
        fitting = [each for each in known if facts.first_at is None or periods_touch(each.period, period, GAP_DAYS)]
        name = fold_name(advert.edge.label)
        fitting = [each for each in fitting if name in each.forms] or fitting
        fitting = [each for each in fitting if advert.device_id in each.device_ids] or fitting
        if fitting:
            max(fitting, key=lambda each: each.count).added.append(advert)
        else:
            apart.append(advert)
    for use, each in zip(uses, known, strict=False):
        use.extend(each.added)
    return [*uses, apart] if apart else uses


class _Known:
    """What the dated adverts of a use say of it, and the undated ones that are put to it."""

    def __init__(self, use: Sequence[Evidenced]) -> None:
        self.period = _period(use)
        self.forms = common_names_of(use).forms
        self.device_ids = {advert.device_id for advert in use}
        self.count = sum(advert.edge.count for advert in use)
        self.added: list[Evidenced] = []


def _period(use: Iterable[Evidenced]) -> tuple[str | None, str | None]:
    held = list(use)
    return earliest(advert.placed.first_at for advert in held), latest(advert.placed.last_at for advert in held)


def _advert_order(advert: Evidenced) -> tuple[float, str, str, str, str, str]:
    edge = advert.placed
    at = float("inf") if edge.first_at is None else to_seconds(edge.first_at)
    return (at, edge.last_at or "", edge.other, edge.label, edge.role, edge.extraction_id)
