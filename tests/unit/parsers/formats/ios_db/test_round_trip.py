"""What the writer puts into the databases of iOS comes out of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.demo.truth import (
    Holding,
    Peer,
    PhoneCall,
    SavedContact,
    SavedNumber,
    Sim,
    StoredFile,
    TextMessage,
    Travel,
)
from ingest.demo.writers.ios_db import IOS_9, IOS_12, IOS_16, IosForm, attributed_body, write_ios, write_messages
from parsers.formats.ios_db.attributed_body import attributed_text
from parsers.outcome import ReadState
from parsers.records.facts import Call, Contact, Message
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

AT = datetime(2024, 2, 5, 12, 0, 0, 250_000, tzinfo=UTC)
JAY = Peer("+447700900123", "+447700900123", "Jay")
AL = Peer("07700 900456", "+447700900456")
MAIL = Peer("rico@example.org")
OWN = "+447700900999"
PICTURE = StoredFile(
    key="p",
    source_path="~/Library/SMS/Attachments/0a/10/ABC/IMG_0001.HEIC",
    local_path="IMG_0001.HEIC",
    content=b"\x00" * 17,
    content_type="image/heic",
)
FORMS = {"ios 9": IOS_9, "ios 12": IOS_12, "ios 16": IOS_16, "account only": IosForm(names_line=False)}


def text(
    number: int, body: str | None, travel: Travel = Travel.IN, peers: Sequence[Peer] = (JAY,), **more: object
) -> TextMessage:
    return TextMessage(
        key=str(number),
        at=AT + timedelta(minutes=number),
        travel=travel,
        peers=tuple(peers),
        body=body,
        **more,  # type: ignore[arg-type]  # fields of the truth
    )


HOLDING = Holding(
    read_at=AT,
    sim=Sim(msisdn=OWN),
    texts=(
        text(0, "u about", smsc="+447785016005", status="unread"),
        text(1, "yh \U0001f44d\n5 mins", Travel.OUT, status="delivered"),
        text(2, "on imessage", Travel.IN, (MAIL,), service="imessage", status="read"),
        text(3, "rico on both", Travel.OUT, (JAY, AL)),
        text(4, "who dis", Travel.IN, (JAY, AL), service="imessage"),
        text(5, "did not go", Travel.OUT, status="failed"),
        text(6, "waits", Travel.OUT, status="unsent"),
        text(7, "", Travel.IN, (Peer("giffgaff"),)),
        text(8, None, Travel.IN, (Peer("60777"),)),
        text(9, "\ufffc", Travel.IN, files=(PICTURE,)),
        text(10, "thrown away", Travel.IN, deleted=True),
        text(11, "x" * 200, Travel.IN),
        text(12, "y" * 70_000, Travel.OUT),
    ),
    calls=tuple(
        PhoneCall(key=kind, at=AT, call_type=kind, peer=JAY, duration_seconds=seconds)
        for kind, seconds in (("incoming", 12), ("outgoing", 7), ("missed", 0))
    ),
    contacts=(
        SavedContact(
            key="1",
            name="Jay Deals",
            numbers=(SavedNumber("07700 900123", "+447700900123"), SavedNumber("020 7946 0123", None, "Work")),
            emails=("jay@example.org",),
        ),
        SavedContact(key="2", name="Mum", numbers=(SavedNumber("07700900999", None, "of no kind"),)),
    ),
)


@pytest.fixture(params=list(FORMS.values()), ids=list(FORMS))
def form(request: pytest.FixtureRequest) -> IosForm:
    found = request.param
    assert isinstance(found, IosForm)
    return found


def test_messages(tmp_path: Path, form: IosForm) -> None:
    result = read_path(write_messages(tmp_path / "sms.db", HOLDING, form))
    found = of_kind(result, Message)
    assert [each.body for each in found] == [each.body for each in HOLDING.texts]
    assert [(each.direction.value, each.status, each.service) for each in found[:10]] == [
        ("incoming", "unread", "sms"),
        ("outgoing", "delivered", "sms"),
        ("incoming", "read", "imessage"),
        ("outgoing", "sent", "sms"),
        ("incoming", "read", "imessage"),
        ("outgoing", "failed", "sms"),
        ("outgoing", "unsent", "sms"),
        ("incoming", "read", "sms"),
        ("incoming", "read", "sms"),
        ("incoming", "read", "sms"),
    ]
    assert {each.direction_basis for each in found} == {"owner_flag"}
    assert [each.deleted.value for each in found].count("deleted") == 1
    assert found[10].deleted.value == "deleted"
    whole = form.in_nanoseconds
    assert [each.time.utc for each in found[:2]] == [
        f"2024-02-05T12:00:00.{250 if whole else 0:03}Z",
        f"2024-02-05T12:01:00.{250 if whole else 0:03}Z",
    ]
    assert found[1].times.delivered == found[1].time
    assert found[2].times.read == found[2].time
    assert codes_of(result) == {}
    assert result.state is ReadState.COMPLETE


def test_parties(tmp_path: Path, form: IosForm) -> None:
    result = read_path(write_messages(tmp_path / "sms.db", HOLDING, form))
    came, went, _, group_out, group_in, *_ = of_kind(result, Message)
    assert came.from_party is not None
    assert (came.from_party.raw, came.from_party.is_owner) == ("+447700900123", False)
    assert [(party.raw, party.is_owner) for party in came.to] == [(OWN, True)]
    assert went.from_party is not None
    assert (went.from_party.raw, went.from_party.is_owner) == (OWN, True)
    assert [party.e164 for party in went.to] == ["+447700900123"]
    assert [party.e164 for party in group_out.to] == ["+447700900123", "+447700900456"]
    assert group_in.from_party is not None
    assert group_in.from_party.e164 == "+447700900123"
    assert [party.e164 for party in group_in.to] == [OWN, "+447700900456"]
    assert came.thread == "SMS;-;+447700900123" == went.thread
    assert result.parts[0].msisdn == (OWN,)


def test_attachments(tmp_path: Path, form: IosForm) -> None:
    found = of_kind(read_path(write_messages(tmp_path / "sms.db", HOLDING, form)), Message)[9]
    assert [(each.name, each.content_type, each.size_bytes, each.member) for each in found.attachments] == [
        ("IMG_0001.HEIC", "image/heic", 17, None)
    ]


def test_calls(tmp_path: Path, form: IosForm) -> None:
    result = read_path(write_ios(tmp_path / "a", HOLDING, form) / "CallHistory.storedata")
    came, went, missed = of_kind(result, Call)
    assert [(each.call_type.value, each.duration_seconds, each.service) for each in (came, went, missed)] == [
        ("incoming", 12, None),
        ("outgoing", 7, None),
        ("missed", 0, None),
    ]
    assert came.from_party is not None
    assert (came.from_party.raw, came.from_party.name, came.to) == ("+447700900123", "Jay", ())
    assert (went.from_party, [party.raw for party in went.to]) == (None, ["+447700900123"])
    assert came.time.utc == "2024-02-05T12:00:00.250Z"
    assert codes_of(result) == {}


def test_contacts(tmp_path: Path, form: IosForm) -> None:
    result = read_path(write_ios(tmp_path / "a", HOLDING, form) / "AddressBook.sqlitedb")
    jay, mum = of_kind(result, Contact)
    assert (jay.name, jay.emails, jay.stored_in) == ("Jay Deals", ("jay@example.org",), "phone")
    assert [(number.raw, number.e164, number.label) for number in jay.numbers] == [
        ("07700 900123", "+447700900123", "mobile"),
        ("020 7946 0123", "+442079460123", "work"),
    ]
    assert (mum.name, mum.numbers[0].label) == ("Mum", None)
    assert codes_of(result) == {}


def test_an_archive_of_a_backup_is_one_handset(tmp_path: Path) -> None:
    folder = write_ios(tmp_path / "a", HOLDING, IOS_16)
    archive = tmp_path / "backup.zip"
    with ZipFile(archive, "w") as zipped:
        zipped.write(folder / "sms.db", "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28")
        zipped.write(folder / "sms.db-wal", "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28-wal")
        for name in (
            "CallHistory.storedata",
            "CallHistory.storedata-wal",
            "AddressBook.sqlitedb",
            "AddressBook.sqlitedb-wal",
        ):
            zipped.write(folder / name, f"private/var/mobile/Library/{name}")
    result = read_path(archive)
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["call"].seen, rows["contact"].seen) == (13, 3, 2)
    assert len(result.parts) == 1
    assert codes_of(result) == {}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40_000))
@settings(max_examples=60, deadline=None)
def test_every_text_can_be_attributed(body: str) -> None:
    assert attributed_text(attributed_body(body)) == (body, 0)


@given(
    st.one_of(
        st.binary(max_size=200), st.binary(max_size=60).map(lambda raw: b"\x04\x0bstreamtypedNSString\x84\x01+" + raw)
    )
)
def test_any_bytes_give_a_text_or_none(raw: bytes) -> None:
    found = attributed_text(raw)
    assert found is None or isinstance(found[0], str)


bodies = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
drawn = st.lists(
    st.tuples(bodies, st.booleans(), st.sampled_from(["sms", "imessage"]), st.integers(1_200_000_000, 2_000_000_000)),
    max_size=15,
)


@settings(max_examples=40, deadline=None)
@given(sent=drawn, form=st.sampled_from(list(FORMS.values())))
def test_whatever_is_written_comes_out_once(sent: list[tuple[str | None, bool, str, int]], form: IosForm) -> None:
    texts = tuple(
        TextMessage(
            key=str(n),
            at=datetime.fromtimestamp(at, UTC),
            travel=Travel.IN if came else Travel.OUT,
            peers=(AL,),
            body=body,
            service=service,
        )
        for n, (body, came, service, at) in enumerate(sent)
    )
    with TemporaryDirectory() as folder:
        result = read_path(write_messages(Path(folder) / "sms.db", Holding(read_at=AT, texts=texts), form))
    assert [
        (each.body, each.direction.value, each.service, datetime.fromisoformat(str(each.time.utc)))
        for each in of_kind(result, Message)
    ] == [(each.body, each.travel.value, each.service, each.at) for each in texts]
    assert all(record.duplicate_of is None for record in result.records)
