"""Whether a group of numbers is a deal line, or somebody else who texts many: evidence weighed in the open.

A church, a takeaway and a friend with a new number send bulk texts too, and some of them read like adverts. What tells
a line apart is taken together: how sure the analysis is of each of its wordings, and of how many; whether they carry
a name; whether its customers order from it; whether it was seen to send to many at all. One honest wording that reads
like an advert, or one text of a friend, is never enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from search.linkage.adverts.ordering import ORDER_SCORE, bounded_weight
from search.linkage.adverts.traders import against_trader, believed
from search.linkage.deal_lines.line_facts import Facts
from search.linkage.deal_lines.row_counts import AdvertCounts
from search.linkage.model import Term, TermKind
from search.linkage.phrases import counted
from search.linkage.weights import LineWeights, log_odds, probability


class LineEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """The evidence that a group is a line.

    Attributes:
        terms: What is for it and against it, the prior left out.
        probability: 0 to 1.
        wordings: How many different texts the analysis takes for adverts.
    """

    terms: tuple[Term, ...]
    probability: float
    wordings: int = 0


def evidence_of(facts: Facts) -> LineEvidence:
    """Weigh the facts."""
    terms = [term for term in _terms(facts) if term.weight]
    total = LineWeights.PRIOR + sum(term.weight for term in terms)
    against = against_trader(
        facts.likely,
        facts.unlikely,
        facts.ordinary,
        facts.numbers,
        facts.saved,
        facts.ordering,
        is_signed=facts.is_signed,
        silence=sum(term.weight for term in terms if term.kind is TermKind.ANSWERS and term.weight < 0.0),
    )
    if against is not None:
        trade = _trade_term(facts, believed(total, against) - total)
        # what hardly weighs is no reason against a line, and would stand on the page as the strongest one
        if trade.weight <= LineWeights.LEAST_AGAINST:
            terms.append(trade)
            total += trade.weight
    return LineEvidence(terms=tuple(terms), probability=probability(total), wordings=len(facts.likely))


def counted_in_rows(weighed: LineEvidence, counts: AdvertCounts) -> tuple[Term, ...]:
    """Return the terms with the messages and phones of the adverts as the rows of the line have them.

    What went to one phone alone is weighed, and is no advert of a row.
    """
    if not counts.read:
        return weighed.terms
    said = _wordings_sentence(weighed.wordings, counts.read, len(counts.phones), counts.further, counts.further_words())
    sentence = f"{said}{''.join(_unjoined(counts.unjoined))}"
    return tuple(
        msgspec.structs.replace(term, sentence=sentence) if term.kind is TermKind.WORDINGS else term
        for term in weighed.terms
    )


def _unjoined(counts: Mapping[str, int]) -> Iterable[str]:
    for number, count in counts.items():
        came = f"{number}, which is" if number else "a sender who is"
        yield f" {counted(count, 'more message')} of it came from {came} not joined to it."


def _wordings_sentence(wordings: int, messages: int, phones: int, further: int, on: str = "") -> str:
    """Return how many messages are adverts, and on how many phones; ``on``: further phones with some that count too."""
    more = ""
    if further:
        why = "counts as such by how it came or by its name in it"
        if further > 1:
            why = "count as such by how they came or by its name in them"
        more = f" {counted(further, 'further message')}{on} {why}."
    return (
        f"The analysis takes {_texts(wordings)} of it for adverts, in "
        f"{counted(messages, 'message')} on {counted(phones, 'phone')}.{more}"
    )


def _trade_term(facts: Facts, weight: float) -> Term:
    every = _texts(len(facts.likely) + len(facts.unlikely))
    none_other = ", none under another" if facts.saved.is_together else ""
    saved = f"{counted(facts.saved.trade, 'phone')} saved its number under the name of a trade{none_other}. "
    signed = "Its adverts bear the name of a trade. " if facts.is_signed else ""
    if facts.ordinary:
        of = f"{len(facts.ordinary)} of the {every}" if every != "1 text" else "The 1 text"
        do = "does" if len(facts.ordinary) == 1 else "do"
        said = f"{of} that it broadcast {do} not read like an advert for drugs"
    else:
        said = f"Of {every} that it broadcast the analysis takes {len(facts.likely)} for adverts"
    return Term(
        TermKind.TRADE,
        round(weight, 3),
        f"{saved if facts.saved.trade else ''}{signed}{said}; customers of an honest trader answer too.",
    )


def _texts(count: int) -> str:
    """Return a count of texts that differ; spellings and small changes of one wording differ too."""
    return "1 text" if count == 1 else counted(count, "different text")


def _terms(facts: Facts) -> Iterable[Term]:
    sure = sum(_wording_weight(score) for score in facts.likely.values())
    yield Term(
        TermKind.WORDINGS,
        round(min(sure, LineWeights.WORDINGS_MOST), 3),
        _wordings_sentence(len(facts.likely), facts.copies - facts.recovered, facts.phones, facts.recovered),
    )
    yield from _of_all_wordings(facts)
    if _has_name(facts):
        yield Term(
            TermKind.NAME,
            LineWeights.NAMED if facts.named > 1 else LineWeights.NAMED_ONCE,
            f"A name stands in {_texts(facts.named)} of it.",
        )
    yield from _answers(facts)
    yield from _orders(facts)
    if not facts.has_broadcast:
        yield Term(
            TermKind.BROADCAST, LineWeights.NO_BROADCAST, "Nothing on the phones shows that it went to many at once."
        )
    if facts.copies <= LineWeights.FEW_ADVERTS:
        yield Term(
            TermKind.COPIES,
            LineWeights.FEW,
            f"No more than {counted(facts.copies, 'message')} of it is on the phones held.",
        )
    if facts.is_landline:
        yield Term(
            TermKind.LANDLINE,
            LineWeights.LANDLINE,
            "Its number begins with +441, +442 or +443, from which shops and offices text.",
        )
    if not facts.has_offer:
        yield Term(
            TermKind.OFFER,
            LineWeights.NO_OFFER,
            "All that it sent is that its number changes; people announce that too.",
        )
    yield from _private(facts)


def _of_all_wordings(facts: Facts) -> Iterable[Term]:
    """Yield what is said by how few of the wordings that it broadcast read like adverts, and by how surely."""
    every = len(facts.likely) + len(facts.unlikely)
    if len(facts.likely) < LineWeights.LEAST_SHARE * every:
        yield Term(
            TermKind.SHARE,
            LineWeights.FEW_OF_ITS_WORDINGS,
            f"Of {_texts(every)} that it broadcast the analysis takes {len(facts.likely)} for adverts.",
        )
    elif 2 * len(facts.likely) <= every:
        yield Term(
            TermKind.SHARE,
            LineWeights.HALF_OF_ITS_WORDINGS,
            f"Of {_texts(every)} that it broadcast the analysis takes {len(facts.likely)} for adverts.",
        )
    if facts.likely and not any(_is_sure(score) for score in facts.likely.values()):
        of = f"None of {every} different texts" if every > 1 else "No text"
        yield Term(
            TermKind.SURENESS,
            round(max(LineWeights.NONE_SURE * every, LineWeights.NONE_SURE_LEAST), 3),
            f"{of} that it broadcast is surely an advert to the analysis.",
        )


def _private(facts: Facts) -> Iterable[Term]:
    is_ordered = facts.sure_orders.parties >= _enough_orders(facts)
    if _is_singly(facts):
        yield Term(
            TermKind.PRIVATE,
            LineWeights.SINGLY,
            "Its own phone is held, and sent none of its texts to more than a few.",
        )
    elif facts.is_rare:
        yield Term(
            TermKind.PRIVATE,
            LineWeights.RARE,
            f"{counted(facts.copies, 'message')} that read like adverts stand among very many that do not, from "
            "somebody with whom the phones talk.",
        )
    elif facts.is_known_before and not is_ordered:
        yield Term(
            TermKind.PRIVATE,
            LineWeights.KNOWN_BEFORE,
            "All there is are one or two texts each to phones that wrote to the sender, or had calls with it, for "
            "weeks before.",
        )
    elif facts.is_told_on:
        yield Term(
            TermKind.PRIVATE,
            LineWeights.TOLD_ON,
            "All there is are one or two texts of each number that read like adverts, in words or under a name that "
            "phones got before from a sender whom they show otherwise: people pass adverts on.",
        )
    elif facts.is_private:
        yield Term(
            TermKind.PRIVATE,
            LineWeights.PRIVATE,
            "All there is are one or two texts each to phones that talk with the sender anyway.",
        )
    elif _is_single(facts):
        yield Term(
            TermKind.PRIVATE,
            LineWeights.SINGLE,
            "One text on one phone alone reads like an advert, and the sender writes other texts to others.",
        )


def _is_singly(facts: Facts) -> bool:
    """Whether its own phone sent none of its texts to more than a few, and is no line's by who orders from it.

    Much is deleted on a line's phone now and then, and what is left is written by customers. Of somebody who takes
    drugs friends ask some among all else that they write, and who got what reads like his adverts does not.
    """
    if not facts.is_singly:
        return False
    is_ordered_by_listed = facts.ordering.ordering > 0 or not facts.ordering.writing
    return facts.sure_orders.parties < _enough_orders(facts) or not is_ordered_by_listed


def _is_single(facts: Facts) -> bool:
    return facts.copies - facts.recovered == 1 and bool(facts.two_way or facts.recovered)


def _answers(facts: Facts) -> Iterable[Term]:
    if _hardly_any_reply(facts):
        further = LineWeights.HARDLY_ANY_FURTHER * (facts.receiving - LineWeights.PHONES_THAT_REPLY)
        yield Term(
            TermKind.ANSWERS,
            round(max(LineWeights.HARDLY_ANY_REPLY + further, LineWeights.HARDLY_ANY_LEAST), 3),
            f"No more than {facts.replies} of {facts.receiving} phones that received its adverts "
            f"{_text_or_call(facts.replies)} the sender: of those on a line's list most do.",
        )
        return
    if _is_silent(facts):
        few = f"{facts.talking} of {facts.listed} on its list write or talk with it, and " if facts.talking else ""
        further = LineWeights.SILENT_FURTHER * (facts.receiving - LineWeights.ENOUGH_PHONES)
        yield Term(
            TermKind.ANSWERS,
            round(max(LineWeights.SILENT + further, LineWeights.SILENT_LEAST), 3),
            f"{few}none of {facts.receiving} phones that received its adverts texts or calls the sender.".capitalize(),
        )
        return
    if facts.replies or (facts.talking and not _is_hardly_any(facts)):
        # people write to a trader too: where several do and nobody orders, that they write says nothing
        is_for_a_line = facts.ordering.ordering or facts.ordering.writing <= 1
        many = (facts.replies > 1 or facts.talking >= LineWeights.ENOUGH_TALKING) and not facts.is_private
        yield Term(
            TermKind.ANSWERS,
            (LineWeights.TALKING if many else LineWeights.ONE_TALKS) if is_for_a_line else 0.0,
            f"{counted(facts.answering, 'recipient')} of its adverts {_text_or_call(facts.answering)} the sender too.",
        )
    elif facts.two_way and not facts.sure_orders.beside:
        yield Term(
            TermKind.TWO_WAY,
            LineWeights.TWO_WAY,
            f"{counted(facts.two_way, 'phone')} that received none of its adverts write with the sender both ways.",
        )
    # a shop repeats its offers too, and is read amiss in each: of those that are doubtful an answer is wanted
    is_told = facts.answering or facts.two_way or any(map(_is_sure, facts.likely.values()))
    is_public = facts.has_offer and not facts.is_private
    if _has_name(facts) and is_public and is_told and facts.days >= LineWeights.ENOUGH_DAYS:
        yield Term(
            TermKind.DAYS,
            LineWeights.REPEATED,
            f"Adverts stand on {facts.days} different days (broadcasts only).",
        )


def _orders(facts: Facts) -> Iterable[Term]:
    """Yield what those say who got its adverts and write to it; where few adverts are held, all who order."""
    sure = facts.sure_orders
    if sure.parties and (facts.is_private or facts.is_told_on or _is_single(facts)):
        some = "which" if sure.beside == sure.parties == 1 else f"{sure.beside if sure.beside > 1 else 'one'} of which"
        beside = f", {some} got none of its adverts," if sure.beside else ""
        yield Term(
            TermKind.ORDERS,
            round(min(sure.weight, _most_of_sure_orders(facts)), 3),
            f"{counted(sure.parties, 'party', 'parties')}{beside} wrote to it what surely reads like an order to a "
            "line.",
        )
        return
    writing, ordering, _ = facts.ordering
    if not writing:
        return
    wrote = (
        f"Of {counted(writing, 'recipient')} of its adverts that wrote to it {ordering} wrote what reads like an order "
        "to a line."
        if ordering
        else f"{counted(writing, 'recipient') if writing > 1 else 'One recipient'} wrote to it; none of those texts "
        f"reads like an order surely enough to count (from a score of {ORDER_SCORE})."
    )
    yield Term(TermKind.ORDERS, round(bounded_weight(facts.ordering), 3), wrote)


def _most_of_sure_orders(facts: Facts) -> float:
    sure = facts.sure_orders
    if _is_singly(facts):
        return LineWeights.ORDERED_BY_ONE
    if sure.parties == 1:
        # with the same phone that got the adverts it is one pair of people
        return LineWeights.ORDERED_BY_ANOTHER if sure.beside else LineWeights.ORDERED_BY_ONE
    beyond = sure.parties - _enough_orders(facts)
    if beyond < 0:
        return LineWeights.ORDERED_BY_ANOTHER
    return LineWeights.ORDERED_BY_TWO + LineWeights.ORDERED_FURTHER * beyond


def _enough_orders(facts: Facts) -> int:
    """Return how many must order: more than two, where one text alone reads like an advert, on one phone."""
    is_seconded = facts.copies - facts.recovered > 1 and (facts.phones > 1 or len(facts.likely) > 1)
    return 2 if is_seconded else 3


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
        or (facts.talking and not _is_hardly_any(facts))
    )
    return is_answered or not (_is_silent(facts) or len(facts.likely) <= len(facts.unlikely))


def _is_hardly_any(facts: Facts) -> bool:
    """Whether of a long list hardly anybody has to do with the sender but by its adverts."""
    return facts.talking < min(LineWeights.ENOUGH_TALKING, LineWeights.TALKING_SHARE * facts.listed)


def _hardly_any_reply(facts: Facts) -> bool:
    """Whether phones enough got its adverts, and few of them have to do with the sender, as with a shop of the town."""
    if not facts.replies or facts.receiving < LineWeights.PHONES_THAT_REPLY:
        return False
    is_few = facts.replies <= LineWeights.REPLIES_SHARE * facts.receiving
    return is_few and (not facts.talking or _is_hardly_any(facts))


def _is_silent(facts: Facts) -> bool:
    """Whether those who got its adverts are seen, and none of them has to do with it, or hardly any of a long list."""
    if facts.replies or facts.talking >= LineWeights.ENOUGH_TALKING:
        return False
    if facts.talking:
        return _is_hardly_any(facts) and facts.receiving > 1
    return not facts.two_way and facts.receiving >= LineWeights.ENOUGH_PHONES


def _odds(score: float) -> float:
    return log_odds(min(max(score, 0.01), 0.99))


def _is_sure(score: float) -> bool:
    return _odds(score) >= LineWeights.WORDING_SURE


def _wording_weight(score: float) -> float:
    odds = _odds(score)
    if odds < LineWeights.WORDING_SURE:
        odds -= LineWeights.WORDING_DOUBT
    return LineWeights.WORDING * min(max(odds, LineWeights.WORDING_LEAST), LineWeights.WORDING_MOST)


def _text_or_call(count: int) -> str:
    return "texts or calls" if count == 1 else "text or call"
