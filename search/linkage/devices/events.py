"""What happened to identities: a SIM in another handset, a number on another SIM, a handset read again.

Events, not links: they say what two readings show, whether or not a line is concerned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from parsers.records.ids import derived_id
from search.contract import ExtractionEntry
from search.linkage.attribution.evidence import DeviceFacts, own_numbers_of, sims_of
from search.linkage.instants import periods_touch
from search.linkage.model import Event, Line, LineNumber, Mention, Relation
from search.linkage.phrases import counted, day_of

HELD_AT_ANOTHER_TIME: Final = "number_held_at_another_time"
"""That a phone has a line's number as its own, and was in use at another time: told at the number of the line. It is no
kind of event of the report's contract."""


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
    told = {(event.value, device_id) for event in events for device_id in event.device_ids}
    events += _held_at_another_time(devices, lines, told)
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
            words = (_word_alone(held[device_id], number) for device_id in sorted(held))
            sentence = f"{number} is stated as the own number with {len(cards[number])} different SIMs, on {names}."
            sentence = " ".join([sentence, *filter(None, words)])
            yield _event("number_on_another_sim", number, [held[key] for key in sorted(held)], lines_of, sentence)


def by_word_alone(devices: Mapping[str, DeviceFacts]) -> frozenset[str]:
    """Return the extractions of which a person's word alone states the own number."""
    entries = (entry for facts in devices.values() for entry in facts.entries)
    return frozenset(entry.extraction_id for entry in entries if _is_by_word(entry))


def _is_by_word(entry: ExtractionEntry) -> bool:
    return entry.is_number_corrected or entry.is_number_of_submitter


def _word_alone(facts: DeviceFacts, number: str) -> str:
    """Return whose word it is alone that a device has a number, where no extraction of it states that; else nothing."""
    stating = [entry for entry in facts.entries if number in own_numbers_of(entry)]
    if not all(map(_is_by_word, stating)):
        return ""
    if any(entry.is_number_corrected for entry in stating):
        return f"Of {facts.label} a person said so who corrected it: nothing that was read of it states the number."
    return f"Of {facts.label} the submitter alone says so: nothing that was read of it states the number."


def _held_at_another_time(
    devices: Mapping[str, DeviceFacts], lines: Iterable[Line], told: Collection[tuple[str, str]]
) -> Iterable[Event]:
    """Yield that a phone states a line's number as its own and was in use at another time than the line's use of it.

    A number is given out again. ``told``: numbers and devices of which an event says that a card has them.
    """
    found: dict[tuple[str, str], dict[str, LineNumber]] = defaultdict(dict)
    for line in lines:
        for row in line.devices:
            for held in line.numbers if Mention.OWN_NUMBER in row.mentions else ():
                place, facts = (held.number, row.device_id), devices[row.device_id]
                is_own = held.number in row.numbers and held.number in facts.own_numbers
                if is_own and place not in told and not _is_then(facts, held.number, line):
                    found[place][line.line_id] = held
    for (number, device_id), uses in sorted(found.items(), key=lambda item: item[0]):
        facts = devices[device_id]
        if facts.first_at is None or facts.last_at is None:
            continue
        use = next(iter(uses.values()))
        sentence = (
            f"{number}, in use by the line from {day_of(use.first_seen_at)} to {day_of(use.last_seen_at)}, is stated "
            f"as the own number of {facts.label}, whose messages are of {day_of(facts.first_at)} to "
            f"{day_of(facts.last_at)}: numbers are given out again, and nothing shows that phone to be with the line."
        )
        event = _event(HELD_AT_ANOTHER_TIME, number, [facts], {device_id: set(uses)}, sentence)
        stated = facts.stated_in.get(number, ())
        yield msgspec.structs.replace(event, at=facts.first_at, record_ids=stated)


def _is_then(facts: DeviceFacts, number: str, line: Line) -> bool:
    """Whether the phone was in use in a part of the line's use of the number."""
    return any(
        periods_touch((held.first_seen_at, held.last_seen_at), (facts.first_at, facts.last_at), 0)
        for held in line.numbers
        if held.number == number
    )


def with_later_holders(lines: Iterable[Line], events: Iterable[Event]) -> tuple[Line, ...]:
    """Return the lines, their numbers with what is known of phones that have them at another time, with records."""
    said: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.kind == HELD_AT_ANOTHER_TIME:
            for line_id in event.line_ids:
                said[line_id, event.value].append(event)
    return tuple(
        msgspec.structs.replace(
            line,
            numbers=tuple(_with_events(number, said.get((line.line_id, number.number), ())) for number in line.numbers),
        )
        if any((line.line_id, number.number) in said for number in line.numbers)
        else line
        for line in lines
    )


def told_of_devices(events: Iterable[Event]) -> Iterable[Event]:
    """Return the events that the report lists as such."""
    return (event for event in events if event.kind != HELD_AT_ANOTHER_TIME)


def _with_events(number: LineNumber, events: Sequence[Event]) -> LineNumber:
    basis = (f"{event.sentence} See {' '.join(event.record_ids[:2])}." if event.record_ids else event.sentence
             for event in events)  # fmt: skip
    return msgspec.structs.replace(number, basis=(*number.basis, *basis))


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
        at=_begun_after_others(held) if len(held) > 1 else None,
        value=value,
        device_ids=device_ids,
        line_ids=tuple(sorted(set().union(*(lines_of.get(device_id, set()) for device_id in device_ids)))),
        sentence=sentence,
        record_ids=(),
    )


def _begun_after_others(held: Sequence[DeviceFacts]) -> str | None:
    """Return when the last of the devices came into use, where its messages begin after those of all others ended.

    None where two were in use beside each other, since nothing tells when the card or the number went from one to the
    other, and where one has no dated message.
    """
    spans = sorted((facts.first_at, facts.last_at) for facts in held if facts.first_at and facts.last_at)
    if len(spans) < len(held):
        return None
    (*earlier, (begun, _)) = spans
    return begun if all(last < begun for _, last in earlier) else None
