"""Broadcasts of senders that phones show by a name alone: a school's, a studio's, a chat's party in an exported chat.

A name is everybody's, so that it does not tell who sent. One text under one name on three phones in the same minutes is
a broadcast all the same, or two phones' where one of them shows that the sender bears that name for a number. What
people call their kin ("Mum") is another person's on every phone, and all of these wish a merry Christmas at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from search.contract import Flare
from search.linkage.adverts.bulk_traces import PHONES_OF_A_SERVICE, PHONES_THAT_SHOW_IT, Copies, traces_of
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.said_edges import DAY_CHARS
from search.linkage.keys import Role, is_name, shown_sender

_KIN: Final = frozenset(
    {
        "aunt", "auntie", "aunty", "babe", "baby", "bae", "boss", "bro", "brother", "cousin", "cuz", "dad", "daddy",
        "daughter", "father", "fella", "gaffer", "girlfriend", "boyfriend", "gf", "bf", "gran", "grandad", "grandma",
        "grandpa", "granny", "her", "him", "hubby", "husband", "landlord", "love", "ma", "mam", "mama", "mammy", "mate",
        "missus", "mom", "mother", "mum", "mummy", "nan", "nana", "nanna", "nanny", "pa", "papa", "pops", "sis",
        "sister", "son", "step", "stepdad", "stepmum", "uncle", "unc", "wife", "wifey", "neighbour",
    }
)  # fmt: skip
"""What people call their own: whose it is depends on whose phone it stands in."""
_BESIDE_KIN: Final = frozenset(
    {"big", "cell", "home", "house", "landline", "lil", "little", "mob", "mobile", "my", "new", "no", "num", "number",
     "old", "our", "phone", "the", "work", "x", "xx", "xxx", "and"}
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+")


def named_traces(by_name: Iterable[Evidenced], wordings: Iterable[Evidenced]) -> Iterator[tuple[str, Flare]]:
    """Yield the received flares of such senders, each with its device, by name and wording.

    Args:
        by_name: Texts that are no adverts, of senders that phones show by a name alone.
        wordings: The same of all others.
    """
    held: dict[tuple[str, str], list[Evidenced]] = defaultdict(list)
    for copy in by_name:
        if _is_kin(shown_sender(copy.edge.key)):
            continue
        held[shown_sender(copy.edge.key), copy.edge.other].append(copy)
    bearing = {(name, key): list[Evidenced]() for name, key in held if is_name(name)}
    for copy in wordings:
        if (copy.edge.key, copy.edge.other) in bearing:
            bearing[copy.edge.key, copy.edge.other].append(copy)
    for key in sorted(held):
        of_service = bearing.get(key, [])
        every = [it for it in (*held[key], *of_service) if it.edge.first_at and it.edge.role != Role.RECEIVED_ANSWER]
        copies = Copies(every)
        fewest = PHONES_OF_A_SERVICE if of_service and not copies.are_mostly_alone() else PHONES_THAT_SHOW_IT
        for copy in every:
            if copies.is_on_many(copy, fewest):
                for flare in traces_of(copy.edge, copy.edge.label[DAY_CHARS + 1 :]):
                    yield copy.device_id, flare


def _is_kin(name: str) -> bool:
    """Whether a name says no more than what somebody is to the phone's holder: "Mum new mob"."""
    words = set(_WORD.findall(name.casefold()))
    return not words.isdisjoint(_KIN) and words <= _KIN | _BESIDE_KIN
