"""Truth for the tests of tables, and the way to read a file as the service does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from ingest.demo.truth import (
    ChatThread,
    Handset,
    Holding,
    OtherElement,
    OwnedAccount,
    Peer,
    PhoneCall,
    SavedContact,
    SavedNumber,
    Sim,
    StoredFile,
    TextMessage,
    Travel,
    VendorReport,
)
from parsers.contract import EMPTY_SIDECAR, Delivery, Limits, ReadContext, Sidecar
from parsers.reading import ReadResult, read_all
from parsers.records.facts import Call, Contact, Message

START = datetime(2023, 9, 3, 8, 30, 15, tzinfo=UTC)
JAY = Peer("+447700900123", "+447700900123", "Jay")
KAY = Peer("07700 900456", "+447700900456")
SHORT = Peer("60777", None)
NETWORK = Peer("SunCell", None)
OWN = "447700900999@s.whatsapp.net"


def at(number: int) -> datetime:
    """Return an instant: one every 31 hours, so that days above 12 and the end of summer time come soon."""
    return START + timedelta(hours=31 * number)


TEXTS = (
    TextMessage(key="1", at=at(0), travel=Travel.IN, peers=(JAY,), body="u about", smsc="+447785016005"),
    TextMessage(key="2", at=at(1), travel=Travel.OUT, peers=(JAY, KAY), body="5 mins; \u201cside\u201d road, \u20ac20"),
    TextMessage(
        key="3", at=at(2), travel=Travel.IN, peers=(KAY,), body="line one\nline two\n\nafter a blank", deleted=True
    ),
    TextMessage(key="4", at=at(3), travel=Travel.IN, peers=(SHORT,), body='=HYPERLINK("http://example","top up")'),
    TextMessage(key="5", at=at(20), travel=Travel.IN, peers=(NETWORK,), body='<script>alert("x")</script>, "quoted"'),
    TextMessage(key="6", at=at(48), travel=Travel.OUT, peers=(KAY,), body="  spaces kept  "),
)
CALLS = (
    PhoneCall(key="1", at=at(4), call_type="incoming", peer=JAY, duration_seconds=65),
    PhoneCall(key="2", at=at(15), call_type="outgoing", peer=KAY, duration_seconds=0),
    PhoneCall(key="3", at=at(16), call_type="missed", peer=KAY, deleted=True),
)
CONTACTS = (
    SavedContact(
        key="1",
        name="Jay",
        numbers=(SavedNumber("+447700900123", "+447700900123"), SavedNumber("01632 960001", "+441632960001", "Home")),
        emails=("jay@example.org",),
    ),
    SavedContact(key="2", name="=cmd|' /C calc'!A0", numbers=(SavedNumber("60777", None),)),
)
CHAT = ChatThread(
    key="c1",
    service="whatsapp",
    account=OWN,
    participants=(Peer("447700900123@s.whatsapp.net", "+447700900123", "Jay"),),
    name=None,
    messages=(
        TextMessage(
            key="c1",
            at=at(5),
            travel=Travel.IN,
            peers=(Peer("447700900123@s.whatsapp.net", "+447700900123", "Jay"),),
            body="on whats now \U0001f44d",
            service="whatsapp",
        ),
        TextMessage(
            key="c2",
            at=at(6),
            travel=Travel.OUT,
            peers=(Peer("447700900123@s.whatsapp.net", "+447700900123", "Jay"),),
            body=None,
            service="whatsapp",
            files=(StoredFile(key="f", source_path="/x/IMG-1.jpg", local_path="files/IMG-1.jpg"),),
        ),
    ),
)


def report() -> VendorReport:
    """Return the truth of one handset as a report."""
    holding = Holding(
        handset=Handset(make="Nokia", model="105", imei=("356943000000013", "356943000000021"), os="S30+"),
        sim=Sim(iccid="8944100030000000221", imsi="234150000000022", msisdn="+447700900999"),
        read_at=at(60),
        texts=TEXTS,
        calls=CALLS,
        contacts=CONTACTS,
        accounts=(OwnedAccount(key="1", service="WhatsApp", name="Mo", username=OWN),),
        chats=(CHAT,),
        others=(OtherElement(key="1", element_type="Location", fields=(("Name", "Home"), ("Latitude", "51.5"))),),
    )
    return VendorReport(
        key="HW7",
        holdings=(holding,),
        case_ref="OP HAZEL",
        exhibit_ref="HW/7",
        examiner="DFU examiner 12",
        tool_version="7.60.0.114",
        made_at=at(61),
        display_zone="Europe/London",
    )


def read_file(
    path: Path, *, name: str | None = None, sidecar: Sidecar = EMPTY_SIDECAR, limits: Limits | None = None
) -> ReadResult:
    """Read a file as the service does; ``name`` is what it was dropped under."""
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    digest = sha256(path.read_bytes()).hexdigest()
    delivery = Delivery(path=path, name=name or path.name, is_folder=False, sha256=digest)
    result = read_all(delivery, ReadContext(scratch_dir=scratch, sidecar=sidecar, limits=limits or Limits()))
    assert list(scratch.iterdir()) == []
    return result


def read_text(
    tmp_path: Path, content: str | bytes, *, name: str = "texts.csv", sidecar: Sidecar = EMPTY_SIDECAR
) -> ReadResult:
    """Write a table and read it."""
    path = tmp_path / "table"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_file(path, name=name, sidecar=sidecar)


def messages_of(result: ReadResult) -> list[Message]:
    return [record for record in result.records if isinstance(record, Message)]


def calls_of(result: ReadResult) -> list[Call]:
    return [record for record in result.records if isinstance(record, Call)]


def contacts_of(result: ReadResult) -> list[Contact]:
    return [record for record in result.records if isinstance(record, Contact)]


def codes_of(result: ReadResult) -> dict[str, int]:
    """Return notice codes with their counts, without what is said of every table."""
    return {notice.code: notice.count for notice in result.notices if notice.code != "columns_assumed"}


def utc_of(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
