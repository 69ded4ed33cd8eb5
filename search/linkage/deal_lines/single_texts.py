"""Single private texts that a phone got from several numbers of one line: together they are one-to-one traffic.

Of one number a single text beside broadcasts may be another of these, that no other phone held shows, so that two are
asked for. Who follows a line from number to number has one of each: "no tick" from the old one, "yh" from the next.
"""

from __future__ import annotations

from typing import Final

from search.contract import Edge
from search.linkage.deal_lines.private_texts import Private
from search.linkage.deal_lines.relation_rows import RelationRows
from search.linkage.instants import days_between, latest
from search.linkage.joining.groups import LineGroup
from search.linkage.keys import Role
from search.linkage.model import Relation

_LEAST_NUMBERS: Final = 2
_DAYS_BEFORE: Final = 1.0
"""Before the first advert that is held of a number: a line writes from a new one before it sends to all. What comes
after the last one may be of the police."""

SingleTexts = dict[str, list[tuple[str, list[Edge]]]]
"""By device the numbers of a line of which it has private texts, too few to be one-to-one traffic, and these."""


def received_about(group: LineGroup, number: str, private: Private) -> list[Edge]:
    """Return the private texts that came from a number while the line used it, or on the day before that.

    Args:
        group: The line.
        number: Its number.
        private: Traffic of a device with it, without what went to many.
    """
    ended = latest(spell.used_until for spell in group.spells_of(number))
    return [
        edge
        for edge in private.edges
        if private.is_dated
        and edge.role == Role.RECEIVED
        and edge.first_at is not None
        and edge.last_at is not None
        and ended is not None
        and days_between(edge.last_at, ended) >= 0
        and group.days_from_use(number, edge.first_at, edge.last_at) <= _DAYS_BEFORE
    ]


def add_single(single: SingleTexts, rows: RelationRows) -> None:
    """Add as contacts the devices that got private texts from several numbers, and adverts: it makes no member."""
    for device_id, held in single.items():
        if len(held) >= _LEAST_NUMBERS and rows.has(device_id, Relation.RECEIVED_ADVERTS):
            for number, edges in held:
                rows.add(device_id, Relation.CONTACT_OF_LINE, number, edges)
