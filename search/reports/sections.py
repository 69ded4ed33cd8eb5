"""The sections of the linkage report, each from what linkage states to the shape of the report's contract."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from search.contract import Edge, ExtractionEntry, TemplateEntry
from search.linkage.attribution.evidence import own_numbers_of
from search.linkage.counting_order import counting_order
from search.linkage.decisions import DecisionOutcome
from search.linkage.instants import earliest, latest
from search.linkage.keys import fold_name
from search.linkage.model import (
    ClockShift,
    Event,
    FlareLeftOut,
    Line,
    Link,
    PlacedFlare,
    Relation,
    Suppressed,
    Traffic,
)
from search.reports.decision_sections import line_verdict_section, verdict_section
from search.reports.failed_adverts import failed_count
from search.reports.last_seen import last_used
from search.reports.line_texts import LineTexts
from search.reports.shown_clocks import clock_sentences, with_flares
from search.template_groups import TemplateGroups

EXAMPLES_A_TEMPLATE = 5

Section = dict[str, object]


def extraction_section(entry: ExtractionEntry) -> Section:
    """Return one extraction: where it comes from, what was read, what was noticed."""
    return {
        "extraction_id": entry.extraction_id,
        "file_name": entry.file_name,
        "sha256": entry.sha256,
        "size_bytes": entry.size_bytes,
        "format": entry.format,
        "tool": entry.tool,
        "tool_version": entry.tool_version,
        "case_ref": entry.case_ref,
        "exhibit_ref": entry.exhibit_ref,
        "device_id": entry.device_id,
        "part_kind": entry.part_kind,
        "make": entry.make,
        "model": entry.model,
        "state": "superseded" if entry.superseded_by is not None else entry.state,
        "superseded_by": entry.superseded_by,
        "tally": {element: dict(entry.tally[element]) for element in sorted(entry.tally)},
        "notices": [dict(notice) for notice in sorted(entry.notices, key=_notice_order)],
    }


def _notice_order(notice: Mapping[str, object]) -> tuple[str, str, str]:
    return (str(notice.get("code")), str(notice.get("sentence")), str(notice.get("first_locator")))


def device_section(
    device_id: str,
    entries: Sequence[ExtractionEntry],
    traffic: Traffic,
    shown: Sequence[tuple[ClockShift, int]] = (),
    *,
    in_scope: bool,
) -> Section:
    """Return one device with its identifiers, its counts and what its traffic looks like.

    ``shown``: what its broadcasts show of its clocks.
    """
    first_at = earliest(entry.first_message_at for entry in entries)
    numbers = frozenset().union(*(own_numbers_of(entry) for entry in entries))
    return {
        "device_id": device_id,
        "exhibit_refs": sorted({entry.exhibit_ref for entry in entries if entry.exhibit_ref}, key=counting_order),
        "case_refs": sorted({entry.case_ref for entry in entries if entry.case_ref}),
        "extraction_ids": sorted(entry.extraction_id for entry in entries),
        "in_scope": in_scope,
        "make": next((entry.make for entry in entries if entry.make), None),
        "model": next((entry.model for entry in entries if entry.model), None),
        "imei": sorted({key for entry in entries for key in entry.imei}),
        "iccid": sorted({key for entry in entries for key in entry.iccid}),
        "imsi": sorted({key for entry in entries for key in entry.imsi}),
        "msisdn": sorted(numbers),
        **_words_on_numbers(entries),
        "message_count": sum(entry.message_count - entry.skipped_counts.get("message", 0) for entry in entries),
        "call_count": sum(entry.call_count - entry.skipped_counts.get("call", 0) for entry in entries),
        "contact_count": sum(entry.contact_count - entry.skipped_counts.get("contact", 0) for entry in entries),
        "first_message_at": first_at,
        "last_message_at": latest(entry.last_message_at for entry in entries),
        "traffic": {
            "kind": traffic.kind,
            "reasons": [*traffic.reasons, *clock_sentences(traffic.clocks, shown, first_at)],
        },
        "same_messages": [msgspec.to_builtins(held) for held in traffic.same_messages],
        "wrong_clocks": [
            {
                "extraction_id": clock.extraction_id,
                "shift_seconds": clock.seconds,
                "is_of_received": clock.is_of_received,
            }
            for clock in with_flares(traffic.clocks, shown)
        ],
    }


def _words_on_numbers(entries: Sequence[ExtractionEntry]) -> dict[str, list[str]]:
    """Return which numbers no extraction states: those that a person corrected, and the submitter's."""
    corrected, submitted, in_file = set[str](), set[str](), set[str]()
    for entry in entries:
        held = corrected if entry.is_number_corrected else submitted if entry.is_number_of_submitter else in_file
        held |= own_numbers_of(entry)
    corrected -= in_file
    return {"msisdn_corrected": sorted(corrected), "msisdn_of_submitter": sorted(submitted - in_file - corrected)}


def template_section(
    template_id: str, entries: Sequence[TemplateEntry], device_of: Mapping[str, str], line_ids: Iterable[str]
) -> Section:
    """Return one template over all extractions that hold it: all wordings of a group (``search.template_groups``)."""
    slots: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    variants: Counter[str] = Counter()
    first_record: dict[str, str] = {}
    of_wording: dict[str, list[TemplateEntry]] = defaultdict(list)
    for entry in entries:
        of_wording[entry.template_id].append(entry)
        for name, kind, value, count in entry.slots:
            slots[name, kind][value] += count
        for text, count, record_id in entry.variants:
            variants[text] += count
            first_record[text] = min(record_id, first_record.get(text, record_id))
    shown = sorted(variants, key=lambda text: (-variants[text], text))[:EXAMPLES_A_TEMPLATE]
    return {
        "template_id": template_id,
        "wording_ids": sorted(of_wording),
        "text": _most_used(of_wording),
        "slots": [
            {
                "name": name,
                "kind": kind,
                "values": [
                    {"text": value, "count": count}
                    for value, count in sorted(slots[name, kind].items(), key=lambda item: (-item[1], item[0]))
                ],
            }
            for name, kind in sorted(slots)
        ],
        "message_count": sum(entry.message_count for entry in entries),
        "variant_count": max(
            len(variants), sum(max(entry.variant_count for entry in held) for held in of_wording.values())
        ),
        "is_advert": any(entry.is_advert for entry in entries),
        "device_ids": sorted({device_of[entry.extraction_id] for entry in entries}),
        "line_ids": sorted(line_ids),
        "examples": [{"text": text, "record_id": first_record[text]} for text in shown],
    }


def _most_used(of_wording: Mapping[str, Sequence[TemplateEntry]]) -> str:
    """Return the text of the wording with the most messages, the least of those that have as many."""
    return min(
        (-sum(entry.message_count for entry in held), min(entry.text for entry in held)) for held in of_wording.values()
    )[1]


def left_out_section(left_out: FlareLeftOut) -> Section:
    """Return one text that its phone alone takes for a broadcast, under the id that stands on its records."""
    flare = left_out.flare
    return {
        "flare_id": flare.flare_id,
        "device_id": left_out.device_id,
        "sender": flare.sender,
        "started_at": flare.started_at,
        "first_record_id": flare.first_record_id,
        "why": left_out.why,
    }


def flare_section(placed: PlacedFlare, groups: TemplateGroups) -> Section:
    """Return one broadcast as one device shows it; its number may be stated by other phones alone.

    ``text`` is for what pages quote of it (``build``): the body of its first record.
    """
    flare = placed.flare
    return {
        "flare_id": flare.flare_id,
        "device_id": placed.device_id,
        "direction": flare.direction,
        "sender": flare.sender,
        "sender_is_inferred": placed.sender_is_inferred,
        "template_id": groups.of(flare.template_id),
        "line_id": placed.line_id,
        "is_advert": flare.has_advert,
        "started_at": flare.started_at,
        "ended_at": flare.ended_at,
        "time_basis": flare.time_basis,
        "clock_shift_seconds": placed.clock_seconds,
        "recipient_count": flare.recipient_count,
        "message_count": flare.message_count,
        "variant_count": flare.variant_count,
        "advert_count": flare.advert_count,
        "first_record_id": flare.first_record_id,
        "last_record_id": flare.last_record_id,
        "text": None,
        "caveats": list(placed.caveats),
    }


def line_section(
    line: Line,
    said: LineTexts,
    groups: TemplateGroups,
    decisions: Sequence[DecisionOutcome] = (),
    failed: Mapping[tuple[str, str], Sequence[Edge]] = {},
) -> Section:
    """Return one line, with what is quoted of it.

    ``decisions``: all that people took; ``failed``: adverts that failed to send, by line id and device.
    """
    used = last_used(line.numbers, line.devices)
    return {
        "line_id": line.line_id,
        "name": line.name,
        "name_saved_on": line.name_saved_on,
        "name_basis": line.name_basis,
        "saved_names": [msgspec.to_builtins(saved) for saved in line.saved_names],
        "other_names": _other_names(line),
        "nicknames": [
            {"form": form, "count": count, "record_ids": list(record_ids)} for form, count, record_ids in line.nicknames
        ],
        "numbers": [
            {
                "number": number.number,
                "first_seen_at": number.first_seen_at,
                "last_seen_at": number.last_seen_at,
                "last_used_at": used.get((number.number, number.first_seen_at)),
                "is_announced_only": number.is_announced_only,
                "device_ids": list(number.device_ids),
                "succeeds": number.succeeds,
                "basis": list(number.basis),
                "handovers": [
                    {"said_by": each.said_by, "old_number": each.old_number, "sentence": each.sentence}
                    for each in number.handovers
                ],
                "record_ids": list(number.record_ids),
                "announcements": list(said.announcements.get((number.number, number.first_seen_at), ())),
            }
            for number in line.numbers
        ],
        "template_ids": sorted(set(map(groups.of, line.template_ids))),
        "flare_ids": list(line.flare_ids),
        "texts": list(said.texts),
        "wordings": list(said.wordings),
        "devices": [
            {
                "device_id": row.device_id,
                "relation": str(row.relation),
                "advert_count": row.advert_count,
                "recovered_count": row.recovered_count,
                "record_count": row.traffic_count,
                "numbers": list(row.numbers),
                "inferred_numbers": list(row.inferred_numbers),
                "unjoined": [{"number": held.number or None, "count": held.count} for held in row.unjoined],
                "record_ids": list(row.record_ids),
                "mentions": [str(what) for what in row.mentions],
                "failed_count": (
                    failed_count(failed.get((line.line_id, row.device_id), ()))
                    if row.relation is Relation.SENT_ADVERTS
                    else 0
                ),
            }
            for row in line.devices
        ],
        "first_seen_at": line.first_seen_at,
        "last_seen_at": line.last_seen_at,
        "conflicts": list(line.conflicts),
        "caveats": list(line.caveats),
        "evidence": [{"kind": str(it.kind), "weight": it.weight, "sentence": it.sentence} for it in line.evidence],
        "record_ids": list(line.record_ids),
        "decision": line_verdict_section(line, decisions),
    }


def _other_names(line: Line) -> list[str]:
    """Return the names that its adverts carry often enough beside the one that it is called by, as they stand there."""
    forms: dict[str, str] = {}
    for form, _, _ in line.nicknames:
        forms.setdefault(fold_name(form), form)
    own = fold_name(line.name or "")
    return [forms.get(name, name.title()) for name in line.folded_names if name not in {own, ""}]


def link_section(link: Link) -> Section:
    """Return one link with every reason for and against it."""
    return {
        "a_device_id": link.a_device_id,
        "b_device_id": link.b_device_id,
        "score": link.score,
        "band": str(link.band),
        "line_ids": list(link.line_ids),
        "is_by_decision": link.is_by_decision,
        "reasons": [
            {
                "kind": str(reason.kind),
                "value": reason.value,
                "a_count": reason.a_count,
                "b_count": reason.b_count,
                "device_count": reason.device_count,
                "weight": round(reason.weight, 3),
                "sentence": reason.sentence,
                "record_ids": list(reason.record_ids),
            }
            for reason in link.reasons
        ],
        "against": [{"kind": item.kind, "sentence": item.sentence} for item in link.against],
        "decision": verdict_section(link.decision),
        "estimate": None if link.estimate is None else {"score": link.estimate.score, "band": str(link.estimate.band)},
    }


def suppressed_section(item: Suppressed) -> Section:
    """Return one thing that was kept from linking."""
    return {"kind": item.kind, "value": item.value, "device_count": item.device_count, "why": item.why}


def event_section(event: Event) -> Section:
    """Return one event of identities."""
    return {
        "event_id": event.event_id,
        "kind": event.kind,
        "at": event.at,
        "value": event.value,
        "device_ids": list(event.device_ids),
        "line_ids": list(event.line_ids),
        "sentence": event.sentence,
        "record_ids": list(event.record_ids),
    }
