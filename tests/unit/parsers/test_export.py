"""Export: every kind of record, bare and full, keeps to the contract's schema."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from parsers.records import ids
from parsers.records.export import export_record
from parsers.records.facts import Account, Call, CallType, Contact, Device, Direction, Message, Record, Sim
from parsers.records.schemas import Contract, load_schema
from parsers.records.values import (
    Attachment,
    ClockBasis,
    DeletedState,
    DeviceClock,
    MessageTimes,
    Moment,
    NumberRef,
    Party,
)
from tests.unit.parsers.made_records import EXTRACTION, SHA256, source

VALIDATOR = Draft202012Validator(load_schema(Contract.RECORD))
TIME = Moment("2020-05-18T18:06:19.000-03:00", "2020-05-18T21:06:19.000Z", -180, ClockBasis.STATED_OFFSET)
PARTY = Party("07700 900123", "+447700900123", "Jay", is_owner=False)
ANALYSIS = {
    "is_advert": False,
    "advert_score": 0.0,
    "template_id": None,
    "line": None,
    "line_surface": None,
    "flare_id": None,
    "nlp_version": "1",
}


class Identity(msgspec.Struct, frozen=True):
    """An extraction as the catalogue knows it."""

    device_id: str | None = None
    case_ref: str | None = None
    exhibit_ref: str | None = None


def place(kind: str) -> dict[str, Any]:
    return {
        "source": source("model A"),
        "record_id": ids.record_id(SHA256, None, kind, "model A"),
        "extraction_id": EXTRACTION,
    }


BARE: list[Record] = [
    Message(**place("message")),
    Call(**place("call")),
    Contact(**place("contact")),
    Account(**place("account")),
    Sim(**place("sim")),
    Device(**place("device")),
]
IDENTIFIERS: dict[str, Any] = {
    "imei": ("352099001761481",),
    "iccid": ("8944110068162711902F",),
    "imsi": ("1",),
    "msisdn": ("x",),
}
FULL: list[Record] = [
    Message(
        **place("message"),
        deleted=DeletedState.DELETED,
        duplicate_of="r-00000000000000000000",
        service="mms",
        direction=Direction.OUTGOING,
        direction_basis="folder",
        from_party=PARTY,
        to=(PARTY, Party(raw="60070")),
        body=" as stored\n",
        body_notices=("replaced_characters",),
        thread="T",
        status="Sent",
        folder="Sent",
        smsc="+447700900000",
        attachments=(Attachment("a.jpg", "image/jpeg", 10, "files/a.jpg"), Attachment()),
        time=TIME,
        times=MessageTimes(sent=TIME, read=Moment("x")),
        listing="chat",
        extra=(("Priority", "High"),),
    ),
    Call(
        **place("call"),
        service="whatsapp",
        call_type=CallType.MISSED,
        duration_seconds=0.5,
        from_party=PARTY,
        to=(PARTY,),
        time=TIME,
    ),
    Contact(
        **place("contact"),
        name="Jay",
        numbers=(NumberRef("07700 900123", "+447700900123", "mobile"), NumberRef("60070")),
        emails=("jay@example.com",),
        handles=("jay",),
        stored_in="sim",
    ),
    Account(**place("account"), service="whatsapp", name="J", handles=("jay",), numbers=(NumberRef("60070"),)),
    Sim(**place("sim"), **IDENTIFIERS),
    Device(**place("device"), **IDENTIFIERS, make="Nokia", model="105", os="S30+", clock=DeviceClock(TIME, None, -3)),
]


@pytest.mark.parametrize("record", BARE + FULL, ids=lambda record: record.kind)
@pytest.mark.parametrize("identity", [Identity(), Identity("d-1", "OP TAMARISK", "HW/7")])
def test_every_record_keeps_to_the_schema(record: Record, identity: Identity) -> None:
    for analysis in (None, ANALYSIS):
        exported = export_record(record, identity, analysis)
        assert list(VALIDATOR.iter_errors(exported)) == []
        assert exported["exhibit_ref"] == identity.exhibit_ref
        assert exported.get("analysis") == (analysis if record.kind == "message" else None)


@pytest.mark.parametrize("record", BARE + FULL, ids=lambda record: record.kind)
def test_no_field_of_a_record_is_left_behind(record: Record) -> None:
    exported = export_record(record, Identity())
    stored = msgspec.json.decode(msgspec.json.encode(record))
    stored["extra"] = [{"name": name, "text": text} for name, text in stored.get("extra", [])]
    for key, value in stored.items():
        assert covers(exported[key], value), key


def covers(exported: object, stored: object) -> bool:
    """Whether everything that is stored stands in what is exported; keys without a value are not stored."""
    if isinstance(stored, dict):
        return isinstance(exported, dict) and all(covers(exported[key], value) for key, value in stored.items())
    if isinstance(stored, list):
        return isinstance(exported, list) and len(exported) == len(stored) and all(map(covers, exported, stored))
    return exported == stored


@pytest.mark.parametrize("contract", Contract)
def test_the_schemas_are_shipped_and_sound(contract: Contract) -> None:
    Draft202012Validator.check_schema(load_schema(contract))
    assert load_schema(contract) is load_schema(contract)


def test_the_schema_refuses_a_record_with_a_key_left_out() -> None:
    exported = export_record(FULL[0], Identity())
    del exported["times"]
    assert not VALIDATOR.is_valid(exported)
