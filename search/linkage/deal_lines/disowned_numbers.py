"""Numbers that say of themselves that they are not the line's: "Rico says hes on, ring 07700 900 123 not this".

A runner sends to the line's customers from a phone of his own, once or twice, and gives the line's number to ring
instead. It reads as if his number were the line's and changed, and whoever writes with him in private would be a
contact of the line. So texts are the line's and their number is none of it where the text disowns the number that it
came from and gives another one, which had sent adverts for some time, to phones that got this too, and goes on with
them. The number sends nothing else to many and that hardly ever, offers nothing, nobody orders there, and none
announces it as the line's. Where it sends one or two such that say whose the other number is ("ring the line
{number}", "call {number} not me"), they may offer what the line sells. A line that leaves its number says so from one
that has sent its adverts, and gives one that is new.

A second number of the line names the first one too, and says when and how it is to be rung: "dont ring me after
midnight", "dont text this just ring it", "{number} or this". That disowns nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

import msgspec

from search.contract import Edge, EdgeKind, Flare
from search.linkage.adverts.bulk_traces import traces_of
from search.linkage.adverts.given_numbers import texts_with_numbers
from search.linkage.adverts.ordering import ORDER_SCORE
from search.linkage.attribution.evidence import Evidence, extractions_of
from search.linkage.attribution.senders import Evidenced, Resent, advert_of_broadcast
from search.linkage.deal_lines.disowning_words import disowns_itself, sends_for_another
from search.linkage.extraction.said_edges import DAY_CHARS
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.joining.groups import LineGroup
from search.linkage.keys import SENT_ADVERT_ROLES, AnnouncedFrom, Role, fold_name, is_number
from search.linkage.model import PlacedFlare, Suppressed
from search.linkage.phrases import counted

NOT_JOINED: Final = "its texts say that they come from another number of the line; it is not joined"
"""How the reason ends for which such a number is no line's."""
_IN_USE_DAYS: Final = 7.0
"""How long the number that is given had sent adverts by then: one that a line goes to is new. Reasoned."""
_FEWEST_ADVERTS: Final = 3
"""Adverts that it had sent by then."""
_LEFT_SINCE_DAYS: Final = 7.0
"""How long before it is given again it may have sent its last. Reasoned: a runner gives the number that he knows."""
_MOST_WORDINGS: Final = 4
"""Texts of the kind that a number sends, of different words: a line has more to say. Reasoned."""
_PHONES_OF_MANY: Final = 2

_MOST_OFFERS: Final = 2
"""The same of texts that offer what the line sells, and how often: who owes it money, or is its girlfriend, sends such
for an afternoon. Reasoned."""
_MOST_TIMES: Final = 3
"""How often it wrote so to a phone, and on how many days: who stands in for a line does so now and then. Reasoned."""
_ASKED_FOR: Final = 0.7
_ANSWERED: Final = 0.4
"""Order scores of what a phone wrote to it and of what came back that together are an order and its answer."""


def may_disown(evidence: Evidence) -> Iterator[Evidenced]:
    """Yield what is no advert to the analysis of numbers that gave another one, whose texts are to be read."""
    numbers = _given(evidence)
    if not numbers:
        return
    for wording in evidence.wordings:
        if wording.sender in numbers and _numbers_in(wording, numbers[wording.sender]):
            yield wording


def disowned_numbers(evidence: Evidence) -> tuple[Resent, ...]:
    """Return what numbers that are not the line's sent to its customers, by sender and phone; undated is not judged."""
    given = _given(evidence)
    if not given:
        return ()
    announced = {said.edge.other for said in evidence.announcements}
    of_sender: dict[str, list[Evidenced]] = defaultdict(list)
    for held in (*evidence.wordings, *evidence.adverts):
        if held.sender in given:
            of_sender[held.sender].append(held)
    sent: dict[str, list[tuple[str, Flare]]] = defaultdict(list)
    for device_id, flare, sender in evidence.sent_flares:
        if sender in given:
            sent[sender].append((device_id, flare))
    lines = _Lines(evidence, given)
    found: list[Resent] = []
    for sender in sorted(of_sender.keys() | sent.keys()):
        if sender not in announced:
            found += _disowned(sender, given[sender], of_sender[sender], sent[sender], lines, evidence)
    return tuple(found)


def _given(evidence: Evidence) -> dict[str, list[Evidenced]]:
    """Return the texts in which senders give another number, by sender."""
    found: dict[str, list[Evidenced]] = defaultdict(list)
    for (_, sender), held in texts_with_numbers(evidence).items():
        if is_number(sender):
            found[sender] += held
    return found


class _Lines:
    """When numbers that others give sent adverts, and to whom."""

    def __init__(self, evidence: Evidence, given: Mapping[str, Sequence[Evidenced]]) -> None:
        wanted = {said.edge.other for held in given.values() for said in held}
        self._adverts: dict[str, list[Evidenced]] = defaultdict(list)
        for advert in evidence.adverts:
            if advert.sender in wanted and advert.placed.first_at is not None and advert.placed.last_at is not None:
                self._adverts[advert.sender].append(advert)

    def goes_on(self, number: str, at: float, first_told: float, phones: Collection[str]) -> bool:
        """Whether a number had sent adverts for some time, to one of some phones, and sends more to any.

        Where it is told again, it may have sent its last shortly before: the line has left it since.

        Args:
            number: It.
            at: When a text gives it.
            first_told: When a text of the same sender first gave it.
            phones: Devices of which one is to have got its adverts.
        """
        latest = at if at <= first_told else max(first_told, at - _LEFT_SINCE_DAYS * DAY_SECONDS)
        before, begun, is_known, is_after = 0, at, False, False
        for advert in self._adverts.get(number, ()):
            first, last = to_seconds(advert.placed.first_at or ""), to_seconds(advert.placed.last_at or "")
            is_after |= last > latest
            if first < at:
                before += advert.edge.count if last < at else 1
                begun = min(begun, first)
                is_known |= advert.device_id in phones
        return is_after and is_known and before >= _FEWEST_ADVERTS and at - begun >= _IN_USE_DAYS * DAY_SECONDS


def _disowned(
    sender: str,
    given: Sequence[Evidenced],
    held: Sequence[Evidenced],
    sent: Sequence[tuple[str, Flare]],
    lines: _Lines,
    evidence: Evidence,
) -> list[Resent]:
    """Return what one number sent, if all that it sent to many disowns it."""
    of_wording: dict[str, list[Evidenced]] = defaultdict(list)
    for each in held:
        of_wording[each.edge.other].append(each)
    broadcast: dict[str, list[tuple[str, Flare]]] = defaultdict(list)
    for device_id, flare in sent:
        broadcast[flare.template_id].append((device_id, flare))
    to_many = {
        template_id
        for template_id in of_wording.keys() | broadcast.keys()
        if template_id in broadcast or len({each.device_id for each in of_wording[template_id]}) >= _PHONES_OF_MANY
    }
    edges = {
        template_id: [*of_wording[template_id], *_unread(sender, of_wording[template_id], broadcast[template_id])]
        for template_id in to_many
    }
    texts_of = [evidence.template_texts.get(template_id, "") for template_id in to_many]
    if 0 < len(to_many) <= _MOST_WORDINGS and all(map(disowns_itself, texts_of)):
        times = _MOST_TIMES
    elif 0 < len(to_many) <= _MOST_OFFERS and all(map(sends_for_another, texts_of)):
        times = _MOST_OFFERS
    else:
        return []
    if _is_often([each for texts in edges.values() for each in texts], times):
        return []
    phones = {each.device_id for each in held}
    tellings = [
        [(number, to_seconds(each.edge.first_at or "")) for each in texts for number in _numbers_in(each, given)]
        for texts in edges.values()
    ]
    if not all(tellings):
        return []
    first_told: dict[str, float] = {}
    for number, at in chain.from_iterable(tellings):
        first_told[number] = min(at, first_told.get(number, at))
    if not all(lines.goes_on(number, at, first_told[number], phones) for number, at in chain.from_iterable(tellings)):
        return []
    every = tuple(
        _as_advert(each) if each.edge.kind is EdgeKind.WORDING else each for texts in edges.values() for each in texts
    )
    sending = sorted({device_id for device_id, _ in sent}) or [every[0].device_id]
    return [Resent(sender, sending[0], tuple(sorted(first_told)), every, is_giving=True)]


def _unread(sender: str, held: Iterable[Evidenced], broadcast: Iterable[tuple[str, Flare]]) -> Iterator[Evidenced]:
    """Yield the broadcasts of a wording on phones where the analysis takes nothing of it for an advert.

    What it takes for one is counted by its own edges.
    """
    read = {each.device_id for each in held if each.edge.role in SENT_ADVERT_ROLES}
    for device_id, flare in broadcast:
        if device_id not in read:
            yield Evidenced(advert_of_broadcast(flare, sender), device_id, sender)


def _is_often(held: Iterable[Evidenced], times: int) -> bool:
    """Whether more texts came to a phone, or on more days, than what a number is not for."""
    days: set[float] = set()
    texts: Counter[str] = Counter()
    for each in held:
        days.update(to_seconds(at) // DAY_SECONDS for at in (each.edge.first_at, each.edge.last_at) if at is not None)
        if each.edge.role not in SENT_ADVERT_ROLES:
            texts[each.edge.extraction_id] += each.edge.count
    return len(days) > times or max(texts.values(), default=0) > times


def without_ordered_from(
    found: Sequence[Resent], traffic: Mapping[str, Sequence[Edge]], evidence: Evidence
) -> tuple[Resent, ...]:
    """Return these numbers without those where somebody orders: what the line's own phone writes to them is none.

    Args:
        found: Numbers.
        traffic: Edges of kind number of each.
        evidence: Whose devices say which phones are the line's.
    """
    device_of = extractions_of(evidence.devices)
    sending: dict[str, set[str]] = defaultdict(set)
    for device_id, _, sender in evidence.sent_flares:
        sending[sender].add(device_id)
    broadcasting = set().union(*sending.values())
    kept: list[Resent] = []
    for each in found:
        lines = {evidence.own_device[it] for it in each.sources if it in evidence.own_device}.union(
            *(sending[it] for it in each.sources if it in sending)
        )
        own = {*sending.get(each.sender, ()), evidence.own_device.get(each.sender, "")}
        of_phone: dict[str, list[Edge]] = defaultdict(list)
        for edge in traffic.get(each.sender, ()):
            device_id = device_of.get(edge.extraction_id, "")
            if device_id not in lines and device_id not in own:
                of_phone[device_id].append(edge)
        asked = any(_orders(edges, is_sure=device_id in broadcasting) for device_id, edges in of_phone.items())
        wrote = {
            party
            for device_id in own
            for party, written in evidence.written_by.get(device_id, {}).items()
            if written.score >= ORDER_SCORE and party not in lines and party not in each.sources
        }
        wrote -= _under_their_name(wrote, each.sources, {it.sender for it in found}, evidence)
        if not asked and not wrote:
            kept.append(each)
    return tuple(kept)


def _under_their_name(
    parties: Collection[str], sources: Collection[str], disowned: Collection[str], evidence: Evidence
) -> set[str]:
    """Return these of some parties from whose number several phones got adverts under a name of other numbers.

    That is the line's number before, or its next one: who works for the line is told by each in turn where to go.
    Somebody else may hold the old one by now.
    """
    if not parties:
        return set()
    names = {fold_name(advert.edge.label) for advert in evidence.adverts if advert.sender in sources} - {""}
    phones: dict[str, set[str]] = defaultdict(set)
    for advert in evidence.adverts:
        party = evidence.own_device.get(advert.sender, advert.sender)
        if party in parties and advert.sender not in disowned and fold_name(advert.edge.label) in names:
            phones[party].add(advert.device_id)
    return {party for party, held in phones.items() if len(held) >= _PHONES_OF_MANY}


def _orders(edges: Sequence[Edge], *, is_sure: bool) -> bool:
    """Whether a phone orders from a number; ``is_sure``: of one that broadcasts itself only a sure order counts."""
    asked = max((edge.score for edge in edges if edge.role == Role.SENT), default=0.0)
    answered = max((edge.score for edge in edges if edge.role == Role.RECEIVED), default=0.0)
    return asked >= ORDER_SCORE or (not is_sure and asked >= _ASKED_FOR and answered >= _ANSWERED)


def _numbers_in(held: Evidenced, given: Iterable[Evidenced]) -> set[str]:
    """Return the numbers that a text gives, as far as it is dated."""
    at = held.edge.first_at
    return {
        said.edge.other
        for said in given
        if at is not None
        and said.device_id == held.device_id
        and said.edge.first_at is not None
        and said.edge.last_at is not None
        and said.edge.first_at <= at <= said.edge.last_at
    }


def _as_advert(wording: Evidenced) -> Evidenced:
    edge = msgspec.structs.replace(wording.edge, kind=EdgeKind.ADVERT, role=Role.RECEIVED, label="")
    basis = wording.edge.label[DAY_CHARS + 1 :]
    return msgspec.structs.replace(wording, edge=edge, is_recovered=True, time_basis=basis)


def without_disowned(evidence: Evidence, found: Sequence[Resent]) -> Evidence:
    """Return the evidence without these texts, and without what they announce."""
    if not found:
        return evidence
    texts = {(each.sender, advert.edge.other) for each in found for advert in each.adverts}
    senders = {each.sender for each in found}

    def is_kept(held: Evidenced) -> bool:
        return (held.sender, held.edge.other) not in texts

    def is_others(said: Evidenced) -> bool:
        return said.sender not in senders or not AnnouncedFrom(said.edge.role).is_from_old

    return msgspec.structs.replace(
        evidence,
        adverts=tuple(filter(is_kept, evidence.adverts)),
        wordings=tuple(filter(is_kept, evidence.wordings)),
        announcements=tuple(filter(is_others, evidence.announcements)),
        with_other_number=tuple(said for said in evidence.with_other_number if said.sender not in senders),
        sent_flares=tuple(held for held in evidence.sent_flares if (held[2], held[1].template_id) not in texts),
    )


def with_disowned(evidence: Evidence, found: Sequence[Resent]) -> Evidence:
    """Return the evidence with these texts as what others sent for a line."""
    return msgspec.structs.replace(evidence, resent=(*evidence.resent, *found)) if found else evidence


def traces_of_disowned(groups: Iterable[LineGroup], found: Iterable[Resent]) -> Iterator[PlacedFlare]:
    """Yield the traces of these texts on the phones that received them."""
    held = [(each, advert) for each in found for advert in each.adverts if advert.is_recovered]
    if not held:
        return
    line_of = {(number, group.line_id): group for group in groups for number in group.numbers}
    for each, advert in held:
        at = advert.edge.first_at, advert.edge.last_at
        lines = [
            line_id
            for (number, line_id), group in line_of.items()
            if number in each.sources and group.is_in_use(number, *at)
        ]
        for trace in traces_of(advert.placed, advert.time_basis):
            yield PlacedFlare(flare=trace, device_id=advert.device_id, line_id=min(lines, default=None))


def suppressed_disowned(found: Iterable[Resent], texts: Mapping[str, str]) -> list[Suppressed]:
    """Return these numbers, with why they are no line's.

    Args:
        found: Them.
        texts: Template texts, by id.
    """
    return [
        Suppressed(
            kind="number",
            value=each.sender,
            device_count=len(phones),
            why=f"All that it sent to many, {counted(len({it.edge.other for it in each.adverts}), 'wording')}, "
            f"{_what_they_say(each, texts)}, and that number had sent adverts before and goes on: {NOT_JOINED}.",
            device_ids=phones,
        )
        for each in found
        for phones in [frozenset(advert.device_id for advert in each.adverts)]
    ]


def _what_they_say(number: Resent, texts: Mapping[str, str]) -> str:
    given = " or ".join(number.sources)
    if all(disowns_itself(texts.get(advert.edge.other, "")) for advert in number.adverts):
        return f"says that {given} is to be rung and not this number"
    return f"says whose number {given} is or that it is the one to ring"
