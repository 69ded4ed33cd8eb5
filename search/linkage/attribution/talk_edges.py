"""What one-to-one talk is read for further: wordings that several phones got, and those known from elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from search.contract import Edge, EdgeKind, Flare
from search.linkage.attribution.senders import Evidenced
from search.linkage.keys import is_name, is_named_alone, named_alone, sender_of_talk, shown_sender, talk_key


def talk_keys(
    shared: Collection[str], adverts: Iterable[Edge], wordings: Iterable[Edge], flares: Iterable[Flare]
) -> set[str]:
    """Return the keys of talk that may tell more of what is known: on several extractions, or in a known wording."""
    keys = {*shared, *_under_other_sign(shared), *(talk_key(edge.key, edge.other) for edge in (*adverts, *wordings))}
    return keys.union(
        talk_key(flare.sender, flare.template_id)
        for flare in flares
        if flare.direction == "sent" and flare.sender is not None
    )


def _under_other_sign(shared: Iterable[str]) -> Iterator[str]:
    """Yield, of senders that show a name for a number, the keys of phones that show it as a saved name, and back."""
    for key in shared:
        sender, _, template_id = key.rpartition(" ")
        if is_named_alone(sender):
            yield talk_key(shown_sender(sender), template_id)
        elif is_name(sender):
            yield talk_key(named_alone(sender), template_id)


def as_wordings(talk: Mapping[str, Iterable[Edge]], keys: set[str]) -> tuple[list[Edge], list[Edge]]:
    """Return the edges of kind talk of these keys, as edges of kind wording; those of names alone behind the others."""
    senders: dict[str, str] = {}
    found: list[Edge] = []
    named: list[Edge] = []
    for key in sorted(talk.keys() & keys):
        sender = sender_of_talk(key)
        # one text for one sender: it is compared and looked up by every stage
        sender = senders.setdefault(sender, sender)
        held = named if is_named_alone(sender) else found
        held += [msgspec.structs.replace(edge, kind=EdgeKind.WORDING, key=sender) for edge in talk[key]]
    return found, named


def said_by_name(edges: Iterable[Edge], device_of: Mapping[str, str]) -> tuple[Evidenced, ...]:
    """Return what senders said that phones show by a name alone, with the phones."""
    return tuple(
        Evidenced(edge, device_of[edge.extraction_id], edge.key) for edge in edges if edge.extraction_id in device_of
    )
