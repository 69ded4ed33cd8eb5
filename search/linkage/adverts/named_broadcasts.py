"""Broadcasts of senders that phones show by a name alone: a school's, a studio's, a chat's party in an exported chat.

A name is everybody's, so that it does not tell who sent. One text under one name on three phones in the same minutes is
a broadcast all the same, or two phones' where one of them shows that the sender bears that name for a number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from search.contract import Flare
from search.linkage.adverts.bulk_traces import PHONES_OF_A_SERVICE, PHONES_THAT_SHOW_IT, Copies, traces_of
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.said_edges import DAY_CHARS
from search.linkage.keys import Role, is_name, shown_sender


def named_traces(by_name: Iterable[Evidenced], wordings: Iterable[Evidenced]) -> Iterator[tuple[str, Flare]]:
    """Yield the received flares of such senders, each with its device, by name and wording.

    Args:
        by_name: Texts that are no adverts, of senders that phones show by a name alone.
        wordings: The same of all others.
    """
    held: dict[tuple[str, str], list[Evidenced]] = defaultdict(list)
    for copy in by_name:
        held[shown_sender(copy.edge.key), copy.edge.other].append(copy)
    bearing = {(name, key): list[Evidenced]() for name, key in held if is_name(name)}
    for copy in wordings:
        if (copy.edge.key, copy.edge.other) in bearing:
            bearing[copy.edge.key, copy.edge.other].append(copy)
    for key in sorted(held):
        of_service = bearing.get(key, [])
        every = [it for it in (*held[key], *of_service) if it.edge.first_at and it.edge.role != Role.RECEIVED_ANSWER]
        copies, fewest = Copies(every), PHONES_OF_A_SERVICE if of_service else PHONES_THAT_SHOW_IT
        for copy in every:
            if copies.is_on_many(copy, fewest):
                for flare in traces_of(copy.edge, copy.edge.label[DAY_CHARS + 1 :]):
                    yield copy.device_id, flare
