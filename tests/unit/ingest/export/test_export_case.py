"""The CASE export: one bundle, each node once, and every fact comes out of our own reader as it went in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ingest.export.export_case import ENDING, CaseLines
from parsers.contract import PartKind
from parsers.part_devices import devices_of
from parsers.records.export import export_record
from parsers.records.facts import Account, Call, CallType, Contact, Device, Direction, Message, Record, Sim
from parsers.records.values import (
    Attachment,
    ClockBasis,
    DeletedState,
    DeviceClock,
    MessageTimes,
    Moment,
    NumberRef,
    Party,
    SourceRef,
)
from search.contract import ExtractionEntry
from tests.fakes.golden import FIXTURES
from tests.unit.parsers.made_deliveries import codes_of, read_path

SOURCE = SourceRef("0" * 64, "a.ufdr", "report.xml", "model 1", "ufdr", "1")
JAY = Party("07700 900123", "+447700900123", "Jay", is_owner=False)
OWNER = Party("+447700900999", "+447700900999", is_owner=True)
AT = Moment("2020-05-18T18:06:19.000-03:00", "2020-05-18T21:06:19.000Z", -180, ClockBasis.STATED_OFFSET)
NAIVE = Moment("5/18/2020 6:06 PM", "2020-05-18T17:06:00.000Z", None, ClockBasis.ASSUMED_ZONE)
UNREAD = Moment("31/02/2020", None, None, ClockBasis.NONE)
ANALYSIS = {"is_advert": True, "advert_score": 0.9, "template_id": "t-1", "line": "rico", "line_surface": "Rico"}
NOT_COMPARED = {
    *("record_id", "extraction_id", "device_id", "case_ref", "exhibit_ref", "source", "analysis", "duplicate_of"),
    "extra",
}


class Identity(msgspec.Struct, frozen=True):
    device_id: str | None = "dv-1"
    case_ref: str | None = "OP EXAMPLE"
    exhibit_ref: str | None = "HW/7"


def made(kind: type[Record], record_name: str, **fields: Any) -> Record:
    return kind(source=SOURCE, record_id=f"r-{record_name}", extraction_id="ex-1", **fields)


RECORDS: tuple[Record, ...] = (
    made(
        Device,
        "device",
        imei=("356943000000013", "356943000000021"),
        iccid=("8944110012345678901",),
        imsi=("234150012345678",),
        msisdn=("+447700900999",),
        make="Apple",
        model="iPhone 11",
        os="iOS 16.1",
        clock=DeviceClock(device_time=AT),
    ),
    made(Sim, "sim", iccid=("8944110012345678901",), imsi=("234150012345678", "234150012345679")),
    made(
        Contact,
        "contact",
        name="Jay",
        numbers=(NumberRef("07700 900123", "+447700900123", "Mobile"), NumberRef("60777", None, None)),
        emails=("jay@example.org",),
        handles=("jay_x",),
        stored_in="whatsapp",
    ),
    made(
        Account,
        "account",
        service="whatsapp",
        name="Z",
        handles=("z1", "z2"),
        numbers=(NumberRef("07700 900999", "+447700900999"),),
    ),
    made(
        Message,
        "sms",
        service="sms",
        direction=Direction.INCOMING,
        direction_basis="folder",
        from_party=JAY,
        to=(OWNER, Party("SunCell")),
        body="  Zaro line back on\n\U0001f525 <b>&amp;",
        body_notices=("joined_parts",),
        status="unread",
        folder="Inbox",
        smsc="+447700900000",
        deleted=DeletedState.DELETED,
        time=AT,
        times=MessageTimes(received=AT, read=NAIVE, delivered=UNREAD),
        listing="chat",
        extra=(("Priority", "High"), ("Priority", "Low")),
    ),
    made(
        Message,
        "chat",
        service="whatsapp",
        direction=Direction.DRAFT,
        direction_basis="folder",
        to=(JAY, Party(name="Al")),
        body="",
        thread="447700900123@s.whatsapp.net",
        attachments=(Attachment("a.jpg", "image/jpeg", 12), Attachment("b.jpg")),
        deleted=DeletedState.INTACT,
        time=UNREAD,
    ),
    made(Message, "bare", direction=Direction.UNKNOWN),
    made(
        Call,
        "call",
        call_type=CallType.MISSED,
        duration_seconds=0.0,
        from_party=Party(raw="Private"),
        to=(OWNER,),
        time=NAIVE,
    ),
    made(Call, "long", service="whatsapp", call_type=CallType.UNKNOWN, duration_seconds=65.5, to=(JAY,), time=AT),
)


def exported(*records: Record) -> list[dict[str, Any]]:
    return [export_record(record, Identity(), ANALYSIS) for record in records]


def written(*portions: list[dict[str, Any]]) -> bytes:
    render = CaseLines()
    lines = [line for place, portion in enumerate(portions) for line in render(portion, is_first=place == 0)]
    return b"".join(lines) + ENDING


def facts(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in NOT_COMPARED}


def reread(tmp_path: Path, *portions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    path = tmp_path / "bundle.jsonld"
    path.write_bytes(written(*portions))
    result = read_path(path)
    assert codes_of(result) == {}
    return [export_record(record, Identity()) for record in result.records]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.record_id)
def test_a_record_comes_back_as_it_was(tmp_path: Path, record: Record) -> None:
    (before,) = exported(record)
    (after,) = reread(tmp_path, [before])
    assert facts(after) == facts(before)
    extra = {(each["name"], each["text"]) for each in after["extra"]}
    assert {(name, text) for name, text in record.extra} <= extra
    assert ("locator", "model 1") in extra


def test_all_records_together_come_back_in_order(tmp_path: Path) -> None:
    before = exported(*RECORDS)
    assert [facts(each) for each in reread(tmp_path, before[:4], before[4:])] == [facts(each) for each in before]


def test_extractions_stay_apart(tmp_path: Path) -> None:
    first, second = RECORDS[0], msgspec.structs.replace(RECORDS[4], extraction_id="ex-2")
    path = tmp_path / "bundle.jsonld"
    path.write_bytes(written(exported(first, second)))
    result = read_path(path)
    assert [(part.vendor_id, part.case_ref, part.exhibit_ref, part.imei) for part in result.parts[-2:]] == [
        ("ex-1", "OP EXAMPLE", "HW/7", ("356943000000013", "356943000000021")),
        ("ex-2", "OP EXAMPLE", "HW/7", ()),
    ]


def test_what_was_listed_twice_in_one_list_is_so_again(tmp_path: Path) -> None:
    """The source's own id told it, which an export has no place for."""
    text = made(Message, "a", service="imessage", direction=Direction.INCOMING, from_party=JAY, body="two", time=AT)
    copy = msgspec.structs.replace(text, record_id="r-b", duplicate_of="r-a")
    again = msgspec.structs.replace(text, record_id="r-c")
    first, second, third = reread(tmp_path, exported(text, copy, again))
    assert [each["duplicate_of"] for each in (first, second, third)] == [None, first["record_id"], None]
    assert len({each["record_id"] for each in (first, second, third)}) == 3


def held(extraction_id: str, device_id: str, **said: Any) -> ExtractionEntry:
    return ExtractionEntry(
        extraction_id=extraction_id,
        device_id=device_id,
        file_name="a.xml",
        sha256="0" * 64,
        size_bytes=1,
        format="ufdr",
        state="complete",
        **said,
    )


def test_what_tells_a_device_apart_comes_back_whoever_said_it(tmp_path: Path) -> None:
    """A sidecar's IMEI stands in no record."""
    entries = [
        held("ex-1", "dv-1", imei=("356943000000013",), msisdn=("07700 900999",), make="Nokia", exhibit_ref="HW/7"),
        held("ex-2", "dv-2", part_kind="sim", iccid=("8944110012345678901",), imsi=("234150012345678",)),
        held("ex-3", "dv-1"),
        held("ex-4", "dv-4"),
    ]
    render, lines = CaseLines(), []
    for place, entry in enumerate(entries):
        record = msgspec.structs.replace(RECORDS[4], extraction_id=entry.extraction_id)
        for _ in range(2):
            lines += render(exported(record), is_first=not lines, extraction=entry)
        assert sum(b"TraplineExtractionFacet" in line for line in lines) == place + 1
    path = tmp_path / "bundle.jsonld"
    path.write_bytes(b"".join(lines) + ENDING)
    result = read_path(path)
    parts = {part.vendor_id: part for part in result.parts}
    assert codes_of(result) == {}
    assert [parts[name].imei for name in parts] == [("356943000000013",), (), (), ()]
    assert (parts["ex-1"].make, parts["ex-1"].msisdn, parts["ex-1"].exhibit_ref) == ("Nokia", ("07700 900999",), "HW/7")
    assert (parts["ex-2"].kind, parts["ex-2"].iccid) == (PartKind.SIM, ("8944110012345678901",))
    device_of = devices_of(parts.values())
    numbers = [device_of[parts[name].extraction_id] for name in ("ex-1", "ex-2", "ex-3", "ex-4")]
    assert numbers == [0, 1, 0, 2]


def test_a_node_stands_once_and_has_a_lasting_id() -> None:
    content = written(exported(*RECORDS), exported(*RECORDS))
    nodes = json.loads(content)["@graph"]
    ids = [node["@id"] for node in nodes]
    assert len(ids) == len(set(ids))
    assert written(exported(*RECORDS)) == content
    assert ids[:2] == ["kb:tool-b688e87c-fb93-5c44-ac49-3561eef11027", "kb:file-" + ids[1].removeprefix("kb:file-")]


def test_what_other_programs_read_stands_in_the_words_of_uco() -> None:
    nodes = json.loads(written(exported(RECORDS[4])))["@graph"]
    by_id = {node["@id"]: node for node in nodes}
    (message,) = (node for node in nodes if node["@type"] == "uco-observable:SMSMessage")
    facet, recovered, own, opinion = message["uco-core:hasFacet"]
    assert facet["@type"] == "uco-observable:MessageFacet"
    assert facet["uco-observable:messageText"] == "  Zaro line back on\n\U0001f525 <b>&amp;"
    assert facet["uco-observable:sentTime"] == {"@type": "xsd:dateTime", "@value": "2020-05-18T21:06:19.000Z"}
    sender = by_id[facet["uco-observable:from"]["@id"]]
    assert sender["uco-core:name"] == "Jay"
    assert sender["uco-core:hasFacet"][0]["uco-observable:phoneNumber"] == "07700 900123"
    assert recovered["@type"] == "uco-observable:RecoveredObjectFacet"
    assert (own["trapline:direction"], own["trapline:timeOffsetMinutes"]) == ("incoming", -180)
    assert (opinion["@type"][0], opinion["trapline:line"]) == ("trapline:TraplineAnalysisFacet", "rico")
    (file,) = (node for node in nodes if node["@type"] == "uco-observable:File")
    digest = file["uco-core:hasFacet"][1]["uco-observable:hash"][0]
    assert digest["uco-types:hashValue"] == {"@type": "xsd:hexBinary", "@value": "0" * 64}


def test_what_the_analysis_says_does_not_come_back_as_a_fact(tmp_path: Path) -> None:
    (after,) = reread(tmp_path, exported(RECORDS[4]))
    assert after["analysis"] is None
    assert "rico" not in json.dumps(after).casefold()


@pytest.mark.parametrize("fixture", ["ufdr/3gs-report.xml", "leapp/ALEAPP_Output.zip", "vcard"])
def test_real_records_come_back_as_they_were(tmp_path: Path, fixture: str) -> None:
    paths = sorted((FIXTURES / fixture).iterdir()) if (FIXTURES / fixture).is_dir() else [FIXTURES / fixture]
    before = exported(*(record for path in paths for record in read_path(path).records))
    assert before
    members = [attachment for each in before for attachment in each.get("attachments", ())]
    for attachment in members:
        # Where a file lies in the original delivery says nothing in another.
        attachment["member"] = None
    assert [facts(each) for each in reread(tmp_path, before)] == [facts(each) for each in before]


ODD: tuple[Record, ...] = (
    made(
        Message,
        "parties",
        direction=Direction.UNKNOWN,
        from_party=Party(" 07700 900222 ", "+447700900222", " Jay  Q "),
        to=(
            Party("07700900333"), Party("07700 900123", "+447700900999", is_owner=True), JAY, JAY, Party(),
            Party("", None, "Jay"), Party(None, None, ""), Party(" "), Party("12345", None, "12345"),
        ),
        extra=(("link", "a"), ("link", "a"), ("x", "")),
    ),
    made(
        Message,
        "words",
        direction=Direction.OUTGOING,
        from_party=Party("a"),
        service=" app ",
        thread=" a b ",
        status=" Read ",
        folder="",
        smsc=" +447700900000",
        body_notices=("replaced_characters",),
    ),
    made(
        Message,
        "files",
        direction=Direction.UNKNOWN,
        attachments=(
            Attachment("a/b.jpg"), Attachment("x\\y.jpg"), Attachment("photos/"), Attachment(""),
            Attachment(None, "image/png"), Attachment("same"), Attachment("same"), Attachment("same", "a/b", 1),
        ),
    ),
    made(Call, "fraction", call_type=CallType.OUTGOING, duration_seconds=95.11599731445312, from_party=OWNER),
    made(Call, "large", call_type=CallType.VOICEMAIL, duration_seconds=1e16),
    made(
        Contact,
        "entry",
        name=" Jay ",
        numbers=(
            NumberRef(" 07700 900222", "+447700900222", " "), NumberRef("07700 900222", None),
            NumberRef("07700 900222", "+447700900222"), NumberRef("", None), NumberRef("abc", None, "work"),
        ),
        emails=("A@b", " c@d "),
        handles=("07700900222", "jay", "A@b"),
        stored_in=" sim ",
    ),
    made(
        Account,
        "number",
        service=" app",
        name="",
        handles=("447700900999@s.whatsapp.net", " a ", "a"),
        numbers=(NumberRef("447700900999@s.whatsapp.net", "+447700900999"), NumberRef("07700 900998", None)),
    ),
)  # fmt: skip


@pytest.mark.parametrize("record", ODD, ids=lambda record: record.record_id)
def test_an_odd_record_comes_back_to_the_last_character(tmp_path: Path, record: Record) -> None:
    (before,) = exported(record)
    (after,) = reread(tmp_path, [before])
    assert facts(after) == facts(before)
    extra = [(each["name"], each["text"]) for each in after["extra"]]
    assert [each for each in extra if each in record.extra] == list(record.extra)
