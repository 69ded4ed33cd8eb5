"""Numbers of which two who send to many had the use, one after the other: their lists have nobody in common.

An operator gives a number out again, now and then to somebody who sends to many as well: a seller of tickets, a shop,
another line. Some of his texts read like adverts, and what he sends beside them would be recovered as the line's. What
tells is to whom the two sent. A line that changes its phone writes to those who rang it, and so to people of before;
where of two phones with the number none or hardly any of those whom the one sent to is on the list of the other, the
number was silent in between, and the two share neither card, name, wordings nor the people they write with, the later
use is another's. Short lists may miss each other by chance, and a phone on which most was deleted shows a short one.

Of one whose phone is not held those who got his broadcasts stand for his list. They are few, so that more silence is
asked for, and that the phone of the other still shows what it sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.given_anew import GivenAnew
from search.linkage.attribution.senders import Evidenced, by_sender
from search.linkage.extraction.said_edges import DAY_CHARS
from search.linkage.instants import CLOCKS_RUN_FROM, DAY_SECONDS, instant_of, to_seconds
from search.linkage.keys import SENT_ADVERT_ROLES, is_number
from search.linkage.number_use.kept_texts import incomplete_senders
from search.linkage.number_use.uses import are_named_alike

_SILENCE: Final = 7.0 * DAY_SECONDS
"""Between two holders, at least, where the phones of both are held."""
_SHORTEST: Final = 12
_LISTS: Final = 300
"""Parties on the shorter list, and on the one times those on the other. Of a list of a hundred two phones that each
show as few parties of it by chance have three in common, and none in one case of twenty. Reasoned."""
_SHARE_IN_COMMON: Final = 0.05
"""Share of the shorter list that may be on both: in one town somebody buys of a line and goes to the match."""
_GOING_ON: Final = 0.2
"""Share of the list of the one who write or talk with the phone of the other: then it is one who goes on with his
people. Some of a line's customers ask for it on its number whoever has that. Reasoned."""
_ACQUAINTED: Final = 3
"""People on neither list with whom both phones write or talk, from which on they are one's: a boss, a runner, a
mother. Two in one town have a taxi and a takeaway in common. Reasoned."""

_SILENCE_OF_ONE: Final = 28.0 * DAY_SECONDS
_LISTED_BY_ONE: Final = 15
_PHONES_OF_OTHER: Final = 3
"""Where the phone of one of them alone is held: days of silence, parties on its list, and phones that got what the
other sent. Of a line that sends to nearly all on its list three phones that are not on it are strangers'. Reasoned."""

_SHARE_OF_WORDINGS: Final = 0.25
"""Share of the wordings of the one who has fewer that may be the other's too."""


class _Sent(NamedTuple):
    """Something that came from a number: first and last second, and the sending device, empty of what was received."""

    first: float
    last: float
    device_id: str
    wording: str


class _Side(NamedTuple):
    """What came from a number before a silence, or after it."""

    adverts: Sequence[Evidenced]
    sent: Sequence[_Sent]
    sending: frozenset[str]
    listed: frozenset[str]

    @property
    def wordings(self) -> frozenset[str]:
        return frozenset(each.wording for each in self.sent)


def with_numbers_given_anew(evidence: Evidence) -> Evidence:
    """Return the evidence with what shows which numbers two had who send to many, one after the other."""
    found = {number: cuts for number, cuts in _given_anew(evidence) if cuts}
    return msgspec.structs.replace(evidence, given_anew=found) if found else evidence


def _given_anew(evidence: Evidence) -> Iterator[tuple[str, tuple[GivenAnew, ...]]]:
    flares = defaultdict(list)
    for device_id, flare, sender in evidence.sent_flares:
        flares[sender].append(
            _Sent(to_seconds(flare.started_at), to_seconds(flare.ended_at), device_id, flare.template_id)
        )
    adverts = by_sender(evidence.adverts)
    complete: list[frozenset[str]] = []
    for number in sorted(flares.keys() & adverts.keys()):
        if is_number(number):
            every = [*flares[number], *map(_sent, filter(_is_dated, adverts[number]))]
            silences = [silence for silence in _silences(every) if silence[1] - silence[0] >= _SILENCE]
            if silences:
                complete = complete or [incomplete_senders(evidence)]
                is_complete = number not in complete[0]
                sides = (_sides(number, adverts[number], every, silence, evidence) for silence in silences)
                yield (
                    number,
                    tuple(
                        _given(before, after, silence)
                        for silence, (before, after) in zip(silences, sides, strict=True)
                        if _are_two_holders(number, before, after, silence, evidence, is_complete=is_complete)
                    ),
                )


def _is_dated(advert: Evidenced) -> bool:
    first, last = advert.placed.first_at, advert.placed.last_at
    return first is not None and last is not None and last >= CLOCKS_RUN_FROM


def _sent(advert: Evidenced) -> _Sent:
    edge = advert.placed
    device_id = advert.device_id if edge.role in SENT_ADVERT_ROLES else ""
    return _Sent(to_seconds(edge.first_at or ""), to_seconds(edge.last_at or ""), device_id, edge.other)


def _silences(every: Iterable[_Sent]) -> Iterator[tuple[float, float]]:
    """Yield when nothing came, from the last second before to the first one after it."""
    ended: float | None = None
    for first, last in sorted((each.first, each.last) for each in every):
        if ended is not None and first > ended:
            yield ended, first
        ended = last if ended is None else max(ended, last)


def _sides(
    number: str, adverts: Sequence[Evidenced], every: Sequence[_Sent], silence: tuple[float, float], evidence: Evidence
) -> tuple[_Side, _Side]:
    ended, begun = silence
    sides = []
    for is_before in (True, False):
        held = [each for each in every if (each.last <= ended if is_before else each.first >= begun)]
        of_it = [
            advert
            for advert in filter(_is_dated, adverts)
            if (_sent(advert).last <= ended if is_before else _sent(advert).first >= begun)
        ]
        sending = frozenset(each.device_id for each in held if each.device_id)
        got = (advert.device_id for advert in of_it if advert.edge.role not in SENT_ADVERT_ROLES)
        lists = (evidence.recipients.get((device_id, number), frozenset()) for device_id in sending)
        sides.append(_Side(of_it, held, sending, frozenset(got).union(*lists) - sending))
    return sides[0], sides[1]


def _given(before: _Side, after: _Side, silence: tuple[float, float]) -> GivenAnew:
    return GivenAnew(
        sum(silence) / 2,
        *silence,
        tuple(sorted(before.sending)),
        tuple(sorted(after.sending)),
        (len(before.listed), len(after.listed)),
        len(before.listed & after.listed),
    )


def _are_two_holders(
    number: str, before: _Side, after: _Side, silence: tuple[float, float], evidence: Evidence, *, is_complete: bool
) -> bool:
    """Whether what came before a silence and after it was of two holders of the number."""
    if not before.sending.isdisjoint(after.sending) or not _have_no_list_in_common(
        before, after, silence[1] - silence[0], is_complete=is_complete
    ):
        return False
    common = before.wordings & after.wordings
    return (
        len(common) <= _SHARE_OF_WORDINGS * min(len(before.wordings), len(after.wordings))
        and not are_named_alike(before.adverts, after.adverts)
        and not _have_a_card_in_common(number, before, after, evidence)
        and not _is_still_there(number, before, silence[1], evidence)
        and not _go_on(before, after, evidence)
    )


def _have_no_list_in_common(before: _Side, after: _Side, seconds: float, *, is_complete: bool) -> bool:
    one, other = sorted((len(before.listed), len(after.listed)))
    common = len(before.listed & after.listed)
    if before.sending and after.sending:
        return one >= _SHORTEST and one * other >= _LISTS and common <= _SHARE_IN_COMMON * one
    sender, receiver = (before, after) if before.sending else (after, before)
    return (
        is_complete
        and seconds >= _SILENCE_OF_ONE
        and len(sender.listed) >= _LISTED_BY_ONE
        and len(receiver.listed) >= _PHONES_OF_OTHER
        and not common
    )


def _have_a_card_in_common(number: str, before: _Side, after: _Side, evidence: Evidence) -> bool:
    """Whether phones of both sides had one SIM, or a further number of their own in common."""
    one, other = (
        frozenset[str]().union(
            *(
                evidence.devices[device_id].sims | (evidence.devices[device_id].own_numbers - {number})
                for device_id in side.sending
            )
        )
        for side in (before, after)
    )
    return not one.isdisjoint(other)


def _is_still_there(number: str, before: _Side, begun: float, evidence: Evidence) -> bool:
    """Whether a phone of the one still had the number when the other began: two handsets share it."""
    ends = (evidence.devices[device_id].period_of(number)[1] for device_id in before.sending)
    return any(end is not None and to_seconds(end) >= begun for end in ends)


def _go_on(before: _Side, after: _Side, evidence: Evidence) -> bool:
    """Whether the phones of the two have to do with each other's people, or with the same ones beside."""
    talk: Mapping[bool, frozenset[str]] = {
        is_later: frozenset[str]().union(*(evidence.talking.get(device_id, ()) for device_id in side.sending))
        for is_later, side in ((False, before), (True, after))
    }
    known = before.listed | after.listed
    return (
        len(talk[True] & before.listed) >= max(_ACQUAINTED, _GOING_ON * len(before.listed))
        or len(talk[False] & after.listed) >= max(_ACQUAINTED, _GOING_ON * len(after.listed))
        or len((talk[False] & talk[True]) - known) >= _ACQUAINTED
    )


def said_of_given_anew(number: str, cuts: Sequence[GivenAnew], evidence: Evidence) -> Iterator[str]:
    """Yield what says that a number was given out anew, one sentence a time."""
    for cut in cuts:
        one, other = (" and ".join(map(evidence.label, held)) for held in (cut.before, cut.after))
        before = f"{one} sent from it" if one else "adverts came from it"
        after = f"{other} sent from it" if other else "others got texts from it"
        both = "none" if not cut.common else str(cut.common)
        yield (
            f"{number} was given out anew: until {_day(cut.left_at)} {before}, from {_day(cut.taken_at)} {after}; of "
            f"the {cut.listed[0]} and {cut.listed[1]} parties to whom the two sent {both} {_is(cut.common)} the same, "
            "so that these are two holders, and what came from the one is not the other's."
        )


def _is(count: int) -> str:
    return "is" if count <= 1 else "are"


def _day(seconds: float) -> str:
    return instant_of(seconds)[:DAY_CHARS]
