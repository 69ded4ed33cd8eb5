"""A fact of the hour that a zone repeats in autumn counts once beside a report that states its offset."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.same_facts.minute_facts import told_by_the_minute
from ingest.same_facts.readings import Reading
from ingest.segment_store.fact_digests import fact_digest
from ingest.segment_store.repeated_hours import are_repeated, later_of, zone_of
from ingest.segment_store.segments import RecordSegmentWriter, SegmentStore
from parsers.contract import ExtractionPart
from parsers.records.facts import Call, CallType, Direction, Message, Record
from parsers.records.ids import record_id
from parsers.records.notices import Notice
from parsers.records.values import ClockBasis, Moment, Party, SourceRef
from search.linkage.devices.superseding import HeldFacts, decide_superseding

SHA = "a" * 64
UNSTATED, STATED, THIRD = "ex-00000000000000000001", "ex-00000000000000000002", "ex-00000000000000000003"
JAY = Party("07700 900123", "+447700900123")
ZONE = "Europe/London"
EARLY, LATE = "2023-10-29T00:20:05.000Z", "2023-10-29T01:20:05.000Z"
ON_THE_CLOCK = Moment("29/10/2023 01:20:05", EARLY, None, ClockBasis.DEVICE_LOCAL)


def stated(utc: str) -> Moment:
    return Moment(utc, utc, 0, ClockBasis.STATED_OFFSET)


def text(place: int, at: Moment, body: str = "u about", **more: Any) -> Message:
    values: dict[str, Any] = {"service": "sms", "direction": Direction.INCOMING, "from_party": JAY}
    return Message(
        source=SourceRef(SHA, "x", None, f"row {place}", "p", "1"),
        record_id=record_id(SHA, None, "message", str(place)),
        extraction_id=UNSTATED,
        body=body,
        time=at,
        **(values | more),
    )


def call(place: int, at: Moment) -> Call:
    return Call(
        source=SourceRef(SHA, "x", None, f"row {place}", "p", "1"),
        record_id=record_id(SHA, None, "call", str(place)),
        extraction_id=UNSTATED,
        call_type=CallType.MISSED,
        duration_seconds=0,
        from_party=JAY,
        time=at,
    )


def counted(tmp_path: Path, *readings: Sequence[Record], zone: str = ZONE) -> int:
    """Return how many facts the readings of one handset state."""
    store = SegmentStore(tmp_path / "segments")
    held = []
    for name, records in zip((UNSTATED, STATED, THIRD), readings, strict=False):
        writer = RecordSegmentWriter(tmp_path / f"{name}.part", level=3)
        for record in records:
            writer.add(record, fact_digest(record))
        has_unstated = any(getattr(record, "time", stated(LATE)).offset_minutes is None for record in records)
        notices = (Notice(code="zone_assumed", extraction_id=name, subject=zone),) if has_unstated else ()
        sealed, meta = writer.seal(
            ExtractionPart(extraction_id=name, member=None), parser=("p", "1"), notices=notices, tally={}
        )
        store.adopt(sealed, store.records_path(name, sealed.sha256))
        with store.open_records(name, sealed.sha256) as segment:
            held.append(Reading(HeldFacts(extraction_id=name, digests=segment.digests()), meta, sealed.sha256))
    decided = decide_superseding(told_by_the_minute(store, held))
    return sum(map(len, readings)) - sum(len(skipped) for skipped in decided.skip.values())


@pytest.mark.parametrize(
    ("utc", "zone", "later"),
    [
        (EARLY, ZONE, LATE),
        (LATE, ZONE, None),
        ("2023-10-28T23:59:59.000Z", ZONE, None),
        ("2023-03-26T00:30:00.000Z", ZONE, None),
        ("2023-03-26T01:30:00.000Z", ZONE, None),
        ("2023-11-05T05:10:00.123Z", "America/New_York", "2023-11-05T06:10:00.123Z"),
        (EARLY, "Asia/Kolkata", None),
    ],
)
def test_what_a_clock_shows_once_more(utc: str, zone: str, later: str | None) -> None:
    found = later_of(Moment("x", utc, None, ClockBasis.ASSUMED_ZONE), zone)
    assert (found.utc if found is not None else None) == later
    assert later_of(Moment("x", utc, 60, ClockBasis.STATED_OFFSET), zone) is None
    assert are_repeated({utc[:13]}, zone) is (later is not None)


def test_the_zone_is_the_one_that_was_assumed() -> None:
    assert zone_of(()) is None
    notices = [Notice(code="zone_assumed", subject=zone) for zone in (ZONE, ZONE, "Europe/Paris")]
    assert zone_of(notices[:2]) == ZONE
    assert zone_of(notices) is None


@pytest.mark.parametrize("at", [EARLY, LATE])
def test_a_text_and_a_call_count_once_whichever_hour_is_stated(tmp_path: Path, at: str) -> None:
    assert (
        counted(tmp_path, [text(1, ON_THE_CLOCK), call(2, ON_THE_CLOCK)], [text(1, stated(at)), call(2, stated(at))])
        == 2
    )


def test_one_of_each_hour(tmp_path: Path) -> None:
    both = [text(1, ON_THE_CLOCK), text(2, ON_THE_CLOCK)]
    assert counted(tmp_path, both, [text(1, stated(EARLY)), text(2, stated(LATE))]) == 2


def test_more_than_the_other_states_stay_facts_of_their_own(tmp_path: Path) -> None:
    three = [text(place, ON_THE_CLOCK) for place in range(3)]
    assert counted(tmp_path, three, [text(1, stated(LATE))]) == 3


def test_two_without_an_offset_beside_one_with_it(tmp_path: Path) -> None:
    clock = [text(1, ON_THE_CLOCK)]
    assert counted(tmp_path, clock, [text(1, stated(LATE))], clock) == 1


@pytest.mark.parametrize("other", [text(1, stated(LATE), body="other"), text(1, stated("2023-10-29T02:20:05.000Z"))])
def test_what_differs_is_another_fact(tmp_path: Path, other: Message) -> None:
    assert counted(tmp_path, [text(1, ON_THE_CLOCK)], [other]) == 2


def test_an_hour_that_is_not_repeated_is_no_hour_off(tmp_path: Path) -> None:
    summer = Moment("29/07/2023 01:20:05", "2023-07-29T00:20:05.000Z", None, ClockBasis.DEVICE_LOCAL)
    assert counted(tmp_path, [text(1, summer)], [text(1, stated("2023-07-29T01:20:05.000Z"))]) == 2
    assert counted(tmp_path, [text(1, ON_THE_CLOCK)], [text(1, stated(LATE))], zone="Asia/Kolkata") == 2


def test_a_chat_by_the_minute_in_the_later_hour(tmp_path: Path) -> None:
    minute = Moment("29/10/2023, 01:20", "2023-10-29T00:20:00.000Z", None, ClockBasis.ASSUMED_ZONE)
    assert counted(tmp_path, [text(1, minute)], [text(1, stated(LATE))]) == 1
