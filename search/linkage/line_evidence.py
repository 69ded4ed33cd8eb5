"""Whether a group of numbers is a deal line, or somebody else who texts many: evidence weighed in the open.

A church, a takeaway and a friend with a new number send bulk texts too, and some of them read like adverts. What tells
a line apart is taken together: how sure the analysis is of each of its wordings, and of how many; whether they carry
a name; whether its customers order from it; whether it was seen to send to many at all. One honest wording that reads
like an advert, or one text of a friend, is never enough.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from search.contract import Edge
from search.linkage.evidence import Evidence
from search.linkage.flares import SMALLEST_RECIPIENTS
from search.linkage.groups import LineGroup
from search.linkage.keys import Role
from search.linkage.phrases import counted
from search.linkage.said_edges import DAY_CHARS
from search.linkage.sender_broadcasts import BulkOf
from search.linkage.spells import Spell
from search.linkage.trade_names import is_trade_name, phones_with_trade_names
from search.linkage.traders import against_trader, believed
from search.linkage.weights import LineWeights, log_odds, probability
from search.linkage.wording_facts import WordingFacts

_LANDLINE = re.compile(r"\+44[123]")
_TWO_WAY = frozenset({Role.SENT, Role.CALLED, Role.CALLED_BY})


class Term(msgspec.Struct, frozen=True):
    """One piece of evidence; ``weight`` is the natural logarithm of the likelihood ratio."""

    weight: float
    sentence: str


class LineEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """The evidence that a group is a line.

    Attributes:
        terms: What is for it and against it, the prior left out.
        probability: 0 to 1.
    """

    terms: tuple[Term, ...]
    probability: float


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted of a group.

    Attributes:
        likely: Advert score of each wording that the analysis takes for an advert, by wording.
        unlikely: Of each broadcast wording that it does not.
        ordinary: Weights of those that read like nothing of the kind, and were seen to go to many or count as adverts.
        numbers: Telephone numbers that it had.
        is_landline: All of them are landlines of the United Kingdom, and it had some.
        trade_names: Phones that saved one of them under the name of a trade.
        is_signed: Its adverts bear such a name.
        copies: Adverts on the phones held, ``recovered`` of them such as the analysis took for none.
        phones: Phones with adverts to the analysis.
        named: Wordings that carry the group's name.
        receiving: Phones that received them.
        replies: Receiving phones with texts or calls to the sender.
        orders: Parties that got adverts from a sending phone held, and have texts or calls with it.
        listed: Parties that got adverts from a sending phone held.
        two_way: Phones that received none, with texts to the sender and from it.
        days: Days on which some of its offers came or went.
        has_broadcast: A broadcast of its adverts was seen on a sending phone, or on two phones.
        has_offer: Some of it does more than announce a change of number.
        is_private: All it has are one or two texts each between phones that talk with each other anyway.
        is_rare: As ``is_private``, and of all that the phones got from it hardly anything reads like an advert.
        is_singly: Its own phone is held, and shows that each wording went to a few alone.
        is_told_on: All it has are one or two texts, and one was passed on by somebody, as far as is shown.
        is_known_before: All it has are one or two texts each to phones that wrote with the sender for weeks before.
    """

    likely: Mapping[str, float]
    unlikely: Mapping[str, float]
    ordinary: tuple[float, ...]
    numbers: int
    is_landline: bool
    trade_names: int
    is_signed: bool
    copies: int
    recovered: int
    phones: int
    named: int
    receiving: int
    replies: int
    orders: int
    listed: int
    two_way: int
    days: int
    has_broadcast: bool
    has_offer: bool
    is_private: bool
    is_rare: bool
    is_singly: bool
    is_told_on: bool
    is_known_before: bool


def facts_of(
    group: LineGroup,
    evidence: Evidence,
    traffic: Mapping[str, Sequence[Edge]],
    bulk: BulkOf,
    device_of: Mapping[str, str],
) -> Facts:
    """Count what tells a line from others.

    Args:
        group: The spells.
        evidence: All that lines are made from.
        traffic: Edges of kind number, by number.
        bulk: What senders broadcast.
        device_of: Device by extraction.
    """
    then = {
        spell.place: [
            edge
            for edge in traffic.get(spell.sender, ())
            if edge.extraction_id in device_of and _is_then(group, spell, edge)
        ]
        for spell in group.spells
    }
    talking = {
        spell.place: {device_of[edge.extraction_id] for edge in then[spell.place] if edge.role in _TWO_WAY}.union(
            bulk.in_talk.get(spell.sender, ())
        )
        for spell in group.spells
    }
    written = {
        spell.place: sum(
            edge.count
            for edge in then[spell.place]
            if edge.role == Role.RECEIVED and device_of[edge.extraction_id] in spell.receiving
        )
        for spell in group.spells
    }
    public = [spell for spell in group.spells if not _is_private(spell, talking[spell.place], written[spell.place])]
    spells = public or list(group.spells)
    wordings = WordingFacts(spells, bulk.wordings, evidence.template_texts)
    listed: set[str] = set()
    orders: set[str] = set()
    for spell in spells:
        for device_id in spell.sending:
            parties = evidence.customers.get((device_id, spell.sender), frozenset())
            listed |= parties
            orders |= parties & evidence.talking.get(device_id, frozenset())
    receiving = {device_id for spell in spells for device_id in spell.receiving}
    days = {
        instant[:DAY_CHARS]
        for spell in spells
        for instant in bulk.flares_at.get(spell.sender, ())
        if spell.covers(instant, 0)
    }
    return Facts(
        likely=wordings.likely,
        unlikely=wordings.unlikely,
        ordinary=wordings.ordinary(),
        numbers=len(group.numbers),
        is_landline=bool(group.numbers) and all(_LANDLINE.match(number) for number in group.numbers),
        trade_names=phones_with_trade_names(
            (edge for number in group.numbers for edge in traffic.get(number, ())), device_of, group.forms
        ),
        is_signed=any(
            is_trade_name(advert.edge.label) for spell in spells for advert in spell.adverts if advert.edge.label
        ),
        copies=sum(spell.advert_count for spell in spells),
        recovered=sum(spell.recovered_count for spell in spells),
        phones=len({advert.device_id for spell in spells for advert in spell.adverts if not advert.is_recovered}),
        named=len(wordings.named),
        receiving=len(receiving),
        replies=len({device_id for spell in spells for device_id in talking[spell.place] & spell.receiving}),
        orders=len(orders),
        listed=len(listed),
        two_way=len(_writing((edge for spell in spells for edge in then[spell.place]), device_of) - receiving),
        days=len(days),
        has_broadcast=any(spell.is_broadcast for spell in spells),
        has_offer=any(spell.offer_count for spell in spells),
        is_private=not public,
        is_rare=not public and all(_is_rare(spell, written[spell.place]) for spell in spells),
        is_singly=not public and any(spell.sending for spell in spells),
        is_told_on=any(
            (spell.sender, template_id) in bulk.told_on for spell in group.spells for template_id in spell.template_ids
        ),
        is_known_before=all(spell.place in bulk.known_before for spell in group.spells),
    )


def _is_then(group: LineGroup, spell: Spell, edge: Edge) -> bool:
    return edge.first_at is None or group.uses_at(spell.sender, edge.first_at, edge.last_at)


def _writing(traffic: Iterable[Edge], device_of: Mapping[str, str]) -> set[str]:
    """Return the devices with texts to a number of the group and texts from it that are no adverts."""
    roles: dict[str, set[str]] = defaultdict(set)
    for edge in traffic:
        roles[device_of[edge.extraction_id]].add(edge.role)
    return {device_id for device_id, held in roles.items() if {Role.SENT, Role.RECEIVED} <= held}


def _is_private(spell: Spell, talking: Collection[str], written: int) -> bool:
    """Whether the spell is a few texts between phones that talk with each other anyway.

    A phone that sends adverts sends each wording to many, whatever it keeps of when.

    Args:
        spell: The spell.
        talking: Devices with texts or calls to the sender.
        written: Texts of the sender on the phones that got its adverts which are none.
    """
    if spell.is_broadcast or not (spell.receiving or spell.sending):
        return False
    people = len(spell.customers)
    is_to_few = people < SMALLEST_RECIPIENTS and spell.sent_count <= LineWeights.FEW_ADVERTS * people
    is_few_each = max(spell.sent_counts.values(), default=0) < LineWeights.FEW_OF_A_WORDING
    if (
        spell.sending
        and (is_to_few or is_few_each)
        and spell.advert_count - spell.recovered_count <= 2 * spell.sent_count
    ):
        # The sending phone shows every copy that is held: whether somebody answered makes no difference.
        return True
    if not spell.receiving <= set(talking):
        return False
    if spell.sending:
        return is_to_few or spell.sent_count < LineWeights.COPIES_OF_A_WORDING * len(spell.wordings)
    held = Counter[str]()
    for advert in spell.adverts:
        # what was taken for an advert beside others says nothing of those
        held[advert.device_id] += 0 if advert.is_recovered else advert.edge.count
    return max(held.values()) <= LineWeights.FEW_ADVERTS or sum(held.values()) < LineWeights.SHARE_OF_TALK * written


def _is_rare(spell: Spell, written: int) -> bool:
    """Whether the adverts of a spell are a few among very many texts to the same phones."""
    count = spell.advert_count - spell.sent_count - spell.recovered_count
    return 0 < count <= LineWeights.RARE_ADVERTS and count < LineWeights.RARE_SHARE * written


def evidence_of(facts: Facts) -> LineEvidence:
    """Weigh the facts."""
    terms = [term for term in _terms(facts) if term.weight]
    total = LineWeights.PRIOR + sum(term.weight for term in terms)
    against = against_trader(
        facts.likely, facts.unlikely, facts.ordinary, facts.numbers, facts.trade_names, is_signed=facts.is_signed
    )
    if against is not None:
        trade = _trade_term(facts, believed(total, against) - total)
        # what hardly weighs is no reason against a line, and would stand on the page as the strongest one
        if trade.weight <= LineWeights.LEAST_AGAINST:
            terms.append(trade)
            total += trade.weight
    return LineEvidence(terms=tuple(terms), probability=probability(total))


def _trade_term(facts: Facts, weight: float) -> Term:
    every = counted(len(facts.likely) + len(facts.unlikely), "wording")
    saved = f"{counted(facts.trade_names, 'phone')} saved its number under the name of a trade. "
    signed = "Its adverts bear the name of a trade. " if facts.is_signed else ""
    said = (
        f"Of {every} that it broadcast {len(facts.ordinary)} read like nothing of the kind"
        if facts.ordinary
        else f"Of {every} that it broadcast the analysis takes {len(facts.likely)} for adverts"
    )
    return Term(
        round(weight, 3), f"{saved if facts.trade_names else ''}{signed}{said}: a trader's customers answer too."
    )


def _terms(facts: Facts) -> Iterable[Term]:
    sure = sum(_wording_weight(score) for score in facts.likely.values())
    further = ""
    if facts.recovered:
        why = "counts as such by how it came or by its name in it"
        if facts.recovered > 1:
            why = "count as such by how they came or by its name in them"
        further = f" {counted(facts.recovered, 'further text')} {why}."
    yield Term(
        round(min(sure, LineWeights.WORDINGS_MOST), 3),
        f"The analysis takes {counted(len(facts.likely), 'wording')} of it for adverts, in "
        f"{counted(facts.copies - facts.recovered, 'message')} on {counted(facts.phones, 'phone')}.{further}",
    )
    every = len(facts.likely) + len(facts.unlikely)
    if len(facts.likely) < LineWeights.LEAST_SHARE * every:
        yield Term(
            LineWeights.FEW_OF_ITS_WORDINGS,
            f"Of {counted(every, 'wording')} that it broadcast the analysis takes {len(facts.likely)} for adverts.",
        )
    elif 2 * len(facts.likely) <= every:
        yield Term(
            LineWeights.HALF_OF_ITS_WORDINGS,
            f"Of {counted(every, 'wording')} that it broadcast the analysis takes {len(facts.likely)} for adverts.",
        )
    if _has_name(facts):
        yield Term(
            LineWeights.NAMED if facts.named > 1 else LineWeights.NAMED_ONCE,
            f"A name stands in {counted(facts.named, 'wording')} of it.",
        )
    yield from _answers(facts)
    if not facts.has_broadcast:
        yield Term(LineWeights.NO_BROADCAST, "Nothing on the phones shows that it went to many at once.")
    if facts.copies <= LineWeights.FEW_ADVERTS:
        yield Term(LineWeights.FEW, f"No more than {counted(facts.copies, 'message')} of it is on the phones held.")
    if facts.is_landline:
        yield Term(LineWeights.LANDLINE, "Its number is a landline's, from which shops and offices text.")
    if not facts.has_offer:
        yield Term(LineWeights.NO_OFFER, "All that it sent is that its number changes; people announce that too.")
    yield from _private(facts)


def _private(facts: Facts) -> Iterable[Term]:
    if facts.is_singly:
        yield Term(LineWeights.SINGLY, "Its own phone is held, and sent none of its wordings to more than a few.")
    elif facts.is_rare:
        yield Term(
            LineWeights.RARE,
            f"{counted(facts.copies, 'message')} that read like adverts stand among very many that do not, from "
            "somebody with whom the phones talk.",
        )
    elif facts.is_known_before:
        yield Term(
            LineWeights.KNOWN_BEFORE,
            "All there is are one or two texts each to phones that wrote with the sender for weeks before.",
        )
    elif facts.is_told_on:
        yield Term(
            LineWeights.TOLD_ON,
            "All there is are one or two texts, in words or under a name that others got from another number before: "
            "people pass adverts on.",
        )
    elif facts.is_private:
        yield Term(
            LineWeights.PRIVATE,
            "All there is are one or two texts each to phones that talk with the sender anyway.",
        )


def _answers(facts: Facts) -> Iterable[Term]:
    if _hardly_any_reply(facts):
        further = LineWeights.HARDLY_ANY_FURTHER * (facts.receiving - LineWeights.PHONES_THAT_REPLY)
        yield Term(
            round(max(LineWeights.HARDLY_ANY_REPLY + further, LineWeights.HARDLY_ANY_LEAST), 3),
            f"No more than {facts.replies} of {facts.receiving} phones that received its adverts text or call the "
            "sender: who buys from a line does.",
        )
        return
    if _is_silent(facts):
        few = f"{facts.orders} of {facts.listed} on its list write or talk with it, and " if facts.orders else ""
        further = LineWeights.SILENT_FURTHER * (facts.receiving - LineWeights.ENOUGH_PHONES)
        yield Term(
            round(max(LineWeights.SILENT + further, LineWeights.SILENT_LEAST), 3),
            f"{few}none of {facts.receiving} phones that received its adverts texts or calls the sender.".capitalize(),
        )
        return
    if facts.replies or (facts.orders and not _is_hardly_any(facts)):
        many = (facts.replies > 1 or facts.orders >= LineWeights.ENOUGH_ORDERS) and not facts.is_private
        yield Term(
            LineWeights.ORDERS if many else LineWeights.ONE_ORDER,
            f"{counted(facts.replies + facts.orders, 'recipient')} of its adverts text or call the sender too.",
        )
    elif facts.two_way:
        yield Term(
            LineWeights.TWO_WAY,
            f"{counted(facts.two_way, 'phone')} that received none of its adverts write with the sender both ways.",
        )
    is_public = facts.has_offer and not facts.is_private
    if _has_name(facts) and is_public and facts.days >= LineWeights.ENOUGH_DAYS:
        yield Term(LineWeights.REPEATED, f"Its offers came on {facts.days} days or more.")


def _has_name(facts: Facts) -> bool:
    """Whether a name stands in what reads like adverts.

    Where it does in one wording alone, on few days, nobody answers, and phones enough show that or the sender's other
    broadcasts are no adverts, that wording may be read amiss, and the name with it.
    """
    if facts.named != 1 or facts.days >= LineWeights.MANY_DAYS:
        return facts.named > 0
    is_answered = bool(
        (facts.replies and not _hardly_any_reply(facts))
        or facts.two_way
        or (facts.orders and not _is_hardly_any(facts))
    )
    return is_answered or not (_is_silent(facts) or len(facts.likely) <= len(facts.unlikely))


def _is_hardly_any(facts: Facts) -> bool:
    """Whether of a long list hardly anybody has to do with the sender but by its adverts."""
    return facts.orders < min(LineWeights.ENOUGH_ORDERS, LineWeights.ORDERS_SHARE * facts.listed)


def _hardly_any_reply(facts: Facts) -> bool:
    """Whether phones enough got its adverts, and few of them have to do with the sender, as with a shop of the town."""
    if not facts.replies or facts.receiving < LineWeights.PHONES_THAT_REPLY:
        return False
    is_few = facts.replies <= LineWeights.REPLIES_SHARE * facts.receiving
    return is_few and (not facts.orders or _is_hardly_any(facts))


def _is_silent(facts: Facts) -> bool:
    """Whether those who got its adverts are seen, and none of them has to do with it, or hardly any of a long list."""
    if facts.replies or facts.orders >= LineWeights.ENOUGH_ORDERS:
        return False
    if facts.orders:
        return _is_hardly_any(facts) and facts.receiving > 1
    return not facts.two_way and facts.receiving >= LineWeights.ENOUGH_PHONES


def _wording_weight(score: float) -> float:
    odds = log_odds(min(max(score, 0.01), 0.99))
    if odds < LineWeights.WORDING_SURE:
        odds -= LineWeights.WORDING_DOUBT
    return LineWeights.WORDING * min(max(odds, LineWeights.WORDING_LEAST), LineWeights.WORDING_MOST)
