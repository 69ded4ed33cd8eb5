"""What one-to-one talk is read for further: wordings that several phones got, and those known from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from search.contract import Edge, EdgeKind, Flare
from search.linkage.keys import sender_of_talk, talk_key


def talk_keys(
    shared: Iterable[str], adverts: Iterable[Edge], wordings: Iterable[Edge], flares: Iterable[Flare]
) -> set[str]:
    """Return the keys of talk that may tell more of what is known: on several extractions, or in a known wording."""
    keys = {*shared, *(talk_key(edge.key, edge.other) for edge in (*adverts, *wordings))}
    return keys.union(
        talk_key(flare.sender, flare.template_id)
        for flare in flares
        if flare.direction == "sent" and flare.sender is not None
    )


def as_wordings(talk: Mapping[str, Iterable[Edge]], keys: set[str]) -> list[Edge]:
    """Return the edges of kind talk of these keys, as edges of kind wording."""
    senders: dict[str, str] = {}
    found = []
    for key in sorted(talk.keys() & keys):
        sender = sender_of_talk(key)
        # one text for one sender: it is compared and looked up by every stage
        sender = senders.setdefault(sender, sender)
        found += [msgspec.structs.replace(edge, kind=EdgeKind.WORDING, key=sender) for edge in talk[key]]
    return found
