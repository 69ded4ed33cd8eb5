"""The real report (iPhone 3GS, dialect 3.0): exact counts, and every record against the golden file."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from parsers.contract import Delivery, ReadContext
from parsers.reading import ReadResult, read_all
from parsers.records.export import export_record
from parsers.records.facts import Call, CallType, Contact, Device, Direction, Message

TESTS = Path(__file__).resolve().parents[4]
SAMPLE = TESTS / "fixtures" / "ufdr" / "3gs-report.xml"
GOLDEN = TESTS / "golden" / "ufdr" / "3gs-report.jsonl"


class _NoIdentity(msgspec.Struct):
    device_id: str | None = None
    case_ref: str | None = None
    exhibit_ref: str | None = None


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> ReadResult:
    digest = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    delivery = Delivery(path=SAMPLE, name=SAMPLE.name, is_folder=False, sha256=digest)
    return read_all(delivery, ReadContext(scratch_dir=tmp_path_factory.mktemp("scratch")))


def test_counts_are_exact(result: ReadResult) -> None:
    kinds = Counter(record.kind for record in result.records)
    assert kinds == {"message": 57, "call": 22, "contact": 11, "device": 1}
    services = Counter(record.service for record in result.records if isinstance(record, Message))
    assert services == {"sms": 46, "mms": 11}
    assert all(record.duplicate_of is None for record in result.records)


def test_nothing_is_lost(result: ReadResult) -> None:
    (rows,) = result.tally.values()
    assert all(row.is_balanced for row in rows.values())
    assert {element: row.seen for element, row in rows.items()} == {
        "message": 57,
        "call": 22,
        "contact": 11,
        "device": 1,
        "other:file": 72,
    }
    assert [(notice.code, notice.count) for notice in result.notices] == [("element_not_read", 72)]


def test_every_time_states_its_offset(result: ReadResult) -> None:
    moments = [record.time for record in result.records if isinstance(record, Message | Call)]
    stated = [moment for moment in moments if moment.raw is not None]
    assert len(stated) == 79
    assert all(moment.offset_minutes == 0 and moment.basis == "stated_offset" for moment in stated)
    assert all(moment.utc == f"{moment.raw[:19]}.000Z" for moment in stated if moment.raw)


def test_directions_and_call_types(result: ReadResult) -> None:
    directions = Counter(record.direction for record in result.records if isinstance(record, Message))
    assert set(directions) == {Direction.INCOMING, Direction.OUTGOING}
    calls = Counter(record.call_type for record in result.records if isinstance(record, Call))
    assert calls[CallType.INCOMING] + calls[CallType.OUTGOING] + calls[CallType.MISSED] == 22


def test_the_device(result: ReadResult) -> None:
    (device,) = [record for record in result.records if isinstance(record, Device)]
    assert device.imei == ("011982009759461",)
    assert device.msisdn == ("1 (443) 714-0168",)
    (part,) = result.parts
    assert (part.case_ref, part.exhibit_ref, part.vendor_id) == (None, None, None)
    assert part.format_version == "3.0"


def test_a_contact_keeps_numbers_labels_and_addresses(result: ReadResult) -> None:
    contact = next(record for record in result.records if isinstance(record, Contact))
    assert (contact.name, contact.stored_in) == ("Mr. Blond", "phone")
    assert [(number.raw, number.label) for number in contact.numbers] == [("2404378277", "Mobile")]
    assert contact.emails == ("mrblond777@gmail.com",)


def test_the_records_are_those_of_the_golden_file(result: ReadResult) -> None:
    lines = [json.dumps(export_record(record, _NoIdentity()), ensure_ascii=False) for record in result.records]
    if os.environ.get("TRAPLINE_WRITE_GOLDEN"):
        GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == GOLDEN.read_text(encoding="utf-8").splitlines()
