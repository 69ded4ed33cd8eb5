"""Which number a handset sent from whose sent texts bear no time, where it has another SIM by now.

Some sources keep no time with what was sent, so that no minute tells which copies on other phones are of it. What the
handset sent went to phones that are held, though: where none of them, nor any other, has an advert from the number that
it states, and what it sent under its names stands on those of its list from one other number alone, that number's SIM
was in it when it sent them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import inf
from typing import Final

from search.contract import Edge
from search.linkage.attribution.own_numbers import Use
from search.linkage.keys import LISTED_ROLES, SENT_ADVERT_ROLES, fold_name, is_number

_PHONES: Final = 2
_WORDINGS: Final = 3
"""Phones on the list that hold what was sent from one other number, and wordings of it. Reasoned: two lines of one
template sign with names of their own, and who has adverts of both has some from each."""

_Said = tuple[str, str]
"""Wording and name."""


def numbers_of_undated(
    device_of: Mapping[str, str], adverts: Iterable[Edge], sent: Iterable[Edge], stated: Mapping[str, str]
) -> dict[str, tuple[Use, ...]]:
    """Return the numbers of handsets that sent undated adverts from another than they state; dated is the stated one.

    Args:
        device_of: Device by extraction.
        adverts: Edges of kind advert.
        sent: Edges of kind number of the extractions that sent adverts.
        stated: The one number that a device states, where it states one.
    """
    said: dict[str, set[_Said]] = defaultdict(set)
    came: dict[str, dict[_Said, set[str]]] = defaultdict(lambda: defaultdict(set))
    dated, senders = set[str](), set[str]()
    for edge in adverts:
        device_id = device_of.get(edge.extraction_id)
        if device_id is None:
            continue
        if edge.role in SENT_ADVERT_ROLES:
            said[device_id].add((edge.other, fold_name(edge.label)))
            if edge.first_at is not None:
                dated.add(device_id)
        else:
            came[device_id][edge.other, fold_name(edge.label)].add(edge.key)
            senders.add(edge.key)
    asked = {device_id for device_id in said.keys() - dated if stated.get(device_id, "") not in {"", *senders}}
    lists: dict[str, set[str]] = defaultdict(set)
    for edge in sent if asked else ():
        if edge.role in LISTED_ROLES and device_of.get(edge.extraction_id) in asked:
            lists[device_of[edge.extraction_id]].add(edge.key)
    found: dict[str, tuple[Use, ...]] = {}
    for device_id in sorted(asked):
        on_list = (held for phone, held in came.items() if phone != device_id and stated.get(phone) in lists[device_id])
        number = _number_of(said[device_id], on_list)
        if number is not None:
            found[device_id] = (Use(stated[device_id], inf), Use(number, None))
    return found


def _number_of(said: Iterable[_Said], on_list: Iterable[Mapping[_Said, Iterable[str]]]) -> str | None:
    """Return the one number from which phones on the list hold what a handset sent. None: several, or too little."""
    wordings: dict[str, set[_Said]] = defaultdict(set)
    phones = 0
    wanted = frozenset(said)
    for held in on_list:
        common = [(key, sender) for key in wanted.intersection(held) for sender in held[key]]
        phones += bool(common)
        for key, sender in common:
            wordings[sender].add(key)
    if len(wordings) != 1 or phones < _PHONES:
        return None
    ((number, keys),) = wordings.items()
    # what bears no name anybody may say
    is_enough = len(keys) >= _WORDINGS and any(name for _, name in keys)
    return number if is_number(number) and is_enough else None
