"""With whom a handset wrote and talked while it had one of its numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from search.contract import Edge
from search.linkage.attribution.own_numbers import OwnNumbers
from search.linkage.keys import TRAFFIC_ROLES, Role


class Written(NamedTuple):
    """Texts of one party to another that are no adverts: how many, and the highest order score of them."""

    texts: int
    score: float


class NumberTalk(NamedTuple):
    """What a handset had to do with others while it had a number.

    Attributes:
        talking: Parties with one-to-one texts or calls.
        written_by: Parties whose texts it got, with what these come to.
    """

    talking: frozenset[str]
    written_by: Mapping[str, Written]


def both(one: Written | None, other: Written) -> Written:
    """Return what two lots of texts of one party come to."""
    return other if one is None else Written(one.texts + other.texts, max(one.score, other.score))


def talk_by_number(
    edges: Iterable[Edge], device_of: Mapping[str, str], own_device: Mapping[str, str], own: OwnNumbers
) -> dict[tuple[str, str], NumberTalk]:
    """Return the talk of each number of handsets that had several, by device and number.

    A text of a party counts with the number that the handset had when the party's first text or call came, and when
    its last one did; what is not dated with each of them.

    Args:
        edges: Edges of kind number of handsets that sent.
        device_of: Device by extraction.
        own_device: The one handset of a number, by number.
        own: Numbers that devices sent from.
    """
    talking: dict[tuple[str, str], set[str]] = defaultdict(set)
    written: dict[tuple[str, str], dict[str, Written]] = defaultdict(dict)
    for edge in edges:
        device_id = device_of.get(edge.extraction_id, "")
        if edge.role not in TRAFFIC_ROLES or not own.has_changed(device_id):
            continue
        party = own_device.get(edge.key, edge.key)
        ends = {own.at(device_id, at) for at in (edge.first_at, edge.last_at) if at is not None}
        for number in ends or own.numbers(device_id):
            if number is not None:
                talking[device_id, number].add(party)
                if edge.role == Role.RECEIVED:
                    held = written[device_id, number]
                    held[party] = both(held.get(party), Written(edge.count, edge.score))
    return {key: NumberTalk(frozenset(parties), written.get(key, {})) for key, parties in talking.items()}
