"""Adverts of a list that does not say who sent them, exchanged with a number whose own phone is held.

That phone shows what it sent: where it sent none of these wordings, and broadcast no advert, the other one wrote them,
to one person. Whoever passes adverts on to a friend does so; no line is made of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from search.contract import Edge, Flare
from search.linkage.extraction.flare_rows import SENT
from search.linkage.keys import SENT_ADVERT_ROLES, is_number, number_exchanged_with, shown_sender


def advert_broadcasters(flares: Iterable[Flare]) -> frozenset[str | None]:
    """Return the senders who broadcast adverts from phones held."""
    return frozenset(flare.sender for flare in flares if flare.direction == SENT and flare.has_advert)


def passed_to_held(
    adverts: Iterable[Edge],
    flares: Iterable[Flare],
    own_numbers: Mapping[str, Iterable[str]],
    device_of: Mapping[str, str],
) -> frozenset[str]:
    """Return the keys of senders whose adverts went to the number, and did not come from it.

    Args:
        adverts: Edges of kind advert.
        flares: All flares.
        own_numbers: By device.
        device_of: Device by extraction.
    """
    held: dict[str, set[str]] = defaultdict(set)
    for device_id, numbers in own_numbers.items():
        for number in filter(is_number, numbers):
            held[number].add(device_id)
    wordings: dict[str, set[str]] = defaultdict(set)
    number_of: dict[str, str] = {}
    sent: dict[str, set[str]] = defaultdict(set)
    for edge in adverts:
        other = number_exchanged_with(shown_sender(edge.key))
        if other is not None and held.get(other, set()) - {device_of.get(edge.extraction_id, "")}:
            wordings[edge.key].add(edge.other)
            number_of[edge.key] = other
        elif edge.role in SENT_ADVERT_ROLES:
            sent[edge.key].add(edge.other)
    broadcasting = advert_broadcasters(flares)
    return frozenset(
        key
        for key, number in number_of.items()
        if number not in broadcasting and wordings[key].isdisjoint(sent[number])
    )
