"""Adverts of a list that does not say who sent them, exchanged with a number whose own phone is held.

That phone shows what it sent: where it sent none of these wordings, and broadcast no advert, the other one wrote them,
to one person. Whoever passes adverts on to a friend does so; no line is made of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from search.contract import Edge, Flare
from search.linkage.keys import NAME_PREFIX, SENT_ADVERT_ROLES, WITH_PREFIX, is_number


def number_of_either(key: str) -> str | None:
    """Return the number with which a text of no stated way was exchanged. None: the sender is shown otherwise."""
    name = key.split(":", 2)[2] if key.startswith(NAME_PREFIX) and key.count(":") > 1 else ""
    return name.removeprefix(WITH_PREFIX) if name.startswith(WITH_PREFIX) else None


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
        other = number_of_either(edge.key)
        if other is not None and held.get(other, set()) - {device_of.get(edge.extraction_id, "")}:
            wordings[edge.key].add(edge.other)
            number_of[edge.key] = other
        elif edge.role in SENT_ADVERT_ROLES:
            sent[edge.key].add(edge.other)
    broadcasting = {flare.sender for flare in flares if flare.direction == "sent" and flare.has_advert}
    return frozenset(
        key
        for key, number in number_of.items()
        if number not in broadcasting and wordings[key].isdisjoint(sent[number])
    )
