"""The real sample and the fixtures: exact counts, whole records, golden files; and what the writer writes."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.demo.truth import Handset, Holding, Peer, PhoneCall, Sim, StoredFile, TextMessage, Travel, VendorReport
from ingest.demo.writers.sms_backup_restore import calls_backup, messages_backup, write_backup_zip
from parsers.reading import ReadResult
from tests.golden.compare import assert_golden
from tests.unit.parsers.formats.sms_backup_restore.backup_text import (
    calls_of,
    codes,
    is_balanced,
    messages_of,
    read_path,
    read_text,
)

FIXTURES = Path(__file__).resolve().parents[4] / "fixtures" / "sms_backup_restore"
SAMPLE = FIXTURES / "modified_sms_v2.xml"
MADE = sorted(path.name for path in FIXTURES.iterdir() if path != SAMPLE)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> ReadResult:
    path = tmp_path_factory.mktemp("sample") / SAMPLE.name
    shutil.copy(SAMPLE, path)
    return read_path(path)


def test_the_sample_is_read_whole(sample: ReadResult) -> None:
    """It states 1,693 texts and holds 1,699; in the sixteenth two values touch, which no strict reading gets past.

    Eight of them, the ninth to the sixteenth, stand there twice, one block behind the other.
    """
    assert len(sample.records) == 1_699
    assert codes(sample) == {"markup_broken": 1, "count_exceeded": 6}
    (rows,) = sample.tally.values()
    assert (rows["message"].seen, rows["message"].indexed, rows["message"].merged) == (1_699, 1_691, 8)
    assert sample.state == "complete_with_notices"


def test_the_sample_to_the_character(sample: ReadResult) -> None:
    messages = messages_of(sample)
    first, sixteenth, last = messages[0], messages[15], messages[-1]
    assert first.body == (
        "You have received 2000 RWF from Jane Smith (*********013) on your mobile money account at "
        "2024-05-10 16:30:51. Message from sender: . Your new balance:2000 RWF. Financial Transaction Id: 76662021700."
    )
    assert (first.time.raw, first.time.utc) == ("1715351458724", "2024-05-10T14:30:58.724Z")
    assert first.times.sent is not None
    assert first.times.sent.utc == "2024-05-10T14:30:51.000Z"
    assert (first.smsc, first.status, first.extra) == ("+250788110381", "read", (("sub_id", "6"),))
    assert first.from_party is not None
    assert (first.from_party.raw, first.from_party.e164, first.from_party.name) == ("M-Money", None, None)
    assert sixteenth.body is not None
    assert sixteenth.body.startswith("*165*S*1800 RWF transferred to Robert Brown")
    assert last.time.utc == "2025-01-15T22:13:29.935Z"
    assert Counter(message.direction for message in messages) == {"incoming": 1_699}
    again = {place: message.duplicate_of for place, message in enumerate(messages) if message.duplicate_of}
    assert again == {16 + place: messages[8 + place].record_id for place in range(8)}


@pytest.mark.parametrize("name", MADE)
def test_the_records_are_those_of_the_golden_file(tmp_path: Path, name: str) -> None:
    path = Path(shutil.copy(FIXTURES / name, tmp_path))
    assert_golden(read_path(path), f"sms_backup_restore/{Path(name).stem}")


JAY, BO = Peer("07700 900456", "+447700900456", "Jay"), Peer("+447700900123", "+447700900123")
OWN = "+447700900100"
# What XML has no way to write stays out: controls, and two noncharacters.
_CONTROLS = "".join(map(chr, [*range(9), 11, 12, *range(14, 32)]))
CHARACTERS = st.characters(codec="utf-8", exclude_characters=_CONTROLS + "\ufffe\uffff")
BODIES = st.one_of(st.none(), st.text(CHARACTERS, max_size=80).filter(lambda text: text != "null"))
INSTANTS = st.integers(1_262_304_000_000, 1_893_456_000_000)
TEXTS = st.lists(
    st.tuples(BODIES, INSTANTS, st.sampled_from(list(Travel)), st.sampled_from(["sms", "mms"])), min_size=1, max_size=8
)


def report_of(texts: tuple[TextMessage, ...], calls: tuple[PhoneCall, ...] = ()) -> VendorReport:
    holding = Holding(
        handset=Handset(make="Samsung", model="SM-A105"),
        sim=Sim(msisdn=OWN),
        read_at=datetime(2024, 2, 20, 10, tzinfo=UTC),
        texts=texts,
        calls=calls,
    )
    return VendorReport(key="x", holdings=(holding,))


@given(TEXTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_texts_come_back(tmp_path: Path, texts: list[tuple[str | None, int, Travel, str]]) -> None:
    truth = tuple(
        TextMessage(
            key=str(key),
            at=datetime.fromtimestamp(at // 1_000, UTC),
            travel=travel,
            peers=(JAY,),
            body=body,
            service=service,
        )
        for key, (body, at, travel, service) in enumerate(texts)
    )
    result = read_text(tmp_path, messages_backup(report_of(truth)))
    found = messages_of(result)
    assert [each.body for each in found] == [text.body for text in truth]
    assert [each.service for each in found] == [text.service for text in truth]
    assert [str(each.direction) for each in found] == [str(text.travel) for text in truth]
    assert [each.time.utc for each in found] == [
        text.at.strftime("%Y-%m-%dT%H:%M:%S.000Z") for text in truth if text.at is not None
    ]
    for each, text in zip(found, truth, strict=True):
        parties = [each.from_party] if text.travel is Travel.IN else each.to
        assert [(party.raw, party.e164, party.name) for party in parties if party is not None] == [
            (JAY.written, JAY.number, JAY.name)
        ]
    assert is_balanced(result)
    assert codes(result) == {}


def test_groups_files_and_calls_come_back(tmp_path: Path) -> None:
    at = datetime(2024, 2, 14, 12, tzinfo=UTC)
    picture = StoredFile(
        key="p", source_path="/p.jpg", local_path="p.jpg", content=bytes(5_000), content_type="image/jpeg"
    )
    texts = (
        TextMessage(key="1", at=at, travel=Travel.IN, peers=(JAY, BO), body="look", service="mms", files=(picture,)),
        TextMessage(key="2", at=at, travel=Travel.OUT, peers=(JAY, BO), body="both", service="mms"),
        TextMessage(key="3", at=at, travel=Travel.OUT, peers=(JAY, BO), body="each"),
    )
    calls = tuple(
        PhoneCall(key=went, at=at, call_type=went, peer=JAY, duration_seconds=place)
        for place, went in enumerate(("missed", "incoming", "outgoing", "rejected", "voicemail"))
    )
    report = report_of(texts, calls)
    result = read_path(write_backup_zip(tmp_path / "backup.zip", report))
    group, sent, *each = messages_of(result)
    assert group.from_party is not None
    assert group.from_party.raw == JAY.written
    assert [(party.raw, party.is_owner) for party in group.to] == [(BO.written, None), (OWN, True)]
    assert [(file.name, file.size_bytes) for file in group.attachments] == [("p.jpg", 5_000)]
    assert [party.raw for party in sent.to] == [JAY.written, BO.written]
    assert [[party.raw for party in text.to] for text in each] == [[JAY.written], [BO.written]]
    assert [(found.call_type, found.duration_seconds) for found in calls_of(result)] == [
        (call.call_type, call.duration_seconds) for call in calls
    ]
    assert codes(result) == {}
    assert calls_backup(report).count(b"<call ") == 5
