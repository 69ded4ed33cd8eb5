"""What the writer puts into Android's databases comes out of the reader."""

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
    StoredFile,
    TextMessage,
    Travel,
)
from ingest.demo.writers.android_db import NEWER, OLDER, AndroidForm, write_android, write_texts
from parsers.contract import Sidecar
from parsers.errors import InputRefused
from parsers.identification import head_of
from parsers.outcome import ReadState
from parsers.records.facts import Call, Contact, Direction, Message
from parsers.registry import identify
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

AT = datetime(2024, 2, 5, 12, 0, 0, 250_000, tzinfo=UTC)
JAY = Peer("07700 900123", "+447700900123", "Jay")
AL = Peer("+447700900456", "+447700900456")
PICTURE = StoredFile(
    key="p",
    source_path="/data/user_de/0/com.android.providers.telephony/app_parts/PART_17.jpg",
    local_path="PART_17.jpg",
    content_type="image/jpeg",
)


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
    texts=(
        text(0, "u about", smsc="+447785016005"),
        text(1, "yh \U0001f44d\n5 mins", Travel.OUT, status="delivered"),
        text(2, "rico on both", Travel.OUT, (JAY, AL)),
        text(3, "not yet", Travel.DRAFT),
        text(4, "did not go", Travel.OUT, status="failed"),
        text(5, "waits", Travel.OUT, status="queued"),
        text(6, "", Travel.IN, (Peer("giffgaff"),), status="unread"),
        text(7, None, Travel.IN, (Peer("60777"),)),
        text(8, "look at this", Travel.IN, service="mms", files=(PICTURE,)),
        text(9, None, Travel.OUT, (JAY, AL), service="mms", files=(PICTURE,)),
        text(10, "no time", Travel.OUT),
    ),
    calls=tuple(
        PhoneCall(key=kind, at=AT, call_type=kind, peer=JAY, duration_seconds=n)
        for n, kind in enumerate(("incoming", "outgoing", "missed", "voicemail", "rejected", "unknown"))
    ),
    contacts=(
        SavedContact(
            key="1",
            name="Jay",
            numbers=(SavedNumber("07700 900123", "+447700900123"), SavedNumber("020 7946 0123", None, "Work")),
            emails=("jay@example.org",),
        ),
        SavedContact(key="2", name="Mum", numbers=(SavedNumber("07700900999"),), on_sim=True),
        SavedContact(key="3", name=None, numbers=(SavedNumber("150"),), deleted=True),
    ),
)


@pytest.fixture(params=[NEWER, OLDER, AndroidForm(keeps_log=True)], ids=["newer", "older", "in the log"])
def form(request: pytest.FixtureRequest) -> AndroidForm:
    found = request.param
    assert isinstance(found, AndroidForm)
    return found


def test_texts(tmp_path: Path, form: AndroidForm) -> None:
    result = read_path(write_android(tmp_path / "a", HOLDING, form) / "mmssms.db")
    found = of_kind(result, Message)
    assert [(each.body, each.direction.value, each.folder, each.status, each.service) for each in found] == [
        ("u about", "incoming", "inbox", "read", "sms"),
        ("yh \U0001f44d\n5 mins", "outgoing", "sent", "delivered", "sms"),
        ("rico on both", "outgoing", "sent", "sent", "sms"),
        ("rico on both", "outgoing", "sent", "sent", "sms"),
        ("not yet", "draft", "draft", None, "sms"),
        ("did not go", "outgoing", "failed", "failed", "sms"),
        ("waits", "outgoing", "queued", "queued", "sms"),
        ("", "incoming", "inbox", "unread", "sms"),
        (None, "incoming", "inbox", "read", "sms"),
        ("no time", "outgoing", "sent", "sent", "sms"),
        ("look at this", "incoming", "inbox", "read", "mms"),
        (None, "outgoing", "sent", "sent", "mms"),
    ]
    assert {each.direction_basis for each in found} == {"folder"}
    assert {each.deleted.value for each in found} == {"intact"}
    assert result.state is ReadState.COMPLETE
    assert codes_of(result) == {}
    (part,) = result.parts
    assert (part.kind.value, part.os, part.format_version) == ("handset", "Android", "user_version 67")


def test_parties_and_times_of_texts(tmp_path: Path) -> None:
    found = of_kind(read_path(write_texts(tmp_path / "mmssms.db", HOLDING)), Message)
    first, second, third, fourth, draft = found[:5]
    assert first.from_party is not None
    assert (first.from_party.raw, first.from_party.e164, first.to) == ("07700 900123", "+447700900123", ())
    assert (first.time.raw, first.time.utc, first.time.basis.value) == (
        "1707134400250",
        "2024-02-05T12:00:00.250Z",
        "stated_utc",
    )
    assert first.times.sent == first.time
    assert first.smsc == "+447785016005"
    assert (second.from_party, [party.e164 for party in second.to], second.times.sent) == (
        None,
        ["+447700900123"],
        None,
    )
    assert [party.e164 for party in (*third.to, *fourth.to)] == ["+447700900123", "+447700900456"]
    # A draft has no address of its own; its conversation has.
    assert [party.e164 for party in draft.to] == ["+447700900123"]
    assert third.thread == fourth.thread != first.thread == draft.thread
    unread = next(each for each in found if each.body == "")
    assert unread.from_party is not None
    assert (unread.from_party.raw, unread.from_party.e164) == ("giffgaff", None)


def test_multimedia(tmp_path: Path) -> None:
    found = [
        each
        for each in of_kind(read_path(write_texts(tmp_path / "mmssms.db", HOLDING)), Message)
        if each.service == "mms"
    ]
    came, went = found
    assert came.from_party is not None
    assert (came.from_party.e164, came.time.raw, came.time.utc) == (
        "+447700900123",
        "1707134880",
        "2024-02-05T12:08:00.000Z",
    )
    assert [(each.name, each.content_type, each.member) for each in came.attachments] == [
        ("PART_17.jpg", "image/jpeg", None)
    ]
    assert (went.from_party, [party.e164 for party in went.to]) == (None, ["+447700900123", "+447700900456"])
    assert went.direction is Direction.OUTGOING


@pytest.mark.parametrize("name", ["calllog.db", "contacts2.db"])
def test_calls(tmp_path: Path, name: str) -> None:
    path = write_android(tmp_path / "a", HOLDING, OLDER if name == "contacts2.db" else NEWER) / name
    found = of_kind(read_path(path), Call)
    assert [each.call_type.value for each in found] == [call.call_type for call in HOLDING.calls]
    assert [each.duration_seconds for each in found] == [0, 1, 2, 3, 4, 5]
    went = found[1]
    assert (went.from_party, [(party.e164, party.name) for party in went.to]) == (None, [("+447700900123", "Jay")])
    assert all(each.from_party and each.from_party.e164 == "+447700900123" for each in found if each is not went)
    assert found[0].time.utc == "2024-02-05T12:00:00.250Z"


def test_contacts(tmp_path: Path, form: AndroidForm) -> None:
    result = read_path(write_android(tmp_path / "a", HOLDING, form) / "contacts2.db")
    jay, mum, nobody = of_kind(result, Contact)
    assert (jay.name, jay.emails, jay.stored_in, jay.deleted.value) == ("Jay", ("jay@example.org",), "phone", "intact")
    assert [(number.raw, number.e164, number.label) for number in jay.numbers] == [
        ("07700 900123", "+447700900123", "mobile"),
        ("020 7946 0123", "+442079460123", "work"),
    ]
    assert (mum.name, mum.stored_in, mum.numbers[0].e164) == ("Mum", "sim", "+447700900999")
    assert (nobody.name, nobody.deleted.value, nobody.numbers[0].raw) == (None, "deleted", "150")


def test_an_archive_of_all_three_is_one_handset(tmp_path: Path) -> None:
    folder = write_android(tmp_path / "a", HOLDING, OLDER)
    write_android(tmp_path / "b", HOLDING, NEWER)
    archive = tmp_path / "phone.zip"
    with ZipFile(archive, "w") as zipped:
        for path in sorted(folder.iterdir()):
            zipped.write(path, f"data/data/x/databases/{path.name}")
        zipped.write(tmp_path / "b" / "calllog.db", "data/data/x/databases/calllog.db")
        zipped.writestr("data/data/x/app_parts/PART_17.jpg", b"\xff\xd8")
    result = read_path(archive)
    assert len(result.parts) == 1
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["contact"].seen) == (12, 3)
    # The same calls stand in the older and in the newer database.
    assert (rows["call"].seen, rows["call"].indexed, rows["call"].merged) == (12, 6, 6)
    assert codes_of(result) == {"member_not_read": 1, "direction_unreadable": 2}
    picture = next(each for each in of_kind(result, Message) if each.attachments)
    assert picture.attachments[0].member == "data/data/x/app_parts/PART_17.jpg"
    assert picture.source.member == "data/data/x/databases/mmssms.db"


def test_a_folder_is_one_handset_where_the_submitter_says_so(tmp_path: Path) -> None:
    folder = write_android(tmp_path / "a", HOLDING, AndroidForm(keeps_log=True))
    with pytest.raises(InputRefused):
        identify(head_of(folder, "a", is_folder=True))
    result = read_path(folder, sidecar=Sidecar(exhibit_ref="HW/7"))
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["call"].seen, rows["contact"].seen) == (12, 6, 3)
    assert codes_of(result) == {"direction_unreadable": 1}


bodies = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
travels = st.sampled_from(list(Travel))
messages = st.lists(
    st.tuples(bodies, travels, st.sampled_from(["sms", "mms"]), st.integers(1_200_000_000, 2_000_000_000)), max_size=20
)


@settings(max_examples=40, deadline=None)
@given(sent=messages, keeps_log=st.booleans())
def test_whatever_is_written_comes_out_once(sent: list[tuple[str | None, Travel, str, int]], keeps_log: bool) -> None:  # noqa: FBT001 - drawn by name
    texts = tuple(
        TextMessage(
            key=str(n), at=datetime.fromtimestamp(at, UTC), travel=travel, peers=(AL,), body=body, service=service
        )
        for n, (body, travel, service, at) in enumerate(sent)
    )
    with TemporaryDirectory() as folder:
        path = write_texts(
            Path(folder) / "mmssms.db", Holding(read_at=AT, texts=texts), AndroidForm(keeps_log=keeps_log)
        )
        result = read_path(path)
    expected = sorted((each.body or "", each.travel.value, each.service, str(each.at)) for each in texts)
    assert expected == sorted(
        (each.body or "", each.direction.value, str(each.service), str(datetime.fromisoformat(str(each.time.utc))))
        for each in of_kind(result, Message)
    )
    assert all(record.duplicate_of is None for record in result.records)
