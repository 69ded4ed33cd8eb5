"""What reads nearly like an advert in a running talk with a line, whatever number of the line each part of it is with.

Who works for a line writes with each of its numbers, and with the last one little: the talk that tells his texts from
a customer's (``running_talk``) is known only where it is known which numbers are one line's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy

import msgspec

from search.contract import Edge
from search.linkage.adverts.running_talk import TALK_SHARE, TALK_TEXTS
from search.linkage.adverts.sure_orders import SURE_ORDER
from search.linkage.joining.groups import LineGroup
from search.linkage.keys import Role
from search.linkage.number_use.spells import Spell


def with_talk_of_lines(
    groups: Iterable[LineGroup], traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str]
) -> list[LineGroup]:
    """Return the groups, in which what stands in a running talk with several numbers of a line went to one phone.

    Args:
        groups: The groups of spells.
        traffic: Edges of kind number of their numbers, by number.
        device_of: Device by extraction.
    """
    return [_with_talk(group, traffic, device_of) if len(group.numbers) > 1 else group for group in groups]


def _with_talk(group: LineGroup, traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str]) -> LineGroup:
    doubted = _doubted(group)
    if not doubted:
        return group
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    ordering: set[str] = set()
    for number in group.numbers:
        for edge in traffic.get(number, ()):
            device_id = device_of.get(edge.extraction_id, "")
            if device_id in doubted and group.uses_at(number, edge.first_at, edge.last_at):
                texts[device_id][edge.role] += edge.count
                if edge.role == Role.SENT and edge.score >= SURE_ORDER:
                    ordering.add(device_id)
    alone = {
        template_id
        for device_id, held in doubted.items()
        if device_id not in ordering and _is_running(texts[device_id], sum(held.values()))
        for template_id in held
    }
    if not alone:
        return group
    return msgspec.structs.replace(group, spells=tuple(_to_one(spell, alone) for spell in group.spells))


def _doubted(group: LineGroup) -> dict[str, Counter[str]]:
    """Return the texts that the analysis takes for none, of phones that got nothing else of a line; by phone, wording.

    Nobody else got them.
    """
    devices_of: dict[str, set[str]] = defaultdict(set)
    nearly: dict[str, Counter[str]] = defaultdict(Counter)
    certain: set[str] = set()
    for spell in group.spells:
        for advert in spell.adverts:
            devices_of[advert.edge.other].add(advert.device_id)
            if spell.is_to_one(advert):
                continue
            if advert.is_recovered and advert.device_id in spell.receiving:
                nearly[advert.device_id][advert.edge.other] += advert.edge.count
            else:
                certain.add(advert.device_id)
    return {
        device_id: held
        for device_id, held in nearly.items()
        if device_id not in certain and all(len(devices_of[template_id]) == 1 for template_id in held)
    }


def _is_running(texts: Mapping[str, int], nearly: int) -> bool:
    return min(texts.get(Role.SENT, 0), texts.get(Role.RECEIVED, 0)) >= max(TALK_TEXTS, TALK_SHARE * nearly)


def _to_one(spell: Spell, template_ids: Iterable[str]) -> Spell:
    own = spell.template_ids.intersection(template_ids)
    if not own:
        return spell
    told = copy(spell)
    told.told_to_one |= own
    told.to_few |= own
    return told
