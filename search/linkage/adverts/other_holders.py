"""Phones to which a line's number was given out again, or which had it before, and whose talk reads like an advert.

A number is given out again after weeks, and of an ordinary person's texts one or two in a hundred read like adverts.
The silence in between is too short to end the line's use by itself (``spells``). But a phone that is held, has the
number, sent nothing to many, and was in use while nobody but those it talks with got an advert from it, is another
holder's: what it sent is no advert of the number. So is one that wrote them to one or two alone who write with it and
order nothing, whoever else writes to it: customers of the line go on to ask for it. So is one that sent nothing of
the kind, and was first used weeks after the last advert, or last weeks before the first; a card that sent the line's
adverts stays the line's. Who tells many, weeks after them, that this is his new number had it not before. Who tells
those who ask there for the line that they have the wrong number (``number_deniers``) is another after less silence.
Where it is less sure that they asked for the line, the phone must show a life of its own besides, and nobody else may
order of it but one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from search.contract import Flare
from search.linkage.adverts.number_deniers import Denied, number_deniers
from search.linkage.adverts.number_silences import (
    SILENCE_DAYS,
    SILENCE_WITHOUT_ADVERTS_DAYS,
    flares_of,
    left_numbers,
    usual_silences,
)
from search.linkage.adverts.ordering import FEW_ORDERING, ORDER_SCORE, is_ordered_from, ordering_parties
from search.linkage.adverts.regular_customers import customers_of, goes_on_with, people_of
from search.linkage.adverts.served_orders import friends, orders_served
from search.linkage.attribution.evidence import DeviceFacts, Evidence
from search.linkage.attribution.own_talk import Talk
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.flares import SMALLEST_RECIPIENTS
from search.linkage.instants import days_after, days_between, earliest, latest, periods_touch, to_seconds
from search.linkage.keys import SENT_ADVERT_ROLES, UNKNOWN_NUMBER, AnnouncedFrom, is_number

SILENCE_OF_A_LEFT_NUMBER_DAYS = 5.0
"""The same of a number that its line said it left: whoever has it days later and sends nothing of the kind is another.
Of the phones of five worlds that got such a number all were strangers', nine to twelve days after the last advert."""

SILENCE_OF_A_DENIED_NUMBER_DAYS: Final = 1.0
"""The same where two who asked for the line were told that they have the wrong number; one may be a pest to the line.
Reasoned: a line does not send its customers away, and one that goes on sends to them."""
_ENOUGH_DENIED: Final = 2

_OWN_PEOPLE: Final = 2
_OWN_LIFE_DAYS: Final = 7.0
"""With how many a phone writes both ways who order nothing and got none of the adverts, and how long it shows talk at
least, for it to have a life of its own. Reasoned: what went on after a card was put into another handset shows sooner
who orders, and a phone that was used for days alone shows nobody."""

_ENOUGH_SHOWN = 3
"""Adverts that others got from a number before who has it now told that it is new, or wrote to one or two alone."""

_MOST_ANSWERED = 2
"""To how many such a phone wrote what reads like an advert: who writes adverts sends them to more. Reasoned."""

_SAME_PEOPLE = 2
"""To whom a phone wrote before and after another gave the number up, for its talk to be its own all along. Reasoned."""

_Period = tuple[str | None, str | None]
_Dated = tuple[str, str]


class _Tells(NamedTuple):
    """What tells of a number that who has it is another: days of silence, messages of adverts; its line left it.

    ``denied``: whom the phone that has it told so. None: nobody. ``is_unsure``: it is not sure that they asked for
    the line, so that more is asked of the phone.
    """

    silence_days: float
    least: int
    flares: Sequence[Flare]
    is_left: bool
    denied: Denied | None = None
    is_unsure: bool = False


class OtherHolder(msgspec.Struct, frozen=True):
    """A phone that had a line's number at another time than the line.

    Attributes:
        sender: The number.
        period: First and last message of the phone, or of the time in which it had the number.
        count: Texts that it sent and that read like adverts; 0 where none does.
        is_told: It told many that this is its new number.
        denied: Whom it told that they have the wrong number. None: nobody, or its silence tells without that.
    """

    sender: str
    device_id: str
    period: _Period
    count: int
    is_told: bool = False
    denied: Denied | None = None


def other_holders(evidence: Evidence) -> list[OtherHolder]:
    """Return the phones that had a number of adverts at another time, by number and device."""
    # of anything: a phone that sends to many may be a line's, whatever the analysis makes of its texts
    broadcasting = {(device_id, sender) for device_id, _, sender in evidence.sent_flares}
    of_sender: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        of_sender[advert.sender].append(advert)
    left = left_numbers(evidence)
    asked = [
        (facts, sender)
        for facts in evidence.devices.values()
        for sender in filter(is_number, facts.own_numbers & of_sender.keys())
        if (facts.device_id, sender) not in broadcasting
    ]
    found = [*_told_new(evidence, of_sender)]
    flares = flares_of(evidence, {sender for _, sender in asked})
    usual = usual_silences(flares)
    deniers = number_deniers(evidence, of_sender)
    for facts, sender in asked:
        # of a number that was given up a few adverts show when; of another they may be a sample of weeks that lack some
        if sender in left:
            tells = _Tells(SILENCE_OF_A_LEFT_NUMBER_DAYS, 1, flares.get(sender, ()), is_left=True)
        else:
            tells = _Tells(
                usual.get(sender, SILENCE_WITHOUT_ADVERTS_DAYS),
                SMALLEST_RECIPIENTS,
                flares.get(sender, ()),
                is_left=False,
            )
        found_here = list(_as_other_holder(facts, sender, of_sender[sender], evidence, tells))
        denied = deniers.get((facts.device_id, sender))
        for is_unsure in (False, True) if denied is not None else ():
            if not found_here and denied is not None and (is_unsure or denied.parties):
                denying = _denying(tells, denied, is_unsure=is_unsure)
                found_here = list(_as_other_holder(facts, sender, of_sender[sender], evidence, denying))
        found += found_here
    return sorted(found, key=lambda holder: (holder.sender, holder.device_id))


def _denying(tells: _Tells, denied: Denied, *, is_unsure: bool) -> _Tells:
    """Return what tells of a number whose holder told so many who asked for the line that he is not who they want."""
    if is_unsure:
        silence_days = SILENCE_DAYS
        denied = denied._replace(parties=denied.every)
    else:
        is_enough = len(denied.parties) >= _ENOUGH_DENIED
        silence_days = SILENCE_OF_A_DENIED_NUMBER_DAYS if is_enough else SILENCE_OF_A_LEFT_NUMBER_DAYS
    return tells._replace(
        silence_days=min(tells.silence_days, silence_days),
        least=min(tells.least, _ENOUGH_SHOWN),
        denied=denied,
        is_unsure=is_unsure,
    )


def _told_new(evidence: Evidence, adverts: Mapping[str, Sequence[Evidenced]]) -> Iterator[OtherHolder]:
    """Yield the phones that told many, weeks after the adverts of their number, that this is their new number.

    A line has no number anew that its customers know, and what it sends to many offers something. What phones that
    state no number sent at any time says nothing of when it was this number.
    """
    told: dict[tuple[str, str], list[_Period]] = defaultdict(list)
    for change in evidence.announcements:
        if AnnouncedFrom(change.edge.role) is AnnouncedFrom.NEW_PLAIN and change.edge.key == UNKNOWN_NUMBER:
            told[change.device_id, change.sender].append((change.placed.first_at, change.placed.last_at))
    sent: dict[tuple[str, str], list[Flare]] = defaultdict(list)
    for device_id, flare, sender in evidence.sent_flares if told else ():
        sent[device_id, sender].append(flare)
    for (device_id, sender), periods in told.items():
        facts = evidence.devices[device_id]
        began = earliest(first for first, _ in periods)
        if began is None or sender not in facts.own_numbers or not (of_it := adverts.get(sender)):
            continue
        own = [advert for advert in of_it if advert.device_id == device_id]
        if not _is_to_few(own) or not _are_notices(sent[device_id, sender], periods):
            continue
        shown = [advert.placed for advert in of_it if advert.edge.role not in SENT_ADVERT_ROLES]
        last = latest(edge.last_at for edge in shown)
        if sum(edge.count for edge in shown) < _ENOUGH_SHOWN or last is None:
            continue
        if days_between(last, began) >= SILENCE_WITHOUT_ADVERTS_DAYS:
            count = sum(advert.edge.count for advert in own)
            yield OtherHolder(sender, device_id, (began, facts.period_of(sender)[1]), count, is_told=True)


def _are_notices(flares: Sequence[Flare], periods: Sequence[_Period]) -> bool:
    """Whether a phone sent something to many, and nothing but notices of these days."""
    return bool(flares) and all(
        not flare.has_advert and any(periods_touch((flare.started_at, flare.ended_at), period, 1) for period in periods)
        for flare in flares
    )


def _as_other_holder(
    facts: DeviceFacts,
    sender: str,
    adverts: Sequence[Evidenced],
    evidence: Evidence,
    tells: _Tells,
) -> Iterator[OtherHolder]:
    """Yield the phone if it had the number at another time than the adverts.

    Where it sent none: after such a silence, with so many adverts elsewhere.
    """
    sent = [advert for advert in adverts if advert.edge.role in SENT_ADVERT_ROLES]
    own = [advert for advert in sent if advert.device_id == facts.device_id]
    if own:
        is_other = _is_to_few(own) and (
            _is_apart(facts, sender, adverts, evidence, _Tells(SILENCE_DAYS, SMALLEST_RECIPIENTS, (), is_left=False))
            or _are_answers(own, sender, adverts, evidence)
        )
    else:
        cards = frozenset[str]().union(*(evidence.devices[advert.device_id].sims for advert in sent))
        is_apart = _is_apart(facts, sender, adverts, evidence, tells)
        is_apart = is_apart and not (tells.is_unsure and not _has_own_life(facts, sender, adverts, evidence, tells))
        is_other = is_apart and not facts.sims & cards
        if is_other and (not tells.is_left or tells.denied) and _is_ordered_from(facts, evidence, tells):
            return
    count = sum(advert.edge.count for advert in own)
    if is_other:
        yield OtherHolder(sender, facts.device_id, facts.period_of(sender), count, denied=tells.denied)
    elif _is_to_few(own):
        others = [advert for advert in adverts if advert.device_id != facts.device_id]
        since = _without_it_until(facts, sender, others, evidence, tells)
        if since is not None:
            yield OtherHolder(sender, facts.device_id, (since, facts.period_of(sender)[1]), count)


def _is_ordered_from(facts: DeviceFacts, evidence: Evidence, tells: _Tells) -> bool:
    """Whether those who write to a phone order of it, but for those whom it told that they have the wrong number."""
    talk = evidence.own_talk.get(facts.device_id, ())
    if tells.denied is None:
        return is_ordered_from(talk)
    others = [held for held in talk if held.party not in tells.denied.parties]
    if tells.is_unsure:
        return len(ordering_parties(others)) >= FEW_ORDERING
    # the silence is short, and says little by itself
    return is_ordered_from(others, fewest=FEW_ORDERING)


def _has_own_life(
    facts: DeviceFacts, sender: str, adverts: Sequence[Evidenced], evidence: Evidence, tells: _Tells
) -> bool:
    """Whether a phone writes both ways for days with people of its own, who order nothing and are none of the line's.

    Of those who got some, not more may write with it otherwise than it told that they have the wrong number.
    """
    began, ended = facts.period_of(sender)
    if began is None or ended is None or days_between(began, ended) < _OWN_LIFE_DAYS:
        return False
    talk = evidence.own_talk.get(facts.device_id, ())
    talks_with = friends(talk, orders_served(facts.device_id, sender, evidence))
    both_ways = {held.party for held in talk if held.is_sent} & {held.party for held in talk if not held.is_sent}
    told = tells.denied.parties if tells.denied is not None else frozenset[str]()
    customers = customers_of(sender, adverts, evidence) - {facts.device_id}
    if goes_on_with(talk, customers - told - talks_with):
        return False
    people = people_of(sender, adverts, evidence) - {facts.device_id}
    is_among_customers = len((both_ways & people) - told) > len(told)
    return not is_among_customers and len(talks_with - ordering_parties(talk) - people - told) >= _OWN_PEOPLE


def _are_answers(own: Sequence[Evidenced], sender: str, adverts: Iterable[Evidenced], evidence: Evidence) -> bool:
    """Whether what reads like adverts was written to one or two who write with the phone and order nothing, and apart.

    "£10" is what somebody is told who asked how much. It is in words that no other phone got, and weeks from what any
    got: also those who write to the number since, for the line's customers go on to ask for it.
    """
    device_id = own[0].device_id
    told, wrote = evidence.recipients.get((device_id, sender), ()), evidence.written_by.get(device_id, {})
    others = [advert for advert in adverts if advert.device_id != device_id]
    got = {advert.device_id for advert in others}
    are_talk = 0 < len(told) <= _MOST_ANSWERED and all(
        party in wrote and party not in got and wrote[party].score < ORDER_SCORE for party in told
    )
    words = {advert.edge.other for advert in own}
    if not are_talk or any(advert.edge.label for advert in own) or any(each.edge.other in words for each in others):
        return False
    period = evidence.devices[device_id].period_of(sender)
    shown = [each for each in others if each.placed.first_at is not None]
    return (
        period[0] is not None
        and sum(each.edge.count for each in shown) >= _ENOUGH_SHOWN
        and not any(
            periods_touch((each.placed.first_at, each.placed.last_at), period, SILENCE_WITHOUT_ADVERTS_DAYS)
            for each in shown
        )
    )


def _without_it_until(
    facts: DeviceFacts, sender: str, adverts: Sequence[Evidenced], evidence: Evidence, tells: _Tells
) -> str | None:
    """Return from when on this handset had the number if another one had it for all of its adverts, else None.

    This one was in use all that time and sent texts of its own, and for weeks after; it sent none of the adverts, wrote
    or talked with nobody who got them but an old acquaintance, and has no card in common with a phone that sent them.
    What states its number says which one it has at the end. Of a number that its line said it left, this one may have
    come into use among the adverts, if it then went on with the same people.
    """
    cards = (evidence.devices[advert.device_id].sims for advert in adverts if advert.edge.role in SENT_ADVERT_ROLES)
    if facts.sims & frozenset[str]().union(*cards):
        return None
    placed = [advert.placed for advert in adverts]
    first, last = earliest(edge.first_at for edge in placed), latest(edge.last_at for edge in placed)
    began, ended = facts.period_of(sender)
    if first is None or last is None or began is None or ended is None:
        return None
    since = max(first, began, key=to_seconds)
    if since == first:
        beside = sum(edge.count for edge in placed)
    else:
        beside = sum(flare.message_count for flare in tells.flares if days_between(since, flare.started_at) >= 0)
    is_denied = tells.denied is not None and not tells.is_unsure and len(tells.denied.parties) >= _ENOUGH_DENIED
    least_days = 0.0 if is_denied else SILENCE_WITHOUT_ADVERTS_DAYS
    if beside < (tells.least if is_denied else SMALLEST_RECIPIENTS) or days_between(last, ended) < least_days:
        return None
    talk = evidence.own_talk.get(facts.device_id, ())
    is_there = since == first or (tells.is_left and _goes_on(talk, last))
    if not is_there or not _is_apart_from(facts, sender, adverts, evidence, tells, (since, last)):
        return None
    if tells.denied is not None and is_denied:
        return tells.denied.first_at
    return days_after(last, SILENCE_OF_A_LEFT_NUMBER_DAYS if tells.is_left else SILENCE_WITHOUT_ADVERTS_DAYS)


def _is_apart_from(
    facts: DeviceFacts, sender: str, adverts: Sequence[Evidenced], evidence: Evidence, tells: _Tells, period: _Dated
) -> bool:
    """Whether a phone sent texts in a period, and none of those it then had to do with is a customer by that.

    Whoever sends adverts has to do with those who get them. A friend of old may be one of them if the line said that it
    left the number: the phone had to do with him before, and of the phones held that it has to do with, most got none
    and had nothing to do with the number. The runners of a line get no adverts either.
    """
    talk = evidence.own_talk.get(facts.device_id, ())
    then = [held for held in talk if periods_touch((held.first_at, held.last_at), period, 0)]
    if not any(held.is_sent for held in then):
        return False
    parties = {held.party for held in then}
    customers = parties & {advert.device_id for advert in adverts}
    if not customers:
        return True
    before = {held.party for held in talk if days_between(held.first_at, period[0]) > 0}
    others = {party for party in parties - customers if not is_number(party)}
    others -= {
        held.party
        for held in evidence.talk_with.get(sender, ())
        if periods_touch((held.first_at, held.last_at), period, 0)
    }
    return tells.is_left and customers <= before and len(customers) < len(others)


def _goes_on(talk: Iterable[Talk], last: str) -> bool:
    """Whether a phone wrote to the same people before the last advert and weeks after it."""
    same = {
        held.party
        for held in talk
        if held.is_sent
        and days_between(held.first_at, last) > 0
        and days_between(last, held.last_at) >= SILENCE_WITHOUT_ADVERTS_DAYS
    }
    return len(same) >= _SAME_PEOPLE


def _is_to_few(adverts: Sequence[Evidenced]) -> bool:
    return all(advert.edge.count < SMALLEST_RECIPIENTS and advert.edge.first_at is not None for advert in adverts)


def _is_apart(facts: DeviceFacts, sender: str, adverts: Sequence[Evidenced], evidence: Evidence, tells: _Tells) -> bool:
    """Whether so many adverts of the number are elsewhere, and none in the time of the phone but with its partners.

    What its partners got before that time counts too where it shows a life of its own (``is_unsure``).
    """
    talking = evidence.talking.get(facts.device_id, frozenset())
    if tells.denied is not None:
        talking -= tells.denied.parties
    own: _Period = facts.period_of(sender)
    elsewhere = 0
    for advert in adverts:
        is_partner = advert.device_id in talking
        if advert.device_id == facts.device_id or (is_partner and not tells.is_unsure):
            continue
        # by the dates that a right clock would have given it
        first, last = advert.placed.first_at, advert.placed.last_at
        if first is None:
            continue  # it says nothing of when; the others do, if they are enough
        if own[0] is None or periods_touch((first, last), own, tells.silence_days):
            if is_partner:
                continue
            return False
        elsewhere += advert.edge.count
    return elsewhere >= tells.least
