"""Which of a handset's numbers a broadcast came from, told by the name in it.

Of a handset that sends for two lines from two SIMs, phones that received a broadcast show its number. What none of them
holds has the number that the handset states, and so one line's adverts would stand under the other's number. Where the
broadcasts that are shown tie each name to one number, a broadcast that is not shown is from the number of its name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

import msgspec

from search.linkage.evidence import Evidence, sent_among
from search.linkage.keys import SENT_ADVERT_ROLES, fold_name, is_number
from search.linkage.senders import Evidenced

_SHOWN_OF_A_NAME: Final = 3
"""Broadcasts of a name that phones show, all from one number, from which it is tied to it."""

NamedNumbers = Mapping[str, Mapping[str, str]]
"""Number by folded name, by device."""


def named_numbers(evidence: Evidence) -> NamedNumbers:
    """Return the numbers of names on handsets that send from several, each name from one alone."""
    senders: dict[str, set[str]] = defaultdict(set)
    for device_id, _, sender in evidence.sent_flares:
        senders[device_id].add(sender)
    several = {device_id for device_id, held in senders.items() if len(held) > 1}
    if not several:
        return {}
    names = _names_of_wordings(evidence, several)
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for device_id, flare, _ in evidence.sent_flares:
        shown = evidence.shown.get(flare.flare_id)
        if shown is not None:
            for name in names.get((device_id, flare.template_id), ()):
                counts[device_id][name][shown.number] += 1
    found: dict[str, dict[str, str]] = {}
    for device_id, by_name in counts.items():
        tied = {
            name: next(iter(numbers))
            for name, numbers in by_name.items()
            if len(numbers) == 1 and numbers.total() >= _SHOWN_OF_A_NAME
        }
        if len(set(tied.values())) > 1 and all(map(is_number, tied.values())):
            found[device_id] = tied
    return found


def told_by_name(evidence: Evidence) -> Evidence:
    """Return the evidence with the numbers of names for adverts and broadcasts that no phone shows."""
    numbers = named_numbers(evidence)
    if not numbers:
        return evidence
    names = _names_of_wordings(evidence, numbers)
    sent_by: dict[tuple[str, str], str] = {}
    for (device_id, template_id), held in names.items():
        tied = {numbers[device_id][name] for name in held if name in numbers[device_id]}
        if len(tied) == 1:
            sent_by[device_id, template_id] = tied.pop()

    def told(edges: tuple[Evidenced, ...]) -> tuple[Evidenced, ...]:
        return tuple(
            msgspec.structs.replace(held, sender=number)
            if held.edge.role in SENT_ADVERT_ROLES
            and (number := numbers.get(held.device_id, {}).get(fold_name(held.edge.label))) is not None
            else held
            for held in edges
        )

    changed = {
        flare.flare_id: number
        for device_id, flare, sender in evidence.sent_flares
        if flare.flare_id not in evidence.shown
        and (number := sent_by.get((device_id, flare.template_id), sender)) != sender
    }
    flares = tuple((held, flare, changed.get(flare.flare_id, sender)) for held, flare, sender in evidence.flares)
    return msgspec.structs.replace(
        evidence,
        adverts=told(evidence.adverts),
        nicknames=told(evidence.nicknames),
        flares=flares,
        sent_flares=sent_among(flares),
        told_by_name=frozenset(changed),
    )


def _names_of_wordings(evidence: Evidence, devices: Mapping[str, object] | set[str]) -> dict[tuple[str, str], set[str]]:
    """Return the folded names in each wording that these devices sent."""
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for advert in evidence.adverts:
        if advert.device_id in devices and advert.edge.role in SENT_ADVERT_ROLES and advert.edge.label:
            names[advert.device_id, advert.edge.other].add(fold_name(advert.edge.label))
    return names
