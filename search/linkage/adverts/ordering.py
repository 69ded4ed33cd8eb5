"""Of those who got adverts of a group of numbers and write to it, who orders from it.

Customers of a trader write back too; what they ask tells him from a line. A phone counts, not a text: whoever writes
much would speak for many. How surely a text is an order is its words' alone (``nlp.adverts.order_model``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import fsum, log
from typing import Final, NamedTuple

from nlp.adverts.order_score import ORDER_SCORE as COUNTS_FROM
from search.contract import Edge
from search.linkage.attribution.number_talk import Written, both
from search.linkage.attribution.own_talk import Talk
from search.linkage.keys import Role
from search.linkage.number_use.spells import Spell
from search.linkage.weights import LineWeights

ORDER_SCORE: Final = COUNTS_FROM
"""Of a text, from which on it counts for an order."""

_OF_A_CUSTOMER: Final = 0.3
_OF_OTHERS: Final = 0.06
"""How often a text reaches that score, of a line's customer and of a trader's: of those of a batch that nothing was
trained on, most of them without a word of the trade, 23 and 4 in a hundred; of another maker's worlds 42 and 5; rounded
towards each other."""
_NEARLY_AN_ORDER: Final = 0.7
"""Of a text, from which on it is nearly an order ("4 of each", "u about"), and speaks neither way where its writer is
the only one, or somebody orders: of the batches for test 15 in a hundred texts of customers to a line lie between the
two scores, 4 of customers to traders, 1 of friends."""
_TEXTS_THAT_TELL: Final = 5
"""Texts of one phone beyond which further ones say nothing: people write the same again."""
_FEWEST_ORDERING: Final = 3
"""People who order of a phone, half of all who write to it at least, for its number to be the line's still. Reasoned:
whoever got it anew writes with people of his own, beside the line's customers who ask on."""


FEW_ORDERING: Final = 2
"""People who order of a phone that told others that they have the wrong number, or first shows a line's number late,
for it to be the line's: a friend writes now and then what reads like an order."""


class Ordering(NamedTuple):
    """How many write to a group, and how many of these order.

    Attributes:
        writing: Phones and parties that got its adverts and text it.
        ordering: Those of whose texts one reads like an order.
        weight: What that says for a line, or against it: natural logarithm of the likelihood ratio, all phones taken
            together, without bounds.
    """

    writing: int
    ordering: int
    weight: float


class PhoneList(NamedTuple):
    """Who is on the list of a phone that sent adverts, and what its parties have to do with it.

    Attributes:
        listed: Parties that got its adverts from one of its numbers.
        talking: Parties that it has one-to-one texts or calls with.
        written_by: Parties whose texts it got, with what these come to.
    """

    listed: frozenset[str]
    talking: frozenset[str]
    written_by: Mapping[str, Written]


NOBODY: Final = Ordering(0, 0, 0.0)


def ordering_of(
    spells: Iterable[Spell],
    lists: Mapping[tuple[str, str], PhoneList],
    traffic: Mapping[int, Sequence[Edge]],
    device_of: Mapping[str, str],
) -> Ordering:
    """Count who writes and who orders, on the phones that got adverts and on those that sent them.

    Args:
        spells: The spells of the group.
        lists: Of the phones that sent their adverts, by phone and sender.
        traffic: Edges of kind number of each spell's sender in its time, by the spell's place.
        device_of: Device by extraction.
    """
    written: dict[str, Written] = {}
    for spell in spells:
        for edge in traffic[spell.place]:
            device_id = device_of[edge.extraction_id]
            if edge.role == Role.SENT and device_id in spell.receiving:
                written[device_id] = both(written.get(device_id), Written(edge.count, edge.score))
        for device_id in spell.sending:
            phone = lists[device_id, spell.sender]
            for party, texts in phone.written_by.items():
                if party in phone.listed:
                    written[party] = both(written.get(party), texts)
    # of several who write to a line one orders: where none does, what is nearly an order is none
    is_ordered = len(written) == 1 or any(texts.score >= ORDER_SCORE for texts in written.values())
    weights = [_weight(texts if is_ordered else Written(texts.texts, 0.0)) for texts in written.values()]
    return Ordering(len(weights), sum(weight > 0.0 for weight in weights), fsum(weights))


def _weight(texts: Written) -> float:
    """Return the log-likelihood ratio of one party's texts: of one that orders in any of them, nearly, or in none."""
    count = min(texts.texts, _TEXTS_THAT_TELL)
    none_of_customer, none_of_others = (1.0 - _OF_A_CUSTOMER) ** count, (1.0 - _OF_OTHERS) ** count
    if texts.score >= ORDER_SCORE:
        return log((1.0 - none_of_customer) / (1.0 - none_of_others))
    return 0.0 if texts.score >= _NEARLY_AN_ORDER else log(none_of_customer / none_of_others)


def bounded_weight(ordering: Ordering) -> float:
    """Return what the orders to a sender say, within bounds that widen with those who order, or with those who do not.

    What one party wrote may be misread, and whoever writes to a trader may ask for what he has.
    """
    if ordering.ordering:
        least, further = LineWeights.ORDERING_LEAST, LineWeights.ORDERING_FURTHER * max(ordering.ordering - 2, 0)
        most = min(LineWeights.ORDERING_MOST + further, LineWeights.ORDERING_MANY_MOST)
    else:
        beyond = max(ordering.writing - LineWeights.ORDERING_NONE_ENOUGH, 0)
        least = LineWeights.ORDERING_LEAST + LineWeights.ORDERING_NONE_FURTHER * beyond
        least, most = max(least, LineWeights.ORDERING_NONE_LEAST), 0.0
    return min(max(ordering.weight, least), most)


def ordering_parties(talk: Iterable[Talk]) -> frozenset[str]:
    """Return those of whose texts to a phone one reads like an order."""
    return frozenset(each.party for each in talk if not each.is_sent and each.order_score >= ORDER_SCORE)


def is_ordered_from(talk: Collection[Talk], *, fewest: int = _FEWEST_ORDERING) -> bool:
    """Whether those who write to a phone order of it: a line's card that was put into another handset.

    Args:
        talk: Its texts and calls with each party (``Evidence.own_talk``).
        fewest: How many must order, and half of those who write to it at least.
    """
    wrote = {each.party for each in talk if not each.is_sent and not each.is_call}
    ordering = ordering_parties(talk)
    return len(ordering) >= fewest and 2 * len(ordering) >= len(wrote)
