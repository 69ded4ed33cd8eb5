"""What happened to identities: a SIM in another handset, a number on another SIM, a handset read again.

Events, not links: they say what two readings show, whether or not a line is concerned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from parsers.records.ids import derived_id
from search.contract import ExtractionEntry
from search.linkage.attribution.evidence import DeviceFacts, own_numbers_of, sims_of
from search.linkage.instants import latest
from search.linkage.model import Event, Line, Relation
from search.linkage.phrases import counted


def find_events(devices: Mapping[str, DeviceFacts], lines: Sequence[Line]) -> list[Event]:
    """Return the events, by event id."""
    lines_of: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for row in line.devices:
            if row.relation is not Relation.MENTIONS_LINE:
                lines_of[row.device_id].add(line.line_id)
    events = [
        *_sims_moved(devices, lines_of),
        *_numbers_moved(devices, lines_of),
        *_read_again(devices, lines_of),
    ]
    return sorted(events, key=lambda event: event.event_id)


def _sims_moved(devices: Mapping[str, DeviceFacts], lines_of: Mapping[str, set[str]]) -> Iterable[Event]:
    holders: dict[str, list[DeviceFacts]] = defaultdict(list)
    for facts in devices.values():
        for sim in facts.sims:
            holders[sim].append(facts)
    told: set[tuple[str, ...]] = set()
    for sim in sorted(holders):  # an ICCID sorts before ``imsi:``; one card is one event
        held = sorted(holders[sim], key=lambda facts: facts.device_id)
        device_ids = tuple(facts.device_id for facts in held)
        if len(held) > 1 and not (sim.startswith("imsi:") and device_ids in told):
            told.add(device_ids)
            names = ", ".join(facts.label for facts in held)
            sentence = f"One SIM was read in or with {len(held)} devices: {names}."
            yield _event("sim_in_another_handset", sim, held, lines_of, sentence)


def _numbers_moved(devices: Mapping[str, DeviceFacts], lines_of: Mapping[str, set[str]]) -> Iterable[Event]:
    cards: dict[str, dict[str, list[DeviceFacts]]] = defaultdict(lambda: defaultdict(list))
    for facts in devices.values():
        for entry in facts.entries:
            numbers, card = own_numbers_of(entry), _one_card(entry)
            if len(numbers) == 1 and card is not None:
                cards[next(iter(numbers))][card].append(facts)
    for number in sorted(cards):
        if len(cards[number]) > 1:
            held = {facts.device_id: facts for found in cards[number].values() for facts in found}
            names = ", ".join(held[device_id].label for device_id in sorted(held))
            sentence = f"{number} is stated as the own number with {len(cards[number])} different SIMs, on {names}."
            yield _event("number_on_another_sim", number, [held[key] for key in sorted(held)], lines_of, sentence)


def _one_card(entry: ExtractionEntry) -> str | None:
    cards = sorted(sim for sim in sims_of(entry) if not sim.startswith("imsi:"))
    return cards[0] if len(cards) == 1 else None


def _read_again(devices: Mapping[str, DeviceFacts], lines_of: Mapping[str, set[str]]) -> Iterable[Event]:
    for device_id in sorted(devices):
        facts = devices[device_id]
        older = [entry for entry in facts.entries if entry.superseded_by is not None]
        if older:
            them, are = ("it", "is") if len(older) == 1 else ("them", "are")
            sentence = (
                f"{facts.label} was read in {counted(len(facts.entries), 'extraction')}: {len(older)} of them gave way "
                f"to another reading that covers {them}, and {are} kept."
            )
            value = ", ".join(sorted(entry.extraction_id for entry in older))
            yield _event("extracted_again", value, [facts], lines_of, sentence)


def _event(
    kind: str, value: str, held: Sequence[DeviceFacts], lines_of: Mapping[str, set[str]], sentence: str
) -> Event:
    device_ids = tuple(facts.device_id for facts in held)
    return Event(
        event_id=derived_id("ev", kind, value, *device_ids),
        kind=kind,
        at=_later_start(held) if len(held) > 1 else None,
        value=value,
        device_ids=device_ids,
        line_ids=tuple(sorted(set().union(*(lines_of.get(device_id, set()) for device_id in device_ids)))),
        sentence=sentence,
        record_ids=(),
    )


def _later_start(held: Sequence[DeviceFacts]) -> str | None:
    """Return when the last of the devices came into use, as its messages show; None where one has no dates."""
    starts = [facts.first_at for facts in held]
    return None if None in starts else latest(starts)
