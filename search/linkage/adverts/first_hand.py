"""What senders wrote to many in words of their own: the evidence without orders, hearsay, echoes and other holders.

Each step looks at what the ones before left, and the order counts: what was passed on is told by what is no order, a
friend who gives a line's number by what nobody passed on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from search.linkage.adverts.echoes import echoes, suppressed_echoes, without_echoes, wordings_echoed
from search.linkage.adverts.forwarded import (
    passed_on,
    resent_adverts,
    suppressed_passed_on,
    without_passed_on,
    without_resent,
    wordings_passed_on,
)
from search.linkage.adverts.given_numbers import given_numbers, suppressed_given
from search.linkage.adverts.held_otherwise import suppressed_other_holders, without_other_holders
from search.linkage.adverts.known_names import with_known_names
from search.linkage.adverts.late_holders import late_holders
from search.linkage.adverts.orders import orders_to_lines, without_orders
from search.linkage.adverts.other_holders import OtherHolder, other_holders
from search.linkage.adverts.passed_changes import passed_changes, without_passed_changes
from search.linkage.adverts.relayed_changes import relayed_changes, suppressed_relayed, without_tellers
from search.linkage.adverts.third_person import told_of_others
from search.linkage.attribution.evidence import Evidence
from search.linkage.kept import Kept
from search.linkage.model import Suppressed
from search.linkage.number_use.told_by_name import told_by_name

Wordings = frozenset[tuple[str, str]]
"""Senders and template ids."""


class FirstHand(msgspec.Struct, frozen=True, kw_only=True):
    """The evidence of which lines are made, and what was taken out of it.

    Attributes:
        evidence: Without all of the below.
        orders: Orders to a line.
        passed: What was passed on to few.
        echoed: What was written before or after a broadcast in its words.
        changes: Changes of number that somebody passed on.
        given: Numbers of lines that a friend gave.
        tellers: Those who told a line's customers its new number, with the devices that hold it.
        left_out: Why each of these numbers is no line's for that.
    """

    evidence: Evidence
    orders: Wordings
    passed: Wordings
    echoed: Wordings
    changes: Wordings
    given: Wordings
    tellers: Mapping[str, frozenset[str]]
    left_out: tuple[Suppressed, ...]


def _with_holders(evidence: Evidence, others: Sequence[OtherHolder]) -> Evidence:
    """Return the evidence without what other holders of numbers sent, and with who first shows one late."""
    held = without_other_holders(evidence, others)
    late = late_holders(held, {(holder.sender, holder.device_id) for holder in others})
    return msgspec.structs.replace(held, late_holders=late) if late else held


def first_hand(shown: Evidence, kept: Kept | None = None) -> FirstHand:
    """Take out of the evidence what is nobody's own broadcast.

    Args:
        shown: The evidence with senders as phones show them.
        kept: What was made before. None: nothing.
    """
    orders = orders_to_lines(shown)
    held = without_orders(shown, orders)
    passed = passed_on(held)
    first_told = without_passed_on(held, passed)
    changes = passed_changes(first_told) | told_of_others(first_told)
    own_words = without_passed_changes(first_told, changes)
    given = given_numbers(own_words)
    relayed = relayed_changes(own_words, {sender for sender, _ in given})
    few = without_tellers(without_passed_changes(own_words, given), relayed)
    own = without_resent(few, resent_adverts(few))
    repeated = echoes(own)
    unechoed = without_echoes(own, repeated)
    others = other_holders(unechoed)
    # names that are known from other wordings by now say of more broadcasts which number they came from
    evidence = told_by_name(with_known_names(_with_holders(unechoed, others), kept))
    return FirstHand(
        evidence=evidence,
        orders=orders,
        passed=wordings_passed_on(passed),
        echoed=wordings_echoed(repeated),
        changes=changes,
        given=given,
        tellers=relayed,
        left_out=(
            *suppressed_passed_on(passed, evidence),
            *suppressed_given(given, own_words),
            *suppressed_relayed(relayed),
            *suppressed_echoes(repeated, evidence),
            *suppressed_other_holders(others, evidence),
        ),
    )
